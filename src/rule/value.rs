//! What was typed as a target or as an actual value, read for the calculation.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::clause::{self, Piece};
use super::normal::Normal;
use crate::text;
use crate::vocabulary::operator::Operator;
use crate::vocabulary::{date, number, unit};

/// The number in `48`, `48次`, `≥95%`, as long as a unit written with it is the given one.
pub(super) fn number_in(typed: &str, expected: &str) -> Option<Decimal> {
    let (_, bare) = Operator::split_prefix(typed)
        .map_or((None, text::compact(typed).into_owned()), |(operator, rest)| (Some(operator), rest));
    if let Ok(number) = number::parse(&bare) {
        return Some(number);
    }
    let (digits, written) = unit::split_suffix(&bare)?;
    let same =
        same_unit(&written, expected) || (expected.trim().is_empty() && unit::find(&written).is_some());
    same.then(|| number::parse(&digits).ok()).flatten()
}

/// Whether two units are one: 日 and 天, ％ and %.
pub(super) fn same_unit(one: &str, other: &str) -> bool {
    let name = |typed: &str| {
        unit::find(typed).map_or_else(|| text::compact(typed).into_owned(), |unit| unit.name.to_owned())
    };
    name(one) == name(other)
}

/// Whether values in this unit are counted in percentage points.
pub(super) fn is_ratio(typed: &str) -> bool {
    unit::find(typed).is_some_and(|unit| unit.kind == unit::Kind::Ratio)
        || matches!(text::compact(typed).as_ref(), "个百分点" | "个千分点")
}

/// The day that a text names, alone or among words: 12月25日完成.
pub(super) fn day_in(typed: &str, year: Option<i16>) -> Option<Date> {
    if let Some(day) = date::deadline(typed, year) {
        return Some(day);
    }
    let normal = Normal::new(typed);
    let found = clause::scan(&normal.text);
    let mut days = found.iter().filter(|found| matches!(found.piece, Some(Piece::Date(_))));
    let only = days.next().filter(|_| days.next().is_none())?;
    date::deadline(normal.text.get(only.span.clone())?, year)
}

/// What words say of a task: done, or not; `None` where they say neither.
pub(super) fn verdict(actual: &str, target: &str) -> Option<bool> {
    const GOOD: &[&str] = &[
        "未超",
        "不超",
        "没有超",
        "未发生",
        "未发现",
        "未出现",
        "无违",
        "无事故",
        "无问题",
        "零事故",
        "不存在",
    ];
    const BAD: &[&str] = &["未", "不", "没", "否", "差", "逾期", "延迟", "部分", "无"];
    const DONE: &[&str] =
        &["完成", "达标", "达到", "合格", "通过", "及时", "按时", "按期", "符合", "落实", "实现", "是", "有"];
    let (actual, target) = (text::compact(actual), text::compact(target));
    let has = |list: &[&str]| list.iter().any(|word| actual.contains(word));
    match () {
        () if actual.is_empty() => None,
        () if actual == target || has(GOOD) => Some(true),
        () if has(BAD) => Some(false),
        () if has(DONE) => Some(true),
        () => None,
    }
}

/// How often something happened: `2`, `2处`, 发现2处, 无.
pub(super) fn occurrences(actual: &str, step_unit: &str) -> Option<Decimal> {
    number_in(actual, step_unit).or_else(|| counted(actual, |unit| same_unit(unit, step_unit)))
}

/// How many cases of anything there were: 1起, 发现2处, 无.
pub(super) fn cases(actual: &str) -> Option<Decimal> {
    counted(actual, |unit| !is_ratio(unit))
}

fn counted(actual: &str, wanted: impl Fn(&str) -> bool) -> Option<Decimal> {
    const NONE: &[&str] = &["无", "没有", "未发现", "未发生", "未出现", "零", "不存在"];
    let compact = text::compact(actual);
    if NONE.iter().any(|word| compact.starts_with(word)) {
        return Some(Decimal::ZERO);
    }
    let found = clause::scan(&compact);
    let mut counts = found.iter().filter_map(|found| match &found.piece {
        Some(Piece::Quantity(quantity)) if wanted(&quantity.unit) => Some(quantity.number),
        _ => None,
    });
    counts.next().filter(|_| counts.next().is_none())
}
