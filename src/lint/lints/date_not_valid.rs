//! # 日期看不懂或不存在
//!
//! ## 问题
//! 填表日期看不懂，或者日期在日历上没有，如2月30日；指标值里的完成时限也一样。
//!
//! ## 为什么
//! 日期错了的表要重填；时限不存在，推迟几天就没法算。
//!
//! ## 怎么改
//! 填表日期写成 2025-12-12；完成时限写成 2026年12月31日前。
//!
//! ## 例
//! 坏：
//! ```toml
//! [sign_off]
//! prepared_on = "2025年12月"
//! ```
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "2026年2月30日前"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! [sign_off]
//! prepared_on = "2025.12.12"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{is_sound, is_written_like_a_day, short};
use crate::lint::{CellView, Findings, Rule, days};
use crate::vocabulary::date;

pub(super) const CODE: &str = "date-not-valid";
pub(super) const LINT: Rule = Rule::cell(Severity::Error, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, info, .. } = *cell;
    match info.field {
        Field::PreparedOn if is_sound(info.field, text) && days::read(text.trim()).is_none() => {
            let typed = text.trim();
            let shown = short(typed);
            findings.at(spot, match is_written_like_a_day(typed) {
                true => format!("填表日期“{shown}”在日历上没有，请核对。"),
                false => format!("填表日期“{shown}”看不懂，写成 2025-12-12 这样。"),
            });
        }
        Field::Value if cell.row.is_some_and(|row| row.is_words()) && is_sound(info.field, text) => {
            let typed = text.trim();
            let exists = || date::deadline(typed, cell.form.year_number().or(Some(2000))).is_some();
            if is_written_like_a_day(typed) && !exists() {
                findings.at(spot, format!("“{}”在日历上没有这一天，请核对。", short(typed)));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn days_must_exist() {
        fires("date-not-valid", "[sign_off]\nprepared_on = '2025-02-30'", "日历上没有");
        fires("date-not-valid", "[sign_off]\nprepared_on = '昨天'", "看不懂");
        fires("date-not-valid", "operator = '定性'\nvalue = '6月31日前'\nunit = ''", "6月31日");
        for typed in ["2025.12.12", "２０２５年１２月１２日", "二〇二五年十二月十二日", ""] {
            silent("date-not-valid", &format!("[sign_off]\nprepared_on = '{typed}'"));
        }
        for value in ["2026年12月31日前", "2026年1月至12月", "及时", "2026年底", "1.5"] {
            silent("date-not-valid", &format!("operator = '定性'\nvalue = '{value}'\nunit = ''"));
        }
    }
}
