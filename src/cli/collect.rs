//! `jixiao collect`: the forms of many units in one summary, for the county.
//!
//! CSV comes as two files, since a table has one kind of rows: a row an indicator under the name
//! given, a row a unit beside it. JSON lines hold a unit each with its indicators inside. Forms
//! pass through one after the other, so memory does not grow with their number. A workbook keeps of
//! each unit its figures and of its rows nothing; a page the figures.

mod page;
mod summary;
mod workbook;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::summary::{Figures, Summary};
use self::workbook::Book;
use super::arguments::Collect;
use super::{Failure, Outcome, Streams, batch, points};
use crate::diagnostic::Severity;
use crate::form::Form;
use crate::format::{rows, toml::Limits};
use crate::lint::{self, Report};
use crate::score::{Achieved, Scores};
use crate::store::{self, OpenError, growing::Growing};
use crate::text;
use crate::vocabulary::{number::plain, taxonomy};

/// A form with everything that is said of it.
struct Unit {
    path: String,
    form: Form,
    scores: Scores,
    achieved: Achieved,
    report: Report,
}

/// What a form adds to the summary.
struct Part {
    /// One for each file that is written.
    lines: Vec<String>,
    /// The rows of the form, where a spreadsheet takes them.
    rows: Vec<Vec<String>>,
    figures: Result<Figures, Fault>,
}

/// Counts for the last words.
#[derive(Default)]
struct Tally {
    forms: usize,
    indicators: usize,
    with_errors: usize,
    faults: Vec<String>,
}

/// How a summary is written.
struct Target {
    extension: &'static str,
    write: Writing,
}

/// Lines as the forms come, or a whole once all are known.
enum Writing {
    Lines {
        /// The files beside the one that was named.
        beside: &'static [&'static str],
        head: fn() -> Vec<String>,
        lines: fn(&Result<Unit, Fault>) -> Vec<String>,
    },
    Workbook,
    Page,
}

/// A form that could not be read: its file and why.
#[derive(Debug, Clone)]
struct Fault {
    path: String,
    reason: String,
}

const TARGETS: &[Target] = &[
    Target { extension: "xlsx", write: Writing::Workbook },
    Target { extension: "html", write: Writing::Page },
    Target {
        extension: "csv",
        write: Writing::Lines { beside: &["单位"], head: csv_head, lines: csv_lines },
    },
    Target {
        extension: "jsonl",
        write: Writing::Lines { beside: &[], head: || vec![String::new()], lines: json_line },
    },
];

pub(super) fn run(task: &Collect, streams: &mut Streams<'_>) -> Outcome {
    let extension = task.output.extension().unwrap_or_default().to_string_lossy();
    let Some(target) = TARGETS.iter().find(|target| target.extension.eq_ignore_ascii_case(&extension)) else {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.extension).collect();
        let shown = store::shown(&task.output);
        return Err(Failure::Said(format!("不知道 {shown} 要什么格式，扩展名可以是：{}。", known.join(" "))));
    };
    let files = batch::files(&task.sources, streams)?;
    let mut names = vec![task.output.clone()];
    if let Writing::Lines { beside: suffixes, .. } = target.write {
        names.extend(suffixes.iter().map(|suffix| beside(&task.output, suffix)));
    }
    let mut outputs = begin(&names, task.force)?;
    let (mut tally, mut summary) = (Tally::default(), Summary::default());
    let mut book = match target.write {
        Writing::Workbook => Some(Book::begin().map_err(unwritten)?),
        _ => None,
    };
    if let Writing::Lines { head, .. } = target.write {
        write(&mut outputs, &head())?;
    }
    let take = |part: Part, _: &mut dyn Write| {
        tally.add(&part);
        if let Some(book) = &mut book {
            book.add(&part.rows).map_err(unwritten)?;
        }
        if !matches!(target.write, Writing::Lines { .. }) {
            summary.add(part.figures);
        }
        write(&mut outputs, &part.lines)
    };
    batch::in_order(&files, streams.err, streams.progress, |path| part(path, target), take)?;
    summary.sort();
    match (&target.write, book) {
        (_, Some(book)) => outputs[0].write(&book.finish(&summary).map_err(unwritten)?)?,
        (Writing::Page, _) => outputs[0].write(page::write(&summary).as_bytes())?,
        _ => {}
    }
    for output in outputs {
        output.finish()?;
    }
    tally.tell(&names, streams)
}

fn unwritten(error: rust_xlsxwriter::XlsxError) -> Failure {
    Failure::Said(format!("表格没有写成：{error}。"))
}

/// `汇总.csv` with a suffix: `汇总-单位.csv`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{suffix}.{extension}"))
}

fn begin(names: &[PathBuf], force: bool) -> Result<Vec<Growing>, Failure> {
    let begun = names.iter().map(|name| Growing::begin(name, force)).collect::<Result<_, _>>();
    begun.map_err(super::refused_overwrite)
}

fn write(outputs: &mut [Growing], lines: &[String]) -> Result<(), Failure> {
    for (output, lines) in outputs.iter_mut().zip(lines) {
        output.write(lines.as_bytes())?;
    }
    Ok(())
}

fn part(path: &Path, target: &Target) -> Part {
    let unit = unit(path);
    let lines = match target.write {
        Writing::Lines { lines, .. } => lines(&unit),
        _ => Vec::new(),
    };
    let rows = match (&target.write, &unit) {
        (Writing::Workbook, Ok(unit)) => unit.rows(),
        _ => Vec::new(),
    };
    Part { lines, rows, figures: unit.map(|unit| Figures::of(&unit)) }
}

fn unit(path: &Path) -> Result<Unit, Fault> {
    let shown = store::shown(path);
    let form = match store::open(path, &Limits::default()) {
        Ok(opened) => opened.loaded.form,
        Err(error) => {
            let reason = match error {
                OpenError::Store(error) => error.to_string(),
                OpenError::Broken(broken, _) => broken.summary(),
            };
            return Err(Fault { path: shown, reason: text::visible(&reason).replace('\n', " ") });
        }
    };
    let scores = Scores::of(&form);
    let achieved = Achieved::of(&form, &scores);
    let report = lint::run(&form, &scores);
    Ok(Unit { path: shown, form, scores, achieved, report })
}

impl Unit {
    fn count(&self, severity: Severity) -> usize {
        self.report.diagnostics.iter().filter(|found| found.severity == severity).count()
    }

    /// How often each check found something, by code.
    fn codes(&self) -> BTreeMap<&'static str, usize> {
        self.report.diagnostics.iter().fold(BTreeMap::new(), |mut codes, found| {
            *codes.entry(found.code).or_default() += 1;
            codes
        })
    }

    /// The codes of what was found in a row.
    fn codes_of_row(&self, at: usize) -> String {
        let found = self.report.diagnostics.iter().filter(|found| found.site.row() == Some(at));
        let mut codes: Vec<&str> = found.map(|found| found.code).collect();
        codes.dedup();
        codes.join(" ")
    }

    /// The rows of the form with its file before and what was found behind.
    fn rows(&self) -> Vec<Vec<String>> {
        let cells = rows::cells(&self.form, &self.scores, &self.achieved).into_iter().enumerate();
        let row = |(at, cells): (usize, Vec<String>)| {
            std::iter::once(self.path.clone()).chain(cells).chain([self.codes_of_row(at)]).collect()
        };
        cells.map(row).collect()
    }

    fn json(&self) -> Value {
        let form = &self.form;
        let count = |severity| self.count(severity);
        let rows = rows::cells(form, &self.scores, &self.achieved).into_iter().enumerate();
        let row = |(at, cells): (usize, Vec<String>)| {
            let mut row = rows::object(cells);
            row["findings"] = json!(self.codes_of_row(at).split_whitespace().collect::<Vec<_>>());
            row
        };
        json!({
            "path": self.path,
            "error": null,
            "year": form.year,
            "agency": form.agency,
            "points": points::json(&self.scores),
            "findings": {
                "error": count(Severity::Error),
                "warning": count(Severity::Warning),
                "hint": count(Severity::Hint),
                "codes": self.codes(),
            },
            "budget": form.budget,
            "achieved": points::achieved(&self.achieved),
            "indicators": rows.map(row).collect::<Vec<_>>(),
        })
    }

    /// The row of a unit, in the order of [`unit_head`].
    fn cells(&self) -> Vec<String> {
        let form = &self.form;
        let mut cells = vec![self.path.clone(), form.year.clone(), form.agency.clone()];
        cells.extend(Severity::ALL.map(|severity| self.count(severity).to_string()));
        cells.push(form.indicators.len().to_string());
        cells.extend([plain(self.scores.total), plain(self.scores.expected())]);
        let points =
            |class: &taxonomy::Level1| self.scores.class(class.name).map(|class| plain(class.points));
        cells.extend(taxonomy::all().iter().map(|class| points(class).unwrap_or_default()));
        let budget = &form.budget;
        cells.extend([&budget.initial, &budget.adjusted, &budget.executed].map(String::clone));
        cells.push(self.achieved.execution.as_ref().map(|part| plain(part.rate)).unwrap_or_default());
        cells.push(plain(self.achieved.total));
        cells.push(self.achieved.grade().unwrap_or_default().to_owned());
        let codes = self.codes().into_iter().map(|(code, count)| format!("{code}×{count}"));
        cells.extend([codes.collect::<Vec<_>>().join(" "), String::new()]);
        cells
    }
}

/// The columns of a unit's row; the last tells why a form is left out.
fn unit_head() -> Vec<String> {
    let mut head = ["文件", "年度", "单位", "错误", "警告", "建议", "指标数", "分值合计", "应有分值"]
        .map(str::to_owned)
        .to_vec();
    head.extend(taxonomy::all().iter().map(|class| format!("{}分值", class.name)));
    head.extend(
        [
            "年初预算数（万元）",
            "全年预算数（万元）",
            "全年执行数（万元）",
            "执行率（%）",
            "已算出得分",
            "等级",
            "问题",
            "没有汇总的原因",
        ]
        .map(str::to_owned),
    );
    head
}

fn csv_head() -> Vec<String> {
    let columns = rows::columns().into_iter().map(|(_, label)| label);
    let head = std::iter::once("文件").chain(columns).chain(["问题"]).map(str::to_owned);
    [rows::line(head), rows::line(unit_head())].map(|line| rows::MARK.to_owned() + &line).to_vec()
}

fn csv_lines(unit: &Result<Unit, Fault>) -> Vec<String> {
    match unit {
        Ok(unit) => {
            let rows = unit.rows().into_iter().map(rows::line).collect();
            vec![rows, rows::line(unit.cells())]
        }
        Err(fault) => {
            let mut cells = vec![String::new(); unit_head().len()];
            cells[0].clone_from(&fault.path);
            if let Some(last) = cells.last_mut() {
                last.clone_from(&fault.reason);
            }
            vec![String::new(), rows::line(cells)]
        }
    }
}

fn json_line(unit: &Result<Unit, Fault>) -> Vec<String> {
    let value = match unit {
        Ok(unit) => unit.json(),
        Err(fault) => json!({"path": fault.path, "error": fault.reason, "indicators": []}),
    };
    vec![format!("{value}\n")]
}

impl Tally {
    fn add(&mut self, part: &Part) {
        match &part.figures {
            Ok(figures) => {
                self.forms += 1;
                self.indicators += figures.indicators;
                self.with_errors += usize::from(figures.found[0] > 0);
            }
            Err(fault) => self.faults.push(format!("{}：{}", fault.path, fault.reason)),
        }
    }

    /// The last words, and the exit code: 1 where a form was left out.
    fn tell(&self, names: &[PathBuf], streams: &mut Streams<'_>) -> Outcome {
        let names: Vec<String> = names.iter().map(|name| store::shown(name)).collect();
        let Self { forms, indicators, with_errors, faults } = self;
        writeln!(
            streams.err,
            "汇总了 {forms} 张表、{indicators} 条指标，写到 {}。其中 {with_errors} 张有错误级的问题。",
            names.join(" 和 ")
        )?;
        if faults.is_empty() {
            return Ok(0);
        }
        writeln!(streams.err, "没有汇总的 {} 张：", faults.len())?;
        for fault in faults {
            writeln!(streams.err, "  {fault}")?;
        }
        Ok(1)
    }
}
