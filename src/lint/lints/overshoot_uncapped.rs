//! # 没有写超额完成怎么算
//!
//! ## 问题
//! 按比例得分的指标，没有写超额完成是否加分。
//!
//! ## 为什么
//! 计划4次做了8次，按公式可以算出双倍的分。审核时常要求写明“超额完成不加分”。
//!
//! ## 怎么改
//! 在满分后面加上“，超额完成不加分”。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，超额完成不加分；否则按实际值÷计划值×指标分值计分。"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView, sentence};
use crate::rule::{self, PartKind};
use crate::vocabulary::operator::Operator;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "overshoot-uncapped";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

const CAPS: &[&str] = &["超额", "不加分", "最高", "封顶", "为止", "不超过", "上限", "为限", "最多", "超出部分", "超过部分"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let proportional = matches!(row.parsed.rule, rule::Rule::Proportional { .. });
    let capped = CAPS.iter().any(|word| row.row.rule.contains(word));
    if !proportional || capped || !can_overshoot(row) {
        return;
    }
    let finding = findings.at(row.spot(Field::Rule), "没有写超额完成怎么算，请加“超额完成不加分”。");
    if let Some(sentence) = sentence::with_words(row, PartKind::Points, "，超额完成不加分", |_| true) {
        finding.fix("加上“超额完成不加分”", vec![row.set(Field::Rule, sentence)]);
    }
}

/// All of something cannot be overdone.
fn can_overshoot(row: &RowView<'_>) -> bool {
    let Ok(Target::Number(Operator::Eq | Operator::Ge | Operator::Gt, value)) = row.row.target() else { return false };
    !(value >= Decimal::ONE_HUNDRED && unit::find(&row.row.unit).is_some_and(|unit| unit.name == "%"))
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    const OPEN: &str = "rule = '达到计划值得满分2分，否则按实际值÷计划值×指标分值计分。'";

    #[test]
    fn the_words_go_behind_the_points() {
        let after = "达到计划值得满分2分，超额完成不加分，否则按实际值÷计划值×指标分值计分。";
        fixes("overshoot-uncapped", OPEN, Field::Rule, after);
    }

    #[test]
    fn capped_or_never_over() {
        silent("overshoot-uncapped", &format!("{OPEN}\nvalue = '100'\nunit = '%'"));
        silent("overshoot-uncapped", &format!("{OPEN}\noperator = '≤'"));
        silent("overshoot-uncapped", "rule = '按完成比例计分，最高2分。'");
        silent("overshoot-uncapped", "rule = '达到计划值得2分，否则不得分。'");
    }
}
