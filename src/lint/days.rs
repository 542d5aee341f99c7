//! Days as official papers also write them: 二〇二五年十二月十二日.

use crate::text;
use crate::vocabulary::date::{self, Date};

/// Reads one calendar day, in Arabic or Chinese numerals.
pub(super) fn read(typed: &str) -> Option<Date> {
    date::parse(typed).or_else(|| in_chinese_numerals(&text::compact(typed)))
}

fn in_chinese_numerals(compact: &str) -> Option<Date> {
    let (year, rest) = compact.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let year =
        year.chars().map(digit).try_fold(0i16, |sum, digit| sum.checked_mul(10)?.checked_add(digit?))?;
    let small = |text: &str| i8::try_from(below_hundred(text)?).ok();
    Date::new(year, small(month)?, small(day.trim_end_matches(['日', '号']))?).ok()
}

/// 三, 十, 十二, 二十, 三十一.
fn below_hundred(text: &str) -> Option<i16> {
    let one = |part: &str, empty: i16| {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(empty),
            (Some(c), None) => digit(c),
            _ => None,
        }
    };
    match text.split_once('十') {
        Some((tens, ones)) => Some(one(tens, 1)? * 10 + one(ones, 0)?),
        None => one(text, 0),
    }
}

fn digit(c: char) -> Option<i16> {
    let at = "〇一二三四五六七八九".chars().position(|known| known == c);
    let at = at.or_else(|| matches!(c, '零' | '○' | 'Ｏ' | 'O').then_some(0))?;
    i16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_sorts_of_numerals() {
        for (typed, iso) in [
            ("2025.12.12", "2025-12-12"),
            ("二〇二五年十二月十二日", "2025-12-12"),
            ("二零二六年一月三十一日", "2026-01-31"),
            ("二○二六年十月二十日", "2026-10-20"),
        ] {
            assert_eq!(read(typed).map(date::iso).as_deref(), Some(iso), "{typed}");
        }
        for typed in ["", "年月日", "二〇二六年二月三十日", "二〇二六年十十月一日", "〇〇〇"]
        {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(typed in "[〇一二三九十年月日0-9.-]{0,20}") {
            read(&typed);
        }
    }
}
