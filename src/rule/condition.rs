//! Conditions that are no plain interval: days, steps, and single words.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::token::{one_of, take_while};

use super::Direction;
use super::clause::{Every, Piece};
use super::number::{
    In, Out, Quantity, end, inside, is_numeral, measured, number, quantity, unit, within, word,
};
use super::outcome::deduct;
use crate::vocabulary::unit::Kind;
use crate::vocabulary::{self, numeral};

/// Words of delay.
pub(super) const LATE: &[&str] = &[
    "过期", "推迟", "延迟", "延期", "逾期", "超期", "滞后", "迟", "晚", "拖延", "延后", "拖后", "延误",
    "超时", "延长", "拖期",
];
/// Units of time.
pub(super) const TIME: &[&str] =
    &["天", "日", "个工作日", "周", "月", "个月", "季度", "个季度", "小时", "年", "分钟", "旬"];

/// A day, with what makes it a deadline: 2026年12月底前, 二〇二六年十二月.
pub(super) fn date(input: &mut In<'_>) -> Out<Piece> {
    let digit = |c: char| c.is_ascii_digit();
    let four = || alt((take_while(4..=4, digit), take_while(4..=4, is_numeral)));
    let two = || alt((take_while(1..=2, digit), take_while(1..=3, is_numeral)));
    let sign = one_of(['年', '月', '-', '.', '/']);
    let figures = alt((take_while(1..=4, digit), take_while(1..=4, is_numeral)));
    peek(alt((word!("当 本 次 年").void(), (figures, sign).void()))).parse_next(input)?;
    let year = || (four(), '年').void();
    let day = alt(((two(), alt(('日', '号'))).void(), word!("底 末 上旬 中旬 下旬").void()));
    let written = alt((
        (opt(alt((year(), word!("当年 本年度 本年 次年").void()))), two(), '月', opt(day)).void(),
        (year(), opt("度"), alt(('底', '末'))).void(),
        (four(), '-', two(), '-', two()).void(),
        (four(), '.', two(), '.', two(), opt('日')).void(),
        (four(), '/', two(), '/', two()).void(),
        word!("当年年底 本年底 当年底 年底 年末").void(),
    ));
    let before = opt(word!("(含当日)前 (含)前 之前 以前 前 以内 内"));
    let day = |written: &str| vocabulary::date::deadline(&in_figures(written), None);
    (written.take(), before).map(|(written, _)| Piece::Date(day(written))).parse_next(input)
}

/// 二〇二六年十二月 in figures.
fn in_figures(written: &str) -> String {
    let mut figures = String::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let run = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
        match numeral::read(rest.get(..run).unwrap_or_default()) {
            Some(number) => figures.push_str(&number.to_string()),
            None => figures.push(c),
        }
        rest = rest.get(run.max(c.len_utf8())..).unwrap_or_default();
    }
    figures
}

/// 每, words that give the direction, and how much: 每降低1个百分点, 每少一项, 每处.
pub(super) fn every(input: &mut In<'_>) -> Out<Piece> {
    let verb = word!(
        "发现 出现 发生 缺少 缺 减少 少 漏 有 超过 超出 超期 超时 超支 超 降低 下降 低于 低 逾期 推迟 延迟 增加 高于",
    );
    // 每个单位都有 is no step
    let priced = peek(within(14, |c| c != '。' && c != ';', one_of(['扣', '减', '得', '计', '加'])));
    let single = (unit, priced).map(|(unit, _)| ("", one(unit)));
    let verbal =
        (verb, unit, peek(alt((end, word!("扣 的").void())))).map(|(verb, unit, ())| (verb, one(unit)));
    // 每高于5%一个百分点 steps by the point
    let numbered = within(14, before_deduction, (counted, opt(counted)));
    let numbered = numbered.map(|(words, (first, second))| (words, second.unwrap_or(first)));
    let unnamed = within(14, before_deduction, peek(deduct)).map(|(words, _)| (words, one("次")));
    let unnamed = unnamed.verify(|(words, _): &(&str, Quantity)| !words.is_empty());
    let step = alt((single, verbal, numbered, unnamed)).verify(|(words, step)| is_step(words, step));
    let (words, Quantity { number: step, unit }) = preceded('每', step).parse_next(input)?;
    let late = LATE.iter().any(|late| words.contains(late));
    Ok(Piece::Every(Every { direction: direction(words, &unit), step, unit, late }))
}

/// A number with a unit, even one that nobody has listed: 1岁的.
fn counted(input: &mut In<'_>) -> Out<Quantity> {
    let unlisted = one_of(|c: char| c.is_alphabetic() && c != '分');
    let strange = (number, unlisted, peek(one_of(['的', '，', ',', '扣'])));
    let strange = strange.map(|(number, unit, _)| Quantity { number, unit: unit.to_string().into() });
    alt((measured, preceded("百分之", number).map(percent), strange)).parse_next(input)
}

fn before_deduction(c: char) -> bool {
    inside(c) && !matches!(c, '扣' | '得' | '每')
}

/// 每年开展4次 is how often, not a step.
fn is_step(words: &str, step: &Quantity) -> bool {
    let periods = ["年", "月", "季", "周", "半年", "人", "户", "村", "天"];
    let period = periods.iter().any(|period| words.starts_with(period));
    let alone = words.is_empty() && matches!(step.unit.as_ref(), "年" | "月" | "季度");
    !period && !alone && step.number > Decimal::ZERO
}

fn percent(number: Decimal) -> Quantity {
    Quantity { number, unit: "%".into() }
}

fn one(unit: &'static str) -> Quantity {
    Quantity { number: Decimal::ONE, unit: unit.into() }
}

/// Up, down, or each; a lack of things that are counted is counted by the thing.
fn direction(words: &str, unit: &str) -> Option<Direction> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let ratio = matches!(unit, "%" | "个百分点" | "‰" | "个千分点");
    let up = has(&["超", "高", "增", "多", "上升", "上涨", "上浮", "大于", "提高"]);
    let fewer = has(&["少", "缺", "差", "漏", "欠"]) && !has(&["减少"]);
    let kind = vocabulary::unit::find(unit).map(|unit| unit.kind);
    let measured = matches!(
        kind,
        Some(Kind::Money | Kind::Length | Kind::Area | Kind::Mass | Kind::Large | Kind::People)
    ) || unit == "户";
    let lower = has(&["低", "降", "减", "不足", "落后", "未达", "不到", "小于", "下浮", "下滑"]);
    match (up, lower || (fewer && (ratio || measured))) {
        _ if has(&["偏离", "偏差", "变动", "误差", "浮动"]) => Some(Direction::Each),
        (true, true) => Some(Direction::Each),
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        (false, false) if ratio => None,
        (false, false) => Some(Direction::Each),
    }
}

/// 不足10天按10天计, 不足1个百分点的不扣分.
pub(super) fn partial(input: &mut In<'_>) -> Out<Piece> {
    let short = (word!("不足 不满 未满"), quantity, opt(word!("的 部分")), opt(word!("， ,")));
    let counts = (word!("按照 按 以 也按 均按"), quantity, opt(word!("计算 计 扣分 扣 算"))).value(true);
    let free = word!("不扣分 不计算 不计 不扣 忽略").value(false);
    preceded(short, alt((counts, free))).map(Piece::Partial).parse_next(input)
}

/// 否则, 一票否决, 合理确定分值.
pub(super) fn keyword(input: &mut In<'_>) -> Out<Piece> {
    let ladder = word!("评分区间 取值 合理确定 确定分值 确定得分 对应分值区间 分值区间 分档 分值范围");
    alt((
        word!("否则 反之 其他情况 其它情况 其余情况 其余 其他的 除此之外").value(Piece::Otherwise),
        "一票否决".value(Piece::Veto),
        (ladder, opt(word!("得分 分值 分数 评分"))).value(Piece::Ladder),
    ))
    .parse_next(input)
}
