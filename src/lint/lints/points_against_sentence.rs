//! # 分值与评分标准里的分数不一致
//!
//! ## 问题
//! “分值”一格填的分数，与评分标准里写的满分不同。
//!
//! ## 为什么
//! 打印出来只有评分标准里的分数，系统里用的是分值，两处不同，自评得分就对不上。
//!
//! ## 怎么改
//! 以评分标准为准时清空“分值”；以“分值”为准时改评分标准里的分数。
//!
//! ## 例
//! 坏：
//! ```toml
//! points = "3"
//! ```
//! 好：
//! ```toml
//! points = "4"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "points-against-sentence";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(typed), Some(said)) = (row.row.explicit_points(), row.parsed.points) else { return };
    if typed == said || typed <= Decimal::ZERO {
        return;
    }
    let (typed_text, said_text) = (plain(typed), plain(said));
    let message = format!("分值{typed_text}分，评分标准写的是{said_text}分，请改成一致。");
    let finding = findings.at(row.spot(Field::Points), message);
    let finding = finding.fix(format!("清空分值，按评分标准{said_text}分"), vec![row.set(Field::Points, "")]);
    if let Some(sentence) = sentence::with_points(row, typed) {
        finding.fix(format!("评分标准改为{typed_text}分"), vec![row.set(Field::Rule, sentence)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, patched, silent};

    #[test]
    fn either_side_can_give_way() {
        fires("points-against-sentence", "points = '3'", "分值3分，评分标准写的是4分");
        fixes("points-against-sentence", "points = '3'", Field::Points, "");
        let fix = findings("points-against-sentence", "points = '3'").remove(0).fixes.remove(1);
        let mut form = patched("points = '3'");
        apply_all(fix.edits, &mut form).expect("fits");
        assert!(form.indicators[0].rule.starts_with("达到计划值得满分3分"));
    }

    #[test]
    fn equal_or_unreadable_points() {
        silent("points-against-sentence", "points = '4.0'");
        silent("points-against-sentence", "points = '四'");
        silent("points-against-sentence", "points = '-1'");
    }
}
