//! # 分值的小数太多
//!
//! ## 问题
//! “分值”的小数超过了两位。
//!
//! ## 为什么
//! 得分都按两位小数四舍五入，分值再细也显示不出来，合计容易差0.01分。
//!
//! ## 怎么改
//! 分值用整数，最多留一两位小数。
//!
//! ## 例
//! 坏：
//! ```toml
//! points = "3.335"
//! ```
//! 好：
//! ```toml
//! points = "3.5"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number::{plain, round_points};

pub(super) const CODE: &str = "points-too-precise";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(points) = row.row.explicit_points() else { return };
    let rounded = round_points(points);
    if rounded != points {
        let message = format!("分值“{}”的小数太多，最多两位。", plain(points));
        let edits = vec![row.set(Field::Points, plain(rounded))];
        findings.at(row.spot(Field::Points), message).fix(format!("改为 {}", plain(rounded)), edits);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn two_decimals_are_enough() {
        fixes("points-too-precise", "points = '3.335'", Field::Points, "3.34");
        silent("points-too-precise", "points = '3.330'");
        silent("points-too-precise", "points = '三'");
    }
}
