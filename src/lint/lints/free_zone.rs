//! # 扣分的一档太大，不满一档不扣分
//!
//! ## 问题
//! “每超出10%扣2分”没有写不足10%怎么办，超出9.9%也得满分。
//!
//! ## 为什么
//! 等于留了一段不扣分的空档，成本超支近一成也算达标，审核时会要求写清楚。
//!
//! ## 怎么改
//! 加上“不足10%的按10%扣分”，或者把一档改小，如每超出1%扣0.2分。
//! 全表统一约定的，在“扣分不足一档”里选定。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，每降低10%扣1分，扣完为止。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，每降低10%扣1分，不足10%的按10%扣分，扣完为止。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};
use crate::rule::{self, PartKind};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "free-zone";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((_, span)) = sentence::note(row.parsed, CODE) else { return };
    let rule::Rule::StepDeduction { step, step_unit, .. } = &row.parsed.rule else { return };
    if !row.form.options.partial_steps.trim().is_empty() {
        return;
    }
    let step = format!("{}{step_unit}", plain(*step));
    let message = format!("不满{step}的不扣分，请写明“不足{step}的按{step}扣分”。");
    let finding = findings.at(row.spot(Field::Rule), message).span(span.unwrap_or_default());
    let words = format!("，不足{step}的按{step}扣分");
    if let Some(text) = sentence::with_words(row, PartKind::Deduction, &words, |read| sentence::note(read, CODE).is_none()) {
        finding.fix(format!("加上“不足{step}的按{step}扣分”"), vec![row.set(Field::Rule, text)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    const OPEN: &str = "rule = '支出控制在预算范围内得20分，每超出10%扣2分，扣完为止。'";

    #[test]
    fn a_large_step_without_a_word_on_parts_of_it() {
        let after = "支出控制在预算范围内得20分，每超出10%扣2分，不足10%的按10%扣分，扣完为止。";
        fixes("free-zone", OPEN, Field::Rule, after);
        silent("free-zone", &format!("{OPEN}\n[options]\npartial_steps = 'whole'"));
        silent("free-zone", "rule = '达到90%得4分，每降低1%扣1分，扣完为止。'");
    }
}
