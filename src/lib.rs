//! placeholder
pub mod diagnostic;
pub mod document;
pub mod form;
pub mod format;
pub mod lint;
pub mod rule;
pub mod score;
pub mod store;
pub mod text;
pub mod tui;
pub mod vocabulary;
