//! What holds for every rule, every sentence and every value.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::vocabulary::operator::Operator;

fn decimal(range: std::ops::Range<i64>, scale: u32) -> impl Strategy<Value = Decimal> {
    range.prop_map(move |number| Decimal::new(number, scale).normalize())
}

fn points() -> impl Strategy<Value = Decimal> {
    prop_oneof![decimal(1..101, 0), decimal(1..500, 1)]
}

fn optional<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(of)
}

/// A loss in points where the row has some, as a share of them where it has none.
fn worth(points: Option<Decimal>) -> BoxedStrategy<Worth> {
    match points {
        Some(_) => decimal(1..100, 1).prop_map(Worth::Points).boxed(),
        None => {
            prop_oneof![decimal(1..100, 1).prop_map(Worth::Points), decimal(1..101, 0).prop_map(Worth::Share)]
                .boxed()
        }
    }
}

fn text(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

const RATIO: &[&str] = &["%", "个百分点"];
const COUNT: &[&str] = &["项", "处", "次", "起", "例", "个", "件", "人次", "户", "亩", "万元"];
const VALUE: &[&str] = &["%", "次", "万元", "人次", "公里", "分", ""];

fn step(points: Option<Decimal>) -> BoxedStrategy<Rule> {
    let direction = prop_oneof![Just(Direction::Up), Just(Direction::Down), Just(Direction::Each)];
    let unit = prop_oneof![text(RATIO), text(COUNT)];
    let partial = optional(any::<bool>());
    (
        direction,
        decimal(1..200, 1),
        unit,
        worth(points),
        optional(decimal(1..2000, 1)),
        optional(text(&["公里", "吨"])),
        optional(decimal(1..100, 0)),
        partial,
    )
        .prop_map(|(direction, step, step_unit, deduct, limit, limit_unit, zero_below, started)| {
            let limit_unit = limit.and(limit_unit);
            Rule::StepDeduction { direction, step, step_unit, deduct, limit, limit_unit, zero_below, started }
        })
        .boxed()
}

fn deadline(points: Option<Decimal>) -> BoxedStrategy<Rule> {
    let date =
        (2020i16..2040, 1i8..13, 1i8..29).prop_map(|(year, month, day)| Date::new(year, month, day).ok());
    let unit = text(&["天", "个工作日", "周", "月"]);
    (prop_oneof![date, Just(None)], decimal(1..100, 0), unit, worth(points), optional(any::<bool>()))
        .prop_map(|(date, step, step_unit, deduct, started)| Rule::Deadline {
            date,
            step,
            step_unit,
            deduct,
            started,
        })
        .boxed()
}

/// Grades that fall from the points of the row, the last perhaps to nothing.
fn graded(points: Option<Decimal>) -> BoxedStrategy<Rule> {
    let names: Vec<[&str; 4]> = vec![
        ["效果明显", "效果一般", "效果较差", "否则"],
        ["优秀", "良好", "合格", "不合格"],
        ["全部完成", "基本完成", "部分完成", "未完成"],
    ];
    (select(names), 2usize..5)
        .prop_map(move |(names, count)| {
            let worth = |at: usize| {
                let share = Decimal::from(100 - 25 * at.min(4));
                match points {
                    _ if at == 3 => Worth::Points(Decimal::ZERO),
                    Some(points) => Worth::Points((points * share / Decimal::ONE_HUNDRED).normalize()),
                    None => Worth::Share(share),
                }
            };
            let grade = |(at, name): (usize, &str)| Grade { name: name.to_owned(), points: worth(at) };
            Rule::Graded { grades: names.into_iter().enumerate().take(count).map(grade).collect() }
        })
        .boxed()
}

/// Bands that touch, from the best down.
fn bands(points: Option<Decimal>) -> BoxedStrategy<Rule> {
    let cuts = proptest::collection::btree_set(1i64..1000, 2..5);
    (cuts, text(VALUE), any::<bool>(), any::<bool>())
        .prop_map(move |(cuts, unit, above, upper)| {
            let cuts: Vec<Decimal> =
                cuts.into_iter().rev().map(|cut| Decimal::new(cut, 1).normalize()).collect();
            let mut bands = Vec::new();
            let mut to = None;
            for (at, from) in cuts.iter().enumerate() {
                let share = Decimal::from(100 - 20 * i64::try_from(at).unwrap_or(0));
                let worth = points.map_or(Worth::Share(share), |points| {
                    Worth::Points((points * share / Decimal::ONE_HUNDRED).normalize())
                });
                bands.push(Band {
                    from: Some(*from),
                    from_inclusive: above,
                    to,
                    to_inclusive: to.is_some() && !above,
                    points: worth,
                });
                to = Some(*from);
            }
            let nothing = Worth::Points(Decimal::ZERO);
            bands.push(Band { from: None, from_inclusive: false, to, to_inclusive: !above, points: nothing });
            if upper && let Some(best) = bands.first_mut() {
                best.to = Some(Decimal::ONE_HUNDRED);
                best.to_inclusive = true;
            }
            Rule::Bands { unit, bands }
        })
        .boxed()
}

fn checklist() -> BoxedStrategy<(Rule, Option<Decimal>)> {
    let texts = select(vec![
        ["制定方案", "召开会议", "形成总结", "资料归档"],
        ["有内部制度", "有审批手续", "有合同文本", "有验收报告"],
    ]);
    (texts, proptest::collection::vec(decimal(1..50, 1), 2..5), optional(decimal(1..50, 1)))
        .prop_map(|(texts, points, deduct)| {
            let sum = points.iter().sum::<Decimal>().normalize();
            let item = |(text, points): (&str, Decimal)| Item {
                text: text.to_owned(),
                points: Worth::Points(points),
            };
            let items = texts.into_iter().zip(points).map(item).collect();
            (Rule::Checklist { items, deduct: deduct.map(Worth::Points) }, Some(sum))
        })
        .boxed()
}

fn ranges() -> BoxedStrategy<Rule> {
    proptest::collection::btree_set(1i64..100, 1..4)
        .prop_map(|cuts| {
            let mut edges: Vec<Decimal> =
                std::iter::once(0).chain(cuts).chain([100]).map(Decimal::from).collect();
            edges.reverse();
            let share = |pair: &[Decimal]| {
                let [to, from] = pair else { unreachable!("windows of two") };
                Share {
                    from: *from,
                    from_inclusive: true,
                    to: *to,
                    to_inclusive: *to == Decimal::ONE_HUNDRED,
                }
            };
            Rule::GradedRanges { ranges: edges.windows(2).map(share).collect() }
        })
        .boxed()
}

fn simple() -> BoxedStrategy<Rule> {
    let least = || optional(decimal(1..100, 0));
    let hundred = Just(Amount { value: Decimal::ONE_HUNDRED, unit: "%".into() });
    let count = (decimal(1..2000, 0), text(COUNT)).prop_map(|(value, unit)| Amount { value, unit });
    let plan = prop_oneof![hundred, count];
    prop_oneof![
        (optional(plan), least())
            .prop_map(|(full_at, zero_below)| Rule::Proportional { full_at, zero_below }),
        (decimal(1..2000, 1), text(VALUE), least())
            .prop_filter("100% is the plan", |(threshold, ..)| *threshold != Decimal::ONE_HUNDRED)
            .prop_map(|(threshold, unit, zero_below)| Rule::Threshold { threshold, unit, zero_below }),
        any::<bool>().prop_map(|veto| Rule::Direct { veto }),
        ranges(),
        Just(Rule::Discretionary),
        Just(Rule::Unknown),
    ]
    .boxed()
}

fn rule() -> impl Strategy<Value = (Rule, Option<Decimal>)> {
    let with = |points: Option<Decimal>| {
        let rules = prop_oneof![simple(), step(points), deadline(points), graded(points), bands(points)];
        rules.prop_map(move |rule| (rule, points))
    };
    prop_oneof![8 => optional(points()).prop_flat_map(with), 1 => checklist()]
}

/// Scoring sentences' own words, so that arbitrary text meets the grammar.
const WORDS: &[&str] = &[
    "得",
    "计",
    "满分",
    "分",
    "扣",
    "每",
    "降低",
    "超出",
    "发现",
    "个百分点",
    "%",
    "≥",
    "≤",
    "<",
    "以上",
    "以下",
    "（含）",
    "（不含",
    "）",
    "，",
    "；",
    "。",
    "、",
    "否则",
    "不得分",
    "酌情",
    "按",
    "比例",
    "实际值",
    "/",
    "×",
    "目标值",
    "扣完为止",
    "2026年",
    "12月",
    "31日",
    "前",
    "天",
    "一",
    "十",
    "百",
    "百分之",
    "半",
    "项",
    "①",
    "1.",
    "-",
    "至",
    "共",
    "5",
    "10",
    "90",
    "0.5",
    "99999999999999999999999999999",
    " ",
    "\n",
    "\u{200b}",
    "e\u{301}",
    "😀",
    "\u{7}",
    "𠮷",
    "＞＝",
    "９５％",
    "达到",
    "完成",
    "效果明显",
];

fn jumble(length: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(WORDS), 0..length).prop_map(|words| words.concat())
}

fn well_formed(sentence: &str) -> Result<(), TestCaseError> {
    let parsed = parse(sentence);
    let mut end = 0;
    for Part { span, .. } in &parsed.parts {
        prop_assert!(
            span.start >= end && span.start < span.end && sentence.get(span.clone()).is_some(),
            "{span:?} in {sentence:?}"
        );
        end = span.end;
    }
    for span in parsed.notes.iter().filter_map(|note| note.span.clone()) {
        prop_assert!(sentence.get(span.clone()).is_some(), "{span:?} in {sentence:?}");
    }
    prop_assert!(parsed.points.is_none_or(|points| points > Decimal::ZERO && points <= Decimal::ONE_HUNDRED));
    let again = parsed.rule.sentence(parsed.points);
    parse(&again);
    Ok(())
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        decimal(-2000..20000, 2).prop_map(|number| number.to_string()),
        decimal(0..200, 0).prop_map(|number| format!("{number}%")),
        select(WORDS).prop_map(str::to_owned),
        text(&[
            "",
            "0",
            "79228162514264337593543950335",
            "-79228162514264337593543950335",
            "0.0000000000000000000000000001",
            "2026年12月31日前",
            "已完成",
            "未完成",
            "发现2处",
            "9999年12月31日",
            "逾期3天"
        ]),
        jumble(6),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_rule_survives_its_sentence((rule, points) in rule()) {
        let sentence = rule.sentence(points);
        let parsed = parse(&sentence);
        prop_assert_eq!(&parsed.rule, &rule, "{}", sentence);
        prop_assert_eq!(parsed.points, points, "{}", sentence);
        prop_assert!(parsed.notes.iter().all(|note| note.code != "points-conflict"), "{} {:?}", sentence, parsed.notes);
    }

    #[test]
    fn any_text_parses(sentence in "\\PC{0,60}") {
        well_formed(&sentence)?;
    }

    #[test]
    fn any_jumble_parses(sentence in jumble(40)) {
        well_formed(&sentence)?;
    }

    #[test]
    fn scores_stay_in_bounds(
        rule in prop_oneof![rule().prop_map(|(rule, _)| rule), jumble(12).prop_map(|text| parse(&text).rule)],
        value in cell(), unit in text(VALUE), actual in cell(), manual in cell(), full in decimal(-10..1000, 1),
        operator in optional(select(vec![Operator::Eq, Operator::Ge, Operator::Le, Operator::Gt, Operator::Lt, Operator::Qualitative])),
        started_steps: bool, ratio: bool,
    ) {
        let case = Case { operator, value: &value, unit: &unit, year: Some(2026), points: full, actual: &actual, manual: &manual };
        let reverse = if ratio { Reverse::Ratio } else { Reverse::OneMinus };
        let score = evaluate(&rule, &case, &Options { started_steps, reverse });
        if let Some(points) = score.points {
            prop_assert!(points >= Decimal::ZERO && points <= full.max(Decimal::ZERO));
            prop_assert!(points.normalize().scale() <= 2);
        }
        prop_assert!(!score.trail.is_empty());
    }
}

#[test]
fn ten_kilobytes_take_no_time() {
    let seeds = [
        "得满分2分，每降低1个百分点扣0.5分，扣完为止；",
        "每",
        "得",
        "按",
        "按实际/",
        "(((((((",
        "一",
        "1",
        "1 ",
        "9.",
        "≥",
        "80%（含）-",
        "扣",
        "满分",
        "不足",
        "实际×",
        "①",
        "百分之",
        "为",
        "A得1分；",
        "😀",
        "90%以上得5分，",
    ];
    for seed in seeds {
        let sentence = seed.repeat(10_000 / seed.len() + 1);
        // the best of a few runs: other work on the machine is not the parser's
        let once = || {
            let start = Instant::now();
            parse(&sentence);
            start.elapsed()
        };
        let best = (0..3).map(|_| once()).min().unwrap_or_default();
        // unoptimised code is slower by an order of magnitude
        let limit = if cfg!(debug_assertions) { 500 } else { 10 };
        assert!(best < Duration::from_millis(limit), "{seed}: {best:?}");
    }
}
