//! Edits as data: undo, the crash journal, fixes, imports and comparisons all speak of these.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::{Form, Row, RowId};

/// A place in the form: a field, of a row where `row` is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Position of the indicator; `None` for the form's own fields.
    pub row: Option<usize>,
    /// The field.
    pub field: Field,
}

impl Spot {
    /// A field of the form.
    pub fn form(field: Field) -> Self {
        Self { row: None, field }
    }

    /// A field of the row at a position.
    pub fn row(row: usize, field: Field) -> Self {
        Self { row: Some(row), field }
    }
}

/// One change of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Replaces the text at a spot.
    Set {
        /// Where.
        spot: Spot,
        /// The new text.
        text: String,
    },
    /// Puts a row in before position `at`.
    Insert {
        /// Position of the new row, at most the number of rows.
        at: usize,
        /// The row; with identity 0 it gets a fresh one.
        indicator: Row,
    },
    /// Takes the row at `at` out.
    Remove {
        /// Its position.
        at: usize,
    },
    /// Takes a row out and puts it in again so that it stands at `to`.
    Move {
        /// Position before.
        from: usize,
        /// Position after.
        to: usize,
    },
}

/// An edit that does not fit the form: a row or field that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the edit speaks of a row or field that the form does not have")]
pub struct Misfit;

impl Edit {
    /// Replaces the text at a spot.
    pub fn set(spot: Spot, text: impl Into<String>) -> Self {
        Self::Set { spot, text: text.into() }
    }

    /// Puts a row in before position `at`.
    pub fn insert(at: usize, indicator: impl Into<Row>) -> Self {
        Self::Insert { at, indicator: indicator.into() }
    }

    /// Carries the edit out and answers with its inverse.
    ///
    /// # Errors
    /// [`Misfit`] where the form has no such row or field; the form is then as before.
    pub fn apply(self, form: &mut Form) -> Result<Self, Misfit> {
        match self {
            Self::Set { spot, text } => {
                let slot = slot(form, spot).ok_or(Misfit)?;
                Ok(Self::Set { spot, text: std::mem::replace(slot, text) })
            }
            Self::Insert { at, mut indicator } => {
                if at > form.indicators.len() {
                    return Err(Misfit);
                }
                if indicator.id == RowId::default() {
                    indicator.id = form.fresh_id();
                }
                form.indicators.insert(at, indicator);
                Ok(Self::Remove { at })
            }
            Self::Remove { at } => {
                if at >= form.indicators.len() {
                    return Err(Misfit);
                }
                Ok(Self::insert(at, form.indicators.remove(at)))
            }
            Self::Move { from, to } => {
                if from.max(to) >= form.indicators.len() {
                    return Err(Misfit);
                }
                let row = form.indicators.remove(from);
                form.indicators.insert(to, row);
                Ok(Self::Move { from: to, to: from })
            }
        }
    }
}

fn slot(form: &mut Form, spot: Spot) -> Option<&mut String> {
    match spot.row {
        Some(row) => form.indicators.get_mut(row)?.text_mut(spot.field),
        None => form.text_mut(spot.field),
    }
}

/// Applies edits in order and answers with the inverse sequence, ready to be applied in order.
///
/// # Errors
/// [`Misfit`] at the first edit that does not fit; the form is then as before.
pub fn apply_all(edits: Vec<Edit>, form: &mut Form) -> Result<Vec<Edit>, Misfit> {
    let mut inverse = Vec::with_capacity(edits.len());
    for edit in edits {
        match edit.apply(form) {
            Ok(back) => inverse.push(back),
            Err(misfit) => {
                for back in inverse.into_iter().rev() {
                    back.apply(form)?;
                }
                return Err(misfit);
            }
        }
    }
    inverse.reverse();
    Ok(inverse)
}

/// The edit as one JSON value of plain words, for journals and comparisons.
#[derive(Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "lowercase")]
enum Plain {
    Set { row: Option<usize>, table: String, key: String, text: String },
    Insert { at: usize, id: u32, indicator: Row },
    Remove { at: usize },
    Move { from: usize, to: usize },
}

impl Serialize for Edit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = match self.clone() {
            Self::Set { spot, text } => {
                let info = spot.field.info();
                Plain::Set { row: spot.row, table: info.table.key().into(), key: info.key.into(), text }
            }
            Self::Insert { at, indicator } => Plain::Insert { at, id: indicator.id.0, indicator },
            Self::Remove { at } => Plain::Remove { at },
            Self::Move { from, to } => Plain::Move { from, to },
        };
        plain.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use super::field::Table;
        Ok(match Plain::deserialize(deserializer)? {
            Plain::Set { row, table, key, text } => {
                let table = Table::ALL.into_iter().find(|known| known.key() == table);
                let field = table.and_then(|table| Field::find(table, &key));
                let field = field.ok_or_else(|| serde::de::Error::custom("unknown field"))?;
                Self::Set { spot: Spot { row, field }, text }
            }
            Plain::Insert { at, id, mut indicator } => {
                indicator.id = RowId(id);
                Self::Insert { at, indicator }
            }
            Plain::Remove { at } => Self::Remove { at },
            Plain::Move { from, to } => Self::Move { from, to },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;
    use crate::form::field::FIELDS;
    use proptest::prelude::*;

    fn any_edit() -> impl Strategy<Value = Edit> {
        let text = "[a-z一-龥≥%\n]{0,6}";
        prop_oneof![
            4 => (any::<prop::sample::Index>(), 0usize..6, text).prop_map(|(field, row, text)| {
                let field = FIELDS[field.index(FIELDS.len())].field;
                Edit::set(Spot { row: field.is_of_indicator().then_some(row), field }, text)
            }),
            2 => (0usize..6, text).prop_map(|(at, name)| Edit::insert(at, Indicator { name, ..Indicator::default() })),
            1 => (0usize..6).prop_map(|at| Edit::Remove { at }),
            1 => (0usize..6, 0usize..6).prop_map(|(from, to)| Edit::Move { from, to }),
        ]
    }

    proptest! {
        #[test]
        fn undone_gives_the_form_back_and_redone_gives_it_again(edits in prop::collection::vec(any_edit(), 0..40)) {
            let start = Form::default().with_rows(vec![Indicator::default(); 2]);
            let mut form = start.clone();
            let inverses: Vec<Edit> = edits.into_iter().filter_map(|edit| edit.apply(&mut form).ok()).collect();
            let end = form.clone();
            let ids = |form: &Form| form.indicators.iter().map(|row| row.id).collect::<Vec<_>>();
            let redo: Vec<Edit> = inverses.into_iter().rev().map(|edit| edit.apply(&mut form).expect("fits")).collect();
            prop_assert_eq!(&form, &start);
            prop_assert_eq!(ids(&form), ids(&start));
            for edit in redo.into_iter().rev() {
                edit.apply(&mut form).expect("fits");
            }
            prop_assert_eq!(ids(&form), ids(&end));
            prop_assert_eq!(form, end);
        }

        #[test]
        fn a_list_that_does_not_fit_changes_nothing(edits in prop::collection::vec(any_edit(), 0..10)) {
            let start = Form::default().with_rows(vec![Indicator::default(); 2]);
            let mut form = start.clone();
            if let Ok(inverse) = apply_all(edits, &mut form) { apply_all(inverse, &mut form).expect("fits"); }
            prop_assert_eq!(form, start);
        }

        #[test]
        fn edits_survive_json(edit in any_edit()) {
            let line = serde_json::to_string(&edit).expect("writes");
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<Edit>(&line).expect("reads"), edit);
        }
    }

    #[test]
    fn rows_keep_their_identity() {
        let mut form = Form::default().with_rows(vec![Indicator::default(); 3]);
        let ids = |form: &Form| form.indicators.iter().map(|row| row.id.0).collect::<Vec<_>>();
        assert_eq!(ids(&form), [1, 2, 3]);
        let back = Edit::Remove { at: 1 }.apply(&mut form).expect("fits");
        Edit::insert(0, Indicator::default()).apply(&mut form).expect("fits");
        assert_eq!(ids(&form), [4, 1, 3]);
        back.apply(&mut form).expect("fits");
        assert_eq!(ids(&form), [4, 2, 1, 3]);
    }
}
