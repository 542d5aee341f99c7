//! # 预算数不是数字
//!
//! ## 问题
//! 年初预算数、全年预算数或全年执行数里填的不是数字，或者是负数。
//!
//! ## 为什么
//! 预算执行率要用这几个数相除，占10分；读不出来就没有这10分。
//!
//! ## 怎么改
//! 只填数字，单位是万元，不写“万元”二字。
//!
//! ## 例
//! 坏：
//! ```toml
//! [budget]
//! adjusted = "约500"
//! ```
//! 好：
//! ```toml
//! [budget]
//! adjusted = "500"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{Field, Table};
use crate::lint::cell::{of_form, plain_number, short};
use crate::lint::{Findings, FormView, Rule};
use crate::text;
use crate::vocabulary::number;

pub(super) const CODE: &str = "budget-not-a-number";
pub(super) const LINT: Rule = Rule::form(&[Field::Initial, Field::Adjusted, Field::Executed], Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    for field in Field::of(Table::Budget) {
        let Some(typed) = of_form(view.form, field) else { continue };
        let (spot, label, shown) = (Spot::form(field), field.label(), short(typed));
        match number::parse(typed) {
            Ok(amount) if amount.is_sign_negative() && !amount.is_zero() => {
                findings.at(spot, format!("{label}“{shown}”不能是负数。"));
            }
            Ok(_) => {}
            Err(_) => {
                let found = findings.at(spot, format!("{label}“{shown}”不是数字，请只填数字（万元）。"));
                if let Some(number) = without_unit(typed) {
                    found.safe_fix(format!("写成 {number}"), vec![Edit::set(spot, number)]);
                }
            }
        }
    }
}

fn without_unit(typed: &str) -> Option<String> {
    let compact = text::compact(typed);
    let number = compact.strip_suffix("万元")?;
    number::parse(number).ok().map(|_| plain_number(number).into_owned())
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn amounts_are_numbers() {
        fixes("budget-not-a-number", "[budget]\ninitial = '1,480.5万元'", Field::Initial, "1480.5");
        fires("budget-not-a-number", "[budget]\nexecuted = '-3'", "负数");
        silent("budget-not-a-number", "[budget]\nexecuted = ''");
        silent("budget-not-a-number", "[budget]\nexecuted = '1,480.5'");
    }
}
