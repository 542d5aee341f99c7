//! Self-evaluation in the editor, and the scoring rule.

use super::{App, Focus};
use crate::document::{Caret, Change};
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::tui::input::Key;
use crate::tui::pane::outline::Node;
use crate::tui::popup::{Confirm, Popup};

impl App {
    pub(super) fn toggle_evaluation(&mut self) {
        self.self_evaluation = !self.self_evaluation;
        self.detail.edit = None;
        self.focus = if self.self_evaluation { Focus::Evaluation } else { Focus::Outline };
    }

    pub(super) fn evaluation_row(&self) -> Option<usize> {
        None
    }

    pub(super) fn settle_evaluation(&mut self, _area: ratatui::layout::Rect) {}

    pub(super) fn key_in_evaluation(&mut self, _key: Key) {}

    pub(super) fn type_actual(&mut self, _text: &str) {}

    pub(super) fn edit_reason(&mut self) {}

    pub(super) fn edit_rule(&mut self) {}

    pub(super) fn paste_table(&mut self, _text: &str) {}
}
