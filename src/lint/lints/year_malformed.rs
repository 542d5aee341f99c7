//! # 年度不对
//!
//! ## 问题
//! 年度不是四位数字，或者不像预算年度。
//!
//! ## 为什么
//! 年度是这张表的编号之一，完成时限也要和它比较，填错就归不到当年的预算。
//!
//! ## 怎么改
//! 只填四位数字，如 2026，不写“年”字。
//!
//! ## 例
//! 坏：
//! ```toml
//! year = "2026年度"
//! ```
//! 好：
//! ```toml
//! year = "2026"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, FormView, Rule};
use crate::text;

pub(super) const CODE: &str = "year-malformed";
pub(super) const LINT: Rule = Rule::form(&[Field::Year], Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let (spot, typed) = (Spot::form(Field::Year), view.form.year.trim());
    let plausible = view.form.year_number().is_some_and(|year| (2000..=2100).contains(&year));
    if typed.is_empty() || typed.contains(text::is_unsafe) || plausible {
        return;
    }
    let found = findings.at(spot, format!("年度“{}”不对，请填四位数字，如 2026。", short(typed)));
    let compact = text::compact(typed);
    let digits = compact.trim_end_matches('度').trim_end_matches('年');
    if digits.len() == 4 && digits.starts_with("20") && digits.bytes().all(|b| b.is_ascii_digit()) {
        found.safe_fix(format!("写成 {digits}"), vec![Edit::set(spot, digits)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn four_digits_of_our_century() {
        fires("year-malformed", "year = '226'", "226");
        fires("year-malformed", "year = '2206'", "2206");
        fires("year-malformed", "year = '今年'", "今年");
        fixes("year-malformed", "year = '２０２６年'", Field::Year, "2026");
        silent("year-malformed", "year = ''");
        silent("year-malformed", "year = '２０２６'");
    }
}
