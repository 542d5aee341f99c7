//! A file of another program: read, shown as it was understood, taken over as one step.

use std::path::{Path, PathBuf};

use super::App;
use super::drafts::differences;
use crate::compare::{self, Adoption};
use crate::form::Form;
use crate::format::recover::Recovered;
use crate::format::{self, Source, toml};
use crate::store;
use crate::tui::action::Action;
use crate::tui::popup::{Import, Popup, Way};

/// A file that was read: where from, and what was understood.
struct Understood {
    source: Source,
    found: Recovered,
    part: usize,
}

/// A form out of a file, and in words what was guessed or not understood.
pub(super) struct ReadForm {
    pub form: Form,
    pub notes: Vec<String>,
}

impl App {
    fn understand(&self, path: &Path) -> Result<Understood, String> {
        if let Ok(opened) = store::open(path, &toml::Limits::default()) {
            let found = Recovered { form: opened.loaded.form, ..Recovered::default() };
            return Ok(Understood { source: Source::default(), found, part: 0 });
        }
        let source = store::apart::source(path, &self.program).map_err(|error| error.to_string())?;
        let (found, part) = format::understand(&source);
        match found.form == Form::default() {
            true => Err(format!("{} 里没有读出内容，不像是绩效目标表。", store::shown(path))),
            false => Ok(Understood { source, found, part }),
        }
    }

    /// The form of a file of this or another program.
    pub(super) fn read_form(&self, path: &Path) -> Result<ReadForm, String> {
        let Understood { found, .. } = self.understand(path)?;
        let note = |note: &format::Note| {
            let line = note.line.map_or(String::new(), |line| format!("第{line}行："));
            crate::text::visible(&format!("{line}{}", note.message)).into_owned()
        };
        Ok(ReadForm { notes: found.notes.iter().map(note).collect(), form: found.form })
    }

    /// Reads a file and shows what was understood.
    pub(crate) fn import(&mut self, path: PathBuf) {
        let shown = store::shown(&path);
        let Understood { source, found, part } = match self.understand(&path) {
            Ok(understood) => understood,
            Err(error) => return self.complain(format!("没有导入：{error}")),
        };
        let form = self.document.form();
        let ways: &[(&str, Adoption)] = match *form == Form::default() {
            true => &[("填入", Adoption::Replace)],
            false => &[
                ("合并，以导入的为准", Adoption::Update),
                ("只补没有的", Adoption::Add),
                ("整张替换", Adoption::Replace),
            ],
        };
        let way = |(label, adoption): &(&'static str, Adoption)| {
            let adopted = compare::adopted(form, &found.form, *adoption);
            let changes = differences(form, &adopted);
            let edits = compare::edits(form, &adopted);
            let said = match edits.is_empty() {
                true => "和现在的表一样，没有要带入的。".to_owned(),
                false => format!("从 {shown} 带入了 {} 处，Ctrl+Z 撤销。", changes.len()),
            };
            Way { label, changes, actions: vec![Action::Apply { edits, said }] }
        };
        let ways = ways.iter().map(way).collect();
        self.popups.push(Popup::Import(Box::new(Import::new(&shown, &source, part, &found, ways))));
    }
}
