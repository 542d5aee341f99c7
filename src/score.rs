//! Points: those a form promises, read out of its scoring sentences and held against the weight
//! profile, and those it achieved once actual values are in.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::form::{Form, Indicator};
use crate::rule::{self, Parsed};
use crate::vocabulary::{
    number,
    profile::{self, Profile},
    taxonomy,
};

/// The points of a form, by row and class.
#[derive(Debug, Clone)]
pub struct Scores {
    /// The profile in force.
    pub profile: Cow<'static, Profile>,
    /// One entry a row.
    pub rows: Vec<RowScore>,
    /// Level-1 classes: those of the profile and those of the rows, in the order of the table.
    pub classes: Vec<ClassScore>,
    /// Sum of all rows, points.
    pub total: Decimal,
    /// Sums of [`BLOCK`] rows each, so that those of long runs need not be added up row by row.
    blocks: Vec<Decimal>,
}

const BLOCK: usize = 256;

/// The points of one row.
#[derive(Debug, Clone)]
pub struct RowScore {
    /// The sentence as understood.
    pub parsed: Arc<Parsed>,
    /// Full points of the row: the explicit ones, else those of the sentence.
    pub points: Option<Decimal>,
}

/// The points of one level-1 class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassScore {
    /// Canonical name, or the class as typed where it is unknown.
    pub name: String,
    /// Sum of its rows.
    pub points: Decimal,
    /// What the profile wants of this class alone.
    pub expected: Option<Decimal>,
    /// Positions of its rows.
    pub rows: Vec<usize>,
}

impl Scores {
    /// Reads all sentences and adds up.
    pub fn of(form: &Form) -> Self {
        let rows: Vec<RowScore> = form.indicators.iter().map(|row| row_score(row)).collect();
        let profile = profile_of(form);
        let classes = class_scores(form, &rows, &profile);
        let total = sum(&rows);
        let blocks = blocks(&rows);
        Self { profile, rows, classes, total, blocks }
    }

    /// Follows texts that were set at these spots.
    pub fn follow_texts(&mut self, spots: &[Spot], form: &Form) {
        let mut must_sort = false;
        for spot in spots {
            match (spot.row.and_then(|at| Some((at, form.indicators.get(at)?))), spot.field) {
                (Some((at, row)), Field::Rule | Field::Points) => self.set_row(at, row_score(row)),
                (_, Field::Level1 | Field::Profile) => must_sort = true,
                _ => {}
            }
        }
        if must_sort {
            self.sort(form);
        }
    }

    /// Other points for a row: the sums change by the difference.
    fn set_row(&mut self, at: usize, score: RowScore) {
        let before = std::mem::replace(&mut self.rows[at], score).points.unwrap_or_default();
        let now = self.rows[at].points.unwrap_or_default();
        if before != now {
            self.total += now - before;
            self.blocks[at / BLOCK] += now - before;
            let class = self.classes.iter_mut().find(|class| class.rows.binary_search(&at).is_ok());
            class.into_iter().for_each(|class| class.points += now - before);
        }
    }

    /// Follows a row that came, went or was moved.
    pub fn follow_row(&mut self, edit: &Edit, form: &Form) {
        match *edit {
            Edit::Insert { at, .. } => self.rows.insert(at, row_score(&form.indicators[at])),
            Edit::Remove { at } => drop(self.rows.remove(at)),
            Edit::Move { from, to } => {
                let row = self.rows.remove(from);
                self.rows.insert(to, row);
            }
            Edit::Set { .. } => {}
        }
        self.total = sum(&self.rows);
        self.blocks = blocks(&self.rows);
        self.sort(form);
    }

    /// Sorts the rows into classes.
    fn sort(&mut self, form: &Form) {
        self.profile = profile_of(form);
        self.classes = class_scores(form, &self.rows, &self.profile);
    }

    /// Points the table must sum to.
    pub fn expected(&self) -> Decimal {
        self.profile.total
    }

    /// The class with this name, leniently matched.
    pub fn class(&self, level1: &str) -> Option<&ClassScore> {
        let name = class_name(level1);
        self.classes.iter().find(|class| class.name == name)
    }

    /// Points of the rows in a range of positions.
    pub fn sum(&self, rows: Range<usize>) -> Decimal {
        let of = |rows: Range<usize>| sum(self.rows.get(rows).unwrap_or_default());
        let (first, last) = (rows.start.div_ceil(BLOCK), rows.end / BLOCK);
        match self.blocks.get(first..last) {
            Some(blocks) => {
                of(rows.start..first * BLOCK) + blocks.iter().sum::<Decimal>() + of(last * BLOCK..rows.end)
            }
            None => of(rows),
        }
    }
}

fn sum(rows: &[RowScore]) -> Decimal {
    rows.iter().filter_map(|row| row.points).sum()
}

fn blocks(rows: &[RowScore]) -> Vec<Decimal> {
    rows.chunks(BLOCK).map(sum).collect()
}

/// The profile a form is held to: the one it names, else by whether it has a 成本 row.
pub fn profile_of(form: &Form) -> Cow<'static, Profile> {
    let named = Some(form.profile.trim()).filter(|id| !id.is_empty()).and_then(profile::find);
    named.unwrap_or_else(|| {
        let has_cost = form.indicators.iter().any(|row| class_name(&row.level1) == "成本指标");
        Cow::Borrowed(profile::default_for(has_cost))
    })
}

/// Canonical name of a level-1 class, or the trimmed text itself where it is unknown.
pub fn class_name(level1: &str) -> &str {
    taxonomy::level1(level1).map_or(level1.trim(), |class| class.name)
}

fn row_score(row: &Indicator) -> RowScore {
    let parsed = rule::parsed(&row.rule);
    let points = row.explicit_points().or(parsed.points);
    RowScore { parsed, points }
}

fn class_scores(form: &Form, rows: &[RowScore], profile: &Profile) -> Vec<ClassScore> {
    let empty = |name: &str| ClassScore {
        name: name.to_owned(),
        points: Decimal::ZERO,
        expected: profile.expected(name),
        rows: Vec::new(),
    };
    let wanted = profile.shares.iter().flat_map(|share| share.classes.iter());
    let mut classes: Vec<ClassScore> = wanted.map(|name| empty(name)).collect();
    for (at, row) in form.indicators.iter().enumerate() {
        let name = class_name(&row.level1);
        let index = classes.iter().position(|class| class.name == name).unwrap_or_else(|| {
            classes.push(empty(name));
            classes.len() - 1
        });
        classes[index].points += rows[at].points.unwrap_or_default();
        classes[index].rows.push(at);
    }
    classes
}

/// What a form achieved.
#[derive(Debug, Clone, PartialEq)]
pub struct Achieved {
    /// One entry a row; `None` while no actual value is in.
    pub rows: Vec<Option<rule::Score>>,
    /// The budget's part, once its figures are in.
    pub execution: Option<Execution>,
    /// Sum of what can be calculated, points.
    pub total: Decimal,
    /// Rows that could not be scored yet.
    pub open: usize,
    /// Whether every row and the budget could be scored.
    pub complete: bool,
    sum: Decimal,
}

/// 预算执行率 and its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// Executed ÷ adjusted budget, percent with two decimals.
    pub rate: Decimal,
    /// Rate × the profile's points, capped.
    pub score: Decimal,
}

/// The grades and the points each begins at, best first.
pub const GRADES: &[(&str, i64)] = &[("优", 90), ("良", 80), ("中", 60), ("差", 0)];

impl Achieved {
    /// Scores the actual values of a form.
    pub fn of(form: &Form, scores: &Scores) -> Self {
        let options = options_of(form);
        let row = |at: usize| row_achieved(form, scores, at, &form.indicators[at].actual, &options);
        let rows: Vec<Option<rule::Score>> = (0..form.indicators.len()).map(row).collect();
        let sum = rows.iter().filter_map(points_of).sum();
        let open = rows.iter().filter(|score| points_of(score).is_none()).count();
        let mut achieved = Self { rows, execution: None, total: Decimal::ZERO, open, complete: false, sum };
        achieved.add_up(form, scores);
        achieved
    }

    /// Follows texts that were set at these spots.
    pub fn follow_texts(&mut self, spots: &[Spot], form: &Form, scores: &Scores) {
        const OF_ALL: [Field; 3] = [Field::Year, Field::PartialSteps, Field::ReverseFormula];
        if spots.iter().any(|spot| spot.row.is_none() && OF_ALL.contains(&spot.field)) {
            *self = Self::of(form, scores);
            return;
        }
        let options = options_of(form);
        for at in spots.iter().filter_map(|spot| spot.row) {
            let Some(row) = form.indicators.get(at) else { continue };
            let now = row_achieved(form, scores, at, &row.actual, &options);
            let before = std::mem::replace(&mut self.rows[at], now);
            let (before, now) = (points_of(&before), points_of(&self.rows[at]));
            self.sum += now.unwrap_or_default() - before.unwrap_or_default();
            self.open = self.open + usize::from(now.is_none()) - usize::from(before.is_none());
        }
        self.add_up(form, scores);
    }

    fn add_up(&mut self, form: &Form, scores: &Scores) {
        self.execution = execution_of(form, &scores.profile);
        let budget_done = self.execution.is_some() || scores.profile.execution.is_zero();
        self.complete = budget_done && !self.rows.is_empty() && self.open == 0;
        self.total = self.sum + self.execution.as_ref().map_or(Decimal::ZERO, |execution| execution.score);
    }

    /// 优 良 中 差, once everything could be scored.
    pub fn grade(&self) -> Option<&'static str> {
        let reached = |&&(_, from): &&(&str, i64)| self.total >= Decimal::from(from);
        GRADES.iter().find(reached).map(|&(grade, _)| grade).filter(|_| self.complete)
    }
}

fn points_of(score: &Option<rule::Score>) -> Option<Decimal> {
    score.as_ref().and_then(|score| score.points)
}

/// The score of one row at an actual value that need not be the stored one (what-if); `None`
/// where neither an actual value nor a score by hand is there, or the row has no points.
pub fn row_achieved(
    form: &Form,
    scores: &Scores,
    at: usize,
    actual: &str,
    options: &rule::Options,
) -> Option<rule::Score> {
    let row = form.indicators.get(at)?;
    if actual.trim().is_empty() && row.manual_score.trim().is_empty() {
        return None;
    }
    let score = scores.rows.get(at)?;
    let case = rule::Case {
        operator: row.operator(),
        value: &row.value,
        unit: &row.unit,
        year: form.year_number(),
        points: score.points?,
        actual,
        manual: &row.manual_score,
    };
    Some(rule::evaluate(&score.parsed.rule, &case, options))
}

/// Whether a score must be explained (偏差原因): below full points, or the target exceeded by three
/// tenths and more.
pub fn needs_reason(score: &rule::Score, full: Option<Decimal>) -> bool {
    let below = score.points.zip(full).is_some_and(|(points, full)| points < full);
    below || score.flags.contains(&rule::Flag::Overshoot)
}

/// How the form wants open questions of calculation decided.
pub fn options_of(form: &Form) -> rule::Options {
    let reverse = match form.options.reverse_formula.trim() {
        "ratio" => rule::Reverse::Ratio,
        _ => rule::Reverse::OneMinus,
    };
    rule::Options { started_steps: form.options.partial_steps.trim() == "started", reverse }
}

/// 执行率 = 全年执行数 ÷ 全年预算数; `None` while a figure is missing or the budget is zero.
pub fn execution_of(form: &Form, profile: &Profile) -> Option<Execution> {
    let adjusted = number::parse(&form.budget.adjusted).ok().filter(|budget| *budget > Decimal::ZERO)?;
    let executed = number::parse(&form.budget.executed).ok()?.max(Decimal::ZERO);
    let rate = executed.checked_div(adjusted)?;
    let score = number::round_points(rate.min(Decimal::ONE) * profile.execution);
    Some(Execution { rate: number::round_points(rate.checked_mul(Decimal::ONE_HUNDRED)?), score })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let row = |level1: &str, rule: &str, points: &str| Indicator {
            level1: level1.into(),
            rule: rule.into(),
            points: points.into(),
            operator: "=".into(),
            value: "4".into(),
            ..Indicator::default()
        };
        Form::default().with_rows(vec![
            row("产出", "达到计划值得2分，否则按实际值/计划值*分值计分", ""),
            row("产出指标", "", "3"),
            row("成本指标", "", ""),
        ])
    }

    #[test]
    fn points_add_up_by_class_and_are_held_to_the_profile() {
        let scores = Scores::of(&form());
        assert_eq!(scores.profile.id, "2021-with-cost");
        assert_eq!(scores.total, Decimal::from(5));
        let output = scores.class("产出").expect("is there");
        assert_eq!((output.points, output.expected), (Decimal::from(5), Some(Decimal::from(40))));
        assert_eq!(output.rows, [0, 1]);
        assert_eq!(scores.class("效益指标").map(|class| class.rows.len()), Some(0));
    }

    #[test]
    fn long_runs_are_summed_by_blocks() {
        let rows =
            (0..3 * BLOCK + 7).map(|at| Indicator { points: (at % 5).to_string(), ..Indicator::default() });
        let mut form = Form::default().with_rows(rows);
        let mut scores = Scores::of(&form);
        let spot = Spot::row(BLOCK + 1, Field::Points);
        Edit::set(spot, "77").apply(&mut form).expect("fits");
        scores.follow_texts(&[spot], &form);
        for from in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 2, 2 * BLOCK, 3 * BLOCK + 7] {
            for to in (from..=3 * BLOCK + 7).step_by(17) {
                assert_eq!(scores.sum(from..to), sum(&scores.rows[from..to]), "{from}..{to}");
            }
        }
    }

    #[test]
    fn execution_is_capped_and_never_divides_by_zero() {
        let mut form = form();
        assert_eq!(execution_of(&form, profile::default_for(true)), None);
        form.budget.adjusted = "0".into();
        form.budget.executed = "5".into();
        assert_eq!(execution_of(&form, profile::default_for(true)), None);
        form.budget.adjusted = "526.1".into();
        form.budget.executed = "500".into();
        let execution = execution_of(&form, profile::default_for(true)).expect("is there");
        assert_eq!((execution.rate, execution.score), (Decimal::new(9504, 2), Decimal::new(950, 2)));
        form.budget.executed = "600".into();
        let execution = execution_of(&form, profile::default_for(true)).expect("is there");
        assert_eq!(execution.score, Decimal::TEN);
    }
}
