//! # 指标值是负数
//!
//! ## 问题
//! 指标值小于0，而名称说的不是增减变化。
//!
//! ## 为什么
//! 次数、金额、比例都不会是负数，多半是把“—”或“-”当成了分隔符粘贴进来。
//!
//! ## 怎么改
//! 去掉负号。要考核减少了多少的，名称写“下降率”“减少量”，值填正数。
//!
//! ## 例
//! 坏：
//! ```toml
//! value = "-4"
//! ```
//! 好：
//! ```toml
//! value = "4"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "negative-value";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((_, number)) = row.number() else { return };
    if number.is_sign_negative() && !number.is_zero() && !names::is_about_change(&row.row.name) {
        let positive = plain(number.abs());
        let message = format!("指标值“{}”是负数，请核对。", plain(number));
        let edits = vec![row.set(Field::Value, positive.as_str())];
        findings.at(row.spot(Field::Value), message).fix(format!("改成 {positive}"), edits);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn only_changes_may_be_negative() {
        fixes("negative-value", "value = '-4'", Field::Value, "4");
        silent("negative-value", "name = '人口自然增长率'\noperator = '≥'\nvalue = '-3'\nunit = '‰'");
        silent("negative-value", "value = '0'");
        silent("negative-value", "value = '-0'");
    }
}
