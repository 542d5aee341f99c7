//! The field's vocabulary: typed views of single cells, each with the forms people type and paste.
//!
//! Operators, units, classes and weight profiles are data in `assets/*.toml`; an alias or a unit
//! costs one line there and no code. Nothing here knows a form or a file.

pub mod date;
pub mod number;
pub mod numeral;
pub mod operator;
pub mod profile;
pub mod taxonomy;
pub mod unit;

/// Reads one of the embedded tables; they are part of the program, so a fault in one is a fault
/// of the build and a test reads them all.
pub(crate) fn table<T: serde::de::DeserializeOwned>(text: &'static str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("embedded table is broken: {error}"))
}
