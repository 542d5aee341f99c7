//! # 一条指标也没有
//!
//! ## 问题
//! 表中没有任何绩效指标。
//!
//! ## 为什么
//! 没有指标就没有目标，表不能上报。
//!
//! ## 怎么改
//! 按 Ctrl+N 新增指标，或者从去年的表、Word、Excel 导入。
//!
//! ## 例
//! 坏：
//! ```toml
//! indicator = []
//! ```
//! 好：
//! ```toml
//! remark = "有指标"
//! ```

use crate::diagnostic::Severity;
use crate::lint::{Findings, FormView, Rule};

pub(super) const CODE: &str = "no-indicators";
pub(super) const LINT: Rule = Rule::form(&[], Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    if view.form.indicators.is_empty() {
        findings.form("没有绩效指标，请新增或导入。");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn only_an_empty_table() {
        fires("no-indicators", "indicator = []", "没有绩效指标");
        silent("no-indicators", "[[indicator]]");
    }
}
