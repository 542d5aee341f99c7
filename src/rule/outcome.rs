//! Outcomes: points that are earned, lost, or left to the reviewer, and the points of the row.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, delimited, empty, not, opt, peek, preceded, terminated};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

use super::Worth;
use super::clause::Piece;
use super::interval;
use super::number::{
    In, Out, Quantity, arabic, chinese, end, inside, number, points, points_range, within, word,
};

/// 扣完为止 and its kin.
pub(super) fn cap(input: &mut In<'_>) -> Out<Piece> {
    let lead = opt(word!("直至 直到 以 至"));
    let worth =
        delimited((word!("满 完 至 到"), opt(word!("本项 该项 此项"))), opt(points), word!("为止 止"));
    let spent = (word!("完 光 尽"), opt(within(10, inside, word!("为止 止"))));
    let down = (word!("至 到"), within(8, inside, word!("为止 止")));
    let deducted = alt((worth, spent.value(None), down.value(None)));
    let most = (word!("最多扣 最高扣 扣分最多 累计最多扣 累计扣分最多 上限扣"), opt(word!("至 减")), points)
        .value(None);
    let least =
        (word!("最低得 最低为 最低扣至 最低扣到 最低计 最少得 最低"), points.verify(Decimal::is_zero))
            .value(None);
    let said = word!(
        "不计负分 不得负分 不出现负分 不倒扣 减完为止 扣分上限 扣分不超过 最多扣完 满分为止 得满分为止 加满为止",
    );
    alt((preceded((lead, '扣'), deducted), most, least, (said, take_while(0..=8, inside)).value(None)))
        .map(|points: Option<Decimal>| Piece::Cap(points.filter(|points| !points.is_zero())))
        .parse_next(input)
}

/// Verbs of giving points.
fn give<'a>() -> impl Parser<In<'a>, &'static str, EmptyError> {
    word!("可得 得到 获得 获 得 计为 计 记为 记 赋值 赋 给予 给 评为 评")
}

/// The row, as a sentence speaks of it.
fn row<'a>() -> impl Parser<In<'a>, Option<&'static str>, EmptyError> {
    opt(word!("本项指标 该项指标 本指标 该指标 本项 该项 此项 指标 相应 其"))
}

/// All points of the row, in words.
fn full<'a>() -> impl Parser<In<'a>, &'static str, EmptyError> {
    word!("满分 满份 全分 全部分值 全部分数 全部分 全额分")
}

/// What a share of the points is a share of.
fn whole<'a>() -> impl Parser<In<'a>, &'static str, EmptyError> {
    word!("总分值 满分值 标准分值 标准分 权重分 权重 分值 分数 满分 总分 指标分 分")
}

pub(super) fn zero(input: &mut In<'_>) -> Out<Piece> {
    let nothing = word!(
        "不得分 不计分 不给分 不记分 不赋分 不予得分 不予计分 不予给分 不予赋分 不予评分 不能得分 均不得分 全扣 \
         得零分 计零分 记零分 为零分 零分 无分 不得相应分值 不得该项分 不得此项分 不得本项分 不得任何分",
    );
    let everything = word!("的全部分值 全部分值 全部分数 全部得分 所有分值 全部分 全分 满分 全部");
    let all = ('扣', opt(one_of(['除', '掉', '减', '光'])), row(), everything);
    let nil = (opt(give()), opt('为'), '0', '分', not(one_of(['之', '钟'])));
    alt((nothing.void(), all.void(), nil.void(), (word!("得0 →0"), peek(end)).void()))
        .value(Piece::Zero)
        .parse_next(input)
}

/// 得分值的80%-100%.
pub(super) fn share_range(input: &mut In<'_>) -> Out<Piece> {
    let of = (opt(word!("得 计 按 给 赋 在")), row(), whole(), opt(one_of(['的', '×'])), opt('('));
    let scored = alt((whole().void(), word!("计分 得分 给分 赋分 打分").void(), end));
    let named = (word!("得 计 给 赋 按"), interval::led_by_number, opt('的'), row(), scored)
        .map(|(_, range, ..)| range);
    let named = named.verify(|range| range.unit == "%");
    alt((
        terminated(preceded(of, interval::led_by_number), opt(')')).verify(|range| range.unit == "%"),
        named,
    ))
    .map(Piece::ShareRange)
    .parse_next(input)
}

/// 得5分, 得满分（5分）, 得分值的80%, 不扣分.
pub(super) fn award(input: &mut In<'_>) -> Out<Piece> {
    let verb = (give(), opt(word!("分为 分")), opt(word!("为 : = 是")), row());
    let numbered = alt((
        preceded(opt('的'), all_of_it),
        points_range.map(|(low, high)| Piece::AwardRange(low, high)),
        terminated(points, not(alt((interval::bounds, awarded, one_of(['×', '/']).void())))).map(given),
    ));
    let unsaid = not(alt((('线').void(), (opt(word!("为 : 是 值")), alt((arabic, chinese))).void())));
    alt((
        preceded(verb, numbered),
        share.map(|worth| Piece::Award { worth, full: false, stated: false }),
        terminated(full(), unsaid).map(|_| everything(None)),
        word!("不扣分 不予扣分 不扣减 得相应分值 得相应分数 得相应分 给足标准分 给足分 给足 得该项分值 得该项分 得本项分 得此项分 得基本分").map(|_| everything(None)),
        terminated(word!("得分 计分 给分 赋分"), peek(end)).map(|_| everything(None)),
    ))
    .parse_next(input)
}

/// 满分, 满分5分, 满分（5分） after a verb.
fn all_of_it(input: &mut In<'_>) -> Out<Piece> {
    let bracketed = delimited('(', points, ')');
    let plain = preceded(opt(word!("为 即 : 的")), points);
    preceded(full(), opt(alt((bracketed, plain)))).map(everything).parse_next(input)
}

/// An award after a number makes that number a mark: 得分90分的得5分.
fn awarded(input: &mut In<'_>) -> Out<()> {
    let verb = (opt('的'), opt(one_of(['，', ','])), one_of(['得', '计', '记', '赋']));
    (verb, alt(("满分".void(), points.void()))).void().parse_next(input)
}

fn given(number: Decimal) -> Piece {
    match number.is_zero() {
        true => Piece::Zero,
        false => Piece::Award { worth: Worth::Points(number), full: false, stated: true },
    }
}

fn everything(points: Option<Decimal>) -> Piece {
    Piece::Award { worth: points.map_or(Worth::FULL, Worth::Points), full: true, stated: true }
}

/// 得分值的80%, 得80%分值, 按80%计分, 减半计分.
fn share(input: &mut In<'_>) -> Out<Worth> {
    let percent = || {
        let half = "一半".value(Decimal::from(50));
        let written = alt((terminated(number, '%'), preceded("百分之", number), half));
        terminated(written, not(interval::bounds))
    };
    let of = preceded((whole(), opt(word!("的 × 按"))), percent());
    let part = terminated(preceded(opt('的'), percent()), (opt('的'), row(), whole()));
    let scored = terminated(percent(), (opt('的'), opt("比例"), word!("计分 得分 给分 赋分 计算得分")));
    let alone = terminated(percent(), peek(end));
    let verb = (word!("得到 得 计 按 给予 给 赋 记"), row());
    let half = (word!("减半计分 减半得分 得一半分 减半 分值减半"), empty).value(Decimal::from(50));
    alt((preceded(verb, alt((of, part, scored, alone))), half))
        .verify(|share| *share <= Decimal::ONE_HUNDRED)
        .map(Worth::Share)
        .parse_next(input)
}

/// The verb of a deduction; 分值 after it begins with 分 too.
fn take_from(input: &mut In<'_>) -> Out<()> {
    let noun = ("扣分", not(one_of(['值', '数'])));
    alt((noun.void(), word!("得分减少 分值减少 减少 倒扣 扣减 扣除 扣掉 扣 减扣 核减 减").void()))
        .parse_next(input)
}

/// 扣1分, 扣分值的10%.
pub(super) fn deduct(input: &mut In<'_>) -> Out<Piece> {
    let verb = (take_from, row());
    let percent = terminated(number, '%');
    let share =
        delimited((opt(whole()), opt('的')), percent, (opt('的'), row(), opt(whole()))).map(Worth::Share);
    let number = alt((points, terminated(arabic, peek(end)))).map(Worth::Points);
    let loss =
        alt((points_range.value(Piece::VagueDeduct), number.map(Piece::Deduct), share.map(Piece::Deduct)));
    let vague =
        word!("相应扣分 扣相应分值 扣相应分数 扣相应分 扣除相应分值 扣除相应分数 扣减相应分值 扣分 减分");
    alt((preceded(verb, loss), terminated(vague, peek(end)).value(Piece::VagueDeduct))).parse_next(input)
}

/// 酌情扣分, 视完成情况给分, 综合评定.
pub(super) fn discretion(input: &mut In<'_>) -> Out<Piece> {
    let fixed = word!(
        "酌情 酌减 酌扣 酌予 适当扣 适当减 适当给 适当酌 综合评定 综合评分 综合打分 综合评判 主观评 视情况 视情节 视情",
    );
    let seen = ('视', within(8, inside, word!("情况 程度 情形 结果")));
    let judged = ('由', within(14, inside, terminated(word!("打分 评分 给分 赋分 评定 酌定"), not("标准"))));
    let opinion = ('以', within(14, inside, word!("意见")), opt('为'), word!("给分 打分 评分 赋分 准"));
    let seen_as = (
        word!("根据 按照 依据 按"),
        within(12, |c| inside(c) && c != '按', word!("情况 程度 效果 质量 表现")),
        opt(word!("进行 综合 予以")),
    );
    let seen_as = (seen_as, word!("打分 评分 赋分 评定 评价得分 酌"));
    let scored = word!("扣减分值 扣减分数 扣分 给分 得分 计分 赋分 打分 评分 扣减 减分 扣除 给予");
    let tail = opt(within(6, |c| inside(c) && !c.is_ascii_digit(), scored));
    (alt((fixed.void(), seen.void(), judged.void(), opinion.void(), seen_as.void())), tail)
        .value(Piece::Discretion)
        .parse_next(input)
}

/// 超额完成不加分: more than the target earns no more, which is so in any case.
pub(super) fn no_bonus(input: &mut In<'_>) -> Out<Piece> {
    let more = word!("超额完成 超额部分 超过部分 超出部分 超额 超过 超出 超产");
    let none = word!("不加分 不另加分 不另外加分 不额外加分 不再加分 不重复加分 不多计分");
    (opt((more, opt('的'), opt(one_of(['，', ','])))), none).value(Piece::NoBonus).parse_next(input)
}

/// 加1分, 最高加2分.
pub(super) fn bonus(input: &mut In<'_>) -> Out<Piece> {
    let verb = (opt(word!("最高 最多")), word!("另外加 另加 加计 加 奖励"), points);
    verb.value(Piece::Bonus).parse_next(input)
}

/// 满分10分, 共计5分, 分值：2.
pub(super) fn stated_total(input: &mut In<'_>) -> Out<Piece> {
    let total = word!("满分值 满分 共计 总计 合计 总分值 总分 标准分 基准分 分值 权重分 权重 赋分 共");
    let name = (row(), total, opt(word!("为 是 : = 计 得")));
    let alone = (word!("本项指标 该项指标 本指标 该指标 本项 该项 此项"), opt(word!("共 为 计")));
    let most = (word!("最高 最多"), opt(word!("不超过 可得 得 计 为")), row());
    let number = alt((points, terminated(arabic, peek(end))));
    let capped = terminated(points, "封顶");
    let stated = alt((preceded(name, number), preceded(alone, points), preceded(most, points), capped))
        .verify(|points| !points.is_zero());
    terminated(stated, not(alt((interval::bounds, awarded)))).map(Piece::Total).parse_next(input)
}

/// `5分`, `8-10分` without a verb: points, or a mark where the text before or after says so.
pub(super) fn bare<'a>(scored: bool) -> impl Parser<In<'a>, Piece, EmptyError> {
    let range = points_range.map(|(low, high)| Piece::AwardRange(low, high));
    let marked = (points, opt(peek(awarded))).map(move |(number, award)| match scored || award.is_some() {
        true => Piece::Quantity(Quantity { number, unit: "分".into() }),
        false => Piece::Award { worth: Worth::Points(number), full: false, stated: false },
    });
    alt((range, marked))
}
