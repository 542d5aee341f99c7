//! placeholder
pub mod text;
pub mod vocabulary;
