//! # 指标值里带着符号
//!
//! ## 问题
//! “≥95%”整个填进了指标值。符号应填在“指标类型”，数字填在“指标值”，单位填在“计量单位”。
//!
//! ## 为什么
//! 系统的指标值一格只收数字。从旧表粘贴过来的值带着符号，导入时会报错。
//!
//! ## 怎么改
//! 用快速修复拆成三格。值里的符号和指标类型不一样时，先想清楚哪一个对。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "≥"
//! value = "≥95"
//! unit = "%"
//! ```
//! 坏：
//! ```toml
//! operator = ""
//! value = "≥95%"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! operator = "≥"
//! value = "95"
//! unit = "%"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::cell::{Glued, Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::{operator::Operator, unit};

pub(super) const CODE: &str = "operator-in-value";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Value::Glued(glued) = row.value() else { return };
    let (Some(inner), false) = (glued.operator, row.is_qualitative()) else { return };
    let spot = row.spot(Field::Value);
    let (typed, sign) = (short(row.row.value.trim()), inner.sign());
    match row.row.operator().filter(|outer| *outer != inner) {
        Some(outer) => {
            let message = format!("指标值“{typed}”与指标类型“{}”相反或不同，留一个。", outer.sign());
            let found = findings.at(spot, message);
            let found = found.fix(format!("用 {sign}"), split(row, glued, inner));
            found.fix(format!("用 {}", outer.sign()), split(row, glued, outer));
        }
        None => {
            let message = format!("指标值“{typed}”带着“{sign}”，符号应填在指标类型。");
            findings.at(spot, message).safe_fix("拆成类型、值、单位", split(row, glued, inner));
        }
    }
}

/// One cell each. A unit that the unit cell contradicts stays in the value for its own lint.
fn split(row: &RowView<'_>, glued: &Glued, operator: Operator) -> Vec<Edit> {
    let same = |cell: &str| unit::find(cell).map_or(cell, |known| known.name) == glued.unit;
    let kept = match row.unit() {
        Some(cell) if !glued.unit.is_empty() && !same(cell) => glued.unit.as_str(),
        _ => "",
    };
    let mut edits = vec![row.set(Field::Value, format!("{}{kept}", glued.number))];
    if row.row.operator() != Some(operator) {
        edits.push(row.set(Field::Operator, operator.sign()));
    }
    if row.unit().is_none() && !glued.unit.is_empty() {
        edits.push(row.set(Field::Unit, glued.unit.as_str()));
    }
    edits
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn splits_into_three_cells() {
        for field in [(Field::Operator, "≥"), (Field::Value, "95"), (Field::Unit, "%")] {
            fixes("operator-in-value", "operator = ''\nvalue = '＞＝９５％'\nunit = ''", field.0, field.1);
        }
        fixes("operator-in-value", "value = '=4场'", Field::Value, "4");
        fixes("operator-in-value", "operator = '≥'\nvalue = '95%以上'\nunit = '%'", Field::Value, "95");
    }

    #[test]
    fn contradictions_are_for_the_clerk() {
        fires("operator-in-value", "operator = '≤'\nvalue = '≥4'", "相反或不同");
        fixes("operator-in-value", "operator = '≤'\nvalue = '≥4'", Field::Operator, "≥");
        fixes("operator-in-value", "value = '=4%'", Field::Value, "4%");
    }

    #[test]
    fn values_without_a_sign() {
        silent("operator-in-value", "value = '4场'");
        silent("operator-in-value", "operator = '定性'\nvalue = '≥95%'");
        silent("operator-in-value", "operator = '定性'\nvalue = '达到标准'");
    }
}
