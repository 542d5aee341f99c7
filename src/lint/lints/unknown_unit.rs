//! # 计量单位不常见
//!
//! ## 问题
//! 计量单位不在常用单位表里。
//!
//! ## 为什么
//! 系统里的计量单位大多从列表中选，列表里没有的可能填不进去，也可能是写错了。
//!
//! ## 怎么改
//! 能用常用单位就换成常用单位；确实要用这个单位的，不用管这条提示。
//!
//! ## 例
//! 坏：
//! ```toml
//! unit = "光年"
//! ```
//! 好：
//! ```toml
//! unit = "次/季度"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView, placeholder};
use crate::text;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "unknown-unit";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

/// What stands behind the stroke in 次/季度, besides units.
const PER: &[&str] = &["季", "季度", "周", "半年", "日", "床", "人月", "人年", "村", "项目", "单位"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.unit().filter(|_| !row.is_qualitative()) else { return };
    if !is_known(typed) && placeholder::find(typed).is_none() {
        let message = format!("计量单位“{}”不常见，请核对或换成常用单位。", short(typed));
        findings.at(row.spot(Field::Unit), message);
    }
}

fn is_known(typed: &str) -> bool {
    let compact = text::compact(typed);
    let part = |part: &str| unit::find(part).is_some() || PER.contains(&part);
    part(&compact) || (compact.contains('/') && compact.split('/').all(part))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn only_strange_units() {
        fires("unknown-unit", "unit = '4场'", "不常见");
        for unit in ["场", "百分比", "元/人·月", "吨/天", "元/床/月", "", "—"] {
            silent("unknown-unit", &format!("unit = '{unit}'"));
        }
        silent("unknown-unit", "operator = '定性'\nvalue = '效果明显'\nunit = '怪'");
    }
}
