//! The checks. [`run`] holds a form against all of them.
//!
//! A lint is one file in `lint/lints/` and one word in `lint/lints.rs`. Its module doc, in
//! Chinese, is what the clerk reads as its explanation: a title, 问题, 为什么, 怎么改, 例; the
//! examples in it are run as tests. Its code is its module's name in kebab case and names the bad
//! thing. `LINT` says how grave it is and gives the check, of cells, of one row or of the whole form,
//! with what it looks at. What several checks ask of a row is found out once, in `facts`.

mod bands;
mod cell;
mod classes;
mod days;
mod facts;
#[cfg(test)]
mod faults;
mod keywords;
mod ledger;
mod lints;
mod meaning;
mod names;
mod placeholder;
mod presumed;
mod prose;
mod sentence;
mod signs;
#[cfg(test)]
mod single_fault;
mod tally;
#[cfg(test)]
mod testing;
mod words;

use std::hash::{BuildHasher, Hash};
use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Fix, Severity, Site};
use crate::form::edit::{Edit, Spot};
use crate::form::field::{Field, FieldInfo, OWN_FIELDS, ROW_FIELDS};
use crate::form::{Form, Indicator};
use crate::rule::Parsed;
use crate::score::Scores;
use facts::{Facts, RowFacts};
use presumed::Presumed;
use signs::Signs;

pub use ledger::Ledger;
pub use lints::ALL;
pub use tally::Tally;

/// A check.
#[derive(Debug)]
pub struct Lint {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// The module doc of its file.
    doc: &'static str,
    rule: Rule,
}

/// What a lint's file declares.
#[derive(Debug, Clone, Copy)]
struct Rule {
    severity: Severity,
    check: Check,
}

/// How far a check looks. From this follows what must be checked again after an edit, which
/// [`Ledger`] sees to: a check may look at nothing that it does not name here.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// At one cell, and at the row it stands in.
    Cell { which: Which, check: fn(&CellView<'_>, &mut Findings<'_>) },
    /// At one row, and at `beyond`: classes of other rows, or the form's two long texts.
    Row { beyond: &'static [Field], check: fn(&RowView<'_>, &mut Findings<'_>) },
    /// At some of the form's own fields, at the classes of all rows and at what `digest` takes from
    /// each row: while no row's number changes, neither does what the check finds.
    Form {
        own: &'static [Field],
        digest: fn(&RowView<'_>) -> u64,
        check: fn(&FormView<'_>, &mut Findings<'_>),
    },
}

/// Which cells a check looks at.
#[derive(Debug, Clone, Copy)]
enum Which {
    /// All, even those without text.
    Any,
    /// Those with text.
    Filled,
    /// Those in whose text any of these occur.
    With(Signs),
    /// The same, where the text is the clerk's own words.
    WordsWith(Signs),
}

/// The form's own fields that checks of rows and cells may look at as well.
const OF_ALL_ROWS: &[Field] =
    &[Field::Year, Field::Profile, Field::Allow, Field::PartialSteps, Field::ReverseFormula];

/// Rows up to which names and sentences are compared with each other. No real form has as many;
/// with all of a very long one, each key would wait for it.
const COMPARED: usize = 200;

impl Rule {
    const fn cell(severity: Severity, check: fn(&CellView<'_>, &mut Findings<'_>)) -> Self {
        Self::cells(Which::Filled, severity, check)
    }

    const fn cells(which: Which, severity: Severity, check: fn(&CellView<'_>, &mut Findings<'_>)) -> Self {
        Self { severity, check: Check::Cell { which, check } }
    }

    const fn row(severity: Severity, check: fn(&RowView<'_>, &mut Findings<'_>)) -> Self {
        Self::row_and(&[], severity, check)
    }

    const fn row_and(
        beyond: &'static [Field],
        severity: Severity,
        check: fn(&RowView<'_>, &mut Findings<'_>),
    ) -> Self {
        Self { severity, check: Check::Row { beyond, check } }
    }

    /// A check of the form's own fields and the classes of its rows.
    const fn form(
        own: &'static [Field],
        severity: Severity,
        check: fn(&FormView<'_>, &mut Findings<'_>),
    ) -> Self {
        Self::rows(own, |_| 0, severity, check)
    }

    /// A check of rows among each other.
    const fn rows(
        own: &'static [Field],
        digest: fn(&RowView<'_>) -> u64,
        severity: Severity,
        check: fn(&FormView<'_>, &mut Findings<'_>),
    ) -> Self {
        Self { severity, check: Check::Form { own, digest, check } }
    }
}

/// What a check takes from a row, as one number.
fn digest(taken: impl Hash) -> u64 {
    foldhash::quality::FixedState::default().hash_one(taken)
}

impl Lint {
    /// How grave its findings are.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Its explanation for the clerk: the module doc of its file, as Markdown.
    pub fn explanation(&self) -> String {
        let doc = self.doc.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = doc.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }

    /// Its title in Chinese: the first line of the explanation.
    pub fn title(&self) -> &'static str {
        let first = self.doc.lines().next().unwrap_or_default();
        first.trim_start_matches("//!").trim().trim_start_matches('#').trim()
    }
}

/// The lint with this code.
pub fn find(code: &str) -> Option<&'static Lint> {
    ALL.iter().find(|lint| lint.code == code)
}

/// What a check of the whole form sees.
#[derive(Clone, Copy)]
struct FormView<'a> {
    form: &'a Form,
    scores: &'a Scores,
    facts: &'a Facts,
}

/// What a check of one row sees.
#[derive(Clone, Copy)]
struct RowView<'a> {
    form: &'a Form,
    scores: &'a Scores,
    facts: &'a Facts,
    at: usize,
    row: &'a Indicator,
    /// What is known of it.
    known: &'a RowFacts,
    /// The scoring sentence as understood.
    parsed: &'a Parsed,
    /// Full points of the row.
    points: Option<Decimal>,
}

/// What a check of one cell sees.
#[derive(Clone, Copy)]
struct CellView<'a> {
    form: &'a Form,
    /// The row, for a cell of one.
    row: Option<RowView<'a>>,
    spot: Spot,
    info: &'static FieldInfo,
    text: &'a str,
    signs: Signs,
    is_prose: bool,
}

impl<'a> FormView<'a> {
    /// All rows as checks see them.
    fn rows(self) -> impl Iterator<Item = RowView<'a>> {
        (0..self.form.indicators.len()).filter_map(move |at| self.row(at))
    }

    /// The row at a position.
    fn row(self, at: usize) -> Option<RowView<'a>> {
        let (row, score) = (self.form.indicators.get(at)?, self.scores.rows.get(at)?);
        let Self { form, scores, facts } = self;
        let known = facts.rows.get(at)?;
        Some(RowView { form, scores, facts, at, row, known, parsed: &score.parsed, points: score.points })
    }

    /// One of the form's own cells.
    fn cell(self, info: &'static FieldInfo) -> Option<CellView<'a>> {
        let text = self.form.text(info.field)?;
        Some(CellView::new(self.form, None, Spot::form(info.field), info, text))
    }

    /// All of the form's own cells.
    fn cells(self) -> impl Iterator<Item = CellView<'a>> {
        OWN_FIELDS.iter().filter_map(move |info| self.cell(info))
    }
}

impl<'a> RowView<'a> {
    /// The row as it will stand once it is put right.
    fn own(&self) -> Presumed {
        self.known.own
    }

    /// The cells of this row.
    fn cells(self) -> impl Iterator<Item = CellView<'a>> {
        ROW_FIELDS.iter().filter_map(move |info| {
            let text = self.row.text(info.field)?;
            Some(CellView::new(self.form, Some(self), Spot::row(self.at, info.field), info, text))
        })
    }
}

impl RowView<'_> {
    /// A field of this row as a spot.
    fn spot(&self, field: Field) -> Spot {
        Spot::row(self.at, field)
    }

    /// An edit of a field of this row.
    fn set(&self, field: Field, text: impl Into<String>) -> Edit {
        Edit::set(self.spot(field), text)
    }
}

/// Where checks put what they find.
struct Findings<'a> {
    lint: &'static Lint,
    found: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Reports something about a field. More can be said of it with the methods of [`Finding`].
    fn at(&mut self, spot: Spot, message: impl Into<String>) -> Finding<'_> {
        self.report(Site::Field(spot), message.into())
    }

    /// Reports something about a level-1 class, by canonical name.
    fn class(&mut self, level1: &str, message: impl Into<String>) -> Finding<'_> {
        self.report(Site::Class(level1.to_owned()), message.into())
    }

    /// Reports something about the form as a whole.
    fn form(&mut self, message: impl Into<String>) -> Finding<'_> {
        self.report(Site::Form, message.into())
    }

    fn report(&mut self, site: Site, message: String) -> Finding<'_> {
        let (code, severity) = (self.lint.code, self.lint.severity());
        self.found.push(Diagnostic { code, severity, site, span: None, message, fixes: Vec::new() });
        Finding(self.found.last_mut())
    }
}

/// A finding that more can be said of.
struct Finding<'a>(Option<&'a mut Diagnostic>);

impl Finding<'_> {
    /// The bytes of the field's text that are to blame.
    fn span(mut self, span: Range<usize>) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.span = Some(span);
        }
        self
    }

    /// A fix that only changes the writing.
    fn safe_fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.push(Fix { title: title.into(), edits, safe: true })
    }

    /// A fix that the clerk must choose.
    fn fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.push(Fix { title: title.into(), edits, safe: false })
    }

    fn push(mut self, fix: Fix) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.fixes.push(fix);
        }
        self
    }
}

/// The findings of a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// In the order of the form: its own fields, then rows and classes; the gravest first within
    /// one place.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that the form's or a row's `allow` silenced.
    pub silenced: Vec<Diagnostic>,
}

/// Holds a form against all lints.
pub fn run(form: &Form, scores: &Scores) -> Report {
    let facts = Facts::of(form, scores);
    let view = FormView { form, scores, facts: &facts };
    let mut found = Vec::new();
    check_cells(view.cells(), &mut found);
    view.rows().for_each(|row| check_row(&row, &mut found));
    for lint in ALL {
        if let Check::Form { check, .. } = lint.rule.check {
            check(&view, &mut Findings { lint, found: &mut found });
        }
    }
    found.sort_by_cached_key(|diagnostic| order(form, scores, diagnostic));
    let (silenced, diagnostics) = found.into_iter().partition(|diagnostic| is_allowed(form, diagnostic));
    Report { diagnostics, silenced }
}

/// The edits that give a row other full points: in its scoring sentence, else in its cell. None where
/// the sentence cannot say them in the same words, or where the row has them already.
pub fn points_edits(form: &Form, scores: &Scores, row: usize, points: Decimal) -> Vec<Edit> {
    let facts = Facts::of(form, scores);
    let view = FormView { form, scores, facts: &facts }.row(row).filter(|row| row.points != Some(points));
    view.map_or(Vec::new(), |row| sentence::with_row_points(&row, points))
}

/// The checks of rows and of cells, so that not each cell goes through the list of all.
static OF_ROWS: LazyLock<Vec<&Lint>> =
    LazyLock::new(|| ALL.iter().filter(|lint| matches!(lint.rule.check, Check::Row { .. })).collect());
static OF_CELLS: LazyLock<Vec<&Lint>> =
    LazyLock::new(|| ALL.iter().filter(|lint| matches!(lint.rule.check, Check::Cell { .. })).collect());
static OF_EMPTY_CELLS: LazyLock<Vec<&Lint>> = LazyLock::new(|| {
    ALL.iter().filter(|lint| matches!(lint.rule.check, Check::Cell { which: Which::Any, .. })).collect()
});

/// The checks of one row and its cells.
fn check_row(row: &RowView<'_>, found: &mut Vec<Diagnostic>) {
    for &lint in OF_ROWS.iter() {
        if let Check::Row { check, .. } = lint.rule.check {
            check(row, &mut Findings { lint, found });
        }
    }
    check_cells(row.cells(), found);
}

fn check_cells<'a>(cells: impl Iterator<Item = CellView<'a>>, found: &mut Vec<Diagnostic>) {
    for cell in cells {
        let checks = if cell.text.is_empty() { &OF_EMPTY_CELLS } else { &OF_CELLS };
        for &lint in checks.iter() {
            if let Check::Cell { which, check } = lint.rule.check
                && cell.is(which)
            {
                check(&cell, &mut Findings { lint, found });
            }
        }
    }
}

/// What findings are sorted by: the place, how grave they are, the code.
type Order = ((usize, usize), Severity, &'static str);

fn order(form: &Form, scores: &Scores, diagnostic: &Diagnostic) -> Order {
    (place(form, scores, &diagnostic.site), diagnostic.severity, diagnostic.code)
}

/// Place in the list of problems: the form's own fields, classes before their first row, rows.
fn place(form: &Form, scores: &Scores, site: &Site) -> (usize, usize) {
    let last = form.indicators.len() + 1;
    match site {
        Site::Field(Spot { row: Some(row), field }) => (row + 1, 1 + *field as usize),
        Site::Field(Spot { row: None, field })
            if field.info().table == crate::form::field::Table::SignOff =>
        {
            (last, *field as usize)
        }
        Site::Field(Spot { row: None, field }) => (0, 1 + *field as usize),
        Site::Class(name) => {
            let first = scores.class(name).and_then(|class| class.rows.first());
            (first.map_or(last, |row| row + 1), 0)
        }
        Site::Form => (0, 0),
    }
}

/// Whether the form's or the row's `allow` names the code at the start of one of its lines.
fn is_allowed(form: &Form, diagnostic: &Diagnostic) -> bool {
    let names = |list: &str| list.lines().any(|line| line.split_whitespace().next() == Some(diagnostic.code));
    let row = diagnostic.site.row().and_then(|row| form.indicators.get(row));
    names(&form.allow) || row.is_some_and(|row| names(&row.allow))
}
