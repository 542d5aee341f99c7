//! What surrounds the rule: the points of the row, the parts of the sentence, and what is left open.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Judge;
use super::band::band_faults;
use super::list::shares_out;
use crate::rule::assemble::Outcome;
use crate::rule::{Note, Part, PartKind, Rule, Worth};
use crate::vocabulary::number::plain;

impl Judge<'_> {
    pub(super) fn points(&self, rule: &Rule) -> (Option<Decimal>, Vec<Note>) {
        let mut notes = Vec::new();
        let awarded: Vec<Decimal> = self.awards().filter_map(|(_, worth)| worth.points()).collect();
        let open = self.awards().any(|(_, worth)| worth.points().is_none());
        let most = awarded.iter().copied().max().filter(|_| !open);
        let ranged = self.branches().filter_map(|branch| match branch.then {
            Outcome::AwardRange(_, high) => Some(high),
            _ => None,
        });
        let by_formula = self.branches().find_map(|branch| match &branch.then {
            Outcome::Formula(formula) => formula.points,
            _ => None,
        });
        // 酌情赋分，不超过4分
        let within =
            self.reading.intervals.iter().find(|interval| interval.unit == "分" && interval.from.is_none());
        let within = within.and_then(|interval| interval.to).map(|edge| edge.value);
        let within = within.filter(|_| *rule == Rule::Discretionary);
        let derived = match rule {
            Rule::Checklist { items, .. } => items.iter().map(|item| item.points.points()).sum(),
            // which of the two a row is, the sentence does not say
            _ if self.contrasts() => None,
            // 各1分 of an unknown number of things
            _ if self.awards().any(|(when, _)| shares_out(when)) => None,
            _ => most.max(ranged.max()).or(by_formula).or(within).or(self.headed()),
        };
        let stated = self.stated();
        let differing = self.reading.totals.iter().any(|(points, _)| Some(*points) != stated);
        let points = stated.or(derived).or(self.reading.cap_points);
        match (rule, stated, derived) {
            (Rule::Checklist { .. }, Some(stated), Some(sum)) if stated != sum => notes.push(note(
                "parts-do-not-add-up",
                format!("各项分值合计{}分，与满分{}分不一致", plain(sum), plain(stated)),
                None,
            )),
            (_, Some(stated), Some(derived))
                if derived > stated
                    || (most == Some(derived) && derived != stated && self.awards().count() == 1) =>
            {
                notes.push(note(
                    "points-conflict",
                    format!("句中分值前后不一致：{}分与{}分", plain(stated), plain(derived)),
                    None,
                ))
            }
            _ if differing => notes.push(note("points-conflict", "句中写了几个不同的总分".into(), None)),
            _ => {}
        }
        let certain = points
            .filter(|points| *points > Decimal::ZERO && *points <= Decimal::ONE_HUNDRED)
            .filter(|_| !differing);
        if certain.is_none() {
            notes.push(note("no-points", "句中没有写明本指标的分值".into(), None));
        }
        (certain, notes)
    }

    /// 合格率：10分，达标得满分: the bare number at the head is what 满分 means.
    fn headed(&self) -> Option<Decimal> {
        let mut awards = self.branches().filter_map(|branch| match branch.then {
            Outcome::Award { worth, stated, .. } => Some((&branch.when, worth, stated)),
            _ => None,
        });
        let (when, head, stated) = awards.next()?;
        let plain = !stated && when.first && when.intervals.is_empty() && !when.otherwise;
        let rest: Vec<Worth> = awards.map(|(_, worth, _)| worth).collect();
        let full = !rest.is_empty() && rest.iter().all(|worth| *worth == Worth::FULL);
        head.points().filter(|_| plain && full)
    }

    /// 每少一次扣1分；每错一处扣0.5分.
    fn has_several_rates(&self) -> bool {
        let mut rates = self.branches().filter_map(|branch| match branch.then {
            Outcome::Deduct(worth) => branch.when.every.as_ref().map(|every| (every, worth)),
            _ => None,
        });
        let first = rates.next();
        rates.any(|rate| {
            first.is_some_and(|(every, worth)| {
                (rate.1, rate.0.step, &rate.0.unit) != (worth, every.step, &every.unit)
            })
        })
    }

    pub(super) fn open_ends(&self, rule: &Rule) -> Vec<Note> {
        let mut notes = Vec::new();
        let (step, unit, started) = match rule {
            Rule::StepDeduction { step, step_unit, started, .. }
            | Rule::Deadline { step, step_unit, started, .. } => (*step, step_unit, *started),
            Rule::Bands { unit, bands } => {
                notes.extend(band_faults(unit, bands));
                return notes;
            }
            _ => return notes,
        };
        let span = self.span_of(PartKind::Step);
        if !self.reading.cap {
            notes.push(note(
                "no-cap",
                "没有写“扣完为止”，扣分可能超过本项分值".into(),
                self.span_of(PartKind::Deduction),
            ));
        }
        if self.has_several_rates() {
            let message = "句中有几种扣分标准，只按第一种计算，其余请人工核对";
            notes.push(note("several-rates", message.into(), self.span_of(PartKind::Deduction)));
        }
        if started.is_none() && step > Decimal::ONE {
            let size = format!("{}{unit}", plain(step));
            let (code, message) = match rule {
                Rule::Deadline { .. } => {
                    ("partial-steps-open", format!("不足{size}如何扣分没有写明，按整{size}计算"))
                }
                _ => ("free-zone", format!("不满{size}的部分不扣分，偏差接近{size}仍得满分")),
            };
            notes.push(note(code, message, span));
        }
        notes
    }

    fn span_of(&self, kind: PartKind) -> Option<Range<usize>> {
        let part = self.reading.parts.iter().find(|(part, _)| *part == kind);
        part.map(|(_, span)| self.normal.original(span))
    }

    /// Parts in the original sentence; the marks at their ends are not theirs.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (kind, span) in &self.reading.parts {
            let span = self.trimmed(self.normal.original(span));
            match parts.last_mut() {
                Some(last)
                    if last.kind == PartKind::Rest
                        && *kind == PartKind::Rest
                        && last.span.end == span.start =>
                {
                    last.span.end = span.end;
                }
                Some(last) if last.span.end > span.start => {}
                _ if span.is_empty() => {}
                _ => parts.push(Part { kind: *kind, span }),
            }
        }
        parts
    }

    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let text = self.sentence.get(span.clone()).unwrap_or_default();
        let mark =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '%' || "，。；、：".contains(c);
        let front = text.len() - text.trim_start_matches(mark).len();
        let back = text.trim_end_matches(|c: char| c.is_whitespace()).len();
        span.start + front.min(back)..span.start + back
    }

    pub(super) fn rests(&self, parts: &[Part], rule: &Rule) -> Vec<Note> {
        let quote = |span: &Range<usize>| self.sentence.get(span.clone()).unwrap_or_default().to_owned();
        let long = |span: &Range<usize>| quote(span).chars().filter(|c| c.is_alphanumeric()).count() > 1;
        let rest = parts.iter().filter(|part| part.kind == PartKind::Rest && long(&part.span));
        let mut notes: Vec<Note> = rest
            .map(|part| {
                note("not-understood", format!("没有看懂：{}", quote(&part.span)), Some(part.span.clone()))
            })
            .collect();
        let blank = self.sentence.trim().is_empty();
        if *rule == Rule::Unknown && !blank && notes.is_empty() {
            notes.push(note("not-understood", "没有看懂评分办法".into(), None));
        }
        notes
    }
}

pub(super) fn note(code: &'static str, message: String, span: Option<Range<usize>>) -> Note {
    Note { code, message, span }
}
