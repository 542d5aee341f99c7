//! The reader of scoring sentences, and the score of an actual value.
#![no_main]

use jixiao::rule::{self, Case, Options};
use jixiao::vocabulary::operator::Operator;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (sentence, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let (value, actual) = rest.split_once('\n').unwrap_or((rest, rest));
    let parsed = rule::parse(sentence);
    let Some(points) = parsed.points else { return };
    for operator in [Operator::Ge, Operator::Le, Operator::Eq, Operator::Qualitative] {
        let case =
            Case { operator: Some(operator), value, unit: "", year: Some(2026), points, actual, manual: "" };
        let _ = rule::evaluate(&parsed.rule, &case, &Options::default());
    }
});
