//! 自评: one line a row of the form, the actual value typed in place, the score beside it. With
//! 假如 on, what is typed is only tried out.

use std::collections::HashMap;

use ratatui::layout::Rect;
use ratatui::style::Style;
use rust_decimal::Decimal;

use crate::form::edit::Spot;
use crate::form::field::{Field, Table};
use crate::form::target::Target as Wanted;
use crate::form::{Indicator, RowId};
use crate::rule::{Flag, Score};
use crate::score;
use crate::text::Policy;
use crate::tui::app::App;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::widget::text_edit::TextEdit;
use crate::vocabulary::{date, number};

/// The state of the table.
#[derive(Debug, Default)]
pub(crate) struct Evaluation {
    /// Index of the line with the caret: the budget's fields, then the rows.
    pub at: usize,
    /// Whether the caret is in the column of scores by hand.
    pub by_hand: bool,
    /// The cell being edited.
    pub edit: Option<TextEdit>,
    /// Values that are only tried out, while that is on.
    pub what_if: Option<HashMap<RowId, String>>,
    /// Whether the wheel chose what is in view.
    pub scrolled: bool,
    top: usize,
}

/// Lines of the budget above the rows.
pub(crate) const BUDGET: usize = 3;

/// The spot of a line's cell; `None` past the last row.
pub(crate) fn spot_of(app: &App, at: usize, by_hand: bool) -> Option<Spot> {
    if let Some(field) = Field::of(Table::Budget).nth(at).filter(|_| at < BUDGET) {
        return Some(Spot::form(field));
    }
    let row = at.checked_sub(BUDGET).filter(|row| *row < app.document.form().indicators.len())?;
    Some(Spot::row(row, if by_hand { Field::ManualScore } else { Field::Actual }))
}

/// The value of a row as tried out, where it is.
pub(crate) fn tried(app: &App, row: &Indicator) -> Option<String> {
    app.evaluation.what_if.as_ref().and_then(|values| values.get(&row.id)).cloned()
}

impl Evaluation {
    /// Shows other lines, for the wheel.
    pub(crate) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.scrolled = true;
    }

    /// Keeps the line with the caret, of so many lines, in view of an area.
    pub(crate) fn settle(&mut self, lines: usize, area: Rect, columns: usize, policy: Policy) {
        let rows = usize::from(area.height.saturating_sub(2)).max(1);
        self.top = match self.scrolled {
            true => self.top.min(lines.saturating_sub(rows)),
            false => self.top.clamp((self.at + 1).saturating_sub(rows), self.at),
        };
        if let Some(edit) = &mut self.edit {
            edit.set_view(columns, policy);
        }
    }
}

/// Columns of the table, from the width of the screen.
struct Columns {
    name: u16,
    target: u16,
    actual: u16,
    by_hand: u16,
    score: u16,
    points: u16,
    tried: u16,
}

impl Columns {
    fn of(width: u16, what_if: bool) -> Self {
        let tried = if what_if { 8 } else { 0 };
        match width {
            100.. => Self { name: 34, target: 18, actual: 16, by_hand: 7, score: 7, points: 5, tried },
            60.. => Self { name: width / 4, target: 12, actual: 11, by_hand: 5, score: 6, points: 4, tried },
            // The target has no room; what is typed and what it scores have.
            _ => {
                let name = width.saturating_sub(30 + tried);
                Self { name, target: 0, actual: 9, by_hand: 5, score: 6, points: 4, tried }
            }
        }
    }
}

/// Columns of the cell for actual values.
pub(crate) fn cell_columns(width: u16, what_if: bool) -> usize {
    usize::from(Columns::of(width, what_if).actual) - 1
}

/// Draws the table with its heading rows.
pub(crate) fn draw(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let title = match app.evaluation.what_if {
        Some(_) => "自评·假如：现在填的只是试算，不写进表里；Ctrl+T 结束",
        None => "自评：填实际完成值，得分随时算出",
    };
    painter.rule(area, 0, title, app.theme.line(), app.theme.heading(true));
    let columns = Columns::of(area.width, app.evaluation.what_if.is_some());
    draw_header(app, painter, area, &columns);
    let inside = Rect { y: area.y + 2, height: area.height - 2, ..area };
    let count = BUDGET + app.document.form().indicators.len();
    for (row, at) in (app.evaluation.top..count).take(usize::from(inside.height)).enumerate() {
        draw_line(app, painter, inside, row as u16, at, &columns);
    }
    if let Some(words) = footer(app) {
        painter.right(area, 0, 2, &format!(" {words} "), app.theme.text());
    }
}

/// What trying out would change in total.
fn footer(app: &App) -> Option<String> {
    let values = app.evaluation.what_if.as_ref()?;
    let form = app.document.form();
    let change: Decimal = (0..form.indicators.len())
        .filter(|row| values.contains_key(&form.indicators[*row].id))
        .filter_map(|row| {
            let before = app
                .document
                .achieved()
                .rows
                .get(row)?
                .as_ref()
                .and_then(|score| score.points)
                .unwrap_or_default();
            Some(try_out(app, row)?.points? - before)
        })
        .sum();
    let sign = if change < Decimal::ZERO { "" } else { "+" };
    let total = app.document.achieved().total + change;
    Some(format!("假如：{sign}{} 总分 {}", number::plain(change), number::plain(total)))
}

/// What a row would score at the value tried out.
fn try_out(app: &App, row: usize) -> Option<Score> {
    let form = app.document.form();
    let value = tried(app, form.indicators.get(row)?)?;
    score::row_achieved(form, app.document.scores(), row, &value, &score::options_of(form))
}

fn draw_header(app: &App, painter: &mut Painter<'_>, area: Rect, columns: &Columns) {
    let mut x = 1;
    let style = app.theme.label();
    let mut head = |text: &str, width: u16, right: bool| {
        let column = Rect { x, width, ..area };
        if right {
            painter.right(column, 1, 0, text, style);
        } else {
            painter.print(column, 1, 0, text, style);
        }
        x += width + 1;
    };
    head("三级指标", columns.name, false);
    head("目标", columns.target, false);
    head("实际值", columns.actual, false);
    head("评定", columns.by_hand, false);
    head("得分", columns.score, true);
    head("满分", columns.points, true);
    if columns.tried > 0 {
        head("假如", columns.tried, true);
    }
    head("说明", 20, false);
}

fn draw_line(app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, at: usize, columns: &Columns) {
    let selected = at == app.evaluation.at;
    if selected {
        painter.print(area, row, 0, ">", app.theme.key());
    }
    painter.target(area, row, 0, area.width, Target::Cell { at, by_hand: app.evaluation.by_hand });
    let line = line_of(app, at);
    let mut x = 1;
    painter.cut(
        area,
        row,
        x,
        columns.name,
        &line.name,
        if selected { app.theme.title() } else { app.theme.text() },
    );
    x += columns.name + 1;
    painter.cut(area, row, x, columns.target, &line.target, app.theme.text());
    x += columns.target + 1;
    for (by_hand, width) in [(false, columns.actual), (true, columns.by_hand)] {
        let cell = Rect { x: area.x + x, width, ..area };
        draw_cell(app, painter, cell, row, at, by_hand);
        painter.target(cell, row, 0, width, Target::Cell { at, by_hand });
        x += width + 1;
    }
    let right = |painter: &mut Painter<'_>, x: u16, width: u16, text: &str, style: Style| {
        painter.right(Rect { x, width, ..area }, row, 0, text, style);
    };
    right(painter, x, columns.score, &line.score, app.theme.title());
    x += columns.score + 1;
    right(painter, x, columns.points, &line.points, app.theme.text());
    x += columns.points + 1;
    if columns.tried > 0 {
        right(painter, x, columns.tried, &line.tried, app.theme.changed());
        x += columns.tried + 1;
    }
    painter.cut(
        area,
        row,
        x,
        area.width.saturating_sub(x),
        &line.remark,
        app.theme.severity(crate::diagnostic::Severity::Warning),
    );
}

fn draw_cell(app: &App, painter: &mut Painter<'_>, cell: Rect, row: u16, at: usize, by_hand: bool) {
    let Some(spot) = spot_of(app, at, by_hand).filter(|_| at >= BUDGET || !by_hand) else { return };
    let edited = at == app.evaluation.at && by_hand == app.evaluation.by_hand;
    if let (true, Some(edit)) = (edited, &app.evaluation.edit) {
        let text = edit.text();
        let rows = edit.rows();
        let (line, column) = edit.caret_cell();
        let part = rows.get(line).and_then(|range| text.get(range.clone())).unwrap_or_default();
        painter.print(cell, row, 0, part, app.theme.text());
        painter.restyle(cell, row, 0, cell.width, app.theme.field());
        painter.set_caret(cell, row, column as u16);
        return;
    }
    let form = app.document.form();
    let tried = spot.row.filter(|_| !by_hand).and_then(|row| tried(app, form.indicators.get(row)?));
    let (text, style) = match tried {
        Some(text) => (text, app.theme.changed()),
        None => (app.document.text(spot).to_owned(), app.theme.text()),
    };
    painter.cut(cell, row, 0, cell.width, &text.replace('\n', " "), style);
}

/// What a line shows.
#[derive(Default)]
struct LineText {
    name: String,
    target: String,
    score: String,
    points: String,
    tried: String,
    remark: String,
}

fn line_of(app: &App, at: usize) -> LineText {
    match at.checked_sub(BUDGET) {
        Some(row) => row_line(app, row),
        None => budget_line(app, at),
    }
}

fn budget_line(app: &App, at: usize) -> LineText {
    let label = Field::of(Table::Budget).nth(at).map_or("", Field::label);
    let mut line = LineText { name: format!("{label}（万元）"), ..LineText::default() };
    let execution = app.document.achieved().execution.as_ref();
    if let Some(execution) = execution.filter(|_| at + 1 == BUDGET) {
        line.score = format!("{:.2}", execution.score);
        line.points = number::plain(app.document.scores().profile.execution);
        line.remark = format!("执行率 {}%", number::plain(execution.rate));
    }
    line
}

fn row_line(app: &App, at: usize) -> LineText {
    let (form, scores) = (app.document.form(), app.document.scores());
    let Some(row) = form.indicators.get(at) else { return LineText::default() };
    let score = app.document.achieved().rows.get(at).and_then(Option::as_ref);
    let full = scores.rows.get(at).and_then(|row| row.points);
    let shown = |points: Option<Decimal>| points.map_or("--".to_owned(), |points| format!("{points:.2}"));
    LineText {
        name: row.title().to_owned(),
        target: target_words(row),
        score: shown(score.and_then(|score| score.points)),
        points: full.map_or("-".into(), number::plain),
        tried: try_out(app, at).map_or(String::new(), |score| shown(score.points)),
        remark: remark(row, score, full),
    }
}

/// `≥48次`, `效果明显`.
fn target_words(row: &Indicator) -> String {
    let words = match row.target() {
        Ok(Wanted::Number(operator, value)) => {
            format!("{} {} {}", operator.sign(), number::plain(value), row.unit.trim())
        }
        _ => row.value.trim().to_owned(),
    };
    words.replace('\n', " ")
}

/// What a reviewer should look at, and the deviation from the target.
fn remark(row: &Indicator, score: Option<&Score>, full: Option<Decimal>) -> String {
    let mut words: Vec<String> = deviation(row).into_iter().collect();
    let Some(score) = score else { return words.join(" ") };
    for flag in &score.flags {
        words.push(match flag {
            Flag::Overshoot => "超额三成以上".into(),
            Flag::NegativeActual => "负数按0算".into(),
            Flag::OutOfRange => "评定超出范围".into(),
            Flag::ManualNeeded => "要人工评定".into(),
        });
    }
    if score::needs_reason(score, full) {
        words.push(if row.deviation_reason.trim().is_empty() {
            "F2写原因".into()
        } else {
            "已写原因".into()
        });
    }
    words.join(" ")
}

/// The deviation from the target in words: `-16.7%`, `晚8天`.
fn deviation(row: &Indicator) -> Option<String> {
    match row.target().ok()? {
        Wanted::Number(_, target) => {
            let actual = number::parse(&row.actual).ok()?;
            let share = actual
                .checked_sub(target)?
                .checked_div(target)?
                .checked_mul(Decimal::ONE_HUNDRED)?
                .round_dp(1);
            let sign = if share > Decimal::ZERO { "+" } else { "" };
            (!share.is_zero()).then(|| format!("{sign}{}%", number::plain(share)))
        }
        Wanted::Deadline(target) => {
            let days = (date::parse(&row.actual)? - target).get_days();
            (days > 0).then(|| format!("晚{days}天"))
        }
        Wanted::Qualitative(_) => None,
    }
}
