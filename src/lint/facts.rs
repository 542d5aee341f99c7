//! What several checks ask of the rows and of the two long texts, found out once and kept up.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::cell::Value;
use super::names::Likenesses;
use super::presumed::Presumed;
use super::{digest, keywords, prose};
use crate::form::Form;
use crate::form::field::Field;
use crate::score::Scores;
use crate::text::likeness::Pairs;

/// How many rows have a thing in common, by what it is.
type Counts = HashMap<u64, usize, RandomState>;

/// Facts about a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Each row, put right.
    pub(super) presumed: Vec<Presumed>,
    /// Which names of the first rows mean the same.
    pub(super) likenesses: Likenesses,
    /// Each row's value cell as read.
    pub(super) values: Vec<Value>,
    /// What each row's explanation says; none where it is too short to tell.
    pub(super) explanations: Vec<Option<u64>>,
    /// What the annual goals are about.
    pub(super) goals: Pairs,
    /// What the goals and the duties are about.
    pub(super) grounds: Pairs,
    names: Counts,
    same_explanation: Counts,
}

/// Shorter explanations may well be the same: 以台账为准.
const TELLING: usize = 8;

impl Facts {
    /// All facts, from scratch.
    pub(super) fn of(form: &Form, scores: &Scores) -> Self {
        let mut facts = Self::default();
        let rows = form.indicators.iter().zip(&scores.rows);
        facts.presumed = rows.map(|(row, score)| Presumed::of(row, score)).collect();
        facts.likenesses = Likenesses::of(form.indicators.iter().map(|row| row.name.as_str()));
        let year = form.year_number();
        facts.values = form.indicators.iter().map(|row| Value::of(row, year)).collect();
        facts.explanations = form.indicators.iter().map(|row| explanation(&row.explanation)).collect();
        facts.look_for_copies();
        facts
            .explanations
            .iter()
            .flatten()
            .for_each(|key| *facts.same_explanation.entry(*key).or_default() += 1);
        facts.read_texts(form);
        facts
    }

    /// What the two long texts are about.
    pub(super) fn read_texts(&mut self, form: &Form) {
        self.goals = keywords::topics(&form.annual_goals).collect();
        self.grounds = self.goals.clone();
        self.grounds.extend(keywords::topics(&form.duties));
    }

    /// Which rows repeat others.
    fn look_for_copies(&mut self) {
        let mut firsts = HashMap::<u64, usize, RandomState>::default();
        self.names.clear();
        for (at, own) in self.presumed.iter_mut().enumerate() {
            own.copy_of = None;
            let Some(key) = own.key else { continue };
            *self.names.entry(key).or_default() += 1;
            let first = *firsts.entry(key).or_insert(at);
            own.copy_of = (first != at).then_some(first);
        }
    }

    /// Whether another row has the explanation of this one.
    pub(super) fn is_explanation_shared(&self, at: usize) -> bool {
        let key = self.explanations.get(at).copied().flatten();
        key.is_some_and(|key| self.same_explanation.get(&key).is_some_and(|count| *count > 1))
    }

    /// Follows the text of a row's field; answers whether rows have begun or ceased to be copies.
    pub(super) fn follow(&mut self, form: &Form, scores: &Scores, at: usize, field: Field) -> bool {
        let (Some(row), Some(score)) = (form.indicators.get(at), scores.rows.get(at)) else { return false };
        match field {
            Field::Value | Field::Operator => {
                self.values[at] = Value::of(row, form.year_number());
                false
            }
            Field::Explanation => {
                let now = explanation(&row.explanation);
                let before = std::mem::replace(&mut self.explanations[at], now);
                recount(&mut self.same_explanation, before, now);
                false
            }
            Field::Name | Field::Rule | Field::Points => {
                if field == Field::Name {
                    self.likenesses.set(at, &row.name);
                }
                let mut own = Presumed::of(row, score);
                own.copy_of = self.presumed[at].copy_of;
                let before = std::mem::replace(&mut self.presumed[at], own);
                if before.key == own.key {
                    return false;
                }
                let was_shared =
                    before.key.is_some_and(|key| self.names.get(&key).is_some_and(|count| *count > 1));
                recount(&mut self.names, before.key, own.key);
                let is_shared =
                    own.key.is_some_and(|key| self.names.get(&key).is_some_and(|count| *count > 1));
                if was_shared || is_shared {
                    self.look_for_copies();
                }
                was_shared || is_shared
            }
            _ => false,
        }
    }
}

fn recount(counts: &mut Counts, before: Option<u64>, now: Option<u64>) {
    if let Some(key) = before
        && let Some(count) = counts.get_mut(&key)
    {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
    if let Some(key) = now {
        *counts.entry(key).or_default() += 1;
    }
}

fn explanation(text: &str) -> Option<u64> {
    let bare = prose::bare(text);
    (bare.chars().count() >= TELLING).then(|| digest(&bare))
}
