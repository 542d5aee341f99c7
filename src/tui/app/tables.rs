//! Rows pasted from a spreadsheet.

use super::App;

impl App {
    pub(super) fn paste_table(&mut self, _text: &str) {}
}
