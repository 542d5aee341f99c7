//! A spreadsheet to fill in, for those who have not this program: drop-downs for classes,
//! operators and units, points added up while they are typed, everything but the cells to fill
//! protected (without a password). What is filled in is imported as any other spreadsheet.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, Formula,
    ProtectionOptions, Worksheet, XlsxError,
};

use super::xlsx::{bordered, dated, failed, height, lines, set_up_page, style, widths, write_text};
use crate::form::field::Field;
use crate::form::{Form, Indicator};
use crate::score::Scores;
use crate::vocabulary::number::plain;
use crate::vocabulary::{operator, taxonomy, unit};

/// The words before the sums, by which the import knows that they are not text.
pub(super) const SUMS: &str = "分值核对：";
/// Rows for indicators, beside those that are filled.
const SPARE: usize = 40;
/// The sheet of the lists.
pub(super) const LISTS: &str = "选项";
/// The row of the sums, which stays on the screen.
const SUM_ROW: u32 = 0;
/// The row of the head of the table.
const HEAD: u32 = 6;
const LAST: u16 = COLUMNS.len() as u16 - 1;

/// A column of the table.
struct Column {
    field: Field,
    head: &'static str,
    /// Its share of the width, in hundredths.
    width: usize,
    /// The list of its drop-down: a column of the sheet of lists.
    list: Option<u16>,
    /// What to type, said while the cell is chosen.
    hint: &'static str,
}

const fn column(
    field: Field,
    head: &'static str,
    width: usize,
    list: Option<u16>,
    hint: &'static str,
) -> Column {
    Column { field, head, width, list, hint }
}

const COLUMNS: &[Column] = &[
    column(Field::Level1, "一级指标", 8, Some(0), "从下拉列表里选。"),
    column(Field::Level2, "二级指标", 9, Some(1), "从下拉列表里选，要与一级指标相配。"),
    column(Field::Name, "三级指标", 14, None, "写清楚做什么，例如：农村道路巡查次数。"),
    column(Field::Operator, "指标类型", 6, Some(2), "从下拉列表里选：= ≥ ≤ > < 或 定性。"),
    column(Field::Value, "指标值", 7, None, "定量指标只写数字；定性指标写达到什么程度。"),
    column(Field::Unit, "计量单位", 6, Some(3), "从下拉列表里选，没有的可以自己写；定性指标不写。"),
    column(Field::Explanation, "指标解释", 17, None, "一句话说明算的是什么。"),
    column(
        Field::Rule,
        "评（扣）分标准",
        22,
        None,
        "写清楚怎么得分、怎么扣分，例如：达到目标值得2分，每少1次扣0.5分。",
    ),
    column(Field::Points, "分值", 5, None, "这条指标多少分，只写数字。"),
    column(Field::Remark, "备注", 6, None, "可以不填。"),
];

/// The file.
///
/// # Errors
/// As the printed spreadsheet.
pub(super) fn write(form: &Form) -> std::io::Result<Vec<u8>> {
    book(form).map_err(|error| failed(&error))
}

fn book(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = dated()?;
    let last = HEAD + (form.indicators.len() + SPARE) as u32;
    let sheet = book.add_worksheet();
    sheet.set_name("填写")?;
    set_up_page(sheet);
    sheet.set_repeat_rows(HEAD, HEAD)?.set_freeze_panes(SUM_ROW + 1, 0)?;
    for (at, width) in (0..).zip(widths(COLUMNS.iter().map(|column| column.width))) {
        sheet.set_column_width(at, width as f64)?;
    }
    let scores = Scores::of(form);
    sums(sheet, form, &scores, last)?;
    head(sheet, form)?;
    rows(sheet, form, &scores, last)?;
    foot(sheet, form, last + 1)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    let lengths = lists();
    let sheet = book.add_worksheet();
    sheet.set_name(LISTS)?.set_hidden(true);
    for (column, list) in (0..).zip(&lengths) {
        for (row, word) in (0..).zip(list) {
            sheet.write_string(row, column, *word)?;
        }
    }
    book.save_to_buffer()
}

/// The words of the drop-downs.
fn lists() -> [Vec<&'static str>; 4] {
    let is_current = |class: &&taxonomy::Level2| class.is_current();
    [
        taxonomy::all()
            .iter()
            .filter(|class| class.level2.iter().any(taxonomy::Level2::is_current))
            .map(|class| class.name)
            .collect(),
        taxonomy::all()
            .iter()
            .flat_map(|class| class.level2.iter().filter(is_current))
            .map(|class| class.name)
            .collect(),
        operator::all().iter().map(|info| info.sign).collect(),
        unit::all().iter().map(|unit| unit.name).collect(),
    ]
}

/// Sums by class and the whole, against the profile, as one line of text that counts itself.
fn sums(sheet: &mut Worksheet, form: &Form, scores: &Scores, last: u32) -> Result<(), XlsxError> {
    let profile = &scores.profile;
    let (first, last) = (HEAD + 2, last + 1);
    let points = (0..).zip(COLUMNS).find(|(_, column)| column.field == Field::Points).map_or(0, |(at, _)| at);
    let letter = char::from(b'A' + points);
    let mut formula =
        format!("=\"{SUMS}合计 \"&SUM(${letter}${first}:${letter}${last})&\" / {}\"", plain(profile.total));
    let sum = |is_of: &dyn Fn(&Indicator) -> bool| -> Decimal {
        let rows = form.indicators.iter().zip(&scores.rows).filter(|(row, _)| is_of(row));
        rows.filter_map(|(_, score)| score.points).sum()
    };
    let mut shown = format!("{SUMS}合计 {} / {}", plain(scores.total), plain(profile.total));
    for share in profile.shares.iter() {
        let names = share.classes.join("、");
        let parts = share.classes.iter().map(|class| {
            format!("SUMIF($A${first}:$A${last},\"{class}\",${letter}${first}:${letter}${last})")
        });
        let parts = parts.collect::<Vec<_>>().join("+");
        formula += &format!("&\"　　{names} \"&({parts})&\" / {}\"", plain(share.points));
        let typed = sum(&|row| share.classes.contains(&row.level1.as_str()));
        shown += &format!("　　{names} {} / {}", plain(typed), plain(share.points));
    }
    let format = style(10.0, "黑体").set_align(FormatAlign::Left).set_background_color("#EEEEEE");
    sheet.merge_range(SUM_ROW, 0, SUM_ROW, LAST, "", &format)?;
    sheet.write_formula_with_format(SUM_ROW, 0, Formula::new(formula).set_result(shown), &format)?;
    sheet.set_row_height(SUM_ROW, 20.0)?;
    Ok(())
}

/// Title, year, unit, long texts, and the head row.
fn head(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    let title = style(16.0, "黑体").set_align(FormatAlign::Center);
    write_text(sheet, (1, 1), (0, LAST), "部门（单位）整体支出绩效目标表", &title)?;
    sheet.set_row_height(1, 26.0)?;
    let about = [
        (Field::Year, "年度", 1),
        (Field::Agency, "部门（单位）名称", 1),
        (Field::Duties, "部门（单位）职责", 8),
        (Field::AnnualGoals, "年度履职目标", 8),
    ];
    let room: usize = widths(COLUMNS.iter().skip(2).map(|column| column.width)).iter().sum();
    for (row, (field, label, least)) in (2..).zip(about) {
        let text = form.text(field).map_or("", String::as_str);
        write_text(sheet, (row, row), (0, 1), label, &bordered("黑体", true))?;
        write_text(sheet, (row, row), (2, LAST), text, &open(false))?;
        sheet.set_row_height(row, height(lines(text, room).clamp(least, 32)))?;
    }
    for (at, column) in (0..).zip(COLUMNS) {
        write_text(sheet, (HEAD, HEAD), (at, at), column.head, &bordered("黑体", true))?;
    }
    sheet.set_row_height(HEAD, height(2))?;
    Ok(())
}

/// A cell to fill in.
fn open(centred: bool) -> Format {
    bordered("仿宋", centred).set_unlocked()
}

fn rows(sheet: &mut Worksheet, form: &Form, scores: &Scores, last: u32) -> Result<(), XlsxError> {
    let widths = widths(COLUMNS.iter().map(|column| column.width));
    let lists = lists();
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.add_data_validation(HEAD + 1, at, last, at, &validation(column, &lists)?)?;
        let centred = column.list.is_some() || matches!(column.field, Field::Value | Field::Points);
        // Points are numbers, so that they add up; everything else is text.
        let format = match column.field {
            Field::Points => open(true).set_num_format("General"),
            _ => open(centred),
        };
        for row in HEAD + 1..=last {
            let at_row = (row - HEAD - 1) as usize;
            let points = scores.rows.get(at_row).filter(|_| column.field == Field::Points);
            match points.and_then(|score| score.points) {
                Some(points) => drop(sheet.write_with_format(row, at, points, &format)?),
                None => write_text(sheet, (row, row), (at, at), text(form, row, column.field), &format)?,
            }
        }
    }
    for row in HEAD + 1..=last {
        let columns = COLUMNS.iter().zip(&widths);
        let most = columns.map(|(column, width)| lines(text(form, row, column.field), *width)).max();
        sheet.set_row_height(row, height(most.unwrap_or(1).clamp(2, 32)))?;
    }
    Ok(())
}

/// What stands in a row of the sheet; nothing in a spare one.
fn text(form: &Form, row: u32, field: Field) -> &str {
    let indicator = form.indicators.get((row - HEAD - 1) as usize);
    indicator.and_then(|indicator| indicator.text(field)).map_or("", String::as_str)
}

fn validation(column: &Column, lists: &[Vec<&'static str>; 4]) -> Result<DataValidation, XlsxError> {
    let mut rule = DataValidation::new().set_input_title(column.head)?.set_input_message(column.hint)?;
    rule = rule.set_error_title(column.head)?.set_error_style(DataValidationErrorStyle::Warning);
    match column.list {
        Some(list) => {
            let letter = char::from(b'A' + list as u8);
            let length = lists[usize::from(list)].len();
            let words = Formula::new(format!("={LISTS}!${letter}$1:${letter}${length}"));
            rule =
                rule.allow_list_formula(words).set_error_message("列表里没有这个词，请从下拉列表里选。")?;
            // A county may count in units that no list has.
            Ok(rule.show_error_message(column.field != Field::Unit))
        }
        None if column.field == Field::Points => {
            let points = DataValidationRule::Between(Formula::new("0"), Formula::new("100"));
            rule.allow_decimal_number_formula(points).set_error_message("分值只写数字，在0和100之间。")
        }
        None => Ok(rule.allow_any_value()),
    }
}

/// The sign-off.
fn foot(sheet: &mut Worksheet, form: &Form, row: u32) -> Result<(), XlsxError> {
    let lines = [
        [Field::BusinessReview, Field::PerformanceReview],
        [Field::PreparedBy, Field::Phone],
        [Field::PreparedOn, Field::Head],
    ];
    for (row, fields) in (row..).zip(lines) {
        for (column, field) in [0, 5].into_iter().zip(fields) {
            write_text(sheet, (row, row), (column, column + 1), field.label(), &bordered("黑体", true))?;
            let text = form.text(field).map_or("", String::as_str);
            let end = if column == 0 { 4 } else { LAST };
            write_text(sheet, (row, row), (column + 2, end), text, &open(false))?;
        }
        sheet.set_row_height(row, 22.0)?;
    }
    Ok(())
}
