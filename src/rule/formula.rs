//! Formulas inside a sentence: 实际值/目标值×分值, 按完成比例计分.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, eof, not, opt, preceded, repeat};
use winnow::token::{one_of, take_while};

use super::interval;
use super::number::{In, Out, Quantity, arabic, end, inside, is_break, points, quantity, within, word};

/// In proportion to what was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Formula {
    /// The number that the actual value is divided by: 实际满意度/90%.
    pub(super) threshold: Option<Quantity>,
    /// The number that the quotient is multiplied by: ×10分.
    pub(super) points: Option<Decimal>,
}

/// A formula that a word announces, or that says 比例.
pub(super) fn led(input: &mut In<'_>) -> Out<Formula> {
    let equation =
        word!("得分计算公式为 计算公式为 公式为 得分公式为 计分公式为 得分为 得分= 得分: 分值= = 为");
    let manner = word!("按照 按 依据 依照 依 根据 以 用");
    alt((
        preceded((equation, opt(one_of([':', '=']))), expression),
        preceded(manner, alt((expression, proportion))),
        same_proportion,
    ))
    .parse_next(input)
}

/// A formula that nothing announces: 实际完成率×分值.
pub(super) fn bare(input: &mut In<'_>) -> Out<Formula> {
    expression.parse_next(input)
}

/// Factors joined by × and /; it must speak of what was done and of what it is worth.
fn expression(input: &mut In<'_>) -> Out<Formula> {
    let stop = || word!("扣完 每 最高不 最低 不足 除以");
    let plain = |c| inside(c) && !"×/=≥≤<>按为扣每最不乘除".contains(c);
    let symbol =
        || alt((one_of(plain).void(), preceded(not(stop()), one_of(['扣', '最', '不', '除'])).void()));
    let factor = || repeat::<_, _, (), _, _>(1..=32, symbol()).take();
    let (first, ops): (&str, Vec<(char, &str)>) =
        (factor(), repeat(1..=6, (operator, factor()))).parse_next(input)?;
    // a quotient that is compared is the value and not the score
    not(one_of(['≥', '≤', '<', '>'])).parse_next(input)?;
    judge(first, &ops).ok_or(winnow::error::EmptyError)
}

/// × and /, also in words.
fn operator(input: &mut In<'_>) -> Out<char> {
    alt((one_of(['×', '/']), word!("乘以 再乘 乘").value('×'), "除以".value('/'))).parse_next(input)
}

fn judge(first: &str, ops: &[(char, &str)]) -> Option<Formula> {
    let whole = |list: &[&str]| {
        list.iter().any(|word| first.contains(word) || ops.iter().any(|(_, factor)| factor.contains(word)))
    };
    let clean = !["否则", "低于", "以下", "≥", "≤", "<", ">", "扣"].iter().any(|word| first.contains(word));
    let done =
        whole(&["实际", "完成", "达到", "达成", "率", "比例", "满意度", "得分", "数", "值", "已", "实绩"]);
    let multiplied: Vec<&str> = ops.iter().filter(|(op, _)| *op == '×').map(|(_, factor)| *factor).collect();
    let numbers = || std::iter::once(first).chain(multiplied.iter().copied());
    let points = numbers().find_map(factor_points);
    let worth = ["分值", "权重", "满分", "总分", "分数", "标准分", "分"]
        .iter()
        .any(|word| numbers().any(|factor| factor.contains(word)));
    let divided = ops.iter().find(|(op, _)| *op == '/').map(|(_, factor)| *factor);
    let quotient = divided.is_some_and(|factor| {
        factor.starts_with(|c: char| c.is_ascii_digit())
            || ["目标", "计划", "指标", "任务", "预算", "应", "总", "年初", "全部", "预期", "标准"]
                .iter()
                .any(|word| factor.contains(word))
    });
    // 100/90/80 is a list, 分值×100%-80% a range of the points
    let digit = |c: char| c.is_ascii_digit();
    let listed = ops
        .first()
        .is_some_and(|(op, second)| *op == '/' && first.ends_with(digit) && second.starts_with(digit));
    let ranged = multiplied
        .iter()
        .any(|factor| interval::range.parse_next(&mut factor.trim_start_matches('(')).is_ok());
    let meant = !listed && !ranged && clean && done && (worth || points.is_some() || quotient);
    meant.then(|| Formula { threshold: divided.and_then(factor_quantity), points })
}

/// `10分`, `10`, `(2分)` as a factor; never a percentage and never 100, which makes a percentage.
fn factor_points(factor: &str) -> Option<Decimal> {
    let scored = alt((eof.void(), word!("计算 计分 得分 计 )").void()));
    let named = within(10, |c| !c.is_ascii_digit(), points).map(|(_, points)| points);
    let bare = (arabic, scored).map(|(number, ())| number);
    let mut rest = factor.trim_start_matches('(');
    alt((named, bare)).parse_next(&mut rest).ok().filter(|number| *number != Decimal::ONE_HUNDRED)
}

fn factor_quantity(factor: &str) -> Option<Quantity> {
    let mut rest = factor;
    quantity.verify(|quantity: &Quantity| !quantity.number.is_zero()).parse_next(&mut rest).ok()
}

const RATIO: &str = "比例 比列 比值 之比 完成率 比率 百分比 比重 占比 率";
const SCORED: &str = "得分 计分 扣分 给分 赋分 评分 记分 打分 折算 计算 扣减 核算 核减 递减 给予 扣除 减分 得相应 计相应 扣相应 给相应 确定分值 确定得分 折合 换算 核定 得到 扣 计取 赋值";

/// 按完成比例计分, 按实际完成情况得分: the words after 按.
fn proportion(input: &mut In<'_>) -> Out<Formula> {
    let skip: fn(char) -> bool =
        |c| inside(c) && !c.is_ascii_digit() && !matches!(c, '≥' | '≤' | '得' | '扣' | '酌' | '视' | '按');
    let scored = || within(6, skip, word!(SCORED)).void();
    // 按完成情况打分 leaves it to a person, 按完成情况计分 does not
    let judged = || word!("打分 评分 赋分 评定");
    let done_scored = || within(6, skip, preceded(not(judged()), word!(SCORED))).void();
    let ratio = (within(18, |c| inside(c) && c != '按', word!(RATIO)), alt((tail, scored(), end)));
    let done = (
        within(12, skip, word!("完成情况 完成程度 完成数量 完成进度 完成量 完成数 完成值 实际值 差额 差值")),
        done_scored(),
    );
    let formula = alt((ratio.map(|(_, ())| ()), done.void()));
    (formula, take_while(0..=16, tail_char)).map(|_| Formula::default()).parse_next(input)
}

fn tail_char(c: char) -> bool {
    !is_break(c) && !"每扣不最（(".contains(c)
}

/// ×分值 after a ratio is read as an expression first; what is left here is 乘以分值.
fn tail(input: &mut In<'_>) -> Out<()> {
    ('乘', opt('以'), take_while(1..=10, inside)).void().parse_next(input)
}

/// 同比例扣分, 比例得分.
fn same_proportion(input: &mut In<'_>) -> Out<Formula> {
    let words =
        (opt(word!("同等 同 等 相应 成正 成 按 正")), "比例", opt(word!("进行 相应 予以 来")), word!(SCORED));
    (words, opt(word!("分值 分数 分"))).map(|_| Formula::default()).parse_next(input)
}
