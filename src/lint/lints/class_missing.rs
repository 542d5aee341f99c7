//! # 缺一类指标
//!
//! ## 问题
//! 分值权重里有的一级指标，表中一条也没有。
//!
//! ## 为什么
//! 产出和效益缺一不可；权重给了分的类没有指标，这些分就落空，表会被退回。
//!
//! ## 怎么改
//! 补上这一类的指标。本县确实不设这一类的，改“分值权重”。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[indicator]]
//! level1 = "产出指标"
//! ```
//! 好：
//! ```toml
//! remark = "四类齐全"
//! ```

use crate::diagnostic::Severity;
use crate::form::{Indicator, Row};
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule};
use crate::vocabulary::taxonomy::{self, Level1};
use crate::vocabulary::{number::plain, profile};

pub(super) const CODE: &str = "class-missing";
pub(super) const LINT: Rule = Rule::form(&[Field::Profile], Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let rows = &view.facts.rows;
    let has = |class: &str| rows.iter().any(|row| row.own.level1 == Some(class));
    if rows.is_empty() || rows.iter().any(|row| row.own.level1.is_none()) {
        return;
    }
    for class in taxonomy::all().iter().filter(|class| is_wanted(view, class.name) && !has(class.name)) {
        let points = view.scores.profile.expected(class.name);
        let worth = points.map(|points| format!("，按权重应有{}分", plain(points))).unwrap_or_default();
        let message = format!("没有{}{worth}，请补上。", class.name);
        findings.class(class.name, message).fix(format!("补一条{}", class.name), vec![blank(view, class)]);
    }
}

/// A class that the profile gives points of its own, or that no table can do without.
fn is_wanted(view: &FormView<'_>, class: &str) -> bool {
    let profile = &view.scores.profile;
    let basic = matches!(class, "产出指标" | "效益指标");
    let known = view.form.profile.trim().is_empty() || profile::find(&view.form.profile).is_some();
    known && (profile.expected(class).is_some() || (basic && (profile.shares.is_empty() || profile.share_of(class).is_some())))
}

/// An empty row of the class, where the printed table has it.
fn blank(view: &FormView<'_>, class: &Level1) -> Edit {
    let order = |name: &str| taxonomy::all().iter().position(|other| other.name == name);
    let before = |row: &Row| {
        taxonomy::level1(&row.level1).is_some_and(|other| order(other.name) < order(class.name))
    };
    let at = view.form.indicators.iter().rposition(before).map_or(0, |last| last + 1);
    let level2 = class.level2.first().map_or(String::new(), |child| child.name.to_owned());
    Edit::insert(at, Indicator { level1: class.name.to_owned(), level2, ..Indicator::default() })
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, fires, patched, silent};

    const OUTPUT_ONLY: &str = "[[indicator]]\nlevel1 = '产出'\n[[indicator]]\nlevel1 = '满意度'\nlevel2 = '满意度'\n";

    #[test]
    fn each_missing_class_is_told_and_a_row_offered() {
        fires("class-missing", OUTPUT_ONLY, "没有效益指标，按权重应有20分");
        let found = findings("class-missing", OUTPUT_ONLY);
        assert_eq!(found.len(), 2);
        let benefit = found.into_iter().find(|diagnostic| diagnostic.message.contains("效益")).expect("is told");
        let mut form = patched(OUTPUT_ONLY);
        apply_all(benefit.fixes[0].edits.clone(), &mut form).expect("fits");
        assert_eq!(form.indicators[1].level1, "效益指标");
    }

    #[test]
    fn the_profile_and_doubt_decide() {
        silent("class-missing", "profile = '产出60 满意度30'\n[[indicator]]\n[[indicator]]\nlevel1 = '满意度'\nlevel2 = '满意度'");
        silent("class-missing", "profile = '乱写'\n[[indicator]]");
        silent("class-missing", "[[indicator]]\nlevel1 = '不明'\nlevel2 = '不明'");
        fires("class-missing", "profile = '100-points'\n[[indicator]]", "没有效益指标，请补上");
    }
}
