//! # 二级指标不认识
//!
//! ## 问题
//! 二级指标不是表上规定的分类，如 数量指标、质量指标、时效指标、经济效益指标。
//!
//! ## 为什么
//! 二级指标是固定的，系统不收别的名称。
//!
//! ## 怎么改
//! 在“二级指标”上按空格，从列表中选一个；想写的话放到“三级指标”里。
//!
//! ## 例
//! 坏：
//! ```toml
//! level2 = "数理指标"
//! ```
//! 好：
//! ```toml
//! level2 = "数量指标"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView, classes};
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "unknown-level2";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = row.cell(Field::Level2) else { return };
    if taxonomy::level2(typed, Some(&row.row.level1)).is_some() {
        return;
    }
    let is_level1 = taxonomy::level1(typed);
    let repeats = is_level1.is_some() && is_level1.map(|class| &class.name) == row.class().map(|class| &class.name);
    if taxonomy::level2(typed, None).is_some() && !repeats {
        return;
    }
    let message = match repeats {
        true => format!("二级指标写成了一级指标“{}”，请从列表中选。", short(typed)),
        false => format!("二级指标“{}”不认识，请从列表中选。", short(typed)),
    };
    let found = findings.at(row.spot(Field::Level2), message);
    if let Some(name) = row.class().and_then(|class| classes::nearest_level2(typed, class)) {
        found.fix(format!("改为 {name}"), vec![row.set(Field::Level2, name)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn the_class_meant_is_offered() {
        fixes("unknown-level2", "level2 = '数理指标'", Field::Level2, "数量指标");
        fires("unknown-level2", "level1 = '成本指标'\nlevel2 = '成本指标'", "写成了一级指标");
        fires("unknown-level2", "level2 = '产出指标'", "写成了一级指标");
        silent("unknown-level2", "level2 = '成本指标'");
        silent("unknown-level2", "level2 = '社会效益'");
        silent("unknown-level2", "level1 = '满意度'\nlevel2 = '村民满意程度'");
        silent("unknown-level2", "level2 = ''");
    }
}
