//! placeholder
pub mod diagnostic;
pub mod form;
pub mod format;
pub mod lint;
pub mod rule;
pub mod score;
pub mod text;
pub mod vocabulary;
