//! Picking a file: a folder's files, filtered while typing, for whatever it is wanted for.

use std::path::{Path, PathBuf};

use super::App;
use crate::store;
use crate::store::folder::Listed;
use crate::tui::action::{Action, Next, Purpose, Unsaved};
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Popup, Prompt};

/// Extensions of files that can be read, or are worth a word why they cannot.
const EXTENSIONS: &[&str] =
    &["toml", "docx", "xlsx", "xls", "et", "odt", "ods", "html", "htm", "csv", "tsv", "txt", "doc", "wps"];

impl App {
    /// Asks which file, beginning in the folder of the form.
    pub(super) fn ask_file(&mut self, purpose: Purpose) {
        let folder = self.file.path.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        self.browse(&folder.unwrap_or_else(store::folder::current), purpose);
    }

    /// Asks for its name.
    pub(super) fn ask_file_name(&mut self, purpose: Purpose) {
        self.popups.push(Popup::Prompt(Prompt::file(purpose)));
    }

    /// Lists what can be read in a folder.
    pub(super) fn browse(&mut self, folder: &Path, purpose: Purpose) {
        let listed = match store::folder::list(folder, EXTENSIONS) {
            Ok(listed) => listed,
            Err(error) => return self.complain(error.to_string()),
        };
        let of = |listed: Listed| Entry {
            note: if listed.is_folder { String::new() } else { listed.time() },
            label: if listed.is_folder { format!("{}/", listed.name) } else { listed.name },
            words: String::new(),
            actions: vec![match listed.is_folder {
                true => Action::Browse(listed.path, purpose),
                false => Action::Picked(listed.path, purpose),
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
            entries.push(plain("../", "上一级文件夹".into(), Action::Browse(above, purpose)));
        }
        entries.push(plain("输入文件名…", String::new(), Action::AskFile(purpose)));
        let title = format!("{}：{}", purpose.question(), store::shown(folder));
        self.popups.push(Popup::Choose(Choose::new(title, entries, 0)));
    }

    /// Does with a file what it was wanted for.
    pub(super) fn picked(&mut self, path: PathBuf, purpose: Purpose) {
        match purpose {
            Purpose::Open => self.go_on(Next::File(path), Unsaved::Ask),
            Purpose::Import => self.import(path),
            Purpose::LastYear => self.ask_successor(&path),
            Purpose::Compare => self.compare_with(&path),
            Purpose::Previous => self.take_previous(&path),
        }
    }
}
