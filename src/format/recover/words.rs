//! Words that say nothing of their own, and the bare text of a cell.

use super::look::WORD;
use crate::text;
use crate::vocabulary::unit;

pub(super) fn is_total(typed: &str) -> bool {
    const LONGEST: usize = 40;
    typed.len() <= LONGEST
        && matches!(
            text::compact(typed).trim_end_matches([':', '分']),
            "合计"
                | "总计"
                | "总"
                | "小计"
                | "总得"
                | "自评总"
                | "自评得"
                | "分值合计"
                | "得分合计"
                | "总分值"
        )
}

/// Whether a text only holds the place of one: ……, XXX, ≥XX%, 指标2：, 指标1：无, /.
pub(super) fn is_placeholder(typed: &str) -> bool {
    if typed.len() > WORD {
        return false;
    }
    let compact = text::compact(unnumbered(typed));
    let numbered = compact.strip_prefix("指标").map(|rest| rest.trim_end_matches([':', '.', '、']));
    let marks = "….·*xX×—-_/\\。:";
    let blank =
        compact.trim_start_matches(['≥', '≤', '=', '>', '<']).trim_start_matches(['x', 'X', '*', '…']);
    compact == "无"
        || numbered.is_some_and(|rest| {
            rest.chars().all(|c| marks.contains(c) || c.is_ascii_digit() || "nN一二三".contains(c))
        })
        || (!compact.trim_end_matches(':').is_empty() && compact.chars().all(|c| marks.contains(c)))
        || (blank.len() < compact.len()
            && compact.contains(['x', 'X', '*', '…'])
            && unit::find(blank).is_some())
}

/// The name without 指标1：, 1.、★.
pub(super) fn unnumbered(name: &str) -> &str {
    let name = name.trim();
    let starred = name.trim_start_matches(['★', '☆', '▲']).trim_start();
    let bare = starred.strip_prefix("指标").and_then(after_number).or_else(|| after_number(starred));
    match bare.unwrap_or(starred) {
        "" => name,
        bare => bare,
    }
}

/// What follows a number and its mark: `1.`, `12、`, `（3）`. A digit may not follow: 1.5公里.
fn after_number(text: &str) -> Option<&str> {
    let open = text.starts_with(['(', '（']);
    let digits = text.trim_start_matches(['(', '（']);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = digits.len() - rest.len();
    let marks: &[char] = if open { &[')', '）'] } else { &['.', '．', '、', ':', '：', ')', '）'] };
    let after = rest.strip_prefix(marks)?;
    ((1..=2).contains(&count) && !after.starts_with(|c: char| c.is_ascii_digit())).then(|| after.trim_start())
}

/// Lines of a cell that holds one line, joined; a space only between Latin words.
pub(super) fn one_line(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split(['\n', '\t']).map(str::trim).filter(|line| !line.is_empty()) {
        let latin = |c: char| c.is_ascii_alphanumeric();
        if joined.ends_with(latin) && line.starts_with(latin) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    closed_up(joined)
}

/// 及 时 as 及时: a word whose characters were set apart.
fn closed_up(text: String) -> String {
    let is_spread = |text: &str| {
        let mut words = text.split_whitespace().map(|word| {
            let mut chars = word.chars();
            matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_ascii())
        });
        text.contains(char::is_whitespace) && words.all(|single| single)
    };
    match is_spread(&text) {
        true => text.split_whitespace().collect(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_names() {
        for (typed, bare) in [
            ("指标1：道路巡查", "道路巡查"),
            ("1.道路巡查", "道路巡查"),
            ("（2）道路巡查", "道路巡查"),
            ("★ 道路巡查", "道路巡查"),
            ("1.5公里道路", "1.5公里道路"),
            ("12345热线办结率", "12345热线办结率"),
            ("指标2：", "指标2："),
            ("指标完成率", "指标完成率"),
        ] {
            assert_eq!(unnumbered(typed), bare, "{typed}");
        }
    }

    #[test]
    fn words_that_hold_a_place() {
        for typed in ["……", "...", "XXX", "指标2：", "指标n", "指标……", "/", "无", "***", "≥XX%", "指标1：无"]
        {
            assert!(is_placeholder(typed), "{typed}");
        }
        for typed in ["", "指标完成率", "道路", "x光机"] {
            assert!(!is_placeholder(typed), "{typed}");
        }
        assert!(is_total(" 合 计 ") && is_total("总分") && is_total("总得分：") && !is_total("总产值"));
    }

    #[test]
    fn a_cell_of_one_line() {
        assert_eq!(one_line("农村\n道路"), "农村道路");
        assert_eq!(one_line("a b\nc"), "a b c");
        assert_eq!(one_line("及 时"), "及时");
        assert_eq!(one_line("及时 有效"), "及时 有效");
    }
}
