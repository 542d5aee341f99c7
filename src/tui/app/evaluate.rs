//! Self-evaluation in the editor: actual values typed into the table, tried out or kept.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{App, Focus};
use crate::document::{Caret, Change};
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::tui::input::Key;
use crate::tui::pane::evaluation::{self, BUDGET};
use crate::tui::widget::text_edit::{Outcome, TextEdit};

impl App {
    pub(super) fn toggle_evaluation(&mut self) {
        self.self_evaluation = !self.self_evaluation;
        self.detail.edit = None;
        self.evaluation.what_if = None;
        match self.self_evaluation {
            true => {
                let row = self.outline.row();
                self.focus = Focus::Evaluation;
                self.enter_cell(row.map_or(self.evaluation.at, |row| row + BUDGET), false);
                self.say("自评：填实际完成值，↓ 到下一条；再按 F12 回到填报。".replace('↓', "下键"));
            }
            false => {
                if let Some(row) = self.evaluation_row() {
                    self.select_spot(Spot::row(row, Field::Name));
                }
                self.focus = Focus::Outline;
            }
        }
    }

    /// The row of the form that the caret's line stands for.
    pub(super) fn evaluation_row(&self) -> Option<usize> {
        evaluation::spot_of(self, self.evaluation.at, false).and_then(|spot| spot.row)
    }

    /// The cell with the caret.
    pub(super) fn evaluation_spot(&self) -> Option<Spot> {
        evaluation::spot_of(self, self.evaluation.at, self.evaluation.by_hand)
    }

    pub(super) fn settle_evaluation(&mut self, area: Rect) {
        let columns = evaluation::cell_columns(area.width, self.evaluation.what_if.is_some());
        let lines = BUDGET + self.document.form().indicators.len();
        self.evaluation.settle(lines, area, columns, self.policy);
    }

    /// Puts the caret into a cell.
    pub(super) fn enter_cell(&mut self, at: usize, by_hand: bool) {
        let last = BUDGET + self.document.form().indicators.len();
        self.evaluation.at = at.min(last - 1);
        self.evaluation.by_hand = by_hand && self.evaluation.at >= BUDGET;
        self.evaluation.edit = None;
        self.sync_cell();
    }

    /// The cell being edited holds what the document, or the trial, holds.
    pub(super) fn sync_cell(&mut self) {
        let Some(spot) = self.evaluation_spot() else {
            self.evaluation.edit = None;
            return;
        };
        let tried = self.tried_text(spot);
        let text = tried.unwrap_or_else(|| self.document.text(spot).to_owned());
        if self.evaluation.edit.as_ref().is_none_or(|edit| edit.text() != text) {
            let caret = self.evaluation.edit.as_ref().map_or(text.len(), TextEdit::caret);
            self.evaluation.edit = Some(TextEdit::new(&text, caret, false));
        }
    }

    fn tried_text(&self, spot: Spot) -> Option<String> {
        let row = spot.row.filter(|_| spot.field == Field::Actual)?;
        evaluation::tried(self, self.document.form().indicators.get(row)?)
    }

    pub(super) fn key_in_evaluation(&mut self, key: Key) {
        let Some(spot) = self.evaluation_spot() else { return };
        let before = self.evaluation.edit.as_ref().map(|edit| Caret { spot, at: edit.caret() });
        let outcome = self.evaluation.edit.as_mut().map_or(Outcome::Ignored, |edit| edit.key(key));
        match outcome {
            Outcome::Changed => self.typed_cell(spot, before),
            Outcome::Moved => {}
            Outcome::Ignored => self.leave_cell(key),
        }
    }

    fn leave_cell(&mut self, key: Key) {
        let (at, by_hand) = (self.evaluation.at, self.evaluation.by_hand);
        match key.code {
            KeyCode::Up => self.enter_cell(at.saturating_sub(1), by_hand),
            KeyCode::Down | KeyCode::Enter => self.enter_cell(at + 1, by_hand),
            KeyCode::PageUp => self.enter_cell(at.saturating_sub(10), by_hand),
            KeyCode::PageDown => self.enter_cell(at + 10, by_hand),
            KeyCode::Left | KeyCode::Right | KeyCode::Tab => self.enter_cell(at, !by_hand),
            KeyCode::Esc => self.run(crate::tui::command::Command::Menu),
            _ => {}
        }
    }

    /// What was typed goes to the document, or only to the trial.
    fn typed_cell(&mut self, spot: Spot, before: Option<Caret>) {
        let Some(edit) = &self.evaluation.edit else { return };
        let (text, at) = (edit.text(), edit.caret());
        let trial = spot
            .row
            .filter(|_| spot.field == Field::Actual)
            .and_then(|row| self.document.form().indicators.get(row));
        if let (Some(row), Some(values)) = (trial, &mut self.evaluation.what_if) {
            values.insert(row.id, text.to_owned());
            return;
        }
        let after = Some(Caret { spot, at });
        self.commit(Change { edits: vec![Edit::set(spot, text)], before, after, typed_at: Some(self.now) });
    }

    /// Pasted values: one a line, downwards from the caret; cells of a table row give their first.
    pub(super) fn paste_actuals(&mut self, text: &str) {
        let lines: Vec<&str> = text
            .trim_end_matches('\n')
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default())
            .collect();
        let (at, by_hand) = (self.evaluation.at, self.evaluation.by_hand);
        if let ([_], Some(spot), Some(edit)) = (&lines[..], self.evaluation_spot(), &mut self.evaluation.edit)
        {
            let before = Some(Caret { spot, at: edit.caret() });
            edit.insert(text);
            return self.typed_cell(spot, before);
        }
        let spots: Vec<Spot> =
            (at..at + lines.len()).map_while(|at| evaluation::spot_of(self, at, by_hand)).collect();
        let edits = spots.iter().zip(&lines).map(|(spot, line)| Edit::set(*spot, line.trim())).collect();
        let said = format!("填入了{}行的值，Ctrl+Z 撤销。", spots.len());
        self.apply(edits, said);
    }

    /// Starts or ends trying values out; what was tried is forgotten.
    pub(super) fn toggle_what_if(&mut self) {
        self.evaluation.what_if = match self.evaluation.what_if {
            Some(_) => None,
            None => Some(std::collections::HashMap::new()),
        };
        self.evaluation.edit = None;
        self.sync_cell();
        self.say(match self.evaluation.what_if {
            Some(_) => "假如：现在填的值只是试算，不写进表里。Ctrl+T 结束。",
            None => "试算结束，表里的值没有变。",
        });
    }

    /// To the field for the reason of the row's deviation; Esc comes back.
    pub(super) fn edit_reason(&mut self) {
        if let Some(row) = self.evaluation_row() {
            self.go_to_spot(Spot::row(row, Field::DeviationReason), None);
        }
    }
}
