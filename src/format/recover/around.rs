//! What stands around the table: title, year, unit, long texts, budget, sign-off.

use super::super::fill_in;
use super::heading::{is_title, is_year_line, names_a_unit, unit_in_title, year_of};
use super::labels::{self, Label};
use super::row::Draft;
use super::sheet::{Sheet, SheetRow};
use super::{Note, excerpt};
use crate::form::{Form, field::Field};
use crate::text;
use crate::vocabulary::{number, unit};

/// The form while its own fields are collected.
#[derive(Default)]
struct Around {
    form: Form,
    /// The field that loose lines below belong to.
    pending: Option<Field>,
    /// Columns of amounts, from a head row of the budget block.
    amounts: Vec<(usize, Field)>,
    /// Column of 预期目标 under the annual goals.
    goal_column: Option<usize>,
    /// Line of an empty cell for the unit's name.
    empty_agency: Option<usize>,
    /// Row above the table that names a unit.
    heading: Option<usize>,
    /// The unit named in the title, with its line.
    titled: Option<(String, usize)>,
    notes: Vec<Note>,
}

/// Reads everything but the indicator rows, which begin at `first_row`.
pub(super) fn read(sheet: &mut Sheet, first_row: usize, notes: &mut Vec<Note>) -> Form {
    let mut around = Around::default();
    for (at, row) in sheet.rows.iter_mut().enumerate() {
        if row.filled().next().is_some() {
            around.row(row, at, at < first_row);
        }
    }
    around.agency(sheet);
    notes.append(&mut around.notes);
    around.form
}

/// Takes over what every row repeats of the form; a row that says otherwise is noted.
pub(super) fn repeated(form: &mut Form, draft: &Draft, notes: &mut Vec<Note>) {
    for (field, typed) in &draft.repeated {
        let own = form.text(*field).cloned().unwrap_or_default();
        if own.is_empty() {
            form.set_while_reading(*field, shaped(*field, typed));
        } else if own != *typed {
            let label = field.label();
            let message = format!("{label}“{}”与前面的“{}”不同，没有带入", excerpt(typed), excerpt(&own));
            notes.push(Note::new("left-out", draft.provenance.line, message));
        }
    }
}

/// Whether a row can only stand at the head of a form.
pub(super) fn starts_a_form(row: &SheetRow) -> bool {
    row.filled()
        .next()
        .is_some_and(|(_, text)| is_title(text) || labels::exact(text) == Some(Label::Of(Field::Agency)))
}

impl Around {
    fn row(&mut self, row: &mut SheetRow, at: usize, above_table: bool) {
        if row.of_table || row.is_used() {
            self.pending = None;
            self.goal_column = None;
            self.amounts.clear();
        } else if self.budget_head(row) || self.budget_row(row) {
            self.pending = None;
        } else if row.filled().count() == 1 && self.goal_column.is_none() {
            self.line(row, at, above_table);
        } else {
            self.cells(row);
        }
    }

    /// A row of one text.
    fn line(&mut self, row: &mut SheetRow, at: usize, above_table: bool) {
        let Some((column, text)) = row.waiting().next().map(|(column, text)| (column, text.to_owned()))
        else {
            return;
        };
        // The sums of a form to fill in are counted, not typed.
        let is_read = text.starts_with(fill_in::SUMS)
            || self.labelled(row, column, &text)
            || self.title(&text, row.line)
            || self.loose(&text, row.line);
        if is_read {
            row.take(column);
        } else if above_table && names_a_unit(&text) {
            self.heading = Some(at);
        }
    }

    /// A row of several cells: labels, each with the cell after it.
    fn cells(&mut self, row: &mut SheetRow) {
        let goal_column = self.goal_column.take();
        let columns: Vec<usize> = row.waiting().map(|(column, _)| column).collect();
        for column in columns {
            let text = match row.waiting().any(|(waiting, _)| waiting == column) {
                true => row.text(column).to_owned(),
                false => continue,
            };
            let is_goal = goal_column == Some(column) && labels::exact(&text).is_none();
            if is_goal {
                self.put(Label::Goal, &text, row.line);
            }
            if is_goal || self.labelled(row, column, &text) || self.title(&text, row.line) {
                row.take(column);
            }
        }
    }

    /// Reads a cell that is a label or begins with one.
    fn labelled(&mut self, row: &mut SheetRow, column: usize, text: &str) -> bool {
        if let Some(label) = labels::exact(text) {
            row.take(column);
            let value = value_after(row, column);
            if label == Label::Goal && value.is_empty() {
                self.goal_column = Some(column);
            }
            self.put(label, &value, row.line);
            return true;
        }
        let Some(inline) = labels::inline(text) else { return false };
        if !inline.before.is_empty() {
            self.leave_out(&inline.before, row.line);
        }
        row.take(column);
        for (label, mut value) in inline.parts {
            if value.is_empty() {
                value = value_after(row, column);
            }
            self.put(label, &value, row.line);
        }
        true
    }

    fn put(&mut self, label: Label, value: &str, line: usize) {
        match label {
            Label::Unit => self.unit(value, line),
            Label::Outcome => self.leave_out(value, line),
            _ => {
                let Some(field) = label.field() else { return };
                self.pending = (label.is_long() || value.is_empty()).then_some(field);
                if label == Label::Total && !value.is_empty() {
                    let message = format!("资金总额“{}”作为年初预算数，请核对", excerpt(value));
                    self.notes.push(Note::new("budget-guess", line, message));
                }
                self.set(field, &as_amount(label, value), line);
            }
        }
    }

    fn set(&mut self, field: Field, value: &str, line: usize) {
        let own = self.form.text(field).map_or("", String::as_str);
        match (own.is_empty(), value.is_empty()) {
            (_, true) if field == Field::Agency => self.empty_agency = self.empty_agency.or(Some(line)),
            (_, true) => {}
            (true, false) if field == Field::Agency => self.set_agency(value, line),
            (true, false) => self.form.set_while_reading(field, shaped(field, value)),
            (false, false) if own == value => {}
            (false, false) => self.leave_out(value, line),
        }
    }

    /// The unit's name without the code that budget systems put before it.
    fn set_agency(&mut self, value: &str, line: usize) {
        let typed = shaped(Field::Agency, value);
        let seal = ["（盖章）", "(盖章)", "（公章）", "(公章)"];
        let stripped = seal
            .iter()
            .fold(typed.as_str(), |name, seal| name.trim_start_matches(seal).trim_end_matches(seal));
        let value = if stripped.is_empty() { typed.clone() } else { stripped.trim().to_owned() };
        if value != typed {
            self.notes.push(Note::new("normalised", line, format!("单位名称“{typed}”里的“盖章”字样已去掉")));
        }
        let code = value.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits >= 3);
        let name =
            code.and_then(|digits| value[digits..].strip_prefix(['-', '_', ' ', '－', '—'])).map(str::trim);
        if name.is_some() {
            self.notes.push(Note::new("normalised", line, format!("单位名称“{value}”前面的编码已去掉")));
        }
        self.form.agency = name.unwrap_or(&value).to_owned();
    }

    fn leave_out(&mut self, text: &str, line: usize) {
        if !text.is_empty() {
            self.notes.push(Note::new("left-out", line, format!("没有带入：“{}”", excerpt(text))));
        }
    }

    /// 单位：万元 speaks of money, 单位：某局 of the form's owner.
    fn unit(&mut self, value: &str, line: usize) {
        match text::compact(value).as_ref() {
            "万元" | "" => {}
            "元" | "千元" | "亿元" => {
                let message = format!("金额单位是{value}，程序按万元计，请核对金额");
                self.notes.push(Note::new("money-unit", line, message));
            }
            _ if names_a_unit(value) => self.set(Field::Agency, value, line),
            _ => self.leave_out(value, line),
        }
    }

    /// The title and the line of the year.
    fn title(&mut self, text: &str, line: usize) -> bool {
        let year = year_of(text);
        let is_title = is_title(text);
        let is_year = year.is_some() && is_year_line(text);
        if !is_title && !is_year {
            return false;
        }
        if let Some(year) = year {
            self.set(Field::Year, &year, line);
        }
        if is_title && let Some(name) = unit_in_title(text) {
            self.titled.get_or_insert((name, line));
        }
        self.pending = None;
        true
    }

    /// A line without a label below one with a label.
    fn loose(&mut self, text: &str, line: usize) -> bool {
        let Some(field) = self.pending else { return false };
        if !may_follow(field, text) {
            self.pending = None;
            return false;
        }
        let own = self.form.text(field).cloned().unwrap_or_default();
        if !field.info().kind.is_multi_line() {
            self.pending = None;
            self.set(field, text, line);
            return own.is_empty();
        }
        let joined = if own.is_empty() { text.to_owned() } else { format!("{own}\n{text}") };
        self.form.set_while_reading(field, joined);
        let label = field.label();
        self.notes.push(Note::new("joined-lines", line, format!("这一行并入“{label}”：“{}”", excerpt(text))));
        true
    }

    /// 年初预算数, 全年预算数, 全年执行数 as heads of columns.
    fn budget_head(&mut self, row: &mut SheetRow) -> bool {
        let amounts: Vec<(usize, Field)> =
            row.waiting().filter_map(|(at, text)| Some((at, amount_field(text)?))).collect();
        let has_numbers = row.waiting().any(|(_, text)| number::parse(text).is_ok());
        if amounts.len() < 2 || has_numbers {
            return false;
        }
        let heads: Vec<usize> =
            row.waiting().filter(|(_, text)| is_budget_word(text)).map(|(at, _)| at).collect();
        for at in heads {
            row.take(at);
        }
        self.amounts = amounts;
        true
    }

    /// The row of the whole under such heads.
    fn budget_row(&mut self, row: &mut SheetRow) -> bool {
        let is_total = |text: &str| {
            labels::exact(text) == Some(Label::Total)
                || matches!(text::compact(text).as_ref(), "合计" | "总计")
        };
        let Some(label) = row.waiting().find(|(_, text)| is_total(text)).map(|(at, _)| at) else {
            return false;
        };
        if self.amounts.is_empty() {
            return false;
        }
        row.take(label);
        for (at, field) in std::mem::take(&mut self.amounts) {
            let value = row.take(at);
            self.set(field, &as_amount(Label::Total, &value), row.line);
        }
        true
    }

    /// The unit's name from above the table, where its cell is empty or missing.
    fn agency(&mut self, sheet: &mut Sheet) {
        if let Some(row) = self.heading.and_then(|at| sheet.rows.get_mut(at)) {
            let (line, name) = (row.line, row.filled().map(|(_, text)| text).collect::<String>());
            if self.form.agency.is_empty() || self.form.agency == name {
                row.take_all();
            }
            return self.agency_from("agency-from-heading", &name, line, "表上方");
        }
        if let Some((name, line)) = self.titled.take() {
            self.agency_from("agency-from-title", &name, line, "标题");
        }
    }

    fn agency_from(&mut self, code: &'static str, name: &str, line: usize, place: &str) {
        if !self.form.agency.is_empty() {
            return;
        }
        let cell = if self.empty_agency.is_some() { "是空的" } else { "没有找到" };
        let message = format!("“部门（单位）名称”一格{cell}，单位名称取自{place}第{line}行：“{name}”");
        self.notes.push(Note::new(code, line, message));
        self.form.agency = name.to_owned();
    }
}

/// Whether a line without a label may be the text of the label above it.
fn may_follow(field: Field, text: &str) -> bool {
    const SHORT: usize = 20;
    let remark = ["注：", "注:", "备注：", "说明：", "填表说明"].iter().any(|word| text.starts_with(word));
    let fits = match field {
        Field::Duties | Field::AnnualGoals => true,
        Field::Agency => names_a_unit(text),
        Field::BusinessReview | Field::PerformanceReview => false,
        _ => text.chars().count() <= SHORT && !text.contains(['。', '，', '：', '；', ':']),
    };
    fits && !remark
}

/// Consumes the next cell of the row, unless it is a label itself.
fn value_after(row: &mut SheetRow, column: usize) -> String {
    let next = row.waiting().find(|(at, _)| *at > column).map(|(at, text)| (at, labels::is_labelled(text)));
    match next {
        Some((at, false)) => row.take(at),
        _ => String::new(),
    }
}

fn amount_field(cell: &str) -> Option<Field> {
    labels::exact(cell).filter(|label| label.is_amount() && *label != Label::Total)?.field()
}

fn is_budget_word(cell: &str) -> bool {
    labels::exact(cell).is_some() || super::is_header_word(cell) || text::compact(cell).starts_with("执行率")
}

/// An amount without 万元 behind it.
fn as_amount(label: Label, value: &str) -> String {
    match unit::split_suffix(value) {
        Some((number, suffix)) if label.is_amount() && suffix == "万元" => number,
        _ => value.to_owned(),
    }
}

fn shaped(field: Field, value: &str) -> String {
    match field.info().kind.is_multi_line() {
        true => value.to_owned(),
        false => value.split(['\n', '\t']).map(str::trim).collect(),
    }
}
