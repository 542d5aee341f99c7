//! # 同样的算法写法不一
//!
//! ## 问题
//! 几条指标都按比例得分，评分标准却有好几种写法：有的写“达到计划值得满分”，有的写“达到100%得2分”。
//!
//! ## 为什么
//! 写法不同，看的人会以为算法也不同，要一条一条核对。
//!
//! ## 怎么改
//! 选一种写法，同样算法的都照它写。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "实际完成达到目标值的得4分，超额完成不加分；未完成的按完成比例计分。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。"
//! ```

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::meaning::{self, Meaning};
use crate::lint::{COMPARED, Findings, FormView, Rule, RowView, digest};
use crate::rule;

pub(super) const CODE: &str = "wordings-differ";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Hint, check);

/// Rows of one level-1 class that earn points in proportion, each with its wording.
type Kin<'a> = Vec<(RowView<'a>, String)>;

fn digested(row: &RowView<'_>) -> u64 {
    kin(row).map_or(0, |_| digest((row.points, &row.row.rule)))
}

/// The class within which the row's sentence is compared.
fn kin(row: &RowView<'_>) -> Option<&'static str> {
    let class = row.own().level1.filter(|class| row.at < COMPARED && !meaning::is_of_its_own(Some(class)))?;
    (meaning::of(row) == Some(Meaning::Proportional)).then_some(class)
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let mut kins: BTreeMap<&str, Kin<'_>> = BTreeMap::new();
    for row in view.rows().take(COMPARED) {
        if let Some(class) = kin(&row) {
            kins.entry(class).or_default().push((row, meaning::wording(&row)));
        }
    }
    kins.iter().for_each(|(class, kin)| report(class, kin, findings));
}

fn report(class: &str, kin: &Kin<'_>, findings: &mut Findings<'_>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    kin.iter().for_each(|(_, wording)| *counts.entry(wording).or_default() += 1);
    let Some(usual) = usual(kin, &counts) else { return };
    let odd: Vec<&RowView<'_>> = kin.iter().filter(|(_, wording)| *wording != usual.1).map(|(row, _)| row).collect();
    let Some(first) = odd.first() else { return };
    let message = format!("{class}同样按比例得分，评分标准有{}种写法，请统一。", counts.len());
    let finding = findings.at(first.spot(Field::Rule), message);
    let edits: Option<Vec<Edit>> = odd.iter().map(|row| unified(&usual.0, row)).collect();
    if let Some(edits) = edits {
        finding.fix(format!("都照第{}条的写法", usual.0.at + 1), edits);
    }
}

/// The most usual wording, the first of equals.
fn usual<'k, 'a>(kin: &'k Kin<'a>, counts: &HashMap<&str, usize>) -> Option<&'k (RowView<'a>, String)> {
    let rank = |(at, (_, wording)): &(usize, &(RowView<'_>, String))| (counts[wording.as_str()], std::cmp::Reverse(*at));
    kin.iter().enumerate().max_by_key(rank).map(|(_, entry)| entry)
}

/// Only a sentence that names neither subject nor bound fits another row.
fn unified(pattern: &RowView<'_>, row: &RowView<'_>) -> Option<Edit> {
    let general = matches!(pattern.parsed.rule, rule::Rule::Proportional { .. });
    let sentence = meaning::reworded(pattern, row).filter(|_| general)?;
    Some(row.set(Field::Rule, sentence))
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    #[test]
    fn the_usual_wording_wins() {
        let odd = "rule = '实际完成达到目标值的得6分，超额完成不加分；未完成的按完成比例计分。'";
        let usual = "达到计划值得满分6分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。";
        fires("wordings-differ", odd, "产出指标同样按比例得分，评分标准有2种写法");
        fixes("wordings-differ", odd, Field::Rule, usual);
        assert_eq!(findings("wordings-differ", odd).len(), 1);
    }

    #[test]
    fn other_points_and_other_rules_are_no_other_wording() {
        silent("wordings-differ", "rule = '达到计划值得满分6分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。'");
        silent("wordings-differ", "rule = '达到计划值得4分，否则不得分。'");
        silent("wordings-differ", "rule = ''");
    }
}
