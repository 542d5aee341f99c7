//! # 超过系统的字数上限
//!
//! ## 问题
//! 格子里的字数超过了一体化系统的上限：三级指标100字，指标解释和评分标准2000字等。
//!
//! ## 为什么
//! 系统存不下，导入时会报错，或者后面的字被截掉。
//!
//! ## 怎么改
//! 精简文字；要说明的放到“指标解释”或“备注”里。
//!
//! ## 例
//! 坏：
//! ```toml
//! [sign_off]
//! prepared_by = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"
//! ```
//! 好：
//! ```toml
//! [sign_off]
//! prepared_by = "填表人甲"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Kind;
use crate::lint::{CellView, Findings, Rule};

pub(super) const CODE: &str = "too-long";
pub(super) const LINT: Rule = Rule::cell(Severity::Error, check);

/// A year of five digits is for `year-malformed`.
fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, info, .. } = *cell;
    if info.kind == Kind::Year || text.len() <= info.limit {
        return;
    }
    let Some((end, _)) = text.char_indices().nth(info.limit) else { return };
    let (count, limit) = (text.chars().count(), info.limit);
    let message = format!("“{}”有{count}字，超过系统上限{limit}字。", info.label);
    findings.at(spot, message).span(end..text.len());
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    #[test]
    fn characters_count_not_bytes() {
        let long = |count: usize| format!("name = '{}'", "字".repeat(count));
        silent("too-long", &long(100));
        fires("too-long", &long(101), "有101字，超过系统上限100字");
        assert_eq!(findings("too-long", &long(101))[0].span, Some(300..303));
        fires("too-long", &format!("duties = '{}'", "字".repeat(10_000)), "4000字");
    }
}
