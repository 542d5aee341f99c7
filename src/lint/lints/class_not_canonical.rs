//! # 一级、二级指标的写法不规范
//!
//! ## 问题
//! 一级或二级指标少写了“指标”二字，或者带着分数、星号、空格，或者用了别的叫法。
//!
//! ## 为什么
//! 看得懂是哪一类，但系统按规定的名称归类，导入时对不上。
//!
//! ## 怎么改
//! 用快速修复换成规定的名称。
//!
//! ## 例
//! 坏：
//! ```toml
//! level1 = "产出指标（40分）"
//! ```
//! 坏：
//! ```toml
//! level2 = "数量"
//! ```
//! 好：
//! ```toml
//! level1 = "产出指标"
//! level2 = "数量指标"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "class-not-canonical";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let level1 = row.class().map(|class| class.name);
    let level2 = taxonomy::level2(&row.row.level2, Some(&row.row.level1)).map(|class| class.name);
    for (field, name) in [(Field::Level1, level1), (Field::Level2, level2)] {
        let (Some(typed), Some(name)) = (row.cell(field), name) else { continue };
        if typed != name {
            let message = format!("{}“{}”规定的名称是“{name}”。", field.label(), short(typed));
            let edits = vec![row.set(field, name)];
            findings.at(row.spot(field), message).safe_fix(format!("写成 {name}"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn the_official_name_is_put_in() {
        fixes("class-not-canonical", "level1 = '★产出'", Field::Level1, "产出指标");
        fixes("class-not-canonical", "level2 = '产出时效'", Field::Level2, "时效指标");
        let satisfaction = "level1 = '满意度指标'\nlevel2 = '社会公众满意度指标'";
        fixes("class-not-canonical", satisfaction, Field::Level2, "服务对象满意度指标");
        silent("class-not-canonical", "level1 = '随便'\nlevel2 = '随便'");
        silent("class-not-canonical", "level2 = '社会效益'");
    }
}
