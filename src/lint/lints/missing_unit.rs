//! # 定量指标没有计量单位
//!
//! ## 问题
//! 指标值是数字，计量单位却空着，或只画了一条杠。
//!
//! ## 为什么
//! 系统规定定量指标必须有计量单位；没有单位，谁也不知道“4”是4场还是4万元。
//!
//! ## 怎么改
//! 在“计量单位”上按空格，从列表中选一个。
//!
//! ## 例
//! 坏：
//! ```toml
//! unit = ""
//! ```
//! 好：
//! ```toml
//! unit = "场"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::is_dash;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "missing-unit";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let unit = row.row.unit.trim();
    if row.number().is_none() || !(unit.is_empty() || is_dash(unit)) {
        return;
    }
    let found = findings.at(row.spot(Field::Unit), "指标值是数字，要填计量单位。");
    if let Some(unit) = names::likely_unit(&row.row.name) {
        found.fix(format!("填 {unit}"), vec![row.set(Field::Unit, unit)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn a_number_wants_a_unit() {
        fires("missing-unit", "unit = '/'", "计量单位");
        fixes("missing-unit", "name = '巡查覆盖率'\nunit = ''", Field::Unit, "%");
        silent("missing-unit", "unit = '光年'");
        silent("missing-unit", "operator = '定性'\nvalue = '效果明显'\nunit = ''");
        silent("missing-unit", "value = '4场'\nunit = ''");
        silent("missing-unit", "value = ''\nunit = ''");
    }
}
