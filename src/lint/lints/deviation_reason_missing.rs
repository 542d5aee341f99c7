//! # 没有写偏差原因
//!
//! ## 问题
//! 填了实际完成值，得分不满，或者超额三成以上，“偏差原因及改进措施”却是空的。
//!
//! ## 为什么
//! 自评表规定未完成和大幅超额的都要说明原因，空着会被退回。
//!
//! ## 怎么改
//! 写明为什么没有达到（或为什么定低了），明年怎么改进。
//!
//! ## 例
//! 坏：
//! ```toml
//! actual = "3"
//! ```
//! 好：
//! ```toml
//! actual = "3"
//! deviation_reason = "四季度因防汛取消一场，明年提前排定日期。"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::rule::Flag;
use crate::score;
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "deviation-reason-missing";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if !row.row.deviation_reason.trim().is_empty() || row.row.actual.trim().is_empty() {
        return;
    }
    let options = score::options_of(row.form);
    let scored = score::row_achieved(row.form, row.scores, row.at, &row.row.actual, &options);
    let (Some(score), Some(full)) = (scored, row.points.filter(|full| *full > Decimal::ZERO)) else { return };
    let message = match score.points {
        Some(points) if points < full => format!("得{}分，不满{}分，请写偏差原因。", plain(points), plain(full)),
        _ if score.flags.contains(&Flag::Overshoot) => "超额三成以上，请写偏差原因。".to_owned(),
        _ => return,
    };
    findings.at(row.spot(Field::DeviationReason), message);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn short_of_full_or_far_over() {
        fires("deviation-reason-missing", "actual = '3'", "得3分，不满4分");
        fires("deviation-reason-missing", "actual = '6'", "超额三成");
        silent("deviation-reason-missing", "actual = '4'");
        silent("deviation-reason-missing", "actual = '5'");
        silent("deviation-reason-missing", "actual = '3'\ndeviation_reason = '防汛'");
        silent("deviation-reason-missing", "actual = ''");
    }
}
