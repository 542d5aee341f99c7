//! The lines above the table: title, year and the name of the unit.

use super::labels;
use crate::text;

/// Whether a text is the title of a form.
pub(super) fn is_title(typed: &str) -> bool {
    const LONGEST: usize = 240;
    typed.len() <= LONGEST && {
        let compact = text::compact(typed);
        let bare = compact.split('(').next().unwrap_or_default();
        let ends = bare.ends_with('表') || compact.trim_end_matches(')').ends_with('表');
        ends && compact.contains("绩效") && !compact.contains(['。', ','])
    }
}

/// Whether a text says the year and nothing else.
pub(super) fn is_year_line(typed: &str) -> bool {
    const LONGEST: usize = 60;
    typed.len() <= LONGEST
        && text::compact(typed)
            .chars()
            .all(|c| c.is_ascii_digit() || "()[]年度预算〇零一二三四五六七八九○O".contains(c))
}

/// The first year written in a text: 2026年度, （2026）年度, 二〇二六年.
pub(super) fn year_of(typed: &str) -> Option<String> {
    const LONGEST: usize = 240;
    let compact = text::compact(labels::prefix(typed, LONGEST));
    let digits: Vec<char> = compact.chars().map(arabic).collect();
    let is_year = |at: &usize| {
        let tail = &digits[*at..];
        let after = tail.get(4..).unwrap_or_default();
        let after = after.strip_prefix(&[')']).unwrap_or(after);
        matches!(tail, ['1', '9', ..] | ['2', '0', ..])
            && tail[1..].iter().take(3).filter(|c| c.is_ascii_digit()).count() == 3
            && after.first() == Some(&'年')
    };
    (0..digits.len()).find(is_year).map(|at| digits[at..at + 4].iter().collect())
}

fn arabic(c: char) -> char {
    let found = "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c || (c == '零' && digit == '〇') || (c == '○' && digit == '〇'));
    found.and_then(|value| char::from_digit(value as u32, 10)).unwrap_or(c)
}

/// The unit in a title such as 2026年示例县教育局部门整体支出绩效目标表.
pub(super) fn unit_in_title(typed: &str) -> Option<String> {
    let compact = text::compact(typed);
    let after_year = compact
        .split_once('年')
        .filter(|(year, _)| year_of(&format!("{year}年")).is_some() && year.chars().count() <= 6);
    let rest = after_year.map_or(compact.as_ref(), |(_, rest)| rest.trim_start_matches('度'));
    let end = ["部门整体", "部门(单位)", "部门预算", "单位整体", "整体支出", "预算绩效", "绩效", "19", "20"];
    let end = end.iter().filter_map(|word| rest.find(word)).min()?;
    let name = rest[..end].trim_end_matches('(');
    names_a_unit(name).then(|| name.to_owned())
}

/// Whether a line reads like the name of a unit.
pub(super) fn names_a_unit(line: &str) -> bool {
    const ENDINGS: [&str; 38] = [
        "政府",
        "局",
        "委员会",
        "委",
        "办公室",
        "办",
        "中心",
        "院",
        "学校",
        "中学",
        "小学",
        "幼儿园",
        "站",
        "所",
        "队",
        "馆",
        "处",
        "部",
        "会",
        "厅",
        "社",
        "公司",
        "党校",
        "园",
        "大学",
        "学院",
        "台",
        "库",
        "团",
        "校",
        "署",
        "街道",
        "联",
        "科",
        "室",
        "场",
        "行",
        "组",
    ];
    let count = line.chars().count();
    // 示 例 乡 is spread out; 主管部门 示例局 are two cells.
    let words = line.split_whitespace();
    if words.clone().count() > 1 && words.clone().any(|word| word.chars().count() > 1) {
        return false;
    }
    let prose = ['。', '，', '：', '；', '、', '？', '！', ':', ',', ';', '\n', '\t'];
    (3..=40).contains(&count)
        && !line.contains(prose)
        && ENDINGS.iter().any(|ending| line.trim_end().ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        for (typed, year) in [
            ("（2026）年度", "2026"),
            ("2026年度部门整体支出绩效目标表", "2026"),
            ("（ 2026 年度）", "2026"),
            ("二〇二六年度", "2026"),
            ("示例乡2025年", "2025"),
        ] {
            assert_eq!(year_of(typed).as_deref(), Some(year), "{typed}");
        }
        for typed in ["", "12026元", "年", "2026", "20年"] {
            assert_eq!(year_of(typed), None, "{typed}");
        }
    }

    #[test]
    fn units_in_titles() {
        let name = |typed: &str| unit_in_title(typed);
        assert_eq!(name("2026年示例县教育局部门整体支出绩效目标表").as_deref(), Some("示例县教育局"));
        assert_eq!(name("示例乡人民政府2026年整体支出绩效目标表").as_deref(), Some("示例乡人民政府"));
        assert_eq!(name("部门（单位）整体支出绩效目标表"), None);
        assert_eq!(name("2026年度部门整体支出绩效自评表"), None);
    }
}
