//! The popup of the scoring rule.

use super::App;
use crate::form::field::Field;
use crate::tui::popup::{Popup, RuleEditor};

impl App {
    /// Opens the scoring rule of the current row.
    pub(super) fn edit_rule(&mut self) {
        let Some(spot) = self.current_spot().filter(|spot| spot.field == Field::Rule) else { return };
        let Some(row) = spot.row.and_then(|row| self.document.form().indicators.get(row)) else { return };
        let options = crate::score::options_of(self.document.form());
        let editor = RuleEditor::new(spot, row, self.document.form().year_number(), options);
        self.popups.push(Popup::Rule(Box::new(editor)));
    }
}
