//! Last year beside this year, row by row: what was promised and achieved, and whether the new
//! target asks for more.

use rust_decimal::Decimal;

use super::partners;
use crate::form::target::Target;
use crate::form::{Form, Indicator, Row};
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
pub struct Was {
    /// The target as it was printed: sign, value, unit.
    pub target: String,
    /// The actual value with its unit; empty where none was filled in.
    pub actual: String,
    /// The points it got, where they can be calculated.
    pub score: Option<Decimal>,
    /// The points it could get.
    pub points: Option<Decimal>,
}

/// Last year's form with what became of its rows.
#[derive(Debug)]
pub struct LastYear {
    /// The form.
    pub form: Form,
    rows: Vec<Was>,
}

impl LastYear {
    /// Scores last year's form, once.
    pub fn new(form: Form) -> Self {
        let scores = Scores::of(&form);
        let achieved = Achieved::of(&form, &scores);
        let was = |(at, row): (usize, &Row)| Was {
            target: shown_target(row),
            actual: match row.actual.trim() {
                "" => String::new(),
                actual => format!("{actual}{}", row.unit.trim()),
            },
            score: achieved.rows.get(at).and_then(|score| score.as_ref()?.points),
            points: scores.rows.get(at).and_then(|row| row.points),
        };
        let rows = form.indicators.iter().enumerate().map(was).collect();
        Self { form, rows }
    }

    /// For each row of this year's form its row of last year and what became of the target; `None`
    /// for a new row.
    pub fn beside(&self, now: &Form) -> Vec<Option<(usize, Movement)>> {
        let of =
            |(row, at): (&Row, Option<usize>)| at.map(|at| (at, movement(&self.form.indicators[at], row)));
        now.indicators.iter().zip(partners(&self.form, now)).map(of).collect()
    }

    /// What a row of last year's form was.
    pub fn was(&self, at: usize) -> Option<&Was> {
        self.rows.get(at)
    }
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
        let last = LastYear::new(last);
        assert_eq!(last.beside(&now), [None, Some((0, Movement::Tighter))]);
        let was = last.was(0).expect("was there");
        assert_eq!((was.target.as_str(), was.actual.as_str()), ("≥48次", "52次"));
    }
}
