//! Intervals of the value: `≥95%`, 90%及以上, 80%（含）-90%, 60%≤完成率<80%.

use std::borrow::Cow;

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

use super::number::{In, Out, Quantity, dash, inside, mark, points, quantity, within, word};

/// An end of an interval. Whether it belongs to it is often left open; neighbours decide then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) value: Decimal,
    pub(super) inclusive: Option<bool>,
}

/// Values from one edge to the other; a missing edge is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) from: Option<Edge>,
    pub(super) to: Option<Edge>,
    pub(super) unit: Cow<'static, str>,
}

/// Which end of an interval a comparison sets, and whether the end belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    From(Option<bool>),
    To(Option<bool>),
    Equal,
}

impl Interval {
    /// Exactly one value.
    pub(super) fn only(quantity: &Quantity) -> Self {
        Self::of(Side::Equal, quantity, None)
    }

    fn of(side: Side, quantity: &Quantity, said: Option<bool>) -> Self {
        let edge =
            |inclusive: Option<bool>| Some(Edge { value: quantity.number, inclusive: said.or(inclusive) });
        let (from, to) = match side {
            Side::From(inclusive) => (edge(inclusive), None),
            Side::To(inclusive) => (None, edge(inclusive)),
            Side::Equal => (edge(Some(true)), edge(Some(true))),
        };
        Self { from, to, unit: quantity.unit.clone() }
    }

    /// Both conditions at once, where each sets another end.
    pub(super) fn join(self, other: Self) -> Option<Self> {
        let unit = if self.unit.is_empty() { other.unit } else { self.unit };
        match (self.from, self.to, other.from, other.to) {
            (from, None, None, to) | (None, to, from, None) => Some(Self { from, to, unit }),
            _ => None,
        }
    }

    /// The edges in order, each with what a remark in brackets says: （不含100%）.
    fn remarked(mut self, remark: Option<(bool, Option<Decimal>)>) -> Self {
        let Some((inclusive, value)) = remark else { return self };
        let named = |edge: &Option<Edge>| value.is_some() && edge.map(|edge| edge.value) == value;
        let edge = if named(&self.from) && !named(&self.to) { &mut self.from } else { &mut self.to };
        if let Some(edge) = edge {
            edge.inclusive = Some(inclusive);
        }
        self
    }
}

/// An interval that begins with a number: 90%以上, 80%-90%, 60%≤完成率<80%.
pub(super) fn led_by_number(input: &mut In<'_>) -> Out<Interval> {
    alt((range_here, suffixed, sandwiched)).parse_next(input)
}

/// An interval that begins with a sign or a word: ≥95%, 在80%-90%之间, ≥80%且<90%.
pub(super) fn led_by_word(input: &mut In<'_>) -> Out<Interval> {
    let place = word!("在 介于 处于 达到 达 为 从");
    let rank = preceded('前', bound.verify(|(quantity, _)| !quantity.unit.is_empty()));
    let rank = rank.map(|(quantity, said)| Interval::of(Side::To(None), &quantity, said));
    alt((preceded(place, range_here), compared_twice, rank)).parse_next(input)
}

/// `≥95%`, and with a second condition `≥80%且<90%`, 大于等于80%小于90%.
fn compared_twice(input: &mut In<'_>) -> Out<Interval> {
    let first = compared.parse_next(input)?;
    let mut ahead = *input;
    let and = (opt(one_of(['，', ',', '、'])), opt(word!("且 并且 并 但 和 及 而")));
    let second = preceded(and, within(8, name, compared)).map(|(_, second)| second);
    let both = second.verify_map(|second| first.clone().join(second)).parse_next(&mut ahead);
    if both.is_ok() {
        *input = ahead;
    }
    Ok(both.unwrap_or(first))
}

/// `60%≤完成率<80%`.
fn sandwiched(input: &mut In<'_>) -> Out<Interval> {
    let sign = || one_of(['≤', '<', '≥', '>']);
    let (first, left, _, right, second) =
        (bound, sign(), take_while(1..=12, name), sign(), bound).parse_next(input)?;
    // read from the left, the first comparison is turned round
    let turned = match left {
        '≤' => Side::From(Some(true)),
        '<' => Side::From(Some(false)),
        '≥' => Side::To(Some(true)),
        _ => Side::To(Some(false)),
    };
    let straight = match right {
        '≤' => Side::To(Some(true)),
        '<' => Side::To(Some(false)),
        '≥' => Side::From(Some(true)),
        _ => Side::From(Some(false)),
    };
    let joined = Interval::of(turned, &first.0, None).join(Interval::of(straight, &second.0, None));
    joined.ok_or(EmptyError)
}

fn name(c: char) -> bool {
    inside(c) && !c.is_ascii_digit() && !"≤≥<>=()得计扣".contains(c)
}

/// A range with what may follow it: 80%-90%之间.
fn range_here(input: &mut In<'_>) -> Out<Interval> {
    let tail = opt(word!("之间的 之间 区间内 区间 范围内 以内"));
    (range, tail).map(|(range, _)| range).parse_next(input)
}

/// `80%（含）-90%`, `100-80%（含）`, `90-100分` before an award.
pub(super) fn range(input: &mut In<'_>) -> Out<Interval> {
    let marks_count = peek((
        opt(one_of([')', '，', ',', ':', '的'])),
        opt(one_of(['，', ',', '的'])),
        opt(one_of(['得', '计', '记', '赋'])),
        opt("满分"),
        opt(points),
    ))
    .verify(|(.., verb, full, points)| verb.is_some() || full.is_some() || points.is_some());
    let low = (alt((quantity, mark)), opt(inclusion));
    let plain = (quantity, opt(inclusion));
    let marked = (mark, opt(inclusion), marks_count).map(|(mark, remark, _)| (mark, remark));
    let ((first, said), (), (second, remark)) = (low, dash, alt((plain, marked))).parse_next(input)?;
    let edge = |quantity: &Quantity, said: Option<bool>| Edge { value: quantity.number, inclusive: said };
    let unit = if second.unit.is_empty() { first.unit.clone() } else { second.unit.clone() };
    let first_edge = edge(&first, said.map(|(inclusive, _)| inclusive));
    let second_edge = edge(&second, None);
    let written = Interval { from: Some(first_edge), to: Some(second_edge), unit }.remarked(remark);
    Ok(match first.number > second.number {
        true => Interval { from: written.to, to: written.from, unit: written.unit },
        false => written,
    })
}

/// ≥95%, 达到95%以上, 控制在3%以内.
fn compared(input: &mut In<'_>) -> Out<Interval> {
    let (side, (quantity, said), suffix) = (side, bound, opt(suffix)).parse_next(input)?;
    if side == Side::Equal && quantity.unit == "分" {
        return Err(EmptyError);
    }
    let side = match (side, suffix) {
        (Side::Equal, Some(suffix)) => suffix,
        (Side::From(_), Some(Side::From(_))) => Side::From(None),
        (side, _) => side,
    };
    Ok(Interval::of(side, &quantity, said))
}

/// 90%及以上, 60%以下.
fn suffixed(input: &mut In<'_>) -> Out<Interval> {
    let ((quantity, said), side) = (bound, suffix).parse_next(input)?;
    Ok(Interval::of(side, &quantity, said))
}

fn bound(input: &mut In<'_>) -> Out<(Quantity, Option<bool>)> {
    let signed = (opt(('-', peek(one_of(|c: char| c.is_ascii_digit())))), alt((quantity, mark)));
    let number = signed.map(|(minus, quantity)| Quantity {
        number: if minus.is_some() { -quantity.number } else { quantity.number },
        ..quantity
    });
    (number, opt(inclusion))
        .map(|(number, said)| (number, said.map(|(inclusive, _)| inclusive)))
        .parse_next(input)
}

/// Whether what stands here makes the number before it a bound: 以上, （含）, -95分.
pub(super) fn bounds(input: &mut In<'_>) -> Out<()> {
    alt((suffix.void(), inclusion.void(), (dash, quantity).void(), (dash, mark).void())).parse_next(input)
}

fn suffix(input: &mut In<'_>) -> Out<Side> {
    let above = alt((
        word!("及其以上 及以上 或以上 和以上 含以上").value(Side::From(Some(true))),
        preceded("以上", opt(inclusion)).map(|said| Side::From(said.map(|(inclusive, _)| inclusive))),
    ));
    let below = alt((
        word!("及其以下 及以下 或以下 和以下 含以下 以内 之内").value(Side::To(Some(true))),
        preceded("以下", opt(inclusion)).map(|said| Side::To(said.map(|(inclusive, _)| inclusive))),
    ));
    alt((above, below)).parse_next(input)
}

/// （含）, （不含100%）, 含本数: whether an end belongs, and which.
fn inclusion(input: &mut In<'_>) -> Out<(bool, Option<Decimal>)> {
    let said = || alt((word!("不包含 不包括 不含").value(false), word!("包含 包括 含").value(true)));
    let which = || {
        opt(alt((
            quantity.map(|quantity| Some(quantity.number)),
            mark.map(|mark| Some(mark.number)),
            word!("本数 本级 端点").value(None),
        )))
    };
    let bracketed = ('(', said(), which(), ')').map(|(_, said, which, _)| (said, which.flatten()));
    let plain = (said(), not(one_of(['税', '义', '有']))).map(|(said, ())| (said, None));
    alt((bracketed, plain)).parse_next(input)
}

fn side(input: &mut In<'_>) -> Out<Side> {
    alt((
        word!("≥ 大于或等于 大于等于 高于或等于 高于等于 超过或等于 不得低于 不低于 不少于 不小于 达到了 至少达到")
        .value(Side::From(Some(true))),
        word!("≤ 小于或等于 小于等于 低于或等于 低于等于 不得超过 不超过 未超过 未超出 不超出 未超 不高于 不大于 不多于 控制在 没有超过")
        .value(Side::To(Some(true))),
        word!("< 未能达到 没有达到 没达到 未达到 未达 达不到 不到 未到 不足 不满 小于 低于 少于 未满 不达")
        .value(Side::To(Some(false))),
        word!("达到 达 至少").value(Side::From(Some(true))),
        word!("> 大于 高于 超过 超出 多于 超").value(Side::From(Some(false))),
        word!("= 等于 为").value(Side::Equal),
    ))
    .parse_next(input)
}
