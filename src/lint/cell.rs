//! What single cells hold, read once for the checks that share the faults out among themselves:
//! each kind of fault has one owner among the lints.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::signs::Signs;
use super::{RowView, placeholder};
use crate::form::field::Field;
use crate::form::target::{Target, TargetFault};
use crate::form::{Form, Indicator};
use crate::text;
use crate::vocabulary::{
    date::{self, Date},
    number::{self, NumberFault},
    operator::Operator,
    unit::{self, Unit},
};

/// What stands in a row's value cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing, or a text that another lint must settle first; see [`is_sound`].
    Unread,
    /// What a template left there.
    Placeholder,
    /// A usable number.
    Number(Decimal),
    /// A number of more digits than can be calculated with.
    TooLong,
    /// A day, a deadline or a year, be it in the calendar or not.
    Date,
    /// A number with its operator before it, its unit behind it, or both.
    Glued(Box<Glued>),
    /// Anything else.
    Words,
}

/// A number that has its neighbours' contents stuck to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glued {
    /// The operator, where one stands there.
    pub(super) operator: Option<Operator>,
    /// The number without separators.
    pub(super) number: String,
    /// The unit, canonical where it is known; may be empty.
    pub(super) unit: String,
}

impl<'a> RowView<'a> {
    /// The trimmed text of a cell that is sound.
    pub(super) fn cell(&self, field: Field) -> Option<&'a str> {
        let text = self.known.is_sound(field).then(|| self.row.text(field))??;
        Some(if self.known.signs(field).has(Signs::BLANK) { text.trim() } else { text })
    }

    /// The operator, unless it is 定性.
    pub(super) fn sign(&self) -> Option<Operator> {
        self.known.operator.filter(|operator| *operator != Operator::Qualitative)
    }

    /// Whether the operator is 定性.
    pub(super) fn is_qualitative(&self) -> bool {
        self.known.operator == Some(Operator::Qualitative)
    }

    /// Operator and value read together.
    pub(super) fn target(&self) -> Result<&'a Target, &'a TargetFault> {
        self.known.target.as_ref()
    }

    /// Whether the operator is 定性 and the value is words, not a day with its year.
    pub(super) fn is_words(&self) -> bool {
        matches!(self.known.target, Ok(Target::Qualitative(_)))
    }

    /// The value cell as read.
    pub(super) fn value(&self) -> &'a Value {
        &self.known.value
    }

    /// Operator and number of a row that promises a number.
    pub(super) fn number(&self) -> Option<(Operator, Decimal)> {
        match (self.sign()?, self.value()) {
            (sign, Value::Number(number)) => Some((sign, *number)),
            _ => None,
        }
    }

    /// The deadline of a 定性 row whose value is one.
    pub(super) fn deadline(&self) -> Option<Date> {
        let value = self.cell(Field::Value).filter(|_| self.is_qualitative())?;
        date::deadline(value, self.form.year_number())
    }

    /// The unit as typed; `None` where there is none or a dash says so.
    pub(super) fn unit(&self) -> Option<&'a str> {
        self.cell(Field::Unit).filter(|unit| !is_dash(unit))
    }

    /// The unit, where it is a known one.
    pub(super) fn known_unit(&self) -> Option<&'static Unit> {
        self.unit().and_then(unit::find)
    }
}

impl Value {
    /// The value cell of a row as read.
    pub(super) fn of(row: &Indicator, year: Option<i16>) -> Self {
        let text = Some(&row.value).filter(|text| is_sound(Field::Value, text));
        match text.map_or(Self::Unread, |text| read_value(text.trim(), year)) {
            Self::Number(_)
                if row.operator() == Some(Operator::Qualitative) && date::parse(&row.value).is_some() =>
            {
                Self::Date
            }
            value => value,
        }
    }
}

/// The trimmed text of one of the form's own fields that is sound.
pub(super) fn of_form(form: &Form, field: Field) -> Option<&str> {
    form.text(field).map(String::as_str).filter(|text| is_sound(field, text)).map(str::trim)
}

/// Whether a text can be looked at for its meaning: it is not empty (`missing-cell`), has no
/// control characters (`control-characters`) or stray line feeds (`line-break-in-cell`) and is
/// within its limit (`too-long`).
pub(super) fn is_sound(field: Field, text: &str) -> bool {
    is_sound_with(field, text, Signs::of(text))
}

/// As [`is_sound`], where it is known what occurs in the text.
pub(super) fn is_sound_with(field: Field, text: &str, signs: Signs) -> bool {
    let info = field.info();
    let is_stray = signs.has(Signs::UNSAFE) || (signs.has(Signs::LINE_FEED) && !info.kind.is_multi_line());
    let is_blank = text.is_empty() || (signs.has(Signs::BLANK) && text.trim().is_empty());
    let is_short = text.len() <= info.limit || text.chars().count() <= info.limit;
    !is_blank && !is_stray && is_short
}

/// Whether a text is only a dash or 无, which people put where nothing belongs.
pub(super) fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '/' | '—' | '－' | '／' | '–' | '\\'))
        || matches!(text, "无" | "空")
}

/// A text from the form short enough for a message, and safe to show.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    const MOST: usize = 20;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text::visible(&text[..end]))),
        None => text::visible(text),
    }
}

fn read_value(text: &str, year: Option<i16>) -> Value {
    match number::parse(text) {
        Ok(number) => Value::Number(number),
        Err(_) if placeholder::find(text).is_some() => Value::Placeholder,
        Err(NumberFault::TooLong) => Value::TooLong,
        Err(NumberFault::Empty) => Value::Unread,
        Err(NumberFault::NotANumber) if is_date(text, year) => Value::Date,
        Err(NumberFault::NotANumber) => {
            glued(text).map_or(Value::Words, |glued| Value::Glued(Box::new(glued)))
        }
    }
}

/// Whether a text is a deadline, is written like a day, or names a year: 2026年.
fn is_date(text: &str, year: Option<i16>) -> bool {
    date::deadline(text, year.or(Some(2000))).is_some()
        || is_written_like_a_day(text)
        || is_year(text)
        || is_begun_day(text)
}

/// Whether a text is a day that is still being typed: 2026年1, 2026-, 2026-12-.
fn is_begun_day(text: &str) -> bool {
    let compact = text::compact(text);
    let Some((year, rest)) = compact.split_once(['年', '-', '/']) else { return false };
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    is_year
        && year.bytes().all(|b| b.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '月' | '日'))
        && rest.split(['-', '/', '月', '日']).all(|part| part.len() <= 2)
}

fn is_year(text: &str) -> bool {
    let compact = text::compact(text);
    let digits = compact.strip_suffix('年').unwrap_or_default();
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether a text has the outward form of one day, as 2026年2月30日前 has.
pub(super) fn is_written_like_a_day(typed: &str) -> bool {
    let compact = text::compact(typed);
    let bare = compact.trim_start_matches(['于', '在']).trim_end_matches("完成");
    let bare = bare.trim_end_matches(['前', '内']).trim_end_matches(['以', '之']);
    let marked = bare.ends_with(['日', '号']) || bare.contains(['年', '月']);
    let parts: Vec<&str> = bare.trim_end_matches(['日', '号']).split(['年', '月', '-', '.', '/']).collect();
    let digits = |part: &&str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    match parts[..] {
        [year, month, day] => year.len() == 4 && digits(&year, 4) && digits(&month, 2) && digits(&day, 2),
        [month, day] => marked && bare.contains('月') && digits(&month, 2) && digits(&day, 2),
        _ => false,
    }
}

/// Splits `≥95%`, `28.8万元`, `95%以上`. `None` where there is more than operator, number and unit.
pub(super) fn glued(typed: &str) -> Option<Glued> {
    let (before, rest) = match Operator::split_prefix(typed) {
        Some((operator, rest)) => (Some(operator), rest),
        None => (None, text::compact(typed).into_owned()),
    };
    let (behind, rest) = split_bound(&rest);
    let (number, unit) = match number::parse(rest) {
        Ok(_) => (rest.to_owned(), String::new()),
        Err(_) => unit::split_suffix(rest).filter(|(_, unit)| is_plausible_unit(unit))?,
    };
    let unit = unit::find(&unit).map_or(unit, |known| known.name.to_owned());
    Some(Glued { operator: behind.or(before), number: plain_number(&number).into_owned(), unit })
}

/// Splits a bound in words off the end: 95%以上, 480万元以内.
fn split_bound(text: &str) -> (Option<Operator>, &str) {
    let bounds = [
        ("及以上", Operator::Ge),
        ("以上", Operator::Ge),
        ("及以下", Operator::Le),
        ("以下", Operator::Le),
        ("以内", Operator::Le),
        ("之内", Operator::Le),
        ("内", Operator::Le),
    ];
    let found = bounds.iter().find_map(|(word, bound)| Some((Some(*bound), text.strip_suffix(word)?)));
    found.unwrap_or((None, text))
}

fn is_plausible_unit(unit: &str) -> bool {
    let word = |c: char| c.is_alphabetic() && !c.is_ascii() && !is_numeral(c);
    unit::find(unit).is_some() || (unit.chars().count() <= 2 && unit.chars().all(word))
}

/// Whether a character is a Chinese numeral: 4八 is a slip of the keys, 48万 a number, no unit.
fn is_numeral(c: char) -> bool {
    "〇零一二两三四五六七八九十百千万亿".contains(c)
}

/// A readable number as it should be written: half width, without separators, plus sign and
/// leading zeros.
pub(super) fn plain_number(typed: &str) -> Cow<'_, str> {
    let compact = text::compact(typed);
    if compact.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !compact.starts_with(['0', '.']) {
        return compact;
    }
    let compact = compact.replace([',', '+'], "");
    let (sign, digits) = match compact.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", compact.as_str()),
    };
    let bare = digits.trim_start_matches('0');
    let zero = if bare.is_empty() || bare.starts_with('.') { "0" } else { "" };
    Cow::Owned(format!("{sign}{zero}{bare}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_glued_value_comes_apart() {
        let split = |text: &str| glued(text).map(|g| (g.operator, g.number, g.unit));
        assert_eq!(split("≥95%"), Some((Some(Operator::Ge), "95".into(), "%".into())));
        assert_eq!(split("95％以上"), Some((Some(Operator::Ge), "95".into(), "%".into())));
        assert_eq!(split("达到95%以上"), Some((Some(Operator::Ge), "95".into(), "%".into())));
        assert_eq!(split("1,280.5 万元"), Some((None, "1280.5".into(), "万元".into())));
        assert_eq!(split("30天内"), Some((Some(Operator::Le), "30".into(), "天".into())));
        assert_eq!(split("≤11.376万元"), Some((Some(Operator::Le), "11.376".into(), "万元".into())));
        for typed in ["95%~100%", "每月1次", "100%完成整改", "约95", "", "%"] {
            assert_eq!(split(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_value_has_one_reading() {
        let read = |text: &str| read_value(text, Some(2026));
        assert_eq!(read("９５"), Value::Number(Decimal::from(95)));
        assert_eq!(read(&"9".repeat(40)), Value::TooLong);
        for typed in ["2026-12-31", "2026年底前", "12月31日前", "2026年2月30日前", "2月30日", "2026年"]
        {
            assert_eq!(read(typed), Value::Date, "{typed}");
        }
        for typed in ["效果明显", "3至5次", "5.3.1.2", "5.3%.1", "3.14/2"] {
            assert_eq!(read(typed), Value::Words, "{typed}");
        }
        assert_eq!(read("XX"), Value::Placeholder);
    }

    #[test]
    fn numbers_are_written_plainly() {
        for (typed, plain) in [
            ("００7", "7"),
            ("+1,200.50", "1200.50"),
            ("-0.5", "-0.5"),
            ("00", "0"),
            (" 0 . 5", "0.5"),
            ("-07", "-7"),
        ] {
            assert_eq!(plain_number(typed), plain);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,40}", year in proptest::option::of(1000i16..=9999)) {
            read_value(&text, year);
            short(&text);
        }
    }
}
