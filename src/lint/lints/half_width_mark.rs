//! # 中文里夹着半角标点
//!
//! ## 问题
//! 汉字之间用了半角的 , ; : ? ! 或半角括号，与全文的全角标点混在一起。
//!
//! ## 为什么
//! 打印出来疏密不一，上级汇总时也常因标点不一致被要求统一。
//!
//! ## 怎么改
//! 用“改为全角标点”一键改好。数字、算式、日期里的半角符号不会动。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "全年由乡纪委组织的宣传活动场数,以签到和照片记录为准。"
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

pub(super) const CODE: &str = "half-width-mark";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::HALF_MARK), Severity::Hint, check);

/// What makes a bracketed part a formula, which stays half width.
const OF_FORMULAS: &str = "+-*/=×÷＋－＝<>≥≤%";

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let (spot, Some(text)) = (cell.spot, cell.prose()) else { return };
    let mut marks = marks(text);
    marks.extend(brackets(text));
    marks.sort_by_key(|(range, _)| range.start);
    if let Some((first, full)) = marks.first() {
        let message = format!("汉字之间的“{}”是半角，请改为全角“{full}”。", &text[first.clone()]);
        let edit = Edit::set(spot, prose::spliced(text, &marks));
        findings.at(spot, message).span(first.clone()).safe_fix("改为全角标点", vec![edit]);
    }
}

fn marks(text: &str) -> Vec<(Range<usize>, String)> {
    let fit = |(at, before, c, after): (usize, Option<char>, char, Option<char>)| {
        let full = full(c)?;
        let closing = |c: char| prose::is_han(c) || "）》”’】%％".contains(c);
        let opening = |c: char| prose::is_han(c) || c.is_ascii_digit() || c == '\n' || "（《“‘【".contains(c);
        let ends = after.is_none_or(|c| c == '\n');
        let inside = before.is_some_and(closing) && after.is_none_or(opening);
        (inside && (c != '.' || ends)).then(|| (at..at + 1, full.to_string()))
    };
    prose::neighbours(text).filter_map(fit).collect()
}

fn full(c: char) -> Option<char> {
    match c {
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '?' => Some('？'),
        '!' => Some('！'),
        '.' => Some('。'),
        _ => None,
    }
}

/// Half-width brackets around words.
fn brackets(text: &str) -> Vec<(Range<usize>, String)> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push((at, c)),
            ')' | '）' => {
                let Some((start, opened)) = open.pop() else { continue };
                if is_words(text, start + opened.len_utf8()..at) {
                    found.extend((opened == '(').then(|| (start..start + 1, "（".to_owned())));
                    found.extend((c == ')').then(|| (at..at + 1, "）".to_owned())));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether brackets around these bytes hold words, and no formula is inside or beside them.
fn is_words(text: &str, inside: Range<usize>) -> bool {
    const LOOKED_AT: usize = 60;
    let of_formula = |c: char| OF_FORMULAS.contains(c);
    let words = inside.len() <= 3 * LOOKED_AT && text[inside.clone()].chars().all(|c| !of_formula(c));
    let before = text[..inside.start].chars().rev().nth(1).is_some_and(of_formula);
    let after = text[inside.end..].chars().nth(1).is_some_and(of_formula);
    words && !before && !after && text[inside].chars().any(prose::is_han)
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn marks_and_brackets_between_chinese() {
        fixes("half-width-mark", "remark = '含场地(室内)布置;宣传,讲解.'", Field::Remark, "含场地（室内）布置；宣传，讲解。");
        fixes("half-width-mark", "remark = '满意度达到90%,得满分'", Field::Remark, "满意度达到90%，得满分");
    }

    #[test]
    fn numbers_formulas_and_latin_stay() {
        silent("half-width-mark", "remark = '1,200元；3.5公里；8:30；A,B,(1)甲'");
        silent("half-width-mark", "remark = '增长率=(本年收入-上年收入)÷上年收入×100%'");
        silent("half-width-mark", "remark = '一.加强管理'");
        silent("half-width-mark", "remark = ')(((('");
    }
}
