//! What an actual value scores under a rule, with a trail that a person can check.
//!
//! Points are capped at the full points and never below zero; two decimals, half up, at the end.
//! Only whole steps of a deduction count unless the sentence or the options say otherwise. A
//! target of zero is reached by zero and divides nothing. In deadlines the words 完成, 已完成 and
//! 按期 mean on time; 未完成 scores nothing.

mod grade;
mod ratio;
mod step;
#[cfg(test)]
mod vectors;

use rust_decimal::Decimal;

use super::{Rule, value};
use crate::vocabulary::number::{plain, round_points};
use crate::vocabulary::operator::Operator;

/// The row that is scored, each cell as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// How actual and target are compared.
    pub operator: Option<Operator>,
    /// The target.
    pub value: &'a str,
    /// The unit of the row.
    pub unit: &'a str,
    /// The budget year, for dates without one.
    pub year: Option<i16>,
    /// The full points of the row.
    pub points: Decimal,
    /// The actual value.
    pub actual: &'a str,
    /// A score entered by hand; may be empty.
    pub manual: &'a str,
}

/// What the form decides for all its rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Started steps count like whole ones.
    pub started_steps: bool,
    /// How rows score where less is better and the sentence has no formula of its own.
    pub reverse: Reverse,
}

/// The formula of reverse rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reverse {
    /// (1 − (actual − target) ÷ target) × points, as in 预算管理一体化.
    #[default]
    OneMinus,
    /// target ÷ actual × points.
    Ratio,
}

/// The points of a row and how they came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The points; `None` where they cannot be calculated, the trail says why.
    pub points: Option<Decimal>,
    /// The calculation in Chinese, one step a line.
    pub trail: Vec<String>,
    /// What a reviewer should look at.
    pub flags: Vec<Flag>,
}

/// Something about a score that a reviewer should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flag {
    /// The actual value is at least 1.3 times the target under `=`.
    Overshoot,
    /// The actual value is negative and was counted as zero.
    NegativeActual,
    /// The score entered by hand is outside its range.
    OutOfRange,
    /// A score has to be entered by hand.
    ManualNeeded,
}

/// Scores a row.
pub fn evaluate(rule: &Rule, case: &Case, options: &Options) -> Score {
    let full = case.points.max(Decimal::ZERO);
    let mut sheet = Sheet { case, options, full, trail: Vec::new(), flags: Vec::new() };
    let points = sheet.score(rule);
    let points = points.map(|points| round_points(points).clamp(Decimal::ZERO, full));
    Score { points, trail: sheet.trail, flags: sheet.flags }
}

/// The sheet of paper on which a row is calculated.
struct Sheet<'a> {
    case: &'a Case<'a>,
    options: &'a Options,
    full: Decimal,
    trail: Vec<String>,
    flags: Vec<Flag>,
}

impl Sheet<'_> {
    fn score(&mut self, rule: &Rule) -> Option<Decimal> {
        let by_hand = matches!(rule, Rule::Discretionary | Rule::GradedRanges { .. } | Rule::Unknown);
        let typed = !self.case.manual.trim().is_empty();
        if by_hand && typed {
            return self.manual(rule);
        }
        if self.case.actual.trim().is_empty() {
            return match typed {
                true => self.manual(rule),
                false => self.open("没有填写实际完成值".into(), by_hand),
            };
        }
        let calculated = self.calculated(rule);
        match calculated {
            None if typed => self.manual(rule),
            None => {
                self.flags.push(Flag::ManualNeeded);
                None
            }
            points => points,
        }
    }

    fn calculated(&mut self, rule: &Rule) -> Option<Decimal> {
        match rule {
            Rule::Proportional { full_at, zero_below } => self.proportional(full_at.as_ref(), *zero_below),
            Rule::Threshold { threshold, unit, zero_below } => self.threshold(*threshold, unit, *zero_below),
            Rule::StepDeduction { .. } => self.steps(rule),
            Rule::Deadline { date, step, step_unit, deduct, started } => self.deadline(
                *date,
                &step::Stride { size: *step, unit: step_unit, deduct: *deduct, started: *started },
            ),
            Rule::Graded { grades } => self.graded(grades),
            Rule::Bands { unit, bands } => self.banded(unit, bands),
            Rule::Direct { veto } => self.direct(*veto),
            Rule::Checklist { items, deduct } => self.checklist(items, *deduct),
            Rule::Discretionary => self.discretionary(),
            Rule::GradedRanges { .. } => self.open("按档次评分，需要人工打分".into(), false),
            Rule::Unknown => self.open("没有看懂评分办法，需要人工打分".into(), false),
        }
    }

    /// Says why there is no score.
    fn open(&mut self, why: String, manual: bool) -> Option<Decimal> {
        self.trail.push(why);
        if manual {
            self.flags.push(Flag::ManualNeeded);
        }
        None
    }

    fn say(&mut self, line: String) {
        self.trail.push(line);
    }

    fn everything(&mut self, why: &str) -> Option<Decimal> {
        self.say(format!("{why}，得满分 {}", plain(self.full)));
        Some(self.full)
    }

    fn nothing(&mut self, why: &str) -> Option<Decimal> {
        self.say(format!("{why}，得 0"));
        Some(Decimal::ZERO)
    }

    /// The score entered by hand, if it is one and in its range.
    fn manual(&mut self, rule: &Rule) -> Option<Decimal> {
        let entered = crate::vocabulary::number::parse(self.case.manual.trim().trim_end_matches('分'));
        let Ok(entered) = entered else {
            return self.open(format!("人工评分“{}”不是数字", self.case.manual.trim()), true);
        };
        if !self.is_allowed(rule, entered) {
            self.flags.push(Flag::OutOfRange);
            self.say(format!("人工评分 {} 不在允许的范围内（满分 {}）", plain(entered), plain(self.full)));
            return None;
        }
        self.say(format!("人工评分 {}", plain(entered)));
        Some(entered)
    }

    fn is_allowed(&self, rule: &Rule, entered: Decimal) -> bool {
        let share = entered.saturating_mul(Decimal::ONE_HUNDRED).checked_div(self.full);
        let in_some = match (rule, share) {
            (Rule::GradedRanges { ranges }, Some(share)) => ranges.iter().any(|range| {
                let low = share > range.from || (range.from_inclusive && share == range.from);
                let high = share < range.to || (range.to_inclusive && share == range.to);
                low && high
            }),
            _ => true,
        };
        in_some && entered >= Decimal::ZERO && entered <= self.full
    }

    /// The actual value as a number, never negative.
    fn actual(&mut self) -> Option<Decimal> {
        let actual = value::number_in(self.case.actual, self.case.unit)?;
        if actual < Decimal::ZERO {
            self.flags.push(Flag::NegativeActual);
            self.say(format!("实际值 {} 为负数，按 0 计算", plain(actual)));
        }
        Some(actual.max(Decimal::ZERO))
    }

    fn target(&self) -> Option<Decimal> {
        value::number_in(self.case.value, self.case.unit)
    }

    fn is_reverse(&self) -> bool {
        self.case.operator.is_some_and(Operator::is_reverse)
    }

    fn reached(&self, actual: Decimal, target: Decimal) -> bool {
        match self.case.operator {
            Some(Operator::Le) => actual <= target,
            Some(Operator::Lt) => actual < target,
            Some(Operator::Gt) => actual > target,
            Some(Operator::Ge) => actual >= target,
            _ if target.is_zero() => actual <= Decimal::ZERO,
            _ => actual >= target,
        }
    }

    /// Under `=` more is not punished, but much more is a sign of a bad target.
    fn flag_overshoot(&mut self, actual: Decimal, target: Decimal) {
        let exact = matches!(self.case.operator, Some(Operator::Eq));
        if exact && target > Decimal::ZERO && actual >= target.saturating_mul(Decimal::new(13, 1)) {
            self.flags.push(Flag::Overshoot);
            self.say(format!("实际 {} 超过目标 {} 的 130%", plain(actual), plain(target)));
        }
    }

    /// The actual value held against a bound in `unit`: as it is, or as a rate of the target where
    /// the bound is a percentage and the row is not.
    fn held_against(&mut self, unit: &str) -> Option<Decimal> {
        let actual = self.actual()?;
        if !value::is_ratio(unit) || value::is_ratio(self.case.unit) {
            return Some(actual);
        }
        let Some(target) = self.target().filter(|target| *target > Decimal::ZERO) else {
            return value::is_ratio(trailing(self.case.actual)).then_some(actual);
        };
        let rate = actual.saturating_mul(Decimal::ONE_HUNDRED).checked_div(target)?;
        self.say(format!(
            "完成率 = 实际 {} ÷ 目标 {} = {}%",
            plain(actual),
            plain(target),
            plain(round_points(rate))
        ));
        Some(rate)
    }
}

fn trailing(typed: &str) -> &str {
    if typed.trim_end().ends_with(['%', '％']) { "%" } else { "" }
}

/// a × b ÷ c, exactly where it can be.
fn times_over(a: Decimal, b: Decimal, c: Decimal) -> Option<Decimal> {
    match a.checked_mul(b) {
        Some(product) => product.checked_div(c),
        None => a.checked_div(c)?.checked_mul(b),
    }
}
