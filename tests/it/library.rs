//! The library of indicators: its rows pass the checks, and find their place in a form.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jixiao::diagnostic::Severity;
use jixiao::form::Form;
use jixiao::format::toml::{self, Limits};
use jixiao::score::Scores;
use jixiao::tui::headless::Headless;
use jixiao::{library, lint, rule};

fn sample(name: &str) -> Form {
    let bytes = fs::read(Path::new("forms").join(name)).expect("reads");
    toml::read(&bytes, &Limits::default()).expect("is a form").form
}

#[test]
fn every_row_passes_the_checks_of_a_row() {
    let head = sample("clean-2026.toml").head();
    let mut faults = Vec::new();
    for entry in library::all() {
        let row = entry.row("2026");
        let parsed = rule::parse(&row.rule);
        if parsed.points.is_none() || parsed.rule.kind() == "unknown" || !parsed.notes.is_empty() {
            faults.push(format!("{}：{:?}", row.name, parsed.notes));
        }
        let form = head.clone().with_rows(vec![row]);
        let report = lint::run(&form, &Scores::of(&form));
        let found = report.diagnostics.iter().filter(|found| found.site.row() == Some(0));
        let grave = found.filter(|found| found.severity != Severity::Hint);
        faults.extend(
            grave.map(|found| format!("{}：{} {}", form.indicators[0].name, found.code, found.message)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn there_are_many_rows_each_of_another_name_and_for_every_class() {
    let rows: Vec<_> = library::all().iter().map(|entry| entry.row("2026")).collect();
    assert!(rows.len() >= 120, "{}", rows.len());
    let names: HashSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let explanations: HashSet<&str> = rows.iter().map(|row| row.explanation.as_str()).collect();
    assert_eq!((names.len(), explanations.len()), (rows.len(), rows.len()));
    for class in jixiao::vocabulary::taxonomy::all() {
        for level2 in class.level2.iter().filter(|level2| level2.is_current()) {
            assert!(rows.iter().any(|row| row.level2 == level2.name), "{}", level2.name);
        }
    }
}

fn shows(editor: &Headless, words: &[&str]) {
    let screen = editor.screen();
    assert!(words.iter().all(|word| screen.contains(word)), "{words:?} is not on\n{screen}");
}

#[test]
fn a_row_is_found_by_pinyin_and_goes_where_its_class_is() {
    let mut editor = Headless::open(Some(Path::new("forms/clean-2026.toml")), 80, 24).expect("opens");
    let before = editor.form().clone();
    editor.keys("<Insert>jzh");
    editor.keys("<Esc><Insert>消防");
    insta::assert_snapshot!("library_80", editor.screen());
    editor.keys("<Esc><Insert>xfssw<Enter>");
    shows(&editor, &["加了“消防设施维护数量”", ">指标值   40"]);
    let at =
        editor.form().indicators.iter().position(|row| row.name == "消防设施维护数量").expect("is there");
    assert_eq!(editor.form().indicators[at - 1].level2, "数量指标");
    editor.keys("<Ctrl+Z>");
    assert_eq!(*editor.form(), before);
    let mut wide = Headless::open(Some(Path::new("forms/clean-2026.toml")), 120, 40).expect("opens");
    insta::assert_snapshot!("library_120", wide.keys("<Insert>dang").screen());
}

#[test]
fn an_empty_row_of_a_template_is_filled() {
    let template = Path::new("forms/template-2021-with-cost.toml");
    let mut editor = Headless::open(Some(template), 80, 24).expect("opens");
    let count = editor.form().indicators.len();
    editor.keys("<Insert>山塘<Enter>");
    assert_eq!(editor.form().indicators.len(), count);
    assert_eq!(editor.form().indicators[0].name, "维修山塘数量");
    editor.keys("<Insert>qdqy<Enter>");
    let form = editor.form();
    let row = form.indicators.iter().find(|row| row.name == "渠道清淤完成时间").expect("is there");
    assert_eq!(form.indicators.len(), count);
    assert!(row.value.contains("4月30日前") && !row.value.contains("{year}"), "{}", row.value);
}

#[test]
fn a_unit_keeps_rows_of_its_own() {
    let config = tempfile::tempdir().expect("a folder");
    let open = || {
        let editor = Headless::open(Some(Path::new("forms/clean-2026.toml")), 80, 24).expect("opens");
        editor.with_config(config.path())
    };
    let mut editor = open();
    editor.keys("<Down*7><Ctrl+P>crzbk<Enter>");
    shows(&editor, &["存入了本单位的指标库"]);
    let file = config.path().join("library.toml");
    let kept = toml::read(fs::read(&file).expect("reads"), &Limits::default()).expect("is a form").form;
    assert_eq!(kept.indicators[0].name, "农村道路安全巡查次数");
    let mut editor = open();
    editor.keys("<Insert>本单位");
    shows(&editor, &["农村道路安全巡查次数"]);
    editor.keys("<Enter>");
    assert_eq!(editor.form().indicators.len(), 19);
    // A broken library is told, and the common one is there.
    fs::write(&file, "[[indicator]\nname = ").expect("writes");
    let mut editor = open();
    editor.keys("<Insert>");
    shows(&editor, &["本单位的指标库有错误", "从指标库选"]);
    editor.keys("<Esc><Down*7><Ctrl+P>crzbk<Enter>");
    shows(&editor, &["没有存入"]);
    assert_eq!(fs::read_to_string(&file).expect("reads"), "[[indicator]\nname = ");
}
