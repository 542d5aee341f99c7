//! OpenDocument in: spreadsheets a grid a sheet, texts as one grid.

use roxmltree::Node;

use super::super::recover::{Cell, Grid, MAX_COLUMNS, MAX_ROWS};
use super::super::{Note, Part, Refused, Source};
use super::package::Package;
use super::xml::{self, attribute, child, count, name};
use super::{Canvas, refused};

pub(super) fn read(package: &mut Package<'_>) -> Result<Source, Refused> {
    if package.text("META-INF/manifest.xml").is_ok_and(|text| text.contains("encryption-data")) {
        return refused("文件加了密码。请去掉密码再导入。");
    }
    let text = package.text("content.xml")?;
    let document = xml::parse(&text)?;
    let body = child(document.root_element(), "body");
    let mut notes = Vec::new();
    let parts = match body.and_then(|body| child(body, "spreadsheet")) {
        Some(book) => sheets(book, &mut notes),
        None => match body.and_then(|body| child(body, "text")) {
            Some(text) => vec![Part { name: None, grid: prose(text, &mut notes) }],
            None => return refused("这不是文字文件，也不是表格。请导入 Word 或 Excel 文件。"),
        },
    };
    Ok(Source { parts, notes })
}

fn sheets(book: Node<'_, '_>, notes: &mut Vec<Note>) -> Vec<Part> {
    let tables = book.children().filter(|node| name(*node) == "table");
    let part = |table: Node<'_, '_>| {
        let mut canvas = Canvas::default();
        lay_out(table, 0, &mut canvas);
        let name = attribute(table, "name").map(str::to_owned);
        Part { name, grid: canvas.finish(notes) }
    };
    tables.map(part).collect()
}

/// Paragraphs and tables of a text, in its order.
fn prose(node: Node<'_, '_>, notes: &mut Vec<Note>) -> Grid {
    let mut canvas = Canvas::default();
    blocks(node, &mut canvas);
    canvas.finish(notes)
}

fn blocks(node: Node<'_, '_>, canvas: &mut Canvas) {
    for child in node.children().filter(|child| child.is_element()) {
        let row = canvas.rows.len();
        match name(child) {
            "p" | "h" => canvas.put(row, 0, paragraph(child)),
            "table" => {
                lay_out(child, row, canvas);
            }
            "tracked-changes" | "forms" | "sequence-decls" => {}
            _ => blocks(child, canvas),
        }
    }
}

/// Lays a table out from this row of the canvas on; answers with the row below it.
fn lay_out(table: Node<'_, '_>, start: usize, canvas: &mut Canvas) -> usize {
    let mut at = start;
    let mut merges = Vec::new();
    for row in rows(table) {
        let is_empty = content(row).trim().is_empty();
        // Spreadsheets end with a million empty rows that are one repeated row.
        let end = at.saturating_add(count(row, "number-rows-repeated").max(1));
        if is_empty {
            lay_row(row, at, canvas, &mut merges);
            at = end;
            continue;
        }
        canvas.cut |= end > MAX_ROWS;
        for at in at..end.min(MAX_ROWS) {
            lay_row(row, at, canvas, &mut merges);
        }
        at = end;
    }
    for (row, column, down, right) in merges {
        canvas.merge(row, column, down, right);
    }
    at
}

/// Row, column, rows and columns of a merged region.
type Merge = (usize, usize, usize, usize);

fn lay_row(row: Node<'_, '_>, at: usize, canvas: &mut Canvas, merges: &mut Vec<Merge>) {
    let mut column = 0_usize;
    for cell in row.children().filter(|cell| matches!(name(*cell), "table-cell" | "covered-table-cell")) {
        let end = column.saturating_add(count(cell, "number-columns-repeated").max(1));
        let text = content(cell);
        if name(cell) == "covered-table-cell" {
            for column in column..end.min(MAX_COLUMNS) {
                canvas.cell(at, column).into_iter().for_each(|cell| *cell = Cell::covered());
            }
        } else if !text.is_empty() {
            (column..end.min(MAX_COLUMNS + 1)).for_each(|column| canvas.put(at, column, text.clone()));
        }
        let (down, right) = (count(cell, "number-rows-spanned"), count(cell, "number-columns-spanned"));
        if down > 1 || right > 1 {
            merges.push((at, column, down, right));
        }
        column = end;
    }
}

/// Rows of a table, through groups and head rows.
fn rows<'a, 'input>(table: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let mut found = Vec::new();
    for child in table.children() {
        match name(child) {
            "table-row" => found.push(child),
            "table-header-rows" | "table-rows" | "table-row-group" => found.extend(rows(child)),
            _ => {}
        }
    }
    found
}

/// What a cell shows, paragraph by paragraph; a table in it as its text.
fn content(cell: Node<'_, '_>) -> String {
    let mut lines = Vec::new();
    gather(cell, &mut lines);
    lines.join("\n")
}

fn gather(node: Node<'_, '_>, lines: &mut Vec<String>) {
    for child in node.children() {
        match name(child) {
            "p" | "h" => lines.push(paragraph(child)),
            "annotation" => {}
            _ => gather(child, lines),
        }
    }
}

fn paragraph(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    inline(node, &mut text);
    text
}

fn inline(node: Node<'_, '_>, out: &mut String) {
    for child in node.children() {
        match name(child) {
            "" if child.is_text() => out.push_str(child.text().unwrap_or_default()),
            "s" => out.extend(std::iter::repeat_n(' ', count(child, "c").min(100))),
            "tab" => out.push(' '),
            "line-break" => out.push('\n'),
            "annotation" | "note" => {}
            _ => inline(child, out),
        }
    }
}
