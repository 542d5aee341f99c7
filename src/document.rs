//! A form being edited: the form, its history, and what is derived from it. Every change goes
//! through [`Document::commit`] or comes back through undo and redo, so what is derived is always
//! that of the form on the screen.

mod derived;

use std::collections::HashMap;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Site};
use crate::form::edit::{Edit, Misfit, Spot};
use crate::form::{Form, Row, RowId};
use crate::lint::Ledger;
use crate::score::{Achieved, Scores};
use derived::Derived;

/// Keys typed in one field with less than this between them make one step of undo.
const TYPING_PAUSE: Duration = Duration::from_secs(1);

/// A form with its history.
#[derive(Debug, Clone)]
pub struct Document {
    form: Form,
    derived: Derived,
    done: Vec<Step>,
    undone: Vec<Step>,
    last_revision: u64,
    saved: Saved,
    applied: Vec<Edit>,
}

/// Where the caret stands: a spot and a byte offset in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caret {
    /// The field.
    pub spot: Spot,
    /// Byte offset in its text.
    pub at: usize,
}

/// A change as the screen hands it in.
#[derive(Debug, Clone)]
pub struct Change {
    /// Edits, to be applied in order.
    pub edits: Vec<Edit>,
    /// Where undo puts the caret.
    pub before: Option<Caret>,
    /// Where redo puts the caret.
    pub after: Option<Caret>,
    /// For a key typed in a field, the time since the program started: such changes join.
    pub typed_at: Option<Duration>,
}

/// One step of undo. While it is done, `edits` take it back; while it is undone, they redo it.
#[derive(Debug, Clone)]
struct Step {
    revision: u64,
    edits: Vec<Edit>,
    before: Option<Caret>,
    after: Option<Caret>,
    typed_at: Option<Duration>,
}

/// What was last saved or opened.
#[derive(Debug, Clone)]
struct Saved {
    revision: u64,
    form: Form,
    rows: HashMap<RowId, usize>,
}

impl Saved {
    fn of(revision: u64, form: &Form) -> Self {
        let rows = form.indicators.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
        Self { revision, form: form.clone(), rows }
    }
}

impl Document {
    /// A document of a form as it was opened.
    pub fn new(form: Form) -> Self {
        let derived = Derived::of(&form);
        let saved = Saved::of(0, &form);
        Self {
            form,
            derived,
            done: Vec::new(),
            undone: Vec::new(),
            last_revision: 0,
            saved,
            applied: Vec::new(),
        }
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Its points.
    pub fn scores(&self) -> &Scores {
        &self.derived.scores
    }

    /// Its findings.
    pub fn report(&self) -> &Ledger {
        &self.derived.ledger
    }

    /// Its self-evaluation.
    pub fn achieved(&self) -> &Achieved {
        &self.derived.achieved
    }

    /// A number that changes whenever rows come, go, move or change their class.
    pub fn shape(&self) -> usize {
        self.derived.shape
    }

    /// Carries a change out; it becomes a step of undo or joins the typing before it.
    ///
    /// # Errors
    /// [`Misfit`] where an edit does not fit the form; nothing has changed then.
    pub fn commit(&mut self, change: Change) -> Result<(), Misfit> {
        let joins = self.joins(&change);
        let inverse = self.derived.carry_out(change.edits.clone(), &mut self.form)?;
        self.applied.extend(change.edits);
        self.undone.clear();
        match self.done.last_mut() {
            Some(step) if joins => {
                step.after = change.after;
                step.typed_at = change.typed_at;
            }
            _ => {
                self.last_revision += 1;
                self.done.push(Step {
                    revision: self.last_revision,
                    edits: inverse,
                    before: change.before,
                    after: change.after,
                    typed_at: change.typed_at,
                });
            }
        }
        Ok(())
    }

    /// Whether a change continues the typing of the last step: same field, caret where the step
    /// left it, within [`TYPING_PAUSE`], and not across a save.
    fn joins(&self, change: &Change) -> bool {
        let Some(step) = self.done.last().filter(|step| step.revision != self.saved.revision) else {
            return false;
        };
        let (Some(before), Some(now)) = (step.typed_at, change.typed_at) else { return false };
        let one_field = matches!(&change.edits[..], [Edit::Set { .. }]);
        one_field && step.after == change.before && now.saturating_sub(before) < TYPING_PAUSE
    }

    /// Takes the last step back and answers where the caret was before it; `None` when there is
    /// nothing to take back.
    pub fn undo(&mut self) -> Option<Option<Caret>> {
        let mut step = self.done.pop()?;
        step.edits = self.cross(step.edits);
        let caret = step.before;
        self.undone.push(step);
        Some(caret)
    }

    /// Does the last step that was taken back again, and answers where the caret was after it.
    pub fn redo(&mut self) -> Option<Option<Caret>> {
        let mut step = self.undone.pop()?;
        step.edits = self.cross(step.edits);
        step.typed_at = None;
        let caret = step.after;
        self.done.push(step);
        Some(caret)
    }

    /// The edits of a step always fit the form it was recorded on.
    fn cross(&mut self, edits: Vec<Edit>) -> Vec<Edit> {
        self.applied.extend(edits.iter().cloned());
        self.derived.carry_out(edits, &mut self.form).unwrap_or_default()
    }

    /// The edits carried out since this was last asked, undo and redo among them: applied in order
    /// to the form as it was then they give the form as it is.
    pub fn take_applied(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.applied)
    }

    /// The form as it is now has been saved.
    pub fn mark_saved(&mut self) {
        self.saved = Saved::of(self.revision(), &self.form);
    }

    /// The number of the revision on the screen; grows with each step, comes back with undo.
    pub fn revision(&self) -> u64 {
        self.done.last().map_or(0, |step| step.revision)
    }

    /// Whether the revision on the screen is another than the saved one.
    pub fn is_dirty(&self) -> bool {
        self.revision() != self.saved.revision
    }

    /// Steps between the saved revision and this one.
    pub fn unsaved_steps(&self) -> usize {
        let saved = self.saved.revision;
        let since = |steps: &[Step]| steps.iter().rev().take_while(|step| step.revision != saved).count();
        match self.done.iter().any(|step| step.revision == saved) || saved == 0 {
            true if self.undone.iter().any(|step| step.revision == saved) => since(&self.undone) + 1,
            true => since(&self.done),
            false => {
                let back = self.undone.iter().rev().position(|step| step.revision == saved);
                back.map_or(self.done.len().max(1), |steps| steps + 1)
            }
        }
    }

    /// Whether undo has anything to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether redo has anything to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The form as it was last saved or opened.
    pub fn saved_form(&self) -> &Form {
        &self.saved.form
    }

    /// Whether a row is new or differs from what was saved.
    pub fn is_row_changed(&self, row: &Row) -> bool {
        self.saved_row(row.id).is_none_or(|saved| saved != row)
    }

    /// Whether a field differs from what was saved.
    pub fn is_changed(&self, spot: Spot) -> bool {
        let saved = match spot.row.map(|row| self.form.indicators.get(row)) {
            None => self.saved.form.text(spot.field),
            Some(row) => row.and_then(|row| self.saved_row(row.id)).and_then(|row| row.text(spot.field)),
        };
        saved.map(String::as_str) != self.form.at(spot)
    }

    fn saved_row(&self, id: RowId) -> Option<&Row> {
        self.saved.rows.get(&id).and_then(|&at| self.saved.form.indicators.get(at))
    }

    /// The text at a spot; empty where there is no such row.
    pub fn text(&self, spot: Spot) -> &str {
        self.form.at(spot).unwrap_or_default()
    }

    /// The findings about one row.
    pub fn findings_of_row(&self, row: usize) -> impl Iterator<Item = &Diagnostic> {
        self.report().of_row(row).map(|(_, diagnostic)| diagnostic)
    }

    /// The findings about one field, of the form or of a row.
    pub fn findings_at(&self, spot: Spot) -> impl Iterator<Item = &Diagnostic> {
        let of_row = spot.row.map(|row| self.report().of_row(row));
        let of_form = spot.row.is_none().then(|| self.report().of_form());
        let found = of_row.into_iter().flatten().chain(of_form.into_iter().flatten());
        found.map(|(_, diagnostic)| diagnostic).filter(move |diagnostic| diagnostic.site == Site::Field(spot))
    }
}

impl Change {
    /// A change that is not typing: a pick, a fix, a row moved.
    pub fn whole(edits: Vec<Edit>) -> Self {
        Self { edits, before: None, after: None, typed_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;
    use crate::form::edit::apply_all;
    use crate::form::field::{FIELDS, Field};
    use crate::lint;
    use proptest::prelude::*;

    const VALUE: Spot = Spot { row: Some(0), field: Field::Value };

    fn document() -> Document {
        Document::new(
            Form::default().with_rows(vec![Indicator { value: "4".into(), ..Indicator::default() }; 3]),
        )
    }

    fn typed(text: &str, from: usize, at: u64) -> Change {
        let caret = |at| Some(Caret { spot: VALUE, at });
        Change {
            edits: vec![Edit::set(VALUE, text)],
            before: caret(from),
            after: caret(text.len()),
            typed_at: Some(Duration::from_millis(at)),
        }
    }

    #[test]
    fn a_run_of_typing_is_one_step() {
        let mut document = document();
        document.commit(typed("48", 1, 0)).expect("fits");
        document.commit(typed("480", 2, 500)).expect("fits");
        document.commit(typed("4800", 3, 2500)).expect("fits");
        assert_eq!(document.undo(), Some(Some(Caret { spot: VALUE, at: 3 })));
        assert_eq!(document.text(VALUE), "480");
        assert_eq!(document.undo(), Some(Some(Caret { spot: VALUE, at: 1 })));
        assert_eq!(document.text(VALUE), "4");
        assert_eq!(document.undo(), None);
        document.redo();
        assert_eq!(document.text(VALUE), "480");
    }

    #[test]
    fn dirty_is_a_comparison_with_the_saved_revision() {
        let mut document = document();
        assert!(!document.is_dirty());
        document.commit(typed("48", 1, 0)).expect("fits");
        assert_eq!((document.is_dirty(), document.unsaved_steps()), (true, 1));
        assert!(document.is_changed(VALUE));
        document.mark_saved();
        assert_eq!((document.is_dirty(), document.unsaved_steps()), (false, 0));
        document.commit(typed("480", 2, 100)).expect("fits");
        assert!(document.is_dirty(), "typing does not join across a save");
        document.undo();
        assert!(!document.is_dirty());
        document.undo();
        assert_eq!((document.is_dirty(), document.unsaved_steps()), (true, 1));
    }

    #[test]
    fn what_is_derived_follows_undo() {
        let mut document = document();
        let rule = Spot::row(0, Field::Points);
        document.commit(Change::whole(vec![Edit::set(rule, "7")])).expect("fits");
        assert_eq!(document.scores().total, rust_decimal::Decimal::from(7));
        document.undo();
        assert_eq!(document.scores().total, rust_decimal::Decimal::ZERO);
    }

    fn sample() -> Form {
        let bytes = include_bytes!("../forms/xiaoping-2026.toml");
        let limits = crate::format::toml::Limits::default();
        crate::format::toml::read(bytes, &limits).expect("the sample reads").form
    }

    /// Edits of which most touch what one row's check reads: other rows, the head, the profile.
    fn edit(kind: u8, row: usize) -> Edit {
        match kind {
            0 => Edit::Remove { at: row },
            1 => Edit::Move { from: row, to: row / 2 },
            2 => Edit::insert(row, Indicator { name: "新增".into(), ..Indicator::default() }),
            3 => Edit::set(Spot::form(Field::Year), ["2025", "2026", ""][row % 3]),
            4 => Edit::set(Spot::form(Field::Profile), ["", "2021-without-cost", "hubei"][row % 3]),
            5 => Edit::set(Spot::form(Field::PartialSteps), ["", "started"][row % 2]),
            6 => Edit::set(Spot::row(row, Field::Level1), ["产出指标", "成本指标", "x"][row % 3]),
            7 => Edit::set(Spot::row(row, Field::Rule), "每少1次扣1分，满分2分。"),
            8 => Edit::set(Spot::row(row, Field::RowAllow), "overshoot-uncapped 已定"),
            9 => Edit::set(Spot::row(row, Field::Actual), "3"),
            10 => Edit::set(Spot::form(Field::AnnualGoals), ["推进农村道路建设", ""][row % 2]),
            11 => Edit::set(Spot::form(Field::Duties), ["负责党风廉政宣传", ""][row % 2]),
            _ => Edit::set(Spot::row(row, Field::Value), ["9", "≥95%", "2027年1月1日"][row % 3]),
        }
    }

    /// A field of a row gets what stands there in another row, or a text that any check may mind;
    /// or one of the form's own fields gets such a text.
    fn any_text(form: &Form, row: usize, other: usize) -> Edit {
        const TEXTS: [&str; 6] =
            ["", "90", "2025年12月前", "道路道路，，巡查（", "<br>XXX", "2026年增长5%以上"];
        let info = &FIELDS[other % FIELDS.len()];
        let text = TEXTS[(row + other) % TEXTS.len()];
        let copied = form.indicators.get(other % 17).and_then(|row| row.text(info.field));
        match info.field.is_of_indicator() {
            true if !row.is_multiple_of(3) => {
                Edit::set(Spot::row(row, info.field), copied.map_or(text, String::as_str))
            }
            true => Edit::set(Spot::row(row, info.field), text),
            false => Edit::set(Spot::form(info.field), text),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_kept_up_is_what_would_be_derived_anew(
            moves in prop::collection::vec((0u8..24, 0usize..17, 0usize..100), 0..16),
        ) {
            let mut document = Document::new(sample());
            for (kind, row, other) in moves {
                let any = any_text(document.form(), row, other);
                match kind {
                    13 => drop(document.undo()),
                    14 => drop(document.redo()),
                    15..=20 => drop(document.commit(Change::whole(vec![any]))),
                    21 => drop(document.commit(Change::whole(vec![edit(12, row), any]))),
                    22 => drop(document.commit(Change::whole(vec![edit(2, row), any]))),
                    _ => drop(document.commit(Change::whole(vec![edit(kind, row)]))),
                }
                let scores = Scores::of(document.form());
                let report = lint::run(document.form(), &scores);
                prop_assert_eq!(document.report().iter().collect::<Vec<_>>(), report.diagnostics.iter().collect::<Vec<_>>());
                prop_assert_eq!(document.report().silenced(), report.silenced.len());
                prop_assert_eq!(&document.scores().classes, &scores.classes);
                prop_assert_eq!(document.scores().total, scores.total);
                let achieved = Achieved::of(document.form(), &scores);
                prop_assert_eq!(document.achieved(), &achieved);
            }
        }
    }

    proptest! {
        #[test]
        fn any_mix_of_commit_undo_redo_can_be_taken_back(moves in prop::collection::vec(0u8..8, 0..60)) {
            let mut document = document();
            let start = document.form().clone();
            let mut followed = start.clone();
            for (at, step) in moves.into_iter().enumerate() {
                match step {
                    0 => drop(document.undo()),
                    1 => drop(document.redo()),
                    2 => drop(document.commit(Change::whole(vec![Edit::Remove { at: at % 4 }]))),
                    3 => drop(document.commit(Change::whole(vec![Edit::insert(at % 4, Indicator::default())]))),
                    4 => document.mark_saved(),
                    _ => drop(document.commit(typed(&at.to_string(), 0, at as u64 * 300))),
                }
                prop_assert_eq!(document.is_dirty(), document.unsaved_steps() > 0);
                apply_all(document.take_applied(), &mut followed).expect("fits");
                prop_assert_eq!(&followed, document.form());
                let fresh = Scores::of(document.form());
                prop_assert_eq!(fresh.total, document.scores().total);
            }
            while document.undo().is_some() {}
            prop_assert_eq!(document.form(), &start);
        }
    }
}
