//! # 多余的空格或空行
//!
//! ## 问题
//! 文字开头或末尾有空格，汉字之间夹着空格，或者中间空了整行。
//!
//! ## 为什么
//! 多半是从网页或 Word 粘贴时带来的。打印出来排版不齐，系统里按名称查找也会找不到。
//!
//! ## 怎么改
//! 用“去掉多余空白”一键改好，文字本身不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "党风廉政 宣传活动场次"
//! ```
//! 好：
//! ```toml
//! name = "党风廉政宣传活动场次"
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which, prose};

pub(super) const CODE: &str = "stray-blank";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::BLANK), Severity::Hint, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let (spot, Some(text)) = (cell.spot, cell.prose()) else { return };
    let strays = strays(text);
    if let Some((first, _)) = strays.first() {
        let edit = Edit::set(spot, prose::spliced(text, &strays));
        findings
            .at(spot, format!("“{}”里有多余的空格或空行，请去掉。", cell.info.label))
            .span(first.clone())
            .safe_fix("去掉多余空白", vec![edit]);
    }
}

/// Runs of white space that do not belong, each with what is left of it.
fn strays(text: &str) -> Vec<(Range<usize>, String)> {
    let mut strays = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_whitespace).map(|found| at + found) {
        let end = text[start..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |found| start + found);
        if let Some(left) = left_of(text, start..end) {
            strays.push((start..end, left));
        }
        at = end;
    }
    strays
}

/// What should be left of a run of white space; `None` where it is right as it is. An indented
/// paragraph and the line feed at the end of a hand-written file are.
fn left_of(text: &str, run: Range<usize>) -> Option<String> {
    let blank = &text[run.clone()];
    let indent = |blank: &str| blank.chars().all(|c| matches!(c, '\u{3000}' | ' '));
    let feeds = blank.matches('\n').count();
    if run.end == text.len() {
        return (blank != "\n").then(String::new);
    }
    if run.start == 0 {
        return (!(text.contains('\n') && indent(blank))).then(String::new);
    }
    if feeds > 0 {
        let (before, after) = (blank.split('\n').next()?, blank.rsplit('\n').next()?);
        let clean = feeds == 1 && before.trim_end_matches('\r').is_empty() && indent(after);
        let after: String = after.chars().filter(|c| matches!(c, '\u{3000}' | ' ')).collect();
        return (!clean).then(|| format!("\n{after}"));
    }
    let before = text[..run.start].chars().next_back().is_some_and(prose::is_han);
    let after = text[run.end..].chars().next().is_some_and(prose::is_han);
    (before && after).then(String::new)
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn blanks_around_and_inside_go() {
        fixes("stray-blank", "name = ' 党风 廉政宣传活动场次　'", Field::Name, "党风廉政宣传活动场次");
        fixes("stray-blank", r#"duties = "一、甲。 \n\n二、乙。""#, Field::Duties, "一、甲。\n二、乙。");
        fires("stray-blank", "remark = '甲  乙'", "备注");
    }

    #[test]
    fn indents_and_blanks_beside_numbers_stay() {
        silent("stray-blank", r#"duties = "　　一、甲。\n　　二、乙。\n""#);
        silent("stray-blank", "remark = '达到 95 以上 abc def'");
        silent("stray-blank", "value = ' 4'");
    }
}
