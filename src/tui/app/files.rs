//! Saving and leaving.

use std::path::PathBuf;

use super::App;
use crate::format::toml;
use crate::store::versions::Kind;
use crate::store::{self, StoreError};
use crate::tui::action::Action;
use crate::tui::popup::{Confirm, Popup, Prompt};

impl App {
    /// Saves under the file's own name.
    pub(super) fn save(&mut self, overwrite: bool, quit: bool) {
        let Some(path) = self.file.path.clone() else { return self.ask_name(quit) };
        if let Some(reason) = &self.file.read_only {
            let lines = vec![reason.clone(), "可以另存为一个新文件。".into()];
            return self.ask(
                "不能保存到原文件",
                lines,
                vec![("另存为", vec![Action::AskName { quit }]), ("取消", vec![])],
            );
        }
        let written = toml::write(self.document.form(), self.file.source.as_ref());
        let expected = self.file.stamp.filter(|_| !overwrite);
        self.flush_draft();
        self.keep_file(&path);
        match store::save(&path, &written.bytes, expected) {
            Ok(stamp) => self.saved(path, written, stamp, quit),
            Err(error) => self.save_failed(&error, quit),
        }
    }

    /// Saves under another name; asks before it replaces another file.
    pub(super) fn save_as(&mut self, path: PathBuf, overwrite: bool, quit: bool) {
        let path = with_extension(path);
        if !overwrite && store::exists(&path) && self.file.path.as_ref() != Some(&path) {
            let lines = vec![format!("{} 已经存在，要替换它吗？", store::shown(&path))];
            let replace = vec![Action::SaveAs { path, overwrite: true, quit }];
            let answers =
                vec![("换个名字", vec![Action::AskName { quit }]), ("替换", replace), ("取消", vec![])];
            return self.ask("文件已存在", lines, answers);
        }
        let written = toml::write(self.document.form(), self.file.source.as_ref());
        let is_own = self.file.path.as_ref() == Some(&path);
        self.flush_draft();
        if overwrite {
            self.keep_file(&path);
        }
        let saved = match overwrite || is_own {
            true => store::save(&path, &written.bytes, None),
            false => store::create(&path, &written.bytes),
        };
        match saved {
            Ok(stamp) => {
                self.file.read_only = None;
                self.saved(path, written, stamp, quit);
            }
            Err(error) => self.save_failed(&error, quit),
        }
    }

    fn saved(&mut self, path: PathBuf, written: toml::Written, stamp: store::Stamp, quit: bool) {
        self.say(format!("已保存到 {}。", store::shown(&path)));
        let renamed = self.file.path.as_ref() != Some(&path);
        self.file.path = Some(path);
        self.keep_version(&written.bytes, Kind::Saved);
        self.file.source = Some(written.source);
        self.file.stamp = Some(stamp);
        self.document.mark_saved();
        self.draft_saved(renamed);
        if renamed {
            self.keep_previous();
        }
        self.outline.rebuild(&self.document);
        self.is_done = quit;
    }

    /// Nothing is lost: the form stays open, and another name is offered.
    fn save_failed(&mut self, error: &StoreError, quit: bool) {
        let rename = ("另存为", vec![Action::AskName { quit }]);
        self.complain(error.to_string());
        if matches!(error, StoreError::ChangedOnDisk(_)) {
            let overwrite = ("覆盖它", vec![Action::Save { overwrite: true, quit }]);
            return self.ask_about_disk(vec![error.to_string()], vec![rename, overwrite]);
        }
        let again = ("再试一次", vec![Action::Save { overwrite: false, quit }]);
        self.ask("没有保存", vec![error.to_string()], vec![rename, again, ("取消", vec![])]);
    }

    pub(super) fn ask(&mut self, title: &str, lines: Vec<String>, answers: Vec<(&'static str, Vec<Action>)>) {
        self.popups.push(Popup::Confirm(Confirm::new(title, lines, answers)));
    }

    pub(super) fn ask_name(&mut self, quit: bool) {
        let start = self
            .file
            .path
            .as_ref()
            .map_or_else(|| self.suggested_name(), |path| path.to_string_lossy().into_owned());
        self.popups.push(Popup::Prompt(Prompt::save_as(&start, quit)));
    }

    pub(super) fn suggested_name(&self) -> String {
        let form = self.document.form();
        let keep = |c: &char| c.is_alphanumeric();
        let agency: String = form.agency.chars().filter(keep).take(30).collect();
        let year: String = form.year.chars().filter(char::is_ascii_digit).take(4).collect();
        format!("{agency}{year}绩效目标.toml")
    }

    /// Shows the faults of a broken file, before what could be read of it is edited.
    pub(crate) fn offer_rest(&mut self, report: String) {
        let mut lines: Vec<String> = report.lines().map(str::to_owned).collect();
        lines.push("可以打开能读出的部分；打不开的内容不会丢掉。".into());
        let answers = vec![("打开能读出的部分", vec![]), ("退出", vec![Action::Quit])];
        self.ask("文件有错误", lines, answers);
    }

    /// Leaves, after a question when something is not saved.
    pub(super) fn quit(&mut self) {
        if !self.document.is_dirty() {
            self.is_done = true;
            return;
        }
        let lines = vec![format!("有 {} 处改动没有保存。", self.document.unsaved_steps())];
        let answers = vec![
            ("保存并退出", vec![Action::Save { overwrite: false, quit: true }]),
            ("不保存退出", vec![Action::Quit]),
            ("取消", vec![]),
        ];
        self.ask("退出", lines, answers);
    }
}

/// A name without an extension gets `.toml`, so that it is found again.
fn with_extension(path: PathBuf) -> PathBuf {
    match path.extension() {
        Some(_) => path,
        None => path.with_extension("toml"),
    }
}
