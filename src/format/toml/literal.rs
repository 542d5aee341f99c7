//! Texts as TOML values, and places inside a text as places inside its value.

use std::ops::Range;

use crate::form::field::Kind;
use crate::text;
use crate::vocabulary::date;

/// How a value is written where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    /// The file's line end.
    pub(super) newline: &'a str,
    /// Inside an inline table everything stays on one line.
    pub(super) inline: bool,
    /// Whether `"""` is followed by a line end that does not count.
    pub(super) lead: bool,
    /// Comments of an array that is replaced, with their `#`.
    pub(super) comments: &'a [&'a str],
}

impl<'a> Style<'a> {
    /// The style of a canonical file.
    pub(super) fn canonical(newline: &'a str) -> Self {
        Self { newline, inline: false, lead: true, comments: &[] }
    }
}

/// A field's text as a TOML value.
pub(super) fn value(kind: Kind, text: &str, style: Style<'_>) -> String {
    match kind {
        Kind::Year if is_plain_year(text) => text.to_owned(),
        Kind::Date if is_iso_day(text) => text.to_owned(),
        Kind::List => array(text, style),
        _ if text.contains('\n') && !style.inline => several_lines(text, style),
        _ => one_line(text),
    }
}

fn is_plain_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

fn is_iso_day(text: &str) -> bool {
    !text.starts_with('0') && date::parse(text).is_some_and(|day| date::iso(day) == text)
}

/// A basic string.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ => push(&mut out, c),
        }
    }
    out.push('"');
    out
}

/// A multi-line basic string. Quotes are escaped only where three would meet or at the end.
fn several_lines(text: &str, style: Style<'_>) -> String {
    let mut out = String::from("\"\"\"");
    if style.lead || text.starts_with('\n') {
        out.push_str(style.newline);
    }
    let mut run = 0;
    for (at, c) in text.char_indices() {
        run = if c == '"' { run + 1 } else { 0 };
        match c {
            '\n' => out.push_str(style.newline),
            '"' if run % 3 == 0 || at + 1 == text.len() => out.push_str("\\\""),
            '"' => out.push('"'),
            _ => push(&mut out, c),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// One character; whatever does not show itself is escaped.
fn push(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if text::is_unsafe(c) && (c as u32) < 0x1_0000 => out.push_str(&format!("\\u{:04X}", c as u32)),
        c if text::is_unsafe(c) => out.push_str(&format!("\\U{:08X}", c as u32)),
        c => out.push(c),
    }
}

/// One entry a line of the text; an empty text has no entries.
fn array(text: &str, style: Style<'_>) -> String {
    let entries: Vec<String> = match text {
        "" => Vec::new(),
        _ => text.split('\n').map(one_line).collect(),
    };
    if style.comments.is_empty() && (entries.len() < 2 || style.inline) {
        return format!("[{}]", entries.join(", "));
    }
    let comments = style.comments.iter().map(|comment| format!("  {comment}"));
    let entries = entries.iter().map(|entry| format!("  {entry},"));
    let lines: Vec<String> = comments.chain(entries).collect();
    format!("[{0}{1}{0}]", style.newline, lines.join(style.newline))
}

/// Where byte `offset` of the decoded text stands in the literal `raw`.
pub(super) fn raw_offset(raw: &str, offset: usize) -> usize {
    let (quotes, escapes) = delimiter(raw);
    let several = quotes == 3;
    let mut at = quotes;
    if several && let Some(end) = line_end(&raw[at..]) {
        at += end;
    }
    let mut decoded = 0;
    while decoded < offset && at < raw.len() {
        let (taken, given) = step(&raw[at..], escapes, several);
        at += taken;
        decoded += given;
    }
    at
}

/// Length of the opening delimiter and whether backslashes are escapes.
fn delimiter(raw: &str) -> (usize, bool) {
    match raw {
        _ if raw.starts_with("\"\"\"") => (3, true),
        _ if raw.starts_with("'''") => (3, false),
        _ if raw.starts_with('"') => (1, true),
        _ if raw.starts_with('\'') => (1, false),
        _ => (0, false),
    }
}

fn line_end(rest: &str) -> Option<usize> {
    ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end)).map(str::len)
}

/// Bytes of the literal that one step takes, and the bytes of text it gives.
fn step(rest: &str, escapes: bool, several: bool) -> (usize, usize) {
    if several && let Some(end) = line_end(rest) {
        return (end, 1);
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), Some(c)) if escapes => escape(rest, c),
        (Some(c), _) => (c.len_utf8(), c.len_utf8()),
        (None, _) => (0, 0),
    }
}

fn escape(rest: &str, c: char) -> (usize, usize) {
    let digits = match c {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        c if c.is_whitespace() => {
            let blank = rest[1..].len() - rest[1..].trim_start_matches([' ', '\t', '\r', '\n']).len();
            return (1 + blank.max(1), 0);
        }
        c => return (1 + c.len_utf8(), 1),
    };
    let code = rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let given = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    ((2 + digits).min(rest.len()), given)
}

/// The comments inside a value, with their `#`.
pub(super) fn comments(raw: &str) -> Vec<&str> {
    let tokens = toml_parser::Source::new(raw).lex();
    let comments = tokens.filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment);
    comments.filter_map(|token| raw.get(super::syntax::range(token.span()))).collect()
}

/// Whether a literal begins with `"""` and a line end.
pub(super) fn has_lead(raw: &str) -> bool {
    !matches!(delimiter(raw), (3, _)) || line_end(&raw[3..]).is_some()
}

/// A range of the decoded text as a range inside the literal.
pub(super) fn raw_range(raw: &str, span: Range<usize>) -> Range<usize> {
    let start = raw_offset(raw, span.start);
    start..raw_offset(raw, span.end).max(start)
}
