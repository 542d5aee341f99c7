//! A line to type: a file name, a year, a number.

use std::path::PathBuf;

use crossterm::event::KeyCode;

use super::{Reply, centred};
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::settings::Setting;
use crate::tui::action::{Action, Begin, Next, Purpose, Unsaved};
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::paint::Painter;
use crate::tui::widget::text_edit::TextEdit;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("Enter", "确定"), ("Esc", "取消")];

/// The popup.
#[derive(Debug)]
pub(crate) struct Prompt {
    title: String,
    help: String,
    label: &'static str,
    edit: TextEdit,
    wanted: Wanted,
}

const FILE_NAME: &str = "文件名：";

/// What the line is for.
#[derive(Debug)]
enum Wanted {
    Save { quit: bool },
    Export { fill_in: bool },
    File(Purpose),
    Year(Begin),
    Row(usize),
    Points,
    Setting(&'static str),
}

impl Prompt {
    fn new(title: impl Into<String>, help: &str, label: &'static str, start: &str, wanted: Wanted) -> Self {
        let edit = TextEdit::new(start, start.len(), false);
        Self { title: title.into(), help: help.into(), label, edit, wanted }
    }

    /// Asks for a file name, starting from one; `quit` leaves the program after saving.
    pub(crate) fn save_as(start: &str, quit: bool) -> Self {
        let help = "文件名以 .toml 结尾；不写文件夹就存在当前文件夹。";
        Self::new("另存为", help, FILE_NAME, start, Wanted::Save { quit })
    }

    /// Asks for a file to export to, starting from a name.
    pub(crate) fn export(start: &str, fill_in: bool) -> Self {
        let (title, help) = match fill_in {
            true => ("导出填写表", "给没有本程序的人填的 Excel 表；填好后用“导入”读回来。"),
            false => ("导出", "格式看扩展名：docx、xlsx、html 网页、txt 文本、csv、jsonl。"),
        };
        Self::new(title, help, FILE_NAME, start, Wanted::Export { fill_in })
    }

    /// Asks for a file to read.
    pub(crate) fn file(purpose: Purpose) -> Self {
        let help = "toml、docx doc xlsx xls、WPS 的文件、网页、文本都行。";
        Self::new(purpose.question(), help, FILE_NAME, "", Wanted::File(purpose))
    }

    /// Asks for the year of a new form, starting from one.
    pub(crate) fn year(start: &str, begin: Begin) -> Self {
        let help = "四位数字；Enter 就建好，文件名在保存时起。";
        Self::new("新表是哪一年的", help, "年度：", start, Wanted::Year(begin))
    }

    /// Asks for the number of one of so many rows.
    pub(crate) fn row(count: usize) -> Self {
        let help = format!("一共{count}条，写序号。");
        Self::new("跳到第几条", &help, "第几条：", "", Wanted::Row(count))
    }

    /// Asks for the points of so many rows.
    pub(crate) fn points(count: usize) -> Self {
        let help = "写 3 是每条3分；写 共20 是合计20分，平分到各条。";
        Self::new(format!("{count}条的分值"), help, "分值：", "", Wanted::Points)
    }

    /// Asks for the text of a setting.
    pub(crate) fn setting(setting: &'static Setting, now: &str) -> Self {
        let help = format!("{}空着就是不设。", setting.help);
        Self::new(setting.label, &help, "内容：", now, Wanted::Setting(setting.key))
    }

    /// What the line asks for; `None` while it makes no sense.
    fn action(&self, typed: String) -> Option<Action> {
        let (path, overwrite) = (PathBuf::from(&typed), false);
        Some(match &self.wanted {
            Wanted::Save { quit } => Action::SaveAs { path, overwrite, quit: *quit },
            Wanted::Export { fill_in } => Action::Export { path, overwrite, fill_in: *fill_in },
            Wanted::File(purpose) => Action::Picked(path, *purpose),
            Wanted::Year(begin) => {
                let year = crate::text::compact(&typed);
                let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
                let to = is_year.then(|| Next::New(begin.clone(), year.into_owned()))?;
                Action::Go { to, unsaved: Unsaved::Ask }
            }
            Wanted::Row(count) => {
                let number: usize = crate::text::compact(&typed).parse().ok()?;
                let row = number.checked_sub(1).filter(|row| row < count)?;
                Action::Found(String::new(), Spot::row(row, Field::Name))
            }
            Wanted::Points => Action::SetPoints(typed),
            Wanted::Setting(key) => Action::Set { key, value: typed },
        })
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => {
                let typed = self.edit.text().trim().to_owned();
                let may_be_empty = matches!(self.wanted, Wanted::Setting(_));
                let typed = Some(typed).filter(|typed| may_be_empty || !typed.is_empty());
                let action = typed.and_then(|typed| self.action(typed));
                return action.map_or(Reply::Stay, |action| Reply::Act(vec![action]));
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
        let x = painter.print(inside, 2, 0, self.label, app.theme.label());
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
