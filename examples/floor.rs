//! The least that a terminal editor of such a table costs: `floor TABLE.csv` shows nine columns, moves
//! a mark, takes text into a cell, takes it back, and saves. It checks nothing, adds up nothing and
//! keeps no journal; `benches/terminal.py` measures the editor against it.
//!
//! `floor --parse FOLDER` reads each file of a folder with the plain `toml` parser and does nothing with
//! it: the least that `jixiao check FOLDER` costs.

use std::fs::File;
use std::io::{self, BufWriter, Write, stdout};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

/// Columns of the table, and the one that takes text.
const WIDTHS: [u16; 9] = [10, 12, 20, 6, 10, 8, 24, 20, 4];
const EDITED: usize = 4;

/// The table as text; cells that were typed in stand beside it.
struct Table {
    path: String,
    text: String,
    lines: Vec<(usize, usize)>,
    typed: Vec<(usize, String)>,
    at: usize,
    top: usize,
}

impl Table {
    fn open(path: String) -> io::Result<Self> {
        let text = std::fs::read_to_string(&path)?;
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push((start, start + line.trim_end().len()));
            start += line.len();
        }
        Ok(Self { path, text, lines, typed: Vec::new(), at: 1, top: 1 })
    }

    /// The cells of a line, as last typed.
    fn cells(&self, line: usize) -> impl Iterator<Item = &str> {
        let (start, end) = self.lines[line];
        let typed = self.typed.iter().rev().find(|(at, _)| *at == line).map(|(_, text)| text.as_str());
        let cells = self.text[start..end].split(',').enumerate();
        cells.map(move |(at, cell)| typed.filter(|_| at == EDITED).unwrap_or(cell))
    }

    fn draw(&mut self, buffer: &mut Buffer) {
        let (width, height) = (buffer.area.width, buffer.area.height);
        let rows = usize::from(height) - 2;
        self.top = self.top.clamp((self.at + 1).saturating_sub(rows), self.at);
        self.draw_line(buffer, 0, 0, Style::new().add_modifier(Modifier::BOLD));
        for line in self.top..(self.top + rows).min(self.lines.len()) {
            let marked = if line == self.at { Modifier::REVERSED } else { Modifier::empty() };
            self.draw_line(buffer, (line - self.top + 1) as u16, line, Style::new().add_modifier(marked));
        }
        let foot = format!("第{}行，共{}行  Ctrl+S保存 Ctrl+Q退出", self.at, self.lines.len() - 1);
        buffer.set_stringn(0, height - 1, foot, usize::from(width), Style::new());
    }

    fn draw_line(&self, buffer: &mut Buffer, y: u16, line: usize, style: Style) {
        buffer.set_style(ratatui::layout::Rect::new(0, y, buffer.area.width, 1), style);
        let mut x = 0;
        for (cell, width) in self.cells(line).zip(WIDTHS) {
            buffer.set_stringn(x, y, cell, usize::from(width), style);
            x += width + 1;
        }
    }

    fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).clamp(1, self.lines.len() - 1);
    }

    fn put(&mut self, c: char) {
        let old = self.cells(self.at).nth(EDITED).unwrap_or_default().to_owned();
        self.typed.push((self.at, old + c.encode_utf8(&mut [0; 4])));
    }

    fn save(&self) -> io::Result<()> {
        let new = format!("{}.new", self.path);
        let mut file = BufWriter::new(File::create(&new)?);
        for line in 0..self.lines.len() {
            let cells: Vec<&str> = self.cells(line).collect();
            writeln!(file, "{}", cells.join(","))?;
        }
        file.flush()?;
        file.get_ref().sync_all()?;
        std::fs::rename(new, &self.path)
    }

    /// Answers whether to go on.
    fn key(&mut self, key: KeyEvent) -> io::Result<bool> {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('q') if ctrl => return Ok(false),
            KeyCode::Char('s') if ctrl => self.save()?,
            KeyCode::Char('z') if ctrl => drop(self.typed.pop()),
            KeyCode::Char(c) => self.put(c),
            KeyCode::Down | KeyCode::Enter => self.step(1),
            KeyCode::Up => self.step(-1),
            _ => {}
        }
        Ok(true)
    }
}

fn parse(folder: &str) -> io::Result<()> {
    let mut broken = 0;
    for entry in std::fs::read_dir(folder)? {
        let text = std::fs::read_to_string(entry?.path())?;
        broken += usize::from(text.parse::<toml::Table>().is_err());
    }
    writeln!(stdout(), "{broken} broken")
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut path = arguments.next().unwrap_or_default();
    if path == "--parse" {
        path = arguments.next().unwrap_or_default();
        return parse(&path);
    }
    let mut table = Table::open(path)?;
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, cursor::Hide)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(64 << 10, stdout())))?;
    let mut goes_on = true;
    while goes_on {
        terminal.draw(|frame| table.draw(frame.buffer_mut()))?;
        if let Event::Key(key) = event::read()? {
            goes_on = table.key(key)?;
        }
    }
    execute!(stdout(), cursor::Show, LeaveAlternateScreen)?;
    disable_raw_mode()
}
