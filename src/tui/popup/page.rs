//! A text to read: help, explanations, past messages.

use crossterm::event::KeyCode;

use super::confirm::wrap;
use super::{Reply, centred};
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("Esc", "关闭"), ("上下", "滚动"), ("PgUp/PgDn", "翻页")];

/// The popup.
#[derive(Debug)]
pub(crate) struct Page {
    title: String,
    lines: Vec<String>,
    top: usize,
    wide: bool,
}

impl Page {
    /// A page; a line that starts with `# ` is a heading.
    pub(crate) fn new(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self { title: title.into(), lines, top: 0, wide: false }
    }

    /// A page as wide as the screen, whose lines are cut rather than wrapped.
    pub(crate) fn wide(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self { wide: true, ..Self::new(title, lines) }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::F(1) => return Reply::Close,
            KeyCode::Up => self.top = self.top.saturating_sub(1),
            KeyCode::Down => self.top += 1,
            KeyCode::PageUp => self.top = self.top.saturating_sub(10),
            KeyCode::PageDown | KeyCode::Char(' ' | '\u{3000}') => self.top += 10,
            KeyCode::Home => self.top = 0,
            KeyCode::End => self.top = usize::MAX / 2,
            _ => {}
        }
        self.top = self.top.min(self.lines.len().saturating_sub(1) * 2);
        Reply::Stay
    }

    /// Shows other rows, for the wheel.
    pub(crate) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.lines.len().saturating_sub(1) * 2);
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let columns = if self.wide { screen.width } else { screen.width.saturating_sub(4).clamp(36, 84) };
        let wrapped: Vec<String> = match self.wide {
            true => self.lines.clone(),
            false => self.lines.iter().flat_map(|line| wrap(app, line, usize::from(columns) - 4)).collect(),
        };
        let area = centred(screen, columns, (wrapped.len() as u16).saturating_add(2));
        let inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        let rows = usize::from(inside.height);
        let top = self.top.min(wrapped.len().saturating_sub(rows));
        for (row, line) in wrapped.iter().skip(top).take(rows).enumerate() {
            let (text, style) =
                match line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
                    Some(heading) => (heading, app.theme.heading(true)),
                    None => (line.as_str(), app.theme.text()),
                };
            painter.print(inside, row as u16, 0, text, style);
        }
        let below = wrapped.len().saturating_sub(top + rows);
        if below > 0 {
            painter.right(area, area.height - 1, 2, &format!(" 下面还有{below}行 "), app.theme.dim());
        }
    }
}
