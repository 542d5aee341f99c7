//! The tour: a few short pages, one after the other, left at any moment.

use crossterm::event::KeyCode;

use super::confirm::wrap;
use super::{Reply, centred};
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] =
    &[("Enter", "下一屏"), ("左右", "翻"), ("Esc", "不看了，以后在“帮助”菜单里")];

/// Rows of the box: the longest page with its frame.
const ROWS: u16 = 16;

/// The popup.
#[derive(Debug)]
pub(crate) struct Tour {
    pages: Vec<(String, Vec<String>)>,
    at: usize,
}

impl Tour {
    /// The pages of a Markdown text, one a heading of the second order.
    pub(crate) fn new(markdown: &str) -> Self {
        let mut pages: Vec<(String, Vec<String>)> = Vec::new();
        for line in markdown.lines() {
            match (line.strip_prefix("## "), pages.last_mut()) {
                (Some(title), _) => pages.push((title.to_owned(), Vec::new())),
                (None, Some((_, lines))) => lines.push(line.to_owned()),
                // What stands before the first page is for the manual.
                (None, None) => {}
            }
        }
        Self { pages, at: 0 }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let is_last = self.at + 1 >= self.pages.len();
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter | KeyCode::Char(' ' | '\u{3000}') if is_last => return Reply::Close,
            KeyCode::Enter | KeyCode::Char(' ' | '\u{3000}') => self.step(1),
            KeyCode::Right | KeyCode::Down | KeyCode::PageDown | KeyCode::Tab => self.step(1),
            KeyCode::Left | KeyCode::Up | KeyCode::PageUp => self.step(-1),
            _ => {}
        }
        Reply::Stay
    }

    /// Turns pages.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.pages.len().saturating_sub(1));
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let Some((title, lines)) = self.pages.get(self.at) else { return };
        let area = centred(painter.area(), 66, ROWS);
        let title = format!("一分钟入门 {}/{}  {title}", self.at + 1, self.pages.len());
        let inside = painter.frame(area, &title, app.theme.line(), app.theme.heading(true));
        let columns = usize::from(inside.width).max(8);
        let wrapped = lines.iter().flat_map(|line| wrap(app, line, columns));
        for (row, line) in wrapped.take(usize::from(inside.height)).enumerate() {
            painter.print(inside, row as u16, 0, &line, app.theme.text());
        }
        let next = if self.at + 1 < self.pages.len() { " Enter 下一屏 " } else { " Enter 开始 " };
        painter.right(area, area.height - 1, 2, next, app.theme.key());
    }
}
