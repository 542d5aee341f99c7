//! stand-in until the grammar lands
use crate::vocabulary::operator::Operator;
use rust_decimal::Decimal;
use std::ops::Range;
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    pub rule: Rule,
    pub points: Option<Decimal>,
    pub parts: Vec<Part>,
    pub notes: Vec<Note>,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub kind: PartKind,
    pub span: Range<usize>,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Points,
    Rest,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub code: &'static str,
    pub message: String,
    pub span: Option<Range<usize>>,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    Unknown,
}
#[allow(missing_docs)]
pub struct Case<'a> {
    pub operator: Option<Operator>,
    pub value: &'a str,
    pub unit: &'a str,
    pub year: Option<i16>,
    pub points: Decimal,
    pub actual: &'a str,
    pub manual: &'a str,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reverse {
    #[default]
    OneMinus,
    Ratio,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    pub started_steps: bool,
    pub reverse: Reverse,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    Overshoot,
    NegativeActual,
    OutOfRange,
    ManualNeeded,
}
#[allow(missing_docs)]
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub points: Option<Decimal>,
    pub trail: Vec<String>,
    pub flags: Vec<Flag>,
}
#[allow(missing_docs)]
pub fn evaluate(_: &Rule, _: &Case<'_>, _: &Options) -> Score {
    Score { points: None, trail: vec![], flags: vec![] }
}
#[allow(missing_docs)]
pub fn parse(sentence: &str) -> Parsed {
    let mut points = None;
    for (at, _) in sentence.match_indices('得') {
        let rest: String = sentence[at + 3..]
            .trim_start_matches("满分")
            .chars()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        if let Ok(n) = rest.parse::<Decimal>() {
            points = points.max(Some(n));
        }
    }
    Parsed { rule: Rule::Unknown, points, parts: vec![], notes: vec![] }
}
#[allow(missing_docs)]
impl Rule {
    pub fn label(&self) -> &'static str {
        "未识别"
    }
    pub fn explain(&self, _: Option<Decimal>, _: &str, _: &str, _: &str) -> String {
        String::new()
    }
}
