//! tui
pub mod input;
pub mod paint;
pub mod theme;
pub mod widget;
