//! # 两条指标的名称几乎一样
//!
//! ## 问题
//! 两条指标只差几个字，像是同一件事写了两遍；或者同一个名称用在两个二级指标下。
//!
//! ## 为什么
//! 审核的人会问：这是不是同一件事？是的话就重复计分了。
//!
//! ## 怎么改
//! 合并成一条；确实是两件事的，把区别写进名称。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[extra]]
//! name = "开展党风廉政宣传活动场次"
//! ```
//! 好：
//! ```toml
//! [[extra]]
//! name = "法治讲座场次"
//! ```

use foldhash::{HashMap, HashMapExt};

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::COMPARED;
use crate::lint::{Findings, FormView, Rule, RowView, digest, prose};

pub(super) const CODE: &str = "near-duplicate-name";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Hint, check);

fn digested(row: &RowView<'_>) -> u64 {
    if row.at < COMPARED { digest(&row.row.name) } else { 0 }
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let original = |at: usize| view.row(at).filter(|row| row.own().copy_of.is_none());
    let alike = view.facts.likenesses.rows();
    let pairs = alike.filter_map(|(at, mut earlier)| original(at).zip(earlier.find_map(original)));
    // Many may be like one.
    let mut names: HashMap<usize, String> = HashMap::new();
    for (row, like) in pairs {
        let name = names.entry(like.at).or_insert_with(|| prose::named(&like));
        let message = format!("与第{}条“{name}”几乎一样，请合并或写明区别。", like.at + 1);
        findings.at(row.spot(Field::Name), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    fn extra(name: &str, other: &str) -> String {
        format!("[[extra]]\nname = '{name}'\n[[extra]]\nname = '{other}'")
    }

    #[test]
    fn rewordings_and_the_same_name_elsewhere() {
        fires("near-duplicate-name", &extra("慰问困难老党员人数", "慰问困难的老党员人数"), "慰问困难老党员人数");
        fires("near-duplicate-name", "[[extra]]\nlevel1 = '效益指标'\nlevel2 = '社会效益指标'", "第1条");
    }

    #[test]
    fn other_subjects_and_other_measures() {
        silent("near-duplicate-name", &extra("男性职工体检人数", "女性职工体检人数"));
        silent("near-duplicate-name", &extra("河道清淤整治里程", "河道清淤整治完成率"));
        silent("near-duplicate-name", "[[extra]]\nname = '党风廉政宣传活动场次'");
    }
}
