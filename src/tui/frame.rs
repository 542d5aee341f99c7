//! What is sent to the terminal of a frame: the cells that differ from what it shows, in runs, in
//! one piece. A run of Chinese needs no cursor move; only after a character that terminals do not
//! agree on is the cursor placed anew.

use std::io::Write;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::text::Policy;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const SHOW: &[u8] = b"\x1b[?25h";
const HIDE: &[u8] = b"\x1b[?25l";

/// The screen as the terminal shows it, and the bytes that change it.
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Where the cursor stands; hidden where there is none.
    caret: Option<Position>,
    bytes: Vec<u8>,
}

/// What a cell is drawn with.
type Pen = (Color, Color, Modifier);
const PLAIN: Pen = (Color::Reset, Color::Reset, Modifier::empty());

impl Screen {
    /// An empty screen whose cursor stands anywhere.
    pub(super) fn new((columns, rows): (u16, u16)) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, columns, rows));
        // A place the cursor cannot be told to be, so that it is placed with the first frame.
        let caret = Some(Position { x: u16::MAX, y: u16::MAX });
        Self { shown: empty.clone(), next: empty, caret, bytes: Vec::new() }
    }

    /// Lets a frame be drawn; answers with what the terminal must get: nothing where all is as it
    /// was.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        self.next.reset();
        let caret = draw(&mut self.next);
        self.bytes.clear();
        self.bytes.extend_from_slice(BEGIN);
        self.send_cells();
        let unchanged = self.bytes.len() == BEGIN.len() && caret == self.caret;
        if unchanged {
            self.bytes.clear();
            return &self.bytes;
        }
        self.place(caret);
        self.bytes.extend_from_slice(END);
        std::mem::swap(&mut self.shown, &mut self.next);
        &self.bytes
    }

    fn place(&mut self, caret: Option<Position>) {
        match (caret, self.caret) {
            (Some(at), before) => {
                let _ = write!(self.bytes, "\x1b[{};{}H", at.y + 1, at.x + 1);
                if before.is_none_or(|before| before.x == u16::MAX) {
                    self.bytes.extend_from_slice(SHOW);
                }
            }
            (None, Some(_)) => self.bytes.extend_from_slice(HIDE),
            (None, None) => {}
        }
        self.caret = caret;
    }

    fn send_cells(&mut self) {
        let width = usize::from(self.next.area.width);
        if width == 0 {
            return;
        }
        let mut line = Line { bytes: &mut self.bytes, pen: PLAIN, at: None };
        let rows = self.next.content.chunks(width).zip(self.shown.content.chunks(width));
        let differ = |(next, shown): &(&[Cell], &[Cell])| {
            next.iter().zip(*shown).any(|(next, shown)| !is_same(next, shown))
        };
        for (y, (next, shown)) in rows.enumerate().filter(|(_, rows)| differ(rows)) {
            line.at = None;
            let changed = changed(next, shown);
            let mut x = 0;
            while x < width {
                x += match changed[x] {
                    true => line.send(y, x, next, &changed),
                    false => 1,
                }
            }
        }
        if line.pen != PLAIN {
            self.bytes.extend_from_slice(b"\x1b[m");
        }
    }
}

/// A row as it is sent.
struct Line<'a> {
    bytes: &'a mut Vec<u8>,
    pen: Pen,
    /// The column where the terminal's cursor is known to stand in this row; beyond the row where it
    /// is in the row but no more is known.
    at: Option<usize>,
}

/// A move of the cursor within a row is about that long.
const MOVE: usize = 5;
/// As many blanks are longer than the sequence that empties them.
const BLANKS: usize = 8;

impl Line<'_> {
    /// Sends the cell at `x`, or all the blanks that begin there; answers how many columns it took.
    fn send(&mut self, y: usize, x: usize, next: &[Cell], changed: &[bool]) -> usize {
        self.move_to(y, x, next);
        let cell = &next[x];
        let wanted = (cell.fg, cell.bg, cell.modifier);
        if !(is_blank(cell) && is_blank_with(self.pen) && is_blank_with(wanted)) && wanted != self.pen {
            select(self.bytes, wanted);
            self.pen = wanted;
        }
        let emptied = |at: &usize| changed[*at] && is_blank(&next[*at]) && is_blank_with(pen(&next[*at]));
        let blanks = (x..next.len()).take_while(emptied).count();
        if blanks >= BLANKS && is_blank_with(self.pen) {
            let _ = write!(self.bytes, "\x1b[{blanks}X");
            return blanks;
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let columns = columns(cell);
        let known = is_agreed_on(cell.symbol()) && x + columns < next.len();
        self.at = Some(if known { x + columns } else { usize::MAX });
        columns
    }

    /// Brings the cursor to a column; short stretches are sent again instead of jumped over.
    fn move_to(&mut self, y: usize, x: usize, next: &[Cell]) {
        match self.at {
            Some(at) if at == x => {}
            Some(at) if at < x && x - at < MOVE && self.can_repeat(&next[at..x]) => {
                let between = next[at..x].iter().map(|cell| cell.symbol());
                between.for_each(|symbol| self.bytes.extend_from_slice(symbol.as_bytes()));
            }
            Some(_) => drop(write!(self.bytes, "\x1b[{}G", x + 1)),
            None => drop(write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1)),
        }
    }

    fn can_repeat(&self, cells: &[Cell]) -> bool {
        let fits = |cell: &Cell| {
            pen(cell) == self.pen || (is_blank(cell) && is_blank_with(self.pen) && is_blank_with(pen(cell)))
        };
        cells.iter().all(|cell| cell.symbol().len() == 1 && fits(cell))
    }
}

fn pen(cell: &Cell) -> Pen {
    (cell.fg, cell.bg, cell.modifier)
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
}

/// Whether a blank drawn with this looks like an empty cell.
fn is_blank_with((_, background, modifier): Pen) -> bool {
    let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    background == Color::Reset && !modifier.intersects(seen)
}

fn look_alike(one: &Cell, other: &Cell) -> bool {
    let empty = |cell: &Cell| is_blank(cell) && is_blank_with(pen(cell));
    is_same(one, other) || (empty(one) && empty(other))
}

/// Whether two cells are equal. As all of the screen is compared for each frame, the bytes of the common
/// lengths are compared without a call.
fn is_same(one: &Cell, other: &Cell) -> bool {
    let symbols = match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([a], [b]) => a == b,
        ([a, b, c], [x, y, z]) => a == x && b == y && c == z,
        (one, other) => one == other,
    };
    symbols && pen(one) == pen(other) && one.diff_option == other.diff_option
}

/// Which cells of a row must be sent. Where one half of a wide character changes, so does the other:
/// terminals empty it.
fn changed(next: &[Cell], shown: &[Cell]) -> Vec<bool> {
    let mut changed: Vec<bool> =
        next.iter().zip(shown).map(|(next, shown)| !look_alike(next, shown)).collect();
    let is_wide = |at: usize| columns(&next[at]) == 2 || columns(&shown[at]) == 2;
    let spread = |changed: &mut Vec<bool>, at: usize| {
        if changed[at] != changed[at + 1] && is_wide(at) {
            (changed[at], changed[at + 1]) = (true, true);
        }
    };
    let pairs = next.len().saturating_sub(1);
    (0..pairs).for_each(|at| spread(&mut changed, at));
    (0..pairs).rev().for_each(|at| spread(&mut changed, at));
    changed
}

/// How many columns a cell's text takes.
fn columns(cell: &Cell) -> usize {
    if let CellDiffOption::ForcedWidth(columns) = cell.diff_option {
        return usize::from(columns.get());
    }
    match cell.symbol().as_bytes() {
        [_] => 1,
        _ => Policy::Narrow.grapheme(cell.symbol()).max(1),
    }
}

/// Whether every terminal gives a character the same width: ASCII, and what is Chinese or Japanese
/// beyond doubt.
fn is_agreed_on(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let first = chars.next();
    chars.next().is_none()
        && first.is_some_and(|c| {
            c.is_ascii()
                // Lines are drawn with these only where the terminal says that they are narrow.
                || matches!(c, '\u{2500}'..='\u{257f}' | '\u{3000}'..='\u{3029}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
        })
}

/// Selects colours and attributes, whatever was selected before.
fn select(bytes: &mut Vec<u8>, (foreground, background, modifier): Pen) {
    const ATTRIBUTES: [(Modifier, &str); 7] = [
        (Modifier::BOLD, ";1"),
        (Modifier::DIM, ";2"),
        (Modifier::ITALIC, ";3"),
        (Modifier::UNDERLINED, ";4"),
        (Modifier::SLOW_BLINK, ";5"),
        (Modifier::REVERSED, ";7"),
        (Modifier::CROSSED_OUT, ";9"),
    ];
    bytes.extend_from_slice(b"\x1b[");
    let start = bytes.len();
    for (_, code) in ATTRIBUTES.iter().filter(|(attribute, _)| modifier.contains(*attribute)) {
        bytes.extend_from_slice(code.as_bytes());
    }
    colour(bytes, foreground, 30);
    colour(bytes, background, 40);
    if bytes.len() > start {
        bytes.insert(start, b'0');
    }
    bytes.push(b'm');
}

fn colour(bytes: &mut Vec<u8>, colour: Color, base: u8) {
    let number = match colour {
        Color::Reset => return,
        Color::Indexed(index) => return drop(write!(bytes, ";{};5;{index}", base + 8)),
        Color::Rgb(r, g, b) => return drop(write!(bytes, ";{};2;{r};{g};{b}", base + 8)),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
    };
    let _ = write!(bytes, ";{}", base + number);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::paint::Painter;
    use proptest::prelude::*;
    use ratatui::style::Style;

    const SIZE: (u16, u16) = (24, 4);

    fn print(buffer: &mut Buffer, row: u16, x: u16, text: &str, style: Style) {
        let area = buffer.area;
        Painter::new(buffer, Policy::Narrow).print(area, row, x, text, style);
    }

    #[test]
    fn a_run_of_chinese_is_one_piece_and_nothing_new_is_nothing() {
        let mut screen = Screen::new(SIZE);
        let draw = |buffer: &mut Buffer| {
            print(buffer, 1, 2, "农村道路", Style::new());
            None
        };
        let sent = String::from_utf8_lossy(screen.draw(draw)).into_owned();
        assert_eq!(sent, "\u{1b}[?2026h\u{1b}[2;3H农村道路\u{1b}[?25l\u{1b}[?2026l");
        assert_eq!(screen.draw(draw), b"");
    }

    #[test]
    fn after_a_character_of_doubtful_width_the_cursor_is_placed_anew() {
        let mut screen = Screen::new(SIZE);
        let sent = screen.draw(|buffer| {
            print(buffer, 0, 0, "≥95", Style::new());
            None
        });
        assert!(String::from_utf8_lossy(sent).contains("≥\u{1b}[2G95"));
    }

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop::sample::select(vec!["a", " ", "         ", "农", "村", "≥", "，", "“"]),
            0..8,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_was_drawn(
            frames in prop::collection::vec(
                prop::collection::vec((0..SIZE.1, 0..SIZE.0, text(), 0u8..4), 0..6), 1..6),
        ) {
            let mut screen = Screen::new(SIZE);
            let size = |cells: u16| std::num::NonZeroU16::new(cells).expect("is no zero");
            let mut terminal = vt100::Parser::new(size(SIZE.1), size(SIZE.0), 0);
            for frame in frames {
                let mut drawn = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
                for (row, x, text, colour) in &frame {
                    // A wide character that is written into is torn, as the painter's `clear` knows.
                    let mut painter = Painter::new(&mut drawn, Policy::Narrow);
                    painter.clear(Rect::new(*x, *row, SIZE.0 - *x, 1));
                    let mut style = Style::new().fg(Color::Indexed(*colour));
                    if *colour == 3 {
                        style = style.add_modifier(Modifier::REVERSED);
                    }
                    print(&mut drawn, *row, *x, text, style);
                }
                terminal.process(screen.draw(|buffer| {
                    buffer.clone_from(&drawn);
                    Some(Position { x: 3, y: 1 })
                }));
                for y in 0..SIZE.1 {
                    let mut x = 0;
                    while x < SIZE.0 {
                        let cell = &drawn[(x, y)];
                        let shown = terminal.screen().cell(y, x).expect("is inside");
                        let text = if shown.has_contents() { shown.contents() } else { " " };
                        prop_assert_eq!(text, cell.symbol(), "{} {}", x, y);
                        prop_assert_eq!(shown.inverse(), cell.modifier.contains(Modifier::REVERSED));
                        if let (Color::Indexed(colour), false) = (cell.fg, is_blank(cell)) {
                            prop_assert_eq!(shown.fgcolor(), vt100::Color::Idx(colour));
                        }
                        x += columns(cell) as u16;
                    }
                }
                prop_assert_eq!(terminal.screen().cursor_position(), (1, 3));
            }
        }
    }
}
