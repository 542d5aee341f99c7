//! Documents of the old binary format in, `.doc` and the `.wps` that are the same within.
//!
//! Their library tells no merged cells of every program; an empty class cell is then filled from
//! above like any other.

use undoc::model::{Block, Table};

use super::super::recover::{Cell, Grid, MAX_ROWS, Row};
use super::super::spans::Spans;
use super::super::{Note, Part, Refused, Source};
use super::{SAVE_AS_DOCX, refused};

pub(super) fn read(bytes: &[u8]) -> Result<Source, Refused> {
    let Ok(document) = undoc::parse_bytes(bytes) else {
        return refused(format!("这个 .doc 或 .wps 文件读不出来。{SAVE_AS_DOCX}"));
    };
    let mut rows = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.content) {
        match block {
            Block::Paragraph(paragraph) => {
                let text = paragraph.plain_text();
                text.split('\n').for_each(|line| rows.push(vec![Cell::new(line)]));
            }
            Block::Table(table) => lay_out(table, &mut rows),
            _ => {}
        }
    }
    let mut notes = Vec::new();
    if rows.len() > MAX_ROWS {
        rows.truncate(MAX_ROWS);
        notes.push(Note::new("cut", None, format!("文件太长，第{MAX_ROWS}行以后没有读")));
    }
    let rows = rows.into_iter().enumerate().map(|(at, cells)| Row { cells, line: at + 1 }).collect();
    Ok(Source { parts: vec![Part { name: None, grid: Grid { rows } }], notes })
}

fn lay_out(table: &Table, rows: &mut Vec<Vec<Cell>>) {
    let mut spans = Spans::new();
    for row in &table.rows {
        let cell = |cell: &undoc::model::Cell| {
            (cell.plain_text().trim().to_owned(), cell.row_span as usize, cell.col_span as usize)
        };
        rows.push(spans.row(row.cells.iter().map(cell)));
        row.cells.iter().flat_map(|cell| &cell.nested_tables).for_each(|table| lay_out(table, rows));
    }
}
