//! What templates leave behind in cells that nobody filled: `***`, XXX, ……, 指标2:, 请填写.

use std::ops::Range;
use std::sync::LazyLock;

use super::prose::is_han;
use super::signs::Signs;
use super::words::Words;
use crate::text;

/// Words that only a template says.
const PHRASES: &[&str] = &[
    "请填写",
    "请输入",
    "请选择",
    "请补充",
    "此处填写",
    "在此填写",
    "待填写",
    "待补充",
    "（待定）",
    "(待定)",
    "（待填）",
    "(待填)",
];

static SEARCHER: LazyLock<Words> = LazyLock::new(|| Words::new(PHRASES));

/// Texts that are a placeholder when they are all that stands in the cell.
const WHOLE: &[&str] = &["待定", "待填", "未填", "暂缺", "同上", "略", "todo", "tbd"];

/// Bytes of the longest of them.
const LONGEST: usize = 6;

/// The part of a cell that a template left there. A row of 〇 is a name that was made
/// unreadable on purpose, not one that is missing.
pub(super) fn find(cell: &str) -> Option<Range<usize>> {
    find_among(Signs::of(cell), cell)
}

/// As [`find`], where it is known what occurs in the cell.
pub(super) fn find_among(signs: Signs, cell: &str) -> Option<Range<usize>> {
    let with =
        |sign, search: fn(&str) -> Option<Range<usize>>| if signs.has(sign) { search(cell) } else { None };
    let part = || with(Signs::TEMPLATE, phrase).or_else(|| with(Signs::FILLERS, run));
    whole(cell).or_else(|| label(cell)).or_else(part).or_else(|| with(Signs::TEMPLATE, dots))
}

/// The whole cell, where nothing else stands in it.
pub(super) fn whole(cell: &str) -> Option<Range<usize>> {
    let bare = cell.trim();
    // Nothing but those words begins with a Chinese character.
    if bare.len() > LONGEST && bare.starts_with(is_han) {
        return None;
    }
    let filler = |c: char| matches!(text::halfwidth_char(c), '*' | 'x' | 'X' | '×' | '_' | '…' | '?' | '□');
    let fillers = !bare.is_empty() && bare.chars().all(filler);
    let dotted = bare.len() > 1 && bare.chars().all(|c| matches!(c, '.' | '。' | '…'));
    let word = WHOLE.iter().any(|word| bare.eq_ignore_ascii_case(word));
    (fillers || dotted || word).then_some(0..cell.len())
}

/// The template's numbered label before or instead of a name: 指标2:.
pub(super) fn label(cell: &str) -> Option<Range<usize>> {
    let rest = cell.trim_start().strip_prefix("指标")?;
    let after = rest.trim_start_matches(|c: char| text::halfwidth_char(c).is_ascii_digit());
    let colon = after.strip_prefix([':', '：']);
    let numbered = after.len() < rest.len() && (colon.is_some() || after.trim().is_empty());
    let bare = after.len() == rest.len() && colon.is_some_and(|rest| rest.trim().is_empty());
    (numbered || bare).then(|| 0..cell.len() - colon.unwrap_or(after).len())
}

fn phrase(cell: &str) -> Option<Range<usize>> {
    SEARCHER.find_in(cell).next()
}

/// Two or more fillers in a row: 20XX年, ××村, **. A word in Latin letters is none.
fn run(cell: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut before = None;
    while let Some(at) = cell[start..].find(is_filler).map(|at| start + at) {
        let first = cell[at..].chars().next()?;
        let end = cell[at..].find(|c| !same(c, first)).map_or(cell.len(), |length| at + length);
        let previous = cell[..at].chars().next_back().or(before);
        let next = cell[end..].chars().next();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if end - at > first.len_utf8() && !latin(previous) && !latin(next) {
            return Some(at..end);
        }
        before = Some(first);
        start = end;
    }
    None
}

pub(super) fn is_filler(c: char) -> bool {
    matches!(text::halfwidth_char(c), '*' | 'x' | 'X' | '×' | '_' | '□')
}

fn same(c: char, first: char) -> bool {
    text::halfwidth_char(c).eq_ignore_ascii_case(&text::halfwidth_char(first))
}

/// A line that is nothing but dots, apart from its number.
fn dots(cell: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in cell.split('\n') {
        let is_mark = |c: char| c.is_numeric() || "（）()、.．一二三四五六七八九十 ".contains(c);
        let bare = line.trim().trim_start_matches(is_mark);
        if !bare.is_empty() && bare.chars().all(|c| c == '…') {
            return Some(start..start + line.len());
        }
        start += line.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_templates_leave() {
        for (cell, left) in [
            ("*", "*"),
            ("＊＊", "＊＊"),
            ("XXX", "XXX"),
            ("……", "……"),
            ("...", "..."),
            ("指标2：", "指标2："),
            ("指标1", "指标1"),
            ("指标２：宣传活动场次", "指标２："),
            ("指标：", "指标："),
            ("在××村开展", "××"),
            ("20XX年完成", "XX"),
            ("共____场", "____"),
            ("请填写完成时间", "请填写"),
            ("一、抓产业\n……", "……"),
            ("1.……", "1.……"),
            ("待定", "待定"),
        ] {
            assert_eq!(find(cell).map(|span| &cell[span]), Some(left), "{cell}");
        }
    }

    #[test]
    fn what_people_write() {
        for cell in [
            "〇〇〇",
            "实际值*指标分值",
            "实际值×分值",
            "期待定期回访",
            "XXL号工装",
            "指标完成率",
            "指标2026年完成",
            "5.5",
            "等等……都要做好",
            "-",
            "/",
            "",
            "boxx",
        ] {
            assert_eq!(find(cell), None, "{cell}");
        }
    }

    #[test]
    fn every_phrase_has_its_sign() {
        assert_eq!(WHOLE.iter().map(|word| word.len()).max(), Some(LONGEST));
        assert!(PHRASES.iter().all(|phrase| Signs::of(phrase).has(Signs::TEMPLATE)));
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(cell in "[\\PC*Xx×…\n指标：:0-9]{0,40}") {
            if let Some(span) = find(&cell) {
                prop_assert!(cell.get(span).is_some());
            }
        }
    }
}
