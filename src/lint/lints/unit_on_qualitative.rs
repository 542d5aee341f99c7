//! # 定性指标填了计量单位
//!
//! ## 问题
//! 指标类型是 定性，指标值是文字或日期，计量单位却没有留空。
//!
//! ## 为什么
//! 文字结论没有单位。系统导入时定性指标带单位会报错。
//!
//! ## 怎么改
//! 清空“计量单位”；如果要考核的是数量，把指标类型改为 =、≥ 或 ≤，指标值改填数字。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "效果明显"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! operator = "定性"
//! value = "效果明显"
//! unit = ""
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "unit-on-qualitative";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(unit) = row.unit().filter(|_| row.is_qualitative()) else { return };
    if matches!(row.value(), Value::Words | Value::Date) {
        let message = format!("定性指标没有计量单位，“{}”应清空。", short(unit));
        let edits = vec![row.set(Field::Unit, "")];
        findings.at(row.spot(Field::Unit), message).safe_fix("清空计量单位", edits);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn words_and_days_have_no_unit() {
        fixes("unit-on-qualitative", "operator = '定性'\nvalue = '有效改善'", Field::Unit, "");
        fixes("unit-on-qualitative", "operator = '定性'\nvalue = '2026年6月底前'", Field::Unit, "");
        silent("unit-on-qualitative", "operator = '定性'\nvalue = '效果明显'\nunit = '/'");
        silent("unit-on-qualitative", "operator = '定性'\nvalue = '95'\nunit = '%'");
        silent("unit-on-qualitative", "value = '4'");
    }
}
