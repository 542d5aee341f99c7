//! # 计量单位的写法不规范
//!
//! ## 问题
//! 计量单位写成了 百分比、％、km 这样的写法。
//!
//! ## 为什么
//! 同一个单位在表里有几种写法，系统当成几个单位，汇总时加不到一起。
//!
//! ## 怎么改
//! 用快速修复换成常用写法。
//!
//! ## 例
//! 坏：
//! ```toml
//! unit = "场次"
//! ```
//! 坏：
//! ```toml
//! value = "95"
//! unit = "百分比"
//! ```
//! 好：
//! ```toml
//! unit = "场"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "unit-not-canonical";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

/// Good words of their own, though they are understood as another unit.
const ACCEPTED: &[&str] = &[
    "百分点", "个百分点", "户次", "批次", "本", "棵", "回", "日", "千米", "千克", "工作日", "课时", "台套", "台/套", "台(套)",
    "度", "个村", "个月",
];

/// Words that may mean something else, so that the clerk must say.
const AMBIGUOUS: &[&str] = &["万", "亿", "方", "立方", "平方", "时", "百分之", "千分之", "m", "M", "t", "h"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(typed), Some(unit)) = (row.unit(), row.known_unit()) else { return };
    if typed == unit.name || ACCEPTED.contains(&typed) || row.is_qualitative() {
        return;
    }
    let found = findings
        .at(row.spot(Field::Unit), format!("计量单位“{}”一般写成“{}”。", short(typed), unit.name));
    let (title, edits) = (format!("写成 {}", unit.name), vec![row.set(Field::Unit, unit.name)]);
    match AMBIGUOUS.contains(&typed) {
        true => found.fix(title, edits),
        false => found.safe_fix(title, edits),
    };
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fixes, silent};

    #[test]
    fn aliases_become_names() {
        fixes("unit-not-canonical", "unit = '％'", Field::Unit, "%");
        fixes("unit-not-canonical", "unit = 'km'", Field::Unit, "公里");
        fixes("unit-not-canonical", "unit = '㎡'", Field::Unit, "平方米");
        assert!(!findings("unit-not-canonical", "unit = '万'")[0].fixes[0].safe);
        silent("unit-not-canonical", "unit = '个百分点'");
        silent("unit-not-canonical", "unit = ' 场 '");
        silent("unit-not-canonical", "unit = '光年'");
    }
}
