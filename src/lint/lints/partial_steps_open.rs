//! # 推迟不满一档怎么扣没有写
//!
//! ## 问题
//! “每推迟10天扣1分”没有写推迟9天扣不扣。
//!
//! ## 为什么
//! 自评时会有两种算法，相差一档的分。
//!
//! ## 怎么改
//! 加上“不足10天的按10天扣分”，或者“不足10天的不扣分”。
//! 全表统一约定的，在“扣分不足一档”里选定。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "在2026年9月30日前完成得4分，每推迟10天扣1分，扣完为止。"
//! ```
//! 好：
//! ```toml
//! rule = "在2026年9月30日前完成得4分，每推迟10天扣1分，不足10天的按10天扣分，扣完为止。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};
use crate::rule::{self, PartKind};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "partial-steps-open";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((_, span)) = sentence::note(row.parsed, CODE) else { return };
    let rule::Rule::Deadline { step, step_unit, .. } = &row.parsed.rule else { return };
    if !row.form.options.partial_steps.trim().is_empty() {
        return;
    }
    let step = format!("{}{step_unit}", plain(*step));
    let message = format!("没有写推迟不足{step}扣不扣，请写明。");
    let mut finding = findings.at(row.spot(Field::Rule), message).span(span.unwrap_or_default());
    for words in [format!("不足{step}的按{step}扣分"), format!("不足{step}的不扣分")] {
        let settled = |read: &rule::Parsed| sentence::note(read, CODE).is_none();
        if let Some(text) = sentence::with_words(row, PartKind::Deduction, &format!("，{words}"), settled) {
            finding = finding.fix(format!("加上“{words}”"), vec![row.set(Field::Rule, text)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fixes, silent};

    const OPEN: &str = "rule = '在2026年12月31日前完成得10分，每推迟10天扣1分，扣完为止。'";

    #[test]
    fn the_clerk_chooses() {
        let after = "在2026年12月31日前完成得10分，每推迟10天扣1分，不足10天的按10天扣分，扣完为止。";
        fixes("partial-steps-open", OPEN, Field::Rule, after);
        assert_eq!(findings("partial-steps-open", OPEN)[0].fixes.len(), 2);
        silent("partial-steps-open", &format!("{OPEN}\n[options]\npartial_steps = 'started'"));
        silent("partial-steps-open", "rule = '6月30日前完成得4分，每推迟1天扣1分，扣完为止。'");
    }
}
