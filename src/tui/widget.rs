//! Widgets: they know text and keys, not forms.

pub mod filter;
pub mod text_edit;
