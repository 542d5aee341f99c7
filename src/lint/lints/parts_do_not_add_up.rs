//! # 各项分数加起来不等于满分
//!
//! ## 问题
//! 评分标准逐项给分，各项分数的合计与写明的满分不同。
//!
//! ## 为什么
//! 全部做到也得不到满分，或者会超过满分，自评时无法计分。
//!
//! ## 怎么改
//! 改各项的分数，或者改满分，使两边相等。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "满分4分。（1）制定方案得1分；（2）召开会议得1分；（3）形成总结得1分。"
//! ```
//! 好：
//! ```toml
//! rule = "满分4分。（1）制定方案得1分；（2）召开会议得1分；（3）形成总结得2分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};

pub(super) const CODE: &str = "parts-do-not-add-up";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if let Some((message, span)) = sentence::note(row.parsed, CODE) {
        let finding = findings.at(row.spot(Field::Rule), format!("{message}，请改成相等。"));
        if let Some(span) = span {
            finding.span(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn a_checklist_adds_up() {
        fires("parts-do-not-add-up", "rule = '共5分：制定方案得1分；召开会议得1分；总结得2分；每少一项扣1分。'", "合计4分");
        silent("parts-do-not-add-up", "rule = '制定方案得1分；召开会议得1分；总结得2分。'");
    }
}
