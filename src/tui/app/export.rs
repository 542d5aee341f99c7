//! The printed form: a look at it, and files of it.

use std::path::PathBuf;

use super::App;
use crate::format::{self, TARGETS, page, printed};
use crate::store;
use crate::tui::action::Action;
use crate::tui::popup::{Page, Popup, Prompt};

impl App {
    fn variant(&self) -> printed::Variant {
        match self.is_self_evaluation() {
            true => printed::Variant::SelfEvaluation,
            false => printed::Variant::Target,
        }
    }

    /// Shows the page as it will be printed.
    pub(super) fn preview(&mut self) {
        let columns = usize::from(self.size.0.clamp(60, 160)) - 4;
        let paper = page::Paper { columns, policy: self.policy, is_exact: false };
        let lines = page::write(&printed::printed(self.document.form(), self.variant()), paper);
        self.popups.push(Popup::Page(Page::wide("打印预览（Ctrl+E 导出）", lines)));
    }

    /// Asks where to.
    pub(super) fn ask_export(&mut self) {
        let path = self.file.path.clone().unwrap_or_else(|| PathBuf::from(self.suggested_name()));
        let mut start = path.with_extension("").to_string_lossy().into_owned();
        if self.is_self_evaluation() {
            start.push_str("自评");
        }
        self.popups.push(Popup::Prompt(Prompt::export(&format!("{start}.docx"))));
    }

    /// Writes the file.
    pub(super) fn export(&mut self, path: PathBuf, overwrite: bool) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let shown = store::shown(&path);
        let Some(target) = format::target(&extension) else {
            let known: Vec<&str> = TARGETS.iter().map(|target| target.extension).collect();
            return self.complain(format!("没有导出：扩展名要是 {} 之一。", known.join(" ")));
        };
        if !overwrite && store::exists(&path) {
            let replace = vec![Action::Export { path, overwrite: true }];
            let lines = vec![format!("{shown} 已经存在，要替换它吗？")];
            return self.ask("文件已存在", lines, vec![("替换", replace), ("取消", vec![])]);
        }
        let bytes = match target.write(self.document.form(), self.variant()) {
            Ok(bytes) => bytes,
            Err(error) => return self.complain(format!("没有导出：{error}")),
        };
        match store::save(&path, &bytes, None) {
            Ok(_) => self.say(format!("已导出到 {shown}（{}）。", target.label)),
            Err(error) => self.complain(error.to_string()),
        }
    }
}
