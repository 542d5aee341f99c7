//! 自评
use crate::tui::{app::App, paint::Painter};
use ratatui::layout::Rect;

/// state
#[derive(Debug, Default)]
pub struct Evaluation {}

/// draw
pub fn draw(_app: &App, _painter: &mut Painter<'_>, _area: Rect) {}
