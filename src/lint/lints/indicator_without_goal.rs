//! # 指标在目标和职责里找不到依据
//!
//! ## 问题
//! 产出或效益指标的名称，与年度履职目标和部门职责没有一个相同的词。
//!
//! ## 为什么
//! 指标应当从目标分解而来。找不到出处的指标，审核时会问“为什么考这个”。
//!
//! ## 怎么改
//! 在年度履职目标里写上这件事，或者换一条与目标对应的指标。
//! 这是按词语对照得出的，意思相同而用词不同的，可以不理会。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "柑橘销售额"
//! ```
//! 好：
//! ```toml
//! name = "山塘维修座数"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, keywords};

pub(super) const CODE: &str = "indicator-without-goal";
pub(super) const LINT: Rule = Rule::row_and(&[Field::AnnualGoals, Field::Duties], Severity::Hint, check);

/// Money and time spent serve all goals, satisfaction sums them up.
const LOOKED_AT: [&str; 6] = ["数量指标", "质量指标", "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"];
/// Subjects of every unit, whatever its goals.
const OF_ALL: [&str; 8] = ["资金", "预算", "经费", "支出", "决算", "采购", "资产", "工资"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if row.form.annual_goals.trim().is_empty() {
        return;
    }
    let name = &row.row.name;
    let looked_at = row.own().level2.is_some_and(|class| LOOKED_AT.contains(&class));
    if !looked_at || OF_ALL.iter().any(|word| name.contains(word)) {
        return;
    }
    let mut topics = keywords::topics(name).peekable();
    if topics.peek().is_some() && !topics.any(|pair| row.facts.has_ground(pair)) {
        let message = format!("目标和职责里没有“{}”，请在目标中写明或换指标。", keywords::listed(name));
        findings.at(row.spot(Field::Name), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn names_are_held_against_goals_and_duties() {
        fires("indicator-without-goal", "name = '宣讲调查入户率'\nannual_goals = '维修山塘'", "宣讲");
        silent("indicator-without-goal", "name = '救助人次'");
        silent("indicator-without-goal", "name = '资金支付率'");
        silent("indicator-without-goal", "name = '完成次数'");
        silent("indicator-without-goal", "name = '柑橘销售额'\nannual_goals = ''");
        silent("indicator-without-goal", "name = '柑橘销售额'\nlevel2 = '时效'");
    }
}
