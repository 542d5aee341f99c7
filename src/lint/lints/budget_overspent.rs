//! # 执行数超过预算数
//!
//! ## 问题
//! 全年执行数大于全年预算数。
//!
//! ## 为什么
//! 没有预算不能支出。执行数大于预算数，多半是预算调整了没有更新“全年预算数”，或者单位不是万元。
//!
//! ## 怎么改
//! 核对两个数：“全年预算数”要填调整后的预算，单位都是万元。
//!
//! ## 例
//! 坏：
//! ```toml
//! [budget]
//! adjusted = "480"
//! executed = "500"
//! ```
//! 好：
//! ```toml
//! [budget]
//! adjusted = "500"
//! executed = "500"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule};
use crate::vocabulary::number::{self, plain};

pub(super) const CODE: &str = "budget-overspent";
pub(super) const LINT: Rule = Rule::form(&[Field::Adjusted, Field::Executed], Severity::Warning, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let budget = &view.form.budget;
    let (Ok(adjusted), Ok(executed)) = (number::parse(&budget.adjusted), number::parse(&budget.executed)) else {
        return;
    };
    if executed > adjusted {
        let message = format!("全年执行数{}万元超过全年预算数{}万元。", plain(executed), plain(adjusted));
        findings.at(Spot::form(Field::Executed), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn both_figures_are_needed() {
        fires("budget-overspent", "[budget]\nadjusted = '480'\nexecuted = '480.01'", "480.01万元");
        silent("budget-overspent", "[budget]\nadjusted = ''\nexecuted = '500'");
        silent("budget-overspent", "[budget]\nadjusted = '480'\nexecuted = ''");
    }
}
