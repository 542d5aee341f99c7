//! # 评分标准看不出怎么计分
//!
//! ## 问题
//! 评分标准写了分数，但没有写清达到什么得满分、达不到怎么扣。
//!
//! ## 为什么
//! 自评时不能按它计算，只能人工打分，审核时会问扣分的依据。
//!
//! ## 怎么改
//! 用常见的写法之一：按比例得分、每差多少扣几分、分级得分、达标得满分否则不得分。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "按照上级文件执行，满分4分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView};
use crate::rule;

pub(super) const CODE: &str = "sentence-not-understood";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let text = &row.row.rule;
    if row.parsed.rule != rule::Rule::Unknown || row.points.is_none() || text.trim().is_empty() || is_graded(text) {
        return;
    }
    let finding = findings.at(row.spot(Field::Rule), "看不出怎么计分，请写明怎样得满分、达不到怎么扣。");
    if matches!(row.target(), Ok(Target::Number(..))) {
        let sentence = rule::Rule::Proportional { full_at: None, zero_below: None }.sentence(row.points);
        finding.fix("改为按比例得分", vec![row.set(Field::Rule, sentence)]);
    }
}

/// Three grades with ranges of the points, however they are worded, are scored by hand as usual.
fn is_graded(text: &str) -> bool {
    text.matches(['%', '％']).count() + text.matches("百分之").count() > 3
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn points_without_a_way_to_earn_them() {
        fires("sentence-not-understood", "rule = '人员到位，资料齐全。'\npoints = '4'", "看不出");
        fixes("sentence-not-understood", "rule = '人员到位。'\npoints = '4'", Field::Rule, "达到目标值得满分4分，未达到目标值按实际值/目标值×分值计分。");
        silent("sentence-not-understood", "rule = '人员到位，资料齐全。'");
        silent("sentence-not-understood", "rule = ''\npoints = '4'");
        silent("sentence-not-understood", "rule = '分三档评分：100%-80%(含80%)、80%-50%(含50%)、50%-0%'\npoints = '4'");
    }
}
