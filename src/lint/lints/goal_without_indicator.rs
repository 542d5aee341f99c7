//! # 目标没有指标对应
//!
//! ## 问题
//! 年度履职目标里的一段，在所有指标的名称和解释里都找不到相同的词。
//!
//! ## 为什么
//! 目标写了却没有指标，年末就无从考核。审核时常问“这一条拿什么衡量”。
//!
//! ## 怎么改
//! 为它补一条指标，或者用同样的词写指标名称；今年不做的事从目标里删去。
//! 这是按词语对照得出的，意思相同而用词不同的，可以不理会。
//!
//! ## 例
//! 坏：
//! ```toml
//! annual_goals = """
//! 一、开展党风廉政宣传活动4场。
//! 二、帮助柑橘打开销路。"""
//! ```
//! 好：
//! ```toml
//! annual_goals = """
//! 一、开展党风廉政宣传活动4场。
//! 二、维修山塘6座。"""
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::lint::facts::GOALS;
use crate::lint::{Findings, FormView, Rule, RowView, digest, keywords};

pub(super) const CODE: &str = "goal-without-indicator";
pub(super) const LINT: Rule = Rule::rows(&[Field::AnnualGoals], digested, Severity::Hint, check);

fn digested(row: &RowView<'_>) -> u64 {
    let named: BTreeSet<(char, char)> = topics(*row).filter(|pair| row.facts.goals.contains_key(pair)).collect();
    digest(named)
}

/// What the row is about.
fn topics(row: RowView<'_>) -> impl Iterator<Item = (char, char)> {
    [&row.row.name, &row.row.explanation].into_iter().flat_map(|text| keywords::topics(text))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    if view.form.indicators.is_empty() {
        return;
    }
    let text = &view.form.annual_goals;
    let goals = &view.facts.goals;
    // A bit for each paragraph about something that no row has met.
    let mut unmet = goals.values().fold(0, |all, paragraphs| all | paragraphs) & !(u64::MAX << GOALS);
    let mut topics = view.rows().flat_map(topics);
    while unmet != 0
        && let Some(pair) = topics.next()
    {
        unmet &= !goals.get(&pair).copied().unwrap_or(0);
    }
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').take(GOALS).enumerate() {
        if unmet >> at & 1 == 1 {
            let message = format!("没有指标提到这段目标的“{}”，请补指标或改用同样的词。", keywords::listed(line));
            findings.at(Spot::form(Field::AnnualGoals), message).span(start..start + line.trim_end().len());
        }
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    #[test]
    fn a_paragraph_without_common_words() {
        let patch = r#"annual_goals = "一、维修山塘。\n二、推进国防公路建设。""#;
        fires("goal-without-indicator", patch, "国防");
        assert_eq!(findings("goal-without-indicator", patch)[0].span, Some(22..55));
        silent("goal-without-indicator", "annual_goals = '一、继续加强各项工作。'");
        silent("goal-without-indicator", "annual_goals = '帮助柑橘打开销路'\nindicator = []");
    }
}
