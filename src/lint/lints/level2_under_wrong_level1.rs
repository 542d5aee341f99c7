//! # 二级指标放错了一级指标
//!
//! ## 问题
//! 二级指标不属于它上面的一级指标，如“社会效益指标”放在了“产出指标”下。
//!
//! ## 为什么
//! 分值按一级指标合计，放错一条，两类的合计都不对；系统也不收。
//!
//! ## 怎么改
//! 用快速修复把这一条移到对的一级指标下，或者换一个二级指标。
//!
//! ## 例
//! 坏：
//! ```toml
//! level2 = "社会效益指标"
//! ```
//! 好：
//! ```toml
//! level2 = "质量指标"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView, classes};
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "level2-under-wrong-level1";
pub(super) const LINT: Rule = Rule::row_and(&[Field::Level1], Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(typed), Some(class)) = (row.cell(Field::Level2), row.class()) else { return };
    let repeats = || taxonomy::level1(typed).is_some_and(|other| std::ptr::eq(other, class));
    if taxonomy::level2(typed, Some(class.name)).is_some() || repeats() {
        return;
    }
    let (Some(child), Some(parent)) = (taxonomy::level2(typed, None), taxonomy::parent_of(typed)) else { return };
    let message = format!("“{}”属于{}，不属于{}。", short(typed), parent.name, class.name);
    let mut found = findings.at(row.spot(Field::Level2), message);
    found = found.fix(format!("移到{}", parent.name), row.move_to(parent, child.name));
    if let Some(name) = classes::nearest_level2(typed, class) {
        found.fix(format!("改为{name}"), vec![row.set(Field::Level2, name)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, fires, patched, silent};

    #[test]
    fn the_row_moves_to_the_end_of_its_class() {
        let patch = "level2 = '社会效益指标'";
        let fix = findings("level2-under-wrong-level1", patch).remove(0).fixes.remove(0);
        let mut form = patched(patch);
        let moved = form.indicators[0].id;
        apply_all(fix.edits, &mut form).expect("fits");
        let at = form.position(moved).expect("is there");
        let level1 = |at: usize| form.indicators[at].level1.as_str();
        assert_eq!((level1(at - 1), level1(at), level1(at + 1)), ("效益指标", "效益指标", "满意度指标"));
    }

    #[test]
    fn both_generations_of_the_table() {
        fires("level2-under-wrong-level1", "level1 = '效益指标'\nlevel2 = '经济成本指标'", "属于成本指标");
        silent("level2-under-wrong-level1", "level2 = '成本指标'");
        silent("level2-under-wrong-level1", "level1 = '成本指标'\nlevel2 = '成本指标'");
        silent("level2-under-wrong-level1", "level1 = '效益'\nlevel2 = '可持续影响'");
        silent("level2-under-wrong-level1", "level1 = '满意度指标'\nlevel2 = '群众满意度'");
        silent("level2-under-wrong-level1", "level1 = '随便'");
    }
}
