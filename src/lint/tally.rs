//! Findings counted: how many of each severity, and how many before any place of a form.

use crate::diagnostic::Severity;

/// How many findings of each severity, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally([u32; Severity::ALL.len()]);

impl Tally {
    /// One finding more.
    pub fn add(&mut self, severity: Severity) {
        self.0[severity as usize] += 1;
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        self.each(other, u32::wrapping_add)
    }

    /// What is left without the other, which is part of this one.
    pub fn minus(self, other: Self) -> Self {
        self.each(other, u32::wrapping_sub)
    }

    fn each(mut self, other: Self, change: fn(u32, u32) -> u32) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(count, other)| *count = change(*count, other));
        self
    }

    /// How many of one severity.
    pub fn of(self, severity: Severity) -> usize {
        self.0[severity as usize] as usize
    }

    /// How many in all.
    pub fn total(self) -> usize {
        self.0.iter().map(|count| *count as usize).sum()
    }

    /// The gravest severity that occurs, and how often.
    pub fn worst(self) -> Option<(Severity, usize)> {
        Severity::ALL.into_iter().map(|severity| (severity, self.of(severity))).find(|(_, count)| *count > 0)
    }
}

impl<'a> FromIterator<&'a Severity> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Severity>>(severities: I) -> Self {
        let mut tally = Self::default();
        severities.into_iter().for_each(|severity| tally.add(*severity));
        tally
    }
}

/// The tallies of a row of places, so that a change of one and the sum of any run of them cost no
/// more where there are many: a Fenwick tree.
#[derive(Debug, Clone, Default)]
pub(super) struct Tallies {
    each: Vec<Tally>,
    /// Entry `at`, counted from 1, holds the sum of as many places up to it as its lowest bit says.
    sums: Vec<Tally>,
}

impl Tallies {
    /// The tallies of all places.
    pub(super) fn new(each: Vec<Tally>) -> Self {
        let mut sums = vec![Tally::default()];
        sums.extend(&each);
        for at in 1..sums.len() {
            let above = at + lowest_bit(at);
            if above < sums.len() {
                sums[above] = sums[above].plus(sums[at]);
            }
        }
        Self { each, sums }
    }

    /// Another tally for a place.
    pub(super) fn set(&mut self, place: usize, tally: Tally) {
        let before = std::mem::replace(&mut self.each[place], tally);
        let mut at = place + 1;
        while before != tally && at < self.sums.len() {
            self.sums[at] = self.sums[at].minus(before).plus(tally);
            at += lowest_bit(at);
        }
    }

    /// The tally of all places before this one.
    pub(super) fn before(&self, place: usize) -> Tally {
        let mut at = place.min(self.each.len());
        let mut sum = Tally::default();
        while at > 0 {
            sum = sum.plus(self.sums[at]);
            at -= lowest_bit(at);
        }
        sum
    }

    /// The tally of all places.
    pub(super) fn all(&self) -> Tally {
        self.before(self.each.len())
    }

    /// The place of a finding by its number among all, and its number there.
    pub(super) fn find(&self, number: usize) -> Option<(usize, usize)> {
        let mut left = number;
        let mut at = 0;
        let mut step = self.each.len().checked_next_power_of_two()?;
        while step > 0 {
            if let Some(sum) = self.sums.get(at + step).map(|sum| sum.total()).filter(|sum| *sum <= left) {
                left -= sum;
                at += step;
            }
            step /= 2;
        }
        (left < self.each.get(at)?.total()).then_some((at, left))
    }
}

fn lowest_bit(at: usize) -> usize {
    at & at.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(counts: (u32, u32)) -> Tally {
        Tally([counts.0, 0, counts.1])
    }

    proptest! {
        #[test]
        fn sums_and_numbers_are_those_of_counting(
            first in prop::collection::vec((0u32..3, 0u32..3), 0..40),
            changes in prop::collection::vec((0usize..40, (0u32..3, 0u32..3)), 0..20),
        ) {
            let mut plain: Vec<Tally> = first.into_iter().map(tally).collect();
            let mut tallies = Tallies::new(plain.clone());
            let count = plain.len();
            for (place, counts) in changes.into_iter().filter(|(place, _)| *place < count) {
                plain[place] = tally(counts);
                tallies.set(place, tally(counts));
            }
            let sum = |part: &[Tally]| part.iter().fold(Tally::default(), |sum, one| sum.plus(*one));
            for place in 0..=plain.len() {
                prop_assert_eq!(tallies.before(place), sum(&plain[..place]));
            }
            let all = plain.iter().enumerate();
            let places: Vec<_> = all.flat_map(|(at, one)| (0..one.total()).map(move |n| (at, n))).collect();
            let found: Vec<_> = (0..=places.len()).map_while(|number| tallies.find(number)).collect();
            prop_assert_eq!(found, places);
        }
    }
}
