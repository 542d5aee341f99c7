//! Random events on random forms: the editor survives, draws, keeps its caret on the screen, and
//! undo leads back to the first form. `JIXIAO_FUZZ` is the number of events, `JIXIAO_SEED` where
//! they begin; nothing but a form in a temporary folder is ever written.

// The figures of a run, and where to begin to see a failure again.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use jixiao::form::edit::{Edit, Spot};
use jixiao::form::field::FIELDS;
use jixiao::form::{Form, Indicator};
use jixiao::format::toml::{self, Limits};
use jixiao::text::Policy;
use jixiao::tui::headless::Headless;

/// Events of one form, before it is taken back.
const SESSION: usize = 500;
/// Events of a plain `cargo test`.
const EVENTS: usize = 2_000;
/// Marks of questions for a file: answered, they would write or read one of the user's.
const ASKS_FILE: &[&str] = &["文件名：", "导入哪个文件："];

const CHARACTERS: &[&str] = &[
    "a",
    "x",
    "7",
    "0",
    " ",
    "=",
    ">",
    "<",
    "~",
    ";",
    "农",
    "村",
    "道",
    "路",
    "得",
    "满",
    "分",
    "少",
    "扣",
    "次",
    "，",
    "。",
    "；",
    "：",
    "、",
    "！",
    "？",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "％",
    "１",
    "．",
    "≥",
    "≤",
    "×",
    "…",
    "①",
    "℃",
    "─",
    "𠮷",
    "é",
    "e\u{301}",
    "👨\u{200d}👩\u{200d}👧",
    "🇨🇳",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{3000}",
    "\u{7f}",
    "\u{1b}",
    "\t",
];
const PASTES: &[&str] = &[
    "一行\n两行\n",
    "产出指标\t数量指标\t道路巡查\t≥\t48\t次\t说明\t达到计划值得满分2分，否则不得分。\n",
    "巡查\t4\n宣传\t5\n整改\t6\n",
    "每少1次扣0.5分，扣完为止，满分10分。",
    "\u{1b}[2J\u{7}\r\n\t\t\n",
    "\n\n\n",
    "",
];
const CODES: &[KeyCode] = &[
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Delete,
    KeyCode::Backspace,
    KeyCode::Esc,
    KeyCode::Insert,
    KeyCode::Null,
    KeyCode::CapsLock,
];
const SIZES: &[(u16, u16)] =
    &[(80, 24), (60, 16), (120, 40), (300, 100), (40, 10), (30, 8), (1, 1), (139, 19)];

/// A stream of numbers (splitmix64), so that a seed is a run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn text(&mut self, most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.of(CHARACTERS)).collect()
    }

    fn form(&mut self) -> Form {
        let sample: &[u8] = self.of(&[
            include_bytes!("../../forms/xiaoping-2026.toml") as &[u8],
            include_bytes!("../../forms/clean-2026.toml"),
            include_bytes!("../../forms/template-hubei.toml"),
        ]);
        let mut form = match self.below(4) {
            0 => Form::default(),
            _ => toml::read(sample, &Limits::default()).expect("a sample reads").form,
        };
        for _ in 0..self.below(40) {
            let row = self.below(form.indicators.len() + 1);
            let field = FIELDS[self.below(FIELDS.len())].field;
            let spot = if field.is_of_indicator() { Spot::row(row, field) } else { Spot::form(field) };
            let edit = match self.below(5) {
                0 => Edit::insert(row, Indicator { name: self.text(9), ..Indicator::default() }),
                1 => Edit::Remove { at: row },
                _ => Edit::set(spot, self.text(60)),
            };
            // One that does not fit changes nothing.
            let _ = edit.apply(&mut form);
        }
        form
    }

    fn key(&mut self, code: KeyCode) -> Event {
        let held = match self.below(8) {
            0 => KeyModifiers::SHIFT,
            1 => KeyModifiers::CONTROL,
            2 => KeyModifiers::CONTROL | KeyModifiers::SHIFT,
            3 => KeyModifiers::from_bits_truncate(self.below(64) as u8),
            _ => KeyModifiers::NONE,
        };
        let kinds = [KeyEventKind::Press, KeyEventKind::Press, KeyEventKind::Repeat, KeyEventKind::Release];
        Event::Key(KeyEvent::new_with_kind(code, held, self.of(&kinds)))
    }

    /// What one turn of the program's loop takes.
    fn events(&mut self) -> Vec<Event> {
        match self.below(20) {
            0 => {
                let (columns, rows) = match self.below(3) {
                    0 => (1 + self.below(320) as u16, 1 + self.below(110) as u16),
                    _ => self.of(SIZES),
                };
                vec![Event::Resize(columns, rows)]
            }
            1 => vec![if self.below(2) == 0 { Event::FocusGained } else { Event::FocusLost }],
            2 => vec![Event::Paste(if self.below(2) == 0 { self.of(PASTES).into() } else { self.text(80) })],
            3..=5 => vec![self.key(KeyCode::Enter)],
            6 => {
                let command = (b'a' + self.below(26) as u8) as char;
                vec![Event::Key(KeyEvent::new(KeyCode::Char(command), KeyModifiers::CONTROL))]
            }
            7 => {
                let number = 1 + self.below(12) as u8;
                vec![self.key(KeyCode::F(number))]
            }
            8..=12 => {
                let codes: Vec<KeyCode> = (0..1 + self.below(4)).map(|_| self.of(CODES)).collect();
                codes.into_iter().map(|code| self.key(code)).collect()
            }
            14..=15 => {
                let kinds = [
                    MouseEventKind::Down(MouseButton::Left),
                    MouseEventKind::Down(MouseButton::Left),
                    MouseEventKind::ScrollUp,
                    MouseEventKind::ScrollDown,
                    MouseEventKind::Moved,
                    MouseEventKind::Down(MouseButton::Right),
                ];
                let (column, row) = (self.below(130) as u16, self.below(42) as u16);
                let (kind, modifiers) = (self.of(&kinds), KeyModifiers::NONE);
                let event = Event::Mouse(MouseEvent { kind, column, row, modifiers });
                vec![event; 1 + self.below(2)]
            }
            13 => {
                let line = self.of(PASTES).replace(['\n', '\t'], " ");
                line.chars().map(KeyCode::Char).map(|code| Event::Key(code.into())).collect()
            }
            _ => {
                let typed = self.text(4);
                typed.chars().map(|c| self.key(KeyCode::Char(c))).collect()
            }
        }
    }
}

/// Says where a panic happened.
struct Run {
    seed: u64,
    events: usize,
}

impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("JIXIAO_SEED={} after {} events", self.seed, self.events);
        }
    }
}

/// The frame is whole: every row is as wide as the screen, the caret stands on it.
fn look(editor: &Headless, policy: Policy) -> String {
    let (buffer, caret) = editor.draw();
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.contains(char::is_control), "row {y} {symbol:?}");
            x += policy.grapheme(symbol).max(1) as u16;
        }
        assert_eq!(x, area.width, "row {y} is too wide\n{}", editor.screen());
    }
    assert!(caret.is_none_or(|at| area.contains(at)), "{caret:?} in {area:?}");
    let screen = editor.screen();
    assert!(
        area.width < 40 || area.height < 10 || screen.lines().next().is_some_and(|title| !title.is_empty())
    );
    screen
}

/// One form, many events, and all of it taken back. Answers how many events there were.
fn session(seed: u64) -> usize {
    let mut run = Run { seed, events: 0 };
    let mut chance = Chance(seed);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("form.toml");
    let form = chance.form();
    std::fs::write(&path, toml::write(&form, None).bytes).expect("writes");
    let policy = chance.of(&[Policy::Narrow, Policy::Wide]);
    let (columns, rows) = chance.of(SIZES);
    let editor = Headless::open(Some(&path), columns, rows).expect("a form opens");
    let mut editor = if policy == Policy::Wide { editor.wide() } else { editor };
    let first = editor.form().clone();
    let mut screen = look(&editor, policy);
    while run.events < SESSION && !editor.is_done() {
        let asks_file = ASKS_FILE.iter().any(|mark| screen.contains(mark));
        let events = if asks_file { vec![chance.key(KeyCode::Esc)] } else { chance.events() };
        run.events += events.len();
        editor.events(events);
        screen = look(&editor, policy);
    }
    editor.resize(80, 24);
    let mut still = 0;
    while still < 9 {
        let before = editor.form().clone();
        editor.keys("<Ctrl+Z>");
        still = if *editor.form() == before { still + 1 } else { 0 };
        if still > 0 {
            // Closes a popup that may have been in the way, or opens the menu; every other time it is
            // gone.
            editor.keys("<Esc>");
        }
    }
    // The menu may have begun another form.
    let is_here = editor.screen().lines().next().is_some_and(|title| title.contains("form.toml"));
    assert!(!is_here || *editor.form() == first, "undo does not lead back\n{}", editor.screen());
    look(&editor, policy);
    run.events
}

#[test]
fn random_events_on_random_forms() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let wanted = number("JIXIAO_FUZZ").unwrap_or(EVENTS as u64) as usize;
    let mut seed = number("JIXIAO_SEED").unwrap_or(1);
    let (mut events, mut forms) = (0, 0);
    while events < wanted {
        events += session(seed);
        seed += 1;
        forms += 1;
    }
    println!("{events} events on {forms} forms");
}
