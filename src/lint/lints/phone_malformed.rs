//! # 联系电话不对
//!
//! ## 问题
//! 联系电话不像座机（区号加7到8位）也不像手机（1开头的11位）。
//!
//! ## 为什么
//! 审核中有疑问要打电话问，号码少一位就找不到人。
//!
//! ## 怎么改
//! 座机写成 0745-1234567，手机写11位；有两个号码的用顿号隔开。
//!
//! ## 例
//! 坏：
//! ```toml
//! [sign_off]
//! phone = "0745-12345"
//! ```
//! 好：
//! ```toml
//! [sign_off]
//! phone = "0745-1234567"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::lint::cell::{of_form, short};
use crate::lint::{Findings, FormView, Rule};
use crate::text;

pub(super) const CODE: &str = "phone-malformed";
pub(super) const LINT: Rule = Rule::form(&[Field::Phone], Severity::Warning, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = of_form(view.form, Field::Phone) else { return };
    let half = text::halfwidth(typed);
    let mut numbers = half.split(['、', ';', ',', '/']).filter(|number| !number.trim().is_empty());
    let redacted = typed.chars().all(|c| matches!(c, '〇' | '○'));
    if !redacted && !numbers.all(is_phone) {
        let message = format!("联系电话“{}”位数不对，座机写区号，手机写11位。", short(typed));
        findings.at(Spot::form(Field::Phone), message);
    }
}

fn is_phone(number: &str) -> bool {
    let compact = text::compact(number);
    let main = compact.split_once(['转', '#']).map_or(compact.as_ref(), |(main, _)| main);
    let main = main.trim_start_matches("+86").trim_start_matches("86-");
    let bare: String = main.chars().filter(|c| !matches!(c, '-' | '—' | '(' | ')')).collect();
    let length = bare.len();
    bare.bytes().all(|b| b.is_ascii_digit())
        && match bare.as_bytes() {
            [b'1', b'3'..=b'9', ..] if length == 11 => true,
            [b'0', b'1' | b'2', ..] => (10..=11).contains(&length),
            [b'0', ..] => (11..=12).contains(&length),
            [b'4', b'0', b'0', ..] if length == 10 => true,
            _ => length == 7 || length == 8,
        }
}

#[cfg(test)]
mod tests {
    use super::is_phone;
    use crate::lint::testing::{fires, silent};

    /// A number with as many zeros after its first digits: nobody has it.
    fn zeros(start: &str, count: usize) -> String {
        format!("{start}{}", "0".repeat(count))
    }

    #[test]
    fn numbers_one_can_dial() {
        let mobile = zeros("138", 8);
        for typed in [
            "0745-0000000",
            "（0745）0000000",
            "０７４５—００００００００",
            &mobile,
            "138 0000 0000",
            "010-00000000",
            "0755-00000000转801",
            "2000000",
            "400-000-0000",
        ] {
            assert!(is_phone(typed), "{typed}");
        }
        for typed in ["0745-00000", &zeros("138", 7), &zeros("138", 9), "00000", "无", &zeros("0745", 10)] {
            assert!(!is_phone(typed), "{typed}");
        }
    }

    #[test]
    fn several_numbers_and_hidden_ones() {
        let both = format!("[sign_off]\nphone = '0745-0000000、{}'", zeros("138", 8));
        silent("phone-malformed", &both);
        silent("phone-malformed", "[sign_off]\nphone = '〇〇〇'");
        silent("phone-malformed", "[sign_off]\nphone = ''");
        fires("phone-malformed", "[sign_off]\nphone = '0745-0000000、138'", "位数不对");
    }
}
