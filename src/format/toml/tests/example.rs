//! Reading and writing by example.

use super::*;

fn set(row: impl Into<Option<usize>>, field: Field, text: &str) -> Edit {
    Edit::set(Spot { row: row.into(), field }, text)
}

#[test]
fn reads_what_a_hand_wrote() {
    let loaded = load(SAMPLE);
    let form = &loaded.form;
    assert_eq!(form.year, "2026");
    assert_eq!(form.agency, "晓坪乡人民政府");
    assert_eq!(form.duties, "（一）贯彻执行。\n（二）管理事务。\n");
    assert_eq!((form.budget.initial.as_str(), form.budget.adjusted.as_str()), ("526.10", "526.1"));
    assert_eq!(form.indicators.len(), 3);
    assert_eq!(form.indicators[0].value, "48");
    assert_eq!(form.indicators[0].allow, "E101 理由\nE102");
    assert_eq!(form.sign_off.prepared_on, "2025-12-12");
    assert_eq!(loaded.notes, []);
    assert_eq!(loaded.read_only, None);
}

#[test]
fn an_unchanged_form_is_the_same_bytes() {
    for text in [SAMPLE.to_owned(), SAMPLE.replace('\n', "\r\n"), format!("\u{feff}{SAMPLE}")] {
        let loaded = read(text.as_bytes(), &Limits::default()).expect("reads");
        assert_eq!(write(&loaded.form, Some(&loaded.source)).bytes, text.as_bytes());
    }
}

#[test]
fn one_edit_is_one_line() {
    let new = edited(SAMPLE, vec![set(0, Field::Value, "60"), set(None, Field::Agency, "新单位")]);
    assert_eq!(new, SAMPLE.replace("value = 48", "value = \"60\"").replace("'晓坪乡人民政府'", "\"新单位\""));
}

#[test]
fn a_missing_key_goes_after_the_one_before_it() {
    let new = edited(SAMPLE, vec![set(0, Field::Unit, "人次"), set(1, Field::Level2, "数量指标")]);
    assert_eq!(
        new,
        SAMPLE.replace("value = 48\n", "value = 48\nunit = \"人次\"\n").replace(
            "[[indicator]]\nname = \"第二\"",
            "[[indicator]]\nlevel2 = \"数量指标\"\nname = \"第二\""
        )
    );
}

#[test]
fn a_missing_table_goes_before_the_next_one() {
    let text = "schema = 1\n\n# 一\n[[indicator]]\nname = \"a\"\n";
    let new = edited(text, vec![set(None, Field::Executed, "5"), set(None, Field::Head, "张三")]);
    assert_eq!(
        new,
        "schema = 1\n\n[budget]\nexecuted = \"5\"\n\n# 一\n[[indicator]]\nname = \"a\"\n\n[sign_off]\nhead = \"张三\"\n"
    );
}

#[test]
fn root_keys_come_before_any_header() {
    assert_eq!(edited("# 说明\n", vec![set(None, Field::Year, "2026")]), "# 说明\nyear = 2026\n");
    assert_eq!(
        edited("schema = 1\n[a]\nx = 1", vec![set(None, Field::Year, "2026")]),
        "schema = 1\nyear = 2026\n[a]\nx = 1"
    );
    assert_eq!(
        edited("agency = \"a\"", vec![set(None, Field::Duties, "b")]),
        "agency = \"a\"\nduties = \"b\"\n"
    );
}

#[test]
fn rows_move_with_their_comments() {
    let new = edited(SAMPLE, vec![Edit::Move { from: 0, to: 2 }]);
    let first = "# 第一条\n[[indicator]]\nname = \"巡查\" # 名称\n";
    assert!(new.contains(first), "{new}");
    let at = |part: &str| new.find(part).unwrap_or_else(|| panic!("{part} is missing: {new}"));
    assert!(at("# ---- 效益 ----") < at("第二"), "{new}");
    assert!(at("[indicator.history]") < at("# 第三条"));
    assert!(at("\"第三\"") < at(first));
    assert!(at("# 第一条的尾注") < at("# 脚"));
    assert!(!new.contains("\n\n\n"), "{new}");
}

#[test]
fn rows_go_and_come_back_with_their_comments() {
    let loaded = load(SAMPLE);
    let mut form = loaded.form;
    let back = Edit::Remove { at: 1 }.apply(&mut form).expect("fits");
    let without = write(&form, Some(&loaded.source));
    let text = String::from_utf8(without.bytes).expect("UTF-8");
    assert!(!text.contains("[indicator.history]") && text.contains("# ---- 效益 ----"), "{text}");
    back.apply(&mut form).expect("fits");
    let again = write(&form, Some(&without.source));
    let text = String::from_utf8(again.bytes).expect("UTF-8");
    assert!(text.contains("unknown = { a = 1, b = [1, 2] }\n[indicator.history]\nyear = 2025\n"), "{text}");
}

#[test]
fn a_new_row_is_canonical_and_the_rest_stays() {
    let row = Indicator { name: "新".to_owned(), ..Indicator::default() };
    let new = edited(SAMPLE, vec![Edit::insert(3, row)]);
    let (old, new) = diff(SAMPLE, &new);
    assert_eq!(old, [""; 0]);
    assert_eq!(new.iter().filter(|line| *line == "[[indicator]]").count(), 1);
    assert_eq!(new.iter().filter(|line| line.is_empty()).count(), 1);
}

#[test]
fn the_last_row_leaves_no_blank_lines() {
    let text = "[[indicator]]\nname = \"a\"\n\n[[indicator]]\nname = \"b\"\n";
    assert_eq!(edited(text, vec![Edit::Remove { at: 1 }]), "[[indicator]]\nname = \"a\"\n");
    assert_eq!(edited(text, vec![Edit::Remove { at: 0 }]), "[[indicator]]\nname = \"b\"\n");
    assert_eq!(
        edited(text, vec![Edit::Move { from: 0, to: 1 }]),
        "[[indicator]]\nname = \"b\"\n\n[[indicator]]\nname = \"a\"\n"
    );
}

#[test]
fn a_single_table_becomes_an_array() {
    let text = "[indicator]\nname = \"a\"\n[indicator.x]\ny = 1\n";
    assert_eq!(load(text).form.indicators.len(), 1);
    assert_eq!(edited(text, vec![set(0, Field::Name, "b")]), text.replace("\"a\"", "\"b\""));
    let new = edited(text, vec![Edit::insert(0, Indicator::default())]);
    assert!(new.ends_with("[[indicator]]\nname = \"a\"\n[indicator.x]\ny = 1\n"), "{new}");
}

#[test]
fn inline_and_dotted_tables_are_changed_in_place() {
    let text =
        "sign_off.phone = \"1\" # 电话\nbudget = { initial = 5 }\nindicator = [{ name = \"a\" }, {}]\n";
    let edits = vec![
        set(None, Field::Phone, "2"),
        set(None, Field::Head, "张"),
        set(None, Field::Initial, "6"),
        set(None, Field::Executed, "7"),
        set(0, Field::Value, "1\n2"),
        set(1, Field::Name, "b"),
    ];
    assert_eq!(
        edited(text, edits),
        "sign_off.phone = \"2\" # 电话\nsign_off.head = \"张\"\nbudget = { initial = \"6\", executed = \"7\" }\n\
         indicator = [{ name = \"a\", value = \"1\\n2\" }, { name = \"b\" }]\n"
    );
}

#[test]
fn what_has_no_place_is_kept_as_a_comment() {
    let text = "# 头\nagency = \"甲\" # 单位\nother = 1\nindicator = [{ name = \"a\" }]\n[extra]\nx = '''\n# 不是注释\n'''\n";
    let new = edited(text, vec![Edit::insert(1, Indicator::default())]);
    for kept in [
        "\n# 头\n",
        "\n# 单位\n",
        "\n# other = 1\n",
        "\n# [extra]\n",
        "\n# x = '''\n",
        "\n# 不是注释\n",
        "\n# '''\n",
    ] {
        assert!(new.contains(kept), "{kept:?} is lost: {new}");
    }
}

#[test]
fn wrong_types_are_noted_and_kept() {
    let text = "agency = [1]\nduties.x = 1\nbudget = 5\n[[indicator]]\nname = { a = 1 }\n[indicator.rule]\nx = 1\n[[sign_off]]\nphone = \"1\"\n";
    let loaded = load(text);
    let codes: Vec<_> = loaded.notes.iter().map(|note| (note.code.clone(), note.line)).collect();
    assert_eq!(codes[0], ("toml-schema-missing".into(), None));
    assert_eq!(codes[1..].iter().map(|(_, line)| *line).collect::<Vec<_>>(), [1, 2, 3, 5, 6, 8].map(Some));
    assert_eq!(loaded.form.sign_off.phone, "");
    assert_eq!(
        edited(text, vec![set(0, Field::Value, "3")]),
        text.replace("{ a = 1 }\n", "{ a = 1 }\nvalue = \"3\"\n")
    );
    assert_eq!(edited(text, vec![set(0, Field::Name, "b")]), text.replace("{ a = 1 }", "\"b\""));
    let rewritten = edited(text, vec![set(0, Field::Rule, "c")]);
    assert!(rewritten.contains("# [indicator.rule]"), "{rewritten}");
    let rewritten = edited(text, vec![set(None, Field::Initial, "7")]);
    assert!(rewritten.contains("# budget = 5"), "{rewritten}");
}

#[test]
fn emptied_keys_stay() {
    let new = edited(
        SAMPLE,
        vec![set(0, Field::RowAllow, ""), set(None, Field::PreparedOn, ""), set(None, Field::Year, "")],
    );
    assert!(new.contains("allow = [\n  # 为什么\n]\n"), "{new}");
    assert!(new.contains("prepared_on = \"\"\n"));
    assert!(new.contains("year = \"\"   # 年度\n"));
}

#[test]
fn crlf_is_kept_and_used_for_new_lines() {
    let text = SAMPLE.replace('\n', "\r\n");
    assert_eq!(load(&text).form, load(SAMPLE).form);
    let edits = vec![
        set(None, Field::Duties, "一\n二\n"),
        set(2, Field::Rule, "三\n四"),
        Edit::insert(0, Indicator::default()),
    ];
    let new = edited(&text, edits);
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
}

#[test]
fn escaped_carriage_returns_are_kept() {
    let loaded = load("duties = \"\"\"\r\na\\r\r\nb\\\r\n  c\"\"\"\r\n");
    assert_eq!(loaded.form.duties, "a\r\nbc");
}

#[test]
fn the_style_of_three_quotes_is_kept() {
    let text = "duties = \"\"\"一\n二\"\"\"\n";
    assert_eq!(edited(text, vec![set(None, Field::Duties, "一\n三")]), "duties = \"\"\"一\n三\"\"\"\n");
    assert_eq!(edited(text, vec![set(None, Field::Duties, "\n三")]), "duties = \"\"\"\n\n三\"\"\"\n");
    assert_eq!(
        edited("duties = '一'\n", vec![set(None, Field::Duties, "一\n\"\"\"\"")]),
        "duties = \"\"\"\n一\n\"\"\\\"\\\"\"\"\"\n"
    );
}

#[test]
fn numbers_are_read_as_they_are_written() {
    let form = load("agency = true\nyear = '２０２６'\n[budget]\ninitial = 1_000.50\nadjusted = 1e3\nexecuted = 99999999999999999999999999\n").form;
    assert_eq!((form.agency.as_str(), form.year.as_str()), ("true", "２０２６"));
    assert_eq!(
        [&*form.budget.initial, &*form.budget.adjusted, &*form.budget.executed],
        ["1000.50", "1e3", "99999999999999999999999999"]
    );
}

#[test]
fn the_canonical_file() {
    let mut form = Form::default().with_rows(vec![Indicator {
        value: "4\"8".to_owned(),
        allow: "a\nb".to_owned(),
        ..Indicator::default()
    }]);
    for edit in [
        set(None, Field::Year, "2026"),
        set(None, Field::Duties, "一\n二\n"),
        set(None, Field::PreparedOn, "2025-12-12"),
    ] {
        edit.apply(&mut form).expect("fits");
    }
    let written = write(&form, None);
    assert_eq!(
        String::from_utf8(written.bytes).expect("UTF-8"),
        r#"schema = 1
year = 2026
agency = ""
duties = """
一
二
"""
annual_goals = ""

[[indicator]]
level1 = ""
level2 = ""
name = ""
operator = ""
value = "4\"8"
unit = ""
explanation = ""
rule = ""
allow = [
  "a",
  "b",
]

[sign_off]
prepared_by = ""
phone = ""
prepared_on = 2025-12-12
head = ""
business_review = ""
performance_review = ""
"#
    );
}

#[test]
fn places_of_fields() {
    let loaded = load(SAMPLE);
    let place = |spot: Spot, span| {
        loaded.source.locate(&loaded.form, spot, span).map(|place| (place.line, place.column))
    };
    assert_eq!(place(Spot::form(Field::Agency), None), Some((4, 10)));
    assert_eq!(place(Spot::form(Field::Agency), Some(3..6)), Some((4, 12)));
    assert_eq!(place(Spot::form(Field::Duties), Some(0..1)), Some((7, 1)));
    assert_eq!(place(Spot::row(0, Field::Value), None), Some((20, 9)));
    assert_eq!(place(Spot::row(2, Field::Value), None), Some((36, 1)));
    assert_eq!(place(Spot::row(3, Field::Value), None), None);
    assert_eq!(place(Spot::form(Field::PartialSteps), None), Some((1, 1)));
    let mut form = loaded.form.clone();
    Edit::Move { from: 2, to: 0 }.apply(&mut form).expect("fits");
    let moved = loaded.source.locate(&form, Spot::row(0, Field::Name), None).expect("is there");
    assert_eq!((moved.line, &loaded.source.text()[moved.range]), (37, "\"第三\""));
}

#[test]
fn places_inside_escapes() {
    let text = "agency = \"a\\u4E00\\\"b\"\n";
    let loaded = load(text);
    assert_eq!(loaded.form.agency, "a一\"b");
    let at = |span| {
        loaded
            .source
            .locate(&loaded.form, Spot::form(Field::Agency), Some(span))
            .map(|place| &text[place.range])
    };
    assert_eq!(at(1..4), Some("\\u4E00"));
    assert_eq!(at(4..5), Some("\\\""));
    assert_eq!(at(5..6), Some("b"));
}

#[test]
fn a_newer_schema_is_for_looking_only() {
    let text = "schema = 99\nagency = \"a\"\nfuture = 1\n";
    let loaded = load(text);
    assert!(loaded.read_only.is_some_and(|reason| reason.contains("99")));
    assert_eq!(write(&loaded.form, Some(&loaded.source)).bytes, text.as_bytes());
}

#[test]
fn a_written_source_knows_the_rows_of_the_form() {
    let loaded = load(SAMPLE);
    let mut form = loaded.form;
    Edit::Remove { at: 0 }.apply(&mut form).expect("fits");
    Edit::insert(0, Indicator::default()).apply(&mut form).expect("fits");
    let written = write(&form, Some(&loaded.source));
    assert_eq!(written.source.ids.to_vec(), [RowId(4), RowId(2), RowId(3)]);
    assert_eq!(write(&form, Some(&written.source)).bytes, written.bytes);
}
