//! # 酌情扣分没有公式
//!
//! ## 问题
//! 评分标准写“酌情扣分”，没有写差多少扣几分。
//!
//! ## 为什么
//! 扣多扣少全凭打分的人，自评时要人工填得分，审核时会问依据。
//!
//! ## 怎么改
//! 改成按比例得分，或写明每差多少扣几分。确实不能量化的可以不改。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，未达到的酌情扣分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView};
use crate::rule::{self, PartKind};
use crate::vocabulary::operator::Operator;

pub(super) const CODE: &str = "discretionary-rule";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if row.parsed.rule != rule::Rule::Discretionary {
        return;
    }
    let mut finding = findings.at(row.spot(Field::Rule), "酌情扣分没有公式，请写明差多少扣几分。");
    if let Some(part) = row.parsed.parts.iter().find(|part| part.kind == PartKind::Discretion) {
        finding = finding.span(part.span.clone());
    }
    let forward = matches!(row.target(), Ok(Target::Number(Operator::Eq | Operator::Ge | Operator::Gt, _)));
    if forward {
        let sentence = rule::Rule::Proportional { full_at: None, zero_below: None }.sentence(row.points);
        finding.fix("改为按比例得分", vec![row.set(Field::Rule, sentence)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn discretion_without_a_formula() {
        fires("discretionary-rule", "rule = '未达指标值酌情扣分，满分4分。'", "酌情");
        fixes("discretionary-rule", "rule = '未达指标值酌情扣分。'\npoints = '4'", Field::Rule, "达到目标值得满分4分，未达到目标值按实际值/目标值×分值计分。");
        silent("discretionary-rule", "rule = '达标得4分，否则不得分。'");
    }
}
