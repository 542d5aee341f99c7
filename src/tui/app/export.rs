//! The printed form: a look at it, and files of it.

use std::path::PathBuf;

use super::App;
use crate::format::{self, TARGETS, page, printed};
use crate::store;
use crate::tui::action::Action;
use crate::tui::layout::FOR_PREVIEW;
use crate::tui::popup::{Page, Popup, Prompt};

impl App {
    /// Which of the two printed forms is filled in.
    pub(crate) fn variant(&self) -> printed::Variant {
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

    /// Shows the page below the panes, or takes it away.
    pub(super) fn toggle_preview(&mut self) {
        self.has_preview = !self.has_preview;
        let (columns, rows) = FOR_PREVIEW;
        if self.has_preview && (self.size.0 < columns || self.size.1 < rows) {
            self.say(format!("预览窗格要{columns}×{rows}以上的窗口，放大窗口就会出现；F9 可以看整页。"));
        }
    }

    /// Asks where to.
    pub(super) fn ask_export(&mut self, fill_in: bool) {
        let path = self.file.path.clone().unwrap_or_else(|| PathBuf::from(self.suggested_name()));
        let mut start = path.with_extension("").to_string_lossy().into_owned();
        start.push_str(match fill_in {
            true => "填写.xlsx",
            false if self.is_self_evaluation() => "自评.docx",
            false => ".docx",
        });
        self.popups.push(Popup::Prompt(Prompt::export(&start, fill_in)));
    }

    /// Writes the file.
    pub(super) fn export(&mut self, path: PathBuf, overwrite: bool, fill_in: bool) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let shown = store::shown(&path);
        let Some(target) = format::target(&extension) else {
            let known: Vec<&str> = TARGETS.iter().map(|target| target.extension).collect();
            return self.complain(format!("没有导出：扩展名要是 {} 之一。", known.join(" ")));
        };
        if fill_in && target.extension != "xlsx" {
            return self.complain("没有导出：填写表是 Excel 文件，文件名要以 .xlsx 结尾。");
        }
        if !overwrite && store::exists(&path) {
            let replace = vec![Action::Export { path, overwrite: true, fill_in }];
            let lines = vec![format!("{shown} 已经存在，要替换它吗？")];
            return self.ask("文件已存在", lines, vec![("替换", replace), ("取消", vec![])]);
        }
        let form = self.document.form();
        let written = if fill_in { format::fill_in(form) } else { target.write(form, self.variant()) };
        let bytes = match written {
            Ok(bytes) => bytes,
            Err(error) => return self.complain(format!("没有导出：{error}")),
        };
        match store::save(&path, &bytes, None) {
            Ok(_) if fill_in => self.say(format!("已导出到 {shown}（给别人填的表，填好再导入）。")),
            Ok(_) => self.say(format!("已导出到 {shown}（{}）。", target.label)),
            Err(error) => self.complain(error.to_string()),
        }
    }
}
