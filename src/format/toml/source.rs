//! A file as it was read, and where its fields stand in it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::extent::short;
use super::layout::{Home, Layout, Seat, Slot};
use super::{Limits, literal};
use crate::form::edit::Spot;
use crate::form::field::{Field, Kind};
use crate::form::{Form, RowId};

/// A file as it was read; a save changes in it only what changed in the form.
#[derive(Debug, Clone)]
pub struct Source {
    pub(super) file: Arc<File>,
    /// The identity of each row of the file.
    pub(super) ids: Arc<[RowId]>,
    /// Rows that saves took out, each as a file of its own, so that undo brings their comments back.
    pub(super) removed: Arc<HashMap<RowId, Source>>,
}

/// What does not change when rows get other identities.
#[derive(Debug)]
pub(super) struct File {
    pub(super) text: String,
    pub(super) bom: bool,
    pub(super) form: Form,
    pub(super) layout: Layout,
    pub(super) lines: Lines,
    /// Whether the whole text was read; otherwise nothing can be spliced into it.
    pub(super) whole: bool,
}

/// A place in the text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The bytes, within [`Source::text`].
    pub range: Range<usize>,
}

/// Where the lines of a text begin.
#[derive(Debug, Default)]
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let mut starts = Vec::with_capacity(1 + ends.clone().count());
        starts.push(0);
        starts.extend(ends.map(|end| short(end + 1)));
        Self { starts }
    }

    /// Line and column, in characters, from 1.
    pub(super) fn at(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.starts.get(line - 1).map_or(0, |start| *start as usize);
        (line, text.get(start..offset).map_or(0, |before| before.chars().count()) + 1)
    }
}

impl Source {
    pub(super) fn new(file: File) -> Self {
        let ids = file.form.indicators.iter().map(|row| row.id).collect();
        Self { file: Arc::new(file), ids, removed: Arc::default() }
    }

    /// A text that says what the form says, but could not be read back.
    pub(super) fn unread(form: &Form, text: &str, bom: bool) -> Self {
        let mut layout = Layout::default();
        layout.place((0..text.len()).into());
        let (text, lines) = (text.to_owned(), Lines::of(text));
        Self::new(File { text, bom, form: form.clone(), layout, lines, whole: false })
    }

    /// The same file with other row identities.
    pub(super) fn keyed(self, ids: impl Iterator<Item = RowId>) -> Self {
        Self { ids: ids.collect(), ..self }
    }

    /// Whether the form is what was read, row by row.
    pub(super) fn is_of(&self, form: &Form) -> bool {
        form.indicators.iter().map(|row| row.id).eq(self.ids.iter().copied()) && *form == self.file.form
    }

    /// Keeps the rows of the source before that the form does not have any more.
    pub(super) fn remembering(mut self, before: &Self, form: &Form) -> Self {
        let here: HashSet<RowId> = form.indicators.iter().map(|row| row.id).collect();
        let mut removed = HashMap::clone(&before.removed);
        for (at, id) in before.ids.iter().enumerate().filter(|(_, id)| !here.contains(id)) {
            if let Some(part) = super::splice::part_text(before, at) {
                let loaded = super::read_text(part.into(), false, &Limits::NONE);
                removed.extend(loaded.ok().map(|loaded| (*id, loaded.source.keyed([*id].into_iter()))));
            }
        }
        removed.retain(|id, _| !here.contains(id));
        self.removed = Arc::new(removed);
        self
    }

    /// The file's text, without a byte order mark; places count in it.
    pub fn text(&self) -> &str {
        &self.file.text
    }

    /// The line end that new lines get: the more frequent one.
    pub(super) fn newline(&self) -> &'static str {
        let all = self.file.lines.starts.len() - 1;
        match self.file.text.matches("\r\n").count() * 2 > all {
            true => "\r\n",
            false => "\n",
        }
    }

    pub(super) fn row(&self, id: RowId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    pub(super) fn slot(&self, row: Option<usize>, field: Field) -> Option<&Slot> {
        self.file.layout.slot(row, field)
    }

    pub(super) fn seat(&self, row: Option<usize>, field: Field) -> Option<Seat> {
        self.file.layout.seat(row, field.info().table)
    }

    /// The text of a field as it was read.
    pub(super) fn read_text(&self, row: Option<usize>, field: Field) -> &str {
        self.file.form.at(Spot { row, field }).unwrap_or_default()
    }

    /// Where a field stands, or the bytes `span` of its text. A field that is not in the file
    /// stands at the header of its table, or at the beginning. `None` for rows that are not in
    /// the file.
    pub fn locate(&self, form: &Form, spot: Spot, span: Option<Range<usize>>) -> Option<Place> {
        let row = match spot.row {
            Some(row) => Some(self.row(form.indicators.get(row)?.id)?),
            None => None,
        };
        let range = match self.slot(row, spot.field) {
            Some(slot) => {
                let unchanged = form.at(spot)? == self.read_text(row, spot.field);
                let inner = span.filter(|_| unchanged && slot.home != Home::Blocked);
                inner.and_then(|span| self.inner(slot, spot.field, span)).unwrap_or(slot.value.range())
            }
            None => self.seat(row, spot.field).map_or(0..0, |seat| seat.place()),
        };
        let (line, column) = self.file.lines.at(&self.file.text, range.start);
        Some(Place { line, column, range })
    }

    /// The line of a place as it may be shown, or its part around the place, and the place in it.
    pub fn excerpt(&self, place: &Place) -> Option<(String, Range<usize>)> {
        super::report::excerpt(self.text(), place.range.clone())
    }

    /// Bytes of a field's text as bytes of the file.
    fn inner(&self, slot: &Slot, field: Field, span: Range<usize>) -> Option<Range<usize>> {
        let raw = self.file.text.get(slot.value.range())?;
        let start = slot.value.start();
        if field.info().kind == Kind::List && raw.starts_with('[') {
            return None;
        }
        let range = literal::raw_range(raw, span);
        Some(start + range.start..start + range.end)
    }
}
