//! Plain decimal numbers as people type them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::text;

/// Digits of the longest number that can be calculated with exactly.
pub const MAX_DIGITS: usize = 28;

/// Why a text is not a usable number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Nothing was typed.
    Empty,
    /// Not a number at all, or a number with words around it.
    NotANumber,
    /// More than [`MAX_DIGITS`] digits.
    TooLong,
}

/// Reads a decimal number: full-width digits, spaces and thousands separators in the right places
/// are accepted; exponents, words and units are refused.
///
/// # Errors
/// Says whether the text is empty, no number, or longer than [`MAX_DIGITS`].
pub fn parse(typed: &str) -> Result<Decimal, NumberFault> {
    if is_plain(typed) {
        return Decimal::from_str_exact(typed).map_err(|_| NumberFault::TooLong);
    }
    let compact = text::compact(typed);
    if compact.is_empty() {
        return Err(NumberFault::Empty);
    }
    let unsigned = compact.strip_prefix(['-', '+']).unwrap_or(&compact);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let whole = ungrouped(whole).ok_or(NumberFault::NotANumber)?;
    if whole.is_empty() || !digits(&whole) || !digits(fraction) || unsigned.ends_with('.') {
        return Err(NumberFault::NotANumber);
    }
    if whole.trim_start_matches('0').len() + fraction.len() > MAX_DIGITS {
        return Err(NumberFault::TooLong);
    }
    let sign = if compact.starts_with('-') { "-" } else { "" };
    let plain = match fraction {
        "" => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction}"),
    };
    Decimal::from_str_exact(&plain).map_err(|_| NumberFault::TooLong)
}

/// Whether a number is short and as files have it, which is nearly always: 48, 12.5.
fn is_plain(typed: &str) -> bool {
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    typed.len() <= MAX_DIGITS && digits(whole) && digits(fraction)
}

/// The digits without thousands separators; `None` where a comma stands in a wrong place.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let right =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    right.then(|| whole.replace(',', ""))
}

/// Two decimals, half up, as points are given everywhere in this field.
pub fn round_points(points: Decimal) -> Decimal {
    points.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Without trailing zeros: `2`, `9.44`.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_forms() {
        for (typed, plain_text) in [
            ("48", "48"),
            ("１２．５", "12.5"),
            ("1,200.50", "1200.5"),
            (" 526.1 ", "526.1"),
            ("-3", "-3"),
            ("1，234", "1234"),
        ] {
            assert_eq!(parse(typed).map(plain), Ok(plain_text.to_owned()), "{typed}");
        }
    }

    #[test]
    fn refused_forms() {
        for typed in ["abc", "48次", "1,2", "1e5", ".", "5.", "--3", "12,34,567", "1.2.3", "∞", "NaN"] {
            assert_eq!(parse(typed), Err(NumberFault::NotANumber), "{typed}");
        }
        assert_eq!(parse(" "), Err(NumberFault::Empty));
        assert_eq!(parse(&"9".repeat(40)), Err(NumberFault::TooLong));
    }

    #[test]
    fn points_round_half_up() {
        let tenth = |n: i64| Decimal::new(n, 3);
        assert_eq!(plain(round_points(tenth(9445))), "9.45");
        assert_eq!(plain(round_points(tenth(1665))), "1.67");
    }
}
