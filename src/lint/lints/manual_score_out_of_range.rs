//! # 评定得分超出范围
//!
//! ## 问题
//! 人工填的评定得分不是数字，是负数，或者超过了这一条的满分。
//!
//! ## 为什么
//! 得分只能在0和满分之间，超出的系统不收。
//!
//! ## 怎么改
//! 填0到满分之间的数字。
//!
//! ## 例
//! 坏：
//! ```toml
//! manual_score = "5"
//! ```
//! 好：
//! ```toml
//! manual_score = "3.5"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, prose};
use crate::vocabulary::number::{self, plain};

pub(super) const CODE: &str = "manual-score-out-of-range";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let typed = row.row.manual_score.trim();
    let full = row.points.unwrap_or(Decimal::ONE_HUNDRED);
    let message = match number::parse(typed) {
        _ if typed.is_empty() => return,
        Err(_) => format!("评定得分“{}”不是数字，请填0到{}。", prose::short(typed), plain(full)),
        Ok(score) if score < Decimal::ZERO || score > full => format!("评定得分{}不在0到{}之间。", plain(score), plain(full)),
        Ok(_) => return,
    };
    findings.at(row.spot(Field::ManualScore), message);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn between_nought_and_full() {
        fires("manual-score-out-of-range", "manual_score = '4.5'", "0到4之间");
        fires("manual-score-out-of-range", "manual_score = '-1'", "-1");
        fires("manual-score-out-of-range", "manual_score = '优'", "不是数字");
        silent("manual-score-out-of-range", "manual_score = '4'");
        silent("manual-score-out-of-range", "manual_score = ' '");
    }
}
