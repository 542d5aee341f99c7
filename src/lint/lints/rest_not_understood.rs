//! # 评分标准里有一段看不懂
//!
//! ## 问题
//! 评分标准的大意能看懂，但标出的一段不知道起什么作用，计分时没有算进去。
//!
//! ## 为什么
//! 如果这段话影响得分，程序算出来的分就不对；如果不影响，删去更清楚。
//!
//! ## 怎么改
//! 改成常见的写法，或者移到指标解释、备注里。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分，村里另有安排的看情况。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, prose};
use crate::rule::{self, Note};

pub(super) const CODE: &str = "rest-not-understood";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

/// What is said beside the calculation without changing it.
const BESIDE: &[&str] = &["不加分", "不超过", "最高", "为准", "依据", "来源", "超额", "超过指标分值", "注：", "说明", "其中"];

/// Shorter rests are slips of writing rather than conditions.
const TELLING: usize = 4;

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if matches!(row.parsed.rule, rule::Rule::Unknown | rule::Rule::GradedRanges { .. }) {
        return;
    }
    let rest = |note: &Note| note.span.clone().filter(|_| note.code == "not-understood");
    let said = |span: &std::ops::Range<usize>| row.row.rule.get(span.clone()).unwrap_or_default();
    let beside = |span: &std::ops::Range<usize>| {
        said(span).chars().filter(|c| prose::is_han(*c)).count() < TELLING
            || BESIDE.iter().any(|word| said(span).contains(word))
    };
    if let Some(span) = row.parsed.notes.iter().filter_map(rest).find(|span| !beside(span)) {
        let message = format!("没有看懂“{}”，计分时没有算进去。", prose::short(said(&span)));
        findings.at(row.spot(Field::Rule), message).span(span);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, silent};

    #[test]
    fn the_rest_is_underlined() {
        let rule = "达到计划值得4分，否则不得分，没有台账的另行商议。";
        let found = findings("rest-not-understood", &format!("rule = '{rule}'"));
        let span = found[0].span.clone().expect("has one");
        assert_eq!(&rule[span], "没有台账的另行商议");
        silent("rest-not-understood", "rule = '达到计划值得4分，超额完成不加分，否则不得分。'");
        silent("rest-not-understood", "rule = '没有台账的另行商议'");
    }
}
