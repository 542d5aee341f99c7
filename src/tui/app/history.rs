//! The versions of the form that were saved before: a list, a look, and one step back to any.

use std::path::Path;

use super::App;
use super::drafts::{LISTED, differences};
use crate::compare;
use crate::format::{page, printed};
use crate::store;
use crate::store::versions::{self, Kind, Version};
use crate::tui::action::Action;
use crate::tui::popup::{Choose, Page, Popup, choose::Entry};

impl App {
    /// Keeps a version of the form; a fault costs the version and nothing else.
    pub(super) fn keep_version(&mut self, bytes: &[u8], kind: Kind) {
        let (Some(state), Some(path)) = (&self.state, &self.file.path) else { return };
        let kept = versions::keep(state, path, bytes, kind);
        self.tell_version_fault(kept);
    }

    /// Keeps what a file holds before the form is written over it.
    pub(super) fn keep_file(&mut self, path: &Path) {
        let Some(state) = &self.state else { return };
        let is_own = self.file.path.as_deref() == Some(path);
        let is_theirs = !is_own || self.file.stamp.is_some_and(|stamp| store::is_changed(path, stamp));
        let kept = versions::keep_file(state, path, if is_theirs { Kind::Elsewhere } else { Kind::Saved });
        self.tell_version_fault(kept);
    }

    /// Keeps the form as it is on the screen, before another takes its place.
    pub(super) fn keep_unsaved(&mut self) {
        let written = crate::format::toml::write(self.document.form(), self.file.source.as_ref());
        self.keep_version(&written.bytes, Kind::Unsaved);
    }

    fn tell_version_fault(&mut self, kept: std::io::Result<()>) {
        if let Err(error) = kept {
            self.complain(format!("历史版本没有留下（{error}），不影响保存。"));
        }
    }

    /// Lists the versions.
    pub(super) fn show_history(&mut self) {
        let (Some(state), Some(path)) = (&self.state, &self.file.path) else {
            return self.say("还没有历史版本：先用 Ctrl+S 保存。");
        };
        let entry = |version: Version| {
            let differences = match version.form() {
                Ok(form) => match differences(self.document.form(), &form).len() {
                    0 => "和现在一样".into(),
                    count => format!("{count} 处不同"),
                },
                Err(_) => "读不出".into(),
            };
            Entry {
                label: version.time(),
                note: format!("{} {differences}", version.kind.label()),
                words: String::new(),
                actions: vec![Action::LookAtVersion(version)],
            }
        };
        let entries: Vec<Entry> = versions::list(state, path).into_iter().map(entry).collect();
        match entries.is_empty() {
            true => self.say("还没有历史版本：每次保存会留下一版，最多20版。"),
            false => self.popups.push(Popup::Choose(Choose::new("历史版本（最近的在前）", entries, 0))),
        }
    }

    /// What restoring a version would change, and what to do with it.
    pub(super) fn look_at_version(&mut self, version: Version) {
        let Ok(form) = version.form() else {
            return self.complain("这一版读不出来了，请选别的版本。");
        };
        let all = differences(self.document.form(), &form);
        let back = ("返回列表", vec![Action::ListVersions]);
        let look = Action::LookAtVersion(version.clone());
        let columns = usize::from(self.size.0.clamp(60, 160)) - 4;
        let paper = page::Paper { columns, policy: self.policy, is_exact: false };
        let printed = page::write(&printed::printed(&form, printed::Variant::Target), paper);
        let read = ("看这一版", vec![look.clone(), Action::Read { title: version.time(), lines: printed }]);
        let title = format!("{} 的版本", version.time());
        if all.is_empty() {
            return self.ask(&title, vec!["和现在的表一样。".into()], vec![read, back]);
        }
        let mut lines = vec![format!("恢复这一版会改 {} 处：", all.len())];
        lines.extend(all.iter().take(LISTED).cloned());
        if all.len() > LISTED {
            lines.push(format!("……另外 {} 处", all.len() - LISTED));
        }
        let said = format!("恢复成 {} 的样子，还没有保存；Ctrl+Z 撤销。", version.time());
        let edits = compare::edits(self.document.form(), &form);
        let answers = vec![
            ("恢复", vec![Action::Apply { edits, said }]),
            ("全部不同", vec![look, Action::Read { title: "恢复会改的".into(), lines: all }]),
            read,
            back,
        ];
        self.ask(&title, lines, answers);
    }

    /// Shows lines to read.
    pub(super) fn read(&mut self, title: String, lines: Vec<String>) {
        self.popups.push(Popup::Page(Page::wide(title, lines)));
    }
}
