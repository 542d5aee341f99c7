//! # 人数用了“个”
//!
//! ## 问题
//! 指标数的是人（老人、党员、学生、护林员……），计量单位却是“个”。
//!
//! ## 为什么
//! 数人用 人，数来往的人用 人次。用“个”说不清数的是人还是单位，审核的人会问。
//!
//! ## 怎么改
//! 用快速修复改成 人 或 人次；数的确实不是人，把名称写清楚。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "新增服务老人"
//! unit = "个"
//! ```
//! 好：
//! ```toml
//! name = "新增服务老人"
//! unit = "人"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "people-counted-in-ge";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(name) = row.cell(Field::Name) else { return };
    let is_ge = row.known_unit().is_some_and(|unit| unit.name == "个");
    if is_ge && names::counts_people(name) && row.number().is_some() {
        let unit = if name.contains("人次") { "人次" } else { "人" };
        let message = format!("“{}”数的是人，计量单位用“{unit}”，不用“个”。", short(name));
        findings.at(row.spot(Field::Unit), message).fix(format!("用 {unit}"), vec![row.set(Field::Unit, unit)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn people_are_not_things() {
        fixes("people-counted-in-ge", "name = '护林员数量'\nunit = '个'", Field::Unit, "人");
        fixes("people-counted-in-ge", "name = '接待游客人次'\nunit = '个'", Field::Unit, "人次");
        silent("people-counted-in-ge", "name = '党员活动室数量'\nunit = '个'");
        silent("people-counted-in-ge", "name = '维修山塘数量'\nunit = '个'");
        silent("people-counted-in-ge", "name = '护林员数量'\nunit = '名'");
    }
}
