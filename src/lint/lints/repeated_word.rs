//! # 词语重复
//!
//! ## 问题
//! 同一个词在名称里写了两遍，如“平安建设工作建设”，或者连写了两遍，如“的的”“开展开展”。
//!
//! ## 为什么
//! 多半是改名称时没有删干净。指标名称要打印、要公开，一眼就会被看到。
//!
//! ## 怎么改
//! 删去多写的那个词。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "平安建设工作建设次数"
//! ```
//! 好：
//! ```toml
//! name = "平安建设工作次数"
//! ```

use std::ops::Range;
use std::sync::LazyLock;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::signs::Signs;
use crate::lint::words::Words;
use crate::lint::{Findings, CellView, Rule, prose};

pub(super) const CODE: &str = "repeated-word";
pub(super) const LINT: Rule = Rule::cell(Severity::Warning, check);

/// Words that may stand between a word and its repetition without giving it a new meaning.
static FILLERS: LazyLock<Words> = LazyLock::new(|| Words::new(&["工作", "活动", "情况", "任务"]));
/// Doubled characters that are always a slip, with what follows where they are not.
const SLIPS: &[(&str, &[&str])] =
    &[("的的", &["的的确"]), ("和和", &["和和美", "和和气", "和和睦"]), ("与与", &[]), ("及及", &["及及时"]), ("了了", &["了了解"]), ("是是", &["是是非"])];
/// Beginnings of what is rightly doubled: 一件一件, 逐村逐户.
const DOUBLING: &str = "一逐每各越边";

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let (spot, Some(text)) = (cell.spot, cell.prose()) else { return };
    let in_name = if spot.field == Field::Name { resumed(text) } else { None };
    let doubled = || if cell.signs.has(Signs::ECHO) { doubled(text) } else { None };
    let slip = || if cell.signs.has(Signs::TWICE) { slip(text) } else { None };
    let Some(again) = in_name.or_else(doubled).or_else(slip) else { return };
    let message = format!("“{}”重复，请删去一个。", &text[again.clone()]);
    let edit = Edit::set(spot, prose::spliced(text, &[(again.clone(), String::new())]));
    findings.at(spot, message).span(again).fix("删去重复的词", vec![edit]);
}

/// 建设工作建设: the second of two equal words around a filler.
fn resumed(text: &str) -> Option<Range<usize>> {
    FILLERS.find_in(text).find_map(|filler| echo(text, filler.start, filler.end))
}

/// 开展开展: a word written twice in a row.
fn doubled(text: &str) -> Option<Range<usize>> {
    text.char_indices().find_map(|(at, _)| echo(text, at, at))
}

/// The word of two characters before `end` standing again at `start`.
fn echo(text: &str, end: usize, start: usize) -> Option<Range<usize>> {
    let (at, _) = text[..end].char_indices().rev().nth(1)?;
    let word = &text[at..end];
    if !text[start..].starts_with(word) {
        return None;
    }
    let mut chars = word.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let is_word = prose::is_han(first) && prose::is_han(second) && first != second && !DOUBLING.contains(first);
    is_word.then(|| start..start + word.len())
}

/// A doubled character that is always a slip.
fn slip(text: &str) -> Option<Range<usize>> {
    let is_slip = |rest: &str| {
        let fits = |(slip, right): &(&str, &[&str])| rest.starts_with(slip) && !right.iter().any(|right| rest.starts_with(right));
        SLIPS.iter().any(fits)
    };
    let mut last = None;
    text.char_indices().find_map(|(at, c)| {
        let twice = last.replace(c) == Some(c);
        (twice && is_slip(&text[at - c.len_utf8()..])).then(|| at..at + c.len_utf8())
    })
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn words_written_twice() {
        fixes("repeated-word", "name = '平安建设工作建设'", Field::Name, "平安建设工作");
        fixes("repeated-word", "name = '开展开展道路巡查'", Field::Name, "开展道路巡查");
        fixes("repeated-word", "remark = '完成的的次数'", Field::Remark, "完成的次数");
        fires("repeated-word", "annual_goals = '组织组织宣传。'", "组织");
    }

    #[test]
    fn doubling_that_is_right() {
        for name in ["建设项目建设进度", "人人参与率", "村村通公路", "一户一户走访", "清清楚楚公开", "逐村逐村排查", "和和美美家庭", "2020年"] {
            silent("repeated-word", &format!("name = '{name}'"));
        }
        silent("repeated-word", "remark = '平安建设工作建设'");
    }
}
