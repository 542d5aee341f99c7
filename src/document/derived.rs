//! What is derived from a form, and how it follows an edit without being derived anew: an edit of
//! texts touches the rows it speaks of, a row that comes, goes or moves touches the order, and
//! anything else is worked out from scratch. There is no other way for any of it to change.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::form::Form;
use crate::form::edit::{Edit, Misfit, Spot, apply_all};
use crate::lint::Ledger;
use crate::score::{Achieved, Scores};

/// Points, findings and self-evaluation of a form.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub(super) scores: Scores,
    pub(super) ledger: Ledger,
    pub(super) achieved: Achieved,
    /// Another number whenever rows come, go, move or change their class; no two forms share one.
    pub(super) shape: usize,
}

fn new_shape() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What edits touch.
enum Extent {
    Texts(Vec<Spot>),
    Row(Edit),
    All,
}

impl Extent {
    fn of(edits: &[Edit]) -> Self {
        let texts: Option<Vec<Spot>> = edits.iter().map(text).collect();
        match (texts, edits) {
            (Some(spots), _) => Self::Texts(spots),
            (None, [edit]) => Self::Row(edit.clone()),
            _ => Self::All,
        }
    }
}

fn text(edit: &Edit) -> Option<Spot> {
    match edit {
        Edit::Set { spot, .. } => Some(*spot),
        _ => None,
    }
}

impl Derived {
    /// Everything from scratch.
    pub(super) fn of(form: &Form) -> Self {
        let scores = Scores::of(form);
        let ledger = Ledger::of(form, &scores);
        let achieved = Achieved::of(form, &scores);
        Self { scores, ledger, achieved, shape: new_shape() }
    }

    /// Carries edits out, and follows them; answers with their inverse.
    pub(super) fn carry_out(&mut self, edits: Vec<Edit>, form: &mut Form) -> Result<Vec<Edit>, Misfit> {
        let extent = Extent::of(&edits);
        let spots = if let Extent::Texts(spots) = &extent { &spots[..] } else { &[] };
        let taken = self.ledger.before(spots, form, &self.scores);
        let inverse = apply_all(edits, form)?;
        match &extent {
            Extent::Texts(spots) => {
                self.scores.follow_texts(spots, form);
                self.ledger.follow_texts(spots, &taken, form, &self.scores);
                self.achieved.follow_texts(spots, form, &self.scores);
                if spots.iter().any(|spot| spot.field.is_class()) {
                    self.shape = new_shape();
                }
            }
            Extent::Row(edit) => {
                self.scores.follow_row(edit, form);
                self.ledger.follow_rows(edit, form, &self.scores);
                self.achieved = Achieved::of(form, &self.scores);
                self.shape = new_shape();
            }
            Extent::All => *self = Self::of(form),
        }
        Ok(inverse)
    }
}
