//! Keys: what the terminal delivers, brought to one form, and the one syntax in which the command
//! table, the hints and the tests write them: `Ctrl+S`, `Enter`, `F8`, `Shift+Tab`.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use ratatui::layout::Position;

use crate::text;

/// A key as the program knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Which key; letters with Ctrl are lower case.
    pub code: KeyCode,
    /// Ctrl held.
    pub ctrl: bool,
    /// Shift held; for characters it is part of the character instead.
    pub shift: bool,
}

/// What reaches the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A key was pressed, or repeats.
    Key(Key),
    /// Text was pasted; line ends are `\n`.
    Paste(String),
    /// The screen has another size: columns, rows.
    Resize(u16, u16),
    /// The left button was pressed at a place.
    Click(Position),
    /// The wheel was turned by one notch over a place, downwards where positive.
    Wheel(Position, isize),
    /// The window got the focus, or lost it.
    Focus(bool),
}

impl Key {
    /// A key without modifiers.
    pub(super) const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, shift: false }
    }

    /// What a key event means; `None` for releases, and for keys with Alt, which belong to
    /// terminals.
    ///
    /// On the inbox Windows console pasted characters outside ASCII come as a release without a
    /// press; such a release counts as the character.
    pub(super) fn of(event: &KeyEvent, pressed: bool) -> Option<Self> {
        let lone = event.kind == KeyEventKind::Release
            && !pressed
            && matches!(event.code, KeyCode::Char(c) if !c.is_ascii());
        if event.kind == KeyEventKind::Release && !lone {
            return None;
        }
        let held = event.modifiers;
        let ctrl = held.contains(KeyModifiers::CONTROL);
        // AltGr arrives as Ctrl+Alt with the character it makes.
        let alt = held.contains(KeyModifiers::ALT);
        let (code, shift) = match event.code {
            KeyCode::Char('h') if ctrl && !alt => return Some(Self::plain(KeyCode::Backspace)),
            KeyCode::Char('j') if ctrl && !alt => return Some(Self::plain(KeyCode::Enter)),
            KeyCode::Char(c) if ctrl && !alt => (KeyCode::Char(c.to_ascii_lowercase()), false),
            KeyCode::Char(c) => (KeyCode::Char(c), false),
            KeyCode::BackTab => (KeyCode::Tab, true),
            code => (code, held.contains(KeyModifiers::SHIFT)),
        };
        if alt && !(ctrl && matches!(code, KeyCode::Char(_))) {
            return None;
        }
        Some(Self { code, ctrl: ctrl && !alt, shift })
    }

    /// Reads `Ctrl+S`, `Shift+Tab`, `F8`, `Enter`, or a single character; `None` for anything else.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (ctrl, rest) = name.strip_prefix("Ctrl+").map_or((false, name), |rest| (true, rest));
        let (shift, rest) = rest.strip_prefix("Shift+").map_or((false, rest), |rest| (true, rest));
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(c), None) => KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c }),
            _ => named(rest)?,
        };
        Some(Self { code, ctrl, shift })
    }

    /// As [`Key::parse`] reads it.
    pub(super) fn name(self) -> String {
        self.written("Space", |(name, ..)| name)
    }

    /// How hints and help write it: `Ctrl+S`, `↑`.
    pub(super) fn label(self) -> String {
        self.written("空格", |(_, label, _)| label)
    }

    fn written(self, space: &str, of: fn(&(&'static str, &'static str, KeyCode)) -> &'static str) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => space.to_owned(),
            KeyCode::Char(c) => c.to_ascii_uppercase().to_string(),
            KeyCode::F(n) => format!("F{n}"),
            code => NAMES
                .iter()
                .find(|(_, _, named)| *named == code)
                .map_or(String::new(), |row| of(row).to_owned()),
        };
        let ctrl = if self.ctrl { "Ctrl+" } else { "" };
        let shift = if self.shift { "Shift+" } else { "" };
        format!("{ctrl}{shift}{name}")
    }

    /// The character it types, if it types one.
    pub(super) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }

    /// The same with a full-width character as its ASCII twin, for pickers and commands.
    pub(super) fn halfwidth(self) -> Self {
        match self.code {
            KeyCode::Char(c) => Self { code: KeyCode::Char(text::halfwidth_char(c)), ..self },
            _ => self,
        }
    }
}

/// Name in the key syntax, label in hints, code.
const NAMES: &[(&str, &str, KeyCode)] = &[
    ("Enter", "Enter", KeyCode::Enter),
    ("Esc", "Esc", KeyCode::Esc),
    ("Tab", "Tab", KeyCode::Tab),
    ("Backspace", "退格", KeyCode::Backspace),
    ("Delete", "Delete", KeyCode::Delete),
    ("Insert", "Insert", KeyCode::Insert),
    ("Up", "上", KeyCode::Up),
    ("Down", "下", KeyCode::Down),
    ("Left", "左", KeyCode::Left),
    ("Right", "右", KeyCode::Right),
    ("Home", "Home", KeyCode::Home),
    ("End", "End", KeyCode::End),
    ("PageUp", "PgUp", KeyCode::PageUp),
    ("PageDown", "PgDn", KeyCode::PageDown),
    ("Space", "空格", KeyCode::Char(' ')),
];

fn named(name: &str) -> Option<KeyCode> {
    if let Some(number) = name.strip_prefix('F') {
        return number.parse().ok().filter(|n| (1..=12).contains(n)).map(KeyCode::F);
    }
    NAMES.iter().find(|(known, _, _)| *known == name).map(|(_, _, code)| *code)
}

/// Reads a script of keys: `<Ctrl+F>道路<Enter><Down*3>`. What stands outside of `<…>` is typed
/// character by character; `None` where a name is no key.
pub(super) fn script(keys: &str) -> Option<Vec<Key>> {
    let mut read = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|inner| inner.split_once('>'))
            .filter(|(name, _)| !name.is_empty());
        match named {
            Some((name, after)) => {
                let (name, times) = name.split_once('*').unwrap_or((name, "1"));
                read.extend(std::iter::repeat_n(Key::parse(name)?, times.parse().ok()?));
                rest = after;
            }
            None => {
                read.push(Key::plain(KeyCode::Char(c)));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Some(read)
}

/// Pasted text as the program takes it: line ends as `\n`, tabs kept, other controls dropped.
pub(super) fn pasted(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: KeyCode, held: KeyModifiers, kind: KeyEventKind) -> KeyEvent {
        KeyEvent::new_with_kind(code, held, kind)
    }

    #[test]
    fn names_read_back() {
        for name in ["Ctrl+S", "Shift+Tab", "F10", "Enter", "a", "绩", "Ctrl+Up", "Space"] {
            assert!(Key::parse(name).is_some(), "{name}");
        }
        assert_eq!(Key::parse("F13"), None);
        assert_eq!(Key::parse("Ctrl+S").map(Key::label).as_deref(), Some("Ctrl+S"));
        assert_eq!(Key::parse("Down").map(Key::label).as_deref(), Some("下"));
    }

    #[test]
    fn releases_count_only_where_there_was_no_press() {
        let release = |c| event(KeyCode::Char(c), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Key::of(&release('a'), false), None);
        assert_eq!(Key::of(&release('≥'), true), None);
        assert_eq!(Key::of(&release('≥'), false), Some(Key::plain(KeyCode::Char('≥'))));
    }

    #[test]
    fn alt_belongs_to_the_terminal_but_altgr_types() {
        let press = |held| event(KeyCode::Char('q'), held, KeyEventKind::Press);
        assert_eq!(Key::of(&press(KeyModifiers::ALT), false), None);
        let altgr = Key::of(&press(KeyModifiers::ALT | KeyModifiers::CONTROL), false);
        assert_eq!(altgr, Some(Key::plain(KeyCode::Char('q'))));
    }

    #[test]
    fn ctrl_h_is_backspace() {
        let press = event(KeyCode::Char('h'), KeyModifiers::CONTROL, KeyEventKind::Press);
        assert_eq!(Key::of(&press, false), Some(Key::plain(KeyCode::Backspace)));
    }
}
