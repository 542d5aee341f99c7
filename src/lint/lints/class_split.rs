//! # 同一类的指标没有排在一起
//!
//! ## 问题
//! 同一个一级或二级指标的几条指标被别的类隔开了。
//!
//! ## 为什么
//! 打印时同类的格子要合并。隔开以后同一类会出现两次，看起来像填错了。
//!
//! ## 怎么改
//! 把这一条移到同类的后面。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[extra]]
//! name = "法治讲座场次"
//! ```
//! 好：
//! ```toml
//! [[indicator]]
//! level2 = "数量指标"
//! [[indicator]]
//! level2 = "数量指标"
//! name = "法治讲座场次"
//! [[indicator]]
//! level2 = "质量指标"
//! name = "群众知晓率"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::lint::presumed::Presumed;
use crate::lint::{Findings, FormView, Rule, RowView};
use crate::vocabulary::taxonomy;

pub(super) const CODE: &str = "class-split";
pub(super) const LINT: Rule = Rule::form(&[], Severity::Hint, check);

/// Level-1 and level-2 class.
type Class = (&'static str, &'static str);

/// Rows of one class that stand together.
struct Run {
    class: Class,
    rows: Vec<usize>,
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let rows = view.rows().filter_map(|row| Some((row.at, class(&row, &row.own())?)));
    let rows: Vec<(usize, Class)> = rows.collect();
    let astray = report(&rows, |one, other| one == other, findings);
    let settled: Vec<(usize, Class)> = rows.into_iter().filter(|(at, _)| !astray.contains(at)).collect();
    report(&settled, |one, other| one.0 == other.0, findings);
}

/// The class of a row that has no other fault of class: such a row finds its place with that.
fn class(row: &RowView<'_>, own: &Presumed) -> Option<Class> {
    let class = (own.level1?, own.level2?);
    let typed = taxonomy::level1(&row.row.level1).is_some_and(|typed| typed.name == class.0);
    (typed && own.copy_of.is_none()).then_some(class)
}

/// Tells each run that is not the longest of its class; answers with the rows of those runs.
fn report(rows: &[(usize, Class)], same: fn(Class, Class) -> bool, findings: &mut Findings<'_>) -> Vec<usize> {
    let runs = runs(rows, same);
    let mut astray = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let kin = runs.iter().filter(|other| same(other.class, run.class)).rev();
        let Some(home) = kin.max_by_key(|other| other.rows.len()) else { continue };
        let (Some(first), Some(last)) = (run.rows.first(), home.rows.last()) else { continue };
        if !std::ptr::eq(home, run) {
            let beside = at.checked_sub(1).is_some_and(|before| runs[before].class.0 == run.class.0);
            let name = if beside { run.class.1 } else { run.class.0 };
            let message = format!("{name}没有排在一起，请移到第{}条后面。", last + 1);
            let spot = Spot::row(*first, Field::Level2);
            findings.at(spot, message).fix("移到同类的后面", moves(&run.rows, *last));
            astray.extend(&run.rows);
        }
    }
    astray
}

fn runs(rows: &[(usize, Class)], same: fn(Class, Class) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &(at, class) in rows {
        match runs.last_mut() {
            Some(run) if same(run.class, class) => run.rows.push(at),
            _ => runs.push(Run { class, rows: vec![at] }),
        }
    }
    runs
}

/// Moves rows behind the row at `home`, in their order.
fn moves(rows: &[usize], home: usize) -> Vec<Edit> {
    let one = |(done, &row): (usize, &usize)| match row < home {
        true => Edit::Move { from: row - done, to: home },
        false => Edit::Move { from: row, to: home + 1 + done },
    };
    rows.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, fires, patched, silent};

    #[track_caller]
    fn settles(patch: &str) {
        let mut form = patched(patch);
        let found = findings("class-split", patch);
        apply_all(found[0].fixes[0].edits.clone(), &mut form).expect("fits");
        let again = crate::lint::run(&form, &crate::score::Scores::of(&form)).diagnostics;
        assert_eq!(again.iter().filter(|diagnostic| diagnostic.code == "class-split").count(), found.len() - 1);
    }

    #[test]
    fn a_stray_run_moves_home() {
        settles("[[extra]]\nname = '甲'\n[[extra]]\nlevel2 = '时效'\nname = '乙'");
        settles("[[extra]]\nname = '甲'\n[[extra]]\nname = '乙'");
        settles("level2 = '质量指标'");
        fires("class-split", "level1 = '成本指标'\nlevel2 = '社会成本指标'", "成本指标没有排在一起，请移到第18条后面");
    }

    #[test]
    fn unknown_classes_split_nothing() {
        silent("class-split", "[[indicator]]\n[[indicator]]\nlevel1 = '?'\nlevel2 = '?'\n[[indicator]]\nname = '甲'");
        silent("class-split", "");
    }
}
