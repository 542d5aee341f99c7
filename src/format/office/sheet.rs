//! Spreadsheets of Excel and WPS in: a grid a sheet, cells as they are shown.

use std::io::Cursor;

use calamine::{Data, Dimensions, ExcelDateTime, Reader, SheetVisible, Xls, Xlsx};
use rust_decimal::Decimal;

use super::super::fill_in;
use super::super::{Note, Part, Refused, Source};
use super::{Canvas, MAX_ROWS, SAVE_AS_XLSX, refused};

/// Reads an `.xlsx`, whose package is known to be within limits.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Source, Refused> {
    let mut book = Xlsx::new(Cursor::new(bytes)).or_else(|error| damaged(&error))?;
    let mut notes = Vec::new();
    let mut parts = Vec::new();
    for name in shown_sheets(book.sheets_metadata(), &mut notes) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut canvas = Canvas::default();
        let mut cells = book.worksheet_cells_reader(&name).or_else(|error| damaged(&error))?;
        while let Some((cell, style)) = cells.next_cell_with_style_id().or_else(|error| damaged(&error))? {
            let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
            let code = format.map_or("", |format| format.format_code.as_str());
            let (row, column) = cell.get_position();
            canvas.put(row as usize, column as usize, shown(&Data::from(cell.get_value().clone()), code));
            if row as usize > MAX_ROWS {
                break;
            }
        }
        merge(&mut canvas, &merges);
        parts.push(Part { name: Some(name), grid: canvas.finish(&mut notes) });
    }
    Ok(Source { parts, notes })
}

/// Reads an `.xls` or an `.et` that is one. Its numbers come without their formats: 95% is 0.95,
/// and a note says so.
pub(super) fn xls(bytes: &[u8]) -> Result<Source, Refused> {
    let mut book = Xls::new(Cursor::new(bytes)).or_else(|error| damaged(&error))?;
    let mut notes = Vec::new();
    let mut parts = Vec::new();
    let mut fractions = 0;
    for name in shown_sheets(book.sheets_metadata(), &mut notes) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = book.worksheet_range(&name).or_else(|error| damaged(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut canvas = Canvas::default();
        for (row, column, value) in range.used_cells() {
            fractions += usize::from(
                matches!(value, Data::Float(number) if (0.0..=1.0).contains(number) && number.fract() != 0.0),
            );
            canvas.put(row + top as usize, column + left as usize, shown(value, ""));
        }
        merge(&mut canvas, &merges);
        parts.push(Part { name: Some(name), grid: canvas.finish(&mut notes) });
    }
    if fractions > 0 {
        let message = format!(
            "旧式 .xls 的百分数读出来是小数（95%是0.95），有{fractions}处，请核对；另存为 .xlsx 再导入就不会"
        );
        notes.push(Note::new("percent-lost", None, message));
    }
    Ok(Source { parts, notes })
}

fn damaged<T>(error: &dyn std::error::Error) -> Result<T, Refused> {
    match error.to_string().to_lowercase().contains("password") {
        true => refused("文件加了密码。请去掉密码再导入。"),
        false => refused(format!("表格文件坏了，读不出来。{SAVE_AS_XLSX}")),
    }
}

/// The names of the sheets that a person sees; hidden ones hold lists for drop-downs and the like.
fn shown_sheets(sheets: &[calamine::Sheet], notes: &mut Vec<Note>) -> Vec<String> {
    let (shown, mut hidden): (Vec<_>, Vec<_>) =
        sheets.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
    hidden.retain(|sheet| sheet.name != fill_in::LISTS);
    if !hidden.is_empty() {
        let names: Vec<&str> = hidden.iter().map(|sheet| sheet.name.as_str()).collect();
        notes.push(Note::new("sheet-hidden", None, format!("隐藏的工作表没有读：{}", names.join("、"))));
    }
    shown.into_iter().map(|sheet| sheet.name.clone()).collect()
}

fn merge(canvas: &mut Canvas, merges: &[Dimensions]) {
    for region in merges {
        let (row, column) = (region.start.0 as usize, region.start.1 as usize);
        let end = (region.end.0 as usize, region.end.1 as usize);
        canvas.merge(row, column, end.0.saturating_sub(row) + 1, end.1.saturating_sub(column) + 1);
    }
}

/// A value as the sheet shows it: numbers with the percent sign and the words of their format,
/// dates as Chinese dates.
fn shown(value: &Data, format: &str) -> String {
    match value {
        Data::Float(number) => formatted(&number.to_string(), format),
        Data::Int(number) => formatted(&number.to_string(), format),
        Data::String(text) => text.clone(),
        Data::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        Data::DateTime(date) => dated(*date, format),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number with what its format puts before and behind it.
fn formatted(number: &str, format: &str) -> String {
    let section = format.split(';').next().unwrap_or_default();
    let (before, after, is_percent) = literals(section);
    let number = match number.parse::<Decimal>() {
        Ok(value) if is_percent => {
            value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value).normalize().to_string()
        }
        _ => number.to_owned(),
    };
    format!("{before}{number}{after}")
}

/// The words of a number format before and behind the digits, and whether it counts in hundredths.
fn literals(section: &str) -> (String, String, bool) {
    let (mut before, mut after) = (String::new(), String::new());
    let mut is_percent = false;
    let mut digits_seen = false;
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        let side = if digits_seen { &mut after } else { &mut before };
        match c {
            '"' => side.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' => side.extend(chars.next()),
            '_' | '*' => drop(chars.next()),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '%' => {
                is_percent = true;
                side.push('%');
            }
            '0' | '#' | '?' => digits_seen = true,
            c if !c.is_ascii() => side.push(c),
            _ => {}
        }
    }
    (before.trim().to_owned(), after.trim().to_owned(), is_percent)
}

/// A date; a format without a day has none, and a time of day stands only where there is one.
fn dated(date: ExcelDateTime, format: &str) -> String {
    if !date.is_datetime() {
        return date.to_string();
    }
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    let has_day = format.is_empty() || format.contains(['d', 'D']) || !format.contains(['m', 'M']);
    let day = if has_day { format!("{day}日") } else { String::new() };
    let time = if (hour, minute) == (0, 0) { String::new() } else { format!(" {hour}:{minute:02}") };
    format!("{year}年{month}月{day}{time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_the_sheet_shows_them() {
        for (number, format, expected) in [
            ("48", "General", "48"),
            ("0.95", "0%", "95%"),
            ("0.957", "0.00%", "95.7%"),
            ("28.8", "#,##0.00", "28.8"),
            ("12", "0\"次\"", "12次"),
            ("95", "\"≥\"0;-0", "≥95"),
            ("3", "[$¥-804]0.00_ ", "3"),
            ("7", "0天", "7天"),
        ] {
            assert_eq!(formatted(number, format), expected, "{format}");
        }
    }
}
