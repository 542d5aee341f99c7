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

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{Value, short};
use crate::lint::{Findings, Rule, RowView};
use crate::text;
use crate::vocabulary::number;

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

fn of_words(row: &RowView<'_>, typed: &str, findings: &mut Findings<'_>) {
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
    fn what_others_explain_better() {
        for value in ["", "4", "４", "1,200", "≥4", "4场", "2026年12月31日前", "2026年", "XX"] {
            silent("value-not-a-number", &format!("value = '{value}'"));
        }
        silent("value-not-a-number", "operator = '定性'\nvalue = '效果明显'");
        silent("value-not-a-number", "operator = ''\nvalue = '效果明显'");
    }
}
