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
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, FormView, Rule, RowView, digest, sentence};
use crate::rule::{self, PartKind};
use crate::vocabulary::operator::Operator;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "overshoot-uncapped";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Hint, check);

const CAPS: &[&str] = &["超额", "不加分", "最高", "封顶", "为止", "不超过", "上限", "为限", "最多", "超出部分", "超过部分"];

fn digested(row: &RowView<'_>) -> u64 {
    if is_open(row) { digest((&row.row.rule, is_allowed(row))) } else { 0 }
}

/// Told once for all rows it holds of, with one fix for all: on each row it would drown the rest.
fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let (allowed, open): (Vec<_>, Vec<_>) = view.rows().filter(is_open).partition(is_allowed);
    allowed.iter().for_each(|row| tell(std::slice::from_ref(row), findings));
    tell(&open, findings);
}

fn tell(rows: &[RowView<'_>], findings: &mut Findings<'_>) {
    let Some(first) = rows.first() else { return };
    let numbers: Vec<String> = rows.iter().map(|row| (row.at + 1).to_string()).collect();
    let which = if rows.len() > 1 { format!("第{}条", numbers.join("、")) } else { String::new() };
    let message = format!("{which}没有写超额完成怎么算，请加“超额完成不加分”。");
    let finding = findings.at(first.spot(Field::Rule), message);
    let edits: Vec<Edit> = rows.iter().filter_map(capped).collect();
    let title = if edits.len() > 1 { format!("{}条都加上“超额完成不加分”", edits.len()) } else { "加上“超额完成不加分”".into() };
    if !edits.is_empty() {
        finding.fix(title, edits);
    }
}

fn capped(row: &RowView<'_>) -> Option<Edit> {
    let sentence = sentence::with_words(row, PartKind::Points, "，超额完成不加分", |_| true)?;
    Some(row.set(Field::Rule, sentence))
}

fn is_allowed(row: &RowView<'_>) -> bool {
    row.row.allow.lines().any(|line| line.split_whitespace().next() == Some(CODE))
}

fn is_open(row: &RowView<'_>) -> bool {
    let proportional = matches!(row.parsed.rule, rule::Rule::Proportional { .. });
    let capped = || CAPS.iter().any(|word| row.row.rule.contains(word));
    proportional && can_overshoot(row) && !capped()
}

/// All of something cannot be overdone.
fn can_overshoot(row: &RowView<'_>) -> bool {
    let Ok(Target::Number(Operator::Eq | Operator::Ge | Operator::Gt, value)) = row.target() else { return false };
    !(*value >= Decimal::ONE_HUNDRED && unit::find(&row.row.unit).is_some_and(|unit| unit.name == "%"))
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fixes, silent};

    const OPEN: &str = "rule = '达到计划值得满分2分，否则按实际值÷计划值×指标分值计分。'";

    #[test]
    fn the_words_go_behind_the_points() {
        let after = "达到计划值得满分2分，超额完成不加分，否则按实际值÷计划值×指标分值计分。";
        fixes("overshoot-uncapped", OPEN, Field::Rule, after);
    }

    #[test]
    fn many_rows_are_told_of_once() {
        let patch = format!("{OPEN}\n[[extra]]\nname = '宣传栏更换次数'\n{OPEN}");
        let found = findings("overshoot-uncapped", &patch);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.starts_with("第1、"), "{found:#?}");
        assert_eq!(found[0].fixes[0].edits.len(), 2);
    }

    #[test]
    fn a_row_that_allows_it_is_not_in_the_list() {
        let patch = format!("{OPEN}\nallow = ['overshoot-uncapped 已与财政局商定']\n[[extra]]\nname = '宣传栏更换次数'\nallow = ''\n{OPEN}");
        let found = findings("overshoot-uncapped", &patch);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.starts_with("没有写"), "{found:#?}");
    }

    #[test]
    fn capped_or_never_over() {
        silent("overshoot-uncapped", &format!("{OPEN}\nvalue = '100'\nunit = '%'"));
        silent("overshoot-uncapped", &format!("{OPEN}\noperator = '≤'"));
        silent("overshoot-uncapped", "rule = '按完成比例计分，最高2分。'");
        silent("overshoot-uncapped", "rule = '达到计划值得2分，否则不得分。'");
    }
}
