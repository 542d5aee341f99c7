//! # 成本指标超过预算
//!
//! ## 问题
//! 成本指标的金额加起来，超过了本表填的预算数。
//!
//! ## 为什么
//! 成本控制数不能大于批复的预算，否则等于事先打算超支。
//!
//! ## 怎么改
//! 核对各条成本指标的金额和单位（元、万元、亿元），或者更正预算数。
//! 名称带“总额”“整体支出”的一条按总数看，不与其他条相加。
//!
//! ## 例
//! 坏：
//! ```toml
//! [budget]
//! initial = "470"
//! ```
//! 好：
//! ```toml
//! [budget]
//! initial = "480"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, FormView, Rule, RowView, digest};
use crate::vocabulary::{number, unit};

pub(super) const CODE: &str = "cost-over-budget";
pub(super) const LINT: Rule = Rule::rows(&[Field::Initial, Field::Adjusted], digested, Severity::Warning, check);

/// What names a total that holds the other rows.
const TOTALS: &[&str] = &["整体支出", "总额", "总支出", "总成本", "支出总", "预算总", "总投资", "合计", "总量"];

fn digested(row: &RowView<'_>) -> u64 {
    amount(row).map_or(0, |amount| digest((amount, is_total(row))))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let Some((field, budget)) = budget(view) else { return };
    let rows = view.rows().filter_map(|row| Some((row, amount(&row)?)));
    let (totals, parts): (Vec<_>, Vec<_>) = rows.partition(|(row, _)| is_total(row));
    let text = number::plain(budget);
    for (row, amount) in totals.iter().filter(|(_, amount)| *amount > budget) {
        let message = format!("{}万元超过{}{text}万元，请核对。", number::plain(*amount), field.label());
        findings.at(row.spot(Field::Value), message);
    }
    let sum = parts.iter().fold(Decimal::ZERO, |sum, (_, amount)| sum.saturating_add(*amount));
    if sum > budget {
        let message = format!("成本指标合计{}万元，超过{}{text}万元，请核对。", number::plain(sum), field.label());
        match &parts[..] {
            [(row, _)] => findings.at(row.spot(Field::Value), message),
            _ => findings.at(Spot::form(field), message),
        };
    }
}

/// The budget in force, 万元.
fn budget(view: &FormView<'_>) -> Option<(Field, Decimal)> {
    let budget = &view.form.budget;
    let fields = [(Field::Adjusted, &budget.adjusted), (Field::Initial, &budget.initial)];
    let given = fields.into_iter().filter_map(|(field, text)| Some((field, number::parse(text).ok()?)));
    given.into_iter().find(|(_, budget)| *budget > Decimal::ZERO)
}

/// The amount of money of a row of cost, in 万元.
fn amount(row: &RowView<'_>) -> Option<Decimal> {
    let own = row.own();
    if own.copy_of.is_some() || !(own.level1 == Some("成本指标") || own.level2 == Some("成本指标")) {
        return None;
    }
    let Ok(Target::Number(_, value)) = row.target() else { return None };
    let ten_thousand = Decimal::from(10_000);
    match unit::find(&row.row.unit)?.name {
        "万元" => Some(*value),
        "元" => value.checked_div(ten_thousand),
        "亿元" => value.checked_mul(ten_thousand),
        _ => None,
    }
}

fn is_total(row: &RowView<'_>) -> bool {
    TOTALS.iter().any(|word| row.row.name.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    fn costs(rows: &[(&str, &str, &str)]) -> String {
        let row = |(name, value, unit): &(&str, &str, &str)| {
            format!("[[indicator]]\nlevel1 = '成本'\nlevel2 = '经济成本'\nname = '{name}'\noperator = '≤'\nvalue = '{value}'\nunit = '{unit}'\n")
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn parts_add_up_and_a_total_stands_alone() {
        fires("cost-over-budget", &costs(&[("培训费", "300", "万元"), ("会议费", "2000000", "元")]), "合计500万元");
        fires("cost-over-budget", &costs(&[("整体支出", "0.05", "亿元")]), "500万元超过年初预算数480万元");
        silent("cost-over-budget", &costs(&[("整体支出", "480", "万元"), ("会议费", "20", "万元")]));
    }

    #[test]
    fn prices_and_unknown_budgets_are_left_alone() {
        silent("cost-over-budget", &costs(&[("人均补助", "5000", "元/人")]));
        silent("cost-over-budget", "[budget]\ninitial = ''");
    }
}
