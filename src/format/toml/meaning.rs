//! Names of a file as names of the form: ASCII keys, and the Chinese words people write instead.

use crate::form::field::{FIELDS, Field, Table};

/// What the path of a value or header means to a form.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Schema,
    /// A field; `true` where its Chinese label names it.
    Field(Table, Field, bool),
    /// Something below what should be one text.
    Inside(Table, Field),
    Table(Table),
    Unknown,
}

/// What a path names.
pub(super) fn meaning(path: &[&str]) -> Meaning {
    let known = path.first().and_then(|name| table_of(name));
    match (known, path) {
        (None, ["schema"]) => Meaning::Schema,
        (Some(table), [_]) => Meaning::Table(table),
        (Some(table), [_, key, rest @ ..]) => field(table, key, rest.is_empty()),
        (None, [key, rest @ ..]) => field(Table::Root, key, rest.is_empty()),
        (_, []) => Meaning::Unknown,
    }
}

/// Words that stand for a table, besides its key.
pub(super) const TABLE_WORDS: &[(&str, Table)] = &[
    ("指标", Table::Indicator),
    ("预算", Table::Budget),
    ("预算执行", Table::Budget),
    ("签字", Table::SignOff),
];

/// The table with this key or Chinese name.
pub(super) fn table_of(name: &str) -> Option<Table> {
    let by_key = Table::ALL.into_iter().skip(1).find(|table| table.key() == name);
    by_key.or_else(|| TABLE_WORDS.iter().find(|(word, _)| *word == name).map(|(_, table)| *table))
}

fn field(table: Table, key: &str, whole: bool) -> Meaning {
    match Field::find(table, key) {
        Some(field) if whole => Meaning::Field(table, field, false),
        Some(field) => Meaning::Inside(table, field),
        None => match by_label(table, key) {
            Some(field) if whole => Meaning::Field(table, field, true),
            _ => Meaning::Unknown,
        },
    }
}

/// The field of a table with this Chinese label.
fn by_label(table: Table, label: &str) -> Option<Field> {
    FIELDS.iter().find(|info| info.table == table && info.label == label).map(|info| info.field)
}
