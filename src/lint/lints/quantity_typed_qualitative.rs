//! # 能用数字考核的填成了定性
//!
//! ## 问题
//! 指标类型是 定性，指标值却是一个数量，如“95%”“4次”。
//!
//! ## 为什么
//! 能量化的要量化，这是绩效目标的基本要求；填成定性，自评时就只能凭印象打分。
//!
//! ## 怎么改
//! 指标类型改为 =、≥ 或 ≤，指标值只留数字，单位填到“计量单位”。完成时限仍用 定性。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = "定性"
//! value = "95%"
//! unit = ""
//! ```
//! 好：
//! ```toml
//! operator = "定性"
//! value = "2026年9月30日前"
//! unit = ""
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::cell::{Glued, Value, plain_number, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::{operator::Operator, unit};

pub(super) const CODE: &str = "quantity-typed-qualitative";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    if !row.is_qualitative() {
        return;
    }
    let Some(quantity) = quantity(row) else { return };
    let message = format!("“{}”是数量，指标类型不应是 定性。", short(row.row.value.trim()));
    let mut found = findings.at(row.spot(Field::Operator), message);
    for operator in candidates(row, &quantity) {
        let title = format!("改为 {}{}{}", operator.sign(), quantity.number, short(&quantity.unit));
        found = found.fix(title, edits(row, &quantity, operator));
    }
}

/// The quantity in the value cell; a bare year is none.
fn quantity(row: &RowView<'_>) -> Option<Glued> {
    let typed = row.row.value.trim();
    match row.value() {
        Value::Number(_) => {
            let number = plain_number(typed);
            let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
            let bare = Glued { operator: None, number: number.into_owned(), unit: String::new() };
            (!year || row.unit().is_some_and(|unit| unit != "年")).then_some(bare)
        }
        Value::Glued(glued) => {
            Some(Glued::clone(glued)).filter(|g| g.unit.is_empty() || unit::find(&g.unit).is_some())
        }
        _ => None,
    }
}

fn candidates(row: &RowView<'_>, quantity: &Glued) -> Vec<Operator> {
    match quantity.operator {
        Some(operator) => vec![operator],
        None if row.is_cost() => vec![Operator::Le, Operator::Eq],
        None => vec![Operator::Ge, Operator::Eq],
    }
}

fn edits(row: &RowView<'_>, quantity: &Glued, operator: Operator) -> Vec<Edit> {
    let mut edits =
        vec![row.set(Field::Operator, operator.sign()), row.set(Field::Value, quantity.number.as_str())];
    if !quantity.unit.is_empty() {
        edits.push(row.set(Field::Unit, quantity.unit.as_str()));
    }
    edits
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn quantities_are_not_words() {
        let lint = "quantity-typed-qualitative";
        fires(lint, "operator = '定性'\nvalue = '95'\nunit = '%'", "95");
        fixes(lint, "operator = '定性'\nvalue = '不低于95%'\nunit = ''", Field::Operator, "≥");
        fixes(lint, "operator = '定性'\nvalue = '4次'\nunit = ''", Field::Unit, "次");
    }

    #[test]
    fn days_words_and_years_are() {
        for value in ["2026年12月31日前", "20261231", "2026年", "2026", "12月", "效果明显", "全年24小时值守", "≥A级", "3A级"]
        {
            silent("quantity-typed-qualitative", &format!("operator = '定性'\nvalue = '{value}'\nunit = ''"));
        }
        silent("quantity-typed-qualitative", "operator = '='\nvalue = '4次'");
    }
}
