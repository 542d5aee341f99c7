//! # 实际完成值没法计分
//!
//! ## 问题
//! 从实际完成值里读不出数字、日期或评分标准里的一档，按评分标准算不出得分。
//!
//! ## 为什么
//! 没法和目标比较，这一条就没有得分，全表的总分也出不来。
//!
//! ## 怎么改
//! 定量指标只填数字，不带单位；完成时限填实际完成的日期，如 2026年9月20日。
//!
//! ## 例
//! 坏：
//! ```toml
//! actual = "若干场"
//! ```
//! 好：
//! ```toml
//! actual = "4"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::rule::Rule as Sentence;
use crate::score;

pub(super) const CODE: &str = "actual-not-readable";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.cell(Field::Actual).filter(|_| row.row.manual_score.trim().is_empty()) else { return };
    if !has_formula(&row.parsed.rule) || !has_target(row) {
        return;
    }
    let options = score::options_of(row.form);
    let scored = score::row_achieved(row.form, row.scores, row.at, typed, &options);
    if scored.is_some_and(|score| score.points.is_none()) {
        let wanted = match row.value() {
            Value::Date => "请填实际完成的日期",
            Value::Number(_) => "请只填数字",
            _ => "请写成标准里的一档",
        };
        let message = format!("实际完成值“{}”没法计分，{wanted}。", short(typed));
        findings.at(row.spot(Field::Actual), message);
    }
}

/// Rows scored by hand are for `manual-score-missing`.
fn has_formula(rule: &Sentence) -> bool {
    !matches!(rule, Sentence::Discretionary | Sentence::GradedRanges { .. } | Sentence::Unknown)
}

/// A target that cannot be read has its own lint.
fn has_target(row: &RowView<'_>) -> bool {
    row.number().is_some() || (row.is_qualitative() && matches!(row.value(), Value::Date | Value::Words))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn numbers_days_and_grades() {
        let lint = "actual-not-readable";
        let deadline = "operator = '定性'\nvalue = '2026年9月30日前'\nunit = ''
            rule = '在2026年9月30日前完成得4分，每推迟5天扣1分，扣完为止。'\n";
        let graded = "operator = '定性'\nvalue = '效果明显'\nunit = ''
            rule = '效果明显得4分，效果一般得2分，否则不得分。'\n";
        fires(lint, "actual = '4次'", "只填数字");
        fires(lint, &format!("{deadline}actual = '已开工'"), "日期");
        silent(lint, &format!("{deadline}actual = '2026.9.20'"));
        silent(lint, &format!("{deadline}actual = '按期完成'"));
        silent(lint, &format!("{graded}actual = '效果一般'"));
        silent(lint, "actual = ''");
        silent(lint, "actual = '４'");
        silent(lint, "actual = '4场'");
        silent(lint, "value = '若干'\nactual = '一些'");
        silent(lint, "actual = '一些'\nmanual_score = '3'");
    }
}
