//! placeholder
pub mod form;
pub mod format;
pub mod text;
pub mod vocabulary;
