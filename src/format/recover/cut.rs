//! Rows cut where a page ends: their rest stands as a row of its own.

use super::row::Draft;
use super::{Certainty, Note, excerpt};
use crate::form::field::{Field, Table};

impl Draft {
    /// Whether this is the rest of the row above, cut where a page ends: the end of a name, no
    /// class, no target, and nothing where the row above has nothing.
    pub(super) fn continues(&self, above: &Draft) -> bool {
        const SHORT: usize = 4;
        let (own, before) = (&self.indicator, &above.indicator);
        let is_text = |field: Field| {
            matches!(
                field,
                Field::Name | Field::Explanation | Field::Rule | Field::Remark | Field::DeviationReason
            )
        };
        let fits = |field: Field| {
            let text = own.text(field).map_or("", String::as_str);
            text.is_empty() || (is_text(field) && before.text(field).is_some_and(|before| !before.is_empty()))
        };
        let length = own.name.chars().count();
        (1..=SHORT).contains(&length)
            && !before.value.is_empty()
            && self.classes.level1.is_none()
            && self.classes.level2.is_none()
            && Field::of(Table::Indicator).all(fits)
    }

    /// Takes the rest of a row over.
    pub(super) fn append(&mut self, rest: &Draft, notes: &mut Vec<Note>) {
        for field in Field::of(Table::Indicator) {
            let (Some(own), Some(rest)) = (self.indicator.text_mut(field), rest.indicator.text(field)) else {
                continue;
            };
            if !rest.is_empty() {
                own.push_str(rest);
                self.provenance.doubt(field, Certainty::Guess);
            }
        }
        let message = format!(
            "这一行是第{}行被分页截断的后半，已并入“{}”",
            self.provenance.line,
            excerpt(&self.indicator.name)
        );
        notes.push(Note::new("joined-lines", rest.provenance.line, message));
    }
}
