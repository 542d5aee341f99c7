//! The editor without a terminal: keys in, picture out. For tests, benchmarks and pictures of the
//! screen in documents.

use std::path::Path;
use std::time::Duration;

use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use super::StartError;
use super::app::App;
use super::events::Events;
use super::input::{self, Input};
use crate::form::Form;
use crate::format::toml::Limits;
use crate::text::Policy;

/// An editor that draws into memory.
pub struct Headless {
    app: App,
    size: (u16, u16),
    now: Duration,
    events: Events,
}

impl Headless {
    /// Opens a file, or a new form, on a screen of `columns` × `rows`.
    ///
    /// # Errors
    /// As the editor itself.
    pub fn open(path: Option<&Path>, columns: u16, rows: u16) -> Result<Self, StartError> {
        let mut editor = Self {
            app: App::open(path, crate::store::apart::program(), Limits::LARGE)?,
            size: (columns, rows),
            now: Duration::ZERO,
            events: Events::default(),
        };
        editor.resize(columns, rows);
        Ok(editor)
    }

    /// Keeps drafts and versions in a folder; without it there are none.
    pub fn with_state(mut self, folder: &Path) -> Self {
        self.app.guard(Ok(folder.to_owned()));
        self
    }

    /// Has settings and the unit's own library in a folder; without it there are none.
    pub fn with_config(mut self, folder: &Path) -> Self {
        self.app.config = Some(folder.to_owned());
        self
    }

    /// Shows the start page, as a start without a file does.
    pub fn welcome(mut self) -> Self {
        self.app.welcome();
        self
    }

    /// Draws ambiguous characters two cells wide.
    pub fn wide(mut self) -> Self {
        self.app.policy = Policy::Wide;
        self.resize(self.size.0, self.size.1);
        self
    }

    /// Lets another program read files of others: that of a test is not this one.
    pub fn reader(mut self, program: &Path) -> Self {
        self.app.program = program.to_owned();
        self
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.app.input(Input::Resize(columns, rows), self.now);
    }

    /// Types a script of keys: `<Ctrl+F>道路<Enter>`. A tenth of a second passes with each key.
    ///
    /// # Panics
    /// When a name in the script is no key: the script is part of a test.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        let keys = input::script(script).unwrap_or_else(|| panic!("{script} is no script of keys"));
        for key in keys {
            self.now += Duration::from_millis(100);
            self.app.input(Input::Key(key), self.now);
        }
        self
    }

    /// Takes what a terminal reports, all at once.
    pub fn events(&mut self, events: impl IntoIterator<Item = Event>) -> &mut Self {
        self.now += Duration::from_millis(100);
        for event in events {
            if let Event::Resize(columns, rows) = event {
                self.size = (columns, rows);
            }
            self.events.take(event, self.now);
        }
        for input in self.events.inputs() {
            self.app.input(input, self.now);
        }
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.now += Duration::from_millis(100);
        self.app.input(Input::Paste(input::pasted(text)), self.now);
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, time: Duration) -> &mut Self {
        self.now += time;
        self
    }

    /// Whether the user has left.
    pub fn is_done(&self) -> bool {
        self.app.is_done
    }

    /// The form as it is now.
    pub fn form(&self) -> &Form {
        self.app.document.form()
    }

    /// Draws the screen; answers with it and with where the cursor stands.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: self.size.0, height: self.size.1 });
        let caret = self.app.draw(&mut buffer);
        (buffer, caret)
    }

    /// The screen as text: one line a row, without trailing blanks, and where the cursor stands.
    pub fn screen(&self) -> String {
        let (buffer, caret) = self.draw();
        let mut lines: Vec<String> = (0..self.size.1).map(|y| self.row(&buffer, y)).collect();
        lines.push(
            caret.map_or("(no cursor)".to_owned(), |at| format!("(cursor: column {}, row {})", at.x, at.y)),
        );
        lines.join("\n")
    }

    fn row(&self, buffer: &Buffer, y: u16) -> String {
        let mut line = String::new();
        let mut x = 0;
        while x < self.size.0 {
            let symbol = buffer.cell(Position { x, y }).map_or(" ", |cell| cell.symbol());
            line.push_str(symbol);
            x += self.app.policy.grapheme(symbol).max(1) as u16;
        }
        line.trim_end().to_owned()
    }

    /// The roles of the cells, one letter each, of the rows that have any: `R` selected, `U`
    /// underlined, `B` bold, and the first letter of a colour.
    pub fn roles(&self) -> String {
        let (buffer, _) = self.draw();
        let letter = |x, y| buffer.cell(Position { x, y }).map_or('.', role);
        let rows = (0..self.size.1).map(|y| (0..self.size.0).map(|x| letter(x, y)).collect::<String>());
        rows.map(|row| row.trim_end_matches('.').to_owned()).collect::<Vec<_>>().join("\n")
    }
}

fn role(cell: &ratatui::buffer::Cell) -> char {
    match (cell.modifier, cell.fg) {
        (modifier, _) if modifier.contains(Modifier::REVERSED) => 'R',
        (modifier, _) if modifier.contains(Modifier::UNDERLINED) => 'U',
        (_, Color::Red) => 'r',
        (_, Color::Yellow) => 'y',
        (_, Color::Green) => 'g',
        (_, Color::Blue) => 'b',
        (_, Color::Cyan) => 'c',
        (_, Color::DarkGray) => 'd',
        (modifier, _) if modifier.contains(Modifier::BOLD) => 'B',
        _ => '.',
    }
}
