//! # 没有写“扣完为止”
//!
//! ## 问题
//! 逐步扣分的评分标准没有写扣到哪里为止。
//!
//! ## 为什么
//! 照字面可以扣成负分。习惯上都要写“扣完为止”。
//!
//! ## 怎么改
//! 在扣分后面加上“，扣完为止”。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，每少1场扣1分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，每少1场扣1分，扣完为止。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};
use crate::rule::PartKind;

pub(super) const CODE: &str = "endless-deduction";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

const NOTE: &str = "no-cap";

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((_, span)) = sentence::note(row.parsed, NOTE) else { return };
    let finding = findings.at(row.spot(Field::Rule), "没有写扣到哪里为止，请加“扣完为止”。");
    let finding = finding.span(span.unwrap_or_default());
    let capped = sentence::with_words(row, PartKind::Deduction, "，扣完为止", |read| sentence::note(read, NOTE).is_none());
    if let Some(text) = capped {
        finding.fix("加上“扣完为止”", vec![row.set(Field::Rule, text)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn deductions_end_somewhere() {
        fixes("endless-deduction", "rule = '达到计划值得4分，每少1场扣1分。'", Field::Rule, "达到计划值得4分，每少1场扣1分，扣完为止。");
        silent("endless-deduction", "rule = '达到计划值得4分，每少1场扣1分，最多扣4分。'");
        silent("endless-deduction", "rule = '达到计划值得4分，否则不得分。'");
    }
}
