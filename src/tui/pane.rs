//! Panes: each draws one part of the state, and knows the lines it is made of.

pub(super) mod detail;
pub(super) mod evaluation;
pub(super) mod outline;
pub(super) mod preview;
pub(super) mod problems;
pub(super) mod status;
