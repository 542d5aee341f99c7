//! The clause grammar: one pass over the normalised sentence that finds every piece which means
//! something to the score. Each parser looks a bounded way ahead, and the first character says
//! which parsers can succeed, so the pass is linear.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, not, peek};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

use super::condition::{date, every, keyword, partial};
use super::formula::{self, Formula};
use super::interval::{self, Interval};
use super::number::{In, Out, Quantity, is_numeral, other, quantity};
use super::outcome::{
    award, bare, bonus, cap, deduct, discretion, no_bonus, share_range, stated_total, zero,
};
use super::{Direction, Worth};

/// One thing a sentence says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A comma, a bracket: the clause goes on.
    Comma,
    /// A semicolon, a full stop: a new clause.
    Stop,
    /// ①, 1., （1）, 一是: a new item of a list.
    Item,
    /// 满分10分, 共计5分: the points of the row.
    Total(Decimal),
    /// 得5分, 得满分, 5分; `stated` with a verb.
    Award { worth: Worth, full: bool, stated: bool },
    /// 得8-10分.
    AwardRange(Decimal, Decimal),
    /// 得分值的80%-100%.
    ShareRange(Interval),
    /// 不得分.
    Zero,
    /// 扣1分.
    Deduct(Worth),
    /// 扣分 without a number.
    VagueDeduct,
    /// 每降低1个百分点.
    Every(Every),
    /// ≥95%, 80%（含）-90%.
    Interval(Interval),
    /// 1例, 95%: a quantity without a comparison.
    Quantity(Quantity),
    /// 2026年12月31日前.
    Date(Option<Date>),
    /// 按实际值/目标值×分值, 按比例计分.
    Formula(Formula),
    /// 否则.
    Otherwise,
    /// 加2分: beyond the points of the row.
    Bonus,
    /// 超额完成不加分.
    NoBonus,
    /// 酌情.
    Discretion,
    /// 扣完为止; the points where they are named: 扣满15分为止.
    Cap(Option<Decimal>),
    /// 一票否决.
    Veto,
    /// 合理确定分值: grades with ranges.
    Ladder,
    /// 不足10天按10天计 (true), 不足10天不扣分 (false).
    Partial(bool),
}

/// 每…: the step of a deduction.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Every {
    /// `None` where the sentence says only how much: 每1%扣1分.
    pub(super) direction: Option<Direction>,
    pub(super) step: Decimal,
    pub(super) unit: Cow<'static, str>,
    /// 每推迟, 每逾期.
    pub(super) late: bool,
}

/// A piece, or text that is none, with its place in the normalised text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) piece: Option<Piece>,
    pub(super) span: Range<usize>,
}

/// Finds all pieces; neighbouring characters that are none are one `Found`.
pub(super) fn scan(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut rest = text;
    let mut place = Place { starting: true, ..Place::default() };
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        place.look_back(text.get(..at).unwrap_or_default());
        let parsed = piece(&mut rest, &place);
        let span = at..text.len() - rest.len();
        place.advance(&parsed);
        match found.last_mut() {
            Some(Found { piece: None, span: last }) if parsed.is_none() => last.end = span.end,
            _ => found.push(Found { piece: parsed, span }),
        }
    }
    found
}

/// What stands before a piece, as far as it matters to what the piece can be.
#[derive(Default)]
struct Place {
    /// A clause begins.
    starting: bool,
    /// 第: what follows is an ordinal.
    ordinal: bool,
    /// 考核得分: what follows is a mark.
    scored: bool,
}

impl Place {
    fn look_back(&mut self, before: &str) {
        const SCORED: &[&str] = &["得分", "总分", "成绩", "分数", "均分", "评分", "考核", "测评"];
        self.ordinal = before.ends_with('第');
        self.scored = before.ends_with(['分', '绩', '数', '核', '评'])
            && SCORED.iter().any(|word| before.ends_with(word));
    }

    fn advance(&mut self, parsed: &Option<Piece>) {
        self.starting = matches!(parsed, Some(Piece::Comma | Piece::Stop | Piece::Item));
    }
}

fn piece(input: &mut In<'_>, place: &Place) -> Option<Piece> {
    let first = input.chars().next()?;
    let mut here = *input;
    let found = match first {
        '0'..='9' | '-' => numeric(&mut here, place),
        '+' => one_of('+').value(Piece::Item).parse_next(&mut here),
        '①'..='⒛' | '❶'..='❿' | '㈠'..='㈩' => {
            one_of(|_| true).value(Piece::Item).parse_next(&mut here)
        }
        c if is_numeral(c) => numeric(&mut here, place),
        c if c.is_ascii_punctuation() || matches!(c, '，' | '、' | '。' | '≥' | '≤') => {
            sign(&mut here, place)
        }
        _ => worded(&mut here, first),
    };
    let found = found.or_else(|_| {
        here = *input;
        // a formula that nothing announces can only be a whole clause
        if place.starting { formula::bare.map(Piece::Formula).parse_next(&mut here) } else { Err(EmptyError) }
    });
    match found {
        Ok(piece) => {
            *input = here;
            Some(piece)
        }
        Err(EmptyError) => {
            other.parse_next(input).ok();
            None
        }
    }
}

fn numeric(input: &mut In<'_>, place: &Place) -> Out<Piece> {
    let number = alt((
        interval::led_by_number.map(Piece::Interval),
        bare(place.scored),
        quantity.map(Piece::Quantity),
    ));
    alt((item.verify(|_| place.starting), date, zero, number.verify(|_| !place.ordinal), keyword))
        .parse_next(input)
}

fn sign(input: &mut In<'_>, place: &Place) -> Out<Piece> {
    let comma = one_of(['，', ',', '(', ')', ':', '、', '/']).value(Piece::Comma);
    let stop = one_of([';', '。', '!', '?', '\n']).value(Piece::Stop);
    let formula = formula::led.map(Piece::Formula);
    alt((item.verify(|_| place.starting), comma, stop, formula, interval::led_by_word.map(Piece::Interval)))
        .parse_next(input)
}

/// The pieces that begin with a word, by the first character of that word.
fn worded(input: &mut In<'_>, first: char) -> Out<Piece> {
    let formula = || formula::led.map(Piece::Formula);
    let interval = || interval::led_by_word.map(Piece::Interval);
    match first {
        '每' => every(input),
        '扣' => alt((cap, zero, deduct)).parse_next(input),
        '得' | '计' | '记' | '赋' | '给' | '获' | '可' | '评' | '按' => {
            alt((cap, zero, share_range, award, formula(), discretion)).parse_next(input)
        }
        '满' | '全' | '总' | '分' | '标' | '权' | '指' | '本' | '该' | '此' | '相' | '其' | '合' | '共'
        | '基' => alt((cap, zero, stated_total, share_range, award, deduct, date, formula(), keyword))
            .parse_next(input),
        '不' | '未' | '没' => alt((cap, no_bonus, zero, award, partial, interval())).parse_next(input),
        '减' | '倒' | '核' => alt((cap, award, deduct)).parse_next(input),
        '酌' | '适' | '综' | '主' | '视' | '由' => discretion(input),
        '为' | '等' => alt((zero, formula(), interval())).parse_next(input),
        '以' => alt((cap, discretion, formula())).parse_next(input),
        '依' | '根' => alt((formula(), discretion)).parse_next(input),
        '公' | '同' | '成' | '正' | '比' | '用' => formula().parse_next(input),
        '在' | '介' | '处' | '达' | '从' | '大' | '高' | '超' | '至' | '小' | '低' | '控' | '少' | '多'
        | '前' => alt((cap, no_bonus, share_range, interval())).parse_next(input),
        '最' => alt((cap, bonus, stated_total)).parse_next(input),
        '加' | '另' | '奖' => alt((cap, bonus)).parse_next(input),
        '直' | '累' | '上' => cap(input),
        '当' | '次' | '年' => date(input),
        '零' | '无' | '均' | '→' => zero(input),
        '否' | '反' | '除' | '确' | '对' | '取' => keyword(input),
        _ => Err(EmptyError),
    }
}

/// `1.`, `1、`, `1)`, `(1)`, `一、`, 一是.
fn item(input: &mut In<'_>) -> Out<Piece> {
    let short = || take_while(1..=2, |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let digit = |c: char| c.is_ascii_digit();
    alt((
        (short(), one_of(['.', '、', ')']), peek(not(one_of(digit)))).void(),
        ('(', short(), ')').void(),
        (take_while(1..=2, |c: char| "一二三四五六七八九".contains(c)), '是').void(),
    ))
    .value(Piece::Item)
    .parse_next(input)
}
