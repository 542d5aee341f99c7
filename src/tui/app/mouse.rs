//! The mouse: a click goes where it points, a second one at the same place edits, the wheel scrolls
//! what is under it without moving the caret.

use std::ops::Range;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{App, Focus};
use crate::tui::command::Command;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;

/// Two clicks on one place with less than this between them are a double click.
const DOUBLE: Duration = Duration::from_millis(500);
/// Rows that a notch of the wheel scrolls.
const NOTCH: isize = 3;

impl App {
    /// What stands at a place of the screen, the lowest first.
    fn targets_at(&self, place: Position) -> Vec<Target> {
        let mut screen = Buffer::empty(Rect { x: 0, y: 0, width: self.size.0, height: self.size.1 });
        let mut painter = Painter::new(&mut screen, self.policy);
        self.paint(&mut painter);
        let here = painter.targets.into_iter().filter(|(area, _)| area.contains(place));
        here.map(|(_, target)| target).collect()
    }

    /// Takes a click of the left button.
    pub(super) fn click(&mut self, place: Position) {
        if self.is_too_small() {
            return;
        }
        self.notice = None;
        let before = self.clicked.take();
        let again = before.is_some_and(|(at, time)| at == place && self.now.saturating_sub(time) < DOUBLE);
        self.clicked = (!again).then_some((place, self.now));
        let target = self.targets_at(place).pop();
        if let Some(popup) = self.popups.last_mut() {
            let reply = popup.click(target);
            return self.reply(reply);
        }
        match target {
            Some(Target::Item(at)) => self.click_item(at, again),
            Some(Target::Field { at, bytes, from }) => {
                let column = usize::from(place.x.saturating_sub(from));
                self.click_field(at, bytes, column, again);
            }
            Some(Target::Finding(at)) => self.click_finding(at, again),
            Some(Target::Cell { at, by_hand }) => self.enter_cell(at, by_hand),
            Some(Target::Pane(pane)) if pane != self.focus => self.click_pane(pane),
            _ => {}
        }
    }

    fn click_item(&mut self, at: usize, again: bool) {
        self.click_pane(Focus::Outline);
        if self.outline.at != at {
            self.outline.at = at;
            self.detail.reset();
        }
        if again {
            self.run(Command::Edit);
        }
    }

    /// The caret goes between the two characters nearest to the click.
    fn click_field(&mut self, at: usize, bytes: Range<usize>, column: usize, again: bool) {
        let Some(&spot) = self.page().get(at) else { return };
        let text = self.document.text(spot);
        let row = text.get(bytes.clone()).unwrap_or_default();
        // The end of a row that goes on below is the beginning of the next one.
        let goes_on = text.get(bytes.end..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('\n'));
        let last = if goes_on { self.policy.width(row).saturating_sub(1) } else { usize::MAX };
        let caret = bytes.start + self.policy.fitting(row, column.min(last));
        self.enter_field(at, Some(caret));
        if again && self.works(Command::Pick) {
            self.run(Command::Pick);
        }
    }

    fn click_finding(&mut self, at: usize, again: bool) {
        self.click_pane(Focus::Problems);
        self.problems.at = at;
        if again {
            self.run(Command::Jump);
        }
    }

    fn click_pane(&mut self, pane: Focus) {
        match pane {
            Focus::Field if self.page().is_empty() => {}
            Focus::Field => self.enter_field(self.detail.at, None),
            _ => {
                self.detail.edit = None;
                self.focus = pane;
            }
        }
    }

    /// Takes a notch of the wheel, downwards where `by` is positive.
    pub(super) fn wheel(&mut self, place: Position, by: isize) {
        if let Some(popup) = self.popups.last_mut() {
            return popup.wheel(by);
        }
        let rows = by * NOTCH;
        match self.targets_at(place).first() {
            Some(Target::Pane(Focus::Outline)) => self.outline.scroll(rows),
            Some(Target::Pane(Focus::Field)) => self.detail.scroll(rows),
            Some(Target::Pane(Focus::Problems)) => self.problems.scroll(by),
            Some(Target::Pane(Focus::Evaluation)) => self.evaluation.scroll(rows),
            _ => {}
        }
    }

    /// The panes show their carets again.
    pub(super) fn follow(&mut self) {
        self.outline.scrolled = false;
        self.detail.scrolled = false;
        self.problems.scrolled = false;
        self.evaluation.scrolled = false;
    }
}
