//! # 百分比超过100
//!
//! ## 问题
//! 计量单位是 %，指标值超过了100。
//!
//! ## 为什么
//! 合格率、覆盖率、满意度最多是100%，超过就永远达不到。
//! 增长、提高、完成率一类的指标可以超过100%，不在此列。
//!
//! ## 怎么改
//! 核对指标值；如果数的是数量，把单位改成 次、人、万元 等。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "安全隐患整改率"
//! operator = "≥"
//! value = "950"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! name = "旅游收入增长率"
//! operator = "≥"
//! value = "120"
//! unit = "%"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::{number::plain, unit::Kind};

pub(super) const CODE: &str = "percentage-over-100";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

/// Ratios that are not a part of a whole.
const UNBOUNDED: &[&str] = &["完成率", "完成比例", "完成进度", "执行率", "超", "负债率", "产销率", "达产率", "倍"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some((sign, number)), Some(unit)) = (row.number(), row.known_unit()) else { return };
    let whole = if unit.name == "‰" { Decimal::ONE_THOUSAND } else { Decimal::ONE_HUNDRED };
    let name = &row.row.name;
    let may = || names::is_about_change(name) || UNBOUNDED.iter().any(|word| name.contains(word));
    if unit.kind == Kind::Ratio && number > whole && !sign.is_reverse() && !may() {
        let message = format!("“{}{}”超过了{whole}{}，请核对。", plain(number), unit.name, unit.name);
        findings.at(row.spot(Field::Value), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn parts_are_not_more_than_the_whole() {
        fires("percentage-over-100", "name = '覆盖率'\nvalue = '100.1'\nunit = '%'", "100.1%");
        silent("percentage-over-100", "name = '覆盖率'\nvalue = '100'\nunit = '%'");
        silent("percentage-over-100", "name = '税收任务完成率'\nvalue = '105'\nunit = '%'");
        silent("percentage-over-100", "name = '资产保值增值率'\nvalue = '103'\nunit = '%'");
        silent("percentage-over-100", "name = '成本控制率'\noperator = '≤'\nvalue = '105'\nunit = '%'");
        silent("percentage-over-100", "name = '出生率'\nvalue = '105'\nunit = '‰'");
    }
}
