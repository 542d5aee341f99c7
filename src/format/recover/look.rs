//! What a cell looks like by its content, and how well that suits a column.

use super::header::Role;
use crate::form::field::Field;
use crate::text;
use crate::vocabulary::{date, number, operator::Operator, taxonomy, unit};

/// What the content of a cell looks like, whatever its column.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) operator: bool,
    pub(super) quantity: bool,
    pub(super) level1: bool,
    pub(super) level2: bool,
    pub(super) unit: bool,
    pub(super) number: bool,
    pub(super) value: bool,
    /// A sign and a number: never a name.
    pub(super) signed: bool,
    pub(super) long: bool,
    /// A word of a head row, as templates leave them in labels.
    pub(super) head: bool,
}

/// Longest text, in bytes, that is looked up in a vocabulary.
pub(super) const WORD: usize = 90;

impl Look {
    pub(super) fn of(cell: &str) -> Self {
        if cell.len() > WORD {
            return Self { long: true, ..Self::default() };
        }
        let compact = text::compact(cell);
        let number = number::parse(&compact).is_ok();
        let dated = date::deadline(&compact, Some(2000)).is_some();
        let signed = Operator::split_prefix(&compact).is_some();
        let glued = signed || unit::split_suffix(&compact).is_some();
        Self {
            operator: anchor(&compact) || matches!(compact.as_ref(), "正向指标" | "反向指标"),
            quantity: matches!(compact.as_ref(), "定量" | "定量指标"),
            level1: taxonomy::level1(&compact).is_some(),
            level2: taxonomy::level2(&compact, None).is_some(),
            unit: unit::find(&compact).is_some(),
            number,
            value: number || dated || glued,
            signed,
            long: cell.chars().count() > 12,
            head: super::is_header_word(&compact),
        }
    }

    pub(super) fn is_class(self) -> bool {
        self.level1 || self.level2
    }

    /// How well the cell suits a column.
    pub(super) fn fit(self, role: Option<Role>) -> i32 {
        let score = |good: bool, right: i32, wrong: i32| if good { right } else { wrong };
        match role {
            Some(Role::Of(Field::Operator)) => score(self.operator, 8, score(self.quantity, 5, -2)),
            Some(Role::Of(Field::Value)) => score(self.value, 3, score(self.operator, -4, 0)),
            Some(Role::Of(Field::Unit)) => score(self.unit, 3, score(self.long, -2, 0)),
            Some(Role::Of(Field::Level1 | Field::Level2)) if self.head => 0,
            Some(Role::Of(Field::Level1)) => score(self.level1, 2, score(self.level2, 0, -3)),
            Some(Role::Of(Field::Level2)) => score(self.is_class(), 2, -3),
            // 社会公众满意度 is a class and a fine name.
            Some(Role::Of(Field::Name)) => match () {
                () if self.operator => -6,
                () if self.signed || self.number || self.head => -4,
                () => score(self.is_class(), -1, 2),
            },
            Some(Role::Of(Field::Points | Field::ManualScore)) => score(self.number, 2, -1),
            Some(_) => score(self.operator, -4, 0),
            None => 0,
        }
    }
}

/// Whether a cell is an operator and nothing else: what a row is anchored by. 是 and the like may
/// answer some other column.
pub(crate) fn anchor(cell: &str) -> bool {
    cell.len() <= WORD
        && Operator::parse(cell).is_some()
        && !matches!(cell.trim(), "是" | "为" | "达到" | "文字" | "描述" | "超过")
}
