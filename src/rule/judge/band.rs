//! Ranges: bands of the value, and ranges of the points.

use rust_decimal::Decimal;

use super::note::note;
use super::{Judge, bound_of};
use crate::rule::assemble::Outcome;
use crate::rule::interval::{Edge, Interval};
use crate::rule::number::Quantity;
use crate::rule::{Band, Note, Rule, Share, Worth};
use crate::vocabulary::number::plain;

impl Judge<'_> {
    pub(super) fn graded_ranges(&self) -> Option<Rule> {
        let ranges = self.share_ranges().or_else(|| self.awarded_ranges())?;
        let bands = bands_of(ranges.into_iter().map(|interval| (interval, Worth::FULL)).collect());
        let share = |band: Band| {
            Some(Share {
                from: band.from?,
                from_inclusive: band.from_inclusive,
                to: band.to?,
                to_inclusive: band.to_inclusive,
            })
        };
        let mut ranges: Vec<Share> = bands.into_iter().filter_map(share).collect();
        ranges.sort_by_key(|range| std::cmp::Reverse(range.from));
        Some(Rule::GradedRanges { ranges })
    }

    /// Ranges of percentages that earn no points of their own are ranges of the points.
    fn share_ranges(&self) -> Option<Vec<Interval>> {
        let ends = |interval: &Interval| (interval.from.is_some(), interval.to.is_some());
        let shared = self.reading.shares.len() > 1;
        let percent = |interval: &&Interval| interval.unit == "%" && (ends(interval).1 || shared);
        let ranges: Vec<Interval> = self.reading.intervals.iter().filter(percent).cloned().collect();
        let closed = ranges.iter().filter(|interval| ends(interval).0).count();
        let bound = self.branches().filter(|branch| bound_of(&branch.when).is_some()).count();
        let said = self.reading.ladder || self.reading.shares.len() > 1 || bound < 2;
        let zero = Edge { value: Decimal::ZERO, inclusive: None };
        let whole = Edge { value: Decimal::ONE_HUNDRED, inclusive: Some(true) };
        let floored = |interval: Interval| Interval {
            from: interval.from.or(Some(zero)),
            to: interval.to.or(Some(whole)),
            ..interval
        };
        let meant = said
            && (closed > 1 || shared)
            && !self.has(|then| matches!(then, Outcome::Zero | Outcome::Deduct(_)));
        meant.then(|| ranges.into_iter().map(floored).collect())
    }

    /// 得8-10分, 得5-7分 as shares of the highest.
    fn awarded_ranges(&self) -> Option<Vec<Interval>> {
        let ranged = self.has(|then| matches!(then, Outcome::AwardRange(..)));
        let ranges: Vec<(Decimal, Decimal)> = self
            .branches()
            .filter_map(|branch| match branch.then {
                Outcome::AwardRange(low, high) => Some((low, high)),
                Outcome::Award { worth: Worth::Points(points), .. } if ranged => Some((points, points)),
                _ => None,
            })
            .collect();
        let full = ranges.iter().map(|(_, high)| *high).max().filter(|full| !full.is_zero())?;
        let edge = |points: Decimal| {
            let share = (points * Decimal::ONE_HUNDRED / full).round_dp(4).normalize();
            Some(Edge { value: share, inclusive: Some(true) })
        };
        let share = |&(low, high): &(Decimal, Decimal)| Interval {
            from: edge(low),
            to: edge(high),
            unit: "%".into(),
        };
        (ranged && ranges.len() > 1).then(|| ranges.iter().map(share).collect())
    }

    pub(super) fn bands(&self) -> Option<Rule> {
        let mut pairs: Vec<(Interval, Worth)> = Vec::new();
        let mut otherwise = false;
        let mut target = None;
        for branch in self.branches() {
            let worth = match &branch.then {
                Outcome::Award { worth, .. } => *worth,
                Outcome::Zero => Worth::Points(Decimal::ZERO),
                _ => continue,
            };
            match bound_of(&branch.when) {
                Some(interval) => pairs.push((interval, worth)),
                None if branch.when.otherwise || worth == Worth::Points(Decimal::ZERO) => otherwise = true,
                None if pairs.is_empty() && reaches_target(&branch.when.words) => target = Some(worth),
                None => return None,
            }
        }
        let others = pairs.iter().any(|(interval, worth)| interval.unit == "%" && !worth.is_nothing());
        match target {
            Some(worth) if others => pairs.insert(0, (Interval::only(&percent(Decimal::ONE_HUNDRED)), worth)),
            Some(_) => return None,
            None => {}
        }
        open_up(&mut pairs);
        let earning = pairs.iter().filter(|(_, worth)| *worth != Worth::Points(Decimal::ZERO)).count();
        let split = earning == 1 && pairs.len() > 1 && !complementary(&pairs);
        if earning < 2 && !(split && self.formula().is_none()) {
            return None;
        }
        let unit = pairs
            .iter()
            .map(|(interval, _)| interval.unit.clone())
            .find(|unit| !unit.is_empty())
            .unwrap_or_default();
        cascade(&mut pairs);
        let mut bands = bands_of(pairs);
        if otherwise {
            bands.extend(rest_below(&bands));
        }
        Some(Rule::Bands { unit: unit.into_owned(), bands })
    }
}

fn percent(number: Decimal) -> Quantity {
    Quantity { number, unit: "%".into() }
}

/// 达到目标值得10分 before 完成80%以上得8分: the target is 100%.
fn reaches_target(words: &str) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    has(&["完成", "达到", "实现"])
        && has(&["目标", "计划", "任务", "全部", "全面", "指标"])
        && !has(&["未", "不"])
}

/// 100%得5分，90%得4分，80%得3分: several exact percentages are lower bounds.
fn open_up(pairs: &mut [(Interval, Worth)]) {
    let exact =
        |interval: &Interval| interval.from.is_some() && interval.from == interval.to && interval.unit == "%";
    let open = |interval: &Interval| interval.from.is_some() && interval.to.is_none();
    let exacts = pairs.iter().filter(|(interval, _)| exact(interval)).count();
    let top = pairs
        .iter()
        .flat_map(|(interval, _)| [interval.from, interval.to])
        .flatten()
        .map(|edge| edge.value)
        .max();
    if pairs.len() > 1 {
        for (interval, _) in pairs
            .iter_mut()
            .filter(|(interval, _)| exact(interval) && interval.from.map(|edge| edge.value) == top)
        {
            interval.to = None;
        }
    }
    if exacts > 1 || (exacts == 1 && pairs.iter().any(|(interval, _)| open(interval))) {
        for (interval, _) in pairs.iter_mut().filter(|(interval, _)| exact(interval)) {
            interval.to = None;
        }
    }
}

/// Whether two intervals only cut the line in two: ≥90% and 低于90%.
fn complementary(pairs: &[(Interval, Worth)]) -> bool {
    let [(first, _), (second, _)] = pairs else { return false };
    let value = |edge: Option<Edge>| edge.map(|edge| edge.value);
    let open = |interval: &Interval| {
        interval.from.is_none() || interval.to.is_none() || interval.from == interval.to
    };
    let meet = (first.from.is_some() && value(first.from) == value(second.to))
        || (first.to.is_some() && value(first.to) == value(second.from));
    open(first) && open(second) && meet
}

/// ≥90%得5分，≥80%得4分: each band ends where the next better one begins.
fn cascade(pairs: &mut [(Interval, Worth)]) {
    let froms: Vec<Edge> = pairs
        .iter()
        .filter(|(interval, _)| interval.to.is_none())
        .filter_map(|(interval, _)| interval.from)
        .collect();
    let tos: Vec<Edge> = pairs
        .iter()
        .filter(|(interval, _)| interval.from.is_none())
        .filter_map(|(interval, _)| interval.to)
        .collect();
    let other =
        |edge: &Edge| Some(Edge { value: edge.value, inclusive: Some(edge.inclusive == Some(false)) });
    for (interval, worth) in pairs.iter_mut() {
        match (interval.from, interval.to) {
            (Some(from), None) if froms.len() > 1 => {
                let next = froms.iter().filter(|edge| edge.value > from.value).min_by_key(|edge| edge.value);
                interval.to = next.and_then(other);
            }
            (None, Some(to)) if tos.len() > 1 && !worth.is_nothing() => {
                let next = tos.iter().filter(|edge| edge.value < to.value).max_by_key(|edge| edge.value);
                interval.from = next.and_then(other);
            }
            _ => {}
        }
    }
}

/// Bands with their bounds settled: what one leaves open its neighbour decides; between two that
/// both leave it open, the upper band has the bound.
fn bands_of(pairs: Vec<(Interval, Worth)>) -> Vec<Band> {
    let edges: Vec<Interval> = pairs.iter().map(|(interval, _)| interval.clone()).collect();
    let claimed = |value: Decimal, own: usize, side: fn(&Interval) -> Option<Edge>| {
        let others = edges.iter().enumerate().filter(|(at, _)| *at != own);
        others.filter_map(|(_, interval)| side(interval)).find(|edge| edge.value == value)
    };
    let settle = |(at, (interval, points)): (usize, (Interval, Worth))| {
        let single = interval.from.map(|edge| edge.value) == interval.to.map(|edge| edge.value);
        let from_inclusive = interval.from.is_some_and(|edge| {
            edge.inclusive.unwrap_or_else(|| {
                let below = claimed(edge.value, at, |other| {
                    other.to.filter(|to| other.from.is_none_or(|from| from.value <= to.value))
                });
                below.and_then(|below| below.inclusive) != Some(true)
            })
        });
        let to_inclusive = interval.to.is_some_and(|edge| {
            edge.inclusive.unwrap_or_else(|| {
                let above = claimed(edge.value, at, |other| other.from);
                above.is_none_or(|above| above.inclusive == Some(false)) || single
            })
        });
        Band {
            from: interval.from.map(|edge| edge.value),
            from_inclusive,
            to: interval.to.map(|edge| edge.value),
            to_inclusive,
            points,
        }
    };
    pairs.into_iter().enumerate().map(settle).collect()
}

/// 否则不得分 after bands: everything below the lowest bound.
fn rest_below(bands: &[Band]) -> Option<Band> {
    let lowest = bands
        .iter()
        .filter_map(|band| band.from.map(|from| (from, band.from_inclusive)))
        .min_by_key(|(from, _)| *from);
    let open_below = bands.iter().any(|band| band.from.is_none());
    let zero = Worth::Points(Decimal::ZERO);
    match (open_below, lowest) {
        (false, Some((from, inclusive))) => Some(Band {
            from: None,
            from_inclusive: false,
            to: Some(from),
            to_inclusive: !inclusive,
            points: zero,
        }),
        _ => {
            let highest = bands
                .iter()
                .filter_map(|band| band.to.map(|to| (to, band.to_inclusive)))
                .max_by_key(|(to, _)| *to)?;
            Some(Band {
                from: Some(highest.0),
                from_inclusive: !highest.1,
                to: None,
                to_inclusive: false,
                points: zero,
            })
        }
    }
}

/// Gaps between the bands, and values that two of them claim.
pub(super) fn band_faults(unit: &str, bands: &[Band]) -> Vec<Note> {
    let mut sorted: Vec<&Band> = bands.iter().collect();
    sorted.sort_by_key(|band| (band.from.unwrap_or(Decimal::MIN), band.to.unwrap_or(Decimal::MAX)));
    let fault = |pair: &[&Band]| {
        let [low, high] = pair else { return None };
        let (to, from) = (low.to.unwrap_or(Decimal::MAX), high.from.unwrap_or(Decimal::MIN));
        let text = |number: Decimal| format!("{}{unit}", plain(number));
        // 80-89 and 90-100 leave no gap where only whole numbers occur
        let whole =
            unit != "%" && to.is_integer() && from.is_integer() && low.to_inclusive && high.from_inclusive;
        if whole && from.saturating_sub(to) == Decimal::ONE {
            return None;
        }
        if to < from || (to == from && !low.to_inclusive && !high.from_inclusive) {
            return Some(note("bands-gap", format!("{}到{}之间没有规定得分", text(to), text(from)), None));
        }
        let overlap = to > from || (low.to_inclusive && high.from_inclusive);
        overlap.then(|| note("bands-overlap", format!("{}与{}重叠", low.text(unit), high.text(unit)), None))
    };
    sorted.windows(2).filter_map(fault).collect()
}
