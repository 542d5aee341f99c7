//! Numbers spelled in Chinese numerals, up to thousands.

/// The value of a numeral: 二百三十 is 230, 二〇二六 is 2026. `None` for anything else.
pub fn read(text: &str) -> Option<u32> {
    let (mut total, mut last, mut bare) = (0_u32, None, String::new());
    for c in text.chars() {
        match value(c)? {
            place @ (10 | 100 | 1000) => {
                total = total.checked_add(last.take().unwrap_or(1) * place)?;
                bare.clear();
            }
            digit => {
                last = Some(digit);
                bare.push_str(&digit.to_string());
            }
        }
    }
    // 九五 is read digit by digit
    let rest = if total == 0 { bare.parse().ok()? } else { last.unwrap_or(0) };
    total.checked_add(rest)
}

/// Whether a character is part of a numeral.
pub fn is_numeral(c: char) -> bool {
    value(c).is_some()
}

/// The value of a numeral of one digit.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '两' => Some(2),
        '零' | '〇' => Some(0),
        _ => Some(1 + u32::try_from("一二三四五六七八九".chars().position(|numeral| numeral == c)?).ok()?),
    }
}

fn value(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => digit(c),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numerals() {
        for (text, value) in
            [("十", 10), ("十二", 12), ("一百零五", 105), ("二〇二六", 2026), ("零", 0), ("两千", 2000)]
        {
            assert_eq!(read(text), Some(value), "{text}");
        }
        for text in ["", "甲", "十天"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
