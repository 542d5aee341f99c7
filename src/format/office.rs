//! Files of office programs in: spreadsheets and documents, told apart by content, never by name.
//!
//! Nothing in them is trusted: a package is inflated within limits before anything reads it, and
//! [`crate::store::apart`] does all of it in a process of its own, because the libraries for the
//! binary formats can take all memory over a damaged file.
//!
//! What cannot be read is refused with the way to save it in a format that can.

mod old_word;
mod open_document;
mod package;
mod sheet;
mod word;
mod xml;

use super::recover::{Cell, Grid, MAX_COLUMNS, MAX_ROWS, Row};
use super::{Note, Refused, Source};
use package::Package;

/// What to do with a document that cannot be read.
const SAVE_AS_DOCX: &str = "请用 Word 或 WPS 打开，另存为 .docx 再导入。";
/// What to do with a spreadsheet that cannot be read.
const SAVE_AS_XLSX: &str = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。";

/// First bytes of files that are no text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "这是 PDF 文件，读不出表格。请用生成它的 Word 或 Excel 文件导入，或打开后全选、复制、粘贴。"),
    (b"{\\rtf", "这是 RTF 文件。请用 Word 或 WPS 打开，另存为 .docx 再导入。"),
    (b"\x89PNG", "这是图片，读不出文字。请用原来的 Word 或 Excel 文件导入。"),
    (b"\xff\xd8\xff", "这是图片，读不出文字。请用原来的 Word 或 Excel 文件导入。"),
    (b"Rar!", "这是压缩包。请先解压，再导入里面的文件。"),
    (b"7z\xbc\xaf", "这是压缩包。请先解压，再导入里面的文件。"),
];

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether these are the bytes of a packed or binary office file.
pub(super) fn is_office(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(OLE)
}

/// Why the bytes are known to be nothing that can be read.
pub(super) fn refusal(bytes: &[u8]) -> Option<Refused> {
    let known = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    known.map(|(_, message)| Refused((*message).to_owned()))
}

/// Reads an office file.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Refused> {
    match bytes.starts_with(ZIP) {
        true => packed(bytes),
        false => binary(bytes),
    }
}

fn refused<T>(message: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(message.into()))
}

fn packed(bytes: &[u8]) -> Result<Source, Refused> {
    let mut package = Package::open(bytes)?;
    if package.has("xl/workbook.bin") {
        return refused(format!("这是二进制的 .xlsb 文件。{SAVE_AS_XLSX}"));
    }
    if package.starts_with("xl/") {
        return sheet::xlsx(bytes);
    }
    if package.starts_with("word/") {
        return word::read(&mut package);
    }
    if package.has("content.xml") {
        return open_document::read(&mut package);
    }
    if package.starts_with("ppt/") {
        return refused("这是演示文稿，不是表格。请导入 Word 或 Excel 文件。");
    }
    refused("这是压缩包。请先解压，再导入里面的文件。")
}

/// The old container format; its streams are told by their names in the directory.
fn binary(bytes: &[u8]) -> Result<Source, Refused> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).step_by(2).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        return refused(
            "文件加了密码。请打开后去掉密码（另存为时的“工具—常规选项”，或“文件—文档加密”）再导入。",
        );
    }
    if has("WordDocument") {
        return old_word::read(bytes);
    }
    if has("Workbook") || has("Book") {
        return sheet::xls(bytes);
    }
    refused(format!("这是旧式的办公文件，读不出来。{SAVE_AS_DOCX}表格请另存为 .xlsx。"))
}

/// A grid that is filled cell by cell, within the limits of what is read.
#[derive(Default)]
struct Canvas {
    rows: Vec<Vec<Cell>>,
    /// Where something stood beyond the limits.
    cut: bool,
}

impl Canvas {
    /// Puts a text at a row and a column, counted from 0.
    fn put(&mut self, row: usize, column: usize, text: String) {
        if let Some(cell) = self.cell(row, column) {
            cell.text = text;
        } else if !text.trim().is_empty() {
            self.cut = true;
        }
    }

    /// Marks all but the first cell of a merged region as covered.
    fn merge(&mut self, row: usize, column: usize, rows: usize, columns: usize) {
        for at in row..row.saturating_add(rows).min(MAX_ROWS).min(self.rows.len()) {
            for column in column..column.saturating_add(columns).min(MAX_COLUMNS) {
                if let Some(cell) = self.cell(at, column) {
                    cell.continued = true;
                }
            }
        }
        if let Some(first) = self.cell(row, column) {
            first.continued = false;
        }
    }

    fn cell(&mut self, row: usize, column: usize) -> Option<&mut Cell> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return None;
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, Cell::default);
        }
        cells.get_mut(column)
    }

    /// The grid, without empty rows; rows keep their numbers.
    fn finish(self, notes: &mut Vec<Note>) -> Grid {
        if self.cut {
            let message = format!("表太大，{MAX_ROWS}行、{MAX_COLUMNS}列以外的没有读");
            notes.push(Note::new("cut", None, message));
        }
        let is_filled = |cells: &[Cell]| cells.iter().any(|cell| !cell.text.trim().is_empty());
        let rows = self.rows.into_iter().enumerate().filter(|(_, cells)| is_filled(cells));
        Grid { rows: rows.map(|(at, cells)| Row { cells, line: at + 1 }).collect() }
    }
}
