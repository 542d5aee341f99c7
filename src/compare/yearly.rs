//! Last year beside this year, row by row: what was promised and achieved, and whether the new
//! target asks for more.

use rust_decimal::Decimal;

use super::partners;
use crate::form::target::Target;
use crate::form::{Form, Indicator};
use crate::score::{Achieved, Scores};
use crate::text::compact;
use crate::vocabulary::{date, number, operator::Operator};

/// What became of a target since last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Movement {
    /// It asks for less than last year's target.
    Looser,
    /// It asks for less than what was achieved last year.
    BelowActual,
    /// It asks for the same.
    Same,
    /// It asks for more.
    Tighter,
    /// It cannot be compared: words, another sign or another unit.
    Unclear,
}

impl Movement {
    /// In words, for a clerk.
    pub fn label(self) -> &'static str {
        match self {
            Self::Looser => "比去年低",
            Self::BelowActual => "低于去年完成",
            Self::Same => "和去年一样",
            Self::Tighter => "比去年高",
            Self::Unclear => "不好比",
        }
    }

    /// Whether a reviewer will ask why.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Looser | Self::BelowActual | Self::Same)
    }
}

/// What a row was last year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yearly {
    /// The target as it was printed: sign, value, unit.
    pub target: String,
    /// The actual value with its unit; empty where none was filled in.
    pub actual: String,
    /// The points it got, where they can be calculated.
    pub score: Option<Decimal>,
    /// The points it could get.
    pub points: Option<Decimal>,
    /// What became of the target.
    pub movement: Movement,
}

/// For each row what it was last year; `None` for a new row.
pub fn yearly(last: &Form, now: &Form) -> Vec<Option<Yearly>> {
    let scores = Scores::of(last, None);
    let achieved = Achieved::of(last, &scores);
    let of = |(row, partner): (&Indicator, Option<usize>)| {
        let at = partner?;
        let old = &last.indicators[at];
        let with_unit = |text: &str| match text.trim() {
            "" => String::new(),
            text => format!("{text}{}", old.unit.trim()),
        };
        Some(Yearly {
            target: shown_target(old),
            actual: with_unit(&old.actual),
            score: achieved.rows.get(at)?.as_ref().and_then(|score| score.points),
            points: scores.rows.get(at)?.points,
            movement: movement(old, row),
        })
    };
    now.indicators.iter().zip(partners(last, now)).map(of).collect()
}

/// A row's target as it is printed.
pub fn shown_target(row: &Indicator) -> String {
    let sign = match row.operator() {
        Some(Operator::Qualitative) => "",
        Some(operator) => operator.sign(),
        None => row.operator.trim(),
    };
    format!("{sign}{}{}", row.value.trim(), row.unit.trim())
}

fn movement(old: &Indicator, new: &Indicator) -> Movement {
    if compact(&old.unit) != compact(&new.unit) {
        return Movement::Unclear;
    }
    match (old.target(), new.target()) {
        (Ok(Target::Number(sign, was)), Ok(Target::Number(other, is)))
            if direction(sign) == direction(other) =>
        {
            let best = number::parse(&old.actual).ok();
            of_numbers(direction(sign), was, is, best)
        }
        (Ok(Target::Deadline(was)), Ok(Target::Deadline(is))) => {
            // The same day of the next year is the same promise.
            of_order((is.month(), is.day()).cmp(&(was.month(), was.day())).reverse())
        }
        (Ok(Target::Qualitative(was)), Ok(Target::Qualitative(is))) if compact(&was) == compact(&is) => {
            Movement::Same
        }
        _ => deadline_under_a_sign(old, new).unwrap_or(Movement::Unclear),
    }
}

/// Where more is better, less is better, or only the value itself is good.
fn direction(operator: Operator) -> std::cmp::Ordering {
    match operator {
        Operator::Ge | Operator::Gt => std::cmp::Ordering::Greater,
        Operator::Le | Operator::Lt => std::cmp::Ordering::Less,
        Operator::Eq | Operator::Qualitative => std::cmp::Ordering::Equal,
    }
}

fn of_numbers(direction: std::cmp::Ordering, was: Decimal, is: Decimal, actual: Option<Decimal>) -> Movement {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let ask = match direction {
        Less => is.cmp(&was).reverse(),
        // An exact number that grows asks for more.
        Equal | Greater => is.cmp(&was),
    };
    let short_of_actual = |actual: Decimal| match direction {
        Greater => is < actual,
        Less => is > actual,
        Equal => false,
    };
    match of_order(ask) {
        Movement::Tighter | Movement::Same if actual.is_some_and(short_of_actual) => Movement::BelowActual,
        movement => movement,
    }
}

fn of_order(ask: std::cmp::Ordering) -> Movement {
    match ask {
        std::cmp::Ordering::Less => Movement::Looser,
        std::cmp::Ordering::Equal => Movement::Same,
        std::cmp::Ordering::Greater => Movement::Tighter,
    }
}

/// Dates that stand under a sign, which a lint objects to, are compared all the same.
fn deadline_under_a_sign(old: &Indicator, new: &Indicator) -> Option<Movement> {
    let day = |row: &Indicator| date::deadline(&row.value, None).map(|date| (date.month(), date.day()));
    Some(of_order(day(new)?.cmp(&day(old)?).reverse()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(operator: &str, value: &str, unit: &str, actual: &str) -> Indicator {
        Indicator {
            name: "巡查次数".into(),
            operator: operator.into(),
            value: value.into(),
            unit: unit.into(),
            actual: actual.into(),
            ..Indicator::default()
        }
    }

    #[test]
    fn a_target_asks_for_more_the_same_or_less() {
        let cases = [
            (("≥", "48", ""), ("≥", "50"), Movement::Tighter),
            (("≥", "48", ""), ("≥", "48.0"), Movement::Same),
            (("≥", "48", ""), ("≥", "40"), Movement::Looser),
            (("≥", "48", "52"), ("≥", "50"), Movement::BelowActual),
            (("≥", "48", "52"), ("≥", "52"), Movement::Tighter),
            (("≤", "5", ""), ("≤", "4"), Movement::Tighter),
            (("≤", "5", "3"), ("≤", "5"), Movement::BelowActual),
            (("≤", "5", ""), ("≤", "8"), Movement::Looser),
            (("=", "4", "5"), ("=", "4"), Movement::Same),
            (("=", "4", ""), ("≥", "4"), Movement::Unclear),
            (("定性", "2025年12月31日前", ""), ("定性", "2026年12月31日前"), Movement::Same),
            (("定性", "2025年12月31日前", ""), ("定性", "2026年11月30日前"), Movement::Tighter),
            (("定性", "效果明显", ""), ("定性", "效果明显"), Movement::Same),
            (("定性", "效果明显", ""), ("定性", "效果良好"), Movement::Unclear),
        ];
        for ((sign, value, actual), (new_sign, new_value), expected) in cases {
            let (old, new) = (row(sign, value, "次", actual), row(new_sign, new_value, "次", ""));
            assert_eq!(movement(&old, &new), expected, "{sign}{value} {actual} {new_sign}{new_value}");
        }
        let (old, new) = (row("≥", "48", "次", ""), row("≥", "48", "场次", ""));
        assert_eq!(movement(&old, &new), Movement::Unclear);
    }

    #[test]
    fn rows_are_found_again_by_name_and_new_ones_have_no_past() {
        let last = Form::default().with_rows(vec![row("≥", "48", "次", "52")]);
        let other = Indicator { name: "新增的事".into(), ..row("≥", "1", "项", "") };
        let now = Form::default().with_rows(vec![other, row("≥", "60", "次", "")]);
        let yearly = yearly(&last, &now);
        assert_eq!(yearly[0], None);
        let found = yearly[1].as_ref().expect("was there");
        assert_eq!((found.target.as_str(), found.actual.as_str()), ("≥48次", "52次"));
        assert_eq!(found.movement, Movement::Tighter);
    }
}
