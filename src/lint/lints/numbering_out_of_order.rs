//! # 段落序号不连续
//!
//! ## 问题
//! 序号跳号、重号或颠倒，如（一）（二）（四），1. 2. 4.，一是、二是、四是。
//!
//! ## 为什么
//! 审核的人会怀疑漏了一段，往往退回来核对。
//!
//! ## 怎么改
//! 看看是不是漏了一段；没有漏的，用“重新编号”改好。
//!
//! ## 例
//! 坏：
//! ```toml
//! duties = """
//! （一）加强党的建设。
//! （二）发展乡村产业。
//! （四）维护社会稳定。"""
//! ```
//! 好：
//! ```toml
//! duties = """
//! （一）加强党的建设。
//! （二）发展乡村产业。
//! （三）维护社会稳定。"""
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Kind;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which, prose};

pub(super) const CODE: &str = "numbering-out-of-order";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::NUMBER), Severity::Warning, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let Some(text) = cell.prose().filter(|_| cell.info.kind == Kind::Text) else { return };
    let wrong = wrong(text);
    if let Some((first, right)) = wrong.first() {
        let message = format!("序号“{}”不连续，这里应是“{right}”。", &text[first.clone()]);
        let edit = Edit::set(cell.spot, prose::spliced(text, &wrong));
        findings.at(cell.spot, message).span(first.clone()).fix("重新编号", vec![edit]);
    }
}

/// A number that opens a paragraph or clause.
struct Marker {
    style: Style,
    number: u32,
    /// The number's bytes, without brackets and marks.
    span: Range<usize>,
}

/// How a number is written: Chinese or Arabic, and what stands before and after it.
type Style = (bool, Option<char>, char);

/// Numbers out of order, each with the right one. A series may start again at one; a series
/// within an item ends with it.
fn wrong(text: &str) -> Vec<(Range<usize>, String)> {
    let mut open: Vec<(Style, u32)> = Vec::new();
    let mut wrong = Vec::new();
    for marker in markers(text) {
        let depth = open.iter().position(|(style, _)| *style == marker.style);
        open.truncate(depth.map_or(open.len(), |depth| depth + 1));
        if depth.is_none() {
            open.push((marker.style, 0));
        }
        let Some((style, last)) = open.last_mut() else { continue };
        let right = if marker.number == 1 { 1 } else { *last + 1 };
        if marker.number != right {
            wrong.push((marker.span, written(right, style.0)));
        }
        *last = right;
    }
    wrong
}

fn markers(text: &str) -> Vec<Marker> {
    let opens = |before: Option<char>| before.is_none_or(|c| matches!(c, '\n' | '。' | '；' | ';' | '：' | ':' | '！'));
    let mut found = Vec::new();
    let (mut before, mut may_open) = (None, true);
    for (at, c) in text.char_indices() {
        may_open = opens(before) || (may_open && before.is_some_and(char::is_whitespace));
        before = Some(c);
        if may_open && (c == '（' || c == '(' || numeral(c)) {
            found.extend(marker(text, at));
        }
    }
    found
}

fn numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn marker(text: &str, at: usize) -> Option<Marker> {
    let rest = &text[at..];
    let bracket = rest.chars().next().filter(|c| matches!(c, '（' | '('));
    let start = at + bracket.map_or(0, char::len_utf8);
    let digits: String = text[start..].chars().take_while(|c| numeral(*c)).take(4).collect();
    let chinese = !digits.starts_with(|c: char| c.is_ascii_digit());
    let number = if chinese { read(&digits)? } else { digits.parse().ok()? };
    let end = start + digits.len();
    let mut after = text[end..].chars();
    let mark = after.next().map(crate::text::halfwidth_char)?;
    let fits = match (bracket, mark) {
        (Some(_), ')') => true,
        (None, '、' | ')') => true,
        (None, '.') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        (None, '是') => chinese && number <= 20,
        _ => false,
    };
    let style = (chinese, bracket.map(|_| '('), mark);
    (fits && (1..100).contains(&number)).then_some(Marker { style, number, span: start..end })
}

const DIGITS: &str = "一二三四五六七八九";

fn read(numeral: &str) -> Option<u32> {
    let digit = |text: &str| match text {
        "" => None,
        _ => DIGITS.chars().position(|c| text.chars().eq([c])).and_then(|at| u32::try_from(at + 1).ok()),
    };
    match numeral.split_once('十') {
        None => digit(numeral),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

fn written(number: u32, chinese: bool) -> String {
    if !chinese {
        return number.to_string();
    }
    let digit = |number: u32| DIGITS.chars().nth(number.wrapping_sub(1) as usize).map(String::from).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, written};
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn numerals_read_back() {
        for number in 1..100 {
            assert_eq!(read(&written(number, true)), Some(number));
        }
    }

    #[test]
    fn gaps_and_repeats() {
        fires("numbering-out-of-order", r#"remark = "1.甲。\n2.乙。\n4.丙。""#, "应是“3”");
        fires("numbering-out-of-order", "remark = '一是甲；二是乙；四是丙。'", "四");
        fixes("numbering-out-of-order", "remark = '（1）甲；（2）乙；（2）丙；（3）丁'", Field::Remark, "（1）甲；（2）乙；（3）丙；（4）丁");
        fires("numbering-out-of-order", r#"remark = "十、甲\n十一、乙""#, "应是“一”");
    }

    #[test]
    fn nested_series_and_plain_numbers() {
        silent("numbering-out-of-order", r#"remark = "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n1.己\n二、庚""#);
        silent("numbering-out-of-order", "remark = '分值：2分；3.5分'");
        silent("numbering-out-of-order", "remark = '按第（三）项执行。12.5公里；2026.5完成。'");
    }
}
