//! Rows that are marked in the tree, and what is done to all of them as one step.

use std::collections::HashSet;

use super::{App, Focus};
use crate::document::{Caret, Change};
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::form::{Indicator, RowId};
use crate::lint;
use crate::tui::action::Action;
use crate::tui::pane::outline::Node;
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Popup, Prompt};
use crate::vocabulary::number::{self, plain};
use crate::vocabulary::taxonomy;
use rust_decimal::Decimal;

impl App {
    /// Positions of the marked rows that there still are, in the order of the form.
    pub(in crate::tui) fn marked(&self) -> Vec<usize> {
        if self.marks.is_empty() {
            return Vec::new();
        }
        let rows = self.document.form().indicators.iter().enumerate();
        rows.filter(|(_, row)| self.marks.contains(&row.id)).map(|(at, _)| at).collect()
    }

    /// Whether a line of the tree is marked: a row, or a class with all its rows.
    pub(in crate::tui) fn is_marked(&self, rows: std::ops::Range<usize>) -> bool {
        let rows = self.document.form().indicators.get(rows).unwrap_or_default();
        !self.marks.is_empty() && !rows.is_empty() && rows.iter().all(|row| self.marks.contains(&row.id))
    }

    /// The rows that a command of the tree is about: the marked ones, else those of the selected
    /// line.
    pub(super) fn chosen(&self) -> Vec<usize> {
        let marked = self.marked();
        match marked.is_empty() {
            true => self.outline.selected().map(|item| item.rows.clone()).unwrap_or_default().collect(),
            false => marked,
        }
    }

    /// Marks the selected line or takes its mark away, and goes on to the next.
    pub(super) fn toggle_mark(&mut self) {
        let rows = self.outline.selected().map(|item| item.rows.clone()).unwrap_or_default();
        let is_marked = self.is_marked(rows.clone());
        self.set_marks(rows, !is_marked);
        self.outline.step(1);
        self.detail.reset();
        self.tell_marks();
    }

    /// Marks the selected line and the one that it goes on to.
    pub(super) fn extend_marks(&mut self, by: isize) {
        for step in [0, by] {
            self.outline.step(step);
            if let Some(item) = self.outline.selected().filter(|item| matches!(item.node, Node::Row(_))) {
                self.set_marks(item.rows.clone(), true);
            }
        }
        self.tell_marks();
    }

    fn set_marks(&mut self, rows: std::ops::Range<usize>, marked: bool) {
        let ids: Vec<RowId> =
            self.document.form().indicators.get(rows).unwrap_or_default().iter().map(|row| row.id).collect();
        match marked {
            true => self.marks.extend(ids),
            false => self.marks.retain(|id| !ids.contains(id)),
        }
    }

    /// Takes all marks away; answers whether there were any.
    pub(super) fn clear_marks(&mut self) -> bool {
        let had = !self.marked().is_empty();
        self.marks = HashSet::new();
        had
    }

    fn tell_marks(&mut self) {
        match self.marked().len() {
            0 => self.notice = None,
            count => self.say(format!(
                "已选{count}条，共{}分。可删除、复制、移动、归类、定分值；Esc 全部不选。",
                plain(self.marked_points())
            )),
        }
    }

    /// The points of the marked rows together.
    pub(in crate::tui) fn marked_points(&self) -> Decimal {
        self.marked().iter().filter_map(|at| self.document.scores().rows.get(*at)?.points).sum()
    }

    /// Takes rows out as one step.
    pub(super) fn remove_all(&mut self, rows: &[usize]) {
        let Some(&first) = rows.first() else { return };
        let edits = rows.iter().rev().map(|at| Edit::Remove { at: *at }).collect();
        let caret = Some(Caret { spot: Spot::row(first, Field::Name), at: 0 });
        if self.commit(Change { edits, before: caret, after: caret, typed_at: None }) {
            self.say(format!("删除了{}条指标，Ctrl+Z 撤销。", rows.len()));
        }
    }

    /// Puts copies of rows behind the last of them.
    pub(super) fn duplicate_all(&mut self, rows: &[usize]) {
        let Some(&last) = rows.last() else { return };
        let form = self.document.form();
        let copies = rows.iter().filter_map(|at| form.indicators.get(*at));
        let copies: Vec<Indicator> = copies.map(|row| row.copy()).collect();
        let count = copies.len();
        self.insert_rows(last + 1, copies);
        self.say(format!("在后面加了{count}条一样的。"));
    }

    /// Moves every marked row by one place within its class; those that stand at its edge already
    /// stay.
    pub(super) fn move_all(&mut self, rows: &[usize], by: isize) {
        let form = self.document.form();
        let class = |at: usize| {
            form.indicators.get(at).map(|row| (row.level1.trim().to_owned(), row.level2.trim().to_owned()))
        };
        let mut stands: HashSet<usize> = HashSet::new();
        let mut edits = Vec::new();
        let order: Vec<usize> = if by < 0 { rows.to_vec() } else { rows.iter().rev().copied().collect() };
        for from in order {
            let to =
                from.checked_add_signed(by).filter(|to| class(*to) == class(from) && !stands.contains(to));
            match to {
                Some(to) => {
                    edits.push(Edit::Move { from, to });
                    stands.insert(to);
                }
                None => {
                    stands.insert(from);
                }
            }
        }
        let Some(caret) = rows.first().map(|at| Caret { spot: Spot::row(*at, Field::Name), at: 0 }) else {
            return;
        };
        match edits.is_empty() {
            true => self.say("已经到了这一类的边上；换一类用“归类”。"),
            false => {
                let selected = self
                    .outline
                    .row()
                    .and_then(|row| self.document.form().indicators.get(row))
                    .map(|row| row.id);
                if self.commit(Change { edits, before: Some(caret), after: Some(caret), typed_at: None })
                    && let Some(row) = selected.and_then(|id| self.document.form().position(id))
                {
                    self.select_spot(Spot::row(row, Field::Name));
                }
            }
        }
    }

    /// Asks into which class rows shall go.
    pub(super) fn ask_class(&mut self) {
        let rows = self.chosen();
        if rows.is_empty() {
            return self.say("这里没有指标可以归类。");
        }
        let classes = taxonomy::all().iter().flat_map(|level1| {
            let current = level1.level2.iter().filter(|level2| level2.is_current());
            current.map(move |level2| (level1.name, level2.name))
        });
        let entry = |(level1, level2): (&str, &str)| {
            let set = |at: &usize| {
                let fields =
                    [(Spot::row(*at, Field::Level1), level1), (Spot::row(*at, Field::Level2), level2)];
                let other = fields.into_iter().filter(|(spot, text)| self.document.text(*spot) != *text);
                other.map(|(spot, text)| Edit::set(spot, text)).collect::<Vec<_>>()
            };
            let edits: Vec<Edit> = rows.iter().flat_map(set).collect();
            Entry {
                label: format!("{level1} / {level2}"),
                note: if edits.is_empty() { "现在这一类".into() } else { String::new() },
                words: String::new(),
                actions: vec![Action::Apply {
                    edits,
                    said: format!("{}条归入“{level1} / {level2}”，Ctrl+Z 撤销。", rows.len()),
                }],
            }
        };
        let title = format!("{}条归到哪一类", rows.len());
        self.popups.push(Popup::Choose(Choose::new(title, classes.map(entry).collect(), 0)));
    }

    /// Asks for the points of rows.
    pub(super) fn ask_points(&mut self) {
        match self.chosen().len() {
            0 => self.say("这里没有指标可以定分值。"),
            count => self.popups.push(Popup::Prompt(Prompt::points(count))),
        }
    }

    /// Gives rows points: `3` each, or `共20` shared so that the parts differ by at most a tenth.
    pub(super) fn set_points(&mut self, typed: &str) {
        let rows = self.chosen();
        let words = crate::text::compact(typed);
        let total = words.strip_prefix(['共', '合']);
        let number = number::parse(total.unwrap_or(&words).trim_end_matches('分')).ok();
        let Some(number) = number.filter(|number| *number > Decimal::ZERO) else {
            return self.complain("没有改：写一个数，例如 3（每条3分），或 共20（合计20分）。");
        };
        let parts = match total {
            Some(_) => shared(number, rows.len()),
            None => vec![number; rows.len()],
        };
        let (form, scores) = (self.document.form(), self.document.scores());
        let (mut edits, mut stuck) = (Vec::new(), Vec::new());
        for (at, points) in rows.iter().zip(parts) {
            let own = lint::points_edits(form, scores, *at, points);
            let is_so = scores.rows.get(*at).is_some_and(|row| row.points == Some(points));
            if own.is_empty() && !is_so {
                stuck.extend(form.indicators.get(*at).map(|row| row.title().to_owned()));
            }
            edits.extend(own);
        }
        let said = match total {
            Some(_) => format!("{}条合计{}分，Ctrl+Z 撤销。", rows.len(), plain(number)),
            None => format!("{}条各{}分，Ctrl+Z 撤销。", rows.len(), plain(number)),
        };
        match (stuck.is_empty(), edits.is_empty()) {
            (true, true) => self.say("分值本来就是这样，没有改。"),
            (true, false) => self.apply(edits, said),
            (false, _) => self
                .complain(format!("没有改：{} 的评分标准换不了分值，请先按 F2 改句子。", stuck.join("、"))),
        }
        if self.focus == Focus::Field {
            self.sync_field();
        }
    }
}

/// A total in equal parts of whole tenths; what is left over goes to the first ones.
fn shared(total: Decimal, count: usize) -> Vec<Decimal> {
    let step = [Decimal::ONE, Decimal::new(5, 1), Decimal::new(1, 1)];
    let count_decimal = Decimal::from(count.max(1));
    // The coarsest step that lets the parts be equal; else whole points as far as they go.
    let even = step.into_iter().find(|step| (total / count_decimal / step).fract().is_zero());
    let step = even.unwrap_or(if total.fract().is_zero() { Decimal::ONE } else { Decimal::new(1, 1) });
    let each = (total / count_decimal / step).floor() * step;
    let mut left = total - each * count_decimal;
    (0..count)
        .map(|_| {
            let more = left.min(step).max(Decimal::ZERO);
            left -= more;
            (each + more).normalize()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_total_add_up_and_are_as_equal_as_can_be() {
        let cases =
            [("20", 4, "5 5 5 5"), ("10", 4, "2.5 2.5 2.5 2.5"), ("10", 3, "4 3 3"), ("2.5", 2, "1.3 1.2")];
        for (total, count, expected) in cases {
            let parts = shared(total.parse().expect("a number"), count);
            assert_eq!(parts.iter().sum::<Decimal>(), total.parse::<Decimal>().expect("a number"));
            let shown: Vec<String> = parts.into_iter().map(plain).collect();
            assert_eq!(shown.join(" "), expected);
        }
    }
}
