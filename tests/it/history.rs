//! Versions that were saved before, and files that others change: keys in, screen and files out.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::tui::headless::Headless;

struct Place {
    folder: tempfile::TempDir,
    form: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let form = folder.path().join("表.toml");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/xiaoping-2026.toml");
        fs::copy(sample, &form).expect("copies");
        Self { folder, form }
    }

    fn open(&self) -> Headless {
        let editor = Headless::open(Some(&self.form), 80, 24).expect("opens");
        editor.with_state(&self.folder.path().join("state"))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.form).expect("reads")
    }

    /// Another program changes the file.
    fn change(&self, from: &str, to: &str) {
        assert!(self.text().contains(from), "{from}");
        fs::write(&self.form, self.text().replacen(from, to, 1)).expect("writes");
    }
}

/// Into the value of the first indicator.
const VALUE: &str = "<Home><Down*6><Enter><Tab*2>";
const HISTORY: &str = "<Ctrl+P>lsbb<Enter>";

fn shows(editor: &Headless, words: &[&str]) {
    let screen = editor.screen();
    assert!(words.iter().all(|word| screen.contains(word)), "{words:?} is not on\n{screen}");
}

#[test]
fn what_another_file_held_is_kept_when_the_form_is_saved_over_it() {
    let place = Place::new();
    let other = place.folder.path().join("别的.toml");
    fs::copy(&place.form, &other).expect("copies");
    let mut editor = place.open();
    editor.keys(VALUE).keys("7<Ctrl+W><Ctrl+A>").paste(&other.to_string_lossy()).keys("<Enter>");
    shows(&editor, &["已经存在"]);
    editor.keys("<Right><Enter>");
    shows(&editor, &["已保存到"]);
    editor.keys("<Esc>").keys(HISTORY);
    shows(&editor, &["别处存的 1 处不同"]);
}

#[test]
fn an_earlier_version_is_looked_at_and_restored_as_one_step() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(VALUE).keys("7<Ctrl+S><Esc>");
    let saved = editor.form().clone();
    editor.keys(VALUE).keys("8<Ctrl+S><Esc>").keys(HISTORY);
    shows(&editor, &["历史版本", "和现在一样", "保存的 1 处不同"]);
    // The newest, the first save, and what stood there before it.
    editor.keys("2");
    shows(&editor, &["恢复这一版会改 1 处", "478 改为 47"]);
    editor.keys("<Right*2><Enter>");
    shows(&editor, &["整体支出绩效目标"]);
    editor.keys("<Esc>");
    shows(&editor, &["恢复这一版会改 1 处"]);
    editor.keys("<Enter>");
    assert_eq!(editor.form(), &saved);
    shows(&editor, &["还没有保存", "Ctrl+Z"]);
    editor.keys("<Ctrl+Z>");
    assert_eq!(editor.form().indicators[0].value, "478");
    editor.keys(HISTORY).keys("3");
    shows(&editor, &["478 改为 4"]);
    editor.keys("<Esc>");
    shows(&editor, &["历史版本（最近的在前）"]);
}

#[test]
fn a_form_without_versions_says_so_and_a_lost_state_folder_costs_no_save() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(HISTORY);
    shows(&editor, &["还没有历史版本"]);
    let versions = place.folder.path().join("state/versions");
    fs::write(&versions, "in the way").expect("writes");
    editor.keys(VALUE).keys("7<Ctrl+S>");
    assert!(place.text().contains("value = \"47\""));
    shows(&editor, &["历史版本没有留下", "不影响保存"]);
}

#[test]
fn what_is_overwritten_can_be_brought_back() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(VALUE).keys("7");
    place.change("agency = \"\"", "agency = \"某乡人民政府\"");
    editor.keys("<Ctrl+S>");
    shows(&editor, &["文件在别处改过", "覆盖它"]);
    editor.keys("<Right*4><Enter>");
    assert!(!place.text().contains("某乡人民政府") && place.text().contains("value = \"47\""));
    editor.keys("<Esc>").keys(HISTORY);
    shows(&editor, &["别处存的 2 处不同"]);
    editor.keys("2<Enter>");
    assert_eq!(editor.form().agency, "某乡人民政府");
}

#[test]
fn taking_the_file_of_others_keeps_what_was_on_the_screen() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(VALUE).keys("7");
    place.change("agency = \"\"", "agency = \"某乡人民政府\"");
    editor.keys("<Ctrl+S><Right*2><Enter>");
    assert_eq!(
        (editor.form().agency.as_str(), editor.form().indicators[0].value.as_str()),
        ("某乡人民政府", "4")
    );
    editor.keys("<Esc>").keys(HISTORY);
    shows(&editor, &["未保存的 2 处不同"]);
    editor.keys("1<Enter>");
    assert_eq!((editor.form().agency.as_str(), editor.form().indicators[0].value.as_str()), ("", "47"));
}

#[test]
fn of_two_changed_versions_each_difference_is_picked_and_can_be_undone() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(VALUE).keys("7<Tab><Delete>");
    place.change("agency = \"\"", "agency = \"某乡人民政府\"");
    place.change("value = \"4\"", "value = \"5\"");
    editor.keys("<Ctrl+S><Right><Enter>");
    shows(&editor, &["逐条选用哪一边", "[那边]   部门（单位）名称", "[这边] ！党风廉政建设宣传/指标值"]);
    editor.keys("<Down>");
    shows(&editor, &["原来  4", "* 这边  47", "那边  5"]);
    editor.keys("<Space>");
    shows(&editor, &["* 那边  5"]);
    editor.keys("<Up><Left><Enter>");
    let row = &editor.form().indicators[0];
    assert_eq!((row.value.as_str(), row.unit.as_str(), editor.form().agency.as_str()), ("5", "", ""));
    editor.keys("<Ctrl+S>");
    shows(&editor, &["已保存到"]);
    assert!(place.text().contains("agency = \"\""));
    editor.keys("<Ctrl+Z>");
    assert_eq!(editor.form().agency, "某乡人民政府");
    editor.keys("<Esc>").keys(HISTORY);
    shows(&editor, &["未保存的", "别处存的"]);
}

#[test]
fn a_pick_that_the_other_side_overtook_is_made_again() {
    let place = Place::new();
    let mut editor = place.open();
    editor.keys(VALUE).keys("7");
    place.change("agency = \"\"", "agency = \"某乡\"");
    editor.keys("<Ctrl+S><Right><Enter>");
    place.change("agency = \"某乡\"", "agency = \"某镇\"");
    editor.keys("<Enter>");
    shows(&editor, &["逐条选用哪一边", "某镇"]);
    assert_eq!(editor.form().agency, "");
    editor.keys("<Enter>");
    assert_eq!((editor.form().agency.as_str(), editor.form().indicators[0].value.as_str()), ("某镇", "47"));
}
