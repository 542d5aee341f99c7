//! Texts of a form as the checks of writing see them, and how they are quoted and changed.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::quality::FixedState;

use super::signs::Signs;
use super::{CellView, RowView, Which};
use crate::form::Form;
use crate::form::edit::Spot;
use crate::form::field::{Field, FieldInfo};
use crate::text;

/// Characters of a form's text that a message quotes at most.
const QUOTED: usize = 16;

impl<'a> CellView<'a> {
    /// The text, where it is what the clerk wrote in words: names and sentences, not numbers, dates
    /// or what is picked.
    pub(super) fn prose(&self) -> Option<&'a str> {
        self.is_prose.then_some(self.text)
    }

    /// Whether nothing but white space stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() || (self.signs.has(Signs::BLANK) && self.text.trim().is_empty())
    }

    /// Whether the cell is one of these.
    pub(super) fn is(&self, which: Which) -> bool {
        match which {
            Which::Any => true,
            Which::Filled => !self.text.is_empty(),
            Which::With(signs) => self.signs.has(signs),
            Which::WordsWith(signs) => self.is_prose && self.signs.has(signs),
        }
    }

    /// A cell of a form or of one of its rows.
    pub(super) fn new(
        form: &'a Form,
        row: Option<RowView<'a>>,
        spot: Spot,
        info: &'static FieldInfo,
        text: &'a str,
    ) -> Self {
        let is_prose = !text.is_empty()
            && match info.field {
                Field::Agency | Field::Duties | Field::AnnualGoals => true,
                Field::Name | Field::Explanation | Field::Rule | Field::Remark | Field::DeviationReason => {
                    true
                }
                Field::Value => row.is_some_and(|row| row.is_words()),
                _ => false,
            }
            && !text.trim().is_empty();
        let signs = match row {
            Some(row) => row.known.signs(info.field),
            None => Signs::of(text),
        };
        Self { form, row, spot, info, text, signs, is_prose }
    }
}

/// A text short enough for a message, on one line and without anything a terminal obeys.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let head: String = chars.by_ref().take(QUOTED).collect();
    let mark = if chars.next().is_some() { "…" } else { "" };
    format!("{}{mark}", text::visible(&head))
}

/// Whether a character is a Chinese one, as opposed to a digit, letter or mark.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Letters, digits and Chinese characters only, half width: what names are compared by.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    bare.extend(bare_chars(text.chars()));
    bare
}

/// How many characters [`bare`] leaves of a text, and those as one number.
pub(super) fn gist(text: &str) -> (usize, u64) {
    let mut hasher = FixedState::default().build_hasher();
    let length = bare_chars(text.chars()).map(|c| hasher.write_u32(u32::from(c))).count();
    (length, hasher.finish())
}

/// The same of characters.
pub(super) fn bare_chars(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.map(text::halfwidth_char).filter(|c| is_han(*c) || c.is_alphanumeric())
}

/// The text with some ranges replaced; they ascend and do not overlap.
pub(super) fn spliced(text: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in changes {
        changed.push_str(text.get(done..range.start).unwrap_or_default());
        changed.push_str(new);
        done = range.end;
    }
    changed.push_str(text.get(done..).unwrap_or_default());
    changed
}

/// Characters with their byte offsets and their neighbours.
pub(super) fn neighbours(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> {
    let mut before = None;
    let mut ahead = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = ahead.next()?;
        let entry = (at, before, c, ahead.peek().map(|(_, next)| *next));
        before = Some(c);
        Some(entry)
    })
}

/// How a message names a row.
pub(super) fn named(row: &RowView<'_>) -> String {
    short(row.row.title())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_short_and_harmless() {
        assert_eq!(short(" 农村道路 "), "农村道路");
        assert_eq!(short("一二三四五六七八九十一二三四五六七"), "一二三四五六七八九十一二三四五六…");
        assert_eq!(short("a\u{1b}b\nc"), "a<1B>b c");
    }

    #[test]
    fn splices_keep_the_rest() {
        assert_eq!(spliced("得2分，扣2分", &[(3..4, "3".into()), (13..14, "1".into())]), "得3分，扣1分");
    }
}
