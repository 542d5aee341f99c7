//! `jixiao check`: what a reviewer would send back, with the line of the file.

use std::io::Write;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::arguments::{Check, CheckFormat, Deny};
use super::{Outcome, Streams, batch, file, points, sarif};
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::format::toml::{Loaded, Place};
use crate::lint::{self, Report};
use crate::score::Scores;
use crate::{store, text};

/// A file with what was found in it.
pub(super) struct Checked {
    /// The file's name as it may be shown.
    pub(super) path: String,
    /// What was found, or why the file could not be checked.
    pub(super) result: Result<Findings, String>,
}

/// What was found in a form.
pub(super) struct Findings {
    loaded: Loaded,
    scores: Scores,
    report: Report,
}

impl Findings {
    /// The findings with their places in the file.
    pub(super) fn placed(&self) -> impl Iterator<Item = (&Diagnostic, Option<Place>)> {
        self.report
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic, place(diagnostic, &self.loaded, &self.scores)))
    }

    fn count(&self, severity: Severity) -> usize {
        self.report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// What is written of one file.
struct Said {
    code: u8,
    /// For the result.
    out: String,
    /// For notes and errors; in SARIF, the faults of files that could not be checked.
    err: String,
}

pub(super) fn run(task: &Check, streams: &mut Streams<'_>) -> Outcome {
    let files = batch::files(&task.files, streams)?;
    let Streams { out, err, color, progress, .. } = streams;
    let color = *color && task.format == CheckFormat::Text;
    let work = |path: &Path| {
        let checked = check(path, color);
        let code = code_of(&checked, task.deny);
        let (out, err) = match task.format {
            CheckFormat::Text => text(&checked, files.len() > 1, color),
            CheckFormat::Json => (json(&checked).to_string(), String::new()),
            CheckFormat::Sarif => (sarif::results(&checked), sarif::fault(&checked).unwrap_or_default()),
        };
        Said { code, out, err }
    };
    let (mut code, mut faults, mut begun) = (0, Vec::new(), false);
    out.write_all(before(task.format).as_bytes())?;
    let take = |said: Said, err: &mut dyn Write| {
        code = code.max(said.code);
        if task.format == CheckFormat::Text {
            err.write_all(said.err.as_bytes())?;
        } else {
            faults.extend(Some(said.err).filter(|fault| !fault.is_empty()));
            let follows = begun && !said.out.is_empty();
            out.write_all(if follows { b"," } else { b"" })?;
            begun |= !said.out.is_empty();
        }
        Ok(out.write_all(said.out.as_bytes())?)
    };
    batch::in_order(&files, *err, *progress && task.format != CheckFormat::Text, work, take)?;
    out.write_all(after(task.format, &faults).as_bytes())?;
    Ok(code)
}

/// What stands before the files.
fn before(format: CheckFormat) -> String {
    match format {
        CheckFormat::Text => String::new(),
        CheckFormat::Json => "{\"files\":[".to_owned(),
        CheckFormat::Sarif => sarif::before(),
    }
}

/// What stands after the files.
fn after(format: CheckFormat, faults: &[String]) -> String {
    match format {
        CheckFormat::Text => String::new(),
        CheckFormat::Json => "]}\n".to_owned(),
        CheckFormat::Sarif => sarif::after(faults),
    }
}

fn check(path: &Path, color: bool) -> Checked {
    let result = file::open(path, color).map_err(|failure| failure.to_string()).map(|loaded| {
        let scores = Scores::of(&loaded.form);
        let report = lint::run(&loaded.form, &scores);
        Findings { loaded, scores, report }
    });
    Checked { path: store::shown(path), result }
}

fn code_of(checked: &Checked, deny: Option<Deny>) -> u8 {
    let Ok(findings) = &checked.result else { return 2 };
    let grave = findings.count(Severity::Error) + deny.map_or(0, |_| findings.count(Severity::Warning));
    u8::from(grave > 0)
}

/// Where a finding is in the file. A class is where its first row names it; the form is its first
/// row's place, or none.
fn place(diagnostic: &Diagnostic, loaded: &Loaded, scores: &Scores) -> Option<Place> {
    use crate::diagnostic::Site;
    let spot = match &diagnostic.site {
        Site::Field(spot) => *spot,
        Site::Class(name) => Spot::row(*scores.class(name)?.rows.first()?, Field::Level1),
        Site::Form => return None,
    };
    loaded.source.locate(&loaded.form, spot, diagnostic.span.clone())
}

fn json(checked: &Checked) -> Value {
    match &checked.result {
        Err(error) => json!({"path": checked.path, "error": error, "diagnostics": [], "points": null}),
        Ok(findings) => json!({
            "path": checked.path,
            "error": null,
            "diagnostics": findings.placed().map(|(found, place)| finding(found, place)).collect::<Vec<_>>(),
            "points": points::json(&findings.scores),
        }),
    }
}

fn finding(found: &Diagnostic, place: Option<Place>) -> Value {
    json!({
        "code": found.code,
        "name": lint::find(found.code).map(lint::Lint::title),
        "severity": found.severity.code(),
        "indicator": found.site.row(),
        "field": found.site.spot().map(|spot| spot.field.info().key),
        "line": place.as_ref().map(|place| place.line),
        "column": place.as_ref().map(|place| place.column),
        "message": found.message,
        "fixable": !found.fixes.is_empty(),
    })
}

/// The findings of one file for a person, then the points and the counts; and its notes.
fn text(checked: &Checked, several: bool, color: bool) -> (String, String) {
    let findings = match &checked.result {
        Ok(findings) => findings,
        Err(error) => return (String::new(), format!("{error}\n")),
    };
    let notes = findings.loaded.notes.iter().map(|note| &note.message);
    let notes = notes.chain(&findings.loaded.read_only);
    let notes = notes.map(|said| format!("{}：{}\n", checked.path, text::visible(said))).collect();
    let found = findings.placed();
    let mut shown: String =
        found.map(|(found, place)| rendered(checked, findings, found, place, color) + "\n\n").collect();
    let [errors, warnings, hints] = Severity::ALL.map(|severity| findings.count(severity));
    let name = if several { format!("{}：", checked.path) } else { String::new() };
    let silenced = match findings.report.silenced.len() {
        0 => String::new(),
        count => format!("，另有{count}个按“不再提示”略去"),
    };
    let points = points::line(&findings.scores);
    shown.push_str(&format!("{name}{points}\n"));
    shown.push_str(&format!("{name}错误 {errors}，警告 {warnings}，建议 {hints}{silenced}\n"));
    (shown, notes)
}

fn rendered(
    checked: &Checked,
    findings: &Findings,
    found: &Diagnostic,
    place: Option<Place>,
    color: bool,
) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("警告"),
        Severity::Hint => Level::HELP.with_name("建议"),
    };
    let row = found.site.row().and_then(|row| findings.loaded.form.indicators.get(row));
    let name = row.map_or(String::new(), |row| format!("{}：", row.title()));
    let title = text::visible(&format!("{name}{}", found.message)).replace('\n', " ");
    let mut group = Group::with_title(level.primary_title(title.as_str()).id(found.code));
    let excerpt = place.as_ref().and_then(|place| findings.loaded.source.excerpt(place));
    if let (Some(place), Some((line, span))) = (&place, &excerpt) {
        let snippet = Snippet::source(line.as_str()).line_start(place.line);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(span.clone())));
    }
    let fixes: Vec<String> = found.fixes.iter().map(|fix| text::visible(&fix.title).into_owned()).collect();
    let fixes = fixes.join("；或");
    if !fixes.is_empty() {
        group = group.element(Level::HELP.with_name("改法").message(fixes.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let shown = renderer.render(&[group]);
    let (title, rest) = shown.split_once('\n').unwrap_or((&shown, ""));
    let at = place
        .map_or(checked.path.clone(), |place| format!("{}:{}:{}", checked.path, place.line, place.column));
    format!("{title}\n --> {at}\n{rest}").trim_end().to_owned()
}
