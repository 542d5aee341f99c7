//! The menu bar, generated from the command table.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Reply;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::command::{COMMANDS, Command, CommandInfo, Menu};
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] =
    &[("Enter", "执行"), ("左右", "换菜单"), ("上下", "选择"), ("Esc", "关闭")];

/// The popup.
#[derive(Debug, Default)]
pub(crate) struct MenuBar {
    menu: usize,
    at: usize,
}

/// The commands of a menu.
fn entries(menu: Menu) -> Vec<&'static CommandInfo> {
    COMMANDS.iter().filter(|info| info.menu == menu && info.command != Command::Moves).collect()
}

impl MenuBar {
    fn menu(&self) -> Menu {
        Menu::ALL[self.menu % Menu::ALL.len()]
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let count = Menu::ALL.len();
        let entries = entries(self.menu());
        match key.code {
            KeyCode::Esc | KeyCode::F(10) => return Reply::Close,
            KeyCode::Left => *self = Self { menu: (self.menu + count - 1) % count, at: 0 },
            KeyCode::Right | KeyCode::Tab => *self = Self { menu: (self.menu + 1) % count, at: 0 },
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(entries.len().saturating_sub(1)),
            KeyCode::Down => self.at = if self.at + 1 < entries.len() { self.at + 1 } else { 0 },
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = entries.len().saturating_sub(1),
            KeyCode::Enter | KeyCode::Char(' ' | '\u{3000}') => {
                return entries
                    .get(self.at)
                    .map_or(Reply::Stay, |info| Reply::Act(vec![Action::Run(info.command)]));
            }
            _ => {}
        }
        Reply::Stay
    }

    /// Moves the selection, up to the first and the last command.
    pub(crate) fn step(&mut self, by: isize) {
        let last = entries(self.menu()).len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Runs a command of the open menu.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        self.at = at;
        self.key(Key::plain(KeyCode::Enter))
    }

    /// Opens a menu.
    pub(crate) fn open(&mut self, menu: usize) -> Reply {
        *self = Self { menu, at: 0 };
        Reply::Stay
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let bar = Rect { height: 1, ..screen };
        painter.clear(bar);
        let mut x = 1;
        let mut open_at = 0;
        for (at, menu) in Menu::ALL.into_iter().enumerate() {
            let title = format!(" {} ", menu.title());
            let width = app.policy.width(&title) as u16;
            painter.print(bar, 0, x, &title, app.theme.title());
            painter.target(bar, 0, x, width, Target::Title(at));
            if at == self.menu {
                open_at = x;
                painter.restyle(bar, 0, x, width, app.theme.selected(true));
            }
            x += width + 1;
        }
        self.draw_open(app, painter, open_at);
    }

    fn draw_open(&self, app: &App, painter: &mut Painter<'_>, x: u16) {
        let screen = painter.area();
        let entries = entries(self.menu());
        let rows = (entries.len() as u16 + 2).min(screen.height.saturating_sub(3));
        let width = 36.min(screen.width);
        let area = Rect { x: x.min(screen.width - width), y: 1, width, height: rows };
        let inside = painter.frame(area, "", app.theme.line(), app.theme.heading(true));
        let top = (self.at + 1).saturating_sub(usize::from(inside.height));
        for (row, (at, info)) in
            entries.iter().enumerate().skip(top).take(usize::from(inside.height)).enumerate()
        {
            let style = if app.works(info.command) { app.theme.text() } else { app.theme.dim() };
            let row = row as u16;
            painter.print(inside, row, 2, info.label, style);
            painter.target(inside, row, 0, inside.width, Target::Entry(at));
            painter.right(inside, row, 0, &app.keymap.label(info), app.theme.dim());
            if at == self.at {
                painter.print(inside, row, 0, ">", app.theme.key());
                painter.restyle(inside, row, 0, inside.width, app.theme.selected(true));
                painter.set_caret(inside, row, 0);
            }
        }
    }
}
