//! What several checks ask of the rows and of the two long texts, found out once and kept up.

use foldhash::HashMap;

use super::cell::{Value, is_sound_with};
use super::names::Likenesses;
use super::presumed::Presumed;
use super::signs::Signs;
use super::{keywords, prose};
use crate::form::field::{Field, OWN_FIELDS, ROW_FIELDS};
use crate::form::target::{Target, TargetFault};
use crate::form::{Form, Indicator};
use crate::score::{RowScore, Scores};
use crate::text::likeness::Pairs;
use crate::vocabulary::operator::Operator;

/// How many rows have a thing in common, by what it is.
type Counts = HashMap<u64, usize>;

/// Facts about a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Each row by itself.
    pub(super) rows: Vec<RowFacts>,
    /// Which names of the first rows mean the same.
    pub(super) likenesses: Likenesses,
    /// What the annual goals are about: for each topic a bit for each of the first paragraphs that
    /// has it.
    pub(super) goals: HashMap<(char, char), u64>,
    /// What the duties are about.
    duties: Pairs,
    names: Counts,
    same_explanation: Counts,
}

/// Facts about one row.
#[derive(Debug, Clone)]
pub(super) struct RowFacts {
    /// The row, put right.
    pub(super) own: Presumed,
    /// The operator as read.
    pub(super) operator: Option<Operator>,
    /// Operator and value read together.
    pub(super) target: Result<Target, TargetFault>,
    /// The value cell as read.
    pub(super) value: Value,
    /// What the explanation says; none where it is too short to tell.
    explanation: Option<u64>,
    /// What occurs in each cell.
    signs: [Signs; CELLS],
    /// Which cells are sound ([`is_sound_with`]), a bit for each.
    sound: u16,
}

const CELLS: usize = ROW_FIELDS.len();

/// Paragraphs of the annual goals that are told apart, less than 64.
pub(super) const GOALS: usize = 60;

/// Shorter explanations may well be the same: 以台账为准.
const TELLING: usize = 8;

impl RowFacts {
    fn of(row: &Indicator, score: &RowScore, year: Option<i16>) -> Self {
        let (mut signs, mut sound) = ([Signs::default(); CELLS], 0);
        for (at, info) in ROW_FIELDS.iter().enumerate() {
            let text = row.text(info.field).map_or("", String::as_str);
            signs[at] = Signs::of(text);
            sound |= u16::from(is_sound_with(info.field, text, signs[at])) << at;
        }
        Self {
            own: Presumed::of(row, score),
            operator: row.operator(),
            target: row.target(),
            value: Value::of(row, year),
            explanation: explanation(&row.explanation),
            signs,
            sound,
        }
    }

    /// Whether a cell of the row is sound.
    pub(super) fn is_sound(&self, field: Field) -> bool {
        self.sound >> cell(field) & 1 == 1
    }

    /// What occurs in a cell of the row.
    pub(super) fn signs(&self, field: Field) -> Signs {
        self.signs[cell(field)]
    }
}

/// The position of a field among those of a row.
fn cell(field: Field) -> usize {
    field as usize - OWN_FIELDS.len()
}

impl Facts {
    /// All facts, from scratch.
    pub(super) fn of(form: &Form, scores: &Scores) -> Self {
        let mut facts = Self::default();
        let (rows, year) = (form.indicators.iter().zip(&scores.rows), form.year_number());
        facts.rows = rows.map(|(row, score)| RowFacts::of(row, score, year)).collect();
        facts.likenesses = Likenesses::of(form.indicators.iter().map(|row| row.name.as_str()));
        facts.look_for_copies();
        let explanations = facts.rows.iter().filter_map(|row| row.explanation);
        explanations.for_each(|key| *facts.same_explanation.entry(key).or_default() += 1);
        facts.read_texts(form);
        facts
    }

    /// What the two long texts are about.
    pub(super) fn read_texts(&mut self, form: &Form) {
        self.goals.clear();
        self.goals.reserve(form.annual_goals.len() / 6);
        for (at, line) in form.annual_goals.split('\n').enumerate() {
            // A bit behind the last of those that are told apart.
            let bit = 1 << at.min(GOALS);
            keywords::topics(line).for_each(|pair| *self.goals.entry(pair).or_default() |= bit);
        }
        self.duties.clear();
        self.duties.reserve(form.duties.len() / 6);
        self.duties.extend(keywords::topics(&form.duties));
    }

    /// Whether the goals or the duties are about a topic.
    pub(super) fn has_ground(&self, topic: (char, char)) -> bool {
        self.goals.contains_key(&topic) || self.duties.contains(&topic)
    }

    /// Which rows repeat others.
    fn look_for_copies(&mut self) {
        let mut firsts = HashMap::<u64, usize>::default();
        self.names.clear();
        for (at, row) in self.rows.iter_mut().enumerate() {
            row.own.copy_of = None;
            let Some(key) = row.own.key else { continue };
            *self.names.entry(key).or_default() += 1;
            let first = *firsts.entry(key).or_insert(at);
            row.own.copy_of = (first != at).then_some(first);
        }
    }

    /// What the explanation of a row says; none where it is too short to tell.
    pub(super) fn explanation(&self, at: usize) -> Option<u64> {
        self.rows.get(at)?.explanation
    }

    /// The same, where another row has it too.
    pub(super) fn shared_explanation(&self, at: usize) -> Option<u64> {
        self.explanation(at).filter(|key| is_shared(&self.same_explanation, *key))
    }

    /// Follows the text of a row's field; answers whether rows have begun or ceased to be copies.
    pub(super) fn follow(&mut self, form: &Form, scores: &Scores, at: usize, field: Field) -> bool {
        let (Some(row), Some(score)) = (form.indicators.get(at), scores.rows.get(at)) else { return false };
        let mut now = RowFacts::of(row, score, form.year_number());
        now.own.copy_of = self.rows[at].own.copy_of;
        let before = std::mem::replace(&mut self.rows[at], now);
        let now = &self.rows[at];
        if field == Field::Name {
            self.likenesses.set(at, &row.name);
        }
        if before.explanation != now.explanation {
            recount(&mut self.same_explanation, before.explanation, now.explanation);
        }
        if before.own.key == now.own.key {
            return false;
        }
        let was_copied = before.own.key.is_some_and(|key| is_shared(&self.names, key));
        recount(&mut self.names, before.own.key, now.own.key);
        let is_copied = now.own.key.is_some_and(|key| is_shared(&self.names, key));
        if was_copied || is_copied {
            self.look_for_copies();
        }
        was_copied || is_copied
    }
}

/// Whether more than one row has a thing.
fn is_shared(counts: &Counts, key: u64) -> bool {
    counts.get(&key).is_some_and(|count| *count > 1)
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
    let (length, gist) = prose::gist(text);
    (length >= TELLING).then_some(gist)
}
