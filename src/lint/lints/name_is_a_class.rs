//! # 三级指标写成了分类的名称
//!
//! ## 问题
//! 三级指标写的是“数量指标”“社会效益”这样的一级、二级指标名称，没有写要考核什么。
//!
//! ## 为什么
//! 三级指标要写具体的事。只写分类，看不出考核内容，会被退回。
//!
//! ## 怎么改
//! 写具体要考核的事，如“农村道路安全巡查次数”。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "数量指标"
//! ```
//! 好：
//! ```toml
//! name = "群众满意度"
//! ```

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};
use crate::text;
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "name-is-a-class";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(name) = row.cell(Field::Name) else { return };
    if CLASSES.contains(text::compact(name).as_ref()) {
        let message = format!("“{}”是分类的名称，请写要考核的具体事项。", short(name));
        findings.at(row.spot(Field::Name), message);
    }
}

/// The names of all classes, with and without 指标. 群众满意度 and the like are classes and good names
/// at once; they are classes with 指标 behind.
static CLASSES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let classes = taxonomy::all().iter();
    let names = classes.flat_map(|class| std::iter::once(class.name).chain(class.level2.iter().map(|child| child.name)));
    let bare = |name: &'static str| name.strip_suffix("指标").filter(|bare| !bare.contains("满意"));
    names.flat_map(|name| std::iter::once(name).chain(bare(name))).collect()
});

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn a_class_says_nothing_of_the_thing() {
        fires("name-is-a-class", "name = '社会效益'", "社会效益");
        fires("name-is-a-class", "name = '服务对象满意度指标'", "满意度");
        fires("name-is-a-class", "name = '成 本'", "分类");
        silent("name-is-a-class", "name = '服务对象满意度'");
        silent("name-is-a-class", "name = '项目成本'");
        silent("name-is-a-class", "name = '社会效益提升情况'");
    }
}
