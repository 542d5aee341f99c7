//! # 指标方向反了
//!
//! ## 问题
//! 成本、投诉、事故这类越少越好的指标用了 ≥；或者满意度、合格率这类越高越好的指标用了 ≤。
//!
//! ## 为什么
//! 方向反了，花钱越多得分越高，越不满意得分越高，表一定会被退回。
//!
//! ## 怎么改
//! 成本和坏事用 ≤，满意度和好事用 ≥。节约、下降一类的成本指标，名称里写明“节约”“下降”。
//!
//! ## 例
//! 坏：
//! ```toml
//! level1 = "成本指标"
//! level2 = "经济成本指标"
//! name = "宣传活动支出"
//! operator = "≥"
//! unit = "万元"
//! ```
//! 坏：
//! ```toml
//! level1 = "满意度指标"
//! level2 = "服务对象满意度指标"
//! name = "村民满意度"
//! operator = "≤"
//! value = "90"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! level1 = "成本指标"
//! level2 = "经济成本指标"
//! name = "宣传活动支出"
//! operator = "≤"
//! unit = "万元"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::{operator::Operator, unit::Kind};

pub(super) const CODE: &str = "wrong-direction";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

/// What a cost row may well promise much of.
const GOOD_COSTS: &[&str] = &[
    "节约", "节省", "降", "减", "压", "控制", "标准", "补助", "补贴", "工资", "待遇", "回收", "利用", "治理", "处理", "达标",
    "缓解", "覆盖",
];

/// Endings of names that count what should not happen.
const BAD_THINGS: &[&str] = &[
    "投诉", "投诉量", "投诉数", "投诉件数", "投诉次数", "投诉率", "事故", "事故数", "事故起数", "事故次数", "事故率", "发生率",
    "发案率", "超支率", "死亡人数", "伤亡人数", "违规次数", "违规率", "差错率", "流失率", "浪费率",
];

/// Endings of names of what should be as much as possible.
const GOOD_THINGS: &[&str] = &[
    "合格率", "覆盖率", "及时率", "达标率", "完成率", "整改率", "化解率", "处理率", "办结率", "优良率", "准确率", "满意率",
    "满意度", "知晓率", "参与率", "普及率", "入户率",
];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(sign), Some(name)) = (row.sign(), row.cell(Field::Name)) else { return };
    let bare = names::without_bracket(name);
    let why = match sign {
        Operator::Ge | Operator::Gt => less_is_better(row, bare),
        Operator::Le | Operator::Lt => more_is_better(row, bare),
        _ => None,
    };
    let Some(why) = why else { return };
    let right = opposite(sign).sign();
    let message = format!("{why}，指标类型应是“{right}”，不是“{}”。", sign.sign());
    let edits = vec![row.set(Field::Operator, right)];
    findings.at(row.spot(Field::Operator), message).fix(format!("改为 {right}"), edits);
}

fn less_is_better(row: &RowView<'_>, name: &str) -> Option<&'static str> {
    if BAD_THINGS.iter().any(|ending| name.ends_with(ending)) {
        return Some("这类事越少越好");
    }
    let is_ratio = || row.known_unit().is_some_and(|unit| unit.kind == Kind::Ratio);
    let is_fine = || is_ratio() || GOOD_COSTS.iter().any(|word| name.contains(word));
    (row.is_cost() && !is_fine()).then_some("成本越低越好")
}

fn more_is_better(row: &RowView<'_>, name: &str) -> Option<&'static str> {
    if name.contains("投诉") || name.contains('不') || name.contains('未') {
        return None;
    }
    let satisfaction = row.class().is_some_and(|class| class.name == "满意度指标");
    let good = satisfaction || GOOD_THINGS.iter().any(|ending| name.ends_with(ending));
    good.then_some(if satisfaction { "满意度越高越好" } else { "这类指标越高越好" })
}

fn opposite(sign: Operator) -> Operator {
    match sign {
        Operator::Ge => Operator::Le,
        Operator::Gt => Operator::Lt,
        Operator::Le => Operator::Ge,
        Operator::Lt => Operator::Gt,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn costs_and_evils_are_kept_low() {
        let cost = "level1 = '成本'\nlevel2 = '经济成本'\n";
        fixes("wrong-direction", &format!("{cost}name = '支出总额'\noperator = '>'"), Field::Operator, "<");
        fires("wrong-direction", "name = '安全事故起数'\noperator = '≥'", "越少越好");
        fires("wrong-direction", "level2 = '成本指标'\nname = '建设成本'\noperator = '≥'", "成本越低越好");
        silent("wrong-direction", &format!("{cost}name = '支出总额'\noperator = '='"));
        silent("wrong-direction", &format!("{cost}name = '经费节约额'\noperator = '≥'"));
        silent("wrong-direction", &format!("{cost}name = '预算到位比'\noperator = '≥'\nunit = '%'"));
        silent("wrong-direction", "level2 = '成本指标'\nname = '补助标准'\noperator = '≥'\nunit = '元/人'");
    }

    #[test]
    fn good_things_are_kept_high() {
        fixes("wrong-direction", "name = '验收合格率（%）'\noperator = '≤'", Field::Operator, "≥");
        silent("wrong-direction", "name = '不合格率'\noperator = '≤'");
        silent("wrong-direction", "level1 = '满意度'\nname = '有效投诉'\noperator = '≤'");
        silent("wrong-direction", "name = '投诉办结率'\noperator = '≥'");
        silent("wrong-direction", "name = '宣传活动场次'\noperator = '≤'");
    }
}
