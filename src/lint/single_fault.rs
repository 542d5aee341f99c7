//! Forms with one fault each: exactly one lint speaks, whatever else looks at the same cell.
//! And forms of nonsense: no lint panics, and safe fixes come to an end.

use proptest::prelude::*;

use super::testing::patched;
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::edit::{Edit, apply_all};
use crate::form::field::{FIELDS, Table};
use crate::form::{Form, Indicator};
use crate::score::Scores;

fn report(form: &Form) -> Vec<Diagnostic> {
    super::run(form, &Scores::of(form)).diagnostics
}

/// The code that must speak alone, and the fault patched into the clean sample.
const FAULTS: &[(&str, &str)] = &[
    ("missing-cell", "name = ''"),
    ("missing-cell", "operator = ''"),
    ("missing-cell", "value = ''"),
    ("missing-cell", "explanation = ''"),
    ("missing-cell", "agency = ''"),
    ("missing-cell", "year = ''"),
    ("missing-cell", "[sign_off]\nphone = ''"),
    ("unknown-operator", "operator = '大概'"),
    ("operator-not-canonical", "operator = '＝'"),
    ("operator-in-value", "value = '=4'"),
    ("operator-in-value", "value = '=4场'"),
    ("operator-in-value", "operator = ''\nvalue = '=4'"),
    ("operator-in-value", "operator = '≥'\nvalue = '≤4'"),
    ("value-not-a-number", "value = '若干'"),
    ("value-not-a-number", "value = '4至6'"),
    ("value-not-a-number", "value = '1234567890123456789012345678901234567890'"),
    ("unit-in-value", "value = '4场'"),
    ("unit-in-value", "value = '4场'\nunit = ''"),
    ("unit-contradicts-value", "value = '28.8万元'"),
    ("number-not-plain", "value = '４'"),
    ("number-not-plain", "value = ' 0 4'"),
    ("missing-unit", "unit = ''"),
    ("missing-unit", "unit = '—'"),
    ("unknown-unit", "unit = '光年'"),
    ("unit-not-canonical", "unit = '场次'"),
    ("unit-contradicts-name", "unit = '%'"),
    ("fractional-count", "value = '4.5'"),
    ("negative-value", "value = '-4'"),
    ("quantity-typed-qualitative", "operator = '定性'"),
    ("quantity-typed-qualitative", "operator = '定性'\nvalue = '4场'\nunit = ''"),
    ("unit-on-qualitative", "operator = '定性'\nvalue = '效果明显'"),
    ("vague-value", "operator = '定性'\nvalue = '不断加强'\nunit = ''"),
    ("deadline-under-a-sign", "value = '2026-12-31'"),
    ("deadline-under-a-sign", "value = '2026年12月31日前'\nunit = ''"),
    ("deadline-outside-year", "operator = '定性'\nvalue = '2027年3月底前'\nunit = ''"),
    ("date-not-valid", "operator = '定性'\nvalue = '2026年2月30日前'\nunit = ''"),
    ("date-not-valid", "[sign_off]\nprepared_on = '2025-13-12'"),
    ("date-not-iso", "[sign_off]\nprepared_on = '2025.12.12'"),
    ("phone-malformed", "[sign_off]\nphone = '0745-123456'"),
    ("year-malformed", "year = '2026年'"),
    ("placeholder-left", "name = '指标1：'"),
    ("placeholder-left", "value = '**'"),
    ("placeholder-left", "unit = 'XX'"),
    ("placeholder-left", "agency = 'XXX人民政府'"),
    ("placeholder-left", "[sign_off]\nhead = '待定'"),
    ("unknown-level2", "level2 = '数理指标'"),
    ("unknown-level2", "level2 = '产出指标'"),
    ("class-not-canonical", "level1 = '产出'"),
    ("class-not-canonical", "level2 = '数量'"),
    ("level2-under-wrong-level1", "level2 = '社会效益指标'"),
    ("level2-of-old-table", "level2 = '成本指标'"),
    ("name-is-a-class", "name = '数量指标'"),
    ("points-not-a-number", "points = '四分'"),
    ("budget-not-a-number", "[budget]\ninitial = '480万元'"),
    ("budget-overspent", "[budget]\nadjusted = '480'\nexecuted = '481'"),
    ("control-characters", r#"name = "党风廉政\u200b宣传活动场次""#),
    ("control-characters", r#"value = "4\u0007""#),
    ("control-characters", r#"operator = "=\u0007""#),
    (
        "control-characters",
        r#"[sign_off]
phone = "0745-1234567\u202c""#,
    ),
    ("line-break-in-cell", r#"name = "党风廉政\n宣传活动场次""#),
    ("line-break-in-cell", r#"level1 = "产出\n指标""#),
    ("line-break-in-cell", r#"unit = "场\n""#),
    ("unknown-profile", "profile = '按县里的'"),
    ("unknown-option", "[options]\npartial_steps = '半档'"),
    ("actual-not-readable", "actual = '若干场'"),
    ("percentage-over-100", "name = '隐患整改率'\noperator = '≥'\nvalue = '950'\nunit = '%'"),
    ("wrong-direction", "name = '隐患整改率'\noperator = '≤'\nvalue = '95'\nunit = '%'"),
    ("people-counted-in-ge", "name = '培训党员人数'\nunit = '个'"),
    (
        "too-long",
        "[sign_off]\nprepared_by = '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一'",
    ),
    ("target-always-met", "operator = '≥'\nvalue = '0'"),
];

/// Nothing else is refused, and nothing else is said of the same cell.
#[test]
fn one_fault_is_told_once() {
    for (code, patch) in FAULTS {
        let found = report(&patched(patch));
        let told: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.code == *code).collect();
        assert_eq!(told.len(), 1, "{code} on {patch}: {found:#?}");
        let others = found.iter().filter(|diagnostic| diagnostic.code != *code);
        let again = |other: &&Diagnostic| other.severity == Severity::Error || other.site == told[0].site;
        assert_eq!(others.filter(again).collect::<Vec<_>>(), [] as [&Diagnostic; 0], "{patch}");
    }
}

/// A message is short whatever stands in the form, ends as a sentence and can be shown.
#[test]
fn messages_are_short_sentences() {
    for (_, patch) in FAULTS {
        for Diagnostic { message, .. } in report(&patched(patch)) {
            assert!(message.ends_with('。') && message.chars().count() <= 60, "{message}");
            assert!(!message.contains(crate::text::is_unsafe), "{message:?}");
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[≥≤=<>＞＝不低于0-9０-９.,，%％万元次人年月日底前以内上 -]{0,14}",
        "(2026|2025|〇)?[年.-]?[0-9]{1,2}[月.-]?[0-9]{0,2}(日|日前|底前)?",
        "(产出|效益|满意度|成本|数量|社会效益|经济成本|指标|（40分）|★){0,3}",
        "[*×Xx…_指标2：:请填写待定\n\t]{0,8}",
        "\\PC{0,12}",
        "[\u{0}-\u{9f}\u{200b}-\u{206f}]{0,6}",
        Just("字".repeat(101)),
    ]
}

fn any_form() -> impl Strategy<Value = Form> {
    let rows = prop::collection::vec(prop::collection::vec(cell(), 14), 0..4);
    (rows, prop::collection::vec(cell(), 24)).prop_map(|(rows, own)| {
        let mut form = Form::default();
        let fields = FIELDS.iter().filter(|info| info.table != Table::Indicator);
        fields.zip(own).for_each(|(info, text)| form.set_while_reading(info.field, text));
        form.with_rows(rows.into_iter().map(row_of))
    })
}

fn row_of(cells: Vec<String>) -> Indicator {
    let mut row = Indicator::default();
    let fields = FIELDS.iter().filter(|info| info.table == Table::Indicator);
    for (info, text) in fields.zip(cells) {
        *row.text_mut(info.field).expect("is of an indicator") = text;
    }
    row
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nonsense_is_survived_and_safe_fixes_end(mut form in any_form()) {
        for _ in 0..12 {
            let found = report(&form);
            for diagnostic in &found {
                let text = diagnostic.site.spot().and_then(|spot| form.at(spot));
                let span = diagnostic.span.clone();
                prop_assert!(span.is_none_or(|span| text.is_some_and(|text| text.get(span).is_some())));
            }
            for fix in found.iter().flat_map(|diagnostic| &diagnostic.fixes) {
                let mut copy = form.clone();
                prop_assert!(apply_all(fix.edits.clone(), &mut copy).is_ok(), "{fix:?}");
                prop_assert!(copy != form, "{fix:?} changes nothing");
            }
            let fixes = found.into_iter().flat_map(|diagnostic| diagnostic.fixes);
            let safe: Vec<Edit> = fixes.filter(|fix| fix.safe).flat_map(|fix| fix.edits).collect();
            if safe.is_empty() {
                return Ok(());
            }
            apply_all(safe, &mut form).expect("fits");
        }
        prop_assert!(false, "safe fixes go on and on");
    }
}
