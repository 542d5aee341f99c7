//! # 指标重复
//!
//! ## 问题
//! 同一个二级指标下有两条名称相同的指标。
//!
//! ## 为什么
//! 同一件事算了两次分，系统不收重名的指标。
//!
//! ## 怎么改
//! 删去一条；确实是两件事的，把名称写得不同。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[extra]]
//! name = "党风廉政宣传活动场次"
//! ```
//! 好：
//! ```toml
//! [[extra]]
//! name = "法治讲座场次"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule, RowView, digest, prose};

pub(super) const CODE: &str = "duplicate-row";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Error, check);

fn digested(row: &RowView<'_>) -> u64 {
    row.own().copy_of.map_or(0, |_| digest(&row.row.name))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    for row in view.rows() {
        if let Some(first) = row.own().copy_of {
            let message = format!("与第{}条指标“{}”重复，请删去一条。", first + 1, prose::named(&row));
            let remove = Edit::Remove { at: row.at };
            findings.at(row.spot(Field::Name), message).fix("删去这一条", vec![remove]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, fires, patched, silent};

    #[test]
    fn the_later_row_goes() {
        let patch = "[[extra]]\nname = '党风廉政 宣传活动场次'\nlevel2 = '数量'";
        fires("duplicate-row", patch, "第1条");
        let fix = findings("duplicate-row", patch).remove(0).fixes.remove(0);
        let mut form = patched(patch);
        apply_all(fix.edits, &mut form).expect("fits");
        assert_eq!(form, patched(""));
    }

    #[test]
    fn other_classes_and_nameless_rows_are_no_copies() {
        silent("duplicate-row", "[[extra]]\nlevel2 = '质量指标'");
        silent("duplicate-row", "[[extra]]\nname = ''\n[[extra]]\nname = ''");
    }
}
