//! Bytes of TOML as a flat list of statements with their places.
//!
//! A statement is one header or one key with its value. The events of `toml_parser` come with
//! byte ranges, so nothing of the file has to be kept in a second tree to be written again.

use std::borrow::Cow;
use std::ops::Range;

use smallvec::SmallVec;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::lexer::{Token, TokenKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span};

use super::extent::Extent;

/// Nesting of values and length of dotted keys, as in the `toml` crate.
const DEPTH: u32 = 80;
/// Errors kept; a broken file does not get clearer by more of them.
const ERRORS: usize = 200;

/// One part of a key.
#[derive(Debug, Clone)]
pub(super) struct Key<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) span: Extent,
}

/// A value and its place.
#[derive(Debug)]
pub(super) struct Value<'a> {
    pub(super) span: Extent,
    pub(super) data: Data<'a>,
}

/// What a value is, as far as a form cares.
#[derive(Debug)]
pub(super) enum Data<'a> {
    /// A string, decoded, with line feeds only.
    Text(Cow<'a, str>),
    /// A number, boolean or date as it was written, without the `_` of numbers.
    Bare(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An inline table.
    Table(Vec<Pair<'a>>),
}

/// A key, dotted or not; most have one part.
pub(super) type Path<'a> = SmallVec<[Key<'a>; 1]>;

/// A key with its value.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) path: Path<'a>,
    pub(super) value: Value<'a>,
}

/// A header or a pair.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// `[a.b]` or, with `array`, `[[a.b]]`.
    Header { array: bool, path: Path<'a>, span: Extent },
    /// `a.b = value`
    Pair(Pair<'a>),
}

/// One statement and the whole lines it stands on.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) lines: Extent,
}

/// Statements in blocks, of which each goes when it has been read: those of a large file take as much
/// room as what is made of them.
#[derive(Debug, Default)]
pub(super) struct Statements<'a>(Vec<Vec<Statement<'a>>>);

impl<'a> Statements<'a> {
    // Small texts have several, too, where that is to be tried.
    const BLOCK: usize = if cfg!(test) { 3 } else { 1024 };

    fn push(&mut self, statement: Statement<'a>) {
        match self.0.last_mut() {
            Some(block) if block.len() < Self::BLOCK => block.push(statement),
            _ => self.0.push(vec![statement]),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Statement<'a>> {
        self.0.get(at / Self::BLOCK)?.get(at % Self::BLOCK)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Statement<'a>> {
        self.0.iter().flatten()
    }
}

impl<'a> IntoIterator for Statements<'a> {
    type Item = Statement<'a>;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<Statement<'a>>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

/// What a text consists of.
#[derive(Debug, Default)]
pub(super) struct Syntax<'a> {
    pub(super) statements: Statements<'a>,
    pub(super) errors: Vec<ParseError>,
}

impl Syntax<'_> {
    /// The statement whose lines hold this byte.
    pub(super) fn at(&self, byte: usize) -> Option<usize> {
        let begins = |statement: &Statement<'_>| statement.lines.start() <= byte;
        let blocks = &self.statements.0;
        let block = blocks.partition_point(|block| block.first().is_some_and(begins)).checked_sub(1)?;
        let within = blocks[block].partition_point(begins).checked_sub(1)?;
        // A fault at the end of the file stands behind its last byte.
        let is_here = byte <= blocks[block][within].lines.end();
        is_here.then_some(block * Statements::BLOCK + within)
    }
}

/// Reads a text of at most so many tokens; goes on after errors at the next line.
///
/// The tokens of a large file would take more room than all its statements. They are read a
/// portion at a time, which ends with a line on which no bracket is open. A text with errors may
/// be divided wrongly by this: read it again with [`parse`].
pub(super) fn parse_within(text: &str, most: usize) -> Option<Syntax<'_>> {
    // Small texts are divided too where that is to be tried.
    const PORTION: usize = if cfg!(test) { 4 } else { 1024 };
    let mut portion = Vec::with_capacity(PORTION);
    let (mut squares, mut braces) = (0_usize, 0_usize);
    let mut left = most;
    parse_portions(text, |parse| {
        for token in Source::new(text).lex() {
            left = left.checked_sub(1)?;
            portion.push(token);
            match token.kind() {
                TokenKind::LeftSquareBracket => squares += 1,
                TokenKind::RightSquareBracket => squares = squares.saturating_sub(1),
                TokenKind::LeftCurlyBracket => braces += 1,
                TokenKind::RightCurlyBracket => braces = braces.saturating_sub(1),
                TokenKind::Newline if portion.len() >= PORTION && squares + braces == 0 => {
                    parse(&portion);
                    portion.clear();
                }
                _ => {}
            }
        }
        parse(&portion);
        Some(())
    })
}

/// Reads a text; goes on after errors at the next line.
pub(super) fn parse(text: &str) -> Syntax<'_> {
    let all = |parse: &mut dyn FnMut(&[Token])| {
        parse(&Source::new(text).lex().into_vec());
        Some(())
    };
    parse_portions(text, all).unwrap_or_default()
}

/// Reads the tokens of a text as `give` hands them on.
fn parse_portions<'a>(
    text: &'a str,
    give: impl FnOnce(&mut dyn FnMut(&[Token])) -> Option<()>,
) -> Option<Syntax<'a>> {
    let mut errors = Vec::new();
    let mut keep = |error: ParseError| {
        if errors.len() < ERRORS {
            errors.push(error);
        }
    };
    let mut walker = Walker { text, ..Walker::default() };
    let mut receiver = ValidateWhitespace::new(&mut walker, Source::new(text));
    let mut receiver = RecursionGuard::new(&mut receiver, DEPTH);
    give(&mut |tokens| toml_parser::parser::parse_document(tokens, &mut receiver, &mut keep))?;
    Some(Syntax { statements: walker.statements, errors })
}

/// A value that is still open.
enum Open<'a> {
    Array { start: usize, items: Vec<Value<'a>> },
    Table { start: usize, pairs: Vec<Pair<'a>>, path: Path<'a> },
}

#[derive(Default)]
struct Walker<'a> {
    text: &'a str,
    statements: Statements<'a>,
    open: Vec<Open<'a>>,
    path: Path<'a>,
    /// Where a header begins that is not closed yet, and whether it has two brackets.
    header: Option<(usize, bool)>,
}

impl<'a> Walker<'a> {
    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Raw<'a> {
        let raw = self.text.get(range(span)).unwrap_or_default();
        Raw::new_unchecked(raw, encoding, span)
    }

    /// The key that is being collected; `None` in an array, where no key belongs.
    fn pending(&mut self) -> Option<&mut Path<'a>> {
        match self.open.last_mut() {
            None => Some(&mut self.path),
            Some(Open::Table { path, .. }) => Some(path),
            Some(Open::Array { .. }) => None,
        }
    }

    fn push(&mut self, value: Value<'a>) {
        match self.open.last_mut() {
            Some(Open::Array { items, .. }) => items.push(value),
            Some(Open::Table { pairs, path, .. }) if !path.is_empty() => {
                pairs.push(Pair { path: std::mem::take(path), value });
            }
            Some(Open::Table { .. }) => {}
            None if self.path.is_empty() => {}
            None => {
                let path = std::mem::take(&mut self.path);
                let place = path[0].span.start()..value.span.end();
                self.state(Kind::Pair(Pair { path, value }), place);
            }
        }
    }

    fn state(&mut self, kind: Kind<'a>, place: Range<usize>) {
        self.statements.push(Statement { kind, lines: whole_lines(self.text, place).into() });
    }

    fn start_header(&mut self, span: Span, array: bool) {
        self.open.clear();
        self.path.clear();
        self.header = Some((span.start(), array));
    }

    fn end_header(&mut self, end: usize) {
        let path = std::mem::take(&mut self.path);
        if let Some((start, array)) = self.header.take().filter(|_| !path.is_empty()) {
            self.state(Kind::Header { array, path, span: (start..end).into() }, start..end);
        }
    }

    /// A header that is not closed, or in full-width brackets, is a fault and divides the text
    /// all the same: what follows does not belong to the table before.
    fn broken_header(&mut self) {
        const WIDE: [char; 4] = ['【', '】', '［', '］'];
        let Some(key) = self.path.first_mut() else { return };
        if self.header.is_none() && key.name.starts_with(WIDE) {
            let name = key.name.trim_matches(WIDE).to_owned();
            self.header =
                Some((key.span.start(), key.name.chars().nth(1).is_some_and(|c| WIDE.contains(&c))));
            key.name = Cow::Owned(name);
        }
        let end = self.path.last().map_or(0, |key| key.span.end());
        self.end_header(end);
    }
}

impl EventReceiver for Walker<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.start_header(span, false);
    }

    fn std_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end_header(span.end());
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.start_header(span, true);
    }

    fn array_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end_header(span.end());
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::Table { start: span.start(), pairs: Vec::new(), path: Path::new() });
        true
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        if let Some(Open::Table { start, pairs, .. }) =
            self.open.pop_if(|open| matches!(open, Open::Table { .. }))
        {
            self.push(Value { span: (start..span.end()).into(), data: Data::Table(pairs) });
        }
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open.push(Open::Array { start: span.start(), items: Vec::new() });
        true
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        if let Some(Open::Array { start, items }) =
            self.open.pop_if(|open| matches!(open, Open::Array { .. }))
        {
            self.push(Value { span: (start..span.end()).into(), data: Data::Array(items) });
        }
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut name = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut name, error);
        let Some(path) = self.pending() else { return };
        match path.len() < DEPTH as usize {
            true => path.push(Key { name, span: span.into() }),
            false => error.report_error(ParseError::new("recursion limit").with_unexpected(span)),
        }
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let data = scalar(self.raw(span, encoding), encoding, span, error);
        self.push(Value { span: span.into(), data });
    }

    fn value_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if let Some(Open::Table { path, .. }) = self.open.last_mut() {
            path.clear();
        }
    }

    fn newline(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.broken_header();
            self.path.clear();
        }
    }
}

fn scalar<'a>(raw: Raw<'a>, encoding: Option<Encoding>, span: Span, error: &mut dyn ErrorSink) -> Data<'a> {
    let mut text = Cow::Borrowed("");
    match raw.decode_scalar(&mut text, error) {
        ScalarKind::String => Data::Text(line_feeds_only(raw, encoding, text)),
        ScalarKind::DateTime => {
            if let Err(fault) = text.parse::<toml::value::Datetime>() {
                error.report_error(ParseError::new(format!("invalid date: {fault}")).with_unexpected(span));
            }
            Data::Bare(Cow::Borrowed(raw.as_str()))
        }
        ScalarKind::Integer(_) | ScalarKind::Float if raw.as_str().contains('_') => {
            Data::Bare(Cow::Owned(raw.as_str().replace('_', "")))
        }
        _ => Data::Bare(Cow::Borrowed(raw.as_str())),
    }
}

/// A form knows line feeds only. The carriage returns of the file's line ends go before the
/// escapes are read, so that an escaped `\r` stays.
fn line_feeds_only<'a>(raw: Raw<'a>, encoding: Option<Encoding>, text: Cow<'a, str>) -> Cow<'a, str> {
    let several = matches!(encoding, Some(Encoding::MlBasicString | Encoding::MlLiteralString));
    if !several || !raw.as_str().contains("\r\n") {
        return text;
    }
    let plain = raw.as_str().replace("\r\n", "\n");
    let span = Span::new_unchecked(0, plain.len());
    let mut decoded = Cow::Borrowed("");
    let _ = Raw::new_unchecked(&plain, encoding, span).decode_scalar(&mut decoded, &mut ());
    Cow::Owned(decoded.into_owned())
}

/// A span as a range.
pub(super) fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// The lines a place touches, with the line end.
pub(super) fn whole_lines(text: &str, place: Range<usize>) -> Range<usize> {
    let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[place.end..].find('\n').map_or(text.len(), |at| place.end + at + 1);
    start..end
}
