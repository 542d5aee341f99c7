//! A question with a few answers; the first is chosen by Enter, Esc is the last.

use crossterm::event::KeyCode;

use super::{Reply, centred};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("Enter", "确定"), ("左右", "选择"), ("Esc", "取消")];

/// The popup.
#[derive(Debug)]
pub(crate) struct Confirm {
    title: String,
    lines: Vec<String>,
    answers: Vec<(&'static str, Vec<Action>)>,
    at: usize,
}

impl Confirm {
    /// A question; Esc gives the last answer.
    pub(crate) fn new(
        title: impl Into<String>,
        lines: Vec<String>,
        answers: Vec<(&'static str, Vec<Action>)>,
    ) -> Self {
        Self { title: title.into(), lines, answers, at: 0 }
    }

    /// Makes Esc harmless where the first answer is the harmless one, too.
    pub(crate) fn cancel_first(&mut self) {
        self.answers.push(("返回", vec![]));
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let last = self.answers.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return self.answer(last),
            KeyCode::Enter | KeyCode::Char(' ' | '\u{3000}') => return self.answer(self.at),
            KeyCode::Left | KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Right | KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::Tab if key.shift => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::Tab => self.at = if self.at < last { self.at + 1 } else { 0 },
            _ => {}
        }
        Reply::Stay
    }

    /// Gives an answer.
    pub(crate) fn answer(&self, at: usize) -> Reply {
        match self.answers.get(at) {
            Some((_, actions)) if !actions.is_empty() => Reply::Act(actions.clone()),
            _ => Reply::Close,
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let buttons: usize = self.answers.iter().map(|(label, _)| app.policy.width(label) + 7).sum();
        let widest = self.lines.iter().map(|line| app.policy.width(line)).max().unwrap_or(0).max(buttons);
        let columns = (widest + 4).clamp(36, 76).min(usize::from(painter.area().width));
        let wrapped: Vec<String> = self.lines.iter().flat_map(|line| wrap(app, line, columns - 4)).collect();
        let area = centred(painter.area(), columns as u16, wrapped.len() as u16 + 5);
        let inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        let text_rows = inside.height.saturating_sub(2);
        for (row, line) in wrapped.iter().take(usize::from(text_rows)).enumerate() {
            painter.print(inside, row as u16, 0, line, app.theme.text());
        }
        self.draw_answers(app, painter, inside);
    }

    fn draw_answers(&self, app: &App, painter: &mut Painter<'_>, inside: ratatui::layout::Rect) {
        let row = inside.height.saturating_sub(1);
        let mut x = 0;
        for (at, (label, _)) in self.answers.iter().enumerate() {
            let text = format!("[ {label} ]");
            let width = app.policy.width(&text) as u16;
            if at == self.at {
                painter.print(inside, row, x, ">", app.theme.key());
                painter.set_caret(inside, row, x + 1);
            }
            painter.print(inside, row, x + 1, &text, app.theme.text());
            painter.target(inside, row, x + 1, width, Target::Entry(at));
            if at == self.at {
                painter.restyle(inside, row, x + 1, width, app.theme.selected(true));
            }
            x += width + 2;
        }
    }
}

/// The rows of a text in a box this wide.
pub(crate) fn wrap(app: &App, text: &str, columns: usize) -> Vec<String> {
    let lines = text.split('\n').map(crate::text::visible);
    lines
        .flat_map(|line| {
            app.policy
                .wrap(&line, columns)
                .into_iter()
                .map(|range| line[range].to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}
