//! # 是非问题写成了100%
//!
//! ## 问题
//! “合规性”“达到某标准”只有是或否，却写成 = 100 %。
//!
//! ## 为什么
//! 年末只能填100%或0，百分比是装出来的。审核时会要求改为定性，或者换成真正的比率。
//!
//! ## 怎么改
//! 改为定性（合规、达标），评分标准写“……得几分，否则不得分”；
//! 或者改成可以计算的比率，如“支付凭证抽查合规率”。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "资金使用合规性"
//! operator = "="
//! value = "100"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! name = "支付凭证抽查合规率"
//! operator = "="
//! value = "100"
//! unit = "%"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number::plain;
use crate::vocabulary::operator::Operator;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "yes-no-as-percentage";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

/// Words of a ratio or degree, which can be anything between nought and full.
const RATIOS: &[&str] = &["率", "比例", "比重", "占比", "程度", "满意度", "完成度", "进度"];
const MARKS: &[&str] = &["标准", "要求", "规定", "规范"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let full = matches!(row.target(), Ok(Target::Number(Operator::Eq | Operator::Ge, value)) if *value == Decimal::ONE_HUNDRED);
    if !full || unit::find(&row.row.unit).is_none_or(|unit| unit.name != "%") {
        return;
    }
    let Some(yes) = yes(row.row.name.trim(), &row.row.explanation) else { return };
    let finding = findings.at(row.spot(Field::Name), "这是是非问题，请改为定性，或换成能计算的比率。");
    if let Some(points) = row.points {
        let rule = format!("{yes}得{}分，否则不得分。", plain(points));
        finding.fix(format!("改为定性“{yes}”"), qualitative(row, yes, rule));
    }
}

/// What a yes reads like, where the row asks for yes or no.
fn yes(name: &str, explanation: &str) -> Option<&'static str> {
    if RATIOS.iter().any(|word| name.contains(word)) {
        return None;
    }
    let reached = (name.contains("达到") || name.contains("符合")) && MARKS.iter().any(|mark| name.ends_with(mark));
    match name {
        _ if name.ends_with("合规性") || name.ends_with("合法性") => Some("合规"),
        _ if name.ends_with("及时性") => Some("及时"),
        _ if name.ends_with("真实性") => Some("真实"),
        _ if name.ends_with("完整性") => Some("完整"),
        _ if name.ends_with("规范性") => Some("规范"),
        _ if name.ends_with("准确性") => Some("准确"),
        _ if reached || name.ends_with("达标") => Some("达标"),
        _ => (name.ends_with('性') || explanation.contains("是否")).then_some("是"),
    }
}

fn qualitative(row: &RowView<'_>, yes: &str, rule: String) -> Vec<Edit> {
    let fields = [(Field::Operator, Operator::Qualitative.sign()), (Field::Value, yes), (Field::Unit, ""), (Field::Rule, &rule)];
    fields.into_iter().map(|(field, text)| row.set(field, text)).collect()
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    fn full(name: &str) -> String {
        format!("name = '{name}'\nvalue = '100'\nunit = '百分比'")
    }

    #[test]
    fn facts_are_no_percentages() {
        fires("yes-no-as-percentage", &full("达到农村道路养护标准"), "是非问题");
        fixes("yes-no-as-percentage", &full("资金使用合规性"), Field::Value, "合规");
        fires("yes-no-as-percentage", &(full("甲") + "\nexplanation = '是否公开'"), "是非问题");
    }

    #[test]
    fn ratios_and_other_values_are_fine() {
        silent("yes-no-as-percentage", &full("资金使用合规率"));
        silent("yes-no-as-percentage", &full("目标完成程度"));
        silent("yes-no-as-percentage", "name = '资金使用合规性'\nvalue = '95'\nunit = '%'");
        silent("yes-no-as-percentage", "name = '资金使用合规性'\nvalue = '100'\nunit = '分'");
    }
}
