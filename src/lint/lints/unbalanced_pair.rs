//! # 括号或引号不成对
//!
//! ## 问题
//! 括号、书名号或引号只有一半，或者前后不配。
//!
//! ## 为什么
//! 读的人分不清范围到哪里为止；评分标准里少半个括号，公式的意思就变了。
//!
//! ## 怎么改
//! 在标出的地方补上另一半，或者删掉多出来的一半。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "全年由乡纪委组织（有签到和照片记录的宣传活动场数，按季度累计。"
//! ```
//! 好：
//! ```toml
//! explanation = "全年由乡纪委组织（有签到和照片记录）的宣传活动场数，按季度累计。"
//! ```

use crate::diagnostic::Severity;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which, prose};

pub(super) const CODE: &str = "unbalanced-pair";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::PAIR), Severity::Warning, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    if let Some((at, mark)) = cell.prose().and_then(unbalanced) {
        let message = format!("“{mark}”没有配成对，请补上另一半或删去。");
        findings.at(cell.spot, message).span(at..at + mark.len_utf8());
    }
}

/// The first mark without its other half.
fn unbalanced(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut item_start = 0;
    for (at, c) in text.char_indices() {
        if prose::is_han(c) {
            continue; // Nearly all of a long text.
        }
        if opened(c).is_some() {
            open.push((at, c));
        } else if let Some(pair) = closed(c) {
            match open.last() {
                Some((_, mark)) if opened(*mark) == Some(pair) => drop(open.pop()),
                None if is_item_number(&text[item_start..at]) => {}
                Some((start, mark)) if !text[at..].chars().any(|c| closed(c) == opened(*mark)) => {
                    return Some((*start, *mark));
                }
                _ => return Some((at, c)),
            }
        } else if matches!(c, '\n' | '。' | '；' | ';' | '：' | ':' | '，' | ' ') {
            item_start = at + c.len_utf8();
        }
    }
    open.first().copied()
}

/// The pair that a mark opens, by its full-width mark; half and full width fit each other.
fn opened(c: char) -> Option<char> {
    match c {
        '（' | '(' => Some('（'),
        '【' | '[' => Some('【'),
        '〔' | '《' | '“' | '「' | '『' => Some(c),
        _ => None,
    }
}

/// The pair that a mark closes.
fn closed(c: char) -> Option<char> {
    match c {
        '）' | ')' => Some('（'),
        '】' | ']' => Some('【'),
        '〕' => Some('〔'),
        '》' => Some('《'),
        '”' => Some('“'),
        '」' => Some('「'),
        '』' => Some('『'),
        _ => None,
    }
}

/// `1)` and `一）` number an item.
fn is_item_number(before: &str) -> bool {
    let before = before.trim();
    let numeral = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    !before.is_empty() && before.chars().take(4).count() <= 3 && before.chars().all(numeral)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    #[test]
    fn halves_alone() {
        fires("unbalanced-pair", "remark = '甲（乙'", "（");
        fires("unbalanced-pair", "remark = '甲）乙'", "）");
        fires("unbalanced-pair", "remark = '《甲”乙》'", "”");
        fires("unbalanced-pair", "remark = '“甲“乙”'", "“");
        let found = findings("unbalanced-pair", "remark = '（甲）（乙'");
        assert_eq!(found[0].span, Some(9..12));
    }

    #[test]
    fn mixed_width_and_item_numbers_are_pairs() {
        silent("unbalanced-pair", "remark = '(甲）【乙]“丙”；1)丁'");
        silent("unbalanced-pair", "remark = '1)甲；2)乙'");
        silent("unbalanced-pair", "remark = '一）甲'");
    }
}
