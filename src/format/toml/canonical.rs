//! The file this program writes where there is none to keep, and what a rewrite keeps of one.

use super::literal::{self, Style};
use super::source::Source;
use crate::form::field::{Field, FieldInfo, Kind, Need, Table};
use crate::form::{Form, Indicator};
use crate::text;

/// Above what a rewrite could not place.
const LEFT_OVER: &str = "# 以下是原文件里无处安放的内容，原样保留：";
/// Before what could not be read.
const UNREAD: &str = "# 未能读出: ";

/// The whole form as a file.
pub(super) fn file(form: &Form, newline: &str) -> String {
    let mut out = format!("schema = {}{newline}", form.schema);
    out.push_str(&pairs(Table::Root, |field| form.text(field), newline));
    for table in Table::ALL.into_iter().skip(1) {
        match table {
            Table::Indicator => form.indicators.iter().for_each(|indicator| {
                out.push_str(newline);
                out.push_str(&row(indicator, newline));
            }),
            _ => {
                let pairs = pairs(table, |field| form.text(field), newline);
                if !pairs.is_empty() {
                    out.push_str(&format!("{newline}[{}]{newline}{pairs}", table.key()));
                }
            }
        }
    }
    out
}

/// One row with its header.
pub(super) fn row(indicator: &Indicator, newline: &str) -> String {
    let pairs = pairs(Table::Indicator, |field| indicator.text(field), newline);
    format!("[[{}]]{newline}{pairs}", Table::Indicator.key())
}

fn pairs<'a>(table: Table, text: impl Fn(Field) -> Option<&'a String>, newline: &str) -> String {
    let mut out = String::new();
    for field in Field::of(table) {
        let text = text(field).map_or("", String::as_str);
        if !text.is_empty() || is_always_written(field.info()) {
            out.push_str(&pair("", field, text, Style::canonical(newline)));
        }
    }
    out
}

/// Besides what must be filled, the foot of the form is always whole, and a unit stands with its
/// operator and value.
fn is_always_written(info: &FieldInfo) -> bool {
    info.need == Need::Required || info.table == Table::SignOff || info.kind == Kind::Unit
}

/// `key = value` as a line.
pub(super) fn pair(prefix: &str, field: Field, text: &str, style: Style<'_>) -> String {
    let info = field.info();
    format!("{prefix}{} = {}{}", info.key, literal::value(info.kind, text, style), style.newline)
}

/// The whole form as a file, and as comments at its end whatever the form does not hold of the
/// source: nothing is dropped silently.
pub(super) fn rewrite(form: &Form, source: &Source) -> String {
    let newline = source.newline();
    let mut out = file(form, newline);
    let left = left_over(source);
    if !left.is_empty() {
        let lines: String = left.into_iter().map(|line| line + newline).collect();
        out.push_str(&format!("{newline}{LEFT_OVER}{newline}{lines}"));
    }
    out
}

/// Comments, and the lines that are not wholly in the form, as comments.
fn left_over(source: &Source) -> Vec<String> {
    let text = source.text();
    let mut left = Vec::new();
    let mut at = 0;
    for placed in source.file.layout.placed.iter().map(|placed| placed.range()) {
        if placed.start >= at {
            left.extend(text[at..placed.start].lines().filter_map(|line| comment_out(line, source)));
            let comments = literal::comments(&text[placed.clone()]).into_iter();
            left.extend(comments.filter_map(|comment| comment_out(comment, source)));
            at = placed.end;
        }
    }
    left.extend(text[at..].lines().filter_map(|line| comment_out(line, source)));
    left.retain(|line| line != LEFT_OVER);
    left
}

fn comment_out(line: &str, source: &Source) -> Option<String> {
    let line = line.trim_end();
    let safe: String = line
        .chars()
        .map(|c| if text::is_unsafe(c) && c != '\t' { text::mark(c) } else { c.to_string() })
        .collect();
    match safe.trim_start() {
        "" => None,
        body if body.starts_with('#') => Some(body.to_owned()),
        _ if source.file.whole => Some(format!("# {safe}")),
        _ => Some(format!("{UNREAD}{safe}")),
    }
}
