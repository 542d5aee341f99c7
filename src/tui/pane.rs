//! Panes: each draws one part of the state, and knows the lines it is made of.

pub mod detail;
pub mod evaluation;
pub mod outline;
pub mod problems;
pub mod status;
