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

#[test]
fn words_are_replaced_place_by_place_as_one_step() {
    let mut editor = editor(80, 24);
    let before = editor.form().clone();
    editor.keys("<Ctrl+F>czth<Enter>");
    shows(&editor, &["写要找的字"]);
    editor.keys("巡查<Enter>巡逻");
    insta::assert_snapshot!("replace_80", editor.screen());
    // Nothing is taken but one.
    editor.keys("<Tab><Left><Down><Space>");
    shows(&editor, &["换1处"]);
    editor.keys("<Enter>");
    shows(&editor, &["替换了1处"]);
    let count = |editor: &Headless, word: &str| {
        let form = editor.form();
        let row = |row: &jixiao::form::Row| format!("{}{}{}", row.name, row.explanation, row.rule);
        let rows: String = form.indicators.iter().map(row).collect();
        (form.duties.clone() + &form.annual_goals + &rows).matches(word).count()
    };
    assert_eq!(count(&editor, "巡逻"), 1);
    editor.keys("<Ctrl+Z>");
    assert_eq!(*editor.form(), before);
    // All of them, in marked rows only.
    let all = count(&editor, "巡查");
    editor.keys(FIRST).keys("<Down><Space><Ctrl+P>czth<Enter>巡查<Enter>巡逻");
    shows(&editor, &["范围：选中的1条"]);
    editor.keys("<F2>");
    shows(&editor, &["范围：整张表", &format!("找到{all}处")]);
    editor.keys("<F2><F2><Enter>");
    assert!(count(&editor, "巡查") < all && count(&editor, "巡查") > 0);
    // Words that are put in may be none, and what is found may be nothing.
    editor.keys("<Ctrl+Z><Ctrl+P>czth<Enter>没有的字<Enter><Enter>");
    shows(&editor, &["没有找到"]);
    editor.keys("<Esc><Esc><Enter><Home><Shift+Right*2><Ctrl+P>czth<Enter>");
    shows(&editor, &["查找：", "（删去）"]);
    let mut wide = self::editor(120, 40);
    wide.keys("<Ctrl+P>czth<Enter>满分4分<Enter>满分5分<Tab><Down>");
    insta::assert_snapshot!("replace_120", wide.screen());
}

#[test]
fn keys_that_reach_the_program_are_marked() {
    let mut editor = editor(80, 24);
    editor.keys("<Ctrl+P>ajcs<Enter><F1><Ctrl+S><F9><Ctrl+Q>农");
    shows(&editor, &["收到：农（一个字）", "按键测试  4/"]);
    assert!(!editor.is_done());
    editor.keys("<F12>");
    insta::assert_snapshot!("key_test_80", editor.screen());
    editor.keys("<Esc>");
    shows(&editor, &["再按一次 Esc 离开"]);
    editor.keys("<Esc>");
    assert!(!editor.screen().contains("按键测试"));
    let mut wide = self::editor(120, 40);
    insta::assert_snapshot!("key_test_120", wide.keys("<Ctrl+P>ajcs<Enter><F8>").screen());
}
