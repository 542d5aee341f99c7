//! # 要人工评定的指标没有填得分
//!
//! ## 问题
//! 评分标准没有公式（酌情、分档），已经填了实际完成值，却没有填评定得分。
//!
//! ## 为什么
//! 程序算不出这一条的分，总分和等级都出不来。
//!
//! ## 怎么改
//! 在“评定得分”里填人工评定的分数。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "满分4分，未达指标值酌情扣分。"
//! actual = "3"
//! ```
//! 好：
//! ```toml
//! rule = "满分4分，未达指标值酌情扣分。"
//! actual = "3"
//! manual_score = "3"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::rule::{self, Flag};
use crate::score;

pub(super) const CODE: &str = "manual-score-missing";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let by_hand =
        matches!(row.parsed.rule, rule::Rule::Discretionary | rule::Rule::GradedRanges { .. } | rule::Rule::Unknown);
    if !by_hand || !row.row.manual_score.trim().is_empty() || row.row.actual.trim().is_empty() {
        return;
    }
    let options = score::options_of(row.form);
    let scored = score::row_achieved(row.form, row.scores, row.at, &row.row.actual, &options);
    if scored.is_some_and(|score| score.points.is_none() && score.flags.contains(&Flag::ManualNeeded)) {
        findings.at(row.spot(Field::ManualScore), "评分标准没有公式，请填人工评定的得分。");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn only_where_no_formula_scores() {
        fires("manual-score-missing", "rule = '满分4分，酌情扣分。'\nactual = '3'", "人工评定");
        silent("manual-score-missing", "rule = '满分4分，酌情扣分。'\nactual = ''");
        silent("manual-score-missing", "actual = '3'");
    }
}
