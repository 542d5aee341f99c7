//! The field's vocabulary: typed views of single cells, each with the forms people type and paste.
//!
//! Operators, units, classes and weight profiles are constant tables: an alias or a unit costs one
//! line there and no code, and the start of the program nothing (as TOML they took a tenth of it).
//! Nothing here knows a form or a file.

pub mod date;
pub mod number;
pub mod numeral;
pub mod operator;
pub mod profile;
pub mod taxonomy;
pub mod unit;
