//! The state of the editor, and the one place that changes it.

mod browse;
mod clipboard;
mod commands;
mod drafts;
mod evaluate;
mod export;
mod files;
mod history;
mod import;
mod keys;
mod library;
mod marks;
mod mouse;
mod open;
mod pickers;
mod preferences;
pub(super) mod previous;
mod reading;
mod replace;
mod rules;
mod screen;
pub(super) mod start;
mod tables;
mod walk;

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::KeyCode;
use ratatui::layout::Position;

use super::action::Action;
use super::command::{Command, Scope};
use super::input::{Input, Key};
use super::keymap::KeyMap;
use super::pane::detail;
use super::pane::detail::Detail;
use super::pane::evaluation::Evaluation;
use super::pane::outline::Outline;
use super::pane::problems::Problems;
use super::popup::{Page, Popup, Reply};
use super::theme::Theme;
use super::widget::text_edit::TextEdit;
use crate::document::{Caret, Change, Document};
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::form::{Row, RowId};
use crate::format::toml::{Limits, Source};
use crate::settings::Settings;
use crate::store::Stamp;
use crate::store::draft::{Found, SharedDraft};
use crate::text::Policy;
use previous::Previous;

/// Which pane takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// The tree.
    Outline,
    /// The fields.
    Field,
    /// The problems.
    Problems,
    /// The table of self-evaluation.
    Evaluation,
}

/// The file being edited.
#[derive(Debug, Default)]
pub(super) struct FileState {
    /// Its name; none for a new form.
    pub path: Option<PathBuf>,
    /// Its text as it was read or last written.
    pub source: Option<Source>,
    /// How much it may hold.
    pub limits: Limits,
    /// What it held then.
    pub stamp: Option<Stamp>,
    /// Why it may not be saved under its name.
    pub read_only: Option<String>,
    /// Where edits go until they are saved; a signal or a panic flushes it, too.
    pub draft: SharedDraft,
}

/// Words shown until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    /// The words.
    pub text: String,
    /// Whether something failed.
    pub grave: bool,
}

/// What was cut or copied.
#[derive(Debug, Clone)]
enum Clip {
    Text(String),
    Rows(Vec<Row>),
}

/// The state of the editor. Panes read it; only its methods change it.
#[derive(Debug)]
pub(super) struct App {
    /// The form with its history.
    pub document: Document,
    /// The file.
    pub file: FileState,
    /// How wide ambiguous characters are.
    pub policy: Policy,
    /// Whether lines are drawn with ASCII, because box drawing is too wide here.
    pub ascii_lines: bool,
    /// Text on its way to the clipboard of the system.
    pub copied: Option<String>,
    /// Whether the widths of the terminal shall be asked again.
    pub must_measure: bool,
    /// The styles.
    pub theme: Theme,
    /// Whether the terminal and the user want colours.
    pub may_colour: bool,
    /// What the user has set.
    pub settings: Settings,
    /// Which keys run which commands.
    pub keymap: KeyMap,
    /// Which pane takes the keys.
    pub focus: Focus,
    /// The tree.
    pub outline: Outline,
    /// The fields.
    pub detail: Detail,
    /// The problems.
    pub problems: Problems,
    /// The table of self-evaluation.
    pub evaluation: Evaluation,
    /// Rows that are marked in the tree.
    pub marks: HashSet<RowId>,
    /// Popups, the topmost last.
    pub popups: Vec<Popup>,
    /// Words shown until the next key.
    pub notice: Option<Notice>,
    /// Whether the program shall end.
    pub is_done: bool,
    /// The program that reads files of others in a process of its own.
    pub program: PathBuf,
    /// Last year's form, where it is known.
    pub previous: Option<Previous>,
    /// Whether the page stands below the panes.
    has_preview: bool,
    messages: Vec<String>,
    clip: Option<Clip>,
    last_find: String,
    found: Option<Box<Found>>,
    state: Option<PathBuf>,
    /// Where settings and the unit's own library are.
    pub config: Option<PathBuf>,
    waiting_since: Option<Duration>,
    /// When the sync of the draft that goes on is looked at.
    sync_looked_at: Option<Duration>,
    self_evaluation: bool,
    size: (u16, u16),
    clicked: Option<(Position, Duration)>,
    now: Duration,
}

impl App {
    /// An editor of a document.
    pub(super) fn new(document: Document, file: FileState) -> Self {
        let mut app = Self {
            document,
            file,
            policy: Policy::Narrow,
            ascii_lines: false,
            copied: None,
            must_measure: false,
            theme: Theme::new(true),
            may_colour: true,
            settings: Settings::default(),
            keymap: KeyMap::default(),
            focus: Focus::Outline,
            outline: Outline::default(),
            detail: Detail::default(),
            problems: Problems::default(),
            evaluation: Evaluation::default(),
            marks: HashSet::new(),
            popups: Vec::new(),
            notice: None,
            is_done: false,
            program: crate::store::apart::program(),
            previous: None,
            has_preview: false,
            messages: Vec::new(),
            clip: None,
            last_find: String::new(),
            found: None,
            state: None,
            config: None,
            waiting_since: None,
            sync_looked_at: None,
            self_evaluation: false,
            size: (80, 24),
            clicked: None,
            now: Duration::ZERO,
        };
        app.outline.rebuild(&app.document);
        if let Some(reason) = app.file.read_only.clone() {
            app.say(reason);
        }
        app
    }

    /// Whether actual values are being filled in.
    pub(super) fn is_self_evaluation(&self) -> bool {
        self.self_evaluation
    }

    /// Says something, until the next key; it can be read again later.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notify(text.into(), false);
    }

    /// Says that something failed.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.notify(text.into(), true);
    }

    fn notify(&mut self, text: String, grave: bool) {
        let text = crate::text::visible(&text).into_owned();
        self.messages.push(text.clone());
        self.notice = Some(Notice { text, grave });
    }

    /// Takes an input; `now` is the time since the program started.
    pub(super) fn input(&mut self, input: Input, now: Duration) {
        self.now = now;
        if matches!(input, Input::Key(_) | Input::Paste(_) | Input::Click(_)) {
            self.follow();
        }
        match input {
            Input::Resize(columns, rows) => self.size = (columns, rows),
            Input::Paste(text) => self.pasted(&text),
            Input::Key(key) => self.key(key),
            Input::Click(place) => self.click(place),
            Input::Wheel(place, by) => self.wheel(place, by),
            Input::Focus(true) => self.look_at_disk(),
            Input::Focus(false) => self.flush_draft(),
        }
        self.record();
        self.settle();
    }

    fn key(&mut self, key: Key) {
        self.notice = None;
        if self.is_too_small() && !matches!(self.command_of(key), Some(Command::Save | Command::Quit)) {
            return;
        }
        if let Some(popup) = self.popups.last_mut() {
            let reply = popup.key(key);
            return self.reply(reply);
        }
        if let Some(command) = self.command_of(key) {
            return self.run(command);
        }
        match self.focus {
            Focus::Outline => self.key_in_outline(key),
            Focus::Field => self.key_in_field(key),
            Focus::Problems => self.key_in_problems(key),
            Focus::Evaluation => self.key_in_evaluation(key),
        }
    }

    fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Stay => {}
            Reply::Close => drop(self.popups.pop()),
            Reply::Over(actions) => actions.into_iter().for_each(|action| self.perform(action)),
            Reply::Act(actions) => {
                self.popups.pop();
                actions.into_iter().for_each(|action| self.perform(action));
            }
        }
    }

    /// The scope of the commands that apply now.
    pub(super) fn scope(&self) -> Scope {
        match self.focus {
            Focus::Outline => Scope::Outline,
            Focus::Field => Scope::Field,
            Focus::Problems => Scope::Problems,
            Focus::Evaluation => Scope::Evaluation,
        }
    }

    /// The command of a key here and now.
    pub(super) fn command_of(&self, key: Key) -> Option<Command> {
        let key = if key.code == KeyCode::Char('\u{3000}') { key.halfwidth() } else { key };
        self.keymap.command(key, self.scope(), |command| self.works(command) || command.speaks())
    }

    /// Carries an action out.
    pub(super) fn perform(&mut self, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::Apply { edits, said } => self.apply(edits, said),
            Action::SetField { spot, text } => self.set_field(spot, text),
            Action::Found(words, spot) => self.found(words, spot),
            Action::Save { overwrite, quit } => self.save(overwrite, quit),
            Action::SaveAs { path, overwrite, quit } => self.save_as(path, overwrite, quit),
            Action::AskName { quit } => self.ask_name(quit),
            Action::Export { path, overwrite, fill_in } => self.export(path, overwrite, fill_in),
            Action::AskPick(purpose) => self.ask_file(purpose),
            Action::Browse(folder, purpose) => self.browse(&folder, purpose),
            Action::AskFile(purpose) => self.ask_file_name(purpose),
            Action::Picked(path, purpose) => self.picked(path, purpose),
            Action::AskYear(begin) => self.ask_year(begin),
            Action::Go { to, unsaved } => self.go_on(to, unsaved),
            Action::ForgetRecent(path) => self.forget_recent(&path),
            Action::AskSetting(key) => self.ask_setting(key),
            Action::Set { key, value } => self.set(key, &value),
            Action::AskCommand => self.ask_command(),
            Action::AskKey(command) => self.ask_key(command),
            Action::Bind(command, key) => self.bind(command, key),
            Action::SetPoints(typed) => self.set_points(&typed),
            Action::GoTo(spot) => self.go_to_spot(spot, None),
            Action::TakeFrom(form, picked) => self.take_from(&form, &picked),
            Action::RestoreDraft => self.restore_draft(),
            Action::PutDraftAside => self.put_draft_aside(),
            Action::KeepDraft => self.keep_draft(),
            Action::OpenCopy => self.open_copy(),
            Action::MergeDisk => self.merge_disk(),
            Action::PickDisk => self.pick_disk(),
            Action::TakePicked(picked) => self.take_picked(&picked),
            Action::TakeDisk => self.take_disk(),
            Action::ListVersions => self.show_history(),
            Action::LookAtVersion(version) => self.look_at_version(version),
            Action::ReadText { title, text } => {
                let lines = text.lines().map(str::to_owned).collect();
                self.popups.push(Popup::Page(Page::new(title, lines)));
            }
            Action::Read { title, lines } => self.read(title, lines),
            Action::Quit => self.is_done = true,
        }
        self.settle();
    }

    /// Commits edits as one step of undo, and says what was done.
    fn apply(&mut self, edits: Vec<Edit>, said: String) {
        let spot = edits.iter().rev().find_map(edited_spot).or_else(|| self.current_spot());
        let before = self.caret().or(spot.map(|spot| Caret { spot, at: 0 }));
        let after = spot.map(|spot| Caret { spot, at: 0 });
        if self.commit(Change { edits, before, after, typed_at: None }) && !said.is_empty() {
            self.say(said);
        }
    }

    /// Commits a change; answers whether it fitted the form.
    fn commit(&mut self, change: Change) -> bool {
        let fitted = self.document.commit(change).is_ok();
        if !fitted {
            self.complain("这一步和现在的表对不上，没有做。");
        }
        self.refresh();
        fitted
    }

    /// What the panes keep follows the document.
    fn refresh(&mut self) {
        self.look_back();
        self.outline.follow(&self.document);
        self.sync_field();
        if self.focus == Focus::Evaluation {
            self.sync_cell();
        }
    }

    /// The spots of the page on the screen.
    pub(super) fn page(&self) -> Vec<Spot> {
        let item = self.outline.selected();
        item.map_or(Vec::new(), |item| detail::page(&item.node, self.outline.row()))
    }

    /// The field with the caret.
    pub(super) fn current_spot(&self) -> Option<Spot> {
        match self.focus {
            Focus::Field => self.page().get(self.detail.at).copied(),
            Focus::Evaluation => self.evaluation_spot(),
            _ => self.outline.row().map(|row| Spot::row(row, Field::Name)),
        }
    }

    fn caret(&self) -> Option<Caret> {
        let spot = self.current_spot().filter(|_| self.focus == Focus::Field)?;
        Some(Caret { spot, at: self.detail.edit.as_ref().map_or(0, TextEdit::caret) })
    }

    /// The field being edited holds what the document holds.
    fn sync_field(&mut self) {
        let spot = self.current_spot().filter(|_| self.focus == Focus::Field);
        let Some(spot) = spot else {
            self.detail.edit = None;
            if self.focus == Focus::Field {
                self.focus = Focus::Outline;
            }
            return;
        };
        let info = spot.field.info();
        if info.kind.is_picked() {
            self.detail.edit = None;
            return;
        }
        let text = self.document.text(spot);
        if self.detail.edit.as_ref().is_none_or(|edit| edit.text() != text) {
            let caret = self.detail.edit.as_ref().map_or(text.len(), TextEdit::caret);
            self.detail.edit = Some(TextEdit::new(text, caret, info.kind.is_multi_line()));
        }
    }

    /// Puts the caret into a field of the page.
    fn enter_field(&mut self, at: usize, caret: Option<usize>) {
        self.focus = Focus::Field;
        self.detail.at = at.min(self.page().len().saturating_sub(1));
        self.detail.edit = None;
        self.sync_field();
        if let (Some(edit), Some(caret)) = (&mut self.detail.edit, caret) {
            edit.set_caret(caret);
        }
    }
}

/// The spot that an edit touches, for the caret.
fn edited_spot(edit: &Edit) -> Option<Spot> {
    match edit {
        Edit::Set { spot, .. } => Some(*spot),
        Edit::Insert { at, .. } | Edit::Remove { at } => Some(Spot::row(*at, Field::Name)),
        Edit::Move { to, .. } => Some(Spot::row(*to, Field::Name)),
    }
}
