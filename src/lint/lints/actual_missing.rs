//! # 实际完成值漏填
//!
//! ## 问题
//! 大部分指标已经填了实际完成值，这一条还空着。
//!
//! ## 为什么
//! 自评时每条都要有实际值才能算总分，漏一条，总分和等级都出不来。
//!
//! ## 怎么改
//! 填上年末的实际完成值；由人工评定得分的，填评定得分。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[indicator]]
//! actual = "4"
//! [[indicator]]
//! name = "法治讲座场次"
//! ```
//! 好：
//! ```toml
//! [[indicator]]
//! actual = "4"
//! [[indicator]]
//! name = "法治讲座场次"
//! actual = "2"
//! ```

use crate::diagnostic::Severity;
use crate::form::Indicator;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, RowView, Rule};

pub(super) const CODE: &str = "actual-missing";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Warning, check);

fn digested(row: &RowView<'_>) -> u64 {
    u64::from(is_open(row.row))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let open = view.form.indicators.iter().filter(|row| is_open(row)).count();
    // While most rows are open the clerk is still filling them in.
    if 2 * open > view.form.indicators.len() {
        return;
    }
    for row in view.rows().filter(|row| is_open(row.row)) {
        findings.at(row.spot(Field::Actual), "其他指标已填实际完成值，这条还空着，请补填。");
    }
}

fn is_open(row: &Indicator) -> bool {
    row.actual.trim().is_empty() && row.manual_score.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, silent};

    #[test]
    fn only_once_half_of_the_rows_are_in() {
        let patch = "[[indicator]]\nactual = '4'\n[[indicator]]\nmanual_score = '4'\n[[indicator]]\nname = '甲'";
        assert_eq!(findings("actual-missing", patch).len(), 1);
        silent("actual-missing", "actual = '4'");
        silent("actual-missing", "indicator = []");
    }
}
