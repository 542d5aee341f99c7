//! Changes of a scoring sentence that keep its words: other points, another bound, an addition.
//! Each is read again before it is offered, so that no fix leaves a sentence that means something
//! else.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{RowView, prose};
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::rule::{self, Parsed, PartKind};
use crate::vocabulary::number::{self, plain};

/// Where a number stands in the sentence within parts of these kinds.
fn places(row: &RowView<'_>, kinds: &[PartKind], wanted: Decimal) -> Vec<Range<usize>> {
    let sentence = &row.row.rule;
    let parts = row.parsed.parts.iter().filter(|part| kinds.contains(&part.kind));
    let in_part = |part: &rule::Part| numbers(sentence, part.span.clone());
    let places = parts
        .flat_map(in_part)
        .filter(|place| number::parse(&sentence[place.clone()]).is_ok_and(|number| number == wanted));
    places.collect()
}

fn numbers(sentence: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let of_number = |c: char| matches!(crate::text::halfwidth_char(c), '0'..='9' | '.');
    let Some(text) = sentence.get(span.clone()) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(of_number).map(|first| at + first) {
        at = text[start..].find(|c| !of_number(c)).map_or(text.len(), |end| start + end);
        found.push(span.start + start..span.start + at);
    }
    found
}

/// The first place of a bound in the sentence.
pub(super) fn place_of_bound(row: &RowView<'_>, bound: Decimal) -> Option<Range<usize>> {
    places(row, &[PartKind::Range], bound).into_iter().next()
}

/// The sentence with other full points; `None` where it cannot be put in the same words.
pub(super) fn with_points(row: &RowView<'_>, points: Decimal) -> Option<String> {
    let old = row.parsed.points?;
    let followed_by_unit = |place: &Range<usize>| row.row.rule[place.end..].trim_start().starts_with('分');
    let places = places(row, &[PartKind::Points, PartKind::Formula], old);
    let places: Vec<_> = places.into_iter().filter(followed_by_unit).collect();
    let sentence = replaced(row, &places, &plain(points));
    let read = rule::parsed(&sentence);
    (read.points == Some(points) && faults(&read) <= faults(row.parsed)).then_some(sentence)
}

/// The sentence with another bound, where that is all that changes.
pub(super) fn with_bound(row: &RowView<'_>, old: Decimal, new: Decimal) -> Option<String> {
    let sentence = replaced(row, &places(row, &[PartKind::Range, PartKind::Formula], old), &plain(new));
    let read = rule::parsed(&sentence);
    (read.points == row.parsed.points && bound(&read.rule).is_some_and(|(bound, _)| bound == new))
        .then_some(sentence)
}

fn replaced(row: &RowView<'_>, places: &[Range<usize>], text: &str) -> String {
    let changes: Vec<_> = places.iter().map(|place| (place.clone(), text.to_owned())).collect();
    prose::spliced(&row.row.rule, &changes)
}

/// The value from which or up to which the points are full, with its unit.
pub(super) fn bound(rule: &rule::Rule) -> Option<(Decimal, &str)> {
    match rule {
        rule::Rule::Proportional { full_at: Some(plan), .. } => Some((plan.value, &plan.unit)),
        rule::Rule::Threshold { threshold, unit, .. } => Some((*threshold, unit)),
        rule::Rule::StepDeduction { limit: Some(limit), limit_unit, step_unit, .. } => {
            Some((*limit, limit_unit.as_ref().unwrap_or(step_unit)))
        }
        _ => None,
    }
}

/// The sentence with words put in behind the last part of a kind, where it stays the same rule
/// with the same points, `except` for what the words are meant to change.
pub(super) fn with_words(
    row: &RowView<'_>,
    behind: PartKind,
    words: &str,
    except: fn(&Parsed) -> bool,
) -> Option<String> {
    let place =
        row.parsed.parts.iter().filter(|part| part.kind == behind).map(|part| part.span.end).next()?;
    let sentence = prose::spliced(&row.row.rule, &[(place..place, words.to_owned())]);
    let read = rule::parsed(&sentence);
    let same = read.rule.kind() == row.parsed.rule.kind() && read.points == row.parsed.points;
    (same && except(&read)).then_some(sentence)
}

/// The row with other full points: in the sentence, else in the cell for points.
pub(super) fn with_row_points(row: &RowView<'_>, points: Decimal) -> Vec<Edit> {
    let explicit = !row.row.points.trim().is_empty();
    let sentence = with_points(row, points).filter(|_| row.parsed.points.is_some());
    let stated = row.parsed.points.is_some();
    match (sentence, explicit, stated) {
        (Some(sentence), false, _) => vec![row.set(Field::Rule, sentence)],
        (Some(sentence), true, _) => {
            vec![row.set(Field::Rule, sentence), row.set(Field::Points, plain(points))]
        }
        (None, _, false) => vec![row.set(Field::Points, plain(points))],
        (None, _, true) => Vec::new(),
    }
}

fn faults(parsed: &Parsed) -> usize {
    let grave =
        |note: &&rule::Note| matches!(note.code, "parts-do-not-add-up" | "points-conflict" | "no-points");
    parsed.notes.iter().filter(grave).count()
}

/// The message of the first note of a code, as a sentence, with its place.
pub(super) fn note(parsed: &Parsed, code: &str) -> Option<(String, Option<Range<usize>>)> {
    let note = parsed.notes.iter().find(|note| note.code == code)?;
    Some((note.message.clone(), note.span.clone()))
}
