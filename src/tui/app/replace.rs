//! Finding and replacing across the form: which texts there are, and where they belong.

use super::{App, Focus};
use crate::form::edit::Spot;
use crate::form::field::{FIELDS, Kind};
use crate::tui::pane::outline::Node;
use crate::tui::pane::problems::place_of;
use crate::tui::popup::Popup;
use crate::tui::popup::replace::{Cell, Range, Replace};

impl App {
    /// Opens the popup with every text of the form that may be written freely.
    pub(super) fn ask_replace(&mut self) {
        let form = self.document.form();
        let is_free = |kind: Kind| !matches!(kind, Kind::Operator | Kind::Choice(_) | Kind::Profile);
        let cell = |spot: Spot| {
            let text = form.at(spot).filter(|text| !text.is_empty())?.to_owned();
            Some(Cell { spot, place: place_of(spot, form), text })
        };
        let infos = || FIELDS.iter().filter(|info| is_free(info.kind));
        let own = infos()
            .filter(|info| !info.field.is_of_indicator())
            .filter_map(|info| cell(Spot::form(info.field)));
        let mut cells: Vec<Cell> = own.collect();
        for row in 0..form.indicators.len() {
            let of_row = infos().filter(|info| info.field.is_of_indicator());
            cells.extend(of_row.filter_map(|info| cell(Spot::row(row, info.field))));
        }
        let selection = self.detail.edit.as_ref().and_then(|edit| edit.selected()).unwrap_or_default();
        let start = if selection.contains('\n') { "" } else { selection }.to_owned();
        self.popups.push(Popup::Replace(Box::new(Replace::new(cells, self.ranges(), &start))));
    }

    /// Where may be replaced, the widest last: what the clerk has chosen comes first.
    fn ranges(&self) -> Vec<Range> {
        let mut ranges = Vec::new();
        let marked = self.marked();
        if !marked.is_empty() {
            ranges.push(Range {
                label: format!("选中的{}条", marked.len()), spot: None, rows: Some(marked)
            });
        }
        ranges.push(Range { label: "整张表".into(), spot: None, rows: None });
        if let Some(spot) = self.current_spot().filter(|_| self.focus == Focus::Field) {
            ranges.push(Range { label: "这一格".into(), spot: Some(spot), rows: None });
        }
        if let Some(row) = self.outline.row() {
            let rows = &self.document.form().indicators;
            let class = |at: usize| (rows[at].level1.trim(), rows[at].level2.trim());
            let same = (0..rows.len()).filter(|at| class(*at) == class(row)).collect();
            ranges.push(Range {
                label: format!("本类（{}）", rows[row].level2.trim()),
                spot: None,
                rows: Some(same),
            });
        } else if let Some(item) =
            self.outline.selected().filter(|item| matches!(item.node, Node::Level1(_) | Node::Level2(..)))
        {
            ranges
                .push(Range { label: "本类".into(), spot: None, rows: Some(item.rows.clone().collect()) });
        }
        ranges
    }
}
