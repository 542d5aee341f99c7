//! A file of another program: read, shown as it was understood, taken over as one step.

use std::path::{Path, PathBuf};

use super::App;
use super::drafts::differences;
use crate::compare::{self, Adoption};
use crate::form::Form;
use crate::format::recover::Recovered;
use crate::format::{self, Source, toml};
use crate::store;
use crate::store::folder::Listed;
use crate::tui::action::Action;
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Import, Popup, Prompt, Way};

/// Extensions of files that can be imported, or are worth a word why they cannot.
const EXTENSIONS: &[&str] =
    &["docx", "xlsx", "xls", "et", "odt", "ods", "html", "htm", "csv", "tsv", "txt", "doc", "wps", "toml"];

impl App {
    /// Asks which file, beginning in the folder of the form.
    pub(super) fn ask_import(&mut self) {
        let folder = self.file.path.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        self.browse(&folder.unwrap_or_else(store::folder::current));
    }

    /// Asks for its name.
    pub(super) fn ask_import_name(&mut self) {
        self.popups.push(Popup::Prompt(Prompt::import()));
    }

    /// Lists what can be imported from a folder.
    pub(super) fn browse(&mut self, folder: &Path) {
        let listed = match store::folder::list(folder, EXTENSIONS) {
            Ok(listed) => listed,
            Err(error) => return self.complain(error.to_string()),
        };
        let of = |listed: Listed| Entry {
            note: if listed.is_folder { String::new() } else { listed.time() },
            label: if listed.is_folder { format!("{}/", listed.name) } else { listed.name },
            words: String::new(),
            actions: vec![match listed.is_folder {
                true => Action::Browse(listed.path),
                false => Action::Import(listed.path),
            }],
        };
        let plain = |label: &str, note: String, action: Action| Entry {
            label: label.to_owned(),
            note,
            words: String::new(),
            actions: vec![action],
        };
        let others = listed.into_iter().filter(|listed| self.file.path.as_ref() != Some(&listed.path));
        let mut entries: Vec<Entry> = others.map(of).collect();
        if let Some(above) = store::folder::above(folder) {
            entries.push(plain("../", "上一级文件夹".into(), Action::Browse(above)));
        }
        entries.push(plain("输入文件名…", String::new(), Action::AskImport));
        let title = format!("导入哪个文件：{}", store::shown(folder));
        self.popups.push(Popup::Choose(Choose::new(title, entries, 0)));
    }

    /// Reads a file and shows what was understood.
    pub(crate) fn import(&mut self, path: PathBuf) {
        let shown = store::shown(&path);
        let own = store::open(&path, &toml::Limits::default()).ok();
        let (source, found, part) = match own {
            Some(opened) => {
                let found = Recovered { form: opened.loaded.form, ..Recovered::default() };
                (Source::default(), found, 0)
            }
            None => match store::apart::source(&path, &self.program) {
                Ok(source) => {
                    let (found, part) = format::understand(&source);
                    (source, found, part)
                }
                Err(error) => return self.complain(format!("没有导入：{error}")),
            },
        };
        if found.form == Form::default() {
            return self.complain(format!("没有导入：{shown} 里没有读出内容，不像是绩效目标表。"));
        }
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
