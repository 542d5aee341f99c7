//! # 评分标准里的分数自相矛盾
//!
//! ## 问题
//! 同一句评分标准里写了几个不同的满分，如“满分10分。达标得12分”。
//!
//! ## 为什么
//! 不知道哪个算数，自评时无法计分，审核会退回。
//!
//! ## 怎么改
//! 只留一个满分，其余的改成一致。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "满分4分。达到计划值得6分，否则按实际值÷计划值×指标分值计分。"
//! ```
//! 好：
//! ```toml
//! rule = "满分4分。达到计划值得4分，否则按实际值÷计划值×指标分值计分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};

pub(super) const CODE: &str = "points-conflict";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

/// Words of points that are for each part, not for the whole.
const FOR_EACH: &[&str] = &["各得", "各计", "各记", "各占", "各加", "每项", "每个", "每件", "每次", "每条"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let note = sentence::note(row.parsed, "points-conflict");
    if let Some((message, span)) = note.filter(|_| !FOR_EACH.iter().any(|word| row.row.rule.contains(word))) {
        let finding = findings.at(row.spot(Field::Rule), format!("{message}，请改成一个。"));
        if let Some(span) = span {
            finding.span(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn two_totals_or_more_than_the_total() {
        fires("points-conflict", "rule = '满分4分。达标得6分，否则不得分。'", "4分与6分");
        silent("points-conflict", "rule = '满分4分。达标得4分，未达标得1分。'");
        silent("points-conflict", "rule = '立项、合同、监理、验收资料齐全各得1分，共4分。'");
    }
}
