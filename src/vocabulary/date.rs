//! Dates as the form knows them: plain calendar days, and deadlines written in words.

pub use jiff::civil::Date;

use crate::text;

/// Reads one calendar day: `2025-12-12`, `2025.12.12`, `2025/12/12`, `20251212`, `2025年12月12日`.
/// `None` for anything else and for days that do not exist.
pub fn parse(typed: &str) -> Option<Date> {
    let compact = text::compact(typed);
    if compact.len() == 8 && compact.bytes().all(|b| b.is_ascii_digit()) {
        return day_of(&compact[..4], &compact[4..6], &compact[6..]);
    }
    let mut parts =
        compact.strip_suffix(['日', '号']).unwrap_or(&compact).split(['-', '.', '/', '年', '月', '。']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4).then(|| day_of(year, month, day)).flatten()
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = |part: &str| part.len() <= 2;
    if !short(month) || !short(day) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads a deadline out of a text: the day in `2026年12月31日前`, `于2026年12月底前完成`,
/// `2026年底`. The last day that still counts. `default_year` serves `12月31日前`.
pub fn deadline(typed: &str, default_year: Option<i16>) -> Option<Date> {
    // Most values that are none are words: 效果明显.
    if !typed.contains(|c: char| c.is_numeric() || matches!(c, '年' | '月' | '底' | '末')) {
        return None;
    }
    let compact = text::compact(typed);
    let compact = compact.trim_start_matches(['于', '在', '≤', '<', '=']);
    let end = compact
        .trim_end_matches("完成")
        .trim_end_matches(['前', '内'])
        .trim_end_matches("以")
        .trim_end_matches("之");
    if let Some(date) = parse(end) {
        return Some(date);
    }
    let (year, rest) = match end.split_once('年') {
        Some(("" | "当" | "本", rest)) => (default_year?, rest),
        Some((year, rest)) if year.len() == 4 => (year.parse().ok()?, rest),
        Some(_) => return None,
        None => (default_year?, end),
    };
    if matches!(rest, "底" | "末") {
        return Date::new(year, 12, 31).ok();
    }
    let (month, day) = rest.split_once('月')?;
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    match day {
        "底" | "末" | "" => Some(first.last_of_month()),
        "中旬" => first.with().day(20).build().ok(),
        "上旬" => first.with().day(10).build().ok(),
        _ => first.with().day(day.trim_end_matches(['日', '号']).parse().ok()?).build().ok(),
    }
}

/// The form a file stores: `2025-12-12`.
pub fn iso(date: Date) -> String {
    date.to_string()
}

/// The form people read: 2026年12月31日.
pub fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for typed in
            ["2025-12-12", "2025.12.12", "2025/12/12", "20251212", "2025年12月12日", "２０２５．１２．１２"]
        {
            assert_eq!(parse(typed).map(iso).as_deref(), Some("2025-12-12"), "{typed}");
        }
        for typed in ["2026-02-30", "12-12", "", "2025", "2025-1", "25-12-12", "2025-012-1", "明天"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn deadlines() {
        for (typed, day) in [
            ("2026年12月31日前", "2026-12-31"),
            ("2026年12月31日之前完成", "2026-12-31"),
            ("2026-12-31", "2026-12-31"),
            ("2026年6月底前", "2026-06-30"),
            ("2026年底前", "2026-12-31"),
            ("于2026年11月前", "2026-11-30"),
            ("12月31日前", "2026-12-31"),
            ("当年底", "2026-12-31"),
        ] {
            assert_eq!(deadline(typed, Some(2026)).map(iso).as_deref(), Some(day), "{typed}");
        }
        for typed in ["效果明显", "及时", "2026年", "", "12月31日前x"] {
            assert_eq!(deadline(typed, Some(2026)), None, "{typed}");
        }
        assert_eq!(deadline("12月31日前", None), None);
    }
}
