//! From branches to a rule: what they amount to together.

mod band;
mod list;
mod note;
mod step;

use rust_decimal::Decimal;

use super::assemble::{Branch, Condition, Outcome, Reading};
use super::formula::Formula;
use super::interval::{Edge, Interval};
use super::normal::Normal;
use super::number::Quantity;
use super::{Amount, Parsed, Rule, Worth};

/// Everything that a sentence is understood to say.
pub(super) fn parsed(reading: &Reading, normal: &Normal, sentence: &str) -> Parsed {
    let judge = Judge { reading, normal, sentence };
    let rule = judge.rule();
    let (points, mut notes) = judge.points(&rule);
    let rule = settle(rule, points);
    let parts = judge.parts();
    notes.extend(judge.open_ends(&rule));
    notes.extend(judge.rests(&parts, &rule));
    Parsed { rule, points, parts, notes }
}

struct Judge<'a> {
    reading: &'a Reading,
    normal: &'a Normal,
    sentence: &'a str,
}

impl Judge<'_> {
    fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.reading.branches.iter()
    }

    fn awards(&self) -> impl Iterator<Item = (&Condition, Worth)> {
        self.branches().filter_map(|branch| match &branch.then {
            Outcome::Award { worth, .. } => Some((&branch.when, *worth)),
            _ => None,
        })
    }

    fn zeros(&self) -> impl Iterator<Item = &Condition> {
        self.branches().filter(|branch| matches!(branch.then, Outcome::Zero)).map(|branch| &branch.when)
    }

    fn formula(&self) -> Option<(&Condition, &Formula)> {
        self.branches().find_map(|branch| match &branch.then {
            Outcome::Formula(formula) => Some((&branch.when, formula)),
            _ => None,
        })
    }

    fn has(&self, wanted: fn(&Outcome) -> bool) -> bool {
        self.branches().any(|branch| wanted(&branch.then))
    }

    fn rule(&self) -> Rule {
        let stated = self.awards().count();
        let listed = self.checklist();
        let numbered = self.awards().any(|(_, worth)| worth.points().is_some());
        let losses = numbered
            && stated == 1
            && self.zeros().next().is_some()
            && self.has(|then| matches!(then, Outcome::Deduct(_)));
        let rule = self
            .graded_ranges()
            .or_else(|| self.step(listed.as_ref()))
            .or_else(|| self.bands())
            .or_else(|| self.formula_rule())
            .or_else(|| (stated > 1 || listed.is_some() || losses).then(|| self.named(listed)).flatten())
            .or_else(|| self.penalty());
        if let Some(rule) = rule {
            return rule;
        }
        let vague = self.has(|then| matches!(then, Outcome::Vague)) && stated > 0;
        let discretion = vague || self.has(|then| matches!(then, Outcome::Discretion)) || self.reading.ladder;
        if discretion {
            return Rule::Discretionary;
        }
        self.direct().unwrap_or(Rule::Unknown)
    }

    fn zero_below(&self) -> Option<Decimal> {
        let below = |when: &Condition| {
            let interval = when.intervals.iter().find(|interval| interval.from.is_none())?;
            interval.to.map(|edge| edge.value)
        };
        self.zeros().find_map(below)
    }

    fn formula_rule(&self) -> Option<Rule> {
        let (when, formula) = self.formula()?;
        let zero_below = self.zero_below();
        let full = self.awards().map(|(when, _)| when).find_map(|when| {
            when.intervals.iter().find_map(|interval| interval.from.map(|edge| quantity_of(interval, edge)))
        });
        let exact = self
            .awards()
            .filter(|(when, _)| when.intervals.is_empty())
            .find_map(|(when, _)| when.quantity.clone().filter(|quantity| !quantity.unit.is_empty()));
        let below = when.intervals.iter().find_map(|interval| {
            interval.to.filter(|_| interval.from.is_none()).map(|edge| quantity_of(interval, edge))
        });
        let planned = full.is_none() && exact.as_ref().is_some_and(|amount| !is_ratio(&amount.unit));
        let threshold = full
            .or(exact)
            .or_else(|| formula.threshold.clone())
            .or(below)
            .filter(|threshold| threshold.number > Decimal::ZERO);
        // 100%, or an amount without a comparison (完成12处), is the plan, unless it is divided by
        let hundred = |amount: &Quantity| amount.unit == "%" && amount.number == Decimal::ONE_HUNDRED;
        Some(match threshold {
            Some(plan) if formula.threshold.is_none() && (planned || hundred(&plan)) => Rule::Proportional {
                full_at: Some(Amount { value: plan.number, unit: plan.unit.into_owned() }),
                zero_below,
            },
            Some(Quantity { number, unit }) => {
                Rule::Threshold { threshold: number, unit: unit.into_owned(), zero_below }
            }
            None => Rule::Proportional { full_at: None, zero_below },
        })
    }

    fn direct(&self) -> Option<Rule> {
        // 工作（8分） only names the points, it says nothing of when they are earned
        let conditional = self.branches().any(|branch| match branch.then {
            Outcome::Award { stated, .. } => stated && !branch.when.is_empty(),
            _ => false,
        });
        let nothing = self.zeros().next().is_some() || self.reading.veto;
        // 刊发1篇得1分，最高5分 adds up
        let total = self.reading.totals.first().map(|(total, _)| *total);
        let less = self
            .awards()
            .any(|(_, worth)| worth.points().is_some_and(|points| total.is_some_and(|total| points < total)));
        if less && !nothing {
            return None;
        }
        let veto = self.reading.veto || self.zeros().any(occurs);
        (conditional || nothing).then_some(Rule::Direct { veto })
    }

    /// The points that the sentence states for the whole row.
    fn stated(&self) -> Option<Decimal> {
        let full = self.branches().find_map(|branch| match branch.then {
            Outcome::Award { worth: Worth::Points(points), full: true, .. } => Some(points),
            _ => None,
        });
        self.reading.totals.first().map(|(points, _)| *points).or(full)
    }
}

fn is_ratio(unit: &str) -> bool {
    matches!(unit, "%" | "个百分点" | "‰" | "个千分点")
}

/// Whether a condition speaks of something that happens: 发现一例.
fn occurs(when: &Condition) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| when.words.contains(word));
    let once = when
        .quantity
        .as_ref()
        .is_some_and(|quantity| !is_ratio(&quantity.unit) && quantity.number == Decimal::ONE);
    once || (has(&["发现", "出现", "发生", "存在", "有一", "凡", "任何", "任一", "之一"])
        && !has(&["未发生", "未出现", "未发现", "无"]))
}

/// The interval that a condition sets, also by a quantity alone: 100%计满分.
fn bound_of(when: &Condition) -> Option<Interval> {
    if when.tail.chars().filter(|c| c.is_alphanumeric()).count() > 4 {
        return None;
    }
    if let [.., first, second] = when.intervals.as_slice()
        && let Some(both) = first.clone().join(second.clone())
    {
        return Some(both);
    }
    if let Some(interval) = when.intervals.last() {
        return Some(interval.clone());
    }
    let quantity = when.quantity.as_ref()?;
    let reached = ["达到", "达", "完成", "实现"].iter().any(|word| when.words.ends_with(word));
    let only = Interval::only(quantity);
    Some(if reached && !quantity.unit.is_empty() { Interval { to: None, ..only } } else { only })
}

fn quantity_of(interval: &Interval, edge: Edge) -> Quantity {
    Quantity { number: edge.value, unit: interval.unit.clone() }
}

/// 满分 and shares of it as numbers, where the points of the row are known.
fn settle(mut rule: Rule, points: Option<Decimal>) -> Rule {
    let Some(points) = points else { return rule };
    let number = |worth: &mut Worth| {
        if let Worth::Share(share) = *worth {
            *worth = Worth::Points((points * share / Decimal::ONE_HUNDRED).normalize());
        }
    };
    match &mut rule {
        Rule::Graded { grades } => grades.iter_mut().for_each(|grade| number(&mut grade.points)),
        Rule::Bands { bands, .. } => bands.iter_mut().for_each(|band| number(&mut band.points)),
        Rule::Checklist { items, deduct } => {
            items.iter_mut().for_each(|item| number(&mut item.points));
            deduct.iter_mut().for_each(number);
        }
        Rule::StepDeduction { deduct, .. } | Rule::Deadline { deduct, .. } => number(deduct),
        _ => {}
    }
    rule
}
