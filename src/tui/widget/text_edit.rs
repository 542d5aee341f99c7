//! A text field: a text with a caret and a selection, wrapped into rows. Rows, the view and all
//! movements know Chinese widths and kinsoku, which no library's field does; and it keeps no history:
//! the document's undo is the only one.
//!
//! Positions are byte offsets in the text, whose line ends are `\n`. A key wraps a few rows once,
//! however long the text is and however often they are asked for.

use std::ops::Range;

use crossterm::event::KeyCode;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Policy, halfwidth_char};
use crate::tui::input::Key;

/// What a key did to the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing; the key is for somebody else.
    Ignored,
    /// The caret or the selection moved.
    Moved,
    /// The text changed.
    Changed,
}

/// A text field being edited.
#[derive(Debug, Clone)]
pub(crate) struct TextEdit {
    text: String,
    rows: Vec<Range<usize>>,
    caret: usize,
    /// The selection's other end, while something is being selected.
    anchor: Option<usize>,
    multi_line: bool,
    /// Columns of the view, for movements by visible row.
    columns: usize,
    policy: Policy,
    /// The column that vertical movements aim at.
    goal: Option<usize>,
}

impl TextEdit {
    /// A field with this text and the caret at a byte offset. Line feeds are typed and kept only
    /// where `multi_line`.
    pub(crate) fn new(text: &str, caret: usize, multi_line: bool) -> Self {
        let (columns, policy) = (80, Policy::Narrow);
        let rows = policy.wrap(text, columns);
        let text = text.to_owned();
        let mut field = Self { text, rows, caret: 0, anchor: None, multi_line, columns, policy, goal: None };
        field.set_caret(caret);
        field
    }

    /// The view's width in columns and the width policy, from the layout.
    pub(crate) fn set_view(&mut self, columns: usize, policy: Policy) {
        let view = (columns.max(2), policy);
        if view != (self.columns, self.policy) {
            (self.columns, self.policy) = view;
            self.rows = policy.wrap(&self.text, self.columns);
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the caret.
    pub(crate) fn caret(&self) -> usize {
        self.caret
    }

    /// Bytes that are selected.
    pub(crate) fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        (anchor != self.caret).then(|| anchor.min(self.caret)..anchor.max(self.caret))
    }

    /// The selected text.
    pub(crate) fn selected(&self) -> Option<&str> {
        self.selection().and_then(|range| self.text.get(range))
    }

    /// Puts the caret at a byte offset, or the nearest character before it; nothing is selected.
    pub(crate) fn set_caret(&mut self, offset: usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        (self.caret, self.anchor, self.goal) = (offset, None, None);
    }

    /// Puts a text in the place of some bytes, and the caret behind it.
    fn replace(&mut self, range: Range<usize>, new: &str) {
        let old = self.text.clone();
        self.text.replace_range(range.clone(), new);
        self.policy.rewrap(&mut self.rows, &old, &self.text, self.columns);
        self.set_caret(range.start + new.len());
    }

    /// Types text at the caret, in place of the selection. Line feeds become spaces in a field of
    /// one line. Answers whether any did.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        let flattened = !self.multi_line && text.contains('\n');
        let flat = flattened.then(|| text.trim_end_matches('\n').replace('\n', " "));
        self.replace(self.selection().unwrap_or(self.caret..self.caret), flat.as_deref().unwrap_or(text));
        flattened
    }

    /// Deletes the selection. Answers whether there was one.
    pub(crate) fn delete_selection(&mut self) -> bool {
        match self.selection() {
            Some(range) => self.replace(range, ""),
            None => {
                self.anchor = None;
                return false;
            }
        }
        true
    }

    /// Selects everything.
    pub(crate) fn select_all(&mut self) {
        (self.anchor, self.caret) = (Some(0), self.text.len());
    }

    /// Takes a key that types, deletes or moves.
    pub(crate) fn key(&mut self, key: Key) -> Outcome {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return Outcome::Changed;
        }
        let (text, caret) = (&self.text, self.caret);
        match key.code {
            KeyCode::Enter if self.multi_line && !key.ctrl => self.typed_line_feed(),
            KeyCode::Backspace => self.erase(previous(text, caret)..caret),
            KeyCode::Delete if !key.ctrl => self.erase(caret..next(text, caret)),
            _ => self.movement(key),
        }
    }

    fn typed_line_feed(&mut self) -> Outcome {
        self.insert("\n");
        Outcome::Changed
    }

    fn erase(&mut self, range: Range<usize>) -> Outcome {
        if self.delete_selection() {
            return Outcome::Changed;
        }
        if range.is_empty() {
            return Outcome::Ignored;
        }
        self.replace(range, "");
        Outcome::Changed
    }

    fn movement(&mut self, key: Key) -> Outcome {
        let (text, caret) = (self.text.as_str(), self.caret);
        let target = match (key.code, key.ctrl) {
            (KeyCode::Left, false) => {
                self.selection().filter(|_| !key.shift).map_or(previous(text, caret), |range| range.start)
            }
            (KeyCode::Right, false) => {
                self.selection().filter(|_| !key.shift).map_or(next(text, caret), |range| range.end)
            }
            (KeyCode::Left, true) => clause_before(text, caret),
            (KeyCode::Right, true) => clause_after(text, caret),
            (KeyCode::Home, true) => 0,
            (KeyCode::End, true) => text.len(),
            (KeyCode::Home, false) => self.row_edge(true),
            (KeyCode::End, false) => self.row_edge(false),
            (KeyCode::Up | KeyCode::Down, false) => return self.vertical(key, 1),
            (KeyCode::PageUp | KeyCode::PageDown, false) if self.multi_line => {
                return self.vertical(key, 10);
            }
            _ => return Outcome::Ignored,
        };
        let selected = self.selection().is_some();
        if target == caret && !key.shift && !selected && matches!(key.code, KeyCode::Left | KeyCode::Right) {
            return Outcome::Ignored;
        }
        self.goal = None;
        self.go(target, key.shift);
        Outcome::Moved
    }

    fn go(&mut self, target: usize, extend: bool) {
        self.anchor = if extend { self.anchor.or(Some(self.caret)) } else { None };
        self.caret = target;
    }

    /// The visible rows of the text, as byte ranges.
    pub(crate) fn rows(&self) -> &[Range<usize>] {
        &self.rows
    }

    /// Row and column of the caret in the view. At a soft row end the caret belongs to the next row;
    /// one that would stand right of the last column stands on it.
    pub(crate) fn caret_cell(&self) -> (usize, usize) {
        let row = self.rows.partition_point(|row| row.start <= self.caret).saturating_sub(1);
        let start = self.rows.get(row).map_or(0, |row| row.start);
        let column = self.text.get(start..self.caret).map_or(0, |before| self.policy.width(before));
        (row, column.min(self.columns.saturating_sub(1)))
    }

    /// Whether a row ends where the next one begins, without a line feed.
    fn is_soft(&self, row: usize) -> bool {
        self.rows.get(row + 1).is_some_and(|next| next.start == self.rows[row].end)
    }

    fn row_edge(&self, start: bool) -> usize {
        let at = self.caret_cell().0;
        let Some(row) = self.rows.get(at) else { return self.caret };
        match start {
            true => row.start,
            false if self.is_soft(at) => previous(&self.text, row.end),
            false => row.end,
        }
    }

    /// Up and down by visible rows, keeping the column; ignored at the first and last row, so that
    /// the form can move on.
    fn vertical(&mut self, key: Key, by: usize) -> Outcome {
        let (row, column) = self.caret_cell();
        let goal = self.goal.unwrap_or(column);
        let down = matches!(key.code, KeyCode::Down | KeyCode::PageDown);
        let target = if down { (row + by).min(self.rows.len() - 1) } else { row.saturating_sub(by) };
        if target == row {
            return Outcome::Ignored;
        }
        self.go(self.at_column(target, goal), key.shift);
        self.goal = Some(goal);
        Outcome::Moved
    }

    /// The offset on a row at a column, or the row's last one left of it.
    fn at_column(&self, row: usize, column: usize) -> usize {
        let range = self.rows[row].clone();
        let offset = range.start + self.policy.fitting(&self.text[range.clone()], column);
        match offset == range.end && self.is_soft(row) {
            true => previous(&self.text, offset).max(range.start),
            false => offset,
        }
    }
}

/// Start of the grapheme before an offset.
fn previous(text: &str, offset: usize) -> usize {
    text[..offset].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
}

/// End of the grapheme at an offset.
fn next(text: &str, offset: usize) -> usize {
    text[offset..].graphemes(true).next().map_or(offset, |grapheme| offset + grapheme.len())
}

/// What ends a clause: moves by word stop behind it.
fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '、' | '！' | '？' | ',' | ';' | ':' | '\n' | '）' | '”')
}

/// Whether two neighbours belong to different words: clause ends, and numbers against the rest.
fn is_stop(before: char, after: char) -> bool {
    let number = |c: char| matches!(halfwidth_char(c), '0'..='9' | '.' | '%');
    (ends_clause(before) && !ends_clause(after))
        || number(before) != number(after)
        || (before == ' ' && after != ' ')
}

fn clause_after(text: &str, offset: usize) -> usize {
    let mut characters = text[offset..].char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        if let Some(&(at, after)) = characters.peek()
            && is_stop(c, after)
        {
            return offset + at;
        }
    }
    text.len()
}

fn clause_before(text: &str, offset: usize) -> usize {
    let mut characters = text[..offset].char_indices().rev().peekable();
    while let Some((at, c)) = characters.next() {
        if let Some(&(_, before)) = characters.peek()
            && is_stop(before, c)
        {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(name: &str) -> Key {
        Key::parse(name).expect("a key")
    }

    fn field(text: &str, caret: usize, columns: usize) -> TextEdit {
        let mut field = TextEdit::new(text, caret, true);
        field.set_view(columns, Policy::Narrow);
        field
    }

    #[test]
    fn typing_and_deleting_by_grapheme() {
        let mut field = field("农村👨‍👩‍👧路", 6, 20);
        assert_eq!(field.key(key("Delete")), Outcome::Changed);
        assert_eq!(field.text(), "农村路");
        field.key(key("道"));
        assert_eq!(field.text(), "农村道路");
        field.key(key("Backspace"));
        field.key(key("Backspace"));
        assert_eq!((field.text(), field.caret()), ("农路", 3));
    }

    #[test]
    fn selection_is_replaced_by_typing() {
        let mut field = field("达到48次", 6, 20);
        field.key(key("Shift+Right"));
        field.key(key("Shift+Right"));
        assert_eq!(field.selected(), Some("48"));
        field.key(key("6"));
        assert_eq!(field.text(), "达到6次");
        field.select_all();
        field.key(key("Delete"));
        assert_eq!(field.text(), "");
    }

    #[test]
    fn up_and_down_keep_the_column_and_leave_at_the_ends() {
        let mut field = field("一二三四五六七八九十\n短\n一二三四五", 6, 8);
        assert_eq!(field.key(key("Up")), Outcome::Ignored);
        for row in [1, 2, 3, 4] {
            assert_eq!(field.key(key("Down")), Outcome::Moved);
            assert_eq!(field.caret_cell().0, row);
        }
        assert_eq!(field.caret_cell(), (4, 4));
        field.key(key("Down"));
        assert_eq!(field.key(key("Down")), Outcome::Ignored);
    }

    #[test]
    fn words_are_clauses_and_numbers() {
        let text = "达到计划值，得满分2分，否则不得分。";
        let mut field = field(text, 0, 80);
        let mut stops = Vec::new();
        while field.key(key("Ctrl+Right")) == Outcome::Moved && field.caret() < text.len() {
            stops.push(&text[..field.caret()]);
        }
        assert_eq!(
            stops,
            ["达到计划值，", "达到计划值，得满分", "达到计划值，得满分2", "达到计划值，得满分2分，"]
        );
        field.key(key("Ctrl+Left"));
        assert_eq!(field.caret(), text.find("否则").expect("is there"));
    }

    #[test]
    fn full_width_digits_are_numbers() {
        let text = "不低于１２．５％，满4８次";
        let mut field = field(text, 0, 80);
        let stops = ["不低于", "１２．５％", "，", "满", "4８", "次"];
        for stop in stops {
            let from = field.caret();
            field.key(key("Ctrl+Right"));
            assert_eq!(&text[from..field.caret()], stop);
        }
    }

    #[test]
    fn one_line_fields_take_no_line_feed() {
        let mut field = TextEdit::new("", 0, false);
        assert!(field.insert("一\n二\n"));
        assert_eq!(field.text(), "一 二");
        assert_eq!(field.key(key("Enter")), Outcome::Ignored);
    }

    proptest! {
        #[test]
        fn every_caret_lies_inside_its_row(
            text in "([一-龥，。；“”（）a-z0-9% \n𠮷é≥…]|\\PC|[\u{300}\u{200b}\u{200d}\u{1f468}\r\t]){0,60}",
            columns in 2usize..30,
            wide: bool,
        ) {
            let mut field = TextEdit::new(&text, 0, true);
            field.set_view(columns, if wide { Policy::Wide } else { Policy::Narrow });
            for at in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
                field.set_caret(at);
                prop_assert_eq!(field.caret(), at);
                let (row, column) = field.caret_cell();
                prop_assert!(column < columns);
                prop_assert!(field.rows()[row].start <= at && at <= field.rows()[row].end);
            }
        }

        #[test]
        fn the_caret_is_always_in_view_and_moves_go_back_and_forth(
            text in "[一-龥，。“”（）a-z0-9 \n𠮷é≥]{0,60}", columns in 2usize..30, wide: bool, at in any::<prop::sample::Index>()
        ) {
            let policy = if wide { Policy::Wide } else { Policy::Narrow };
            let mut field = TextEdit::new(&text, at.index(text.len() + 1), true);
            field.set_view(columns, policy);
            prop_assert_eq!(field.text(), &text);
            let (row, column) = field.caret_cell();
            prop_assert!(row < field.rows().len() && column < columns);
            let before = field.caret();
            if field.key(key("Right")) == Outcome::Moved {
                field.key(key("Left"));
                prop_assert!(field.caret() == before || !text.is_char_boundary(before) || field.caret() <= before);
            }
            for name in ["Down", "End", "Up", "Home", "Shift+Down", "Ctrl+Right", "Shift+Ctrl+Left"] {
                if let Some(key) = Key::parse(name) {
                    field.key(key);
                    let (row, column) = field.caret_cell();
                    prop_assert!(row < field.rows().len() && column < columns);
                }
            }
            prop_assert_eq!(field.text(), &text);
        }
    }
}
