//! # 指标类型不认识
//!
//! ## 问题
//! 指标类型只有六种：=、≥、≤、>、< 和 定性。这里填的不是其中任何一种。
//!
//! ## 为什么
//! 系统按指标类型判断实际值是否达标，不认识就无法计分。
//!
//! ## 怎么改
//! 在指标类型上按空格，从列表中选一种。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "大概"
//! ```
//! 好：
//! ```toml
//! operator = "≥"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "unknown-operator";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.cell(Field::Operator).filter(|_| row.row.operator().is_none()) else { return };
    let message = format!("指标类型“{}”不认识，请选 = ≥ ≤ > < 或 定性。", short(typed));
    findings.at(row.spot(Field::Operator), message);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn only_what_is_no_operator() {
        fires("unknown-operator", "operator = '约'", "约");
        silent("unknown-operator", "operator = '>='");
        silent("unknown-operator", "operator = ''");
    }
}
