//! The scoring sentence (评（扣）分标准): read as a reviewer reads it, evaluated, and written back.
//!
//! [`parse`] never fails: it answers with a typed [`Rule`], the points of the row, the place of
//! each part in the sentence, and notes on what was left open or not understood. [`evaluate`]
//! scores an actual value with a trail that a person can check. [`Rule::sentence`] writes the rule
//! in canonical words that read back as the same rule.
//!
//! # The grammar
//!
//! A sentence is normalised first (half width, one sign for each of ≥ ≤ × / -, no quotes, no
//! spaces inside words) and then read from left to right. What matches none of the pieces is text:
//! the name of a grade, the subject, or a rest.
//!
//! ```text
//! sentence   = { piece | text }
//! piece      = mark | condition | outcome | remark
//! mark       = "，" | "、" | ":" | "(" | ")"          the clause goes on
//!            | ";" | "。"                              a new clause
//!            | "①" | "1." | "（1）" | "一是"            a new item of a list
//!
//! condition  = interval | quantity | date | every | "否则" | text
//! interval   = compare bound [ "以上" | "以下" | … ] | bound ( "以上" | "及以上" | "以下" | "以内" )
//!            | bound dash bound | compare bound [ "且" ] compare bound | bound "≤" text "<" bound
//! compare    = "≥" | "不低于" | "达到" | ">" | "超过" | "≤" | "不超过" | "<" | "低于" | "未达到" | "=" …
//! bound      = quantity [ "（" ( "含" | "不含" ) [ quantity ] "）" ]
//! every      = "每" text quantity                        每降低1个百分点, 每发现一处, 每推迟10天
//! quantity   = number [ unit ] | "百分之" number
//! number     = digits | 一二三…                           a Chinese numeral only before a unit
//! date       = [ year ] month [ day | "底" ] [ "前" ] | year "底" | yyyy-mm-dd
//!
//! outcome    = award | "不得分" | deduct | formula | "酌情…" | "由…打分"
//! award      = [ "得" | "计" | "记" | "赋" … ] ( points | "满分" [ points ] | "分值的" percent | points dash points )
//! deduct     = "扣" ( points | "分值的" percent )
//! points     = number "分"                              not 分钟, 百分点, 分之, 十分满意, 90分以上
//! formula    = [ "按" | "=" … ] factor ( "×" | "/" ) factor …     实际值/目标值×分值
//!            | "按" text ( "比例" | "率" ) [ "计分" … ]           按完成比例计分
//!
//! remark     = total | cap | partial | bonus | "一票否决" | "合理确定分值"
//! total      = ( "满分" | "共计" | "分值" | "最高得" … ) points | points "封顶"
//! cap        = "扣完为止" | "扣满" points "为止" | "最多扣" points
//! bonus      = [ "最高" ] "加" points                    never the points of the row
//! partial    = "不足" quantity ( "按" quantity "计" | "不扣分" )
//! ```
//!
//! A run of conditions and the outcome after it are a branch; [`Rule`] is what the branches
//! amount to together. An outcome after a lone full stop still belongs to what stands before it:
//! 运行正常。（20分）. Awards are parts of a list that add up where they are numbered, share one
//! 各1分 or sum to the stated total, and grades of one thing where they fall and name degrees.

mod assemble;
mod clause;
mod condition;
mod evaluate;
mod formula;
mod interval;
mod judge;
mod normal;
mod number;
mod outcome;
mod sentence;
mod value;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod wordings;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::vocabulary;
use crate::vocabulary::date::Date;

pub use evaluate::{Case, Flag, Options, Reverse, Score, evaluate};

/// What is understood of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The kind of rule and its parameters.
    pub rule: Rule,
    /// The full points of the row, where the sentence gives them.
    pub points: Option<Decimal>,
    /// What was understood as what, in the order of the sentence.
    pub parts: Vec<Part>,
    /// What is open, contradictory or not understood.
    pub notes: Vec<Note>,
}

/// A stretch of the sentence and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it was taken for.
    pub kind: PartKind,
    /// Bytes of the original sentence.
    pub span: Range<usize>,
}

/// What a stretch of a sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// When something holds: 达到计划值, 否则, 效果明显.
    Condition,
    /// A bound or a quantity of the value: ≥95%.
    Range,
    /// A deadline.
    Date,
    /// Points that are earned.
    Points,
    /// No points.
    Zero,
    /// The step of a deduction: 每超出10%.
    Step,
    /// Points that are lost.
    Deduction,
    /// A calculation.
    Formula,
    /// Left to the reviewer: 酌情.
    Discretion,
    /// Where deductions end, how parts of a step count, and that more earns no more.
    Cap,
    /// Not understood.
    Rest,
}

/// A remark on a sentence for the person who writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable name: `not-understood`, `no-cap`, `free-zone`, …
    pub code: &'static str,
    /// The remark in Chinese.
    pub message: String,
    /// Bytes of the original sentence that it is about.
    #[serde(skip)]
    pub span: Option<Range<usize>>,
}

/// How a row earns its points.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Rule {
    /// Full when the plan is reached, else actual ÷ plan.
    Proportional {
        /// What the sentence itself calls the plan, where it does: 100%, 12处.
        #[serde(skip_serializing_if = "Option::is_none")]
        full_at: Option<Amount>,
        /// Percent of the target below which nothing is earned.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "plain_option")]
        zero_below: Option<Decimal>,
    },
    /// Full at a threshold, else actual ÷ threshold.
    Threshold {
        /// The value from which the points are full.
        #[serde(serialize_with = "plain")]
        threshold: Decimal,
        /// Its unit; empty where the sentence names none.
        unit: String,
        /// The value below which nothing is earned.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "plain_option")]
        zero_below: Option<Decimal>,
    },
    /// Full inside a limit; each step beyond it costs points.
    StepDeduction {
        /// Which way the steps go.
        direction: Direction,
        /// The size of a step.
        #[serde(serialize_with = "plain")]
        step: Decimal,
        /// Its unit.
        step_unit: String,
        /// What a step costs.
        deduct: Worth,
        /// The value inside which the points are full; without it the target of the row.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "plain_option")]
        limit: Option<Decimal>,
        /// The unit of the limit where it is not the unit of the step.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit_unit: Option<String>,
        /// The value below which nothing is earned.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "plain_option")]
        zero_below: Option<Decimal>,
        /// Whether a started step counts, where the sentence says it.
        #[serde(skip_serializing_if = "Option::is_none")]
        started: Option<bool>,
    },
    /// Full when done by a day; each step of delay costs points.
    Deadline {
        /// The last day that counts as on time; without it the target of the row.
        #[serde(serialize_with = "day")]
        date: Option<Date>,
        /// The length of a step of delay.
        #[serde(serialize_with = "plain")]
        step: Decimal,
        /// Its unit: 天, 个工作日, 周, 月.
        step_unit: String,
        /// What a step costs.
        deduct: Worth,
        /// Whether a started step counts, where the sentence says it.
        #[serde(skip_serializing_if = "Option::is_none")]
        started: Option<bool>,
    },
    /// Named grades with points each.
    Graded {
        /// The grades in the order of the sentence; 否则 is the name of the last resort.
        grades: Vec<Grade>,
    },
    /// Ranges of the value with points each.
    Bands {
        /// The unit of the bounds.
        unit: String,
        /// The ranges in the order of the sentence.
        bands: Vec<Band>,
    },
    /// Full or nothing.
    Direct {
        /// One case is enough to lose everything.
        veto: bool,
    },
    /// Parts with points each that add up.
    Checklist {
        /// The parts.
        items: Vec<Item>,
        /// What each missing part costs, where the sentence says it.
        #[serde(skip_serializing_if = "Option::is_none")]
        deduct: Option<Worth>,
    },
    /// Grades with ranges of the points, to be set by hand.
    GradedRanges {
        /// Ranges in percent of the points.
        ranges: Vec<Share>,
    },
    /// Left to the reviewer.
    Discretionary,
    /// Not understood.
    Unknown,
}

/// Which way the steps of a deduction go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Beyond a limit: 每超出.
    Up,
    /// Below it: 每降低.
    Down,
    /// By occurrence: 每发现一处, 每少一项; with a percentage any deviation: 每偏离1%.
    Each,
}

/// Points as a number, or as a share of the points of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// 5分.
    Points(Decimal),
    /// 分值的80%; 100 is 满分.
    Share(Decimal),
}

/// A number with its unit: 100%, 12处.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.value.normalize(), self.unit)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A named grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// 效果明显.
    pub name: String,
    /// What it earns.
    pub points: Worth,
}

/// A part of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What has to be there.
    pub text: String,
    /// What it earns.
    pub points: Worth,
}

/// A range of the value and what it earns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Band {
    /// The lower end.
    #[serde(serialize_with = "plain_option")]
    pub from: Option<Decimal>,
    /// Whether the lower end belongs to it.
    pub from_inclusive: bool,
    /// The upper end.
    #[serde(serialize_with = "plain_option")]
    pub to: Option<Decimal>,
    /// Whether the upper end belongs to it.
    pub to_inclusive: bool,
    /// What it earns.
    pub points: Worth,
}

/// A range of the points of a row in percent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The lower end.
    #[serde(serialize_with = "plain")]
    pub from: Decimal,
    /// Whether the lower end belongs to it.
    pub from_inclusive: bool,
    /// The upper end.
    #[serde(serialize_with = "plain")]
    pub to: Decimal,
    /// Whether the upper end belongs to it.
    pub to_inclusive: bool,
}

/// How many characters of a sentence are read; no real one is a third of that, and beyond it reading
/// would no longer keep up with typing.
pub const MAX_CHARS: usize = 1500;

/// Reads a scoring sentence; never fails. What comes after [`MAX_CHARS`] is a rest.
pub fn parse(sentence: &str) -> Parsed {
    let end = sentence.char_indices().nth(MAX_CHARS).map_or(sentence.len(), |(at, _)| at);
    let (head, tail) = sentence.split_at(end);
    let mut parsed = read(head);
    if !tail.is_empty() {
        parsed.parts.push(Part { kind: PartKind::Rest, span: end..sentence.len() });
        let message = format!("超过{MAX_CHARS}字的部分没有读");
        parsed.notes.push(Note { code: "not-understood", message, span: Some(end..sentence.len()) });
    }
    parsed
}

/// Sentences that are remembered at most.
const REMEMBERED: usize = 4096;

thread_local! {
    /// Offices word their sentences alike: of ten thousand forms few have one of their own.
    static READ: RefCell<HashMap<Box<str>, Arc<Parsed>, RandomState>> = RefCell::default();
}

/// As [`parse`], but a sentence that was read before is not read again.
pub fn parsed(sentence: &str) -> Arc<Parsed> {
    READ.with_borrow_mut(|read| {
        if let Some(parsed) = read.get(sentence) {
            return Arc::clone(parsed);
        }
        let parsed = Arc::new(parse(sentence));
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(sentence.into(), Arc::clone(&parsed));
        parsed
    })
}

fn read(sentence: &str) -> Parsed {
    let normal = normal::Normal::new(sentence);
    let found = clause::scan(&normal.text);
    let reading = assemble::Reading::of(&found, &normal.text);
    judge::parsed(&reading, &normal, sentence)
}

impl Rule {
    /// The stable name of the kind, as in JSON.
    pub fn kind(&self) -> &'static str {
        self.names().0
    }

    /// The short Chinese name of the kind.
    pub fn label(&self) -> &'static str {
        self.names().1
    }

    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Proportional { .. } => ("proportional", "按比例得分"),
            Self::Threshold { .. } => ("threshold", "达标满分，不足按比例"),
            Self::StepDeduction { .. } => ("step-deduction", "按步扣分"),
            Self::Deadline { .. } => ("deadline", "逾期扣分"),
            Self::Graded { .. } => ("graded", "分级得分"),
            Self::Bands { .. } => ("bands", "分段得分"),
            Self::Direct { .. } => ("direct", "是否得分"),
            Self::Checklist { .. } => ("checklist", "逐项得分"),
            Self::GradedRanges { .. } => ("graded-ranges", "分档评分"),
            Self::Discretionary => ("discretionary", "酌情评分"),
            Self::Unknown => ("unknown", "未能识别"),
        }
    }
}

impl Worth {
    /// All points of the row.
    pub const FULL: Self = Self::Share(Decimal::ONE_HUNDRED);

    /// The points that this is of a row with `full` points.
    pub fn of(self, full: Decimal) -> Decimal {
        match self {
            Self::Points(points) => points,
            Self::Share(share) => (full / Decimal::ONE_HUNDRED).saturating_mul(share),
        }
    }

    fn is_nothing(self) -> bool {
        matches!(self, Self::Points(points) | Self::Share(points) if points.is_zero())
    }

    fn points(self) -> Option<Decimal> {
        match self {
            Self::Points(points) => Some(points),
            Self::Share(_) => None,
        }
    }
}

impl Serialize for Worth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Points(points) => plain(points, serializer),
            Self::Share(share) => serializer.collect_str(&format_args!("{}%", share.normalize())),
        }
    }
}

fn plain<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&vocabulary::number::plain(*number))
}

fn plain_option<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => plain(number, serializer),
        None => serializer.serialize_none(),
    }
}

fn day<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.serialize_str(&vocabulary::date::iso(*date)),
        None => serializer.serialize_none(),
    }
}
