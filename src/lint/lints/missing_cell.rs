//! # 必填项没有填
//!
//! ## 问题
//! 必填的格子是空的：单位名称、年度、职责、目标，或指标的名称、类型、指标值、解释、评分标准等。
//!
//! ## 为什么
//! 一体化系统不收有空格的表，业务股室会直接退回。
//!
//! ## 怎么改
//! 按 F8 逐个跳到空格，把它填上。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = ""
//! ```
//! 好：
//! ```toml
//! explanation = "本年度辖区内开展宣传活动的场次，以活动记录为准"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::{FIELDS, Need};
use crate::lint::{Findings, FormView, Rule};

pub(super) const CODE: &str = "missing-cell";
pub(super) const LINT: Rule = Rule::form(Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    for info in FIELDS.iter().filter(|info| info.need == Need::Required) {
        let mut look = |spot: Spot| {
            if view.form.at(spot).is_some_and(|text| text.trim().is_empty()) {
                findings.at(spot, format!("“{}”没有填。", info.label));
            }
        };
        match info.field.is_of_indicator() {
            true => (0..view.form.indicators.len()).for_each(|row| look(Spot::row(row, info.field))),
            false => look(Spot::form(info.field)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn empty_cells_of_form_and_rows() {
        fires("missing-cell", "agency = ''", "部门（单位）名称");
        fires("missing-cell", "name = '  '", "三级指标");
        silent("missing-cell", "remark = ''");
    }
}
