//! Forms with one fault each in a sentence, a text or between rows: its lint speaks once, nothing
//! else is refused, and nothing else is said of the same cell.

use proptest::prelude::*;

use super::testing::{clean, patched};
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::edit::apply_all;
use crate::form::field::Field;
use crate::form::{Form, Indicator, Row};
use crate::score::Scores;

const FAULTS: &[(&str, &str)] = &[
    ("no-points", "rule = '达到计划值得满分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。'"),
    ("points-against-sentence", "points = '3'"),
    ("points-against-sentence", "points = '40'"),
    (
        "points-conflict",
        "rule = '满分4分。达到计划值得6分，超额完成不加分；未达到的，按实际值÷计划值×指标分值计分。'",
    ),
    ("parts-do-not-add-up", "rule = '满分4分。（1）方案得1分；（2）会议得1分；（3）总结得1分。'"),
    ("bands-gap", "value = '6'\nrule = '≥6场得4分；1场（含）-2场得2分；1场以下不得分。'"),
    ("bands-overlap", "rule = '≥4场得4分；1场（含）-5场得2分；1场以下不得分。'"),
    ("sentence-not-understood", "rule = '按照上级文件执行，满分4分。'"),
    ("rest-not-understood", "rule = '达到计划值得4分，否则不得分，没有台账的另行商议。'"),
    ("discretionary-rule", "rule = '达到计划值得4分，未达到的酌情扣分。'"),
    ("endless-deduction", "unit = '公里'\nrule = '达到计划值得4分，每少1公里扣1分。'"),
    ("free-zone", "unit = '公里'\nrule = '达到计划值得4分，每降低10%扣1分，扣完为止。'"),
    (
        "partial-steps-open",
        "level2 = '时效指标'\noperator = '定性'\nvalue = '2026年9月30日前'\nunit = ''\nrule = '2026年9月30日前完成得4分，每推迟5天扣1分，扣完为止。'",
    ),
    ("target-against-sentence", "rule = '达到5场得4分，否则按实际场数÷5场×4分计分，超额完成不加分。'"),
    (
        "target-against-sentence",
        "operator = '定性'\nvalue = '2026年9月30日前'\nunit = ''\nrule = '2026年10月30日前完成得4分，每推迟1天扣1分，扣完为止。'",
    ),
    (
        "target-not-a-grade",
        "operator = '定性'\nvalue = '效果突出'\nunit = ''\nrule = '明显得4分，一般得2分，否则不得分。'",
    ),
    ("explanation-repeats-name", "explanation = '党风廉政宣传活动场次'"),
    (
        "copied-explanation",
        "explanation = '巡查发现的道路安全隐患中已整改的比例，整改率=已整改处数÷发现处数×100%。'",
    ),
    ("duplicate-row", "[[extra]]"),
    ("duplicate-row", "[[extra]]\nname = '党风廉政宣传（活动）场次'\nrule = '酌情扣分，满分9分。'"),
    ("repeated-word", "name = '党风廉政宣传工作宣传场次'"),
    ("repeated-word", "explanation = '全年组织组织的宣传活动场数，按季度各1场累计。'"),
    ("class-split", "level2 = '质量指标'"),
    ("cost-over-budget", "[budget]\ninitial = '400'"),
    ("cost-over-budget", "[budget]\nadjusted = '479.99'"),
    ("yes-no-as-percentage", "level2 = '质量指标'\nname = '宣传经费合规性'\nvalue = '100'\nunit = '%'"),
    ("wrong-year", "explanation = '2025年由乡纪委组织的宣传活动场数，按季度累计。'"),
    ("agency-not-full-name", "agency = '示例乡'"),
    ("half-width-mark", "explanation = '由乡纪委组织的活动场数,按季度累计。'"),
    ("doubled-mark", "explanation = '由乡纪委组织的活动场数，，按季度累计。'"),
    ("stray-blank", "explanation = '由乡纪委组织的 活动场数，按季度累计。'"),
    ("unbalanced-pair", "explanation = '由乡纪委组织的（活动场数，按季度累计。'"),
    ("markup-left", "explanation = '由乡纪委组织的<b>活动</b>场数，按季度累计。'"),
    ("numbering-out-of-order", "explanation = '按活动场数累计：1.签到；3.照片。'"),
    ("manual-score-out-of-range", "manual_score = '5'"),
    ("deviation-reason-missing", "actual = '3'"),
    ("low-execution", "[budget]\nadjusted = '480'\nexecuted = '100'"),
    ("points-off-profile", "profile = '100-points'"),
    ("no-indicators", "indicator = []"),
];

fn report(form: &Form) -> Vec<Diagnostic> {
    super::run(form, &Scores::of(form)).diagnostics
}

#[track_caller]
fn tells_only(code: &str, form: &Form, patch: &str) {
    let found = report(form);
    let told: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.code == code).collect();
    assert_eq!(told.len(), 1, "{code} on {patch}: {found:#?}");
    let again = |other: &&Diagnostic| other.severity == Severity::Error || other.site == told[0].site;
    let others = found.iter().filter(|other| other.code != code).filter(again).collect::<Vec<_>>();
    assert_eq!(others, [] as [&Diagnostic; 0], "{code} on {patch}");
}

#[test]
fn a_fault_is_told_once() {
    for (code, patch) in FAULTS {
        tells_only(code, &patched(patch), patch);
    }
}

fn without(level: &str) -> Form {
    let form = clean();
    let rows = form.indicators.iter().filter(|row| row.level1 != level && row.level2 != level);
    let rows: Vec<_> = rows.cloned().collect();
    form.with_rows(rows)
}

#[test]
fn a_missing_class_is_told_once() {
    tells_only("class-missing", &without("满意度指标"), "no satisfaction");
    tells_only("class-missing", &without("成本指标"), "no cost");
    tells_only("class-missing", &without("产出指标"), "no output");
}

#[test]
fn an_actual_value_left_out_is_told_once() {
    let form = clean();
    let filled = |(at, row): (usize, &Row)| {
        let actual = if at == 0 { String::new() } else { row.value.clone() };
        Indicator { actual, ..row.copy() }
    };
    let rows: Vec<_> = form.indicators.iter().enumerate().map(filled).collect();
    tells_only("actual-missing", &form.with_rows(rows), "one actual value left out");
}

/// Pieces that the checks of texts and sentences look for, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[（）()“”《》【】\\[\\]<>&;,.:!?。，；、 \u{3000}\n]{1,4}",
        "(（?[一二三四十1-9]{1,2}[）、.)是])",
        "(<p>|</p>|<br/>|&nbsp;|<b|>)",
        "(20[0-9]{2}年|较|比|至|以来|12月31日前)",
        "(建设|工作|活动|的|的的|和和|社会发展|影响|经济效益|合规性|是否)",
        "(达到计划值|≥90%|80%-90%|每降低5%|每推迟10天|扣1分|得5分|满分10分|否则|不得分|按实际值÷计划值×指标分值计分|酌情扣分|扣完为止)",
        "[0-9.０-９]{0,30}",
        "\\PC{0,3}",
        "[🀀-🙏\u{0}-\u{1f}\u{200b}]{0,2}",
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

fn any_row() -> impl Strategy<Value = Indicator> {
    let class = prop::sample::select(vec![
        "产出指标/数量指标",
        "产出/时效",
        "效益/经济效益",
        "效益/社会效益",
        "成本/经济成本",
        "满意度/满意度",
        "?/?",
    ]);
    let target = prop::sample::select(vec![
        "=/4/次",
        "≥/95/%",
        "≤/480/万元",
        "定性/2026年12月31日前/",
        "定性/效果明显/",
        "?/-0/亿元",
    ]);
    (class, target, prop::collection::vec(text(), 6)).prop_map(|(class, target, texts)| {
        let (classes, target): (Vec<&str>, Vec<&str>) =
            (class.split('/').collect(), target.split('/').collect());
        let mut row =
            Indicator { level1: classes[0].into(), level2: classes[1].into(), ..Indicator::default() };
        (row.operator, row.value, row.unit) = (target[0].into(), target[1].into(), target[2].into());
        let fields =
            [Field::Name, Field::Explanation, Field::Rule, Field::Actual, Field::Remark, Field::Points];
        for (field, text) in fields.into_iter().zip(texts) {
            *row.text_mut(field).expect("is of an indicator") = text;
        }
        row
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_text_is_survived_and_every_fix_fits(rows in prop::collection::vec(any_row(), 0..6), goals in text(), duties in text()) {
        let mut form = clean().with_rows(rows);
        (form.annual_goals, form.duties) = (goals, duties);
        for diagnostic in report(&form) {
            let text = diagnostic.site.spot().and_then(|spot| form.at(spot));
            prop_assert!(diagnostic.span.clone().is_none_or(|span| text.is_some_and(|text| text.get(span).is_some())), "{diagnostic:?}");
            prop_assert!(!diagnostic.message.contains(crate::text::is_unsafe), "{diagnostic:?}");
            prop_assert!(diagnostic.message.ends_with('。') && diagnostic.message.chars().count() <= 60, "{}", diagnostic.message);
            for fix in diagnostic.fixes {
                let mut copy = form.clone();
                prop_assert!(apply_all(fix.edits.clone(), &mut copy).is_ok() && copy != form, "{fix:?}");
            }
        }
    }
}
