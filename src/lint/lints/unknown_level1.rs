//! # 一级指标不认识
//!
//! ## 问题
//! 一级指标不是 产出指标、效益指标、满意度指标、成本指标 中的任何一个。
//!
//! ## 为什么
//! 一级指标是固定的，系统不收别的名称，这一条的分值也算不进任何一类。
//!
//! ## 怎么改
//! 在“一级指标”上按空格，从列表中选一个。
//!
//! ## 例
//! 坏：
//! ```toml
//! level1 = "产岀指标"
//! ```
//! 好：
//! ```toml
//! level1 = "产出指标"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView, classes};
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "unknown-level1";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.cell(Field::Level1).filter(|_| row.class().is_none()) else { return };
    let message = format!("一级指标“{}”不认识，请从列表中选。", short(typed));
    let found = findings.at(row.spot(Field::Level1), message);
    let by_child = [&row.row.level2, &row.row.level1].into_iter().find_map(|child| taxonomy::parent_of(child));
    let name = by_child.map(|class| class.name).or_else(|| classes::nearest_level1(typed));
    if let Some(name) = name {
        found.fix(format!("改为 {name}"), vec![row.set(Field::Level1, name)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn the_class_meant_is_offered() {
        fires("unknown-level1", "level1 = '其他'\nlevel2 = '其他'", "其他");
        fixes("unknown-level1", "level1 = '项目指标'\nlevel2 = '经济成本指标'", Field::Level1, "成本指标");
        fixes("unknown-level1", "level1 = '效溢指标'\nlevel2 = '?'", Field::Level1, "效益指标");
        silent("unknown-level1", "level1 = '产出指标（40分）'");
        silent("unknown-level1", "level1 = ''");
    }
}
