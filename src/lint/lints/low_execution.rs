//! # 预算执行率不到90%
//!
//! ## 问题
//! 全年执行数除以全年预算数不到90%。
//!
//! ## 为什么
//! 执行率低于90%的，自评报告要专门说明原因，否则会被退回。
//!
//! ## 怎么改
//! 核对两个数是不是都以万元填写；数字没错的，在自评报告里写明原因和改进措施，
//! 然后把这条检查列入“不再提示”。
//!
//! ## 例
//! 坏：
//! ```toml
//! [budget]
//! adjusted = "480"
//! executed = "400"
//! ```
//! 好：
//! ```toml
//! [budget]
//! adjusted = "480"
//! executed = "460"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule};
use crate::score;
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "low-execution";
pub(super) const LINT: Rule = Rule::form(&[Field::Adjusted, Field::Executed, Field::Profile], Severity::Warning, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let Some(execution) = score::execution_of(view.form, &view.scores.profile) else { return };
    if execution.rate < Decimal::from(90) {
        let message = format!("执行率{}%，不到90%，请核对并说明原因。", plain(execution.rate));
        findings.at(Spot::form(Field::Executed), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn from_ninety_percent_on_it_is_fine() {
        fires("low-execution", "[budget]\nadjusted = '480'\nexecuted = '431'", "89.79%");
        silent("low-execution", "[budget]\nadjusted = '480'\nexecuted = '432'");
        silent("low-execution", "[budget]\nadjusted = '0'\nexecuted = '1'");
    }
}
