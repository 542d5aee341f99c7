//! From pieces to branches: each run of conditions with the outcome that follows it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clause::{Every, Found, Piece};
use super::formula::Formula;
use super::interval::Interval;
use super::number::Quantity;
use super::{PartKind, Worth};
use crate::vocabulary::date::Date;

/// Whether an outcome follows a full stop with nothing between: 运行正常。（20分）.
fn belongs_together(next: &[Found]) -> bool {
    let next = next.iter().find(|found| found.piece != Some(Piece::Comma));
    next.is_some_and(|found| matches!(found.piece, Some(Piece::Award { .. })))
}

/// What holds when an outcome applies.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    /// The words, without marks at the ends, in the normalised text.
    pub(super) span: Option<Range<usize>>,
    /// The words alone.
    pub(super) words: String,
    /// The words after the last number.
    pub(super) tail: String,
    pub(super) intervals: Vec<Interval>,
    pub(super) quantity: Option<Quantity>,
    pub(super) every: Option<Every>,
    pub(super) date: Option<Option<Date>>,
    pub(super) otherwise: bool,
    /// No branch stands before it.
    pub(super) first: bool,
    /// A list mark stands before it.
    pub(super) item: bool,
    /// A semicolon, a full stop or the beginning stands before it.
    pub(super) fresh: bool,
}

impl Condition {
    pub(super) fn is_empty(&self) -> bool {
        self.span.is_none()
    }

    fn extend(&mut self, span: &Range<usize>) {
        match &mut self.span {
            Some(own) => own.end = span.end,
            None => self.span = Some(span.clone()),
        }
    }
}

/// What follows from a condition.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Award { worth: Worth, full: bool, stated: bool },
    AwardRange(Decimal, Decimal),
    Zero,
    Deduct(Worth),
    Vague,
    Formula(Formula),
    Discretion,
}

/// A condition and its outcome.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) when: Condition,
    pub(super) then: Outcome,
}

/// A sentence taken apart.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) branches: Vec<Branch>,
    pub(super) totals: Vec<(Decimal, Range<usize>)>,
    pub(super) shares: Vec<Interval>,
    pub(super) intervals: Vec<Interval>,
    pub(super) cap: bool,
    pub(super) cap_points: Option<Decimal>,
    pub(super) ladder: bool,
    pub(super) veto: bool,
    pub(super) partial: Option<bool>,
    /// The first day that is named anywhere.
    pub(super) date: Option<Option<Date>>,
    /// 每完成一项得1分.
    pub(super) additive: bool,
    /// Parts in the normalised text, ascending.
    pub(super) parts: Vec<(PartKind, Range<usize>)>,
    when: Condition,
    /// Where in `parts` those of the open condition begin.
    open: usize,
}

impl Reading {
    pub(super) fn of(found: &[Found], text: &str) -> Self {
        let mut reading = Self { when: Condition { fresh: true, ..Condition::default() }, ..Self::default() };
        for (at, Found { piece, span }) in found.iter().enumerate() {
            let next = found.get(at + 1..).unwrap_or_default();
            match piece {
                Some(piece) => reading.piece(piece, span, next),
                None => reading.words(span, text.get(span.clone()).unwrap_or_default()),
            }
        }
        reading.drop_condition();
        reading
    }

    fn words(&mut self, span: &Range<usize>, words: &str) {
        self.when.extend(span);
        self.when.words.push_str(words);
        self.when.tail.push_str(words);
        self.parts.push((PartKind::Condition, span.clone()));
    }

    fn piece(&mut self, piece: &Piece, span: &Range<usize>, next: &[Found]) {
        match piece {
            Piece::Comma => {}
            Piece::Stop if belongs_together(next) && !self.when.is_empty() => {}
            Piece::Stop => {
                self.drop_condition();
                self.when.fresh = true;
            }
            Piece::Item => {
                self.drop_condition();
                self.when.item = true;
            }
            Piece::Interval(_) | Piece::Quantity(_) | Piece::Every(_) | Piece::Date(_) | Piece::Otherwise => {
                self.condition(piece, span);
            }
            Piece::Award { .. }
            | Piece::AwardRange(..)
            | Piece::Zero
            | Piece::Deduct(_)
            | Piece::VagueDeduct
            | Piece::Formula(_)
            | Piece::Discretion => self.outcome(piece, span),
            // 95%以上，满分10分 is what the interval earns
            Piece::Total(points) if !self.when.intervals.is_empty() => {
                let award = Piece::Award { worth: Worth::Points(*points), full: true, stated: true };
                self.outcome(&award, span);
            }
            _ => self.remark(piece, span),
        }
    }

    fn condition(&mut self, piece: &Piece, span: &Range<usize>) {
        self.when.tail.clear();
        self.when.extend(span);
        let kind = match piece {
            Piece::Interval(interval) => {
                self.when.intervals.push(interval.clone());
                self.intervals.push(interval.clone());
                PartKind::Range
            }
            Piece::Quantity(quantity) => {
                self.when.quantity = Some(quantity.clone());
                PartKind::Range
            }
            Piece::Every(every) => {
                self.when.every = Some(every.clone());
                PartKind::Step
            }
            Piece::Date(date) => {
                self.date = self.date.or(Some(*date));
                self.when.date = Some(*date);
                PartKind::Date
            }
            _ => {
                self.when.otherwise = true;
                PartKind::Condition
            }
        };
        self.parts.push((kind, span.clone()));
    }

    fn remark(&mut self, piece: &Piece, span: &Range<usize>) {
        let kind = match piece {
            Piece::Total(points) => {
                self.totals.push((*points, span.clone()));
                PartKind::Points
            }
            Piece::Cap(points) => {
                self.cap = true;
                self.cap_points = self.cap_points.or(*points);
                PartKind::Cap
            }
            Piece::Partial(started) => {
                self.partial = Some(*started);
                PartKind::Cap
            }
            Piece::NoBonus => PartKind::Cap,
            Piece::ShareRange(share) => {
                self.shares.push(share.clone());
                self.intervals.push(share.clone());
                self.close();
                PartKind::Points
            }
            Piece::Bonus => {
                self.drop_condition();
                PartKind::Rest
            }
            Piece::Veto => {
                self.veto = true;
                PartKind::Condition
            }
            _ => {
                self.ladder = true;
                self.close();
                PartKind::Discretion
            }
        };
        self.parts.push((kind, span.clone()));
    }

    fn outcome(&mut self, piece: &Piece, span: &Range<usize>) {
        if self.is_worth_of_last(piece, span) {
            return;
        }
        let (then, kind) = match piece {
            Piece::Award { worth, full, stated } => {
                (Outcome::Award { worth: *worth, full: *full, stated: *stated }, PartKind::Points)
            }
            Piece::AwardRange(low, high) => (Outcome::AwardRange(*low, *high), PartKind::Points),
            Piece::Zero => (Outcome::Zero, PartKind::Zero),
            Piece::Deduct(worth) => (Outcome::Deduct(*worth), PartKind::Deduction),
            Piece::VagueDeduct => (Outcome::Vague, PartKind::Discretion),
            Piece::Formula(formula) => (Outcome::Formula(formula.clone()), PartKind::Formula),
            _ => (Outcome::Discretion, PartKind::Discretion),
        };
        self.parts.push((kind, span.clone()));
        let when = self.close();
        let near = when.tail.chars().count() <= 8;
        let adds = near && when.every.is_some() && matches!(then, Outcome::Award { .. });
        self.additive |= adds;
        if !adds {
            self.branches.push(Branch { when, then });
        }
    }

    /// Points that stand alone belong to the 满分 before them, or are the points of the row.
    fn is_worth_of_last(&mut self, piece: &Piece, span: &Range<usize>) -> bool {
        let Piece::Award { worth: Worth::Points(points), stated: false, .. } = piece else { return false };
        if !self.when.is_empty() {
            return false;
        }
        if let Some(Branch { then: Outcome::Award { worth, full: true, .. }, .. }) = self.branches.last_mut()
            && *worth == Worth::FULL
        {
            *worth = Worth::Points(*points);
        } else {
            self.totals.push((*points, span.clone()));
        }
        self.parts.push((PartKind::Points, span.clone()));
        true
    }

    /// The condition read so far, understood.
    fn close(&mut self) -> Condition {
        self.open = self.parts.len();
        let first = self.branches.is_empty();
        Condition { first, ..std::mem::take(&mut self.when) }
    }

    /// A condition that nothing follows from was not understood.
    fn drop_condition(&mut self) {
        for (kind, _) in self.parts.iter_mut().skip(self.open) {
            if matches!(kind, PartKind::Condition | PartKind::Range | PartKind::Date | PartKind::Step) {
                *kind = PartKind::Rest;
            }
        }
        let item = self.when.item && self.when.is_empty();
        self.close();
        self.when.item = item;
    }
}
