//! # 指标值不是一个数
//!
//! ## 问题
//! 指标类型是 =、≥、≤、> 或 <，指标值却是文字、几个数字，或者长得没法计算的数字。
//!
//! ## 为什么
//! 定量指标的值要和实际完成值比大小，系统只收一个数字，填别的不能保存，也没法计分。
//!
//! ## 怎么改
//! 只留一个数字，单位填到“计量单位”，说明写进“指标解释”；
//! 确实只能用文字说的，把指标类型改为 定性。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "="
//! value = "每季度1次，全年4次"
//! ```
//! 坏：
//! ```toml
//! operator = "≥"
//! value = "效果明显"
//! ```
//! 好：
//! ```toml
//! operator = "="
//! value = "4"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::text;
use crate::vocabulary::{number, numeral, operator::Operator};

pub(super) const CODE: &str = "value-not-a-number";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(_), Some(typed)) = (row.sign(), row.cell(Field::Value)) else { return };
    match row.value() {
        Value::TooLong => {
            let digits = typed.chars().filter(|c| text::halfwidth_char(*c).is_ascii_digit()).count();
            findings.at(row.spot(Field::Value), format!("指标值有{digits}位数字，太长，请核对。"));
        }
        Value::Words => of_words(row, typed, findings),
        _ => {}
    }
}

/// What was typed only half or in another script, and how it is written; a row of 每… has no one
/// number yet.
fn slip(typed: &str) -> Option<(&'static str, Option<String>)> {
    let compact = text::compact(typed);
    let sound = |number: &str| number::parse(number).is_ok();
    if compact.starts_with(['每', '逐']) {
        return Some(("要填全年合计的一个数", None));
    }
    if Operator::parse(&compact).is_some_and(|operator| operator != Operator::Qualitative) {
        return Some(("只有符号，还缺数字", None));
    }
    if let Some(whole) = compact.strip_suffix('.').filter(|whole| sound(whole)) {
        return Some(("小数点后缺数字", Some(whole.to_owned())));
    }
    if compact.starts_with('.') && sound(&format!("0{compact}")) {
        return Some(("小数点前缺0", Some(format!("0{compact}"))));
    }
    if compact.contains(',') && sound(&compact.replace(',', "")) {
        return Some(("逗号的位置不对", Some(compact.replace(',', ""))));
    }
    let number = in_digits(&compact)?;
    Some(("要用阿拉伯数字", Some(number::plain(number))))
}

/// 四十, 48万: the number meant. 四五 may be four or five.
fn in_digits(typed: &str) -> Option<Decimal> {
    if let Some(ten_thousands) = typed.strip_suffix('万') {
        let count = number::parse(ten_thousands).ok().or_else(|| in_digits(ten_thousands))?;
        return count.checked_mul(Decimal::from(10_000));
    }
    let mut pairs = typed.chars().zip(typed.chars().skip(1));
    let side_by_side =
        pairs.any(|(one, other)| numeral::digit(one) > Some(0) && numeral::digit(other).is_some());
    numeral::read(typed).filter(|_| !side_by_side).map(Decimal::from)
}

fn of_words(row: &RowView<'_>, typed: &str, findings: &mut Findings<'_>) {
    if let Some((why, meant)) = slip(typed) {
        let found = findings.at(row.spot(Field::Value), format!("指标值“{}”{why}。", short(typed)));
        if let Some(meant) = meant {
            found.fix(format!("写成 {meant}"), vec![row.set(Field::Value, meant)]);
        }
        return;
    }
    let half = text::halfwidth(typed);
    let runs = half.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|run| number::parse(run).is_ok());
    let (spot, typed) = (row.spot(Field::Value), short(typed));
    match runs.collect::<Vec<_>>()[..] {
        [] => {
            let message = format!("指标值“{typed}”不是数字，改填数字，或把指标类型改为 定性。");
            let mut edits = vec![row.set(Field::Operator, "定性")];
            edits.extend(row.unit().map(|_| row.set(Field::Unit, "")));
            findings.at(spot, message).fix("指标类型改为 定性", edits);
        }
        [number] => {
            let message = format!("指标值“{typed}”里不能有文字，只留数字 {number}。");
            findings.at(spot, message).fix(format!("只留 {number}"), vec![row.set(Field::Value, number)]);
        }
        _ => {
            findings.at(spot, format!("指标值“{typed}”里有几个数，只留一个。"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn words_several_numbers_and_endless_ones() {
        fires("value-not-a-number", "value = '约4'", "只留数字 4");
        fires("value-not-a-number", "value = '3至5次'", "有几个数");
        fires("value-not-a-number", &format!("value = '{}'", "9".repeat(40)), "40位");
        fixes("value-not-a-number", "value = '约4'", Field::Value, "4");
        fixes("value-not-a-number", "value = '效果明显'", Field::Operator, "定性");
    }

    #[test]
    fn half_typed_values_are_told_what_they_lack() {
        for (value, words) in [
            ("48.", "小数点后缺数字"),
            (".5", "小数点前缺0"),
            ("≥", "还缺数字"),
            ("4八", "不能有文字"),
            ("1,20", "逗号"),
            ("每月1次", "全年合计"),
        ] {
            fires("value-not-a-number", &format!("value = '{value}'"), words);
            silent("unit-contradicts-value", &format!("value = '{value}'"));
        }
        for (value, number) in [("四十", "40"), ("一百二十", "120"), ("四十万", "400000"), ("十二", "12"), ("48.", "48")] {
            fixes("value-not-a-number", &format!("value = '{value}'"), Field::Value, number);
        }
        silent("value-not-a-number", "value = '2026年1'");
        silent("value-not-a-number", "value = '2026-12-'");
    }

    #[test]
    fn what_others_explain_better() {
        for value in ["", "4", "４", "1,200", "≥4", "4场", "2026年12月31日前", "2026年", "XX"] {
            silent("value-not-a-number", &format!("value = '{value}'"));
        }
        silent("value-not-a-number", "operator = '定性'\nvalue = '效果明显'");
        silent("value-not-a-number", "operator = ''\nvalue = '效果明显'");
    }
}
