//! Classes that were written wrongly: which one was meant, and how a row moves into it.

use super::RowView;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::text;
use crate::vocabulary::taxonomy::{self, Level1};

/// Rows of the longest table that is searched for a place.
const MOST_SEARCHED: usize = 200;

/// The level-1 class whose name looks most like the text.
pub(super) fn nearest_level1(typed: &str) -> Option<&'static str> {
    nearest(typed, taxonomy::all().iter().map(|class| class.name))
}

/// The child of a level-1 class whose name looks most like the text.
pub(super) fn nearest_level2(typed: &str, class: &'static Level1) -> Option<&'static str> {
    nearest(typed, class.level2.iter().map(|child| child.name))
}

fn nearest(typed: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let typed = stem(typed);
    let likely =
        names.map(|name| (likeness(&typed, &stem(name)), name)).filter(|(percent, _)| *percent >= 40);
    likely.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, name)| name)
}

fn stem(name: &str) -> Vec<char> {
    let compact = text::compact(name);
    compact.strip_suffix("指标").unwrap_or(&compact).chars().take(50).collect()
}

/// Characters in common, in percent.
fn likeness(a: &[char], b: &[char]) -> usize {
    let common = b.iter().filter(|c| a.contains(c)).count();
    (200 * common).checked_div(a.len() + b.len()).unwrap_or(0)
}

impl RowView<'_> {
    /// The level-1 class of this row, where it is known.
    pub(super) fn class(&self) -> Option<&'static Level1> {
        taxonomy::level1(&self.row.level1)
    }

    /// Whether the row is about cost, in today's or the older table.
    pub(super) fn is_cost(&self) -> bool {
        let level2 = taxonomy::level2(&self.row.level2, Some(&self.row.level1));
        self.class().is_some_and(|class| class.name == "成本指标")
            || level2.is_some_and(|child| child.name == "成本指标")
    }

    /// Sets both classes and moves the row to the end of its new class.
    pub(super) fn move_to(&self, class: &'static Level1, level2: &str) -> Vec<Edit> {
        let mut edits = vec![self.set(Field::Level1, class.name)];
        if self.row.level2 != level2 {
            edits.push(self.set(Field::Level2, level2));
        }
        let to = self.place_in(class);
        if to != self.at {
            edits.push(Edit::Move { from: self.at, to });
        }
        edits
    }

    /// Where the row stands once it is the last of a class. A table too long to be searched for
    /// every misplaced row keeps its order.
    fn place_in(&self, class: &'static Level1) -> usize {
        if self.form.indicators.len() > MOST_SEARCHED {
            return self.at;
        }
        let rank = |row: &str| {
            let known = taxonomy::level1(row)?;
            taxonomy::all().iter().position(|other| std::ptr::eq(other, known))
        };
        let wanted = taxonomy::all().iter().position(|other| std::ptr::eq(other, class));
        let others = self.form.indicators.iter().enumerate().filter(|(at, _)| *at != self.at);
        let before = others.rev().find(|(_, row)| rank(&row.level1).is_some_and(|rank| Some(rank) <= wanted));
        match before {
            Some((at, _)) if at > self.at => at,
            Some((at, _)) => at + 1,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_classes() {
        assert_eq!(nearest_level1("产岀指标"), Some("产出指标"));
        assert_eq!(nearest_level1("满意指标"), Some("满意度指标"));
        assert_eq!(nearest_level1("其他"), None);
        let benefit = taxonomy::level1("效益").expect("is known");
        assert_eq!(nearest_level2("经济成本指标", benefit), Some("经济效益指标"));
        assert_eq!(nearest_level2("社会效溢", benefit), Some("社会效益指标"));
        assert_eq!(nearest_level2("", benefit), None);
    }
}
