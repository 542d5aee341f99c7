//! The checks. [`run`] holds a form against all of them.
//!
//! A lint is one file in `lint/lints/` and one word in `lint/lints.rs`. Its module doc, in
//! Chinese, is what the clerk reads as its explanation: a title, 问题, 为什么, 怎么改, 例; the
//! examples in it are run as tests. Its code is its module's name in kebab case and names the bad
//! thing. `LINT` says how grave it is and gives the check, of one row or of the whole form.

mod bands;
mod cell;
mod classes;
mod days;
#[cfg(test)]
mod faults;
mod keywords;
mod lints;
mod meaning;
mod names;
mod placeholder;
mod presumed;
mod prose;
mod sentence;
#[cfg(test)]
mod single_fault;
#[cfg(test)]
mod testing;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Fix, Severity, Site};
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::form::{Form, Indicator};
use crate::rule::Parsed;
use crate::score::Scores;

pub use lints::ALL;

/// A check.
#[derive(Debug)]
pub struct Lint {
    /// Stable kebab-case code.
    pub code: &'static str,
    source: &'static str,
    rule: Rule,
}

/// What a lint's file declares.
#[derive(Debug, Clone, Copy)]
struct Rule {
    severity: Severity,
    check: Check,
}

/// A check looks at one row alone, so that typing in a row need check only that row; or at a row
/// among the others; or at the form.
#[derive(Debug, Clone, Copy)]
enum Check {
    Row(fn(&RowView<'_>, &mut Findings<'_>)),
    Among(fn(&RowView<'_>, &mut Findings<'_>)),
    Form(fn(&FormView<'_>, &mut Findings<'_>)),
}

impl Rule {
    const fn row(severity: Severity, check: fn(&RowView<'_>, &mut Findings<'_>)) -> Self {
        Self { severity, check: Check::Row(check) }
    }

    const fn among(severity: Severity, check: fn(&RowView<'_>, &mut Findings<'_>)) -> Self {
        Self { severity, check: Check::Among(check) }
    }

    const fn form(severity: Severity, check: fn(&FormView<'_>, &mut Findings<'_>)) -> Self {
        Self { severity, check: Check::Form(check) }
    }
}

impl Lint {
    /// How grave its findings are.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Its explanation for the clerk: the module doc of its file, as Markdown.
    pub fn explanation(&self) -> String {
        let doc = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = doc.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }

    /// Its title in Chinese: the first line of the explanation.
    pub fn title(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or_default();
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
}

/// What a check of one row sees.
#[derive(Clone, Copy)]
struct RowView<'a> {
    form: &'a Form,
    scores: &'a Scores,
    at: usize,
    row: &'a Indicator,
    /// The scoring sentence as understood.
    parsed: &'a Parsed,
    /// Full points of the row.
    points: Option<Decimal>,
}

impl<'a> FormView<'a> {
    /// All rows as checks see them.
    fn rows(self) -> impl Iterator<Item = RowView<'a>> {
        let rows = self.form.indicators.iter().zip(&self.scores.rows).enumerate();
        rows.map(move |(at, (row, score))| RowView {
            form: self.form,
            scores: self.scores,
            at,
            row,
            parsed: &score.parsed,
            points: score.points,
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
    run_again(form, scores, &mut Known::default())
}

/// What the checks found in each row, so that a key checks only the row it was typed in. An entry
/// holds as long as the row, its place, the form's own fields and the profile are as they were:
/// a row's check may look at nothing else, and not at the form's two long texts either, so that
/// typing in them checks no row.
#[derive(Debug, Clone, Default)]
pub struct Known {
    head: Form,
    profile: String,
    rows: Vec<(Indicator, Vec<Diagnostic>)>,
}

impl Known {
    /// Forgets what no longer holds and checks the rows that are new or changed.
    fn update(&mut self, view: FormView<'_>) {
        let mut head = view.form.head();
        head.duties.clear();
        head.annual_goals.clear();
        let profile = &view.scores.profile.id;
        if self.head != head || self.profile != profile.as_str() {
            *self = Self { head, profile: profile.to_string(), rows: Vec::new() };
        }
        self.rows.truncate(view.form.indicators.len());
        for row in view.rows() {
            match self.rows.get_mut(row.at) {
                Some((known, _)) if *known == *row.row => {}
                Some(entry) => *entry = (row.row.clone(), check_row(&row)),
                None => self.rows.push((row.row.clone(), check_row(&row))),
            }
        }
    }
}

fn check_row(row: &RowView<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in ALL {
        if let Check::Row(check) = lint.rule.check {
            check(row, &mut Findings { lint, found: &mut found });
        }
    }
    found
}

/// As [`run`]; `known` saves checking rows again that have not changed.
pub fn run_again(form: &Form, scores: &Scores, known: &mut Known) -> Report {
    let view = FormView { form, scores };
    known.update(view);
    let mut found: Vec<Diagnostic> = known.rows.iter().flat_map(|(_, found)| found).cloned().collect();
    for lint in ALL {
        let mut findings = Findings { lint, found: &mut found };
        match lint.rule.check {
            Check::Row(_) => {}
            Check::Among(check) => view.rows().for_each(|row| check(&row, &mut findings)),
            Check::Form(check) => check(&view, &mut findings),
        }
    }
    found.sort_by_cached_key(|diagnostic| (order(form, scores, &diagnostic.site), diagnostic.severity));
    let (silenced, diagnostics) = found.into_iter().partition(|diagnostic| is_allowed(form, diagnostic));
    Report { diagnostics, silenced }
}

/// Place in the list of problems: the form's own fields, classes before their first row, rows.
fn order(form: &Form, scores: &Scores, site: &Site) -> (usize, usize) {
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
