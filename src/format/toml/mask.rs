//! A text that is begun and never ended swallows the rest of the file. Here the lines of such a
//! text are blanked out, byte for byte, so that the statements after it can be read.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Told, unclosed as told};
use super::meaning::table_of;
use super::syntax::{self, Data, Kind, Syntax};
use crate::form::field::FIELDS;

/// Texts blanked out before the rest is given up.
const ROUNDS: usize = 8;

/// The text without what swallows its rest; each such place is reported.
pub(super) fn unclosed(text: &str, mut report: impl FnMut(Range<usize>, Told)) -> Cow<'_, str> {
    let mut work = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let found = find(&work, &syntax::parse(&work));
        let Some((place, what)) = found else { break };
        report(place.clone(), told(what));
        work = Cow::Owned(blank(&work, place.start));
    }
    work
}

fn find(text: &str, syntax: &Syntax<'_>) -> Option<(Range<usize>, &'static str)> {
    swallowing(text, syntax).or_else(|| at_the_end(text, syntax))
}

/// A text in three quotes whose end is the beginning of another: its last line is `key =`.
fn swallowing(text: &str, syntax: &Syntax<'_>) -> Option<(Range<usize>, &'static str)> {
    let swallows = |raw: &str| {
        let body = raw.strip_suffix("\"\"\"").or_else(|| raw.strip_suffix("'''"));
        let last = body.and_then(|body| body.rsplit_once('\n'));
        last.is_some_and(|(_, line)| line.trim_end().strip_suffix('=').is_some_and(is_known))
    };
    let mut pairs = syntax.statements.iter().filter_map(|statement| match &statement.kind {
        Kind::Pair(pair) => Some(pair),
        Kind::Header { .. } => None,
    });
    let pair = pairs.find(|pair| {
        matches!(pair.value.data, Data::Text(_)) && text.get(pair.value.span.range()).is_some_and(swallows)
    })?;
    let start = pair.value.span.start();
    Some((start..start + 3, "三引号"))
}

fn at_the_end(text: &str, syntax: &Syntax<'_>) -> Option<(Range<usize>, &'static str)> {
    let error = syntax.errors.iter().find(|error| {
        let description = error.description();
        let open = description.contains("multi-line") || description.starts_with("unclosed");
        open && error.unexpected().is_some_and(|span| span.start() >= text.trim_end().len())
    })?;
    let start = error.context()?.start();
    let rest = text.get(start..)?;
    let what = match rest.chars().next()? {
        '[' => "方括号",
        '{' => "花括号",
        _ => "三引号",
    };
    // Something unfinished on the last line swallows nothing.
    let len = if what == "三引号" { 3.min(rest.len()) } else { 1 };
    rest.trim_end().contains('\n').then_some((start..start + len, what))
}

fn is_known(name: &str) -> bool {
    let name = name.trim();
    FIELDS.iter().any(|info| info.key == name) || table_of(name).is_some()
}

/// Whether a line looks like the beginning of a statement.
fn is_statement(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_known(key))
}

/// Spaces in place of the line of `from` and those after it up to the next statement.
fn blank(text: &str, from: usize) -> String {
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let mut end = start;
    for (nth, line) in text[start..].split_inclusive('\n').enumerate() {
        if nth > 0 && is_statement(line) {
            break;
        }
        end += line.len();
    }
    let spaces = text[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    text[..start].chars().chain(spaces).chain(text[end..].chars()).collect()
}
