//! The rows as they will stand once what other checks say of them is put right. A check of sums or
//! order asks this, so that one fault is not told twice: a row under a wrong class, a second copy,
//! explicit points against the sentence.

use rust_decimal::Decimal;

use super::{digest, prose};
use crate::form::Indicator;
use crate::score::RowScore;
use crate::vocabulary::taxonomy;

/// One row, put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Presumed {
    /// Canonical level-1 class; `None` where nothing tells it.
    pub(super) level1: Option<&'static str>,
    /// Canonical level-2 class; `None` where nothing tells it.
    pub(super) level2: Option<&'static str>,
    /// Full points; `None` where nothing tells them.
    pub(super) points: Option<Decimal>,
    /// The earlier row that this one repeats.
    pub(super) copy_of: Option<usize>,
    /// What rows that repeat each other have in common; none without a name.
    pub(super) key: Option<u64>,
}

impl Presumed {
    /// The row by itself; whether it repeats another is for [`super::facts`].
    pub(super) fn of(row: &Indicator, score: &RowScore) -> Self {
        let (level1, level2) = classes(row);
        let (length, name) = prose::gist(&row.name);
        let key = (length > 0).then(|| digest((level1, level2.unwrap_or_default(), name)));
        Self { level1, level2, points: points(score), copy_of: None, key }
    }
}

fn classes(row: &Indicator) -> (Option<&'static str>, Option<&'static str>) {
    let own = taxonomy::level1(&row.level1);
    let fitting = own.and_then(|class| taxonomy::level2(&row.level2, Some(class.name)));
    if fitting.is_some() || row.level2.trim().is_empty() {
        return (own.map(|class| class.name), fitting.map(|child| child.name));
    }
    let level2 = taxonomy::level2(&row.level2, None);
    let parent = taxonomy::parent_of(&row.level2).or(own);
    (parent.map(|class| class.name), level2.map(|child| child.name))
}

/// The sentence's points where the explicit ones contradict it or are unusable.
fn points(score: &RowScore) -> Option<Decimal> {
    score.parsed.points.or(score.points).filter(|points| *points > Decimal::ZERO)
}
