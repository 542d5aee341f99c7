//! What a row's scoring sentence comes to, whatever its words: for comparing rows with each other.

use rust_decimal::Decimal;

use super::prose::is_han;
use super::{RowView, sentence};
use crate::form::target::Target;
use crate::rule::{Amount, PartKind, Rule};
use crate::vocabulary::operator::Operator;

/// A way of earning points that rows can have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning<'a> {
    /// Full at the target, else in proportion.
    Proportional,
    /// Each step beyond the target costs points.
    Steps(Decimal, &'a str),
    /// Each step of delay costs points.
    Delay(Decimal, &'a str),
}

impl Meaning<'_> {
    /// For a message: 按比例得分.
    pub(super) fn label(self) -> String {
        match self {
            Self::Proportional => "按比例得分".into(),
            Self::Steps(step, unit) | Self::Delay(step, unit) => format!("每{}{unit}扣分", step.normalize()),
        }
    }
}

/// What the row's sentence comes to; `None` where it is a way of its own, contradicts the target, or
/// its points are in doubt.
pub(super) fn of<'a>(row: &RowView<'a>) -> Option<Meaning<'a>> {
    row.points.filter(|_| sentence::note(row.parsed, "points-conflict").is_none())?;
    match &row.parsed.rule {
        Rule::Proportional { full_at: None, zero_below: None } => Some(Meaning::Proportional),
        Rule::Proportional { full_at: Some(Amount { value: threshold, .. }), zero_below: None }
        | Rule::Threshold { threshold, zero_below: None, .. } => {
            let agrees = |target: Decimal| target == *threshold;
            let forward = matches!(row.target(), Ok(Target::Number(Operator::Eq | Operator::Ge, target)) if agrees(*target));
            forward.then_some(Meaning::Proportional)
        }
        Rule::StepDeduction { step, step_unit, zero_below: None, .. } => {
            Some(Meaning::Steps(*step, step_unit))
        }
        Rule::Deadline { step, step_unit, .. } => Some(Meaning::Delay(*step, step_unit)),
        _ => None,
    }
}

/// The words of the sentence without what is the row's own: its subject, numbers and dates, and
/// what is said beside the calculation.
pub(super) fn wording(row: &RowView<'_>) -> String {
    let mut words = String::with_capacity(row.row.rule.len());
    let parts = &row.parsed.parts;
    for (at, part) in parts.iter().enumerate() {
        let next = parts.get(at + 1).map(|next| next.kind);
        let text = row.row.rule.get(part.span.clone()).unwrap_or_default();
        match part.kind {
            PartKind::Condition if next == Some(PartKind::Range) || text == "的" => {}
            PartKind::Range | PartKind::Date => words.push('#'),
            PartKind::Rest | PartKind::Cap => {}
            _ => {
                words.extend(text.chars().filter(|c| is_han(*c) || c.is_alphabetic() || "×÷/*".contains(*c)))
            }
        }
        words.push('|');
    }
    words
}

/// Whether the row stands in words of its own by nature, as satisfaction does.
pub(super) fn is_of_its_own(level1: Option<&str>) -> bool {
    matches!(level1, None | Some("满意度指标"))
}

/// The sentence of `pattern` with the points of `row`.
pub(super) fn reworded(pattern: &RowView<'_>, row: &RowView<'_>) -> Option<String> {
    let points = row.points?;
    if pattern.parsed.points == Some(points) {
        return Some(pattern.row.rule.clone());
    }
    sentence::with_points(pattern, points)
}
