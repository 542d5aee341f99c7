//! Rows of a table without a column of operators, from one cell a line: a row is where numbers
//! stand in the places of points and scores, or a target in the place of the value.

use super::lines::{is_class, text_of};
use crate::form::field::Field;
use crate::format::recover::{self, Cell, Row};
use crate::vocabulary::{number, operator::Operator, taxonomy, unit};

/// The lines below a head row, as rows of its columns.
pub(super) fn rows(body: &[Row], fields: &[Option<Field>]) -> Vec<Row> {
    let lines: Vec<&Row> = body.iter().filter(|row| !text_of(row).is_empty()).collect();
    let Some(stream) = Stream::new(&lines, fields) else { return body.to_vec() };
    stream.rows()
}

struct Stream<'a> {
    lines: &'a [&'a Row],
    fields: &'a [Option<Field>],
    /// Column of the names.
    name: usize,
    /// Lines of a row from its name on that it always has.
    length: usize,
}

impl<'a> Stream<'a> {
    fn new(lines: &'a [&'a Row], fields: &'a [Option<Field>]) -> Option<Self> {
        let column = |wanted: Field| fields.iter().position(|field| *field == Some(wanted));
        let name = column(Field::Name)?;
        let value = column(Field::Value).filter(|value| *value > name)?;
        let numbers = [column(Field::Points), column(Field::ManualScore)].into_iter().flatten();
        let last = numbers.filter(|at| *at > name).max().unwrap_or(value).max(value);
        Some(Self { lines, fields, name, length: last - name + 1 })
    }

    fn text(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", |row| text_of(row))
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut labels: Vec<usize> = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            if self.begins(at) {
                let end = at + self.length;
                let end = end + usize::from(self.is_remark(end));
                rows.push(self.row(&labels, at, end));
                labels.clear();
                at = end;
                continue;
            }
            if is_class(self.text(at)) {
                labels.push(at);
            } else {
                rows.extend(labels.drain(..).chain([at]).map(|at| self.lines[at].clone()));
            }
            at += 1;
        }
        rows.extend(labels.into_iter().map(|at| self.lines[at].clone()));
        rows
    }

    /// Whether the name of a row stands here.
    fn begins(&self, at: usize) -> bool {
        let name = self.text(at);
        let column = |line: usize| self.fields.get(self.name + line - at).copied().flatten();
        let mut counts = 0;
        let fits = (at + 1..at + self.length).all(|line| {
            let text = self.text(line);
            match column(line) {
                Some(Field::Points | Field::ManualScore) => {
                    counts += 1;
                    is_number(text)
                }
                _ => !text.is_empty() && !is_class(text) && !recover::is_labelled(text),
            }
        });
        let is_name = !is_number(name) && !is_target(name) && !recover::is_labelled(name);
        let is_anchored = counts > 0 || (at + 1..at + self.length).any(|line| is_target(self.text(line)));
        let is_label = is_class(name) && is_class(self.text(at + 1));
        fits && is_name && is_anchored && !is_label
    }

    /// Whether a line behind a row is its last text, and not the name of the next.
    fn is_remark(&self, at: usize) -> bool {
        let has_column = self.fields.len() > self.name + self.length;
        let ends = |at: usize| at >= self.lines.len() || is_class(self.text(at)) || self.begins(at);
        let is_free = !self.text(at).is_empty() && !ends(at) && !recover::is_labelled(self.text(at));
        has_column && is_free && ends(at + 1)
    }

    fn row(&self, labels: &[usize], at: usize, end: usize) -> Row {
        let mut row = Row { cells: vec![Cell::default(); self.fields.len()], line: self.lines[at].line };
        for label in labels.iter().map(|label| self.text(*label)) {
            let level = if taxonomy::level1(label).is_some() { Field::Level1 } else { Field::Level2 };
            let free = |field: Field, row: &Row| {
                self.fields
                    .iter()
                    .position(|other| *other == Some(field))
                    .filter(|at| row.cells[*at].text.is_empty())
            };
            match free(level, &row).or_else(|| free(Field::Level2, &row)) {
                Some(column) => row.cells[column].text = label.to_owned(),
                None => row.cells.push(Cell::new(label)),
            }
        }
        for line in at..end {
            row.cells[self.name + line - at].text = self.text(line).to_owned();
        }
        row
    }
}

fn is_number(text: &str) -> bool {
    number::parse(text.trim_end_matches('分')).is_ok()
}

fn is_target(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.len() <= LONGEST
        && (Operator::split_prefix(text).is_some()
            || unit::split_suffix(text).is_some_and(|(_, suffix)| unit::find(&suffix).is_some()))
}
