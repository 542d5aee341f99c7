//! Where everything a form knows stands in a text.

use std::ops::Range;

use foldhash::HashMap;
use smallvec::SmallVec;

use super::extent::{Extent, short};
use crate::form::field::{Field, Table};

/// How a value came to its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// `key = value` under the table's own header.
    Section,
    /// `table.key = value`
    Dotted,
    /// `table = { key = value }`
    Inline,
    /// Something that is no single value stands there; it can only be kept.
    Blocked,
}

/// The place of one field's value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) value: Extent,
    pub(super) home: Home,
    /// Named by its Chinese label.
    pub(super) alias: bool,
}

/// Where a field that is not yet in the file can be put.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seat {
    /// Under a header; `end` is the end of its line.
    Section { header: Extent, end: u32 },
    /// As another dotted key on a line of its own at `end`.
    Dotted { end: u32 },
    /// Inside braces, after the last value.
    Inline { braces: Extent, last: Option<u32> },
    /// Something that is no table stands there.
    Blocked { place: Extent },
}

impl Seat {
    /// What stands for the whole table in messages.
    pub(super) fn place(&self) -> Range<usize> {
        match *self {
            Self::Section { header, .. } => header.range(),
            Self::Dotted { end } => Extent { start: end, end }.range(),
            Self::Inline { braces, .. } => braces.start()..braces.start() + 1,
            Self::Blocked { place } => place.range(),
        }
    }
}

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Rows {
    /// There are none.
    #[default]
    Absent,
    /// `[[indicator]]`
    Sections,
    /// One `[indicator]`.
    Single,
    /// In a way that has no room for another row.
    Closed,
}

/// The place of one row.
#[derive(Debug, Clone, Default)]
pub(super) struct RowPlace {
    /// Its header and everything that belongs to it, with attached comments; usually one part.
    pub(super) parts: SmallVec<[Extent; 1]>,
    /// Its own header.
    pub(super) header: Option<Extent>,
}

/// Where everything stands. Rows are counted as in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    slots: HashMap<(u32, Field), Slot>,
    seats: HashMap<(u32, Table), Seat>,
    pub(super) rows: Vec<RowPlace>,
    pub(super) rows_home: Rows,
    /// Beginning of the first block of each table, attached comments included.
    pub(super) blocks: HashMap<Table, usize>,
    /// Runs of lines whose content is wholly in the form.
    pub(super) placed: Vec<Extent>,
}

/// What stands for a row, or for the form itself, in the maps of a layout.
fn key(row: Option<usize>) -> u32 {
    row.map_or(0, |row| short(row + 1))
}

impl Layout {
    pub(super) fn slot(&self, row: Option<usize>, field: Field) -> Option<&Slot> {
        self.slots.get(&(key(row), field))
    }

    pub(super) fn put(&mut self, row: Option<usize>, field: Field, slot: Slot) {
        self.slots.insert((key(row), field), slot);
    }

    pub(super) fn seat(&self, row: Option<usize>, table: Table) -> Option<Seat> {
        self.seats.get(&(key(row), table)).copied()
    }

    pub(super) fn put_seat(&mut self, row: Option<usize>, table: Table, seat: Seat) {
        self.seats.insert((key(row), table), seat);
    }

    /// The seat of a table of the form, unless it has one.
    pub(super) fn put_first_seat(&mut self, table: Table, seat: Seat) {
        self.seats.entry((key(None), table)).or_insert(seat);
    }

    /// Adds lines to those whose content is wholly in the form.
    pub(super) fn place(&mut self, lines: Extent) {
        match self.placed.last_mut() {
            Some(run) if run.end == lines.start => run.end = lines.end,
            _ => self.placed.push(lines),
        }
    }

    /// Fills in what needs the whole file: the blocks, the parts of rows, the seat of root keys, which
    /// is `top`.
    pub(super) fn finish(&mut self, text: &str, heads: &[Head], top: usize) {
        let first = heads.first().map_or(text.len(), |head| head.lead(text));
        let end = short(top.min(first));
        self.put_seat(None, Table::Root, Seat::Section { header: Extent::default(), end });
        let mut before = None;
        for (at, head) in heads.iter().enumerate() {
            let start = head.lead(text);
            let limit = heads.get(at + 1).map_or(text.len(), |next| next.lead(text));
            let end = comments_below(text, head.end as usize, limit);
            if let Some(table) = head.table {
                self.blocks.entry(table).or_insert(start);
            }
            if let Some(place) = head.owner.and_then(|row| self.rows.get_mut(row)) {
                match place.parts.last_mut() {
                    Some(part) if head.owner == before => part.end = short(end),
                    _ => place.parts.push((start..end).into()),
                }
            }
            before = head.owner;
        }
    }
}

/// A header among the statements.
pub(super) struct Head {
    /// Beginning of its line.
    pub(super) start: u32,
    /// End of the statement before it.
    pub(super) bound: u32,
    /// End of the last statement of its section.
    pub(super) end: u32,
    /// The table it names, or in which it names something.
    pub(super) table: Option<Table>,
    /// The row its section belongs to.
    pub(super) owner: Option<usize>,
}

impl Head {
    /// Where its section begins, with the comments attached to it.
    fn lead(&self, text: &str) -> usize {
        comments_above(text, self.start as usize, self.bound as usize)
    }
}

/// Beginning of the comment lines that stand directly above `start`.
fn comments_above(text: &str, mut start: usize, bound: usize) -> usize {
    while start > bound {
        let before = text[bound..start - 1].rfind('\n').map_or(bound, |at| bound + at + 1);
        if !text[before..start].trim_start().starts_with('#') {
            break;
        }
        start = before;
    }
    start
}

/// End of the comment lines that follow directly at `end`.
fn comments_below(text: &str, mut end: usize, limit: usize) -> usize {
    while end < limit {
        let line = text[end..limit].find('\n').map_or(limit, |at| end + at + 1);
        if !text[end..line].trim_start().starts_with('#') {
            break;
        }
        end = line;
    }
    end
}
