//! Rows pasted from a spreadsheet or a web page: shown as they were understood, then inserted.

use super::App;
use crate::form::Indicator;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::format::recover::{Certainty, Recovered};
use crate::format::text;
use crate::tui::action::Action;
use crate::tui::popup::{Confirm, Popup};

/// Rows and notes that the preview lists before it counts the rest.
const LISTED: usize = 8;

impl App {
    /// Offers to insert pasted rows as indicators.
    pub(super) fn paste_table(&mut self, pasted: &str) {
        let Some(found) = text::rows(pasted).filter(|found| !found.form.indicators.is_empty()) else {
            return self.say("粘贴的内容里没有认出指标。要粘贴文字，请先按 Enter 进入要填的格子。");
        };
        let (at, level1, level2) = self.place_for_new();
        let rows =
            found.form.indicators.iter().map(|row| self.adopted(row, &level1, &level2)).collect::<Vec<_>>();
        let lines = preview(&rows, &found);
        let said = format!("粘贴了{}条指标，Ctrl+Z 撤销。", rows.len());
        let edits = rows.into_iter().enumerate().map(|(n, row)| Edit::insert(at + n, row)).collect();
        let answers = vec![("插入", vec![Action::Apply { edits, said }]), ("取消", vec![])];
        self.popups.push(Popup::Confirm(Confirm::new("粘贴指标", lines, answers)));
    }

    /// A pasted row; without classes of its own it joins those of the place it goes to.
    fn adopted(&self, row: &Indicator, level1: &str, level2: &str) -> Indicator {
        let mut row = Indicator { id: crate::form::RowId::default(), ..row.clone() };
        if row.level1.is_empty() && row.level2.is_empty() {
            row.level1 = level1.to_owned();
            row.level2 = level2.to_owned();
        }
        row
    }
}

/// What was understood, a line a row; cells that were guessed carry a question mark.
fn preview(rows: &[Indicator], found: &Recovered) -> Vec<String> {
    let mut lines =
        vec![format!("认出 {} 条指标，插在当前位置后面（带 ? 的是猜的，插入后请核对）：", rows.len())];
    for (at, row) in rows.iter().enumerate().take(LISTED) {
        let unsure = |field: Field| {
            let guessed =
                found.rows.get(at).is_some_and(|provenance| provenance.certainty(field) == Certainty::Guess);
            if guessed { "?" } else { "" }
        };
        lines.push(format!(
            "{}. {}{}  {}{}{}{}{}  {}",
            at + 1,
            row.title(),
            unsure(Field::Name),
            row.operator,
            unsure(Field::Operator),
            row.value,
            unsure(Field::Value),
            row.unit,
            row.level2,
        ));
    }
    if rows.len() > LISTED {
        lines.push(format!("……另外 {} 条", rows.len() - LISTED));
    }
    lines.extend(found.notes.iter().take(4).map(|note| format!("注：{}", note.message)));
    lines
}
