//! # 完成时限没有用定性
//!
//! ## 问题
//! 指标值是日期，指标类型却是 =、≥ 或 ≤。
//!
//! ## 为什么
//! 选了 =、≥、≤，系统就只收数字，日期填不进去；“≥2026-12-31”读起来也成了“不早于”。
//!
//! ## 怎么改
//! 指标类型改为 定性，指标值写成“2026年12月31日前”，计量单位留空。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "≤"
//! value = "2026-12-31"
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
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::date;

pub(super) const CODE: &str = "deadline-under-a-sign";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(sign) = row.sign().filter(|_| *row.value() == Value::Date) else { return };
    let typed = row.row.value.trim();
    let message = format!("“{}”是日期，指标类型应是 定性，不是“{}”。", short(typed), sign.sign());
    let value = match date::parse(typed) {
        Some(day) => format!("{}前", date::chinese(day)),
        None => typed.to_owned(),
    };
    let mut edits = vec![row.set(Field::Operator, "定性"), row.set(Field::Value, value)];
    edits.extend(row.unit().map(|_| row.set(Field::Unit, "")));
    findings.at(row.spot(Field::Operator), message).fix("改为 定性 的完成时限", edits);
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn a_day_is_no_number() {
        let dotted = "operator = '='\nvalue = '2026.12.31'\nunit = '日'";
        fixes("deadline-under-a-sign", dotted, Field::Value, "2026年12月31日前");
        fixes("deadline-under-a-sign", dotted, Field::Unit, "");
        fixes("deadline-under-a-sign", "value = '2026年6月底前'\nunit = ''", Field::Operator, "定性");
        silent("deadline-under-a-sign", "operator = '定性'\nvalue = '2026-12-31'\nunit = ''");
        silent("deadline-under-a-sign", "operator = ''\nvalue = '2026-12-31'\nunit = ''");
        silent("deadline-under-a-sign", "value = '3.5'");
    }
}
