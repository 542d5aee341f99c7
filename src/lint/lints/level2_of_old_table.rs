//! # 二级指标是旧表的分类
//!
//! ## 问题
//! 分值权重选的是101号文，二级指标却用了旧表的分类：产出指标下的“成本指标”，
//! 或效益指标下的“可持续影响指标”。
//!
//! ## 为什么
//! 101号文把成本单列为一级指标，不再设可持续影响指标。两种表混着用，权重对不上。
//!
//! ## 怎么改
//! 成本移到一级指标“成本指标”下，可持续影响并入其他效益；本县仍用旧表的，把分值权重改成旧表的。
//!
//! ## 例
//! 坏：
//! ```toml
//! profile = "2021-with-cost"
//! level2 = "成本指标"
//! ```
//! 好：
//! ```toml
//! profile = "hubei"
//! level2 = "成本指标"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::taxonomy::{self, Level2};

pub(super) const CODE: &str = "level2-of-old-table";
pub(super) const LINT: Rule = Rule::row_and(&[Field::Level1], Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some(class) = row.class() else { return };
    let child = taxonomy::level2(&row.row.level2, Some(class.name));
    let old = child.filter(|child| !child.is_current());
    let Some(child) = old.filter(|_| row.form.profile.trim().starts_with("2021-")) else { return };
    let message = format!("101号文的{}下没有“{}”。", class.name, child.name);
    let found = findings.at(row.spot(Field::Level2), message);
    if let Some((title, edits)) = modern(row, child) {
        found.fix(title, edits);
    }
}

fn modern(row: &RowView<'_>, child: &Level2) -> Option<(&'static str, Vec<Edit>)> {
    match child.name {
        "成本指标" => Some(("移到成本指标", row.move_to(taxonomy::level1("成本指标")?, "经济成本指标"))),
        "可持续影响指标" => Some(("改为社会效益指标", vec![row.set(Field::Level2, "社会效益指标")])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn only_where_the_form_follows_todays_table() {
        let lasting = "level1 = '效益指标'\nlevel2 = '可持续影响指标'\n";
        fires("level2-of-old-table", "level2 = '成本指标'", "101号文");
        fixes("level2-of-old-table", lasting, Field::Level2, "社会效益指标");
        silent("level2-of-old-table", &format!("{lasting}profile = ''"));
        silent("level2-of-old-table", "level2 = '质量指标'");
    }
}
