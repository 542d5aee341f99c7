//! The form's own file format: TOML, written back byte for byte where nothing changed.
//!
//! **A codec over places, not a second tree.** Reading turns the text into a flat list of
//! statements with byte ranges (`syntax`), checks what TOML forbids beyond its grammar
//! (`scope`) and takes from the statements what a form knows (`reader`), noting where each
//! value stands (`layout`). The text itself is kept (`Source`). Writing compares the form
//! with what was read and splices only the differences into the text (`splice`), so comments,
//! the order of keys, unknown keys, CRLF and a byte order mark are kept for free. `toml_parser`
//! is used directly because the trees of `toml` and `toml_edit` drop what this needs (places of
//! comments and dotted keys; the byte order mark, CRLF) and take about fifty times the file in
//! memory.
//!
//! Decisions:
//! - **Nothing is written that does not read back.** `write` reads its own result and compares.
//!   Where a change has no place in the text (another row in `indicator = [{…}]`, a field whose
//!   name is used for a table) the file is written anew and whatever the form does not hold,
//!   comments and unknown keys, follows as comments at its end (`canonical`).
//! - **A broken file gives faults and a salvage**: the statements without faults as a form.
//!   Saving a salvage writes the file anew with every line that was not read as a comment
//!   (`# 未能读出: …`) at its end, so nothing is lost by it. A salvage of bytes that are not UTF-8
//!   is read-only, because those bytes cannot be kept in a comment. A file beyond the limits has
//!   no salvage, an empty one an empty form.
//! - **Numbers, booleans and dates** are read as they are written (`526.10` stays), only the `_`
//!   of numbers goes. A key may be the field's Chinese label in quotes.
//! - **A row and its comments**: comment lines directly above a header and directly below its
//!   last key belong to the row and move with it; comments between blank lines after it stay.
//!   A row that a save took out and undo brings back comes with its comments.
//! - **A newer schema** opens read-only; a missing one counts as 1, with a note.

mod canonical;
mod encoding;
mod extent;
mod fault;
mod layout;
mod literal;
mod mask;
mod meaning;
mod reader;
mod report;
mod scope;
mod source;
mod splice;
mod syntax;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

pub use fault::Fault;
pub use source::{Place, Source};

use crate::form::field::FIELDS;
use crate::form::{Form, SCHEMA};
use crate::format::Note;
use extent::Extent;
use source::{File, Lines};
use syntax::{Statements, Syntax};

/// The most bytes a file may have.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// How much a file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Indicators.
    pub rows: usize,
    /// Bytes of one field.
    pub field_bytes: usize,
    /// Tokens beyond which a file is no form, whatever its size: each takes memory.
    pub tokens: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: MAX_BYTES, rows: 2000, field_bytes: 64 * 1024, tokens: 1_500_000 }
    }
}

impl Limits {
    /// For forms of any number of rows.
    pub const LARGE: Self =
        Self { bytes: 1 << 30, rows: 1 << 24, field_bytes: 64 * 1024, tokens: usize::MAX };

    /// For reading back what was written: a form that is in memory is not refused.
    const NONE: Self =
        Self { bytes: usize::MAX, rows: usize::MAX, field_bytes: usize::MAX, tokens: usize::MAX };
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What it says.
    pub form: Form,
    /// The file itself, for saving.
    pub source: Source,
    /// What was guessed or left out.
    pub notes: Vec<Note>,
    /// Why the form may not be saved to this file, in Chinese.
    pub read_only: Option<String>,
}

/// A file that was not read, or not whole.
#[derive(Debug, Clone)]
pub struct Broken {
    /// What is wrong, in the order of the file; never empty.
    pub faults: Vec<Fault>,
    /// The readable rest.
    pub salvage: Option<Box<Loaded>>,
    text: Arc<str>,
}

impl Broken {
    fn new(text: &str, faults: Vec<Fault>) -> Self {
        Self { faults, salvage: None, text: text.into() }
    }

    fn of_told(text: &str, told: fault::Told) -> Self {
        Self::new(text, vec![Fault::at(text, &Lines::of(text), 0..0, told)])
    }

    /// All faults as a text of several lines with the places pointed at; nothing of the file
    /// reaches a terminal unescaped.
    pub fn report(&self, path: &str, color: bool) -> String {
        report::report(&self.text, &self.faults, path, color)
    }

    /// The first fault in one line.
    pub fn summary(&self) -> String {
        let Some(first) = self.faults.first() else { return String::new() };
        let more = match self.faults.len() {
            0 | 1 => String::new(),
            count => format!("（共 {count} 处）"),
        };
        format!("第 {} 行第 {} 列：{}{more}", first.line, first.column, first.message)
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.summary())
    }
}

impl std::error::Error for Broken {}

/// What a save writes.
#[derive(Debug, Clone)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// As if the bytes had just been read, but with the row identities of the form.
    pub source: Source,
}

/// Reads a file. Bytes that are handed over are not copied.
///
/// # Errors
/// [`Broken`] says what is wrong and holds what could be read all the same.
pub fn read<'a>(bytes: impl Into<Cow<'a, [u8]>>, limits: &Limits) -> Result<Loaded, Broken> {
    let bytes = bytes.into();
    // Places in a file are kept in 32 bits.
    let most = limits.bytes.min(u32::MAX as usize);
    if bytes.len() > most {
        let message = format!("文件有 {} MB，超过 {} MB", bytes.len() >> 20, most >> 20);
        let hint = "一张表用不到这么大；请检查是不是选错了文件。".to_owned();
        return Err(Broken::of_told("", (message, Some(hint))));
    }
    match encoding::decode(bytes) {
        Ok((bom, text)) => read_text(text, bom, limits),
        Err(no_text) => Err(not_text(no_text, limits)),
    }
}

/// Bytes that are no text; where most of them are, the rest can be looked at.
fn not_text(no_text: encoding::NoText, limits: &Limits) -> Broken {
    let told = (no_text.message, Some(no_text.hint.to_owned()));
    let Some(text) = no_text.lossy else { return Broken::of_told("", told) };
    let fault = Fault::at(&text, &Lines::of(&text), no_text.span, told);
    let salvage = match read_text(text.as_str().into(), false, limits) {
        Ok(loaded) => Some(Box::new(loaded)),
        Err(broken) => broken.salvage,
    };
    let mut broken = Broken::new(&text, vec![fault]);
    broken.salvage = salvage.map(|mut loaded| {
        loaded.read_only = Some("文件里有读不出的字节，请另存为新文件".to_owned());
        loaded
    });
    broken
}

fn read_text(text: Cow<'_, str>, bom: bool, limits: &Limits) -> Result<Loaded, Broken> {
    if text.trim().is_empty() {
        let hint = "可以从空表开始填，或用 jixiao new 新建。".to_owned();
        let mut broken = Broken::of_told(&text, ("文件是空的".to_owned(), Some(hint)));
        let (lines, reading) =
            (Lines::of(&text), reader::read(&text, Statements::default(), &|_| false, limits));
        broken.salvage = Some(Box::new(loaded(text, lines, bom, reading, false)));
        return Err(broken);
    }
    if text.contains('\r') && !text.contains('\n') {
        let hint = "请用编辑器把换行改成 LF 或 CRLF 再存一次。".to_owned();
        let mut broken =
            Broken::of_told("", ("换行是旧式的单个 CR，不是 TOML 的换行".to_owned(), Some(hint)));
        broken.salvage = read_text(text.replace('\r', "\n").into(), bom, limits).ok().map(Box::new);
        return Err(broken);
    }
    let Some(syntax) = syntax::parse_within(&text, limits.tokens) else {
        let hint = "请检查是不是选错了文件。".to_owned();
        return Err(Broken::of_told("", ("文件里的项目太多，不像一张表".to_owned(), Some(hint))));
    };
    let (lines, mut faults) = (Lines::of(&text), Vec::new());
    let reading = if syntax.errors.is_empty() {
        read_statements(&text, &lines, syntax, &mut faults, limits)
    } else {
        drop(syntax);
        let masked = mask::unclosed(&text, |span, told| faults.push(Fault::at(&text, &lines, span, told)));
        read_statements(&text, &lines, syntax::parse(&masked), &mut faults, limits)
    };
    let mut too_much = false;
    for (place, remark) in &reading.remarks {
        if let Some(told) = fault::of_remark(remark, limits) {
            too_much |= matches!(remark, reader::Remark::Rows | reader::Remark::Long(..));
            faults.push(Fault::at(&text, &lines, place.range(), told));
        }
    }
    if faults.is_empty() {
        return Ok(loaded(text, lines, bom, reading, true));
    }
    faults.sort_by_key(|fault| fault.span.start);
    faults.dedup_by_key(|fault| fault.line);
    let mut broken = Broken::new(&text, faults);
    broken.salvage = (!too_much).then(|| Box::new(loaded(text, lines, bom, reading, false)));
    Err(broken)
}

/// What the statements say that have no faults.
fn read_statements(
    text: &str,
    lines: &Lines,
    syntax: Syntax<'_>,
    faults: &mut Vec<Fault>,
    limits: &Limits,
) -> reader::Reading {
    let skip = skipped(text, lines, &syntax, faults);
    reader::read(text, syntax.statements, &|at| skip.contains(&at), limits)
}

/// The statements with faults, which are added to `faults`.
fn skipped(text: &str, lines: &Lines, syntax: &Syntax<'_>, faults: &mut Vec<Fault>) -> HashSet<usize> {
    let mut skip = HashSet::new();
    let mut told_line = 0..0;
    for error in &syntax.errors {
        let at = error.unexpected().map_or(0, |span| span.start());
        // The first fault of a line explains it; the parser often adds more.
        let at_the_end = at == text.len() && told_line.end == at;
        if !told_line.contains(&at) && !at_the_end {
            let (place, told) = fault::of_error(text, error);
            told_line = syntax::whole_lines(text, fault::clamp(text, at..at));
            faults.push(Fault::at(text, lines, place, told));
        }
        if let Some(statement) = syntax.at(at).filter(|statement| !is_readable(syntax, *statement, error)) {
            skip.insert(statement);
        }
    }
    for (at, clash) in scope::clashes(&syntax.statements) {
        faults.push(Fault::at(text, lines, clash.span.range(), fault::of_clash(text, lines, &clash)));
        skip.insert(at);
    }
    skip
}

/// A bare Chinese key is no TOML, but what it means can be told.
fn is_readable(syntax: &Syntax<'_>, statement: usize, error: &toml_parser::ParseError) -> bool {
    let known = |key: &syntax::Key<'_>| FIELDS.iter().any(|info| info.label == key.name);
    match syntax.statements.get(statement).map(|statement| &statement.kind) {
        Some(syntax::Kind::Pair(pair)) => {
            error.description() == "invalid unquoted key" && pair.path.last().is_some_and(known)
        }
        _ => false,
    }
}

fn loaded(text: Cow<'_, str>, lines: Lines, bom: bool, reading: reader::Reading, whole: bool) -> Loaded {
    let notes = notes(&text, &lines, &reading);
    let newer = reading.form.schema > SCHEMA;
    let read_only = newer.then(|| {
        format!("这个文件是更新的版本（schema {}），本程序只能看，不能改；请升级本程序", reading.form.schema)
    });
    let form = reading.form.clone();
    let text = text.into_owned();
    let file = File { text, bom, form: reading.form, layout: reading.layout, lines, whole };
    Loaded { form, source: Source::new(file), notes, read_only }
}

fn notes(text: &str, lines: &Lines, reading: &reader::Reading) -> Vec<Note> {
    let of_remark = |(place, remark): &(Extent, reader::Remark)| {
        let line = lines.at(text, place.start()).0;
        Some(Note::new("toml-wrong-type", line, fault::note_of(remark)?))
    };
    let missing = Note::new("toml-schema-missing", None, "文件里没有 schema，按 schema = 1 读");
    let missing = (!reading.has_schema).then_some(missing);
    missing.into_iter().chain(reading.remarks.iter().filter_map(of_remark)).collect()
}

/// The canonical file of a form, for which there is no source to be kept.
pub fn text(form: &Form) -> String {
    canonical::file(form, "\n")
}

/// The bytes of a form: a canonical file, or the source with what changed in the form.
pub fn write(form: &Form, source: Option<&Source>) -> Written {
    let Some(source) = source else { return written(form, text(form), false, None) };
    if source.file.whole && source.is_of(form) {
        return Written { bytes: bytes(source.text(), source.file.bom), source: source.clone() };
    }
    let bom = source.file.bom;
    let spliced = splice::splice(form, source).map(|text| match text.trim().is_empty() {
        // An empty file would not open any more.
        true => canonical::file(form, source.newline()),
        false => text,
    });
    let whole = spliced.and_then(|text| Some((read_back(form, &text, bom)?, text)));
    match whole {
        Some((read, text)) => Written { bytes: bytes(&text, bom), source: read.remembering(source, form) },
        None => written(form, canonical::rewrite(form, source), bom, Some(source)),
    }
}

/// The whole form in canonical writing; what the form does not hold of the source, comments and
/// unknown keys, follows as comments at the end.
pub fn canonical(form: &Form, source: &Source) -> Vec<u8> {
    bytes(&canonical::rewrite(form, source), source.file.bom)
}

fn bytes(text: &str, bom: bool) -> Vec<u8> {
    let mark = if bom { encoding::BOM } else { "" };
    [mark, text].concat().into_bytes()
}

fn written(form: &Form, text: String, bom: bool, before: Option<&Source>) -> Written {
    let source = read_back(form, &text, bom).unwrap_or_else(|| Source::unread(form, &text, bom));
    let source = match before {
        Some(before) => source.remembering(before, form),
        None => source,
    };
    Written { bytes: bytes(&text, bom), source }
}

/// The text as a source, where it says what the form says.
fn read_back(form: &Form, text: &str, bom: bool) -> Option<Source> {
    let loaded = read_text(text.into(), bom, &Limits::NONE).ok().filter(|loaded| loaded.form == *form)?;
    Some(loaded.source.keyed(form.indicators.iter().map(|row| row.id)))
}
