//! Ranges with points each, in the order of their lower ends, and what lies between neighbours.

use rust_decimal::Decimal;

use super::RowView;
use crate::rule::{Band, Rule};
use crate::vocabulary::unit;

/// The bands of a row's sentence, lowest first, with their unit.
pub(super) fn of<'a>(row: &RowView<'a>) -> Option<(Vec<&'a Band>, &'a str)> {
    let Rule::Bands { unit, bands } = &row.parsed.rule else { return None };
    let mut sorted: Vec<&Band> = bands.iter().collect();
    sorted.sort_by_key(|band| (band.from.unwrap_or(Decimal::MIN), band.to.unwrap_or(Decimal::MAX)));
    Some((sorted, unit))
}

/// Where the lower one ends and the upper one begins, with nothing in between; of whole things
/// nothing is between 39 and 40.
pub(super) fn gap(low: &Band, high: &Band, unit: &str) -> Option<(Decimal, Decimal)> {
    let (to, from) = (low.to?, high.from?);
    let whole = unit::find(unit).is_some_and(|unit| unit.kind.is_whole());
    let next = if whole { to.checked_add(Decimal::ONE)? } else { to };
    let missed = to == from && !low.to_inclusive && !high.from_inclusive;
    (next < from || missed).then_some((to, from))
}

/// Where two bands overlap. Bands open to the same side are read in the order of the sentence:
/// 90%以上得2分，80%以上得1分.
pub(super) fn overlap(low: &Band, high: &Band) -> Option<Decimal> {
    let cascade = low.to.is_none() || (low.from.is_none() && high.from.is_none());
    let (to, from) = (low.to.unwrap_or(Decimal::MAX), high.from.unwrap_or(Decimal::MIN));
    let both = to > from || (to == from && low.to_inclusive && high.from_inclusive);
    (both && !cascade).then_some(from)
}
