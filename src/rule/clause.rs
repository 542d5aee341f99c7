//! The clause grammar: one pass over the normalised sentence that finds every piece which means
//! something to the score. Each parser looks a bounded way ahead, so the pass is linear.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt, peek, preceded, terminated};
use winnow::token::{one_of, take_while};

use super::formula::{self, Formula};
use super::interval::{self, Interval};
use super::number::{
    In, Out, Quantity, arabic, chinese, end, inside, measured, number, other, points, points_range, quantity,
    unit, within, word,
};
use super::{Direction, Worth};
use crate::vocabulary;

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
    /// 得5分, 得满分, 5分.
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
    pub(super) unit: String,
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
    let mut starting = true;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let before = text.get(..at).unwrap_or_default();
        let parsed = piece(&mut rest, before, starting);
        let span = at..text.len() - rest.len();
        starting = matches!(parsed, Some(Piece::Comma | Piece::Stop | Piece::Item));
        match found.last_mut() {
            Some(Found { piece: None, span: last }) if parsed.is_none() => last.end = span.end,
            _ => found.push(Found { piece: parsed, span }),
        }
    }
    found
}

fn piece(input: &mut In<'_>, before: &str, starting: bool) -> Option<Piece> {
    let ordinal = before.ends_with('第');
    let scored = ["得分", "总分", "成绩", "分数", "均分", "评分", "考核", "测评"]
        .iter()
        .any(|word| before.ends_with(word));
    let mut here = *input;
    let found = alt((
        alt((item.verify(|_| starting), punctuation, circled)),
        date,
        every,
        alt((cap, zero, share_range, award, deduct)),
        discretion,
        formula::formula(starting).map(Piece::Formula),
        alt((partial, stated_total)),
        interval::interval.verify(|_| !ordinal).map(Piece::Interval),
    ))
    .parse_next(&mut here)
    .or_else(|_| {
        here = *input;
        alt((
            bare_range,
            bare_points.map(move |number| match scored {
                true => Piece::Quantity(Quantity { number, unit: "分".into() }),
                false => Piece::Award { worth: Worth::Points(number), full: false, stated: false },
            }),
            quantity.verify(|_| !ordinal).map(Piece::Quantity),
            keyword,
        ))
        .parse_next(&mut here)
    });
    if found.is_err() {
        other.parse_next(input).ok();
        return None;
    }
    *input = here;
    found.ok()
}

fn punctuation(input: &mut In<'_>) -> Out<Piece> {
    let comma = one_of(['，', ',', '(', ')', ':', '、', '/']).value(Piece::Comma);
    alt((comma, one_of([';', '。', '!', '?', '\n']).value(Piece::Stop))).parse_next(input)
}

/// `1.`, `1、`, `1)`, `(1)`, `一、`, 一是, 第一.
fn item(input: &mut In<'_>) -> Out<Piece> {
    let short = || take_while(1..=2, |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let digit = |c: char| c.is_ascii_digit();
    alt((
        (short(), one_of(['.', '、', ')']), peek(winnow::combinator::not(one_of(digit)))).void(),
        ('(', short(), ')').void(),
        (take_while(1.., |c: char| "一二三四五六七八九".contains(c)), '是').void(),
        ('第', short(), opt('项'), one_of(['，', ',', ':', '、'])).void(),
    ))
    .value(Piece::Item)
    .parse_next(input)
}

fn circled(input: &mut In<'_>) -> Out<Piece> {
    one_of(('①'..='⒛', '❶'..='❿', '㈠'..='㈩')).value(Piece::Item).parse_next(input)
}

/// A day, with what makes it a deadline: 于2026年12月底前.
fn date(input: &mut In<'_>) -> Out<Piece> {
    let digits = |n| take_while(1..=n, |c: char| c.is_ascii_digit());
    let day = || (digits(2), alt(('日', '号')).void());
    let part = || alt((day().void(), word(&["底", "末", "上旬", "中旬", "下旬"]).void()));
    let year = || (take_while(4..=4, |c: char| c.is_ascii_digit()), '年').void();
    let written = alt((
        (opt(alt((year(), word(&["当年", "本年度", "本年", "次年"]).void()))), digits(2), '月', opt(part()))
            .void(),
        (year(), opt("度"), alt(('底', '末'))).void(),
        (digits(4), '-', digits(2), '-', digits(2)).void(),
        (digits(4), '.', digits(2), '.', digits(2), opt('日')).void(),
        (digits(4), '/', digits(2), '/', digits(2)).void(),
        word(&["当年年底", "本年底", "当年底", "年底", "年末"]).void(),
    ));
    let before = opt(word(&["(含当日)前", "(含)前", "之前", "以前", "前", "以内", "内"]));
    (written.take(), before)
        .map(|(day, _)| Piece::Date(vocabulary::date::deadline(day, None)))
        .parse_next(input)
}

const LATE: &[&str] = &[
    "推迟", "延迟", "延期", "逾期", "超期", "滞后", "迟", "晚", "拖延", "延后", "拖后", "延误", "超时",
    "延长", "拖期",
];
const TIME: &[&str] = &["天", "个工作日", "周", "月", "季度", "小时", "年", "分钟"];

/// 每, words that give the direction, and how much: 每降低1个百分点, 每少一项, 每处.
fn every(input: &mut In<'_>) -> Out<Piece> {
    let step = alt((measured, preceded("百分之", number).map(percent), unit.map(one)));
    let named = preceded('每', within(14, inside, step));
    let unnamed = preceded(
        '每',
        (within(14, inside, peek(deduct)).map(|(words, _)| words))
            .verify(|words: &str| !words.is_empty())
            .map(|words| (words, one("次".into()))),
    );
    let (words, step) =
        alt((named, unnamed)).verify(|(words, step)| is_step(words, step)).parse_next(input)?;
    let late = LATE.iter().any(|late| words.contains(late))
        || (words.contains('超') && TIME.contains(&step.unit.as_str()));
    Ok(Piece::Every(Every {
        direction: direction(words, &step.unit),
        step: step.number,
        unit: step.unit,
        late,
    }))
}

/// 每年开展4次 is how often, not a step.
fn is_step(words: &str, step: &Quantity) -> bool {
    let period = ["年", "月", "季", "周", "半年", "人", "户", "村", "次会", "天"]
        .iter()
        .any(|period| words.starts_with(period));
    let period_alone = words.is_empty() && matches!(step.unit.as_str(), "年" | "月" | "季度");
    !period && !period_alone && step.number > Decimal::ZERO
}

fn percent(number: Decimal) -> Quantity {
    Quantity { number, unit: "%".into() }
}

fn one(unit: String) -> Quantity {
    Quantity { number: Decimal::ONE, unit }
}

/// Up, down, or each; a lack of things that are counted is counted by the thing.
fn direction(words: &str, unit: &str) -> Option<Direction> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let ratio = matches!(unit, "%" | "个百分点" | "‰");
    let up = has(&["超", "高", "增", "多", "上升", "上涨", "上浮", "大于", "提高"]);
    let fewer = has(&["少", "缺", "差", "漏", "欠"]) && !has(&["减少"]);
    let down =
        has(&["低", "降", "减", "不足", "落后", "未达", "不到", "小于", "下浮", "下滑"]) || (fewer && ratio);
    match (up, down) {
        _ if has(&["偏离", "偏差", "相差", "变动", "误差", "浮动"]) => Some(Direction::Each),
        (true, true) => Some(Direction::Each),
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ if ratio && !fewer => None,
        _ => Some(Direction::Each),
    }
}

/// 扣完为止 and its kin.
fn cap(input: &mut In<'_>) -> Out<Piece> {
    let until = || word(&["为止", "止"]);
    let rest = |n| within(n, inside, until());
    let full = (word(&["直至", "直到", "至"]), opt("该项分值")).void();
    let worth = preceded(
        (opt(full), '扣', word(&["满", "完", "至"]), opt(word(&["本项", "该项", "此项"]))),
        opt(points),
    );
    alt((
        terminated(worth, until()).map(|points| Piece::Cap(points.filter(|points| !points.is_zero()))),
        (opt(word(&["直至", "直到", "以", "至"])), '扣', word(&["完", "光", "尽"]), opt(rest(10)))
            .value(Piece::Cap(None)),
        (word(&["扣到", "扣至"]), rest(8)).value(Piece::Cap(None)),
        (word(&["最多扣", "最高扣", "扣分最多", "累计最多扣", "上限扣"]), opt(word(&["至", "减"])), points)
            .map(|(_, _, points)| Piece::Cap(Some(points))),
        (
            word(&["最低得", "最低为", "最低扣至", "最低扣到", "最低计", "最少得", "最低"]),
            points.verify(|p| p.is_zero()),
        )
            .value(Piece::Cap(None)),
        (
            word(&[
                "不计负分",
                "不得负分",
                "不出现负分",
                "不倒扣",
                "减完为止",
                "扣分上限",
                "扣分不超过",
                "最多扣完",
                "满分为止",
                "得满分为止",
                "加满为止",
            ]),
            take_while(0..=8, inside),
        )
            .value(Piece::Cap(None)),
    ))
    .parse_next(input)
}

const FULL: &[&str] = &["满分", "全分", "全部分值", "全部分数", "全部分", "全额分"];
const GIVE: &[&str] = &[
    "可得", "得到", "获得", "获", "得", "计为", "计", "记为", "记", "赋值", "赋", "给予", "给", "评为", "评",
];
const ROW: &[&str] =
    &["本项指标", "该项指标", "本指标", "该指标", "本项", "该项", "此项", "指标", "相应", "其"];

fn zero(input: &mut In<'_>) -> Out<Piece> {
    let not = word(&[
        "不得分",
        "不计分",
        "不给分",
        "不记分",
        "不赋分",
        "不予得分",
        "不予计分",
        "不予给分",
        "不予赋分",
        "不能得分",
        "不予评分",
        "得零分",
        "计零分",
        "记零分",
        "为零分",
        "零分",
        "无分",
        "不得相应分值",
        "不得该项分",
        "不得此项分",
        "不得本项分",
        "均不得分",
        "不得任何分",
    ]);
    let all = (
        '扣',
        opt(one_of(['除', '掉', '减', '光'])),
        opt(word(ROW)),
        word(&[
            "的全部分值",
            "全部分值",
            "全部分数",
            "全部得分",
            "所有分值",
            "全部分",
            "全分",
            "满分",
            "全部",
        ]),
    );
    let nil = (opt(word(GIVE)), opt('为'), '0', '分', winnow::combinator::not(one_of(['之', '钟'])));
    alt((not.void(), all.void(), nil.void(), ("得0", peek(end)).void())).value(Piece::Zero).parse_next(input)
}

/// 得分值的80%-100%.
fn share_range(input: &mut In<'_>) -> Out<Piece> {
    let of = (opt(word(&["得", "计", "按", "给", "赋", "在"])), opt(word(ROW)), worth_word, opt('的'));
    preceded(of, interval::range).map(Piece::ShareRange).parse_next(input)
}

fn worth_word(input: &mut In<'_>) -> Out<()> {
    word(&[
        "总分值",
        "满分值",
        "标准分值",
        "标准分",
        "权重分",
        "权重",
        "分值",
        "分数",
        "满分",
        "总分",
        "指标分",
        "分",
    ])
    .void()
    .parse_next(input)
}

/// 得5分, 得满分（5分）, 得分值的80%, 不扣分.
fn award(input: &mut In<'_>) -> Out<Piece> {
    let verb = || (word(GIVE), opt(word(&["分为", "分"])), opt(word(&["为", ":", "=", "是"])));
    let full = (
        verb(),
        opt(word(ROW)),
        opt('的'),
        word(FULL),
        opt(('(', points, ')').map(|(_, points, _)| points)),
        opt(preceded(opt(word(&["为", "即", ":", "的"])), points)),
    );
    let full = full.map(|(_, _, _, _, bracketed, points)| full_award(points.or(bracketed)));
    let range =
        (verb(), opt(word(ROW)), points_range).map(|(_, _, (low, high))| Piece::AwardRange(low, high));
    let number = (verb(), opt(word(ROW)), points).map(|(_, _, number)| award_of(number));
    let whole = word(&[
        "不扣分",
        "不予扣分",
        "不扣减",
        "得相应分值",
        "得相应分数",
        "得相应分",
        "得该项分值",
        "得该项分",
        "得本项分",
        "得此项分",
        "得基本分",
    ]);
    let plain = (word(&["得分", "计分", "给分", "赋分"]), peek(end));
    alt((
        full,
        share.map(|worth| Piece::Award { worth, full: false, stated: false }),
        range,
        number,
        whole.map(|_| full_award(None)),
        terminated(
            word(FULL),
            winnow::combinator::not((opt(word(&["为", ":", "是", "值"])), alt((arabic, chinese)))),
        )
        .map(|_| full_award(None)),
        plain.map(|_| full_award(None)),
    ))
    .parse_next(input)
}

fn award_of(number: Decimal) -> Piece {
    match number.is_zero() {
        true => Piece::Zero,
        false => Piece::Award { worth: Worth::Points(number), full: false, stated: true },
    }
}

fn full_award(points: Option<Decimal>) -> Piece {
    let worth = points.map_or(Worth::FULL, Worth::Points);
    Piece::Award { worth, full: true, stated: true }
}

/// 得分值的80%, 得80%分值, 按80%计分, 减半计分.
fn share(input: &mut In<'_>) -> Out<Worth> {
    let verb = || word(&["得到", "得", "计", "按", "给予", "给", "赋", "记"]);
    let percent = || {
        alt((
            terminated(number, '%'),
            preceded("百分之", number),
            preceded("一半", winnow::combinator::empty).value(Decimal::from(50)),
        ))
    };
    let before = (verb(), opt(word(ROW)), worth_word, opt(word(&["的", "×", "按"])), percent())
        .map(|(.., share)| share);
    let after = (verb(), opt(word(ROW)), opt("的"), percent(), opt('的'), opt(word(ROW)), worth_word)
        .map(|(_, _, _, share, ..)| share);
    let scored =
        (verb(), percent(), opt('的'), opt("比例"), word(&["计分", "得分", "给分", "赋分", "计算得分"]))
            .map(|(_, share, ..)| share);
    let half = word(&["减半计分", "减半得分", "得一半分", "减半", "分值减半"]).value(Decimal::from(50));
    alt((before, after, scored, half))
        .verify(|share| *share <= Decimal::ONE_HUNDRED)
        .map(Worth::Share)
        .parse_next(input)
}

/// 扣1分, 扣分值的10%.
fn deduct(input: &mut In<'_>) -> Out<Piece> {
    let verb =
        || (word(&["倒扣", "扣减", "扣除", "扣掉", "扣分", "扣", "减扣", "核减", "减"]), opt(word(ROW)));
    let percent = || terminated(number, '%');
    let share = (verb(), opt(worth_word), opt('的'), percent(), opt(('的', opt(word(ROW)))), opt(worth_word))
        .map(|(_, _, _, share, ..)| Worth::Share(share));
    let range = (verb(), points_range).value(Piece::VagueDeduct);
    let number =
        (verb(), alt((points, terminated(arabic, peek(end))))).map(|(_, points)| Worth::Points(points));
    let vague = (
        word(&[
            "相应扣分",
            "扣相应分值",
            "扣相应分数",
            "扣相应分",
            "扣除相应分值",
            "扣除相应分数",
            "扣减相应分值",
            "扣分",
            "减分",
        ]),
        peek(end),
    );
    alt((range, number.map(Piece::Deduct), share.map(Piece::Deduct), vague.value(Piece::VagueDeduct)))
        .parse_next(input)
}

fn discretion(input: &mut In<'_>) -> Out<Piece> {
    let fixed = word(&[
        "酌情",
        "酌减",
        "酌扣",
        "酌予",
        "适当扣",
        "适当减",
        "适当给",
        "适当酌",
        "综合评定",
        "综合评分",
        "综合打分",
        "综合评判",
        "主观评",
        "视情况",
        "视情节",
        "视情",
    ]);
    let seen = ('视', within(8, inside, word(&["情况", "程度", "情形", "结果"])));
    let tail = opt(within(
        6,
        |c| inside(c) && !c.is_ascii_digit(),
        word(&[
            "扣减分值",
            "扣减分数",
            "扣分",
            "给分",
            "得分",
            "计分",
            "赋分",
            "打分",
            "评分",
            "扣减",
            "减分",
            "扣除",
            "给予",
        ]),
    ));
    (alt((fixed.void(), seen.void())), tail).value(Piece::Discretion).parse_next(input)
}

/// 不足10天按10天计, 不足1个百分点的不扣分.
fn partial(input: &mut In<'_>) -> Out<Piece> {
    let short = (
        word(&["不足", "不满", "未满"]),
        quantity,
        opt(word(&["的", "部分", "，", ","])),
        opt(word(&["，", ","])),
    );
    let counts = (
        word(&["按照", "按", "以", "也按", "均按"]),
        quantity,
        opt(word(&["计算", "计", "扣分", "扣", "算"])),
    )
        .value(true);
    let free = word(&["不扣分", "不计算", "不计", "不扣", "忽略"]).value(false);
    preceded(short, alt((counts, free))).map(Piece::Partial).parse_next(input)
}

/// 满分10分, 共计5分, 分值：2.
fn stated_total(input: &mut In<'_>) -> Out<Piece> {
    let name = (
        opt(word(ROW)),
        word(&[
            "满分值",
            "满分",
            "共计",
            "总计",
            "合计",
            "总分值",
            "总分",
            "标准分",
            "基准分",
            "分值",
            "权重分",
            "权重",
            "赋分",
            "共",
        ]),
        opt(word(&["为", "是", ":", "=", "计", "得"])),
    );
    let row = (
        word(&["本项指标", "该项指标", "本指标", "该指标", "本项", "该项", "此项"]),
        opt(word(&["共", "为", "计"])),
    );
    let number = || alt((points, terminated(arabic, peek(end))));
    alt((preceded(name, number()), preceded(row, points))).map(Piece::Total).parse_next(input)
}

/// `8-10分` alone: points, unless an award follows, which makes it a mark.
fn bare_range(input: &mut In<'_>) -> Out<Piece> {
    points_range.map(|(low, high)| Piece::AwardRange(low, high)).parse_next(input)
}

/// `5分` alone.
fn bare_points(input: &mut In<'_>) -> Out<Decimal> {
    points.parse_next(input)
}

fn keyword(input: &mut In<'_>) -> Out<Piece> {
    alt((
        word(&["否则", "反之", "其他情况", "其它情况", "其余情况", "其余", "其他的", "除此之外"])
            .value(Piece::Otherwise),
        word(&["一票否决"]).value(Piece::Veto),
        (
            word(&["合理确定", "确定分值", "确定得分", "对应分值区间", "分值区间", "分档", "分值范围"]),
            opt(word(&["得分", "分值", "分数", "评分"])),
        )
            .value(Piece::Ladder),
    ))
    .parse_next(input)
}
