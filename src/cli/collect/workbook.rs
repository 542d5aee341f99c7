//! The summary as a spreadsheet: sums, units by what needs attention, all indicators. Numbers are
//! numbers, everything else is text and no formula.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::summary::{Figures, Summary};
use crate::format::rows;
use crate::text::visible_lines;
use crate::vocabulary::number::plain;

/// The most characters in a cell.
const CELL: usize = 32_767;
/// The most rows of a sheet beside its head.
const ROWS: usize = 1_048_575;

/// The spreadsheet while units come in; the sheet of indicators is on the disk.
pub(super) struct Book {
    book: Workbook,
    rows: usize,
}

impl Book {
    pub(super) fn begin() -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        // The same forms make the same file.
        let date = ExcelDateTime::from_ymd(2026, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&date));
        book.add_worksheet().set_name("汇总")?;
        book.add_worksheet().set_name("单位")?;
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name("指标")?;
        let head = std::iter::once("文件").chain(rows::columns().into_iter().map(|(_, label)| label));
        let head: Vec<String> = head.chain(["问题"]).map(str::to_owned).collect();
        set_up(sheet, &head)?;
        Ok(Self { book, rows: 0 })
    }

    /// Adds the rows of a unit; those that the sheet cannot hold are counted and not written.
    pub(super) fn add(&mut self, cells: &[Vec<String>]) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_name("指标")?;
        for row in cells {
            if self.rows < ROWS {
                self.rows += 1;
                for (column, text) in (0..).zip(row) {
                    put(sheet, self.rows as u32, column, text)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self, summary: &Summary) -> Result<Vec<u8>, XlsxError> {
        overview(self.book.worksheet_from_name("汇总")?, summary)?;
        units(self.book.worksheet_from_name("单位")?, summary)?;
        let sheet = self.book.worksheet_from_name("指标")?;
        let columns = rows::columns().len() as u16 + 1;
        sheet.autofilter(0, 0, self.rows as u32, columns)?;
        self.book.save_to_buffer()
    }
}

fn bold() -> Format {
    Format::new().set_bold().set_border(FormatBorder::Thin).set_background_color("#E8EEF4")
}

/// A head that stays in view and is repeated on each page.
fn set_up(sheet: &mut Worksheet, head: &[String]) -> Result<(), XlsxError> {
    let style = bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (column, text) in (0..).zip(head) {
        let width = text.chars().count() as f64 * 2.0 + 3.0;
        sheet.set_column_width(column, width.clamp(8.0, 26.0))?;
        sheet.write_string_with_format(0, column, text, &style)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A number where the text is one as a spreadsheet writes it, else text.
fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    let is_plain = |number: &Decimal| plain(*number) == text && text.len() <= 15;
    match text.parse::<Decimal>().ok().filter(is_plain) {
        Some(number) => sheet.write(row, column, number)?,
        None => {
            let shown = visible_lines(text);
            let end = shown.char_indices().nth(CELL).map_or(shown.len(), |(end, _)| end);
            sheet.write_string(row, column, &shown[..end])?
        }
    };
    Ok(())
}

fn overview(sheet: &mut Worksheet, summary: &Summary) -> Result<(), XlsxError> {
    let (head, title) = (bold(), Format::new().set_bold().set_font_size(16));
    sheet
        .set_column_width(0, 26)?
        .set_column_width(1, 12)?
        .set_column_width(2, 12)?
        .set_column_width(3, 44)?;
    sheet.write_string_with_format(0, 0, "部门整体支出绩效目标汇总", &title)?;
    let sum = |count: fn(&Figures) -> usize| summary.units.iter().map(count).sum::<usize>().to_string();
    let mut row = 2;
    let mut line =
        |sheet: &mut Worksheet, cells: &[&str], format: Option<&Format>| -> Result<(), XlsxError> {
            for (column, text) in (0..).zip(cells) {
                match format {
                    Some(format) => drop(sheet.write_string_with_format(row, column, *text, format)?),
                    None => put(sheet, row, column, text)?,
                }
            }
            row += 1;
            Ok(())
        };
    let rate = summary.mean_rate().map_or("—".into(), |rate| format!("{}%", plain(rate)));
    for (label, value) in [
        ("单位", summary.units.len().to_string()),
        ("要看的单位（有错误或分值不对）", summary.attention().to_string()),
        ("没有汇总的文件", summary.faults.len().to_string()),
        ("指标", sum(|unit| unit.indicators)),
        ("错误", sum(|unit| unit.found[0])),
        ("警告", sum(|unit| unit.found[1])),
        ("建议", sum(|unit| unit.found[2])),
        ("平均预算执行率", rate),
    ] {
        line(sheet, &[label, &value], None)?;
    }
    line(sheet, &[""], None)?;
    line(sheet, &["各类分值", "合计", "应有", "对不上的单位"], Some(&head))?;
    for name in summary.classes() {
        let own = || summary.units.iter().flat_map(|unit| &unit.classes).filter(|(class, ..)| *class == name);
        let points: Decimal = own().map(|(_, points, _)| points).sum();
        let expected: Decimal = own().filter_map(|(_, _, expected)| *expected).sum();
        let off = own().filter(|(_, points, expected)| expected.is_some_and(|expected| expected != *points));
        let shown = if name.is_empty() { "未分类" } else { &name };
        line(sheet, &[shown, &plain(points), &plain(expected), &off.count().to_string()], None)?;
    }
    line(sheet, &[""], None)?;
    line(sheet, &["等级", "单位数"], Some(&head))?;
    for (grade, count) in summary.grades() {
        line(sheet, &[grade, &count.to_string()], None)?;
    }
    line(sheet, &[""], None)?;
    line(sheet, &["问题", "次数", "单位数", "是什么"], Some(&head))?;
    for (code, count, units, title) in summary.codes() {
        line(sheet, &[code, &count.to_string(), &units.to_string(), title], None)?;
    }
    if !summary.faults.is_empty() {
        line(sheet, &[""], None)?;
        line(sheet, &["没有汇总的文件", "", "", "原因"], Some(&head))?;
        for (path, reason) in &summary.faults {
            line(sheet, &[path, "", "", reason], None)?;
        }
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn units(sheet: &mut Worksheet, summary: &Summary) -> Result<(), XlsxError> {
    let classes = summary.classes();
    let mut head: Vec<String> =
        ["单位", "年度", "要看", "错误", "警告", "建议", "指标数", "分值合计", "应有分值"]
            .map(str::to_owned)
            .into();
    head.extend(classes.iter().map(|name| if name.is_empty() { "未分类".into() } else { name.clone() }));
    head.extend(["执行率（%）", "已算出得分", "等级", "文件", "问题"].map(str::to_owned));
    set_up(sheet, &head)?;
    sheet.set_column_width(0, 26)?.set_column_width(head.len() as u16 - 1, 44)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let red = Format::new().set_font_color("#B00020").set_bold();
    for (row, unit) in (1..).zip(&summary.units) {
        let points = |name: &String| {
            unit.classes
                .iter()
                .find(|(own, ..)| own == name)
                .map_or(String::new(), |(_, points, _)| plain(*points))
        };
        let mut cells = vec![unit.name().to_owned(), unit.year.clone()];
        cells.push(if unit.needs_attention() { "要看".into() } else { String::new() });
        cells.extend(unit.found.map(|count| count.to_string()));
        cells.extend([unit.indicators.to_string(), plain(unit.total), plain(unit.expected)]);
        cells.extend(classes.iter().map(points));
        cells.extend([unit.rate.map(plain).unwrap_or_default(), plain(unit.achieved)]);
        cells.push(unit.grade.unwrap_or_default().to_owned());
        cells.push(unit.path.clone());
        let codes = unit.codes.iter().map(|(code, count)| format!("{code}×{count}"));
        cells.push(codes.collect::<Vec<_>>().join(" "));
        for (column, text) in (0..).zip(&cells) {
            put(sheet, row, column, text)?;
        }
        if let Some(codes) = cells.last() {
            sheet.write_string_with_format(row, cells.len() as u16 - 1, codes, &wrapped)?;
        }
        if unit.needs_attention() {
            sheet.write_string_with_format(row, 2, "要看", &red)?;
        }
    }
    let below = summary.units.len() as u32 + 1;
    for (row, (path, reason)) in (below..).zip(&summary.faults) {
        sheet.write_string_with_format(row, 0, "没有汇总", &red)?;
        put(sheet, row, 1, reason)?;
        put(sheet, row, head.len() as u16 - 2, path)?;
    }
    sheet.autofilter(0, 0, below - 1, head.len() as u16 - 1)?;
    Ok(())
}
