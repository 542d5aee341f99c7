//! Finding and replacing: each place in its words, before and after, taken or left.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Reply, centred};
use crate::form::edit::{Edit, Spot};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::widget::text_edit::TextEdit;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[
    ("Enter", "替换"),
    ("Tab", "查找/换成/各处"),
    ("空格", "这处换不换"),
    ("左右", "都不换/都换"),
    ("F2", "换范围"),
    ("Esc", "不换"),
];

/// Characters shown before a place.
const CONTEXT: usize = 6;

/// A text of the form.
#[derive(Debug)]
pub(crate) struct Cell {
    /// Where it stands.
    pub spot: Spot,
    /// The same in words.
    pub place: String,
    /// The text.
    pub text: String,
}

/// Where may be replaced.
#[derive(Debug)]
pub(crate) struct Range {
    /// In words.
    pub label: String,
    /// Only this field.
    pub spot: Option<Spot>,
    /// Only these rows.
    pub rows: Option<Vec<usize>>,
}

impl Range {
    fn holds(&self, spot: Spot) -> bool {
        let in_rows = |rows: &Vec<usize>| spot.row.is_some_and(|row| rows.contains(&row));
        self.spot.is_none_or(|own| own == spot) && self.rows.as_ref().is_none_or(in_rows)
    }
}

/// A place where the words stand.
#[derive(Debug)]
struct Hit {
    cell: usize,
    bytes: std::ops::Range<usize>,
    is_taken: bool,
}

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Find,
    Put,
    Hits,
}

/// The popup.
#[derive(Debug)]
pub(crate) struct Replace {
    cells: Vec<Cell>,
    ranges: Vec<Range>,
    range: usize,
    find: TextEdit,
    put: TextEdit,
    part: Part,
    hits: Vec<Hit>,
    at: usize,
}

impl Replace {
    /// Over some texts, with words to begin with.
    pub(crate) fn new(cells: Vec<Cell>, ranges: Vec<Range>, start: &str) -> Self {
        let find = TextEdit::new(start, start.len(), false);
        let part = if start.is_empty() { Part::Find } else { Part::Put };
        let put = TextEdit::new("", 0, false);
        let mut popup = Self { cells, ranges, range: 0, find, put, part, hits: Vec::new(), at: 0 };
        popup.search();
        popup
    }

    fn search(&mut self) {
        let words = self.find.text();
        self.at = 0;
        self.hits = Vec::new();
        let Some(range) = self.ranges.get(self.range).filter(|_| !words.is_empty()) else { return };
        for (cell, own) in self.cells.iter().enumerate().filter(|(_, own)| range.holds(own.spot)) {
            let found = own.text.match_indices(words);
            self.hits.extend(found.map(|(start, words)| Hit {
                cell,
                bytes: start..start + words.len(),
                is_taken: true,
            }));
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match (key.code, self.part) {
            (KeyCode::Esc, _) => return Reply::Close,
            (KeyCode::F(2), _) => {
                self.range = (self.range + 1) % self.ranges.len().max(1);
                self.search();
            }
            (KeyCode::Tab, part) => {
                self.part = match (part, key.shift) {
                    (Part::Find, false) | (Part::Hits, true) => Part::Put,
                    (Part::Put, false) | (Part::Find, true) => Part::Hits,
                    (Part::Hits, false) | (Part::Put, true) => Part::Find,
                }
            }
            (KeyCode::Enter, Part::Find) => self.part = Part::Put,
            (KeyCode::Enter, _) => return self.replaced(),
            (KeyCode::Down, Part::Find) => self.part = Part::Put,
            (KeyCode::Down, Part::Put) => self.part = Part::Hits,
            (KeyCode::Up, Part::Put) => self.part = Part::Find,
            (KeyCode::Up, Part::Hits) if self.at == 0 => self.part = Part::Put,
            (KeyCode::Up, Part::Hits) => self.step(-1),
            (KeyCode::Down, Part::Hits) => self.step(1),
            (KeyCode::PageUp, _) => self.step(-10),
            (KeyCode::PageDown, _) => self.step(10),
            (KeyCode::Char(' ' | '\u{3000}'), Part::Hits) => self.toggle(),
            (KeyCode::Left, Part::Hits) => self.hits.iter_mut().for_each(|hit| hit.is_taken = false),
            (KeyCode::Right, Part::Hits) => self.hits.iter_mut().for_each(|hit| hit.is_taken = true),
            (_, Part::Find) => {
                let before = self.find.text().to_owned();
                self.find.key(key);
                if self.find.text() != before {
                    self.search();
                }
            }
            (_, Part::Put) => drop(self.put.key(key)),
            (_, Part::Hits) => {}
        }
        Reply::Stay
    }

    fn toggle(&mut self) {
        if let Some(hit) = self.hits.get_mut(self.at) {
            hit.is_taken = !hit.is_taken;
        }
        self.step(1);
    }

    /// Takes pasted text.
    pub(crate) fn paste(&mut self, text: &str) {
        match self.part {
            Part::Find => {
                self.find.insert(text);
                self.search();
            }
            _ => drop(self.put.insert(text)),
        }
    }

    /// Moves the selection among the places.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.hits.len().saturating_sub(1));
    }

    /// Takes or leaves the place that was clicked.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        self.part = Part::Hits;
        self.at = at.min(self.hits.len().saturating_sub(1));
        if let Some(hit) = self.hits.get_mut(self.at) {
            hit.is_taken = !hit.is_taken;
        }
        Reply::Stay
    }

    fn replaced(&self) -> Reply {
        let taken: Vec<&Hit> = self.hits.iter().filter(|hit| hit.is_taken).collect();
        if taken.is_empty() {
            return Reply::Stay;
        }
        let mut edits = Vec::new();
        for (at, cell) in self.cells.iter().enumerate() {
            let mut text = cell.text.clone();
            // From the end, so that the places before it hold.
            for hit in taken.iter().rev().filter(|hit| hit.cell == at) {
                text.replace_range(hit.bytes.clone(), self.put.text());
            }
            if text != cell.text {
                edits.push(Edit::set(cell.spot, text));
            }
        }
        let said = format!("替换了{}处，Ctrl+Z 撤销。", taken.len());
        Reply::Act(vec![Action::Apply { edits, said }])
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let rows = (self.hits.len() as u16).saturating_add(5).clamp(12, screen.height.max(12));
        let area = centred(screen, screen.width.min(100), rows);
        let inside = painter.frame(area, "查找替换", app.theme.line(), app.theme.heading(true));
        self.draw_line(app, painter, inside, 0, "查找：", &self.find, self.part == Part::Find);
        self.draw_line(app, painter, inside, 1, "换成：", &self.put, self.part == Part::Put);
        let range = self.ranges.get(self.range).map_or("", |range| range.label.as_str());
        let taken = self.hits.iter().filter(|hit| hit.is_taken).count();
        let found = match (self.find.text().is_empty(), self.hits.len()) {
            (true, _) => "写要找的字".to_owned(),
            (false, 0) => "没有找到".to_owned(),
            (false, all) if taken == all => format!("找到{all}处，都换"),
            (false, all) => format!("找到{all}处，换{taken}处"),
        };
        let line = format!("范围：{range}    {found}");
        painter.cut(inside, 2, 0, inside.width, &line, app.theme.dim());
        let list = Rect { y: inside.y + 3, height: inside.height.saturating_sub(3), ..inside };
        let rows = usize::from(list.height);
        let top = (self.at + 1).saturating_sub(rows);
        for (row, at) in (top..self.hits.len()).take(rows).enumerate() {
            self.draw_hit(app, painter, list, row as u16, at);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn draw_line(
        &self,
        app: &App,
        painter: &mut Painter<'_>,
        area: Rect,
        row: u16,
        label: &str,
        edit: &TextEdit,
        has_keys: bool,
    ) {
        let x = painter.print(area, row, 0, label, app.theme.label());
        painter.print(area, row, x, edit.text(), app.theme.text());
        painter.restyle(area, row, x, area.width.saturating_sub(x), app.theme.field());
        if has_keys {
            painter.set_caret(area, row, x + app.policy.width(&edit.text()[..edit.caret()]) as u16);
        }
    }

    fn draw_hit(&self, app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, at: usize) {
        let hit = &self.hits[at];
        let cell = &self.cells[hit.cell];
        let is_here = at == self.at && self.part == Part::Hits;
        painter.target(area, row, 0, area.width, Target::Entry(at));
        let mark = if hit.is_taken { "[换]  " } else { "[不换]" };
        let mut x = painter.print(area, row, 0, if is_here { ">" } else { " " }, app.theme.key());
        x = painter.print(area, row, x, mark, if hit.is_taken { app.theme.key() } else { app.theme.dim() });
        let number = cell.spot.row.map_or(String::new(), |row| format!("{} ", row + 1));
        let place = app.policy.cut(&format!("{number}{}", cell.place), 26).into_owned();
        x = painter.print(area, row, x + 1, &place, app.theme.label()) + 1;
        let before: Vec<char> = cell.text[..hit.bytes.start].chars().rev().take(CONTEXT).collect();
        let before: String = before.into_iter().rev().collect();
        x = painter.print(area, row, x, &before.replace('\n', " "), app.theme.text());
        x = painter.print(area, row, x, &cell.text[hit.bytes.clone()], app.theme.matched());
        if hit.is_taken {
            let put = if self.put.text().is_empty() { "（删去）" } else { self.put.text() };
            x = painter.print(area, row, x, "→", app.theme.dim());
            x = painter.print(area, row, x, put, app.theme.changed());
        }
        let after: String = cell.text[hit.bytes.end..].chars().take(40).collect();
        painter.cut(area, row, x, area.width.saturating_sub(x), &after.replace('\n', " "), app.theme.text());
        if is_here {
            painter.restyle(area, row, 0, area.width, app.theme.selected(true));
            painter.set_caret(area, row, 0);
        }
    }
}
