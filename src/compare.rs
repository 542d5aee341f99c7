//! What differs between two forms: rows matched by what they mean, not by where they stand, and
//! the difference as the same [`Edit`]s that typing makes.

mod adopt;
mod merge;
mod yearly;

use std::collections::HashMap;

pub use merge::{Difference, Merged, chosen, merge, sides};

use crate::form::edit::{Edit, Spot};
use crate::form::field::{FIELDS, Field, Table};
use crate::form::{Form, Indicator};
use crate::score::{Scores, class_name};
use crate::text::{compact, likeness};
pub use adopt::{Adoption, adopted};
pub use yearly::{LastYear, Movement, Was, shown_target};

/// From this likeness of names on, in percent, two rows of one class are the same work.
const SAME_WORK: usize = 60;
/// Tables longer than this are matched by equal names alone; each pair would have to be looked at.
const MOST_PAIRS: usize = 250_000;

/// A row of the new form, the old form, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Only in the new form, at this position.
    Added(usize),
    /// Only in the old form, at this position.
    Removed(usize),
    /// In both.
    Kept {
        /// Position in the old form.
        old: usize,
        /// Position in the new form.
        new: usize,
        /// Whether it changed places with rows that are in both.
        moved: bool,
        /// The fields whose text differs.
        fields: Vec<Field>,
    },
}

/// What differs between two forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The forms' own fields whose text differs.
    pub fields: Vec<Field>,
    /// Every row: those of the new form in its order, then the removed ones.
    pub rows: Vec<RowChange>,
}

impl Comparison {
    /// Whether the forms say the same.
    pub fn is_empty(&self) -> bool {
        let same = |row: &RowChange| matches!(row, RowChange::Kept { moved: false, fields, .. } if fields.is_empty());
        self.fields.is_empty() && self.rows.iter().all(same)
    }
}

/// Compares two forms.
pub fn compare(old: &Form, new: &Form) -> Comparison {
    let own = FIELDS.iter().map(|info| info.field).filter(|field| !field.is_of_indicator());
    let fields = own.filter(|field| old.text(*field) != new.text(*field)).collect();
    let partners = partners(old, new);
    let in_place = in_place(&partners);
    let mut rows: Vec<RowChange> = Vec::new();
    for (at, partner) in partners.iter().enumerate() {
        rows.push(match *partner {
            None => RowChange::Added(at),
            Some(from) => RowChange::Kept {
                old: from,
                new: at,
                moved: !in_place[at],
                fields: changed(&old.indicators[from], &new.indicators[at]),
            },
        });
    }
    let kept: std::collections::HashSet<usize> = partners.iter().flatten().copied().collect();
    rows.extend((0..old.indicators.len()).filter(|at| !kept.contains(at)).map(RowChange::Removed));
    Comparison { fields, rows }
}

/// The edits that make the old form into the new one.
pub fn edits(old: &Form, new: &Form) -> Vec<Edit> {
    let comparison = compare(old, new);
    let text = |field: Field| new.text(field).cloned().unwrap_or_default();
    let mut edits: Vec<Edit> =
        comparison.fields.iter().map(|field| Edit::set(Spot::form(*field), text(*field))).collect();
    let mut order: Vec<usize> = (0..old.indicators.len()).collect();
    for row in comparison.rows.iter().rev() {
        if let RowChange::Removed(at) = row {
            edits.push(Edit::Remove { at: *at });
            order.remove(*at);
        }
    }
    for row in &comparison.rows {
        match row {
            RowChange::Removed(_) => {}
            RowChange::Added(at) => {
                edits.push(Edit::insert(*at, new.indicators[*at].copy()));
                order.insert(*at, usize::MAX);
            }
            RowChange::Kept { old, new: at, fields, .. } => {
                let in_place = order.get(*at) == Some(old);
                let from = if in_place { Some(*at) } else { order.iter().position(|row| row == old) };
                let from = from.unwrap_or(*at);
                if from != *at {
                    edits.push(Edit::Move { from, to: *at });
                    let row = order.remove(from);
                    order.insert(*at, row);
                }
                let row = &new.indicators[*at];
                let set = |field: &Field| {
                    Edit::set(Spot::row(*at, *field), row.text(*field).cloned().unwrap_or_default())
                };
                edits.extend(fields.iter().map(set));
            }
        }
    }
    edits
}

fn changed(old: &Indicator, new: &Indicator) -> Vec<Field> {
    Field::of(Table::Indicator).filter(|field| old.text(*field) != new.text(*field)).collect()
}

/// For each row of the new form the row of the old one that it is: the same name in the same
/// class, the same name anywhere, then the most alike name within the class.
fn partners(old: &Form, new: &Form) -> Vec<Option<usize>> {
    let mut partners = vec![None; new.indicators.len()];
    let mut free: Vec<bool> = vec![true; old.indicators.len()];
    let in_class = |row: &Indicator| {
        (
            class_name(&row.level1).to_owned(),
            compact(&row.level2).into_owned(),
            compact(&row.name).into_owned(),
        )
    };
    let anywhere = |row: &Indicator| (String::new(), String::new(), compact(&row.name).into_owned());
    by_key(old, new, &mut partners, &mut free, in_class);
    by_key(old, new, &mut partners, &mut free, anywhere);
    by_likeness(old, new, &mut partners, &mut free);
    partners
}

fn by_key(
    old: &Form,
    new: &Form,
    partners: &mut [Option<usize>],
    free: &mut [bool],
    key: impl Fn(&Indicator) -> (String, String, String),
) {
    let mut known: HashMap<_, std::collections::VecDeque<usize>> = HashMap::new();
    for (at, row) in old.indicators.iter().enumerate().filter(|(at, _)| free[*at]) {
        known.entry(key(row)).or_default().push_back(at);
    }
    for (partner, row) in partners.iter_mut().zip(&new.indicators).filter(|(partner, _)| partner.is_none()) {
        *partner = known.get_mut(&key(row)).and_then(|rows| rows.pop_front());
        if let Some(at) = *partner {
            free[at] = false;
        }
    }
}

fn by_likeness(old: &Form, new: &Form, partners: &mut [Option<usize>], free: &mut [bool]) {
    let open: Vec<usize> = (0..partners.len()).filter(|at| partners[*at].is_none()).collect();
    let left: Vec<usize> = (0..free.len()).filter(|at| free[*at]).collect();
    if open.len() * left.len() > MOST_PAIRS {
        return;
    }
    let pairs_of = |form: &Form, rows: &[usize]| -> Vec<_> {
        rows.iter().map(|at| likeness::pairs(&form.indicators[*at].name)).collect()
    };
    let (open_pairs, left_pairs) = (pairs_of(new, &open), pairs_of(old, &left));
    let mut alike: Vec<(usize, usize, usize)> = Vec::new();
    for (at, row) in open.iter().zip(&open_pairs) {
        for (from, other) in left.iter().zip(&left_pairs) {
            let same_class =
                class_name(&new.indicators[*at].level1) == class_name(&old.indicators[*from].level1);
            let percent = likeness::percent(row, other);
            if same_class && percent >= SAME_WORK {
                alike.push((percent, *at, *from));
            }
        }
    }
    alike.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    for (_, at, from) in alike {
        if partners[at].is_none() && free[from] {
            partners[at] = Some(from);
            free[from] = false;
        }
    }
}

/// Which kept rows stand in the longest run that kept its order; the others moved.
fn in_place(partners: &[Option<usize>]) -> Vec<bool> {
    // The smallest last element of an ascending run of each length, and for each row the row before
    // it in its run.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; partners.len()];
    for (at, partner) in partners.iter().enumerate() {
        let Some(from) = *partner else { continue };
        let length = ends.partition_point(|(end, _)| *end < from);
        before[at] = length.checked_sub(1).map(|last| ends[last].1);
        match ends.get_mut(length) {
            Some(end) => *end = (from, at),
            None => ends.push((from, at)),
        }
    }
    let mut stay = vec![false; partners.len()];
    let mut at = ends.last().map(|(_, at)| *at);
    while let Some(row) = at {
        stay[row] = true;
        at = before[row];
    }
    stay
}

/// Points of each level-1 class before and after, in the order of the new form, then of the old.
pub fn class_points(
    old: &Scores,
    new: &Scores,
) -> Vec<(String, rust_decimal::Decimal, rust_decimal::Decimal)> {
    let points =
        |scores: &Scores, name: &str| scores.class(name).map(|class| class.points).unwrap_or_default();
    let mut names: Vec<&str> = new.classes.iter().map(|class| class.name.as_str()).collect();
    names
        .extend(old.classes.iter().map(|class| class.name.as_str()).filter(|name| new.class(name).is_none()));
    names.into_iter().map(|name| (name.to_owned(), points(old, name), points(new, name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::edit::apply_all;
    use proptest::prelude::*;

    fn form(names: &[&str]) -> Form {
        let row = |name: &&str| Indicator {
            name: (*name).into(),
            level1: "产出指标".into(),
            ..Indicator::default()
        };
        Form::default().with_rows(names.iter().map(row))
    }

    /// A row; names and classes are few, so that rows are alike, equal or moved between classes.
    fn row() -> impl Strategy<Value = Indicator> {
        ("[甲乙丙丁]{0,3}", "(产出指标|效益指标|)", "[上下]?", "[0-9]{0,2}").prop_map(
            |(name, level1, level2, value)| Indicator { name, level1, level2, value, ..Indicator::default() },
        )
    }

    #[test]
    fn rows_are_matched_by_meaning() {
        let old = form(&["农村道路安全巡查劝导", "入户调查次数", "山塘维修"]);
        let new = form(&["入户调查次数", "农村道路安全巡查", "宣传活动"]);
        let rows = compare(&old, &new).rows;
        assert!(matches!(rows[0], RowChange::Kept { old: 1, new: 0, .. }));
        assert!(
            matches!(&rows[1], RowChange::Kept { old: 0, new: 1, fields, .. } if *fields == [Field::Name])
        );
        assert_eq!(rows[2..], [RowChange::Added(2), RowChange::Removed(2)]);
        let moved = rows.iter().filter(|row| matches!(row, RowChange::Kept { moved: true, .. })).count();
        assert_eq!(moved, 1, "two rows that changed places are one move");
    }

    #[test]
    fn a_form_does_not_differ_from_itself() {
        let one = form(&["甲", "乙", "乙", ""]);
        assert!(compare(&form(&["甲", "乙"]), &form(&["甲", "乙"])).is_empty());
        assert!(edits(&form(&["甲"]), &form(&["甲"])).is_empty());
        let mut edited = one.clone();
        apply_all(edits(&one, &one), &mut edited).expect("fits");
        assert_eq!(edited, one);
    }

    #[test]
    fn changes_of_two_sides_come_together() {
        let base = form(&["巡查", "排查", "宣传"]);
        let (mut mine, mut theirs) = (base.clone(), form(&["排查", "巡查", "宣传", "养护"]));
        mine.year = "2027".into();
        mine.indicators[0].value = "48".into();
        mine.indicators.remove(2);
        mine = mine.clone().with_rows([mine.indicators, form(&["救助"]).indicators].concat());
        theirs.agency = "某乡".into();
        theirs.indicators[1].unit = "次".into();
        let merged = merge(&base, &mine, &theirs);
        let names: Vec<&str> = merged.form.indicators.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["排查", "救助", "巡查", "养护"]);
        let patrol = &merged.form.indicators[2];
        assert_eq!((patrol.value.as_str(), patrol.unit.as_str()), ("48", "次"));
        assert_eq!((merged.form.year.as_str(), merged.form.agency.as_str()), ("2027", "某乡"));
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn where_both_changed_mine_is_taken_and_told() {
        let base = form(&["巡查", "排查"]);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.indicators[0].value = "48".into();
        theirs.indicators[0].value = "50".into();
        theirs.indicators.remove(1);
        mine.indicators[1].value = "4".into();
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.form.indicators, mine.indicators);
        assert_eq!(merged.conflicts, ["巡查/指标值", "排查（那边删了，这边改过，留下）"]);
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_gives_the_other(
            one in prop::collection::vec("[甲乙丙丁]{1,3}", 0..8),
            other in prop::collection::vec("[甲乙丙丁]{1,3}", 0..8),
        ) {
            let (one, other) = (form(&one.iter().map(String::as_str).collect::<Vec<_>>()),
                form(&other.iter().map(String::as_str).collect::<Vec<_>>()));
            prop_assert_eq!(merge(&one, &one, &other), Merged { form: other.clone(), conflicts: vec![] });
            prop_assert_eq!(merge(&one, &one, &one).form, one);
        }

        #[test]
        fn the_edits_make_the_old_form_into_the_new_one(
            old in prop::collection::vec(row(), 0..8),
            new in prop::collection::vec(row(), 0..8),
            year in "[0-9]{0,4}",
        ) {
            let old = Form::default().with_rows(old);
            let mut new = Form::default().with_rows(new);
            new.year = year;
            let mut edited = old.clone();
            apply_all(edits(&old, &new), &mut edited).expect("fits");
            prop_assert_eq!(edited, new);
        }
    }
}
