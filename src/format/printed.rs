//! The printed form as data: what every painter, for Word, web page, text, draws.

use crate::form::field::Field;
use crate::form::{Form, Indicator};
use crate::score::{Achieved, Scores};
use crate::vocabulary::number::plain;
use crate::vocabulary::operator::Operator;

/// Which of the two printed forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// 绩效目标表, at the beginning of the year.
    Target,
    /// 绩效自评表, after its end.
    SelfEvaluation,
}

/// The printed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its title.
    pub title: &'static str,
    /// Lines below the title.
    pub under: Vec<String>,
    /// Label and text of what stands above the indicators.
    pub about: Vec<(String, String)>,
    /// Columns of the indicators.
    pub columns: Vec<Column>,
    /// Rows of the indicators; each has a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// Lines below the table, each of a few parts side by side.
    pub foot: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// Its share of the width, in hundredths.
    pub width: usize,
    /// Whether short texts stand in the middle.
    pub centred: bool,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text; none where a cell above reaches down to here.
    pub text: String,
    /// How many rows it covers; 0 where a cell above covers it.
    pub rows: usize,
}

impl Cell {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), rows: 1 }
    }
}

const fn column(head: &'static str, width: usize, centred: bool) -> Column {
    Column { head, width, centred }
}

const TARGET: &[Column] = &[
    column("一级指标", 7, true),
    column("二级指标", 8, true),
    column("三级指标", 14, false),
    column("指标类型", 6, true),
    column("指标值", 8, true),
    column("计量单位", 6, true),
    column("指标解释", 19, false),
    column("评（扣）分标准", 26, false),
    column("备注", 6, false),
];

const SELF_EVALUATION: &[Column] = &[
    column("一级指标", 8, true),
    column("二级指标", 9, true),
    column("三级指标", 20, false),
    column("年度指标值", 13, true),
    column("实际完成值", 13, true),
    column("分值", 6, true),
    column("得分", 6, true),
    column("偏差原因分析及改进措施", 25, false),
];

/// The columns of both forms.
pub(super) const COLUMNS: [&[Column]; 2] = [TARGET, SELF_EVALUATION];

/// The printed form of a form.
pub fn printed(form: &Form, variant: Variant) -> Printed {
    let evaluation = (variant == Variant::SelfEvaluation).then(|| {
        let scores = Scores::of(form);
        let achieved = Achieved::of(form, &scores);
        (scores, achieved)
    });
    let cells = |at: usize| {
        let row = &form.indicators[at];
        let mut cells = vec![Cell::new(&row.level1), Cell::new(&row.level2), Cell::new(&row.name)];
        cells.extend(match &evaluation {
            None => target_cells(row),
            Some((scores, achieved)) => evaluation_cells(row, scores, achieved, at),
        });
        cells
    };
    let mut rows: Vec<Vec<Cell>> = (0..form.indicators.len()).map(cells).collect();
    merge_classes(&mut rows);
    let mut about = vec![("部门（单位）名称".to_owned(), form.agency.clone())];
    if let Some((_, achieved)) = &evaluation {
        about.push(("预算执行（万元）".to_owned(), budget(form)));
        if let Some(execution) = &achieved.execution {
            let text = format!("{}%，得分{}", plain(execution.rate), plain(execution.score));
            about.push(("预算执行率".to_owned(), text));
        }
    } else {
        about.push((Field::Duties.label().to_owned(), form.duties.trim().to_owned()));
    }
    about.push((Field::AnnualGoals.label().to_owned(), form.annual_goals.trim().to_owned()));
    if let Some((_, achieved)) = &evaluation {
        let grade = achieved.grade().map_or(String::new(), |grade| format!("，等级 {grade}"));
        about.push(("自评得分".to_owned(), format!("{}分{grade}", plain(achieved.total))));
    }
    Printed {
        title: match variant {
            Variant::Target => "部门（单位）整体支出绩效目标表",
            Variant::SelfEvaluation => "部门（单位）整体支出绩效自评表",
        },
        under: vec![format!("（{}年度）", form.year.trim())],
        about,
        columns: if evaluation.is_some() { SELF_EVALUATION } else { TARGET }.to_vec(),
        rows,
        foot: foot(form),
    }
}

fn target_cells(row: &Indicator) -> Vec<Cell> {
    [&row.operator, &row.value, &row.unit, &row.explanation, &row.rule, &row.remark].map(Cell::new).into()
}

fn evaluation_cells(row: &Indicator, scores: &Scores, achieved: &Achieved, at: usize) -> Vec<Cell> {
    let sign = match row.operator() {
        Some(Operator::Qualitative) => "",
        Some(operator) => operator.sign(),
        None => row.operator.trim(),
    };
    let points = |points: Option<_>| points.map(plain).unwrap_or_default();
    vec![
        Cell::new(format!("{sign}{}{}", row.value.trim(), row.unit.trim())),
        Cell::new(&row.actual),
        Cell::new(points(scores.rows[at].points)),
        Cell::new(points(achieved.rows[at].as_ref().and_then(|score| score.points))),
        Cell::new(&row.deviation_reason),
    ]
}

fn budget(form: &Form) -> String {
    let budget = &form.budget;
    let parts = [
        (Field::Initial, &budget.initial),
        (Field::Adjusted, &budget.adjusted),
        (Field::Executed, &budget.executed),
    ];
    parts.map(|(field, text)| format!("{}：{}", field.label(), text.trim())).join("　")
}

/// Cells of one class that follow each other become one.
fn merge_classes(rows: &mut [Vec<Cell>]) {
    for column in [1, 0] {
        let mut first = 0;
        for at in 1..rows.len() {
            let same = |column: usize| rows[at][column].text == rows[first][column].text;
            // The second column is merged within the first only; it is done before the first.
            if same(column) && (column == 0 || rows[at][0].text == rows[first][0].text) {
                rows[first][column].rows += 1;
                rows[at][column].rows = 0;
            } else {
                first = at;
            }
        }
    }
    for row in rows {
        row.iter_mut().filter(|cell| cell.rows == 0).for_each(|cell| cell.text.clear());
    }
}

fn foot(form: &Form) -> Vec<Vec<String>> {
    let sign = &form.sign_off;
    let part = |label: &str, text: &str| format!("{label}：{}", text.trim());
    vec![
        vec![part("业务股室审核", &sign.business_review), part("绩效股审核", &sign.performance_review)],
        vec![
            part("填表人", &sign.prepared_by),
            part("联系电话", &sign.phone),
            part("填表日期", &sign.prepared_on),
            part("单位负责人", &sign.head),
        ],
    ]
}
