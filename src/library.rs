//! The library of indicators: rows that townships promise again and again, by duty area. The data is
//! `assets/library.toml`; a unit's own library is a form like any other, whose rows are taken.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::form::Indicator;

/// An indicator of the library.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// Its duty area: 道路交通.
    pub area: String,
    level1: String,
    level2: String,
    name: String,
    operator: String,
    value: String,
    #[serde(default)]
    unit: String,
    explanation: String,
    rule: String,
}

#[derive(Deserialize)]
struct File {
    indicator: Vec<Entry>,
}

/// A fault in it is a fault of the build: a test reads it.
static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("../assets/library.toml"));
    file.unwrap_or_else(|error| panic!("assets/library.toml is broken: {error}")).indicator
});

/// What stands for the budget year in the data.
const YEAR: &str = "{year}";

/// All indicators of the library, area by area. They are read when they are first asked for.
pub fn all() -> &'static [Entry] {
    &TABLE
}

impl Entry {
    /// The row, for a form of a year. Its target is an example.
    pub fn row(&self, year: &str) -> Indicator {
        let row = Indicator {
            level1: self.level1.clone(),
            level2: self.level2.clone(),
            name: self.name.clone(),
            operator: self.operator.clone(),
            value: self.value.clone(),
            unit: self.unit.clone(),
            explanation: self.explanation.clone(),
            rule: self.rule.clone(),
            ..Indicator::default()
        };
        in_year(&row, year)
    }
}

/// The row with the budget year in place of `{year}`, which a unit may write in its own library, too.
pub fn in_year(row: &Indicator, year: &str) -> Indicator {
    let of = |text: &str| text.replace(YEAR, year);
    Indicator {
        name: of(&row.name),
        value: of(&row.value),
        explanation: of(&row.explanation),
        rule: of(&row.rule),
        ..row.clone()
    }
}
