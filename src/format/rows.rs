//! The indicators as rows for other programs: CSV for spreadsheets, JSON lines for databases.

use crate::form::field::{Field, Table};
use crate::form::{Form, Indicator};
use crate::score::{Achieved, Scores};
use crate::vocabulary::number::plain;

/// What one row says, by key.
fn cells(form: &Form) -> Vec<Vec<(&'static str, String)>> {
    let scores = Scores::of(form, None);
    let achieved = Achieved::of(form, &scores);
    let row = |(at, row): (usize, &Indicator)| {
        let mut cells = vec![("year", form.year.clone()), ("agency", form.agency.clone())];
        cells.extend(Field::of(Table::Indicator).filter(|field| *field != Field::RowAllow).map(|field| {
            let text = match field {
                Field::Points => scores.rows[at].points.map(plain),
                _ => row.text(field).cloned(),
            };
            (field.info().key, text.unwrap_or_default())
        }));
        let score = achieved.rows[at].as_ref().and_then(|score| score.points);
        cells.push(("score", score.map(plain).unwrap_or_default()));
        cells
    };
    form.indicators.iter().enumerate().map(row).collect()
}

/// The label of a column.
fn label(key: &'static str) -> &'static str {
    match key {
        "year" => "年度",
        "agency" => "部门（单位）名称",
        "score" => "得分",
        key => Field::find(Table::Indicator, key).map_or(key, Field::label),
    }
}

/// Comma separated, with a byte order mark, so that spreadsheets read it as UTF-8. A cell that a
/// spreadsheet would take for a formula is led by an apostrophe.
pub(super) fn csv(form: &Form) -> Vec<u8> {
    let rows = cells(form);
    let empty = cells(&Form::default().with_rows(vec![Indicator::default()]));
    let head = empty.first().map(|row| row.iter().map(|(key, _)| label(key).to_owned()).collect());
    let body = rows.into_iter().map(|row| row.into_iter().map(|(_, text)| harmless(text)).collect());
    let lines = head.into_iter().chain(body).map(|cells: Vec<String>| {
        cells.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",") + "\r\n"
    });
    format!("\u{feff}{}", lines.collect::<String>()).into_bytes()
}

fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// A spreadsheet takes a text that begins like this for a formula; a sign of comparison or a
/// negative number is none.
fn harmless(text: String) -> String {
    let is_number = crate::vocabulary::number::parse(&text).is_ok();
    let is_sign = crate::vocabulary::operator::Operator::parse(&text).is_some();
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if is_formula && !is_number && (!is_sign || text.chars().count() > 1) { format!("'{text}") } else { text }
}

/// One JSON object a row, with the keys of the form's file.
pub(super) fn jsonl(form: &Form) -> Vec<u8> {
    let line = |row: Vec<(&'static str, String)>| {
        let object: serde_json::Map<_, _> =
            row.into_iter().map(|(key, text)| (key.to_owned(), serde_json::Value::String(text))).collect();
        serde_json::Value::Object(object).to_string() + "\n"
    };
    cells(form).into_iter().map(line).collect::<String>().into_bytes()
}
