//! Deductions by steps, and deadlines.

use rust_decimal::Decimal;

use super::{Judge, bound_of, is_ratio};
use crate::rule::assemble::{Branch, Condition, Outcome};
use crate::rule::clause::Every;
use crate::rule::condition::{LATE, TIME};
use crate::rule::interval::Edge;
use crate::rule::number::Quantity;
use crate::rule::{Direction, Item, Rule};

impl Judge<'_> {
    pub(super) fn step(&self, listed: Option<&Vec<Item>>) -> Option<Rule> {
        let (branch, every, deduct) = self.branches().find_map(|branch| match branch.then {
            Outcome::Deduct(worth) => stepped(&branch.when).map(|every| (branch, every, worth)),
            _ => None,
        })?;
        if let Some(items) = listed {
            return Some(Rule::Checklist { items: items.clone(), deduct: Some(deduct) });
        }
        let started = self.reading.partial;
        let timed = TIME.contains(&every.unit.as_ref());
        let date = self.branches().find_map(|branch| branch.when.date).or(self.reading.date);
        let by_time = || self.branches().any(|branch| speaks_of_time(&branch.when));
        let limit = self.limit(branch, &every);
        // a duration that is too long is no delay: 不超过7天，每超1天
        let duration = limit.as_ref().is_some_and(|(quantity, _)| TIME.contains(&quantity.unit.as_ref()));
        let overdue = every.direction == Some(Direction::Up) && limit.is_none();
        if timed && (every.late || !duration && (overdue || date.is_some() || by_time())) {
            let (step, step_unit) = (every.step, every.unit.into_owned());
            return Some(Rule::Deadline { date: date.flatten(), step, step_unit, deduct, started });
        }
        let direction = every.direction.unwrap_or_else(|| match &limit {
            Some((_, true)) => Direction::Down,
            Some((_, false)) => Direction::Up,
            None => leaning(&branch.when.words),
        });
        let limit_unit = limit.as_ref().map(|(quantity, _)| quantity.unit.clone().into_owned());
        let same =
            |unit: &String| *unit == every.unit || (unit == "%" && is_ratio(&every.unit)) || unit.is_empty();
        Some(Rule::StepDeduction {
            direction,
            step: every.step,
            step_unit: every.unit.clone().into_owned(),
            deduct,
            limit: limit.map(|(quantity, _)| quantity.number),
            limit_unit: limit_unit.filter(|unit| !same(unit)),
            zero_below: self.zero_below(),
            started,
        })
    }

    /// The value inside which nothing is lost, and whether it is a lower bound.
    fn limit(&self, stepped: &Branch, every: &Every) -> Option<(Quantity, bool)> {
        let own = stepped.when.intervals.last().cloned();
        let intervals = self.awards().filter_map(|(when, _)| bound_of(when)).chain(own);
        let mut limits = intervals.filter_map(|interval| {
            let quantity = |edge: Edge| Quantity { number: edge.value, unit: interval.unit.clone() };
            match (interval.from, interval.to, every.direction) {
                (Some(from), Some(to), _) if from.value == to.value => {
                    Some((quantity(from), every.direction != Some(Direction::Up)))
                }
                (_, Some(to), Some(Direction::Up)) => Some((quantity(to), false)),
                (Some(from), _, Some(Direction::Down)) => Some((quantity(from), true)),
                (Some(edge), _, _) | (_, Some(edge), _) if every.direction == Some(Direction::Down) => {
                    Some((quantity(edge), true))
                }
                (Some(from), None, _) => Some((quantity(from), true)),
                (None, Some(to), _) => Some((quantity(to), false)),
                _ => None,
            }
        });
        limits.next()
    }
}

fn speaks_of_time(when: &Condition) -> bool {
    const WORDS: &[&str] = &["时间", "按时", "按期", "及时", "期限", "规定时", "进度"];
    WORDS.iter().any(|word| when.words.contains(word))
}

/// The step of a deduction: written with 每, or as one occurrence.
fn stepped(when: &Condition) -> Option<Every> {
    if let Some(every) = &when.every {
        return Some(every.clone());
    }
    let quantity = when.quantity.as_ref().filter(|quantity| quantity.number > Decimal::ZERO)?;
    let late = LATE.iter().any(|word| when.words.contains(word));
    let counted = !quantity.unit.is_empty() && quantity.unit != "分";
    let direction = match is_ratio(&quantity.unit) {
        true => leaning(&when.words),
        false => Direction::Each,
    };
    let every =
        Every { direction: Some(direction), step: quantity.number, unit: quantity.unit.clone(), late };
    (counted && when.intervals.is_empty()).then_some(every)
}

/// Which way a deviation goes that is written without a verb of its own.
fn leaning(words: &str) -> Direction {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let down = has(&["低", "不足", "未达", "未完成", "少", "降", "不到"]);
    let up = has(&["超", "高", "增", "多"]);
    match (up, down) {
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        _ => Direction::Each,
    }
}
