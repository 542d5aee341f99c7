//! # 计算选项不认识
//!
//! ## 问题
//! 计算选项（扣分不足一档怎么算、≤ 指标怎么算）填的不是规定的几个词。
//!
//! ## 为什么
//! 不认识的选项不起作用，得分会按默认的办法算，可能和本县的算法不一样。
//!
//! ## 怎么改
//! 在这一格上按空格，从列表中选；用默认算法的清空。
//!
//! ## 例
//! 坏：
//! ```toml
//! [options]
//! partial_steps = "半档"
//! ```
//! 好：
//! ```toml
//! [options]
//! partial_steps = "started"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{FIELDS, Field, Kind};
use crate::lint::cell::{of_form, short};
use crate::lint::{Findings, FormView, Rule};

pub(super) const CODE: &str = "unknown-option";
pub(super) const LINT: Rule = Rule::form(&[Field::PartialSteps, Field::ReverseFormula], Severity::Warning, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    for info in FIELDS {
        let Kind::Choice(choices) = info.kind else { continue };
        let typed = of_form(view.form, info.field);
        let Some(typed) = typed.filter(|typed| choices.iter().all(|(word, _)| word != typed)) else { continue };
        let spot = Spot::form(info.field);
        let mut found = findings.at(spot, format!("“{}”的选项“{}”不认识。", info.label, short(typed)));
        for (word, meaning) in choices {
            found = found.fix(format!("选 {meaning}"), vec![Edit::set(spot, *word)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn only_the_known_words() {
        fixes("unknown-option", "[options]\nreverse_formula = '其他'", Field::ReverseFormula, "one-minus");
        silent("unknown-option", "[options]\nreverse_formula = 'ratio'");
        silent("unknown-option", "[options]\nreverse_formula = ''");
    }
}
