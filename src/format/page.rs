//! The printed form as text on a grid of cells, for a look before printing and for `.txt`; and
//! back again.
//!
//! In a file an empty row within a cell is a line break that was typed, since every other end of
//! a row is one of the page.

use std::ops::Range;

use super::printed::{self, Column, Printed};
use super::recover::{Cell, Grid, Row};
use crate::text::{Policy, visible};

/// Columns of the labels above the table.
const LABEL: usize = 18;
/// The least columns of a page.
const LEAST: usize = 40;

/// What a page is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Its width in columns.
    pub columns: usize,
    /// How wide characters are.
    pub policy: Policy,
    /// Whether line breaks that were typed can be told from those of the page.
    pub is_exact: bool,
}

impl Paper {
    /// The paper of `.txt` files.
    pub const FILE: Self = Self { columns: 120, policy: Policy::Narrow, is_exact: true };
}

/// The page, at most `columns` cells wide; lines of equal width where the table is.
pub fn write(printed: &Printed, paper: Paper) -> Vec<String> {
    placed(printed, paper).0
}

/// The page, and for each row of the table the lines that it takes.
pub fn placed(printed: &Printed, paper: Paper) -> (Vec<String>, Vec<Range<usize>>) {
    let mut places = Vec::with_capacity(printed.rows.len());
    let Paper { columns, policy, .. } = paper;
    let mut lines = vec![centred(printed.title, columns, policy)];
    lines.extend(printed.under.iter().map(|line| centred(line, columns, policy)));
    lines.push("-".repeat(columns));
    for (name, text) in &printed.about {
        let rows = wrapped(text, columns.saturating_sub(LABEL + 1).max(4), paper);
        for (at, row) in rows.iter().enumerate() {
            let name = if at == 0 { name.as_str() } else { "" };
            lines.push(format!("{} {row}", policy.pad(name, LABEL)).trim_end().to_owned());
        }
        lines.push("-".repeat(columns));
    }
    let widths = widths(&printed.columns, columns);
    lines.extend(head(&printed.columns, &widths, paper));
    for cells in &printed.rows {
        lines.push("-".repeat(columns));
        let texts: Vec<String> = cells.iter().map(|cell| cell.text.clone()).collect();
        let start = lines.len();
        lines.extend(row(&texts, &widths, paper));
        places.push(start..lines.len());
    }
    lines.push("-".repeat(columns));
    lines.extend(printed.foot.iter().flat_map(|parts| wrapped(&parts.join("    "), columns, paper)));
    (lines, places)
}

fn widths(columns: &[Column], page: usize) -> Vec<usize> {
    let room = page.saturating_sub(columns.len() - 1);
    columns.iter().map(|column| (room * column.width / 100).max(4)).collect()
}

fn head(columns: &[Column], widths: &[usize], paper: Paper) -> Vec<String> {
    let heads: Vec<String> = columns.iter().map(|column| column.head.to_owned()).collect();
    row(&heads, widths, paper)
}

/// The cells of a page as [`write`] writes it; `None` for any other text.
pub(super) fn read(text: &str) -> Option<Grid> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let is_rule = |line: &&str| line.len() >= LEAST && line.bytes().all(|byte| byte == b'-');
    let page = lines.iter().find(|line| is_rule(line))?.len();
    let columns_of = |block: &[&str]| {
        printed::COLUMNS.iter().find(|columns| head(columns, &widths(columns, page), Paper::FILE) == *block)
    };
    let mut grid = Grid::default();
    let mut columns = None;
    let mut start = 0;
    let blocks: Vec<&[&str]> = lines.split(|line| is_rule(line) && line.len() == page).collect();
    for (at, block) in blocks.iter().enumerate() {
        let line = start + 1;
        start += block.len() + 1;
        let is_edge = at == 0 || at + 1 == blocks.len();
        let cells = match columns_of(block) {
            _ if is_edge => {
                let loose = block.iter().enumerate();
                grid.rows
                    .extend(loose.map(|(at, text)| Row { cells: vec![Cell::new(*text)], line: line + at }));
                continue;
            }
            Some(found) => {
                columns = Some(found);
                found.iter().map(|column| Cell::new(column.head)).collect()
            }
            None => cut(block, &columns.map_or(vec![LABEL], |columns| widths(columns, page)), page),
        };
        grid.rows.push(Row { cells, line });
    }
    columns.map(|_| grid)
}

/// The cells of a block of lines; a last one takes what is right of these widths, if anything.
fn cut(block: &[&str], widths: &[usize], page: usize) -> Vec<Cell> {
    let policy = Policy::Narrow;
    let mut cells: Vec<Vec<&str>> = vec![Vec::new(); widths.len() + 1];
    for line in block {
        let mut rest = *line;
        for (at, width) in widths.iter().enumerate() {
            let cell = &rest[..policy.fitting(rest, *width)];
            cells[at].push(cell.trim_end());
            rest = &rest[cell.len()..];
            rest = rest.strip_prefix(['|', ' ']).unwrap_or(rest);
        }
        cells[widths.len()].push(rest);
    }
    if cells.last().is_some_and(|last| last.iter().all(|row| row.is_empty())) {
        cells.pop();
    }
    let rest = page.saturating_sub(widths.iter().sum::<usize>() + widths.len());
    let widths = widths.iter().copied().chain([rest]);
    cells.iter().zip(widths).map(|(rows, width)| Cell::new(joined(rows, width, policy))).collect()
}

/// Rows of a cell as its text. Where a row ends between Latin letters before its cell does, there
/// was a space.
fn joined(rows: &[&str], width: usize, policy: Policy) -> String {
    let mut text = String::new();
    let mut is_full = false;
    for row in rows {
        let latin = |c: char| c.is_ascii_alphanumeric();
        match row.is_empty() {
            true => text.push('\n'),
            false if !is_full && text.ends_with(latin) && row.starts_with(latin) => text.extend([" ", row]),
            false => text.push_str(row),
        }
        is_full = policy.width(row) >= width;
    }
    text.trim_matches('\n').to_owned()
}

fn row(texts: &[String], widths: &[usize], paper: Paper) -> Vec<String> {
    let columns: Vec<Vec<String>> =
        texts.iter().zip(widths).map(|(text, width)| wrapped(text, *width, paper)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cells = columns.iter().zip(widths);
        let cells =
            cells.map(|(rows, width)| paper.policy.pad(rows.get(at).map_or("", String::as_str), *width));
        cells.collect::<Vec<_>>().join("|").trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

fn wrapped(text: &str, columns: usize, paper: Paper) -> Vec<String> {
    let mut rows = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 && paper.is_exact {
            rows.push(String::new());
        }
        let shown = visible(line).into_owned();
        let ranges = paper
            .policy
            .wrap(&shown, columns)
            .into_iter()
            .filter(|range| !paper.is_exact || !range.is_empty());
        rows.extend(ranges.map(|range| shown[range].trim_end().to_owned()));
    }
    match rows.is_empty() {
        true => vec![String::new()],
        false => rows,
    }
}

/// A line in the middle of the page; line breaks in it are blanks.
fn centred(text: &str, columns: usize, policy: Policy) -> String {
    let text = visible(&text.replace('\n', " ")).into_owned();
    let width = policy.width(&text);
    format!("{}{text}", " ".repeat(columns.saturating_sub(width) / 2))
}
