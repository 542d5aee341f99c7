//! Settings: what the user sets once, in the editor and in a file.

use std::fs;
use std::path::Path;

use jixiao::tui::headless::Headless;

fn open(config: &Path) -> Headless {
    let editor = Headless::open(Some(Path::new("forms/clean-2026.toml")), 80, 24).expect("opens");
    editor.with_config(config)
}

fn shows(editor: &Headless, words: &[&str]) {
    let screen = editor.screen();
    assert!(words.iter().all(|word| screen.contains(word)), "{words:?} is not on\n{screen}");
}

/// The page, with the folder of the test out of its title.
fn page(editor: &Headless, config: &Path) -> String {
    editor.screen().replace(&*config.to_string_lossy(), "/设置")
}

#[test]
fn settings_are_shown_changed_and_written_at_once() {
    let config = tempfile::tempdir().expect("a folder");
    let file = config.path().join("settings.toml");
    let mut editor = open(config.path());
    assert!(editor.roles().contains('c'), "colours are on");
    editor.keys("<Ctrl+P>shezhi<Enter>");
    insta::assert_snapshot!("settings_80", page(&editor, config.path()));
    editor.keys("1");
    insta::assert_snapshot!("setting_theme_80", page(&editor, config.path()));
    editor.keys("2");
    shows(&editor, &["颜色：不用颜色", "颜色 设好了"]);
    assert_eq!(fs::read_to_string(&file).expect("is written"), "theme = \"plain\"\n");
    editor.keys("dwqc<Enter>晓坪乡人民政府<Enter>");
    shows(&editor, &["单位全称 设好了", "单位全称：晓坪乡人民政府"]);
    editor.keys("ys<Enter><Esc>");
    shows(&editor, &["单位全称：晓坪乡人民政府", "> 1 颜色"]);
    editor.keys("<Esc>");
    assert!(!editor.roles().contains('c'), "colours are off");
    fs::write(&file, "# 我的\n".to_owned() + &fs::read_to_string(&file).expect("reads")).expect("writes");
    editor.keys("<Ctrl+P>shezhi<Enter>lxdh<Enter>0745-1234567<Enter>");
    let text = fs::read_to_string(&file).expect("reads");
    assert!(
        text.starts_with("# 我的\ntheme = \"plain\"\n") && text.contains("phone = \"0745-1234567\""),
        "{text}"
    );
    editor.keys("<Esc>");
    // New forms have it; a blank one, too.
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>ksy<Enter>");
    editor.keys("bai<Enter>");
    assert_eq!(editor.form().agency, "晓坪乡人民政府");
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>xjb<Enter>2<Enter>");
    let form = editor.form();
    assert_eq!((form.agency.as_str(), form.sign_off.phone.as_str()), ("晓坪乡人民政府", "0745-1234567"));
    assert!(!editor.roles().contains('c'));
}

#[test]
fn a_command_gets_another_key() {
    let config = tempfile::tempdir().expect("a folder");
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>shezhi<Enter>gmldj<Enter>lsbb<Enter>");
    shows(&editor, &["按一下要用的键"]);
    editor.keys("<Ctrl+S>");
    shows(&editor, &["没有换：Ctrl+S 已经是“保存”的键"]);
    editor.keys("gmldj<Enter>lsbb<Enter>q");
    shows(&editor, &["不能用"]);
    editor.keys("gmldj<Enter>lsbb<Enter><Shift+F8>");
    shows(&editor, &["“历史版本”的键换成了 Shift+F8", "1处改过"]);
    editor.keys("<Esc><Shift+F8>");
    shows(&editor, &["还没有历史版本"]);
    let mut again = open(config.path());
    again.keys("<F10>");
    shows(&again, &["历史版本…", "Shift+F8"]);
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let output = program.env("JIXIAO_CONFIG", config.path()).args(["help", "键盘"]).output().expect("runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Shift+F8          历史版本："));
}

#[test]
fn bad_settings_are_told_and_left_out() {
    let config = tempfile::tempdir().expect("a folder");
    let file = config.path().join("settings.toml");
    fs::write(&file, "theme = \"plain\"\ncolor = 1\n[keys]\n\"飞\" = \"F9\"\n").expect("writes");
    let mut editor = open(config.path());
    assert!(!editor.roles().contains('c'));
    shows(&editor, &["设置 ", "有错，别的照用"]);
    editor.keys("<Ctrl+G>");
    shows(&editor, &["第2行 没有“color”这项", "第4行 “飞”：没有这个命令"]);
    // On the command line, too; so is a file that is no text.
    let target = config.path().join("表.toml");
    let run = |config: &Path| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"));
        program
            .env("JIXIAO_CONFIG", config)
            .args(["new", "--year", "2027"])
            .arg(&target)
            .output()
            .expect("runs")
    };
    let output = run(config.path());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("settings.toml:2：没有“color”") && told.contains("--agency"), "{told}");
    fs::write(&file, b"\x80\xff").expect("writes");
    assert!(String::from_utf8_lossy(&run(config.path()).stderr).contains("没有用设置："));
    fs::write(&file, "agency = \"晓坪乡人民政府\"\nprofile = \"hubei\"\nhead = \"某人\"\n").expect("writes");
    assert_eq!(run(config.path()).status.code(), Some(0));
    let text = fs::read_to_string(&target).expect("is written");
    assert!(text.contains("晓坪乡人民政府") && text.contains("hubei") && text.contains("某人"), "{text}");
}

/// What an old Notepad saved is read as it is meant, and what is no text is left alone.
#[test]
fn settings_in_another_encoding_are_never_damaged() {
    let config = tempfile::tempdir().expect("a folder");
    let file = config.path().join("settings.toml");
    let text = "# 本乡的设置，请勿删除\r\nagency = \"晓坪乡人民政府\"\r\nhead = \"某人\"\r\n";
    fs::write(&file, encoding_rs::GBK.encode(text).0).expect("writes");
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>shezhi<Enter>");
    shows(&editor, &["单位全称：晓坪乡人民政府"]);
    editor.keys("12");
    shows(&editor, &["颜色 设好了"]);
    let written = fs::read_to_string(&file).expect("is UTF-8 now");
    assert_eq!(written, format!("{text}theme = \"plain\"\n"));
    let bytes = b"agency = \"\xff\xff\xff\"\n\x80\xff";
    fs::write(&file, bytes).expect("writes");
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>shezhi<Enter>12");
    shows(&editor, &["没有设：", "settings.toml"]);
    assert_eq!(fs::read(&file).expect("reads"), bytes);
}

/// Another window has changed the settings, or they are written in a way of their own.
#[test]
fn a_change_keeps_what_is_in_the_file_or_is_refused() {
    let config = tempfile::tempdir().expect("a folder");
    let file = config.path().join("settings.toml");
    fs::write(&file, "[[keys]]\n\"打开\" = \"F9\"\n").expect("writes");
    let mut editor = open(config.path());
    editor.keys("<Ctrl+P>shezhi<Enter>gmldj<Enter>lsbb<Enter><Shift+F8>");
    shows(&editor, &["没有设：", "用记事本改"]);
    assert_eq!(fs::read_to_string(&file).expect("reads"), "[[keys]]\n\"打开\" = \"F9\"\n");
    editor.keys("<Esc>");
    fs::write(&file, "head = \"某人\"\n").expect("writes");
    editor.keys("<Ctrl+P>shezhi<Enter>12");
    let text = fs::read_to_string(&file).expect("reads");
    assert_eq!(text, "head = \"某人\"\ntheme = \"plain\"\n");
}
