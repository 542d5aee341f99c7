//! # 实际完成值没法计分
//!
//! ## 问题
//! 指标要的是数字，实际完成值里却有文字；或者指标是完成时限，实际完成值里没有日期。
//!
//! ## 为什么
//! 读不出数字或日期，就没法和目标比较，这一条算不出得分。
//!
//! ## 怎么改
//! 定量指标只填数字，不带单位；完成时限填实际完成的日期，如 2026年9月20日。
//!
//! ## 例
//! 坏：
//! ```toml
//! actual = "已完成"
//! ```
//! 好：
//! ```toml
//! actual = "4"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{glued, short};
use crate::lint::{Findings, Rule, RowView, days};
use crate::vocabulary::{date, number, unit};

pub(super) const CODE: &str = "actual-not-readable";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.cell(Field::Actual) else { return };
    if row.number().is_some() && number::parse(typed).is_err() {
        of_number(row, typed, findings);
    } else if row.deadline().is_some() && !is_day(row, typed) {
        let message = format!("实际完成值“{}”不是日期，请填实际完成的日期。", short(typed));
        findings.at(row.spot(Field::Actual), message);
    }
}

fn of_number(row: &RowView<'_>, typed: &str, findings: &mut Findings<'_>) {
    let message = format!("实际完成值“{}”不是数字，请只填数字。", short(typed));
    let found = findings.at(row.spot(Field::Actual), message);
    let own = |inner: &str| row.unit().is_some_and(|own| own == inner || unit::find(own) == unit::find(inner));
    let number = glued(typed).filter(|g| g.operator.is_none() && own(&g.unit)).map(|g| g.number);
    if let Some(number) = number {
        found.safe_fix(format!("只留 {number}"), vec![row.set(Field::Actual, number)]);
    }
}

fn is_day(row: &RowView<'_>, typed: &str) -> bool {
    days::read(typed).is_some() || date::deadline(typed, row.form.year_number()).is_some()
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    #[test]
    fn numbers_and_days() {
        let deadline = "operator = '定性'\nvalue = '2026年9月30日前'\nunit = ''\n";
        fixes("actual-not-readable", "actual = '4场'", Field::Actual, "4");
        assert!(findings("actual-not-readable", "actual = '4次'")[0].fixes.is_empty());
        fires("actual-not-readable", &format!("{deadline}actual = '按时完成'"), "日期");
        silent("actual-not-readable", &format!("{deadline}actual = '2026.9.20'"));
        silent("actual-not-readable", &format!("{deadline}actual = '9月20日'"));
        silent("actual-not-readable", "operator = '定性'\nvalue = '效果明显'\nunit = ''\nactual = '效果一般'");
        silent("actual-not-readable", "actual = ''");
        silent("actual-not-readable", "actual = '４'");
    }
}
