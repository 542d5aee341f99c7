//! # 指标值里带着单位
//!
//! ## 问题
//! “28.8万元”“95%”整个填进了指标值，单位应填在“计量单位”。
//!
//! ## 为什么
//! 系统的指标值一格只收数字，带单位的值不能计算，导入时会报错。
//!
//! ## 怎么改
//! 用快速修复把单位移到“计量单位”。
//!
//! ## 例
//! 坏：
//! ```toml
//! value = "4场"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! value = "4"
//! unit = "场"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::unit;

pub(super) const CODE: &str = "unit-in-value";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Value::Glued(glued) = row.value() else { return };
    let name = |typed: &str| unit::find(typed).map_or(typed.to_owned(), |known| known.name.to_owned());
    let cell = row.unit().map(name);
    let same = cell.as_ref().is_none_or(|cell| *cell == glued.unit);
    if glued.operator.is_some() || row.is_qualitative() || !same {
        return;
    }
    let mut edits = vec![row.set(Field::Value, glued.number.as_str())];
    if cell.is_none() {
        edits.push(row.set(Field::Unit, glued.unit.as_str()));
    }
    let typed = short(row.row.value.trim());
    let message = format!("指标值“{typed}”带着单位，“{}”应填在计量单位。", short(&glued.unit));
    findings.at(row.spot(Field::Value), message).safe_fix("单位移到计量单位", edits);
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn the_unit_moves_to_its_cell() {
        fixes("unit-in-value", "value = '1,028.8 万元'\nunit = ''", Field::Value, "1028.8");
        fixes("unit-in-value", "value = '95％'\nunit = ''", Field::Unit, "%");
        fixes("unit-in-value", "value = '95%'\nunit = '百分比'", Field::Value, "95");
        fixes("unit-in-value", "operator = ''\nvalue = '3挂'\nunit = ''", Field::Unit, "挂");
    }

    #[test]
    fn what_others_explain_better() {
        silent("unit-in-value", "value = '28.8万元'\nunit = '%'");
        silent("unit-in-value", "value = '≥95%'");
        silent("unit-in-value", "value = '100%完成整改'");
        silent("unit-in-value", "value = '2026年'");
        silent("unit-in-value", "operator = '定性'\nvalue = '95%'");
    }
}
