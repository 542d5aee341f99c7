//! # 指标值里的单位与计量单位不一致
//!
//! ## 问题
//! 指标值里写着一种单位，计量单位里又是另一种，如“28.8万元”的计量单位是 %。
//!
//! ## 为什么
//! 两个单位只能有一个对，审核的人看不出目标到底是多少，会退回来问。
//!
//! ## 怎么改
//! 想清楚用哪个单位，只在“计量单位”里写一次，指标值只留数字。
//!
//! ## 例
//! 坏：
//! ```toml
//! value = "28.8万元"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! value = "28.8"
//! unit = "万元"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::unit;

pub(super) const CODE: &str = "unit-contradicts-value";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Value::Glued(glued), Some(cell)) = (row.value(), row.unit()) else { return };
    let same = unit::find(cell).map_or(cell, |known| known.name) == glued.unit;
    if same || glued.unit.is_empty() || glued.operator.is_some() || row.is_qualitative() {
        return;
    }
    let message = format!("指标值写“{}”，计量单位却是“{}”。", short(row.row.value.trim()), short(cell));
    let number = row.set(Field::Value, glued.number.as_str());
    let found = findings.at(row.spot(Field::Unit), message);
    let inner = vec![number.clone(), row.set(Field::Unit, glued.unit.as_str())];
    found.fix(format!("用“{}”", short(&glued.unit)), inner).fix(format!("用“{}”", short(cell)), vec![number]);
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn two_units() {
        fires("unit-contradicts-value", "value = '4次'", "“场”");
        fixes("unit-contradicts-value", "value = '28.8万元'\nunit = '%'", Field::Unit, "万元");
        silent("unit-contradicts-value", "value = '95％'\nunit = '百分比'");
        silent("unit-contradicts-value", "value = '4场'\nunit = ''");
        silent("unit-contradicts-value", "value = '4'");
    }
}
