//! The indicators as rows for other programs: CSV for spreadsheets, JSON lines for databases.

use crate::form::field::{Field, Table};
use crate::form::{Form, Indicator};
use crate::score::{Achieved, Scores};
use crate::text::visible_lines;
use crate::vocabulary::number::plain;

/// The columns, by key and label.
fn columns() -> Vec<(&'static str, &'static str)> {
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
fn cells(form: &Form) -> Vec<Vec<String>> {
    let scores = Scores::of(form, None);
    let achieved = Achieved::of(form, &scores);
    let row = |(at, row): (usize, &Indicator)| {
        let mut cells = vec![form.year.clone(), form.agency.clone()];
        cells.extend(of_a_row().map(|field| row.text(field).cloned().unwrap_or_default()));
        let score = achieved.rows[at].as_ref().and_then(|score| score.points);
        cells.extend([scores.rows[at].points, score].map(|points| points.map(plain).unwrap_or_default()));
        cells
    };
    form.indicators.iter().enumerate().map(row).collect()
}

/// Comma separated, with a byte order mark, so that spreadsheets read it as UTF-8. A cell that a
/// spreadsheet would take for a formula is led by an apostrophe; control characters are marks.
pub(super) fn csv(form: &Form) -> Vec<u8> {
    let head = columns().into_iter().map(|(_, label)| label.to_owned()).collect();
    let body = cells(form).into_iter().map(|row| row.into_iter().map(harmless).collect());
    let lines = std::iter::once(head).chain(body).map(|cells: Vec<String>| {
        cells.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",") + "\r\n"
    });
    format!("\u{feff}{}", lines.collect::<String>()).into_bytes()
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
fn harmless(text: String) -> String {
    let is_number = crate::vocabulary::number::parse(&text).is_ok();
    let is_sign = crate::vocabulary::operator::Operator::parse(&text).is_some();
    let is_formula = is_formula(&text);
    if is_formula && !is_number && (!is_sign || text.chars().count() > 1) { format!("'{text}") } else { text }
}

/// One JSON object a row, with the keys of the form's file.
pub(super) fn jsonl(form: &Form) -> Vec<u8> {
    let columns = columns();
    let line = |row: Vec<String>| {
        let cells = columns.iter().zip(row);
        let object: serde_json::Map<_, _> =
            cells.map(|((key, _), text)| ((*key).to_owned(), serde_json::Value::String(text))).collect();
        serde_json::Value::Object(object).to_string() + "\n"
    };
    cells(form).into_iter().map(line).collect::<String>().into_bytes()
}
