//! # 只能是整数的数量带了小数
//!
//! ## 问题
//! 计量单位是 次、人、件、户 这类只能数整数的单位，指标值却有小数。
//!
//! ## 为什么
//! 不会有4.5场活动。多半是单位填错了（应是 万人、万元），或者小数点打错了。
//!
//! ## 怎么改
//! 改成整数，或者换一个合适的单位。算平均数的指标，名称里写明“人均”“户均”“平均”。
//!
//! ## 例
//! 坏：
//! ```toml
//! value = "4.5"
//! unit = "场"
//! ```
//! 好：
//! ```toml
//! value = "5"
//! unit = "场"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "fractional-count";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some((_, number)), Some(unit)) = (row.number(), row.known_unit()) else { return };
    let average = row.row.name.contains(['均', '每']);
    if unit.kind.is_whole() && !average && !number.fract().is_zero() {
        let message = format!("“{}{}”不能有小数，请改成整数或换单位。", plain(number), unit.name);
        findings.at(row.spot(Field::Value), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn whole_things_are_counted_whole() {
        fires("fractional-count", "value = '28.8'\nunit = '人'", "28.8人");
        silent("fractional-count", "value = '4.0'");
        silent("fractional-count", "value = '28.8'\nunit = '万人'");
        silent("fractional-count", "name = '户均走访次数'\nvalue = '1.5'\nunit = '次'");
    }
}
