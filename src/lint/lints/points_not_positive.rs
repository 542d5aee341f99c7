//! # 分值是0或负数
//!
//! ## 问题
//! “分值”填了0或负数。
//!
//! ## 为什么
//! 没有分的指标不考核，不能写进表里；负分会让合计变小。
//!
//! ## 怎么改
//! 填这一条的满分；不考核的指标整条删去。
//!
//! ## 例
//! 坏：
//! ```toml
//! points = "0"
//! ```
//! 好：
//! ```toml
//! points = "4"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "points-not-positive";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(points) = row.row.explicit_points().filter(|points| *points <= Decimal::ZERO) else { return };
    let found = findings.at(row.spot(Field::Points), format!("分值“{}”应大于0。", plain(points)));
    if row.parsed.points.is_some_and(|points| points > Decimal::ZERO) {
        found.fix("清空，用评分标准里的分数", vec![row.set(Field::Points, "")]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn a_row_is_worth_something() {
        fires("points-not-positive", "points = '-1'", "大于0");
        fixes("points-not-positive", "points = '0.0'", Field::Points, "");
        silent("points-not-positive", "points = '0.5'");
        silent("points-not-positive", "points = '零'");
    }
}
