//! placeholder
pub mod rule;
pub mod text;
pub mod vocabulary;
