//! # 定性指标值不在评分标准的等级里
//!
//! ## 问题
//! 指标值写“有效改善”，评分标准却按“效果明显、效果一般”分级，对不上。
//!
//! ## 为什么
//! 年末填了实际值，不知道算哪一级。
//!
//! ## 怎么改
//! 让指标值就是评分标准里得满分的那一级。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "有效改善"
//! unit = ""
//! rule = "效果明显得4分，效果一般得2分，否则不得分。"
//! ```
//! 好：
//! ```toml
//! operator = "定性"
//! value = "效果明显"
//! unit = ""
//! rule = "效果明显得4分，效果一般得2分，否则不得分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView, prose};
use crate::rule::{self, Grade};

pub(super) const CODE: &str = "target-not-a-grade";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

/// Grades that any target can reach.
const OF_ANY: &[&str] = &["达到", "达成", "完成", "实现", "符合", "目标", "指标", "预期", "合格", "否则", "达标", "按时", "及时"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Ok(Target::Qualitative(value)) = row.target() else { return };
    let rule::Rule::Graded { grades } = &row.parsed.rule else { return };
    let Some(best) = grades.first() else { return };
    let value = prose::bare(value);
    let known = |grade: &Grade| {
        let name = prose::bare(&grade.name);
        name.contains(&value) || value.contains(&name) || OF_ANY.iter().any(|word| name.contains(word))
    };
    let names: Vec<&Grade> = grades.iter().filter(|grade| grade.name != "否则").collect();
    if names.len() > 1 && !value.is_empty() && !names.into_iter().any(known) {
        let message = format!("评分标准里没有“{}”这一级，请改成一致。", prose::short(&value));
        let edit = row.set(Field::Value, best.name.clone());
        findings.at(row.spot(Field::Value), message).fix(format!("指标值改为“{}”", prose::short(&best.name)), vec![edit]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    fn row(value: &str, rule: &str) -> String {
        format!("operator = '定性'\nvalue = '{value}'\nrule = '{rule}'")
    }

    #[test]
    fn the_value_is_one_of_the_grades() {
        let rule = "效果明显得4分，效果一般得2分，否则不得分。";
        fixes("target-not-a-grade", &row("有效改善", rule), Field::Value, "效果明显");
        silent("target-not-a-grade", &row("明显", rule));
        silent("target-not-a-grade", &row("有效改善", "达到目标得4分，基本达到目标得2分，否则不得分。"));
        silent("target-not-a-grade", "rule = '效果明显得4分，效果一般得2分，否则不得分。'");
    }
}
