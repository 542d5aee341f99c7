//! The start page and what begins there: keys in, screen out.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::tui::headless::Headless;

/// A folder with forms, and a state folder.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        for name in ["clean-2026.toml", "xiaoping-2026.toml"] {
            fs::copy(Path::new("forms").join(name), place.form(name)).expect("copies");
        }
        place
    }

    fn form(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn open(&self, name: &str) -> Headless {
        let editor = Headless::open(Some(&self.form(name)), 80, 24).expect("opens");
        editor.with_state(&self.state())
    }

    /// A start without a file, the tour left.
    fn start(&self, columns: u16, rows: u16) -> Headless {
        let editor = Headless::open(None, columns, rows).expect("opens").with_state(&self.state()).welcome();
        let mut editor = editor.reader(Path::new(env!("CARGO_BIN_EXE_jixiao")));
        if editor.screen().contains("一分钟入门 1/5") {
            editor.keys("<Esc>");
        }
        editor
    }

    /// The screen without what changes from run to run: the time and the folder.
    fn stable(&self, screen: &str) -> String {
        let folder = self.folder.path().to_string_lossy();
        let mut screen = screen.replace(folder.as_ref(), "/表");
        while let Some(at) = screen.find(char::is_numeric).and_then(|_| time_in(&screen)) {
            screen.replace_range(at..at + "2026-01-01 00:00".len(), "（什么时候）    ");
        }
        screen
    }

    /// Types the name of a file of the folder into a list of files.
    fn pick(&self, editor: &mut Headless, name: &str) {
        editor.keys("输入文件名<Enter>").paste(&self.form(name).to_string_lossy()).keys("<Enter>");
    }
}

/// Where a time stands in a text.
fn time_in(text: &str) -> Option<usize> {
    let is_time = |at: &usize| {
        let shape = "dddd-dd-dd dd:dd".bytes();
        let found = text.as_bytes().get(*at..*at + 16);
        found.is_some_and(|found| {
            found
                .iter()
                .zip(shape)
                .all(|(byte, of)| if of == b'd' { byte.is_ascii_digit() } else { *byte == of })
        })
    };
    (0..text.len()).find(is_time)
}

fn shows(editor: &Headless, words: &[&str]) {
    let screen = editor.screen();
    assert!(words.iter().all(|word| screen.contains(word)), "{words:?} is not on\n{screen}");
}

fn not(editor: &Headless, word: &str) {
    let screen = editor.screen();
    assert!(!screen.contains(word), "{word} is on\n{screen}");
}

#[test]
fn the_first_start_shows_the_tour_once() {
    let place = Place::new();
    let start = || Headless::open(None, 80, 24).expect("opens").with_state(&place.state()).welcome();
    let mut editor = start();
    insta::assert_snapshot!("tour_80", editor.screen());
    editor.keys("<Enter*4>");
    shows(&editor, &["一分钟入门 5/5", "Enter 开始"]);
    editor.keys("<Left>");
    shows(&editor, &["一分钟入门 4/5"]);
    editor.keys("<Enter*2>");
    insta::assert_snapshot!("start_first_80", editor.screen());
    let mut again = start();
    not(&again, "1/5");
    again.keys("入门<Enter>");
    shows(&again, &["一分钟入门 1/5"]);
    again.keys("<Esc>");
    shows(&again, &["从这里开始"]);
}

#[test]
fn forms_opened_before_are_listed_with_their_state_and_opened_again() {
    let place = Place::new();
    place.open("clean-2026.toml").keys("<Ctrl+Q>");
    place.open("xiaoping-2026.toml").keys("<Ctrl+Q>");
    let mut editor = place.start(80, 24);
    insta::assert_snapshot!("start_80", place.stable(&editor.screen()));
    insta::assert_snapshot!("start_120", place.stable(&place.start(120, 40).screen()));
    editor.keys("xp");
    shows(&editor, &["没有找到"]);
    editor.keys("<Esc>clean<Enter>");
    shows(&editor, &["示例乡人民政府", "总分 90/90"]);
    // Another form from inside the editor.
    editor.keys("<Ctrl+P>ksy<Enter>");
    shows(&editor, &["最近打开的表"]);
    editor.keys("2");
    shows(&editor, &["总分 80/90"]);
    // The one that is open stays as it is.
    editor.keys("<Down*7><Delete><Ctrl+P>ksy<Enter>1");
    shows(&editor, &["已改1处"]);
    // A form is taken off the list, its file stays.
    editor.keys("<Ctrl+Z><Ctrl+P>ksy<Enter><Down><Delete>");
    not(&editor, "clean-2026");
    assert!(place.form("clean-2026.toml").exists());
}

#[test]
fn what_became_of_a_form_is_said_before_it_is_opened() {
    let place = Place::new();
    place.open("clean-2026.toml").keys("<Ctrl+Q>");
    place.open("xiaoping-2026.toml").keys("<Ctrl+Q>");
    // A crash with a change that was not saved.
    std::mem::drop(place.open("clean-2026.toml").keys("<Down*7><Delete>").form().clone());
    fs::remove_file(place.form("xiaoping-2026.toml")).expect("removes");
    let mut editor = place.start(80, 24);
    shows(&editor, &["1处没有保存", "找不到了"]);
    editor.keys("2");
    shows(&editor, &["从这里开始", "找不到"]);
    editor.keys("1");
    shows(&editor, &["发现没有保存的内容"]);
}

#[test]
fn leaving_a_changed_form_for_another_asks_first() {
    let place = Place::new();
    place.open("xiaoping-2026.toml").keys("<Ctrl+Q>");
    let mut editor = place.open("clean-2026.toml");
    let text = fs::read_to_string(place.form("clean-2026.toml")).expect("reads");
    editor.keys("<Down*7><Delete><Ctrl+P>ksy<Enter>2");
    insta::assert_snapshot!("leaving_a_changed_form_80", place.stable(&editor.screen()));
    editor.keys("<Esc>");
    shows(&editor, &["最近打开的表"]);
    editor.keys("2<Enter>");
    shows(&editor, &["总分 80/90"]);
    let saved = fs::read_to_string(place.form("clean-2026.toml")).expect("reads");
    assert_ne!(saved, text);
    // Given up: the file is as it was.
    editor.keys("<Down*7><Delete><Ctrl+P>ksy<Enter>2<Right><Enter>");
    shows(&editor, &["clean-2026.toml", "已保存"]);
    assert!(!place.start(80, 24).screen().contains("没有保存"));
}

#[test]
fn a_form_is_begun_from_a_weight_profile_and_is_not_a_copy_of_a_left_one() {
    let place = Place::new();
    let mut editor = place.start(80, 24);
    editor.keys("空表<Enter>");
    insta::assert_snapshot!("new_form_80", editor.screen());
    editor.keys("2");
    shows(&editor, &["新表是哪一年的"]);
    editor.keys("<Backspace*4>２０２７<Enter>");
    shows(&editor, &["2027年度", "先填单位全称"]);
    editor.keys("晓坪乡人民政府");
    shows(&editor, &["晓坪乡人民政府"]);
    assert_eq!(editor.form().profile, "2021-without-cost");
    drop(editor);
    // It crashed before it had a name; the next start offers it, and nothing else comes first.
    let mut editor = place.start(80, 24);
    shows(&editor, &["发现没有保存的内容"]);
    not(&editor, "又改过");
    editor.keys("<Enter>");
    assert_eq!((editor.form().agency.as_str(), editor.form().year.as_str()), ("晓坪乡人民政府", "2027"));
    assert_eq!(editor.form().profile, "2021-without-cost");
    shows(&editor, &["恢复了"]);
    // And once more: what was restored is in the draft.
    editor.keys("<Enter>");
    drop(editor);
    let mut editor = place.start(80, 24);
    editor.keys("<Enter>");
    assert_eq!(editor.form().agency, "晓坪乡人民政府");
}

#[test]
fn this_years_form_is_made_of_last_years_and_shows_it_beside_each_row() {
    let place = Place::new();
    let last = fs::read_to_string(place.form("clean-2026.toml")).expect("reads").replace("2026", "2025");
    let last = last.replacen("value = \"48\"\n", "value = \"48\"\nactual = \"52\"\n", 1);
    fs::write(place.form("去年.toml"), last).expect("writes");
    let mut editor = place.start(80, 24);
    editor.keys("<Enter>");
    place.pick(&mut editor, "去年.toml");
    shows(&editor, &["年度：2026"]);
    editor.keys("<Enter><Down*7><Enter>");
    insta::assert_snapshot!("last_year_beside_a_row_80", editor.screen());
    editor.keys("<Tab*2><Backspace*2>60");
    shows(&editor, &["≥48次 完成52次 得4/4分；比去年高"]);
    editor.keys("<Backspace*2>40<Esc><Ctrl+P>wndz<Enter>");
    insta::assert_snapshot!("last_year_80", editor.screen());
    editor.keys("bqnd<Enter>");
    shows(&editor, &[">指标值   40"]);
    // The comparison is there again after saving and opening.
    editor.keys("<Ctrl+S><Ctrl+A>").paste(&place.form("今年.toml").to_string_lossy()).keys("<Enter>");
    shows(&editor, &["已保存"]);
    drop(editor);
    let mut editor = place.open("今年.toml");
    editor.keys("<Down*7>");
    shows(&editor, &["2025年 ≥48次 完成52次 得4/4分；比去年低"]);
}

#[test]
fn last_years_word_file_does_as_well() {
    let place = Place::new();
    let mut out = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let made = out.arg("export").arg(place.form("clean-2026.toml")).arg("-o").arg(place.form("去年.docx"));
    assert!(made.output().expect("runs").status.success());
    let mut editor = place.start(80, 24);
    editor.keys("<Enter>");
    place.pick(&mut editor, "去年.docx");
    shows(&editor, &["年度：2027"]);
    editor.keys("<Enter>");
    assert_eq!(editor.form().indicators.len(), 18);
    shows(&editor, &["2027年度"]);
    // A file that is none is refused, and the page is still there.
    let mut editor = place.start(80, 24);
    fs::write(place.form("别的.txt"), "会议通知").expect("writes");
    editor.keys("<Enter>");
    place.pick(&mut editor, "别的.txt");
    shows(&editor, &["从这里开始", "没有读出"]);
}

#[test]
fn an_import_that_is_refused_leads_back_to_the_start_page() {
    let place = Place::new();
    let mut editor = place.start(80, 24);
    fs::write(place.form("表.csv"), "一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,巡查次数,≥48次\n")
        .expect("writes");
    editor.keys("<Ctrl+O>");
    place.pick(&mut editor, "表.csv");
    shows(&editor, &["巡查次数", "带入"]);
    editor.keys("<Esc>");
    shows(&editor, &["从这里开始"]);
    editor.keys("<Ctrl+O>");
    place.pick(&mut editor, "表.csv");
    editor.keys("<Enter>");
    assert_eq!(editor.form().indicators.len(), 1);
    not(&editor, "从这里开始");
}

#[test]
fn another_form_is_compared_and_what_is_wanted_taken_from_it() {
    let place = Place::new();
    let mut editor = place.open("clean-2026.toml");
    let changed = fs::read_to_string(place.form("clean-2026.toml")).expect("reads");
    let changed = changed.replacen("value = \"48\"", "value = \"36\"", 1).replacen(
        "initial = \"480\"",
        "initial = \"470\"",
        1,
    );
    fs::write(place.form("旧.toml"), changed).expect("writes");
    editor.keys("<Ctrl+P>hbdb<Enter>");
    place.pick(&mut editor, "旧.toml");
    insta::assert_snapshot!("compare_80", place.stable(&editor.screen()));
    editor.keys("<Enter>");
    shows(&editor, &["没有选用"]);
    editor.keys("<Ctrl+P>hbdb<Enter>");
    place.pick(&mut editor, "旧.toml");
    editor.keys("<Down><Space>");
    shows(&editor, &["[那边]"]);
    editor.keys("<Enter>");
    shows(&editor, &["选用了那边的1处"]);
    let form = editor.form();
    assert_eq!((form.budget.initial.as_str(), form.indicators[1].value.as_str()), ("480", "36"));
    editor.keys("<Ctrl+Z>");
    assert_eq!(editor.form().indicators[1].value, "48");
    editor.keys("<Ctrl+P>hbdb<Enter>");
    place.pick(&mut editor, "clean-2026.toml");
    shows(&editor, &["内容一样"]);
}

#[test]
fn the_manual_is_in_the_editor() {
    let place = Place::new();
    let mut editor = place.start(80, 24);
    editor.keys("手册<Enter>");
    insta::assert_snapshot!("manual_80", editor.screen());
    editor.keys("jianpan<Enter>");
    shows(&editor, &["键盘", "输入法开着"]);
    editor.keys("<Esc>");
    editor.keys("<Esc><F1>");
    shows(&editor, &["开始页", "头一回用"]);
}

/// The screen on a small and on a large terminal; digits, which are times here, as zeros, and lines
/// short, since they make room for the path of the folder.
fn on_both(place: &Place, editor: &mut Headless, name: &str) {
    for (columns, rows) in [(80, 24), (120, 40)] {
        editor.resize(columns, rows);
        let mut screen = place.stable(&editor.screen()).replace(|c: char| c.is_ascii_digit(), "0");
        while screen.contains("──") {
            screen = screen.replace("──", "─");
        }
        insta::assert_snapshot!(format!("{name}_{columns}"), screen);
    }
    editor.resize(80, 24);
}

#[test]
fn places_that_need_files_are_drawn_on_a_small_and_on_a_large_screen() {
    let place = Place::new();
    let mut editor = place.open("clean-2026.toml");
    fs::write(place.form("表.csv"), "一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,巡查次数,≥48次\n")
        .expect("writes");
    editor = editor.reader(Path::new(env!("CARGO_BIN_EXE_jixiao")));
    editor.keys("<Ctrl+U>");
    place.pick(&mut editor, "表.csv");
    on_both(&place, &mut editor, "import");
    editor.keys("<Tab*2>");
    on_both(&place, &mut editor, "import_changes");
    editor.keys("<Esc><Ctrl+P>hbdb<Enter>");
    place.pick(&mut editor, "xiaoping-2026.toml");
    on_both(&place, &mut editor, "compare_other");
    editor.keys("<Esc><Down*7><Enter><Tab*2>7<Ctrl+S><Ctrl+P>lsbb<Enter>");
    on_both(&place, &mut editor, "history");
    editor.keys("2");
    on_both(&place, &mut editor, "version");
    // Others change the file.
    editor.keys("<Esc><Esc>8");
    let text = fs::read_to_string(place.form("clean-2026.toml")).expect("reads");
    fs::write(place.form("clean-2026.toml"), text.replacen("480", "490", 1)).expect("writes");
    editor.keys("<Ctrl+S>");
    editor.keys("<Right><Enter>");
    on_both(&place, &mut editor, "pick_sides");
    // A crash.
    drop(editor);
    let mut editor = place.open("clean-2026.toml");
    on_both(&place, &mut editor, "draft");
}
