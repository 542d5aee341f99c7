//! Waits for the key that a command shall have.

use crossterm::event::KeyCode;

use super::{Reply, centred};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::input::Key;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("每个键", "按要用的那个"), ("Esc", "不换")];

/// The popup.
#[derive(Debug)]
pub(crate) struct KeyCapture {
    command: Command,
    name: &'static str,
}

impl KeyCapture {
    /// For a command of this name.
    pub(crate) fn new(command: Command, name: &'static str) -> Self {
        Self { command, name }
    }

    /// Takes the key.
    pub(crate) fn key(&self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc => Reply::Close,
            _ => Reply::Act(vec![Action::Bind(self.command, key)]),
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let area = centred(painter.area(), 60, 5);
        let inside = painter.frame(area, self.name, app.theme.line(), app.theme.heading(true));
        painter.print(inside, 1, 0, "按一下要用的键，例如 Shift+F8；Esc 不换。", app.theme.text());
        painter.set_caret(inside, 1, 0);
    }
}
