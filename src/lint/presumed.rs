//! The rows as they will stand once what other checks say of them is put right. A check of sums or
//! order asks this, so that one fault is not told twice: a row under a wrong class, a second copy,
//! explicit points against the sentence.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{FormView, RowView, prose};
use crate::vocabulary::taxonomy;

/// One row, put right.
pub(super) struct Presumed {
    /// Canonical level-1 class; `None` where nothing tells it.
    pub(super) level1: Option<&'static str>,
    /// Canonical level-2 class; `None` where nothing tells it.
    pub(super) level2: Option<&'static str>,
    /// Full points; `None` where nothing tells them.
    pub(super) points: Option<Decimal>,
    /// The earlier row that this one repeats.
    pub(super) copy_of: Option<usize>,
}

/// All rows, put right.
pub(super) fn rows(view: &FormView<'_>) -> Vec<Presumed> {
    let mut seen = HashMap::new();
    let mut row = |row: RowView<'_>| {
        let (level1, level2) = classes(&row);
        let name = prose::bare(&row.row.name);
        let key = (level1, level2.unwrap_or_default(), name);
        let first = (!key.2.is_empty()).then(|| *seen.entry(key).or_insert(row.at));
        let copy_of = first.filter(|first| *first != row.at);
        Presumed { level1, level2, points: points(&row), copy_of }
    };
    view.rows().map(&mut row).collect()
}

fn classes(row: &RowView<'_>) -> (Option<&'static str>, Option<&'static str>) {
    let own = taxonomy::level1(&row.row.level1);
    let fitting = own.and_then(|class| taxonomy::level2(&row.row.level2, Some(&class.name)));
    if fitting.is_some() || row.row.level2.trim().is_empty() {
        return (own.map(|class| class.name.as_str()), fitting.map(|child| child.name.as_str()));
    }
    let level2 = taxonomy::level2(&row.row.level2, None);
    let parent = taxonomy::parent_of(&row.row.level2).or(own);
    (parent.map(|class| class.name.as_str()), level2.map(|child| child.name.as_str()))
}

/// The sentence's points where the explicit ones contradict it or are unusable.
fn points(row: &RowView<'_>) -> Option<Decimal> {
    row.parsed.points.or(row.points).filter(|points| *points > Decimal::ZERO)
}
