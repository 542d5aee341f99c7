//! Widgets: they know text and keys, not forms.

pub(super) mod filter;
pub(super) mod text_edit;
