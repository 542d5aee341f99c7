//! Two versions of the form side by side: for everything in which they differ, this side or the
//! other one.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::confirm::wrap;
use super::{Reply, centred};
use crate::compare::Difference;
use crate::form::Form;
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
    title: String,
    head: Option<String>,
    differences: Vec<Difference>,
    at: usize,
    /// The other form, where it is one to take from; it then is the differences' "mine", since rows
    /// keep the order of "theirs".
    other: Option<Box<Form>>,
}

impl Pick {
    /// The choices, as a merge would make them.
    pub(crate) fn new(differences: Vec<Difference>) -> Self {
        Self { title: "逐条选用哪一边".into(), head: None, differences, at: 0, other: None }
    }

    /// In what another form differs, with a line above; at first everything stays as it is.
    pub(crate) fn other(name: &str, head: String, mut differences: Vec<Difference>, other: Form) -> Self {
        differences.iter_mut().for_each(|difference| difference.takes_theirs = true);
        Self {
            title: format!("和 {name} 有{}处不同", differences.len()),
            head: Some(head),
            differences,
            at: 0,
            other: Some(Box::new(other)),
        }
    }

    /// Whether the other side's text is taken.
    fn takes_other(&self, difference: &Difference) -> bool {
        difference.takes_theirs != self.other.is_some()
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let other = self.other.is_some();
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => {
                let picked = std::mem::take(&mut self.differences);
                return Reply::Act(vec![match self.other.take() {
                    Some(other) => Action::TakeFrom(other, picked),
                    None => Action::TakePicked(picked),
                }]);
            }
            KeyCode::Up => self.step(-1),
            KeyCode::Down | KeyCode::Tab => self.step(1),
            KeyCode::PageUp => self.step(-10),
            KeyCode::PageDown => self.step(10),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.step(isize::MAX),
            KeyCode::Left => self.take(|_| other),
            KeyCode::Right => self.take(|_| !other),
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
        let head = u16::from(self.head.is_some());
        let rows = (self.differences.len() as u16).saturating_add(TEXTS + 3 + head);
        let area = centred(painter.area(), 76, rows);
        let mut inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        if let Some(head) = &self.head {
            painter.cut(inside, 0, 0, inside.width, head, app.theme.label());
            inside = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
        }
        let list = inside.height.saturating_sub(TEXTS + 1).max(1);
        let top = (self.at + 1).saturating_sub(usize::from(list));
        for (row, difference) in self.differences.iter().skip(top).take(usize::from(list)).enumerate() {
            let is_selected = top + row == self.at;
            let side = if self.takes_other(difference) { "那边" } else { "这边" };
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
            self.draw_texts(app, painter, below, difference);
        }
    }

    /// What stood there, and what each side made of it; the taken one is marked.
    fn draw_texts(&self, app: &App, painter: &mut Painter<'_>, area: Rect, difference: &Difference) {
        let takes_other = self.takes_other(difference);
        let (here, there) = match self.other {
            Some(_) => (&difference.theirs, &difference.mine),
            None => (&difference.mine, &difference.theirs),
        };
        let sides = [
            (" 原来 ", &difference.was, false),
            (" 这边 ", here, !takes_other),
            (" 那边 ", there, takes_other),
        ];
        let mut row = 1;
        // Two forms have no common beginning.
        for (name, text, taken) in sides.into_iter().skip(usize::from(self.other.is_some())) {
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
}
