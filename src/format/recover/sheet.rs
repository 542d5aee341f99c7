//! The grid while it is read: bounded, free of markup, with a mark on every consumed cell.

use super::super::rows;
use super::{Grid, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Note, excerpt, labels, markup};

/// All rows of the source.
pub(super) struct Sheet {
    pub(super) rows: Vec<SheetRow>,
}

/// One row.
#[derive(Default)]
pub(super) struct SheetRow {
    pub(super) cells: Vec<SheetCell>,
    pub(super) line: usize,
    /// The table read it; what is left of it is no label.
    pub(super) of_table: bool,
}

/// One cell; a covered one is empty.
#[derive(Default)]
pub(super) struct SheetCell {
    pub(super) text: String,
    pub(super) continued: bool,
    used: bool,
}

/// What may still be read before a limit cuts the rest.
struct Budget {
    cells: usize,
    text: usize,
}

impl Sheet {
    pub(super) fn new(grid: &Grid, notes: &mut Vec<Note>) -> Self {
        let mut budget = Budget { cells: MAX_CELLS, text: MAX_TEXT };
        let mut rows = Vec::with_capacity(grid.rows.len().min(MAX_ROWS));
        for row in &grid.rows {
            if rows.len() == MAX_ROWS || budget.cells == 0 || budget.text == 0 {
                notes.push(Note::new("cut", row.line, format!("内容太多，从第{}行起没有读", row.line)));
                break;
            }
            rows.push(sheet_row(row, &mut budget, notes));
        }
        Self { rows }
    }

    /// Lists every cell that nothing consumed, one note a row.
    pub(super) fn list_left_out(&self, notes: &mut Vec<Note>) {
        for row in &self.rows {
            let left: Vec<String> = row.waiting().map(|(_, text)| format!("“{}”", excerpt(text))).collect();
            if !left.is_empty() {
                notes.push(Note::new("left-out", row.line, format!("没有带入：{}", left.join("、"))));
            }
        }
    }
}

fn sheet_row(row: &super::Row, budget: &mut Budget, notes: &mut Vec<Note>) -> SheetRow {
    let most = MAX_COLUMNS.min(budget.cells);
    let mut cut = row.cells.iter().skip(most).any(|cell| !cell.text.trim().is_empty());
    let mut marked_up = false;
    let mut cells = Vec::with_capacity(row.cells.len().min(most));
    for cell in row.cells.iter().take(most) {
        let text = if cell.continued { "" } else { bounded(&cell.text, &mut budget.text, &mut cut) };
        let (text, had_markup) = markup::clean(harmless(text));
        marked_up |= had_markup;
        cells.push(SheetCell { text, continued: cell.continued, used: false });
    }
    budget.cells -= cells.len();
    if marked_up {
        notes.push(Note::new("markup", row.line, "单元格里的网页标记已去掉，段落保留"));
    }
    if cut {
        notes.push(Note::new("cut", row.line, "这一行太长，超出的部分没有读"));
    }
    SheetRow { cells, line: row.line, of_table: false }
}

/// The text without the apostrophe that tells a spreadsheet that it is no formula.
fn harmless(text: &str) -> &str {
    let bare = text.strip_prefix('\'').filter(|bare| rows::is_formula(bare));
    bare.unwrap_or(text)
}

/// As much of a text as the budget allows.
fn bounded<'a>(text: &'a str, budget: &mut usize, cut: &mut bool) -> &'a str {
    let kept = labels::prefix(text, *budget);
    *cut |= kept.len() < text.len();
    *budget = if kept.len() < text.len() { 0 } else { *budget - kept.len() };
    kept
}

impl SheetRow {
    /// The text at a column; empty where there is no such cell.
    pub(super) fn text(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| &cell.text)
    }

    pub(super) fn is_continued(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.continued)
    }

    /// Columns and texts of the cells that are not empty.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.cells.iter().enumerate().map(|(at, cell)| (at, cell.text.as_str()));
        texts.filter(|(_, text)| !text.is_empty())
    }

    /// The filled cells that nothing consumed yet.
    pub(super) fn waiting(&self) -> impl Iterator<Item = (usize, &str)> {
        self.filled().filter(|(at, _)| !self.cells[*at].used)
    }

    pub(super) fn is_used(&self) -> bool {
        self.waiting().next().is_none()
    }

    /// Consumes a cell and answers with its text.
    pub(super) fn take(&mut self, at: usize) -> String {
        let Some(cell) = self.cells.get_mut(at) else { return String::new() };
        cell.used = true;
        cell.text.clone()
    }

    /// Consumes all cells.
    pub(super) fn take_all(&mut self) {
        for cell in &mut self.cells {
            cell.used = true;
        }
    }
}
