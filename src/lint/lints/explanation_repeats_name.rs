//! # 指标解释没有解释
//!
//! ## 问题
//! 指标解释只是把指标名称抄了一遍，或者比名称还短，没有说统计什么、怎么算。
//!
//! ## 为什么
//! 年末自评时，没有人能据此说清实际值是怎么来的。这是最常被退回的毛病之一。
//!
//! ## 怎么改
//! 写明统计什么、范围多大、怎么算、以什么资料为准。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "考核党风廉政宣传活动场次情况"
//! ```
//! 好：
//! ```toml
//! explanation = "全年由乡纪委组织的宣传活动场数，以签到和照片记录为准。"
//! ```

use std::sync::LazyLock;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::words::Words;
use crate::lint::{Findings, Rule, RowView, prose};

pub(super) const CODE: &str = "explanation-repeats-name";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

/// Words that add nothing to a name.
static EMPTY: LazyLock<Words> = LazyLock::new(|| Words::new(&[
    "完成情况", "本年度", "本单位", "主要反映", "主要考核", "考核", "反映", "衡量", "评价", "体现", "用于", "该指标",
    "本指标", "指标", "本年", "全年", "年度", "当年", "情况", "是指", "指的是", "即", "的", "是",
]));
/// Words of an explanation that counts or calculates.
const EXPLAINING: &[&str] = &[
    "占", "比例", "比重", "÷", "/", "×", "为准", "依据", "根据", "统计", "数量", "次数", "人数", "户数", "合计", "之和", "总数",
    "是否", "影响", "累计", "以内", "平均", "抽查", "问卷", "标准",
];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (name, explanation) = (row.row.name.trim(), row.row.explanation.trim());
    if name.is_empty() || explanation.is_empty() {
        return;
    }
    let most = prose::bare_chars(name.chars()).count();
    // Most explanations say more than the name; there is no need to hear them out.
    if essence(explanation).nth(most).is_some() {
        return;
    }
    let said: String = essence(explanation).collect();
    let message = if essence(name).collect::<String>().contains(&said) {
        "指标解释只是重复名称，请写明统计什么、怎么算。"
    } else if said.chars().count() < most && !explains(explanation) {
        "指标解释比名称还短，请写明统计什么、怎么算。"
    } else {
        return;
    };
    findings.at(row.spot(Field::Explanation), message);
}

/// What a text says beyond words that add nothing.
fn essence(text: &str) -> impl Iterator<Item = char> {
    prose::bare_chars(EMPTY.around_in(text))
}

fn explains(explanation: &str) -> bool {
    EXPLAINING.iter().any(|word| explanation.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    fn patch(name: &str, explanation: &str) -> String {
        format!("name = '{name}'\nexplanation = '{explanation}'")
    }

    #[test]
    fn names_in_other_words() {
        fires("explanation-repeats-name", &patch("道路巡查次数", "本年度道路巡查的次数"), "重复名称");
        fires("explanation-repeats-name", &patch("道路巡查次数", "巡查次数"), "重复名称");
        fires("explanation-repeats-name", &patch("农村道路安全巡查次数", "上路检查"), "比名称还短");
        fires("explanation-repeats-name", &patch("道路巡查次数", "考核情况。"), "重复名称");
    }

    #[test]
    fn short_but_saying_something() {
        silent("explanation-repeats-name", &patch("农村道路安全巡查次数", "以巡查台账为准"));
        silent("explanation-repeats-name", &patch("资金使用合规性", "各项经费的使用是否合规"));
        silent("explanation-repeats-name", &patch("道路巡查次数", ""));
        silent("explanation-repeats-name", &patch("", "巡查"));
    }
}
