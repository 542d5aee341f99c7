//! The text of a draft file: lines with checksums, written and read back.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Found, Rest};
use crate::form::edit::{Edit, Spot, apply_all};
use crate::form::field::{Field, Table};
use crate::form::{Form, Row};
use crate::format::toml::{self, Limits};

/// A line of a draft file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    Head { form: String },
    Edit(Wire),
}

impl Line {
    /// The head of a draft of a form.
    pub(super) fn head(base: &Form) -> Self {
        Self::Head { form: toml::text(base) }
    }

    /// The line of an edit.
    pub(super) fn edit(edit: &Edit) -> Self {
        Self::Edit(Wire::of(edit))
    }

    /// The line as it is written.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes())).into_bytes()
    }

    /// `None` for a line that was torn or changed.
    fn read(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (sum, text) = line.split_once(' ')?;
        let holds = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(text.as_bytes());
        serde_json::from_str(text).ok().filter(|_| holds)
    }
}

/// An edit as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Wire {
    Set { row: Option<usize>, table: String, field: String, text: String },
    Insert { at: usize, row: Row },
    Remove { at: usize },
    Move { from: usize, to: usize },
}

impl Wire {
    fn of(edit: &Edit) -> Self {
        match edit {
            Edit::Set { spot, text } => {
                let info = spot.field.info();
                let (table, field) = (info.table.key().to_owned(), info.key.to_owned());
                Self::Set { row: spot.row, table, field, text: text.clone() }
            }
            Edit::Insert { at, indicator } => Self::Insert { at: *at, row: indicator.clone() },
            Edit::Remove { at } => Self::Remove { at: *at },
            Edit::Move { from, to } => Self::Move { from: *from, to: *to },
        }
    }

    /// `None` for a field that this program does not know.
    fn edit(self) -> Option<Edit> {
        Some(match self {
            Self::Set { row, table, field, text } => {
                let table = Table::ALL.into_iter().find(|known| known.key() == table)?;
                Edit::Set { spot: Spot { row, field: Field::find(table, &field)? }, text }
            }
            Self::Insert { at, row } => Edit::Insert { at, indicator: row },
            Self::Remove { at } => Edit::Remove { at },
            Self::Move { from, to } => Edit::Move { from, to },
        })
    }
}

/// What the bytes of a draft file hold: nothing where no edit follows its head.
///
/// # Errors
/// [`Damaged`] where not even the head can be read.
pub fn recovered(bytes: &[u8], at: SystemTime) -> Result<Option<Found>, Damaged> {
    // The power went before anything of a new draft was on the disk.
    if bytes.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').peekable();
    let Some(Line::Head { form }) = lines.next().and_then(Line::read) else { return Err(Damaged) };
    let limits = Limits { bytes: usize::MAX, rows: usize::MAX, field_bytes: usize::MAX, tokens: usize::MAX };
    let base = toml::read(form.as_bytes(), &limits).map_err(|_| Damaged)?.form;
    let mut found = Found { form: base.clone(), base, changes: 0, at, rest: Rest::Whole };
    let mut last: Option<Spot> = None;
    while let Some(line) = lines.next() {
        let edit = match Line::read(line) {
            Some(Line::Edit(wire)) => wire.edit(),
            _ => None,
        };
        let spot = if let Some(Edit::Set { spot, .. }) = &edit { Some(*spot) } else { None };
        if edit.is_none_or(|edit| apply_all(vec![edit], &mut found.form).is_err()) {
            let cut = !line.ends_with(b"\n") && lines.peek().is_none();
            found.rest = if cut { Rest::Torn } else { Rest::Damaged(lines.count() + 1) };
            break;
        }
        // Each key is a line of its own; typing in one field is one change.
        found.changes += usize::from(spot.is_none() || spot != last);
        last = spot;
    }
    Ok((found.changes > 0 || matches!(found.rest, Rest::Damaged(_))).then_some(found))
}

/// A draft file of which nothing can be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged;
