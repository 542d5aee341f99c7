//! Which form is in the editor: opening one, beginning one, going on to another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, FileState};
use crate::document::Document;
use crate::form::Form;
use crate::form::edit::apply_all;
use crate::form::field::Field;
use crate::form::successor::successor;
use crate::format::template;
use crate::format::toml::{Broken, Limits};
use crate::store::{self, OpenError, Stamp};
use crate::tui::StartError;
use crate::tui::action::{Action, Begin, Next, Unsaved};
use crate::tui::command::Command;
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Popup, Prompt};
use crate::vocabulary::profile;

impl App {
    /// An editor of a file within limits, or of a new form; `program` reads files of other programs.
    ///
    /// # Errors
    /// Why the file cannot be opened at all, for the user.
    pub(in crate::tui) fn open(
        path: Option<&Path>,
        program: PathBuf,
        limits: Limits,
    ) -> Result<Self, StartError> {
        let Some(path) = path else {
            return Ok(Self::new(Document::new(Form::default()), FileState::default()));
        };
        match store::open(path, &limits) {
            Ok(opened) => {
                let file = FileState {
                    path: Some(path.to_owned()),
                    source: Some(opened.loaded.source),
                    stamp: Some(opened.stamp),
                    read_only: opened.loaded.read_only,
                    limits,
                    ..FileState::default()
                };
                let mut app = Self::new(Document::new(opened.loaded.form), file);
                if let Some(note) = opened.loaded.notes.first() {
                    app.say(format!(
                        "{}（共{}条说明，Ctrl+G 看全部）",
                        note.message,
                        opened.loaded.notes.len()
                    ));
                }
                Ok(app)
            }
            Err(_) if is_of_others(path) => Self::open_import(path, program),
            Err(OpenError::Store(error)) => Err(StartError::File(error.to_string())),
            Err(OpenError::Broken(broken, stamp)) => Self::open_rest(path, *broken, stamp),
        }
    }

    /// A form whose file is gone, as it was last saved, where a draft of it is left to be offered.
    pub(in crate::tui) fn open_left_behind(path: &Path, state: &Path) -> Option<Self> {
        let found = store::draft::left_behind(state, path)?;
        let file = FileState { path: Some(path.to_owned()), ..FileState::default() };
        let mut app = Self::new(Document::new(found.base), file);
        app.complain(format!("{} 不见了，这是草稿里的；Ctrl+S 重新保存。", store::shown(path)));
        Some(app)
    }

    /// A new form, with what was understood of the file shown first.
    fn open_import(path: &Path, program: PathBuf) -> Result<Self, StartError> {
        let mut app = Self::new(Document::new(Form::default()), FileState::default());
        app.program = program;
        app.import(path.to_owned());
        match app.popups.last_mut() {
            Some(Popup::Import(popup)) => {
                popup.refused = vec![Action::Run(Command::Start)];
                Ok(app)
            }
            _ => Err(StartError::File(app.notice.map_or(String::new(), |notice| notice.text))),
        }
    }

    /// A broken file: what can be read is offered after the faults were shown.
    fn open_rest(path: &Path, broken: Broken, stamp: Stamp) -> Result<Self, StartError> {
        let report = broken.report(&store::shown(path), false);
        let Some(rest) = broken.salvage else { return Err(StartError::File(report)) };
        let file = FileState {
            path: Some(path.to_owned()),
            source: Some(rest.source),
            stamp: Some(stamp),
            read_only: rest.read_only,
            ..FileState::default()
        };
        let mut app = Self::new(Document::new(rest.form), file);
        app.notice = None;
        app.offer_rest(report);
        Ok(app)
    }

    /// Leaves the form for another one, after a question when something is not saved.
    pub(super) fn go_on(&mut self, to: Next, unsaved: Unsaved) {
        if self.is_here(&to) {
            return self.popups.clear();
        }
        if self.document.is_dirty() {
            match unsaved {
                Unsaved::Ask => return self.ask_before_going(to),
                // It could not be saved, or its name is being asked for: that was told.
                Unsaved::Saved => return,
                Unsaved::GiveUp => {}
            }
        }
        match self.begun(to) {
            Ok(next) => self.become_other(next),
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// Whether the form is the one that is open.
    fn is_here(&self, to: &Next) -> bool {
        let whole = |path: &Path| std::path::absolute(path).ok();
        match (to, &self.file.path) {
            (Next::File(path), Some(own)) => whole(path) == whole(own),
            _ => false,
        }
    }

    fn ask_before_going(&mut self, to: Next) {
        let lines = vec![format!("有 {} 处改动没有保存。", self.document.unsaved_steps())];
        let saved = Action::Go { to: to.clone(), unsaved: Unsaved::Saved };
        let answers = vec![
            ("保存", vec![Action::Save { overwrite: false, quit: false }, saved]),
            ("不保存", vec![Action::Go { to, unsaved: Unsaved::GiveUp }]),
            ("取消", vec![]),
        ];
        self.ask("换一张表", lines, answers);
    }

    fn begun(&self, to: Next) -> Result<Self, StartError> {
        let (begin, year) = match to {
            Next::File(path) => {
                return Self::open(Some(&path), self.program.clone(), self.file.limits).or_else(|error| {
                    let gone = Some(&path).filter(|path| !store::exists(path)).zip(self.state.as_ref());
                    gone.and_then(|(path, state)| Self::open_left_behind(path, state)).ok_or(error)
                });
            }
            Next::Blank => {
                let form = self.prefilled(Form::default());
                return Ok(Self::new(Document::new(form), FileState::default()));
            }
            Next::New(begin, year) => (begin, year),
        };
        Ok(match begin {
            Begin::Template(id) => {
                let loaded = template::find(id);
                let (mut form, source) =
                    loaded.map_or((Form::default(), None), |loaded| (loaded.form, Some(loaded.source)));
                form.year = year;
                let form = self.prefilled(form);
                let mut app = Self::new(Document::new(form), FileState { source, ..FileState::default() });
                app.enter_field_of_form(Field::Agency);
                app.say("先填单位全称；Esc 回到目录，再一条一条填指标。Ctrl+S 保存。");
                app
            }
            Begin::Successor(last) => {
                let form = successor(&last, &year);
                let count = form.indicators.len();
                let mut app = Self::new(Document::new(form), FileState::default());
                app.previous = Some((*last).into());
                app.look_back();
                app.say(format!(
                    "照去年的表建好，{count}条指标，年份已顺延，实际值已清空。往年对照见“查看”菜单。"
                ));
                app
            }
        })
    }

    /// The form with what the user has set for new ones.
    fn prefilled(&self, mut form: Form) -> Form {
        // They fit: the fields exist.
        let _ = apply_all(self.settings.prefill(&form), &mut form);
        form
    }

    /// Puts the caret into a field of the form itself.
    fn enter_field_of_form(&mut self, field: Field) {
        self.go_to_spot(crate::form::edit::Spot::form(field), None);
    }

    /// Another form takes this one's place on the same terminal.
    fn become_other(&mut self, mut next: Self) {
        self.leave_draft(self.document.is_dirty());
        next.policy = self.policy;
        next.ascii_lines = self.ascii_lines;
        next.theme = self.theme;
        next.may_colour = self.may_colour;
        next.settings = std::mem::take(&mut self.settings);
        next.keymap = std::mem::take(&mut self.keymap);
        next.program = std::mem::take(&mut self.program);
        next.has_preview = self.has_preview;
        next.size = self.size;
        next.now = self.now;
        next.config = self.config.take();
        next.clip = self.clip.take();
        next.copied = self.copied.take();
        // What a signal or a panic flushes stays one and the same.
        next.file.draft = Arc::clone(&self.file.draft);
        next.messages = std::mem::take(&mut self.messages).into_iter().chain(next.messages).collect();
        let state = self.state.take();
        *self = next;
        if let Some(state) = state {
            self.guard(Ok(state));
        }
    }

    /// Asks which weight profile a new form shall have.
    pub(super) fn ask_template(&mut self) {
        let entry = |id: &'static str| Entry {
            label: profile::find(id).map_or(id.to_owned(), |profile| profile.label.to_string()),
            note: if id == template::USUAL { "常用".into() } else { String::new() },
            words: id.to_owned(),
            actions: vec![Action::AskYear(Begin::Template(id))],
        };
        let wanted = self.settings.get("profile");
        let at = template::ids().position(|id| id == wanted).unwrap_or(0);
        let entries = template::ids().map(entry).collect();
        let title = "分值怎样分？按县里通知选，不知道就选第一个";
        self.popups.push(Popup::Choose(Choose::new(title, entries, at)));
    }

    /// Reads last year's form and asks for the new year.
    pub(super) fn ask_successor(&mut self, path: &Path) {
        let read = match self.read_form(path) {
            Ok(read) => read,
            Err(error) => return self.complain(error),
        };
        let name = store::shown(path);
        if read.form.indicators.is_empty() {
            return self.complain(format!("{name}：没有读出指标，不像是绩效目标表。"));
        }
        self.ask_year(Begin::Successor(Box::new(read.form)));
        if !read.notes.is_empty() {
            let count = read.notes.len();
            self.messages.extend(read.notes);
            self.say(format!("{name} 里有{count}处是猜的或没读懂，建好后按 Ctrl+G 看。"));
        }
    }

    /// Asks for the year of a new form.
    pub(super) fn ask_year(&mut self, begin: Begin) {
        let next = match &begin {
            Begin::Successor(last) => last.year_number().map(|year| year + 1),
            Begin::Template(_) => None,
        };
        let year = next.unwrap_or_else(store::state::coming_budget_year);
        self.popups.push(Popup::Prompt(Prompt::year(&year.to_string(), begin)));
    }
}

/// Whether the name is one of another program's file.
fn is_of_others(path: &Path) -> bool {
    store::exists(path) && path.extension().is_some_and(|extension| !extension.eq_ignore_ascii_case("toml"))
}
