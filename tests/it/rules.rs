//! The corpus of scoring sentences: what was labelled by hand is held against what is understood.

use std::collections::BTreeMap;

use jixiao::rule;
use jixiao::vocabulary::number;

/// A labelled sentence.
struct Case {
    sentence: String,
    kind: String,
    points: String,
    parameters: BTreeMap<String, String>,
}

fn corpus() -> Vec<Case> {
    let text = include_str!("../fixtures/rules.tsv");
    let lines = text.lines().skip(1).filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(case).collect()
}

fn case(line: &str) -> Case {
    let cells: Vec<&str> = line.split('\t').collect();
    let [sentence, kind, points, parameters] = cells[..] else { panic!("not four cells: {line}") };
    let pairs = parameters.split(';').filter_map(|pair| pair.split_once('='));
    Case {
        sentence: sentence.to_owned(),
        kind: kind.to_owned(),
        points: points.to_owned(),
        parameters: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
    }
}

/// What is wrong with the reading of a sentence; empty where it is right.
fn fault(case: &Case) -> Option<String> {
    let parsed = rule::parse(&case.sentence);
    let points = parsed.points.map_or(String::new(), number::plain);
    if parsed.rule.kind() != case.kind {
        return Some(format!("kind {} instead of {}", parsed.rule.kind(), case.kind));
    }
    if points != case.points {
        return Some(format!("points {points} instead of {}", case.points));
    }
    let json = serde_json::to_value(&parsed.rule).expect("serialises");
    for key in ["threshold", "step", "step_unit", "deduct", "direction", "date", "zero_below"] {
        let Some(wanted) = case.parameters.get(key) else { continue };
        let got = json.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        if got != wanted {
            return Some(format!("{key} {got} instead of {wanted}"));
        }
    }
    None
}

#[test]
#[allow(clippy::print_stdout, reason = "the accuracy per kind is shown with --nocapture and on failure")]
fn at_least_98_of_100_sentences_are_understood() {
    let corpus = corpus();
    assert!(corpus.len() >= 150);
    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for case in &corpus {
        let count = by_kind.entry(&case.kind).or_default();
        count.1 += 1;
        match fault(case) {
            None => count.0 += 1,
            Some(fault) => faults.push(format!("{fault}: {}", case.sentence)),
        }
    }
    for (kind, (right, all)) in &by_kind {
        println!("{kind}: {right} of {all}");
    }
    println!("{}", faults.join("\n"));
    assert!(
        faults.len() * 100 <= corpus.len() * 2,
        "{} of {} are wrong:\n{}",
        faults.len(),
        corpus.len(),
        faults.join("\n")
    );
}
