//! # 目标什么都不做也能达到
//!
//! ## 问题
//! 指标值是“≥0”，实际完成多少都算达标。
//!
//! ## 为什么
//! 没有约束的目标等于没有目标，审核的人会要求填一个有依据的数。
//!
//! ## 怎么改
//! 填上计划要做到的数；要求不发生的（事故、投诉），指标类型用 = 或 ≤，值填0。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "≥"
//! value = "0"
//! ```
//! 好：
//! ```toml
//! operator = "≤"
//! value = "0"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::operator::Operator;

pub(super) const CODE: &str = "target-always-met";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((Operator::Ge, number)) = row.number() else { return };
    if number.is_zero() && !names::is_about_change(&row.row.name) {
        findings.at(row.spot(Field::Value), "“≥0”什么都不做也能达到，请填计划要做到的数。");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn nothing_is_no_target() {
        fires("target-always-met", "operator = '≥'\nvalue = '0.0'", "≥0");
        silent("target-always-met", "operator = '='\nvalue = '0'");
        silent("target-always-met", "operator = '≥'\nname = '收入增长率'\nvalue = '0'\nunit = '%'");
    }
}
