//! # 指标值与评分标准不一致
//!
//! ## 问题
//! 指标值是≥95%，评分标准却要达到100%才得满分；或者两处的限额、完成日期不同。
//!
//! ## 为什么
//! 达到了指标值却得不到满分，哪个才是目标说不清，审核会退回。
//!
//! ## 怎么改
//! 把评分标准改成指标值，或者把指标值改成评分标准里的数。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "宣传入户率"
//! operator = "≥"
//! value = "95"
//! unit = "%"
//! rule = "入户率达到100%得4分，未达到100%的，按实际比例×指标分值计分。"
//! ```
//! 好：
//! ```toml
//! name = "宣传入户率"
//! operator = "≥"
//! value = "95"
//! unit = "%"
//! rule = "入户率达到95%得4分，未达到95%的，按实际入户率÷95%×4分计分。"
//! ```

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::{Findings, Rule, RowView, prose, sentence};
use crate::rule::{self, Band, PartKind};
use crate::vocabulary::date::{self, Date};
use crate::vocabulary::number::plain;
use crate::vocabulary::operator::Operator;
use crate::vocabulary::unit;

pub(super) const CODE: &str = "target-against-sentence";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

/// What a percentage in the sentence may be of, other than the value itself.
const OF_PLAN: &[&str] = &["计划", "目标", "指标值", "预算", "任务数"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    match row.target() {
        Ok(Target::Number(operator, target)) => number(row, *operator, *target, findings),
        Ok(_) => deadline(row, findings),
        Err(_) => {}
    }
}

fn number(row: &RowView<'_>, operator: Operator, target: Decimal, findings: &mut Findings<'_>) {
    let Some((bound, sentence_unit)) = contradicting(row, operator, target) else { return };
    let of_plan = || OF_PLAN.iter().any(|word| row.row.rule.contains(word));
    if !is_same_unit(sentence_unit, &row.row.unit) || of_plan() {
        return;
    }
    let (bound_text, target_text, unit) = (plain(bound), plain(target), row.row.unit.trim());
    let message = format!("指标值{target_text}{unit}，评分标准却以{bound_text}{unit}为满分，请改成一致。");
    let mut finding = findings.at(row.spot(Field::Rule), message);
    if let Some(span) = sentence::place_of_bound(row, bound) {
        finding = finding.span(span);
    }
    if let Some(text) = sentence::with_bound(row, bound, target) {
        finding = finding.fix(format!("评分标准改为{target_text}{unit}"), vec![row.set(Field::Rule, text)]);
    }
    finding.fix(format!("指标值改为{bound_text}{unit}"), vec![row.set(Field::Value, bound_text)]);
}

/// The bound of the full points and its unit, where the target does not meet it.
fn contradicting<'a>(row: &RowView<'a>, operator: Operator, target: Decimal) -> Option<(Decimal, &'a str)> {
    if let rule::Rule::Bands { unit, bands } = &row.parsed.rule {
        let full = bands.iter().find(|band| row.points.is_some_and(|points| band.points.of(points) == points))?;
        let bound = if operator.is_reverse() { full.to } else { full.from };
        return bound.filter(|_| !holds(full, target)).map(|bound| (bound, unit.as_str()));
    }
    sentence::bound(&row.parsed.rule).filter(|(bound, _)| *bound != target)
}

fn holds(band: &Band, value: Decimal) -> bool {
    band.from.is_none_or(|from| from <= value) && band.to.is_none_or(|to| value <= to)
}

fn is_same_unit(one: &str, other: &str) -> bool {
    let name = |unit: &str| unit::find(unit).map(|unit| unit.name);
    name(one).is_some_and(|one| Some(one) == name(other))
}

/// A day in the sentence that is not the target's. A target outside the year is another matter.
fn deadline(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let year = row.form.year_number();
    let rule::Rule::Deadline { date: Some(day), .. } = row.parsed.rule else { return };
    let Some(target) = date::deadline(&row.row.value, year) else { return };
    if day == target || year.is_some_and(|year| year != target.year()) {
        return;
    }
    let (target_text, day_text) = (date::chinese(target), date::chinese(day));
    let message = format!("指标值是{target_text}，评分标准写的是{day_text}，请改成一致。");
    let mut finding = findings.at(row.spot(Field::Rule), message);
    if let Some((span, edit)) = redated(row, target) {
        finding = finding.span(span).fix(format!("评分标准改为{target_text}"), vec![edit]);
    }
    finding.fix(format!("指标值改为{day_text}"), vec![row.set(Field::Value, format!("{day_text}前"))]);
}

/// The day of the sentence and the edit that makes it the target.
fn redated(row: &RowView<'_>, target: Date) -> Option<(Range<usize>, Edit)> {
    let span = row.parsed.parts.iter().find(|part| part.kind == PartKind::Date)?.span.clone();
    let before = if row.row.rule.get(span.clone())?.ends_with('前') { "前" } else { "" };
    let new = format!("{}{before}", date::chinese(target));
    let text = prose::spliced(&row.row.rule, &[(span.clone(), new)]);
    let read = rule::parse(&text).rule;
    let settled = matches!(read, rule::Rule::Deadline { date: Some(day), .. } if day == target);
    settled.then(|| (span, row.set(Field::Rule, text)))
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    fn rate(value: &str, rule: &str) -> String {
        format!("operator = '≥'\nvalue = '{value}'\nunit = '%'\nrule = '{rule}'")
    }

    #[test]
    fn thresholds_limits_and_bands() {
        let rule = "入户率达到100%得2分，未达到100%的，按实际达到比例×指标分值计算。";
        fires("target-against-sentence", &rate("95", rule), "指标值95%，评分标准却以100%为满分");
        let after = "入户率达到95%得2分，未达到95%的，按实际达到比例×指标分值计算。";
        fixes("target-against-sentence", &rate("95", rule), Field::Rule, after);
        let found = findings("target-against-sentence", &rate("95", rule));
        assert_eq!(found[0].fixes.len(), 2);
        assert_eq!(&rule[found[0].span.clone().expect("has one")], "100");
        fires("target-against-sentence", &rate("95", "达到90%得4分，每降低1%扣1分，扣完为止。"), "90%");
        fires("target-against-sentence", &rate("85", "≥90%得4分；60%-90%得2分；<60%不得分。"), "90%");
        fires("target-against-sentence", "operator = '≤'\nunit = '件'\nvalue = '3'\nrule = '控制在5件以内得4分，每超出1件扣1分，扣完为止。'", "5件");
    }

    #[test]
    fn days() {
        let row = |value: &str| format!("operator = '定性'\nunit = ''\nvalue = '{value}'\nrule = '在2026年9月30日前完成得4分，每推迟1天扣1分，扣完为止。'");
        fires("target-against-sentence", &row("2026年6月底前"), "2026年6月30日");
        fixes("target-against-sentence", &row("6月底前"), Field::Rule, "在2026年6月30日前完成得4分，每推迟1天扣1分，扣完为止。");
        silent("target-against-sentence", &row("2026年9月底前"));
        silent("target-against-sentence", &row("2025年9月30日前"));
        silent("target-against-sentence", &row("按时"));
    }

    #[test]
    fn agreement_other_units_and_plans() {
        silent("target-against-sentence", &rate("95", "达到95%得4分，否则按实际值÷95%×4分计。"));
        silent("target-against-sentence", &rate("95", "≥90%得4分；60%-90%得2分；<60%不得分。"));
        silent("target-against-sentence", &rate("95", "完成计划的100%得4分，未达到100%的，按实际比例×指标分值计分。"));
        silent("target-against-sentence", "rule = '完成率达到100%得4分，未达到100%的，按实际比例×指标分值计分。'");
        silent("target-against-sentence", "value = ''\nrule = '达到100%得4分，否则按比例计分。'");
    }
}
