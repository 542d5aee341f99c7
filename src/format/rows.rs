//! The indicators as rows for other programs: CSV for spreadsheets, JSON lines for databases.

use crate::form::field::{Field, Table};
use crate::form::{Form, Row};
use crate::score::{Achieved, Scores};
use crate::text::visible_lines;
use crate::vocabulary::number::plain;

/// The columns, by key and label.
pub fn columns() -> Vec<(&'static str, &'static str)> {
    let info = |field: Field| (field.info().key, field.label());
    let mut columns = vec![info(Field::Year), info(Field::Agency)];
    columns.extend(of_a_row().map(info));
    columns.extend(COMPUTED);
    columns
}

/// What the program works out, which no reader takes for typed.
const COMPUTED: [(&str, &str); 2] = [("computed_points", "计算分值"), ("computed_score", "计算得分")];

/// The fields of a row that go out; what silences a check is no concern of others.
fn of_a_row() -> impl Iterator<Item = Field> {
    Field::of(Table::Indicator).filter(|field| *field != Field::RowAllow)
}

/// The cells of each row, in the order of [`columns`].
pub fn cells(form: &Form, scores: &Scores, achieved: &Achieved) -> Vec<Vec<String>> {
    let row = |(at, row): (usize, &Row)| {
        let mut cells = vec![form.year.clone(), form.agency.clone()];
        cells.extend(of_a_row().map(|field| row.text(field).cloned().unwrap_or_default()));
        let score = achieved.rows[at].as_ref().and_then(|score| score.points);
        cells.extend([scores.rows[at].points, score].map(|points| points.map(plain).unwrap_or_default()));
        cells
    };
    form.indicators.iter().enumerate().map(row).collect()
}

/// Comma separated, with [`MARK`].
pub(super) fn csv(form: &Form) -> Vec<u8> {
    let head = line(columns().into_iter().map(|(_, label)| label.to_owned()));
    let body = own_cells(form).into_iter().map(line);
    std::iter::once(MARK.to_owned()).chain([head]).chain(body).collect::<String>().into_bytes()
}

/// What CSV begins with, so that spreadsheets read it as UTF-8.
pub const MARK: &str = "\u{feff}";

/// A line of CSV. A cell that a spreadsheet would take for a formula is led by an apostrophe;
/// control characters are marks.
pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells = cells.into_iter().map(|text| quoted(&harmless(text)));
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

fn own_cells(form: &Form) -> Vec<Vec<String>> {
    let scores = Scores::of(form);
    cells(form, &scores, &Achieved::of(form, &scores))
}

fn quoted(text: &str) -> String {
    let text = visible_lines(text);
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

/// Whether a spreadsheet takes the text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n'])
}

/// The text with an apostrophe before it where it would be a formula; a sign of comparison or a
/// negative number is none.
pub fn harmless(text: String) -> String {
    if !is_formula(&text) {
        return text;
    }
    let is_number = crate::vocabulary::number::parse(&text).is_ok();
    let is_sign = crate::vocabulary::operator::Operator::parse(&text).is_some();
    if !is_number && (!is_sign || text.chars().count() > 1) { format!("'{text}") } else { text }
}

/// One JSON object a row, with the keys of the form's file.
pub(super) fn jsonl(form: &Form) -> Vec<u8> {
    let rows = own_cells(form).into_iter();
    rows.map(|row| object(row).to_string() + "\n").collect::<String>().into_bytes()
}

/// A row's [`cells`] as a JSON object.
pub fn object(cells: Vec<String>) -> serde_json::Value {
    let pairs = columns().into_iter().zip(cells);
    serde_json::Value::Object(pairs.map(|((key, _), text)| (key.to_owned(), text.into())).collect())
}
