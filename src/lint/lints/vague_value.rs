//! # 指标值太空，没法考核
//!
//! ## 问题
//! 定性指标的值是“进一步加强”“不断提高”“逐步完善”一类的话，评分标准里也没有说怎样算做到。
//!
//! ## 为什么
//! 到年底谁也说不清“进一步”做到了没有，审核的人会要求改成能判断的结论。
//!
//! ## 怎么改
//! 能用数字的改用数字；只能用文字的，写成能判断的结论（效果明显、有效改善、通过验收），
//! 并在评分标准里分档写明各得几分。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "进一步加强"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! operator = "定性"
//! value = "效果明显"
//! unit = ""
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "vague-value";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

/// Words that promise a direction and no place to arrive at.
const OPENERS: &[&str] = &[
    "进一步", "不断", "逐步", "逐渐", "有所", "大力", "努力", "切实", "着力", "继续", "稳步", "日益", "适当", "尽量", "尽可能",
    "一定程度", "积极", "更加",
];

/// Verbs that say what is done and not what comes of it.
const VERBS: &[&str] = &["加强", "提高", "提升", "改善", "增强", "促进", "推进", "强化", "优化", "深化", "加快", "完善"];

/// States that are reached or not, though the word is a verb as well.
const STATES: &[&str] = &["完善", "健全", "规范", "优化"];

/// Words that say when it is reached after all.
const FIRM: &[&str] = &[
    "有效", "明显", "显著", "到位", "完成", "全面", "基本", "达到", "达标", "合格", "通过", "建成", "实现", "落实", "效果",
    "成效", "良好", "充分", "规范化",
];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(value) = row.cell(Field::Value).filter(|_| row.is_qualitative()) else { return };
    let graded = row.row.rule.contains(value);
    let lasting = row.row.level2.contains("可持续");
    if *row.value() == Value::Words && is_vague(value) && !graded && !lasting {
        let message = format!("“{}”没法判断做到没有，请写可以考核的结论。", short(value));
        findings.at(row.spot(Field::Value), message);
    }
}

fn is_vague(value: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| value.contains(word));
    let opens = |words: &[&str]| words.iter().any(|word| value.starts_with(word));
    let closes = |words: &[&str]| words.iter().any(|word| value.ends_with(word));
    let measured = value.chars().any(char::is_numeric);
    let vague = has(OPENERS) || ((opens(VERBS) || closes(VERBS)) && !closes(STATES));
    vague && !measured && !has(FIRM)
}

#[cfg(test)]
mod tests {
    use super::is_vague;
    use crate::lint::testing::silent;

    #[test]
    fn promises_without_a_place_to_arrive_at() {
        for value in ["进一步加强", "不断提高", "逐步改善", "有所提升", "加强管理", "环境改善", "完善制度"] {
            assert!(is_vague(value), "{value}");
        }
        for value in
            ["效果明显", "有效改善", "显著提升", "通过验收", "达标", "及时", "是", "长期", "良好", "落实到位", "提高2个档次", "制度健全", "完善", "管理规范"]
        {
            assert!(!is_vague(value), "{value}");
        }
    }

    #[test]
    fn a_sentence_that_names_the_grade_makes_it_firm() {
        let patch = "operator = '定性'\nvalue = '不断提高'\nunit = ''\n";
        silent("vague-value", &format!("{patch}rule = '不断提高得4分，没有变化得2分，下降不得分。'"));
        silent("vague-value", &format!("{patch}level2 = '可持续影响指标'"));
        silent("vague-value", "operator = '='\nvalue = '不断提高'");
    }
}
