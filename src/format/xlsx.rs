//! The printed form as a spreadsheet: A4 landscape, one page wide, the head row repeated.
//!
//! Every cell is text, so nothing in it is a formula. A row of a spreadsheet has a greatest
//! height, so what is higher stands in several merged ones.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::printed::Printed;
use crate::text::{Policy, visible_lines};

/// Width of all columns together: A4 landscape between margins of 12 mm, in characters.
const WIDTH: usize = 144;
/// Size of the text, in points.
const FONT: f64 = 9.0;
/// Height of a line of text, in points.
const LINE: f64 = 12.5;
/// The most lines in one row; a row is at most 409 points high.
const LINES: usize = 30;
/// How many columns the labels above the table take.
const LABEL: u16 = 2;
/// The most characters in a cell.
const CELL: usize = 32_767;

/// The file.
///
/// # Errors
/// A cell with more text than a spreadsheet holds; what the packer reports.
pub(super) fn write(printed: &Printed) -> std::io::Result<Vec<u8>> {
    book(printed).map_err(|error| failed(&error))
}

/// Why a spreadsheet cannot be written.
pub(super) fn failed(error: &XlsxError) -> std::io::Error {
    std::io::Error::other(match error {
        XlsxError::MaxStringLengthExceeded => {
            format!("有一格超过{CELL}字，Excel 放不下。请把它分成几格，或导出 Word 文件。")
        }
        error => error.to_string(),
    })
}

fn book(printed: &Printed) -> Result<Vec<u8>, XlsxError> {
    let mut book = dated()?;
    let sheet = book.add_worksheet();
    sheet.set_name("打印")?;
    set_up_page(sheet);
    let widths = widths(printed.columns.iter().map(|column| column.width));
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width as f64)?;
    }
    let mut page = Page { sheet, row: 0, widths };
    page.line(printed.title, &style(16.0, "黑体").set_align(FormatAlign::Center), 26.0)?;
    for line in &printed.under {
        page.line(line, &style(11.0, "仿宋").set_align(FormatAlign::Center), 18.0)?;
    }
    for (label, text) in &printed.about {
        page.about(label, text)?;
    }
    page.table(printed)?;
    for line in &printed.foot {
        page.line(&line.join("　　　　"), &style(10.5, "仿宋"), 22.0)?;
    }
    book.save_to_buffer()
}

/// A book that says a fixed time of itself: the same form gives the same bytes.
pub(super) fn dated() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let time = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&time));
    Ok(book)
}

/// A4 landscape, one page wide, page numbers.
pub(super) fn set_up_page(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.47, 0.47, 0.59, 0.59, 0.3, 0.3)
        .set_footer("&C第&P页　共&N页");
}

/// Widths in characters from shares in hundredths.
pub(super) fn widths(shares: impl Iterator<Item = usize>) -> Vec<usize> {
    shares.map(|share| WIDTH * share / 100).collect()
}

/// Lines that a text takes in a column of this width.
pub(super) fn lines(text: &str, width: usize) -> usize {
    // A column is measured in digits of 7 pixels; half a Chinese character takes 6 at this size.
    Policy::Narrow.wrap(text, (width * 7 / 6).saturating_sub(1).max(2)).len()
}

/// The height of a row of so many lines, in points.
pub(super) fn height(lines: usize) -> f64 {
    lines as f64 * LINE + 5.0
}

pub(super) fn style(size: f64, font: &str) -> Format {
    Format::new()
        .set_font_name(font)
        .set_font_size(size)
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// A bordered cell.
pub(super) fn bordered(font: &str, centred: bool) -> Format {
    let align = if centred { FormatAlign::Center } else { FormatAlign::Left };
    style(FONT, font).set_border(FormatBorder::Thin).set_align(align)
}

/// The sheet, written from above.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    widths: Vec<usize>,
}

impl Page<'_> {
    fn last_column(&self) -> u16 {
        self.widths.len() as u16 - 1
    }

    /// A line over the whole width.
    fn line(&mut self, text: &str, format: &Format, least: f64) -> Result<(), XlsxError> {
        let high = height(lines(text, WIDTH)).max(least);
        let last = self.last_column();
        self.cell((self.row, self.row), (0, last), text, format)?;
        self.sheet.set_row_height(self.row, high)?;
        self.row += 1;
        Ok(())
    }

    /// A label and its text beside it.
    fn about(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        let text_width: usize = self.widths[usize::from(LABEL)..].iter().sum();
        let rows = self.rows(lines(text, text_width).max(2))?;
        let last = self.last_column();
        self.cell(rows, (0, LABEL - 1), label, &bordered("黑体", true))?;
        self.cell(rows, (LABEL, last), text, &bordered("仿宋", false))
    }

    fn table(&mut self, printed: &Printed) -> Result<(), XlsxError> {
        let head = self.row;
        let heads = printed.columns.iter().zip(&self.widths);
        let high = heads.map(|(column, width)| lines(column.head, *width)).max().unwrap_or(1);
        let rows = self.rows(high)?;
        for (at, column) in (0..).zip(&printed.columns) {
            self.cell(rows, (at, at), column.head, &bordered("黑体", true))?;
        }
        self.sheet.set_repeat_rows(head, head)?;
        let mut placed = Vec::with_capacity(printed.rows.len());
        for cells in &printed.rows {
            // A class that covers several rows has room enough in them.
            let own = cells.iter().zip(&self.widths).filter(|(cell, _)| cell.rows == 1);
            let high = own.map(|(cell, width)| lines(&cell.text, *width)).max().unwrap_or(1);
            placed.push(self.rows(high)?);
        }
        for (row, cells) in printed.rows.iter().enumerate() {
            for (at, (column, cell)) in (0..).zip(printed.columns.iter().zip(cells)) {
                let Some(last) = (row + cell.rows).checked_sub(1).filter(|_| cell.rows > 0) else { continue };
                let rows = (placed[row].0, placed[last].1);
                self.cell(rows, (at, at), &cell.text, &bordered("仿宋", column.centred))?;
            }
        }
        Ok(())
    }

    /// Takes the rows that so many lines need: the first and the last.
    fn rows(&mut self, lines: usize) -> Result<(u32, u32), XlsxError> {
        let first = self.row;
        let mut left = lines;
        while left > 0 {
            self.sheet.set_row_height(self.row, height(left.min(LINES)))?;
            left -= left.min(LINES);
            self.row += 1;
        }
        Ok((first, self.row - 1))
    }

    fn cell(
        &mut self,
        rows: (u32, u32),
        columns: (u16, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        write_text(self.sheet, rows, columns, text, format)
    }
}

/// Writes a text into a cell, or into several that become one.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    rows: (u32, u32),
    columns: (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = visible_lines(text);
    if text.chars().count() > CELL {
        return Err(XlsxError::MaxStringLengthExceeded);
    }
    let is_one = rows.0 == rows.1 && columns.0 == columns.1;
    match (is_one, text.is_empty()) {
        (true, true) => sheet.write_blank(rows.0, columns.0, format)?,
        (true, false) => sheet.write_string_with_format(rows.0, columns.0, text, format)?,
        (false, _) => sheet.merge_range(rows.0, columns.0, rows.1, columns.1, &text, format)?,
    };
    Ok(())
}
