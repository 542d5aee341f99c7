//! Two versions of the form side by side: for everything in which they differ, this side or the
//! other one.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::confirm::wrap;
use super::{Reply, centred};
use crate::compare::Difference;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] =
    &[("Enter", "就这样合"), ("空格", "换一边"), ("上下", "选择"), ("左右", "用这边/那边"), ("Esc", "不合")];

/// Rows below the list: the three texts of the selected place.
const TEXTS: u16 = 6;

/// The popup.
#[derive(Debug)]
pub(crate) struct Pick {
    differences: Vec<Difference>,
    at: usize,
}

impl Pick {
    /// The choices, as a merge would make them.
    pub(crate) fn new(differences: Vec<Difference>) -> Self {
        Self { differences, at: 0 }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => {
                return Reply::Act(vec![Action::TakePicked(std::mem::take(&mut self.differences))]);
            }
            KeyCode::Up => self.step(-1),
            KeyCode::Down | KeyCode::Tab => self.step(1),
            KeyCode::PageUp => self.step(-10),
            KeyCode::PageDown => self.step(10),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.step(isize::MAX),
            KeyCode::Left => self.take(|_| false),
            KeyCode::Right => self.take(|_| true),
            KeyCode::Char(' ' | '\u{3000}') => self.take(|takes_theirs| !takes_theirs),
            _ => {}
        }
        Reply::Stay
    }

    /// Moves the selection, up to the first and the last difference.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.differences.len().saturating_sub(1));
    }

    /// Selects a difference, or takes the other side of the selected one.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        match at == self.at {
            true => self.take(|takes_theirs| !takes_theirs),
            false => self.at = at,
        }
        Reply::Stay
    }

    fn take(&mut self, side: impl Fn(bool) -> bool) {
        if let Some(difference) = self.differences.get_mut(self.at) {
            difference.takes_theirs = side(difference.takes_theirs);
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let rows = (self.differences.len() as u16).saturating_add(TEXTS + 3);
        let area = centred(painter.area(), 76, rows);
        let inside = painter.frame(area, "逐条选用哪一边", app.theme.line(), app.theme.heading(true));
        let list = inside.height.saturating_sub(TEXTS + 1).max(1);
        let top = (self.at + 1).saturating_sub(usize::from(list));
        for (row, difference) in self.differences.iter().skip(top).take(usize::from(list)).enumerate() {
            let is_selected = top + row == self.at;
            let side = if difference.takes_theirs { "那边" } else { "这边" };
            let both = if difference.conflict.is_some() { "！" } else { "  " };
            let line = format!(
                "{} [{side}] {both}{}",
                if is_selected { ">" } else { " " },
                crate::text::visible(&difference.place)
            );
            painter.cut(inside, row as u16, 0, inside.width, &line, app.theme.text());
            painter.target(inside, row as u16, 0, inside.width, Target::Entry(top + row));
            if is_selected {
                painter.restyle(inside, row as u16, 0, inside.width, app.theme.selected(true));
                painter.set_caret(inside, row as u16, 0);
            }
        }
        if let Some(difference) = self.differences.get(self.at) {
            let top = list.min(inside.height);
            let below = Rect { y: inside.y + top, height: inside.height - top, ..inside };
            draw_texts(app, painter, below, difference);
        }
    }
}

/// What stood there, and what each side made of it; the taken one is marked.
fn draw_texts(app: &App, painter: &mut Painter<'_>, area: Rect, difference: &Difference) {
    let sides = [
        (" 原来 ", &difference.was, false),
        (" 这边 ", &difference.mine, !difference.takes_theirs),
        (" 那边 ", &difference.theirs, difference.takes_theirs),
    ];
    let mut row = 1;
    for (name, text, taken) in sides {
        let style = if taken { app.theme.heading(true) } else { app.theme.dim() };
        let text = if text.is_empty() { "（空）" } else { text };
        let mut lines = wrap(app, text, usize::from(area.width).saturating_sub(8).max(8));
        if lines.len() > 2 {
            lines.truncate(2);
            lines[1].push('~');
        }
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| row + (*at as u16) < area.height) {
            let lead =
                if at == 0 { format!("{}{name}", if taken { "*" } else { " " }) } else { " ".repeat(7) };
            painter.print(area, row + at as u16, 0, &lead, style);
            painter.cut(area, row + at as u16, 8, area.width.saturating_sub(8), line, style);
        }
        row += lines.len() as u16;
    }
}
