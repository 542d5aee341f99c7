//! # 必填项没有填
//!
//! ## 问题
//! 必填的格子是空的：单位名称、年度、职责、目标，或指标的名称、类型、指标值、解释、评分标准等。
//!
//! ## 为什么
//! 一体化系统不收有空格的表，业务股室会直接退回。
//!
//! ## 怎么改
//! 按 F8 逐个跳到空格，把它填上。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = ""
//! ```
//! 好：
//! ```toml
//! explanation = "本年度辖区内开展宣传活动的场次，以活动记录为准"
//! ```

use crate::diagnostic::Severity;
use crate::form::Indicator;
use crate::form::field::{Field, Need};
use crate::lint::cell::glued;
use crate::lint::{CellView, Findings, Rule, Which};

pub(super) const CODE: &str = "missing-cell";
pub(super) const LINT: Rule = Rule::cells(Which::Any, Severity::Error, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let is_missing = cell.info.need == Need::Required && cell.is_blank();
    // A row with nothing in it is told once.
    if is_missing && cell.row.is_some_and(|row| is_blank(row.row)) {
        if cell.info.field == Field::Name {
            findings.at(cell.spot, "这一条还是空的：填上（Insert 从指标库选），或在目录上按 Delete 删掉。");
        }
    } else if is_missing && !stands_in_value(cell) {
        findings.at(cell.spot, format!("“{}”没有填。", cell.info.label));
    }
}

/// Whether nothing but its class is filled in.
fn is_blank(row: &Indicator) -> bool {
    let own = [&row.name, &row.operator, &row.value, &row.unit, &row.points, &row.explanation, &row.rule, &row.remark];
    own.into_iter().all(|text| text.trim().is_empty())
}

/// An operator that stands in the value cell is for `operator-in-value`.
fn stands_in_value(cell: &CellView<'_>) -> bool {
    let glued = cell.row.filter(|_| cell.info.field == Field::Operator).and_then(|row| glued(&row.row.value));
    glued.is_some_and(|glued| glued.operator.is_some())
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    #[test]
    fn empty_cells_of_form_and_rows() {
        fires("missing-cell", "agency = ''", "部门（单位）名称");
        fires("missing-cell", "name = '  '", "三级指标");
        silent("missing-cell", "remark = ''");
        silent("missing-cell", "operator = ''\nvalue = '≥95%'");
        fires("missing-cell", "operator = ''\nvalue = '95%'", "指标类型");
        let blank = "[[extra]]\nname = ''\noperator = ''\nvalue = ''\nunit = ''\npoints = ''\nexplanation = ''\nrule = ''\nremark = ''";
        let found = findings("missing-cell", blank);
        assert_eq!(found.len(), 1, "{found:?}");
        fires("missing-cell", blank, "这一条还是空的");
    }
}
