//! Two versions of one form brought together: everything in which they differ is a choice between
//! mine and theirs, and the merge is the choice that loses no change.

use super::{changed, partners};
use crate::form::edit::{Edit, Spot};
use crate::form::field::{FIELDS, Field};
use crate::form::{Form, Row};
use crate::text::compact;

/// Two versions of one form brought together.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The form with the changes of both; where both changed one thing, with mine.
    pub form: Form,
    /// Where both changed one thing, in words; what was taken is told where it is not mine.
    pub conflicts: Vec<String>,
}

/// Something in which two versions differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: the field, or the row and the field.
    pub place: String,
    /// The text in the version both began with.
    pub was: String,
    /// The text of my version.
    pub mine: String,
    /// The text of the other version.
    pub theirs: String,
    /// Whether theirs is taken. It is to begin with where mine changed nothing there.
    pub takes_theirs: bool,
    /// Whether both sides changed it, and what a merge does then.
    pub conflict: Option<String>,
    what: What,
}

/// What differs; positions are those of each side.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Own(Field),
    Cell { theirs: usize, field: Field },
    OnlyMine(usize),
    OnlyTheirs(usize),
}

/// A row of their form and the row of mine that it is.
type Pair = (usize, Option<usize>);

/// Which row of one form is which of another, by position.
struct Rows {
    was_of_mine: Vec<Option<usize>>,
    was_of_theirs: Vec<Option<usize>>,
    mine_of_theirs: Vec<Option<usize>>,
}

impl Rows {
    fn of(base: &Form, mine: &Form, theirs: &Form) -> Self {
        let (to_mine, to_theirs) = (partners(mine, base), partners(theirs, base));
        let back = |partners: &[Option<usize>], rows: usize| -> Vec<Option<usize>> {
            (0..rows).map(|row| partners.iter().position(|at| *at == Some(row))).collect()
        };
        let was_of_mine = back(&to_mine, mine.indicators.len());
        let was_of_theirs = back(&to_theirs, theirs.indicators.len());
        let mut mine_of_theirs: Vec<_> = was_of_theirs.iter().map(|was| to_mine[(*was)?]).collect();
        // A row that both sides added is one row.
        for (at, row) in theirs.indicators.iter().enumerate().filter(|(at, _)| was_of_theirs[*at].is_none()) {
            let is_it = |own: &usize| {
                let is_new = was_of_mine[*own].is_none() && !mine_of_theirs.contains(&Some(*own));
                is_new && compact(&mine.indicators[*own].name) == compact(&row.name)
            };
            mine_of_theirs[at] = (0..mine.indicators.len()).find(is_it);
        }
        Self { was_of_mine, was_of_theirs, mine_of_theirs }
    }
}

/// Everything in which two versions of `base` differ, the form's own fields first.
pub fn sides(base: &Form, mine: &Form, theirs: &Form) -> Vec<Difference> {
    let text = |form: &Form, field| form.text(field).cloned().unwrap_or_default();
    let own = FIELDS.iter().map(|info| info.field).filter(|field| !field.is_of_indicator());
    let mut differences: Vec<Difference> = own
        .filter_map(|field| {
            let texts = [base, mine, theirs].map(|form| text(form, field));
            difference(field.label().to_owned(), texts, What::Own(field))
        })
        .collect();
    let rows = Rows::of(base, mine, theirs);
    let nothing = Row::default();
    for (at, row) in theirs.indicators.iter().enumerate() {
        let was = rows.was_of_theirs[at].map(|was| &base.indicators[was]);
        let Some(own) = rows.mine_of_theirs[at] else {
            differences.push(only(row, was, What::OnlyTheirs(at)));
            continue;
        };
        let (was, own_row) = (was.unwrap_or(&nothing), &mine.indicators[own]);
        for field in changed(own_row, row) {
            let texts = [was, own_row, row].map(|row| row.text(field).cloned().unwrap_or_default());
            let place = format!("{}/{}", own_row.title(), field.info().short);
            differences.extend(difference(place, texts, What::Cell { theirs: at, field }));
        }
    }
    for (own, row) in mine.indicators.iter().enumerate() {
        if !rows.mine_of_theirs.contains(&Some(own)) {
            let was = rows.was_of_mine[own].map(|was| &base.indicators[was]);
            differences.push(only(row, was, What::OnlyMine(own)));
        }
    }
    differences
}

/// A text that differs; `None` where both sides have the same.
fn difference(place: String, [was, mine, theirs]: [String; 3], what: What) -> Option<Difference> {
    if mine == theirs {
        return None;
    }
    let conflict = (mine != was && theirs != was).then(|| place.clone());
    Some(Difference { takes_theirs: mine == was, place, was, mine, theirs, conflict, what })
}

/// A row that only one side has: new there, or taken out on the other side, where it stays out
/// unless this side changed it.
fn only(row: &Row, was: Option<&Row>, what: What) -> Difference {
    let place = row.title().to_owned();
    let is_theirs = matches!(what, What::OnlyTheirs(_));
    let stays = was.is_none_or(|was| was != row);
    let here = |is_here: bool| if is_here { "有这条" } else { "没有这条" }.to_owned();
    let conflict = (was.is_some() && stays).then(|| match is_theirs {
        true => format!("{place}（这边删了，那边改过，留下）"),
        false => format!("{place}（那边删了，这边改过，留下）"),
    });
    Difference {
        takes_theirs: is_theirs == stays,
        was: here(was.is_some()),
        mine: here(!is_theirs),
        theirs: here(is_theirs),
        place,
        conflict,
        what,
    }
}

/// The form that the choices make. Rows stand in their order; rows that are only mine after the row
/// that they follow in my form.
pub fn chosen(mine: &Form, theirs: &Form, base: &Form, differences: &[Difference]) -> Form {
    let mut form = theirs.clone();
    let partners = Rows::of(base, mine, theirs).mine_of_theirs;
    let theirs = theirs.indicators.iter().cloned().enumerate();
    let mut rows: Vec<(Pair, Row)> = theirs.map(|(at, row)| ((at, partners[at]), row)).collect();
    for difference in differences.iter().filter(|difference| !difference.takes_theirs) {
        match difference.what {
            // The fields exist: the differences were made of these forms.
            What::Own(field) => {
                let _ = Edit::set(Spot::form(field), difference.mine.clone()).apply(&mut form);
            }
            What::Cell { theirs, field } => {
                let slot = rows.iter_mut().find(|((at, _), _)| *at == theirs);
                if let Some(slot) = slot.and_then(|(_, row)| row.text_mut(field)) {
                    slot.clone_from(&difference.mine);
                }
            }
            What::OnlyTheirs(at) => rows.retain(|((other, _), _)| *other != at),
            What::OnlyMine(own) => {
                let stands = |other: usize| rows.iter().position(|((_, row), _)| *row == Some(other));
                let before = (0..own).rev().find_map(stands);
                let row = mine.indicators[own].clone();
                rows.insert(before.map_or(0, |at| at + 1), ((usize::MAX, Some(own)), row));
            }
        }
    }
    form.with_rows(rows.into_iter().map(|(_, row)| row))
}

/// Brings two versions of `base` together: what only one side changed is taken from it. Where both
/// changed a field, mine is taken; a row that one side changed and the other took out stays.
pub fn merge(base: &Form, mine: &Form, theirs: &Form) -> Merged {
    let differences = sides(base, mine, theirs);
    let form = chosen(mine, theirs, base, &differences);
    Merged { form, conflicts: differences.into_iter().filter_map(|difference| difference.conflict).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;
    use proptest::prelude::*;

    fn form() -> impl Strategy<Value = Form> {
        let row = ("[甲乙丙丁]{1,2}", "[0-9]{0,1}").prop_map(|(name, value)| Indicator {
            name,
            value,
            ..Indicator::default()
        });
        (prop::collection::vec(row, 0..6), "[0-9]{0,1}").prop_map(|(rows, year)| {
            let mut form = Form::default().with_rows(rows);
            form.year = year;
            form
        })
    }

    /// The rows without their order, which is theirs.
    fn rows(form: &Form) -> Vec<(String, String)> {
        let mut rows: Vec<_> =
            form.indicators.iter().map(|row| (row.name.clone(), row.value.clone())).collect();
        rows.sort();
        rows
    }

    proptest! {
        #[test]
        fn all_of_one_side_is_that_side(base in form(), mine in form(), theirs in form()) {
            let mut differences = sides(&base, &mine, &theirs);
            for takes_theirs in [true, false] {
                differences.iter_mut().for_each(|difference| difference.takes_theirs = takes_theirs);
                let taken = chosen(&mine, &theirs, &base, &differences);
                let side = if takes_theirs { &theirs } else { &mine };
                prop_assert_eq!(&taken.year, &side.year);
                prop_assert_eq!(rows(&taken), rows(side));
            }
            prop_assert_eq!(sides(&base, &mine, &mine), vec![]);
        }
    }
}
