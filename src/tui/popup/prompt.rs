//! A line to type: a file name.

use std::path::PathBuf;

use crossterm::event::KeyCode;

use super::{Reply, centred};
use crate::tui::action::{Action, Begin, Next, Purpose, Unsaved};
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::paint::Painter;
use crate::tui::widget::text_edit::TextEdit;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("Enter", "确定"), ("Esc", "取消")];

/// The popup: asks for a file name.
#[derive(Debug)]
pub(crate) struct Prompt {
    title: String,
    help: String,
    edit: TextEdit,
    wanted: Wanted,
}

/// What the name is for.
#[derive(Debug)]
enum Wanted {
    Save { quit: bool },
    Export { fill_in: bool },
    File(Purpose),
    Year(Begin),
}

impl Prompt {
    /// Asks for a file name, starting from one; `quit` leaves the program after saving.
    pub(crate) fn save_as(start: &str, quit: bool) -> Self {
        let help = "文件名以 .toml 结尾；不写文件夹就存在当前文件夹。";
        Self {
            title: "另存为".into(),
            help: help.into(),
            edit: TextEdit::new(start, start.len(), false),
            wanted: Wanted::Save { quit },
        }
    }

    /// Asks for a file to export to, starting from a name.
    pub(crate) fn export(start: &str, fill_in: bool) -> Self {
        let (title, help) = match fill_in {
            true => ("导出填写表", "给没有本程序的人填的 Excel 表；填好后用“导入”读回来。"),
            false => ("导出", "格式看扩展名：docx Word，xlsx Excel，html 网页，txt 文本，csv jsonl。"),
        };
        Self {
            title: title.into(),
            help: help.into(),
            edit: TextEdit::new(start, start.len(), false),
            wanted: Wanted::Export { fill_in },
        }
    }

    /// Asks for a file to read.
    pub(crate) fn file(purpose: Purpose) -> Self {
        Self {
            title: purpose.question().into(),
            help: "toml、docx doc xlsx xls、WPS 的文件、网页、文本都行。".into(),
            edit: TextEdit::new("", 0, false),
            wanted: Wanted::File(purpose),
        }
    }

    /// Asks for the year of a new form, starting from one.
    pub(crate) fn year(start: &str, begin: Begin) -> Self {
        Self {
            title: "新表是哪一年的".into(),
            help: "四位数字；Enter 就建好，文件名在保存时起。".into(),
            edit: TextEdit::new(start, start.len(), false),
            wanted: Wanted::Year(begin),
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => {
                let typed = self.edit.text().trim().to_owned();
                if !typed.is_empty() {
                    let (path, overwrite) = (PathBuf::from(typed), false);
                    return Reply::Act(vec![match &self.wanted {
                        Wanted::Save { quit } => Action::SaveAs { path, overwrite, quit: *quit },
                        Wanted::Export { fill_in } => Action::Export { path, overwrite, fill_in: *fill_in },
                        Wanted::File(purpose) => Action::Picked(path, *purpose),
                        Wanted::Year(begin) => {
                            let year = crate::text::compact(self.edit.text());
                            if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
                                return Reply::Stay;
                            }
                            let to = Next::New(begin.clone(), year);
                            Action::Go { to, unsaved: Unsaved::Ask }
                        }
                    }]);
                }
            }
            KeyCode::Char('a') if key.ctrl => self.edit.select_all(),
            _ => drop(self.edit.key(key)),
        }
        Reply::Stay
    }

    /// Takes pasted text.
    pub(crate) fn paste(&mut self, text: &str) {
        self.edit.insert(text);
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let area = centred(painter.area(), 70, 6);
        let inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        painter.print(inside, 0, 0, &self.help, app.theme.dim());
        let text = self.edit.text();
        let label = if matches!(self.wanted, Wanted::Year(_)) { "年度：" } else { "文件名：" };
        let x = painter.print(inside, 2, 0, label, app.theme.label());
        let room = usize::from(inside.width.saturating_sub(x + 1));
        // A long path shows its end, where the caret usually is.
        let mut start = 0;
        while app.policy.width(&text[start..self.edit.caret()]) > room {
            start += text[start..].chars().next().map_or(1, char::len_utf8);
        }
        painter.print(inside, 2, x, &text[start..], app.theme.field());
        painter.set_caret(inside, 2, x + app.policy.width(&text[start..self.edit.caret()]) as u16);
    }
}
