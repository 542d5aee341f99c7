//! Several rows at once, and finding one by its number: keys in, screen out.

use std::path::Path;

use jixiao::tui::headless::Headless;

fn editor(columns: u16, rows: u16) -> Headless {
    Headless::open(Some(Path::new("forms/clean-2026.toml")), columns, rows).expect("opens")
}

fn shows(editor: &Headless, words: &[&str]) {
    let screen = editor.screen();
    assert!(words.iter().all(|word| screen.contains(word)), "{words:?} is not on\n{screen}");
}

fn names(editor: &Headless) -> Vec<String> {
    editor.form().indicators.iter().map(|row| row.name.chars().take(4).collect()).collect()
}

/// To the first row of the tree.
const FIRST: &str = "<Home><Down*6>";

#[test]
fn rows_are_marked_and_counted_and_unmarked() {
    let mut editor = editor(80, 24);
    editor.keys(FIRST).keys("<Space><Down><Space>");
    insta::assert_snapshot!("marked_80", editor.screen());
    editor.keys("<Up><Space>");
    shows(&editor, &["已选1条"]);
    editor.keys("<Esc>");
    assert!(!editor.screen().contains("已选"));
    // A class is marked as a whole, and Shift marks on.
    editor.keys(FIRST).keys("<Up><Space>");
    shows(&editor, &["已选4条 16分"]);
    editor.keys("<Esc>").keys(FIRST).keys("<Shift+Down*2>");
    shows(&editor, &["已选3条 12分"]);
    let mut wide = self::editor(120, 40);
    wide.keys(FIRST).keys("<Shift+Down*2>");
    insta::assert_snapshot!("marked_120", wide.screen());
    assert!(wide.wide().screen().contains("已选3条"));
}

#[test]
fn marked_rows_are_deleted_copied_and_moved_as_one_step() {
    let mut editor = editor(80, 24);
    let before = editor.form().clone();
    editor.keys(FIRST).keys("<Space><Down><Space><Delete>");
    shows(&editor, &["删除了2条指标"]);
    assert_eq!(names(&editor)[..2], ["农村道路", "维修山塘"]);
    editor.keys("<Ctrl+Z>");
    assert_eq!(*editor.form(), before);
    // The marks hold on to the rows.
    shows(&editor, &["已选2条"]);
    editor.keys("<Ctrl+Down>");
    assert_eq!(names(&editor)[..4], ["农村道路", "党风廉政", "维修山塘", "矛盾纠纷"]);
    editor.keys("<Ctrl+Down>");
    assert_eq!(names(&editor)[..4], ["农村道路", "维修山塘", "党风廉政", "矛盾纠纷"]);
    editor.keys("<Ctrl+Down>");
    shows(&editor, &["已经到了这一类的边上"]);
    editor.keys("<Ctrl+Up><Ctrl+Z*3>");
    assert_eq!(*editor.form(), before);
    editor.keys("<Ctrl+C>");
    shows(&editor, &["复制了2条指标"]);
    editor.keys("<Esc><End><Up*3><Ctrl+V>");
    assert_eq!(editor.form().indicators.len(), before.indicators.len() + 2);
    editor.keys("<Ctrl+Z>").keys(FIRST).keys("<Space><Space><Ctrl+D>");
    shows(&editor, &["在后面加了2条一样的"]);
    assert_eq!(names(&editor)[..4], ["党风廉政", "农村道路", "党风廉政", "农村道路"]);
}

#[test]
fn marked_rows_get_a_class_and_points_together() {
    let mut editor = editor(80, 24);
    let before = editor.form().clone();
    editor.keys(FIRST).keys("<Space*3><Ctrl+P>guilei<Enter>");
    insta::assert_snapshot!("class_of_marked_80", editor.screen());
    editor.keys("质量<Enter>");
    assert!(editor.form().indicators[..3].iter().all(|row| row.level2 == "质量指标"));
    shows(&editor, &["3条归入"]);
    editor.keys("<Ctrl+Z><Ctrl+P>dfz<Enter>");
    insta::assert_snapshot!("points_of_marked_80", editor.screen());
    editor.keys("共14<Enter>");
    shows(&editor, &["3条合计14分"]);
    // The sentences say so.
    let rules: Vec<&str> = editor.form().indicators[..3].iter().map(|row| row.rule.as_str()).collect();
    assert!(
        rules[0].contains("满分5分") && rules[1].contains("满分5分") && rules[2].contains("满分4分"),
        "{rules:?}"
    );
    editor.keys("<Ctrl+P>dfz<Enter>三<Enter>");
    shows(&editor, &["没有改：写一个数"]);
    editor.keys("<Ctrl+P>dfz<Enter>４<Enter>");
    shows(&editor, &["3条各4分"]);
    assert_eq!(*editor.form(), before);
}

#[test]
fn a_row_is_gone_to_by_its_number() {
    let mut editor = editor(80, 24);
    editor.keys("<Ctrl+F>djt<Enter>");
    insta::assert_snapshot!("go_to_row_80", editor.screen());
    editor.keys("99<Enter><Backspace*2>１２<Enter>");
    shows(&editor, &["指标 12/18"]);
}
