//! Keys that no command takes: walking the panes, typing in fields.

use crossterm::event::KeyCode;

use super::{App, Focus};
use crate::diagnostic::Site;
use crate::document::{Caret, Change};
use crate::form::edit::{Edit, Spot};
use crate::tui::command::Command;
use crate::tui::input::Key;
use crate::tui::pane::outline;
use crate::tui::pane::outline::Node;
use crate::tui::widget::text_edit::Outcome;

impl App {
    pub(super) fn key_in_outline(&mut self, key: Key) {
        let page = self.size.1.saturating_sub(6).max(1) as isize;
        let before = self.outline.at;
        match key.code {
            KeyCode::Up if key.shift => self.extend_marks(-1),
            KeyCode::Down if key.shift => self.extend_marks(1),
            KeyCode::Up => self.outline.step(-1),
            KeyCode::Down => self.outline.step(1),
            KeyCode::PageUp => self.outline.step(-page),
            KeyCode::PageDown => self.outline.step(page),
            KeyCode::Home => self.outline.step(isize::MIN),
            KeyCode::End => self.outline.step(isize::MAX),
            KeyCode::Left => self.outline.fold(true, &self.document),
            KeyCode::Right => self.outline.fold(false, &self.document),
            KeyCode::Tab => self.enter_or_fold(),
            KeyCode::Esc if self.clear_marks() => self.say("全部不选了。"),
            KeyCode::Esc => self.run(Command::Menu),
            KeyCode::Char(_) if !key.ctrl => {
                self.say("在目录上打字没有作用：按 Enter 进入表格再打字，Ctrl+F 查找。")
            }
            _ => {}
        }
        if self.outline.at != before {
            self.detail.reset();
        }
    }

    /// Enter on the tree: into the fields, or a branch open and shut.
    pub(super) fn enter_or_fold(&mut self) {
        let Some(item) = self.outline.selected().cloned() else { return };
        match (self.page().is_empty(), &item.node) {
            (false, _) => self.enter_field(self.detail.at, None),
            (true, _) => {
                let folded = self.outline.is_folded();
                self.outline.fold(!folded, &self.document);
            }
        }
    }

    pub(super) fn key_in_field(&mut self, key: Key) {
        let Some(spot) = self.current_spot() else { return };
        let before = self.caret();
        let Some(edit) = &mut self.detail.edit else { return self.key_in_picked(key, spot) };
        match edit.key(key) {
            Outcome::Changed => self.typed(spot, before),
            Outcome::Moved => {}
            Outcome::Ignored => self.leave_or_step(key),
        }
    }

    /// The field's text goes to the document: every key is committed.
    pub(super) fn typed(&mut self, spot: Spot, before: Option<Caret>) {
        let Some(edit) = &self.detail.edit else { return };
        let (text, at) = (edit.text(), edit.caret());
        let after = Some(Caret { spot, at });
        self.commit(Change { edits: vec![Edit::set(spot, text)], before, after, typed_at: Some(self.now) });
    }

    /// Keys on a field that is filled from a list: letters open the list and filter it.
    pub(super) fn key_in_picked(&mut self, key: Key, spot: Spot) {
        match (key.typed(), key.code) {
            (Some(c), _) => self.pick(spot, c.encode_utf8(&mut [0; 4])),
            (_, KeyCode::Delete | KeyCode::Backspace) => self.set_text(spot, String::new()),
            _ => self.leave_or_step(key),
        }
    }

    /// Keys that a field does not take move between fields.
    pub(super) fn leave_or_step(&mut self, key: Key) {
        match key.code {
            KeyCode::Up => self.step_field(-1),
            KeyCode::Down | KeyCode::Enter => self.step_field(1),
            KeyCode::PageUp => self.step_field(-5),
            KeyCode::PageDown => self.step_field(5),
            _ => {}
        }
    }

    /// To another field of the page; before the first and after the last it stays.
    pub(super) fn step_field(&mut self, by: isize) {
        let last = self.page().len().saturating_sub(1);
        let to = self.detail.at.saturating_add_signed(by).min(last);
        if to != self.detail.at {
            self.enter_field(to, None);
        }
    }

    pub(super) fn key_in_problems(&mut self, key: Key) {
        let count = self.document.report().len();
        match key.code {
            KeyCode::Up => self.problems.step(-1, count),
            KeyCode::Down => self.problems.step(1, count),
            KeyCode::PageUp => self.problems.step(-5, count),
            KeyCode::PageDown => self.problems.step(5, count),
            KeyCode::Home => self.problems.step(isize::MIN, count),
            KeyCode::End => self.problems.step(isize::MAX, count),
            KeyCode::Esc | KeyCode::Left => self.focus = Focus::Outline,
            KeyCode::Tab => self.run(Command::NextPane),
            _ => {}
        }
    }

    /// Goes to what a finding is about.
    pub(super) fn go(&mut self, site: &Site, caret: Option<usize>) {
        match site {
            Site::Field(spot) => self.go_to_spot(*spot, caret),
            Site::Class(_) | Site::Form => {
                self.outline.select(&outline::part_of(site), &self.document);
                self.detail.reset();
                self.focus = Focus::Outline;
                self.sync_field();
            }
        }
    }

    pub(super) fn go_to_spot(&mut self, spot: Spot, caret: Option<usize>) {
        self.select_spot(spot);
        let at = self.page().iter().position(|other| *other == spot);
        self.enter_field(at.unwrap_or(0), caret);
    }

    /// Selects the line of the tree that a spot belongs to.
    pub(super) fn select_spot(&mut self, spot: Spot) {
        let row = spot.row.and_then(|row| self.document.form().indicators.get(row));
        let node = row.map_or_else(|| outline::part_of(&Site::Field(spot)), |row| Node::Row(row.id));
        let before = self.outline.at;
        self.outline.select(&node, &self.document);
        if self.outline.at != before {
            self.detail.reset();
        }
    }
}
