//! # 没有写分值
//!
//! ## 问题
//! 评分标准里没有写满分多少，“分值”一格也是空的。
//!
//! ## 为什么
//! 打印的表没有分值一栏，分数只写在评分标准里。没有分值，权重合计和自评得分都算不出来。
//!
//! ## 怎么改
//! 在评分标准里写“得满分几分”，或者把分数填在“分值”里。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分，否则按实际值÷计划值×指标分值计分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，否则按实际值÷计划值×指标分值计分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, sentence};

pub(super) const CODE: &str = "no-points";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let stated = !row.row.points.trim().is_empty() || sentence::note(row.parsed, "points-conflict").is_some();
    if row.points.is_none() && !stated && !row.row.rule.trim().is_empty() {
        findings.at(row.spot(Field::Rule), "看不出满分是几分，请写“得满分几分”，或填“分值”。");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn neither_sentence_nor_cell() {
        fires("no-points", "rule = '未达指标值酌情扣分。'", "看不出满分");
        silent("no-points", "rule = '未达指标值酌情扣分。'\npoints = '4'");
        silent("no-points", "rule = ''");
        silent("no-points", "rule = '酌情扣分'\npoints = '四'");
    }
}
