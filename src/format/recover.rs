//! Rows of cells of unknown shape in, a form and notes out: every importer ends here.
//!
//! Nothing is found by position alone. Header words and their synonyms name the columns, but a
//! row whose operator, class names or numbers stand one cell beside their columns is read where
//! its cells are (`shifted`). Class labels are known by vocabulary: a level-2 label implies its
//! level 1, so a level-1 label that a merged cell pushed to the second row of its group
//! corrects nothing and only confirms (`label-displaced`).
//!
//! Decisions, all of which show as notes:
//! - An empty cell of the unit's name is filled from the heading line above the table
//!   (`agency-from-heading`); the note says that the cell itself was empty.
//! - A column 得分 becomes `manual_score`, which only counts for rows that no formula scores;
//!   分值 and 权重 become `points`. Points written into a class label (产出指标（50分）) have no
//!   place in the form and are noted (`class-points`).
//! - A value without a sign in a table without a column for signs is read as `=` where it is a
//!   number (a guess) and as 定性 where it is text. In a table that has the column, an empty
//!   operator stays empty: it is what was typed.
//! - Of several tables the one with the most rows wins; a repeated head row continues its table.
//! - An explicit class pair stays as typed, even where the level-2 class belongs elsewhere: that
//!   is a fault of the form, not of its reading.
//! - Rows with nothing but class labels are no indicators (`empty-row`).
//!
//! Codes of notes: agency-from-heading agency-from-title budget-guess class-points class-split cut empty-row
//! execution-row joined-lines label-displaced left-out level1-inferred markup money-unit
//! name-from-above no-header normalised numbering operator-conflict operator-guess other-sheet
//! other-table percent-lost placeholder quantity score-column sheet-hidden shifted total unit-missing unknown-class value-split; the
//! text reader adds encoding and encoding-broken.
//!
//! Every non-empty cell is either consumed or listed in a note (`left-out`): each row keeps a
//! mark per cell, and what is unmarked at the end is listed. All passes are linear in the text.

mod around;
mod cut;
mod header;
mod heading;
mod labels;
mod levels;
mod look;
mod markup;
mod row;
mod settle;
mod sheet;
mod table;
mod words;

pub(super) use header::is_header_word;
pub(super) use labels::is_labelled;
pub(super) use look::anchor;

use serde::{Deserialize, Serialize};

use super::Note;
use crate::form::Form;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{FIELDS, Field, FieldInfo};
use sheet::Sheet;
use table::Reading;

/// The most rows that are read.
pub const MAX_ROWS: usize = 5_000;
/// The most columns that are read.
pub const MAX_COLUMNS: usize = 64;
/// The most cells that are read.
pub const MAX_CELLS: usize = 200_000;
/// The most text that is read, in bytes.
pub const MAX_TEXT: usize = 8 << 20;

/// A table of unknown shape, as every reader delivers it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The rows in the order of the source.
    pub rows: Vec<Row>,
}

/// A row of cells; a line of loose text is a row of one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The cells from the left.
    pub cells: Vec<Cell>,
    /// Line or row of the source, counted from 1.
    pub line: usize,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its text; line feeds separate paragraphs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether a merged cell that begins elsewhere covers it; its own text is then ignored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continued: bool,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), continued: false }
    }

    /// A cell covered by a merge.
    pub fn covered() -> Self {
        Self { text: String::new(), continued: true }
    }
}

/// How sure the reading of one field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Certainty {
    /// It stands there.
    #[default]
    Exact,
    /// It follows from what stands there.
    Inferred,
    /// It may well be wrong.
    Guess,
}

/// Where an indicator comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Line or row of the source, counted from 1.
    pub line: usize,
    /// The fields that are less than exact.
    unsure: Vec<(Field, Certainty)>,
}

impl Provenance {
    /// How sure a field of this row is.
    pub fn certainty(&self, field: Field) -> Certainty {
        let found = self.unsure.iter().filter(|(other, _)| *other == field);
        found.map(|(_, certainty)| *certainty).max().unwrap_or_default()
    }

    /// The fields that are less than exact, each with how sure it is.
    pub fn unsure(&self) -> &[(Field, Certainty)] {
        &self.unsure
    }

    fn doubt(&mut self, field: Field, certainty: Certainty) {
        self.unsure.push((field, certainty));
    }
}

/// What was understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recovered {
    /// The form.
    pub form: Form,
    /// Everything that was guessed, repaired or left out, in the order of the source.
    pub notes: Vec<Note>,
    /// For every indicator of the form, where it comes from and how sure its fields are.
    pub rows: Vec<Provenance>,
}

/// Reads a form out of a grid.
pub fn recover(grid: &Grid) -> Recovered {
    let mut notes = Vec::new();
    let mut sheet = Sheet::new(grid, &mut notes);
    let Reading { mut drafts, first_row } = table::read(&mut sheet, &mut notes);
    levels::resolve(&mut drafts, &mut notes);
    let mut form = around::read(&mut sheet, first_row, &mut notes);
    for draft in &drafts {
        around::repeated(&mut form, draft, &mut notes);
    }
    sheet.list_left_out(&mut notes);
    notes.sort_by_key(|note| note.line);
    let (rows, indicators): (Vec<_>, Vec<_>) =
        drafts.into_iter().map(|draft| (draft.provenance, draft.indicator)).unzip();
    form = form.with_rows(indicators);
    cap(&mut form, &mut notes);
    Recovered { form, notes, rows }
}

/// Whether a title says that the form is of the whole unit and not of a project.
pub(super) fn is_of_whole_unit(grid: &Grid) -> bool {
    const TOP: usize = 12;
    let cells = grid.rows.iter().take(TOP).flat_map(|row| &row.cells);
    cells.map(|cell| &cell.text).any(|text| text.contains("整体") && heading::is_title(text))
}

/// Cuts fields that a form's own file could not hold: the next reading would refuse them.
fn cap(form: &mut Form, notes: &mut Vec<Note>) {
    let most = super::toml::Limits::default().field_bytes;
    for spot in spots(form) {
        let Some(text) = form.at(spot).filter(|text| text.len() > most) else { continue };
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let kept = text[..end].to_owned();
        let label = spot.field.label();
        notes.push(Note::new("cut", None, format!("“{label}”超过{}KB，后面的没有读", most >> 10)));
        // The spot was found in this form.
        let _ = Edit::set(spot, kept).apply(form);
    }
}

fn spots(form: &Form) -> Vec<Spot> {
    let rows = 0..form.indicators.len();
    let of = |info: &FieldInfo| match info.field.is_of_indicator() {
        true => rows.clone().map(|row| Spot::row(row, info.field)).collect(),
        false => vec![Spot::form(info.field)],
    };
    FIELDS.iter().flat_map(of).collect()
}

/// The fields that the cells of a head row stand for; `None` where they are no head row.
pub(super) fn columns(cells: &[String]) -> Option<Vec<Option<Field>>> {
    let cells = cells.iter().map(|cell| Cell::new(cell.as_str())).collect();
    let sheet = Sheet::new(&Grid { rows: vec![Row { cells, line: 1 }] }, &mut Vec::new());
    let header = header::Header::of(sheet.rows.first()?)?;
    Some(header.fields())
}

/// A text shortened for a message.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}……", &one_line[..end]),
        None => one_line,
    }
}

#[cfg(test)]
mod tests;
