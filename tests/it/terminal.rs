//! The real program in a pseudo terminal: what an emulator shows is what the program drew.
#![cfg(unix)]

use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jixiao::text::Policy;
use jixiao::tui::headless::Headless;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::Signal;

use crate::recovery::send;

/// How long a picture may take to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than the program takes for keys of one paste.
const BETWEEN_KEYS: Duration = Duration::from_millis(12);

/// What is done to the terminal.
#[derive(Debug)]
enum Step {
    Keys(&'static str),
    Paste(&'static str),
    Size(u16, u16),
    /// A column and a row.
    Click(u16, u16),
    /// A column and a row, and whether downwards.
    Wheel(u16, u16, bool),
}
use Step::{Click, Keys, Paste, Size, Wheel};

/// An emulator; a wide one shows a two-cell stand-in for each ambiguous character.
struct Emulator {
    parser: vt100::Parser,
    policy: Policy,
    pending: Vec<u8>,
    stand_ins: HashMap<char, char>,
}

impl Emulator {
    fn feed(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.pending) {
            Ok(_) => self.pending.len(),
            Err(error) => error.valid_up_to(),
        };
        let text: Vec<u8> = self.pending.drain(..whole).collect();
        let text = String::from_utf8(text).expect("checked");
        let shown: String = text.chars().map(|c| self.stand_in(c)).collect();
        self.parser.process(shown.as_bytes());
    }

    fn stand_in(&mut self, c: char) -> char {
        let text = c.to_string();
        let ambiguous = Policy::Narrow.width(&text) == 1 && Policy::Wide.width(&text) == 2;
        if self.policy == Policy::Narrow || !ambiguous {
            return c;
        }
        let next = 0x2a700 + self.stand_ins.len() as u32;
        *self.stand_ins.entry(c).or_insert(char::from_u32(next).expect("a rare ideograph"))
    }

    fn cell(&self, row: u16, column: u16) -> String {
        let contents = self.parser.screen().cell(row, column).map_or("", |cell| cell.contents());
        let back = |c| self.stand_ins.iter().find(|(_, to)| **to == c).map_or(c, |(from, _)| *from);
        if contents.is_empty() { " ".to_owned() } else { contents.chars().map(back).collect() }
    }

    /// Where the emulator and the program differ.
    fn difference(&self, editor: &Headless) -> Option<String> {
        let (buffer, caret) = editor.draw();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let expected = buffer[(x, y)].symbol();
                let shown = self.cell(y, x);
                if shown != expected {
                    return Some(format!("row {y}, column {x}: {shown:?} for {expected:?}"));
                }
                x += self.policy.grapheme(expected).max(1) as u16;
            }
        }
        let screen = self.parser.screen();
        let shown = Some(screen.cursor_position()).filter(|_| !screen.hide_cursor());
        let expected = caret.map(|at| (at.y, at.x));
        (shown != expected).then(|| format!("cursor {shown:?} for {expected:?}"))
    }
}

/// The program in its terminal beside the same editor in memory.
struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    emulator: Emulator,
    editor: Headless,
    /// What the program wrote so far.
    seen: String,
    _state: tempfile::TempDir,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Session {
    fn start(policy: Policy, columns: u16, rows: u16) -> Self {
        let mut session = Self::open(policy, columns, rows);
        session.agree("at the start");
        session
    }

    /// The program has just been started and may have shown nothing yet.
    fn open(policy: Policy, columns: u16, rows: u16) -> Self {
        let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/xiaoping-2026.toml");
        let pty = native_pty_system().openpty(size(columns, rows)).expect("a pty");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jixiao"));
        command.arg(&form);
        let state = tempfile::tempdir().expect("a folder");
        command.env("JIXIAO_STATE", state.path());
        command.env("JIXIAO_CONFIG", state.path());
        command.env("TERM", "xterm-256color");
        command.env("JIXIAO_AMBIGUOUS_WIDTH", if policy == Policy::Wide { "2" } else { "1" });
        let child = pty.slave.spawn_command(command).expect("the program starts");
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut part) {
                if sender.send(part[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let editor = Headless::open(Some(&form), columns, rows).expect("the form opens");
        let editor = if policy == Policy::Wide { editor.wide() } else { editor };
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        let emulator = Emulator { parser, policy, pending: Vec::new(), stand_ins: HashMap::new() };
        let writer = pty.master.take_writer().expect("a writer");
        Self {
            master: pty.master,
            child,
            writer,
            output,
            emulator,
            editor,
            seen: String::new(),
            _state: state,
        }
    }

    /// Waits until the emulator shows what the program drew.
    fn agree(&mut self, when: &str) {
        let start = Instant::now();
        while let Some(difference) = self.emulator.difference(&self.editor) {
            assert!(start.elapsed() < PATIENCE, "{when}: {difference}\n{}", self.editor.screen());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
                self.seen.push_str(&String::from_utf8_lossy(&bytes));
                self.emulator.feed(&bytes);
            }
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// A mouse event as terminals write it, and to the editor in memory.
    fn mouse(&mut self, button: u8, kind: MouseEventKind, column: u16, row: u16, end: char) {
        self.send(format!("\x1b[<{button};{};{}{end}", column + 1, row + 1).as_bytes());
        let modifiers = KeyModifiers::NONE;
        self.editor.events([Event::Mouse(MouseEvent { kind, column, row, modifiers })]);
    }

    fn take(&mut self, step: &Step) {
        match step {
            Keys(script) => {
                for key in encoded(script) {
                    self.send(key.as_bytes());
                    std::thread::sleep(BETWEEN_KEYS);
                }
                self.editor.keys(script);
            }
            Paste(text) => {
                self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
                self.editor.paste(text);
            }
            Click(column, row) => {
                self.mouse(0, MouseEventKind::Down(MouseButton::Left), *column, *row, 'M');
                self.mouse(0, MouseEventKind::Up(MouseButton::Left), *column, *row, 'm');
            }
            Wheel(column, row, false) => self.mouse(64, MouseEventKind::ScrollUp, *column, *row, 'M'),
            Wheel(column, row, true) => self.mouse(65, MouseEventKind::ScrollDown, *column, *row, 'M'),
            Size(columns, rows) => {
                self.emulator.parser.screen_mut().set_size(cells(*rows), cells(*columns));
                self.master.resize(size(*columns, *rows)).expect("a new size");
                self.editor.resize(*columns, *rows);
            }
        }
        self.agree(&format!("{step:?}"));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes a terminal sends for each key of a script.
fn encoded(script: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let Some((name, after)) = rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) else {
            keys.push(c.to_string());
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let (name, times) = name.split_once('*').unwrap_or((name, "1"));
        keys.extend(std::iter::repeat_n(bytes(name).to_owned(), times.parse().expect("a count")));
        rest = after;
    }
    keys
}

fn bytes(name: &str) -> &'static str {
    match name {
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PageDown" => "\x1b[6~",
        "PageUp" => "\x1b[5~",
        "Shift+Home" => "\x1b[1;2H",
        "Shift+Left" => "\x1b[1;2D",
        "Ctrl+Left" => "\x1b[1;5D",
        "Ctrl+Home" => "\x1b[1;5H",
        "Enter" => "\r",
        "Tab" => "\t",
        "Shift+Tab" => "\x1b[Z",
        "Space" => " ",
        "Backspace" => "\x7f",
        "Delete" => "\x1b[3~",
        "F1" => "\x1bOP",
        "F5" => "\x1b[15~",
        "F8" => "\x1b[19~",
        "F10" => "\x1b[21~",
        "Ctrl+F" => "\x06",
        "Ctrl+P" => "\x10",
        "Ctrl+Z" => "\x1a",
        "Ctrl+T" => "\x14",
        _ => panic!("{name} has no bytes here"),
    }
}

const SPECIAL: &str = "≥4次，≤“两个责任”…①×3℃𠮷；";
const LONG: &str = "≥4次，≤“两个责任”…①×3℃𠮷；达到计划值得满分2分，否则按“完成率×分值”计分，\
低于60％不得分…①巡查②劝导③整改；温度≤35℃，𠮷祥村·农村道路安全巡查劝导≥4次。";

/// Each line: columns, rows, and what is done. Every picture must agree in both policies.
const SCENARIOS: &[(u16, u16, &[Step])] = &[
    (80, 24, &[Keys("<Down*9><Enter>")]),
    (80, 24, &[Keys("<Down*9><Enter><End>≥4次…“好”①×℃𠮷")]),
    (80, 24, &[Keys("<Down*9><Enter><Tab*5>"), Paste(SPECIAL)]),
    (80, 24, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG)]),
    (80, 24, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG), Keys("<Up*2><Home>"), Keys("<Delete*3>")]),
    (80, 24, &[Keys("<Down*9><Enter>"), Paste("一行\n两行\n")]),
    (80, 24, &[Keys("<Down><Enter>"), Paste(LONG), Paste("\n①\n②\n③\n④\n"), Keys("<PageUp>")]),
    (80, 24, &[Keys("<Down><Enter>"), Paste(LONG), Paste(LONG), Paste(LONG), Keys("<Ctrl+Home>")]),
    (80, 24, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG), Keys("<Shift+Home>"), Keys("<Backspace>")]),
    (80, 24, &[Keys("<Down*9><Enter><End>𠮷①"), Keys("<Backspace*2>")]),
    (80, 24, &[Keys("<Down*9><Enter>"), Paste(SPECIAL), Keys("<Ctrl+Left*3>×"), Keys("<Ctrl+Z*2>")]),
    (80, 24, &[Size(60, 16), Size(120, 40), Size(80, 24)]),
    (80, 24, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG), Size(60, 16), Size(160, 50)]),
    (120, 40, &[Keys("<Down*9><Enter>"), Paste(SPECIAL), Size(61, 17), Size(119, 39)]),
    (120, 40, &[Keys("<F1>"), Size(80, 24), Size(120, 40)]),
    (80, 24, &[Keys("<F10>"), Keys("<Right*2>"), Size(60, 16)]),
    (80, 24, &[Keys("<Ctrl+F>ncdl"), Size(100, 30), Keys("<Enter>")]),
    (80, 24, &[Keys("<Ctrl+P>"), Paste("≥“…"), Keys("<Backspace*3>bc")]),
    (80, 24, &[Keys("<F5>"), Keys("<Down*3>"), Keys("<PageDown>")]),
    (80, 24, &[Keys("<F8>"), Keys("<F8>"), Keys("<F8>")]),
    (80, 24, &[Keys("<PageDown>"), Keys("<PageDown>"), Keys("<Home>"), Keys("<End>")]),
    (60, 16, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG), Keys("<Home>①")]),
    (40, 10, &[Keys("<Down*9><Enter>"), Paste(SPECIAL), Keys("<Shift+Left*4>")]),
    (200, 60, &[Keys("<Down*9><Enter><Tab*5>"), Paste(LONG), Size(300, 100)]),
    (80, 24, &[Keys("<Ctrl+T>"), Keys("<Ctrl+T>"), Keys("<Down*9><Space>")]),
    (80, 24, &[Keys("<Down*9><Enter><Down><Space>"), Keys("<Down>"), Keys("<Enter>")]),
    (30, 8, &[Size(80, 24), Size(30, 8), Size(81, 25)]),
    (80, 24, &[Click(8, 10), Click(50, 5), Keys("≥①"), Wheel(5, 8, true), Wheel(50, 8, true), Keys("字")]),
];

fn play(policy: Policy) {
    assert!(SCENARIOS.len() >= 25);
    for (columns, rows, steps) in SCENARIOS {
        let mut session = Session::start(policy, *columns, *rows);
        steps.iter().for_each(|step| session.take(step));
    }
}

#[test]
fn a_terminal_with_narrow_ambiguous_characters_shows_what_was_drawn() {
    play(Policy::Narrow);
}

#[test]
fn a_terminal_with_wide_ambiguous_characters_shows_what_was_drawn() {
    play(Policy::Wide);
}

/// A window that finds its place while the program starts.
#[test]
fn a_new_size_during_the_start_is_not_missed() {
    for wait in 0..24 {
        let mut session = Session::open(Policy::Narrow, 30, 8);
        // Counted from the first frame: before it the program asks for the size anyway.
        while !session.seen.contains("\x1b[?2026h") {
            let bytes = session.output.recv_timeout(PATIENCE).expect("a frame");
            session.seen.push_str(&String::from_utf8_lossy(&bytes));
            session.emulator.feed(&bytes);
        }
        std::thread::sleep(Duration::from_micros(25 * wait));
        session.take(&Size(80, 24));
    }
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let session = Session::start(Policy::Narrow, 80, 24);
    while session.output.recv_timeout(Duration::from_millis(200)).is_ok() {}
    assert!(session.output.recv_timeout(Duration::from_millis(400)).is_err());
}

#[test]
fn the_mouse_is_asked_for_and_given_back_and_its_moves_draw_nothing() {
    let mut session = Session::start(Policy::Narrow, 80, 24);
    assert!(session.seen.contains("\x1b[?1000h"));
    while session.output.recv_timeout(Duration::from_millis(200)).is_ok() {}
    session.send(b"\x1b[<35;9;9M\x1b[<35;10;9M");
    assert!(session.output.recv_timeout(Duration::from_millis(400)).is_err());
    session.send(b"\x11");
    let mut last = String::new();
    while let Ok(bytes) = session.output.recv_timeout(PATIENCE) {
        last.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(last.contains("\x1b[?1000l"), "{last:?}");
}

/// While the program is stopped the terminal is the shell's; then everything is drawn anew.
#[test]
fn a_stopped_program_gives_the_terminal_back_and_draws_anew_when_it_goes_on() {
    let mut session = Session::start(Policy::Narrow, 80, 24);
    session.take(&Keys("<Down*9><Enter>①"));
    send(session.child.as_ref(), Signal::TSTP);
    let start = Instant::now();
    while session.emulator.parser.screen().alternate_screen() {
        assert!(start.elapsed() < PATIENCE);
        if let Ok(bytes) = session.output.recv_timeout(Duration::from_millis(50)) {
            session.emulator.feed(&bytes);
        }
    }
    let modes = session.emulator.parser.screen().mouse_protocol_mode();
    assert_eq!(modes, vt100::MouseProtocolMode::None);
    // What goes on before it has stopped stops for good.
    while !is_stopped(session.child.process_id().expect("runs")) {
        assert!(start.elapsed() < PATIENCE, "it does not stop");
        std::thread::sleep(Duration::from_millis(5));
    }
    send(session.child.as_ref(), Signal::CONT);
    session.agree("after it went on");
    session.take(&Keys("≥字"));
    assert!(session.emulator.parser.screen().alternate_screen());
}

fn is_stopped(process: u32) -> bool {
    let Ok(told) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
        // Where there is no such file, a second has to do.
        std::thread::sleep(Duration::from_secs(1));
        return true;
    };
    told.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T'))
}

/// A held key or a slow line: what has come is drawn once.
#[test]
fn a_burst_of_keys_is_drawn_in_few_frames() {
    let mut session = Session::start(Policy::Narrow, 80, 24);
    session.take(&Keys("<Down*9><Enter>"));
    session.seen.clear();
    let burst = "农村道路安全巡查劝导".repeat(30);
    session.send(burst.as_bytes());
    session.editor.keys(&burst);
    session.agree("after a burst");
    let frames = session.seen.matches("\x1b[?2026h").count();
    assert!((1..30).contains(&frames), "{frames} frames for 300 keys");
}

fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count).expect("a screen has cells")
}
