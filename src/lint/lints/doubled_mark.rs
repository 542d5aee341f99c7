//! # 标点重复
//!
//! ## 问题
//! 两个标点连在一起，如“，，”“。。”“；。”。
//!
//! ## 为什么
//! 是改来改去留下的痕迹，审核时会被圈出来。
//!
//! ## 怎么改
//! 只留一个，用“去掉重复的标点”一键改好。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "全年由乡纪委组织的宣传活动场数，，以签到和照片记录为准。"
//! ```
//! 好：
//! ```toml
//! explanation = "全年由乡纪委组织的宣传活动场数，以签到和照片记录为准。"
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which, prose};

pub(super) const CODE: &str = "doubled-mark";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::DOUBLED_MARK), Severity::Hint, check);

/// From the weakest to the strongest, which is the one that stays.
const MARKS: [char; 5] = ['、', '，', '：', '；', '。'];

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let (spot, Some(text)) = (cell.spot, cell.prose()) else { return };
    let doubles = doubles(text);
    if let Some((first, one)) = doubles.first() {
        let message = format!("标点重复“{}”，请只留一个“{one}”。", prose::short(&text[first.clone()]));
        let edit = Edit::set(spot, prose::spliced(text, &doubles));
        findings.at(spot, message).span(first.clone()).safe_fix("去掉重复的标点", vec![edit]);
    }
}

/// Runs of marks, each with the one that stays. Three full stops may stand for an ellipsis.
fn doubles(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(MARKS).map(|first| at + first) {
        let run = &text[start..];
        let run = &run[..run.find(|c| !MARKS.contains(&c)).unwrap_or(run.len())];
        at = start + run.len();
        if run.chars().count() > 1 && run != "。。。" {
            let strongest = run.chars().max_by_key(|c| MARKS.iter().position(|mark| mark == c));
            found.push((start..at, strongest.map(String::from).unwrap_or_default()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn the_strongest_stays() {
        fixes("doubled-mark", "remark = '甲，，乙；。'", Field::Remark, "甲，乙。");
        silent("doubled-mark", "remark = '甲，乙。（丙）。……'");
    }
}
