//! Numbers with their units, the words of the lowest level of the grammar.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use winnow::combinator::{alt, eof, not, opt, peek, preceded, terminated};
use winnow::error::EmptyError;
use winnow::token::{any, one_of, take_while};
use winnow::{Parser, Result};

use crate::vocabulary::{self, numeral};

/// What every parser here reads from: the rest of the normalised sentence.
pub(super) type In<'a> = &'a str;
/// What every parser here answers.
pub(super) type Out<T> = Result<T, EmptyError>;

/// A number and its unit: `10%`, `1个百分点`, `3天`. The unit is empty where none is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) number: Decimal,
    pub(super) unit: Cow<'static, str>,
}

/// Words to be looked for at one place, parted by blanks; a longer one comes before its beginning.
#[derive(Clone, Copy)]
pub(super) struct WordList {
    list: &'static str,
    /// A bit for each first character: most lists cannot match, and that is told without reading them.
    firsts: u128,
}

impl WordList {
    pub(super) const fn new(list: &'static str) -> Self {
        let bytes = list.as_bytes();
        let (mut firsts, mut at) = (0, 0);
        while at < bytes.len() {
            let begins = bytes[at] != b' ' && (at == 0 || bytes[at - 1] == b' ');
            // The low bits of a character are those of its last two bytes.
            let length = match bytes[at] {
                0..0x80 => 1,
                0x80..0xe0 => 2,
                0xe0..0xf0 => 3,
                _ => 4,
            };
            if begins && length == 1 {
                firsts |= 1 << bytes[at];
            } else if begins {
                firsts |= 1 << ((bytes[at + length - 2] & 1) << 6 | bytes[at + length - 1] & 0x3f);
            }
            at += 1;
        }
        Self { list, firsts }
    }
}

/// Reads the first of the words that stands here.
impl<'a> Parser<In<'a>, &'static str, EmptyError> for WordList {
    fn parse_next(&mut self, input: &mut In<'a>) -> Out<&'static str> {
        let first = input.chars().next().ok_or(EmptyError)?;
        if self.firsts >> (u32::from(first) & 127) & 1 == 0 {
            return Err(EmptyError);
        }
        let mut words = self.list.split_ascii_whitespace();
        let found = words.find_map(|word| input.strip_prefix(word).map(|rest| (word, rest)));
        let (word, rest) = found.ok_or(EmptyError)?;
        *input = rest;
        Ok(word)
    }
}

/// A parser of the first of some [`WordList`] that stands here.
macro_rules! word {
    ($list:expr $(,)?) => {{
        const WORDS: $crate::rule::number::WordList = $crate::rule::number::WordList::new($list);
        WORDS
    }};
}
pub(super) use word;

/// `parser`, after at most `limit` characters that `skip` allows; answers with the skipped text.
pub(super) fn within<'a, T>(
    limit: usize,
    skip: fn(char) -> bool,
    mut parser: impl Parser<In<'a>, T, EmptyError>,
) -> impl Parser<In<'a>, (&'a str, T), EmptyError> {
    move |input: &mut In<'a>| {
        let start = *input;
        let mut rest = start;
        for _ in 0..=limit {
            let mut here = rest;
            if let Ok(found) = parser.parse_next(&mut here) {
                let skipped = start.get(..start.len() - rest.len()).unwrap_or_default();
                *input = here;
                return Ok((skipped, found));
            }
            one_of(skip).parse_next(&mut rest)?;
        }
        Err(EmptyError)
    }
}

/// Whether a character ends a clause.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '，' | ',' | ';' | '。' | '!' | '?' | ':' | '\n')
}

/// A character inside a clause.
pub(super) fn inside(c: char) -> bool {
    !is_break(c)
}

/// The end of a clause, or of brackets in it.
pub(super) fn end(input: &mut In<'_>) -> Out<()> {
    peek(alt((eof.void(), one_of(|c: char| is_break(c) || matches!(c, '(' | ')' | '、')).void())))
        .parse_next(input)
}

/// `12`, `1,200.5`, 十二, 零点五, 半. A number cut in two by a space is none.
pub(super) fn number(input: &mut In<'_>) -> Out<Decimal> {
    alt((arabic, chinese)).parse_next(input)
}

/// A number in Arabic digits.
pub(super) fn arabic(input: &mut In<'_>) -> Out<Decimal> {
    let fraction = || opt(('.', take_while(1.., |c: char| c.is_ascii_digit())));
    let grouped = (
        take_while(1..=3, digit),
        winnow::combinator::repeat::<_, _, (), _, _>(
            1..,
            (',', take_while(3..=3, digit), not(one_of(digit))),
        ),
    );
    let digits = alt(((grouped, fraction()).take(), (take_while(1.., digit), fraction()).take()));
    let whole = terminated(digits, not((opt(one_of([' ', '.'])), one_of(digit))));
    whole.verify_map(|text: &str| vocabulary::number::parse(text).ok()).parse_next(input)
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A number in Chinese numerals, up to thousands.
pub(super) fn chinese(input: &mut In<'_>) -> Out<Decimal> {
    let numeral = || terminated(take_while(1..=8, is_numeral), not(one_of(is_numeral)));
    let fraction = opt(preceded('点', take_while(1..=4, |c: char| numeral::digit(c).is_some())));
    alt((
        '半'.value(Decimal::new(5, 1)),
        (numeral(), fraction).verify_map(|(whole, fraction): (&str, Option<&str>)| {
            let digits: String = fraction
                .unwrap_or_default()
                .chars()
                .filter_map(numeral::digit)
                .map(|n| n.to_string())
                .collect();
            format!("{}.{digits}0", numeral::read(whole)?)
                .parse()
                .map(|number: Decimal| number.normalize())
                .ok()
        }),
    ))
    .parse_next(input)
}

/// Whether a character can begin a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    c == '半' || numeral::is_numeral(c)
}

/// A number with a unit, or an Arabic number alone.
pub(super) fn quantity(input: &mut In<'_>) -> Out<Quantity> {
    let percent = preceded("百分之", number).map(|number| Quantity { number, unit: "%".into() });
    alt((percent, measured, terminated(arabic, not(one_of(['分', '年']))).map(bare))).parse_next(input)
}

/// A number in 分, where the context says that it is a mark and not the points of the row.
pub(super) fn mark(input: &mut In<'_>) -> Out<Quantity> {
    points.map(|number| Quantity { number, unit: "分".into() }).parse_next(input)
}

fn bare(number: Decimal) -> Quantity {
    Quantity { number, unit: Cow::Borrowed("") }
}

/// A number with a unit.
pub(super) fn measured(input: &mut In<'_>) -> Out<Quantity> {
    // 九成五 is 95%
    let tenths = (number, preceded('成', opt(one_of(|c| numeral::digit(c).is_some()))));
    let tenths = tenths.map(|(tens, ones)| {
        let ones = Decimal::from(ones.and_then(numeral::digit).unwrap_or(0));
        Quantity { number: tens.saturating_mul(Decimal::TEN).saturating_add(ones), unit: "%".into() }
    });
    let in_digits = (arabic, unit).verify(|(number, unit)| *unit != "年" || *number < Decimal::from(1900));
    let spelled =
        (chinese, terminated(unit, not(one_of(['性', '般', '致', '定'])))).verify(|(_, unit)| counts(unit));
    let plain = alt((in_digits, spelled)).map(|(number, unit)| Quantity { number, unit: unit.into() });
    alt((tenths, plain)).parse_next(input)
}

/// Units that a Chinese numeral goes with; 一方面 and 一度 are no quantities.
fn counts(unit: &str) -> bool {
    !matches!(unit, "立方米" | "千瓦时" | "米" | "册" | "本" | "口" | "班" | "级" | "支" | "块" | "台")
}

/// A unit of measure in its canonical form: 个百分点, 天, 项.
pub(super) fn unit(input: &mut In<'_>) -> Out<&'static str> {
    let first = input.chars().next();
    let from = UNITS.partition_point(|(written, _)| written.chars().next() < first);
    let mut here = UNITS[from..].iter().take_while(|(written, _)| written.chars().next() == first);
    let found = here.find_map(|(written, name)| input.strip_prefix(written).map(|rest| (*name, rest)));
    let (name, rest) = found.ok_or(EmptyError)?;
    *input = rest;
    Ok(name)
}

/// Units that only scoring sentences use, before those of the vocabulary.
const EXTRA: &[(&str, &str)] = &[
    ("个百分点", "个百分点"),
    ("个百份点", "个百分点"),
    ("百分点", "个百分点"),
    ("个点", "个百分点"),
    ("%", "%"),
    ("个工作日", "个工作日"),
    ("个自然日", "天"),
    ("个千分点", "个千分点"),
    ("千分点", "个千分点"),
    ("本", "本"),
    ("周", "周"),
    ("星期", "周"),
    ("个季度", "个季度"),
    ("季度", "季度"),
    ("位", "位"),
    ("人次", "人次"),
    ("页", "页"),
    ("旬", "旬"),
    ("岁", "岁"),
    ("步", "步"),
    ("名次", "名"),
    ("工作日", "个工作日"),
    ("个月", "个月"),
    ("日", "日"),
    ("场次", "场"),
    ("批次", "批"),
    ("户次", "户"),
    ("平米", "平方米"),
    ("亿", "亿元"),
];

/// Written form and canonical name, by the first character, the longest first.
static UNITS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let known = vocabulary::unit::all().iter().filter(|unit| unit.name != "分" && unit.name != "%");
    let mut units: Vec<_> = EXTRA.iter().copied().chain(known.map(|unit| (unit.name, unit.name))).collect();
    units.sort_by_key(|(written, _)| (written.chars().next(), std::cmp::Reverse(written.len())));
    units
});

/// The points in `2分`: a number and 分, which is not the beginning of another word.
pub(super) fn points(input: &mut In<'_>) -> Out<Decimal> {
    let other_word =
        one_of(['钟', '之', '析', '制', '类', '别', '布', '解', '工', '配', '区', '段', '档', '级', '项']);
    let arabic_points = terminated(arabic, ('分', not(other_word)));
    // 十分 is an adverb more often than ten points
    let spelled_points = terminated(chinese, ('分', peek(end)));
    let sensible = |points: &Decimal| *points <= Decimal::ONE_THOUSAND && points.scale() <= 6;
    alt((arabic_points, spelled_points)).verify(sensible).parse_next(input)
}

/// Two numbers of points: `8-10分`.
pub(super) fn points_range(input: &mut In<'_>) -> Out<(Decimal, Decimal)> {
    (terminated(arabic, (opt('分'), dash)), points).map(|(a, b)| (a.min(b), a.max(b))).parse_next(input)
}

/// What stands between the ends of a range.
pub(super) fn dash(input: &mut In<'_>) -> Out<()> {
    word!("-- - 至 到").void().parse_next(input)
}

/// One character that no parser wants, or a whole run of digits or numerals, so that nothing
/// reads a long number twice.
pub(super) fn other(input: &mut In<'_>) -> Out<()> {
    let digits = take_while(1.., |c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let numerals = take_while(1.., |c: char| numeral::digit(c).is_some());
    alt((digits.void(), numerals.void(), any.void())).parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, value) in [
            ("12", "12"),
            ("1,200.5", "1200.5"),
            ("十二", "12"),
            ("二百三十", "230"),
            ("零点五", "0.5"),
            ("半", "0.5"),
            ("九五", "95"),
            ("一百", "100"),
            ("两", "2"),
        ] {
            assert_eq!(number.parse(text).map(|n| n.normalize().to_string()), Ok(value.to_owned()), "{text}");
        }
        for text in ["1 0", "1.2.3", "百分", "99999999999999999999999999999999"] {
            assert!(number.parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn units() {
        for (text, unit) in [
            ("1个百分点", "个百分点"),
            ("十日", "日"),
            ("3个月", "个月"),
            ("一处", "处"),
            ("百分之九十", "%"),
            ("九成", "%"),
            ("95", ""),
        ] {
            assert_eq!(quantity.parse(text).map(|q| q.unit), Ok(Cow::Borrowed(unit)), "{text}");
        }
        for text in ["一般", "一次性", "2026年", "95分", "一方面"] {
            assert!(terminated(quantity, winnow::token::rest).parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn points_are_not_minutes() {
        assert!(points.parse("10分").is_ok());
        for text in ["10分钟", "十分满意", "3分之1", "100分制"] {
            assert!(terminated(points, winnow::token::rest).parse(text).is_err(), "{text}");
        }
    }
}
