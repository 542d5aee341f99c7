//! A scoring rule as lines of small fields, and back.

use rust_decimal::Decimal;

use crate::form::Indicator;
use crate::rule::{Band, Direction, Grade, Item, Rule, Share, Worth};
use crate::vocabulary::date::{self, Date};
use crate::vocabulary::number;

/// A line of the draft: labels and texts, in turn.
pub(super) type Line = Vec<(&'static str, String)>;

/// The most grades, bands or parts that can be filled in.
const MOST: usize = 6;

/// The kinds that can be chosen, each with its default for a row.
pub(super) fn kinds(row: &Indicator, year: Option<i16>) -> Vec<Rule> {
    let value = number::parse(&row.value).unwrap_or(Decimal::ONE_HUNDRED);
    let reverse = row.operator().is_some_and(|operator| operator.is_reverse());
    let (one, ten) = (Decimal::ONE, Decimal::TEN);
    let step = if row.unit.trim() == "%" { (one, "个百分点") } else { (ten, "%") };
    let share = |percent: u32| Worth::Share(Decimal::from(percent));
    let band = |from: u32, to: Option<u32>, worth| Band {
        from: Some(Decimal::from(from)),
        from_inclusive: true,
        to: to.map(Decimal::from),
        to_inclusive: false,
        points: worth,
    };
    let range = |from: u32, to: u32, to_inclusive| Share {
        from: Decimal::from(from),
        from_inclusive: true,
        to: Decimal::from(to),
        to_inclusive,
    };
    vec![
        Rule::Proportional { full_at: None, zero_below: None },
        Rule::Threshold { threshold: value, unit: row.unit.trim().to_owned(), zero_below: None },
        Rule::StepDeduction {
            direction: if reverse { Direction::Up } else { Direction::Down },
            step: step.0,
            step_unit: step.1.to_owned(),
            deduct: Worth::Points(one),
            limit: None,
            limit_unit: None,
            zero_below: None,
            started: None,
        },
        Rule::Deadline {
            date: date::deadline(&row.value, year),
            step: ten,
            step_unit: "天".into(),
            deduct: Worth::Points(one),
            started: None,
        },
        Rule::Graded {
            grades: [("效果明显", share(100)), ("效果一般", share(60)), ("否则", share(0))]
                .map(|(name, points)| Grade { name: name.into(), points })
                .into(),
        },
        Rule::Bands {
            unit: "%".into(),
            bands: vec![
                band(90, None, share(100)),
                band(80, Some(90), share(80)),
                band(60, Some(80), share(50)),
                band(0, Some(60), share(0)),
            ],
        },
        Rule::Direct { veto: false },
        Rule::Checklist {
            items: ["", ""].map(|text| Item { text: text.into(), points: Worth::Points(one) }).into(),
            deduct: None,
        },
        Rule::GradedRanges { ranges: vec![range(80, 100, true), range(60, 80, false), range(0, 60, false)] },
        Rule::Discretionary,
    ]
}

/// The fields of a rule.
pub(super) fn lines(rule: &Rule) -> Vec<Line> {
    let plain = |number: &Decimal| number::plain(*number);
    let option = |number: &Option<Decimal>| number.map_or(String::new(), number::plain);
    match rule {
        Rule::Proportional { zero_below, .. } => {
            vec![vec![("低于目标的百分之几不得分（可不填）", option(zero_below))]]
        }
        Rule::Threshold { threshold, unit, zero_below } => vec![
            vec![("满分线", plain(threshold)), ("单位", unit.clone())],
            vec![("低于多少不得分（可不填）", option(zero_below))],
        ],
        Rule::StepDeduction { direction, step, step_unit, deduct, limit, .. } => vec![
            vec![("方向（超出、低于、每有）", direction_word(*direction).into())],
            vec![("每", plain(step)), ("单位", step_unit.clone()), ("扣", worth_word(*deduct))],
            vec![("满分界限（不填就是指标值）", option(limit))],
        ],
        Rule::Deadline { date, step, step_unit, deduct, .. } => vec![
            vec![("截止日期（不填就是指标值）", date.map_or(String::new(), date::iso))],
            vec![("每推迟", plain(step)), ("单位", step_unit.clone()), ("扣", worth_word(*deduct))],
        ],
        Rule::Graded { grades } => padded(
            grades.iter().map(|grade| vec![("等级", grade.name.clone()), ("得", worth_word(grade.points))]),
            &["等级", "得"],
        ),
        Rule::Bands { bands, .. } => {
            let line = |band: &Band| {
                vec![("从", option(&band.from)), ("到", option(&band.to)), ("得", worth_word(band.points))]
            };
            padded(bands.iter().map(line), &["从", "到", "得"])
        }
        Rule::Direct { veto } => {
            vec![vec![("出现一例就不得分（是、否）", if *veto { "是" } else { "否" }.into())]]
        }
        Rule::Checklist { items, .. } => padded(
            items.iter().map(|item| vec![("内容", item.text.clone()), ("得", worth_word(item.points))]),
            &["内容", "得"],
        ),
        Rule::GradedRanges { ranges } => {
            let ends: Vec<String> = ranges.iter().map(|range| plain(&range.from)).collect();
            vec![vec![("各档下限%，从高到低", ends.join(" "))]]
        }
        Rule::Discretionary | Rule::Unknown => Vec::new(),
    }
}

/// The lines of a list, with one empty line more to go on with.
fn padded(lines: impl Iterator<Item = Line>, labels: &[&'static str]) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.take(MOST).collect();
    if lines.len() < MOST {
        lines.push(labels.iter().map(|label| (*label, String::new())).collect());
    }
    lines
}

/// The rule of the same kind with these fields; what cannot be read keeps what the rule had.
pub(super) fn rule(old: &Rule, lines: &[Vec<String>]) -> Rule {
    let text = |line: usize, at: usize| {
        lines.get(line).and_then(|line| line.get(at)).map_or("", String::as_str).trim()
    };
    let option = |line: usize, at: usize| number::parse(text(line, at)).ok();
    let number = |line: usize, at: usize, old: Decimal| {
        option(line, at).filter(|number| *number > Decimal::ZERO).unwrap_or(old)
    };
    match old.clone() {
        Rule::Proportional { full_at, .. } => Rule::Proportional { full_at, zero_below: option(0, 0) },
        Rule::Threshold { threshold, .. } => Rule::Threshold {
            threshold: number(0, 0, threshold),
            unit: text(0, 1).to_owned(),
            zero_below: option(1, 0),
        },
        Rule::StepDeduction { direction, step, deduct, limit_unit, zero_below, started, .. } => {
            Rule::StepDeduction {
                direction: direction_of(text(0, 0)).unwrap_or(direction),
                step: number(1, 0, step),
                step_unit: text(1, 1).to_owned(),
                deduct: worth_of(text(1, 2)).unwrap_or(deduct),
                limit: option(2, 0),
                limit_unit,
                zero_below,
                started,
            }
        }
        Rule::Deadline { step, deduct, started, .. } => Rule::Deadline {
            date: date_of(text(0, 0)),
            step: number(1, 0, step),
            step_unit: text(1, 1).to_owned(),
            deduct: worth_of(text(1, 2)).unwrap_or(deduct),
            started,
        },
        Rule::Graded { .. } => {
            let grade = |line: &Vec<String>| {
                Some(Grade {
                    name: named(line)?,
                    points: worth_of(line.get(1)?).unwrap_or(Worth::Points(Decimal::ZERO)),
                })
            };
            Rule::Graded { grades: lines.iter().filter_map(grade).collect() }
        }
        Rule::Bands { unit, bands } => {
            Rule::Bands { unit, bands: lines.iter().filter_map(|line| band(line, &bands)).collect() }
        }
        Rule::Direct { .. } => Rule::Direct { veto: text(0, 0) == "是" },
        Rule::Checklist { deduct, .. } => {
            let item = |line: &Vec<String>| {
                Some(Item {
                    text: named(line)?,
                    points: worth_of(line.get(1)?).unwrap_or(Worth::Points(Decimal::ZERO)),
                })
            };
            Rule::Checklist { items: lines.iter().filter_map(item).collect(), deduct }
        }
        Rule::GradedRanges { .. } => Rule::GradedRanges { ranges: ranges(text(0, 0)) },
        kept @ (Rule::Discretionary | Rule::Unknown) => kept,
    }
}

fn named(line: &[String]) -> Option<String> {
    line.first().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// A band; bounds that were there keep whether they belong to it.
fn band(line: &[String], old: &[Band]) -> Option<Band> {
    let end = |at: usize| line.get(at).and_then(|text| number::parse(text).ok());
    let (from, to) = (end(0), end(1));
    let points = worth_of(line.get(2)?)?;
    let known = old.iter().find(|band| band.from == from && band.to == to);
    let (from_inclusive, to_inclusive) =
        known.map_or((true, false), |band| (band.from_inclusive, band.to_inclusive));
    Some(Band { from, from_inclusive, to, to_inclusive, points })
}

/// `80 60 0` as 100–80, 80–60, 60–0, each with its lower end.
fn ranges(text: &str) -> Vec<Share> {
    let half = crate::text::halfwidth(text);
    let ends =
        half.split([' ', ',', '、', ';']).filter_map(|end| number::parse(end.trim_end_matches('%')).ok());
    let mut top = Decimal::ONE_HUNDRED;
    let mut ranges = Vec::new();
    for from in ends.take(MOST) {
        if from < top && from >= Decimal::ZERO {
            ranges.push(Share { from, from_inclusive: true, to: top, to_inclusive: ranges.is_empty() });
            top = from;
        }
    }
    ranges
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "超出",
        Direction::Down => "低于",
        Direction::Each => "每有",
    }
}

fn direction_of(word: &str) -> Option<Direction> {
    [Direction::Up, Direction::Down, Direction::Each].into_iter().find(|direction| {
        let known = direction_word(*direction);
        !word.is_empty() && (known.contains(word) || word.contains(known))
    })
}

fn worth_word(worth: Worth) -> String {
    match worth {
        full if full == Worth::FULL => "满分".into(),
        Worth::Points(points) => number::plain(points),
        Worth::Share(share) => format!("{}%", number::plain(share)),
    }
}

fn worth_of(text: &str) -> Option<Worth> {
    let compact = crate::text::compact(text);
    let words = compact
        .strip_suffix('分')
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(&compact);
    match words.strip_suffix('%') {
        _ if words == "满分" => Some(Worth::FULL),
        Some(share) => number::parse(share).ok().map(Worth::Share),
        None => number::parse(words).ok().map(Worth::Points),
    }
}

fn date_of(text: &str) -> Option<Date> {
    date::deadline(text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_fields() {
        let row = Indicator { value: "90".into(), unit: "%".into(), ..Indicator::default() };
        for old in kinds(&row, Some(2026)) {
            if matches!(old, Rule::Checklist { .. }) {
                continue;
            }
            let texts: Vec<Vec<String>> = lines(&old)
                .into_iter()
                .map(|line| line.into_iter().map(|(_, text)| text).collect())
                .collect();
            assert_eq!(rule(&old, &texts), old);
        }
    }

    #[test]
    fn nonsense_keeps_what_was_there() {
        let old = Rule::Threshold { threshold: Decimal::from(90), unit: "%".into(), zero_below: None };
        let new = rule(&old, &[vec!["abc".into(), "%".into()], vec!["-".into()]]);
        assert_eq!(new, old);
    }
}
