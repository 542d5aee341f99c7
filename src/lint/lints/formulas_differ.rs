//! # 同类指标的算法不一
//!
//! ## 问题
//! 同一个二级指标下，类型和单位都一样的指标，有的按比例得分，有的每差几个百分点扣几分，扣法也不同。
//!
//! ## 为什么
//! 同样差一截，有的扣得多有的扣得少，审核时会要求统一。
//!
//! ## 怎么改
//! 统一成一种算法。有意从严的，在备注里说明，或者把这条检查列入“不再提示”。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得满分4分，每少1场扣1分，扣完为止。"
//! ```
//! 好：
//! ```toml
//! rule = "达到计划值得满分4分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。"
//! ```

use foldhash::{HashMap, HashMapExt};

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::meaning::{self, Meaning};
use crate::lint::{COMPARED, Findings, FormView, Rule, RowView, digest};
use crate::vocabulary::operator::Operator;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "formulas-differ";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Hint, check);

/// What makes rows the same kind.
type Kind = (&'static str, Operator, Option<unit::Kind>);

fn digested(row: &RowView<'_>) -> u64 {
    digest(kind(row).filter(|_| row.at < COMPARED))
}

fn kind<'a>(row: &RowView<'a>) -> Option<(Kind, Meaning<'a>)> {
    let (level2, operator, meaning) = (row.own().level2?, row.row.operator()?, meaning::of(row)?);
    Some(((level2, operator, unit::find(&row.row.unit).map(|unit| unit.kind)), meaning))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let mut firsts: HashMap<Kind, (RowView<'_>, Meaning<'_>, bool)> = HashMap::new();
    for row in view.rows().take(COMPARED) {
        let Some((kind, meaning)) = kind(&row) else { continue };
        let (first, usual, told) = firsts.entry(kind).or_insert((row, meaning, false));
        if *usual != meaning && !*told {
            *told = true;
            let message = format!("这条{}，同类的第{}条{}，请统一。", meaning.label(), first.at + 1, usual.label());
            findings.at(row.spot(Field::Rule), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    const STEPS: &str = "rule = '达到计划值得满分4分，每少1场扣1分，扣完为止。'";

    #[test]
    fn one_finding_for_a_kind() {
        fires("formulas-differ", STEPS, "按比例得分");
        assert_eq!(findings("formulas-differ", STEPS).len(), 1);
    }

    #[test]
    fn other_units_and_ways_of_their_own() {
        silent("formulas-differ", &format!("{STEPS}\nunit = '公里'"));
        silent("formulas-differ", "rule = '达到计划值得满分4分，否则不得分。'");
    }
}
