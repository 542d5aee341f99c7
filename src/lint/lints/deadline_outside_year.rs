//! # 完成时限不在本年度
//!
//! ## 问题
//! 指标值里的完成时限不在预算年度之内。
//!
//! ## 为什么
//! 绩效目标考核的是当年的事，时限在别的年份，年末自评时没法考核。多半是照抄去年的表忘了改年份。
//!
//! ## 怎么改
//! 改成本年度的日期；跨年的工作，写本年度要做到哪一步。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "2025年12月31日前"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! operator = "定性"
//! value = "2026年12月31日前"
//! unit = ""
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "deadline-outside-year";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(deadline), Some(year)) = (row.deadline(), row.form.year_number()) else { return };
    if deadline.year() == year {
        return;
    }
    let (typed, wrong) = (row.row.value.as_str(), deadline.year().to_string());
    let message = format!("完成时限“{}”不在{year}年度内。", short(typed.trim()));
    let found = findings.at(row.spot(Field::Value), message);
    if let Some(at) = typed.find(&wrong) {
        let right = typed.replacen(&wrong, &year.to_string(), 1);
        found.span(at..at + wrong.len()).fix(format!("改为{year}年"), vec![row.set(Field::Value, right)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    #[test]
    fn the_year_of_the_form_counts() {
        fires("deadline-outside-year", "operator = '定性'\nvalue = '2027年1月底前'\nunit = ''", "2026年度");
        let last_year = "operator = '定性'\nvalue = '2025-12-31'\nunit = ''";
        fixes("deadline-outside-year", last_year, Field::Value, "2026-12-31");
        assert_eq!(findings("deadline-outside-year", last_year)[0].span, Some(0..4));
        silent("deadline-outside-year", "operator = '定性'\nvalue = '12月31日前'\nunit = ''");
        silent("deadline-outside-year", "year = ''\noperator = '定性'\nvalue = '2025年底'\nunit = ''");
        silent("deadline-outside-year", "operator = '='\nvalue = '2025年底'");
    }
}
