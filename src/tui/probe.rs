//! How wide the terminal draws characters of ambiguous width: asked once before the first frame.
//!
//! Each character is printed at the left edge and the cursor position asked before and after. What
//! is not answered in time, or with anything but one or two columns, counts as narrow. Keys that
//! were typed meanwhile are handed back.

#[cfg(unix)]
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;

use super::input::Key;
use crate::text::Policy;

/// Which width characters of ambiguous width shall have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmbiguousWidth {
    /// As the terminal draws them.
    #[default]
    Auto,
    /// One column.
    One,
    /// Two columns.
    Two,
}

/// The environment variable that sets the width.
const VARIABLE: &str = "JIXIAO_AMBIGUOUS_WIDTH";
/// One character of each class of ambiguous width; the last is box drawing.
const SAMPLES: [char; 6] = ['≥', '“', '…', '①', '·', '─'];
/// How long the terminal may take to answer, in all.
#[cfg(unix)]
const LIMIT: Duration = Duration::from_millis(100);

impl AmbiguousWidth {
    /// Reads `auto`, `1` or `2`; full-width digits too.
    pub fn parse(text: &str) -> Option<Self> {
        match crate::text::compact(text).as_ref() {
            "auto" => Some(Self::Auto),
            "1" => Some(Self::One),
            "2" => Some(Self::Two),
            _ => None,
        }
    }

    /// The option itself, or where it is `Auto` what the environment says.
    fn or_environment(self) -> Self {
        let set = || std::env::var(VARIABLE).ok().and_then(|value| Self::parse(&value));
        if self == Self::Auto { set().unwrap_or_default() } else { self }
    }
}

/// What is known of the terminal, and keys that were typed while it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// How wide ambiguous characters are.
    pub policy: Policy,
    /// Whether lines must be drawn with ASCII, because box drawing is wider than one column.
    pub ascii_lines: bool,
    /// Keys in the order they were typed.
    pub keys: Vec<Key>,
}

/// Finds the width out; the terminal is in raw mode and shows nothing worth keeping.
pub(super) fn probe(wanted: AmbiguousWidth) -> Found {
    match wanted.or_environment() {
        AmbiguousWidth::One => Found::default(),
        AmbiguousWidth::Two => Found { policy: Policy::Wide, ascii_lines: true, keys: Vec::new() },
        AmbiguousWidth::Auto => judge(&ask()),
    }
}

#[cfg(unix)]
fn ask() -> Vec<u8> {
    use std::io::{IsTerminal, Write};
    let mut question = String::new();
    for sample in SAMPLES {
        question.push_str(&format!("\x1b[1;1H\x1b[6n{sample}\x1b[6n"));
    }
    question.push_str("\x1b[1;1H\x1b[2K");
    let mut output = std::io::stdout();
    if !std::io::stdin().is_terminal() || !output.is_terminal() {
        return Vec::new();
    }
    if output.write_all(question.as_bytes()).and_then(|()| output.flush()).is_err() {
        return Vec::new();
    }
    read_answers()
}

#[cfg(unix)]
fn read_answers() -> Vec<u8> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let (input, start) = (std::io::stdin(), Instant::now());
    let mut answers = Vec::new();
    let mut part = [0; 256];
    while positions(&answers).0.len() < 2 * SAMPLES.len() {
        let Some(left) = LIMIT.checked_sub(start.elapsed()) else { break };
        let wait = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
        match poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&wait)) {
            Ok(1..) => {}
            Err(rustix::io::Errno::INTR) => continue,
            _ => break,
        }
        match rustix::io::read(&input, &mut part) {
            Ok(count @ 1..) => answers.extend_from_slice(&part[..count]),
            _ => break,
        }
    }
    answers
}

/// Elsewhere the console says nothing that can be relied on; the option and the variable remain.
#[cfg(not(unix))]
fn ask() -> Vec<u8> {
    Vec::new()
}

/// What the answers mean.
fn judge(answers: &[u8]) -> Found {
    let (columns, rest) = positions(answers);
    let keys = keys(&String::from_utf8_lossy(&rest));
    let widths: Vec<u16> = columns.chunks_exact(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    let complete = widths.len() == SAMPLES.len() && widths.iter().all(|width| matches!(width, 1 | 2));
    let Some((lines, others)) = widths.split_last().filter(|_| complete) else {
        return Found { keys, ..Found::default() };
    };
    let policy = if others.iter().all(|width| *width == 2) { Policy::Wide } else { Policy::Narrow };
    Found { policy, ascii_lines: policy == Policy::Wide || *lines != 1, keys }
}

/// The columns of all position reports (`ESC [ row ; column R`), and the bytes between them.
fn positions(bytes: &[u8]) -> (Vec<u16>, Vec<u8>) {
    let (mut columns, mut rest) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match report(&bytes[at..]) {
            Some((column, length)) => {
                columns.push(column);
                at += length;
            }
            None => {
                rest.push(byte);
                at += 1;
            }
        }
    }
    (columns, rest)
}

fn report(bytes: &[u8]) -> Option<(u16, usize)> {
    let inner = bytes.strip_prefix(b"\x1b[")?;
    let end = inner.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';'))?;
    let (row, column) = std::str::from_utf8(&inner[..end]).ok()?.split_once(';')?;
    let column = column.parse().ok().filter(|_| inner[end] == b'R' && !row.is_empty())?;
    Some((column, end + 3))
}

/// Keys typed during the question: characters and the plain keys; other sequences are dropped.
fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let key = match c {
            '\r' | '\n' => Some(Key::plain(KeyCode::Enter)),
            '\t' => Some(Key::plain(KeyCode::Tab)),
            '\u{7f}' | '\u{8}' => Some(Key::plain(KeyCode::Backspace)),
            '\u{1b}' => sequence(&mut rest),
            '\u{1}'..='\u{1a}' => {
                let letter = char::from(b'a' + (c as u8) - 1);
                Some(Key { code: KeyCode::Char(letter), ctrl: true, shift: false })
            }
            c if c.is_control() || c == '\u{fffd}' => None,
            c => Some(Key::plain(KeyCode::Char(c))),
        };
        keys.extend(key);
    }
    keys
}

fn sequence(rest: &mut std::str::Chars<'_>) -> Option<Key> {
    let Some(introducer) = rest.clone().next().filter(|c| matches!(c, '[' | 'O')) else {
        return Some(Key::plain(KeyCode::Esc));
    };
    rest.next();
    let last = match introducer {
        'O' => rest.next()?,
        _ => rest.find(|c| ('\u{40}'..='\u{7e}').contains(c))?,
    };
    let code = match last {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        _ => return None,
    };
    Some(Key::plain(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(widths: [u16; 6]) -> Vec<u8> {
        widths.iter().map(|width| format!("\x1b[1;1R\x1b[1;{}R", width + 1)).collect::<String>().into_bytes()
    }

    #[test]
    fn the_width_is_what_the_terminal_answers() {
        assert_eq!(judge(&answers([1; 6])), Found::default());
        let wide = judge(&answers([2; 6]));
        assert_eq!((wide.policy, wide.ascii_lines), (Policy::Wide, true));
        let mixed = judge(&answers([1, 1, 1, 1, 1, 2]));
        assert_eq!((mixed.policy, mixed.ascii_lines), (Policy::Narrow, true));
    }

    #[test]
    fn silence_and_nonsense_count_as_narrow() {
        assert_eq!(judge(b""), Found::default());
        assert_eq!(judge(&answers([2, 2, 2, 2, 2, 7])), Found::default());
        assert_eq!(judge(&answers([2; 6])[..20]).policy, Policy::Narrow);
    }

    #[test]
    fn keys_typed_meanwhile_are_kept() {
        let mut bytes = "绩\x1b[B".as_bytes().to_vec();
        bytes.extend(answers([2; 6]));
        bytes.extend(b"\x11\r");
        let found = judge(&bytes);
        assert_eq!(found.policy, Policy::Wide);
        let names = ["绩", "Down", "Ctrl+Q", "Enter"];
        assert_eq!(found.keys, names.map(|name| Key::parse(name).expect("a key")));
    }

    #[test]
    fn the_option_reads_three_words() {
        assert_eq!(AmbiguousWidth::parse("auto"), Some(AmbiguousWidth::Auto));
        assert_eq!(AmbiguousWidth::parse("２"), Some(AmbiguousWidth::Two));
        assert_eq!(AmbiguousWidth::parse("3"), None);
    }
}
