//! Keys in, picture out: every pane and popup of the editor, drawn into memory.

use std::path::{Path, PathBuf};

use jixiao::tui::headless::Headless;

fn sample(name: &str) -> PathBuf {
    // Relative to the package, where tests run: pictures show the path.
    Path::new("forms").join(name)
}

fn editor(name: &str, columns: u16, rows: u16) -> Headless {
    Headless::open(Some(&sample(name)), columns, rows).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// `screen!(name, columns x rows, form, keys)`: the form is opened, the keys are typed, the screen
/// is compared with the reviewed picture of that name.
macro_rules! screen {
    ($name:ident, $columns:literal x $rows:literal, $form:literal, $keys:literal) => {
        #[test]
        fn $name() {
            let mut editor = editor($form, $columns, $rows);
            insta::assert_snapshot!(stringify!($name), editor.keys($keys).screen(), $keys);
        }
    };
}

// The panes.
screen!(opened_80, 80 x 24, "xiaoping-2026.toml", "");
screen!(opened_120, 120 x 40, "xiaoping-2026.toml", "");
screen!(opened_160, 160 x 40, "xiaoping-2026.toml", "<Down*7>");
screen!(row_80, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter>");
screen!(row_120, 120 x 40, "xiaoping-2026.toml", "<Down*9><Enter>");
screen!(rule_field_at_the_bottom_of_a_small_screen, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Tab*12>");
screen!(class_80, 80 x 24, "xiaoping-2026.toml", "<Down*4>");
screen!(folded_80, 80 x 24, "xiaoping-2026.toml", "<Ctrl+T>");
screen!(duties_80, 80 x 24, "clean-2026.toml", "<Down><Enter>");
screen!(goals_120, 120 x 40, "clean-2026.toml", "<Down*2><Enter><Ctrl+Home>");
screen!(budget_80, 80 x 24, "clean-2026.toml", "<End><Up><Enter><Down>500<Down>480");
screen!(sign_off_80, 80 x 24, "xiaoping-2026.toml", "<End><Enter>");
screen!(problems_80, 80 x 24, "xiaoping-2026.toml", "<F5>");
screen!(problems_120, 120 x 40, "xiaoping-2026.toml", "<F5><Down>");
screen!(single_pane_60, 60 x 16, "xiaoping-2026.toml", "<Down*9><Enter>");
screen!(single_pane_60_tree, 60 x 16, "xiaoping-2026.toml", "<Down*9>");
screen!(single_pane_60_problems, 60 x 16, "xiaoping-2026.toml", "<F6><F6>");
screen!(smallest_40, 40 x 10, "xiaoping-2026.toml", "<Down*9><Enter>");
screen!(too_small, 30 x 8, "xiaoping-2026.toml", "<Down>");

// Editing.
screen!(a_fault_appears_while_typing, 80 x 24, "xiaoping-2026.toml", "<Ctrl+F>ncdl<Enter><Enter><Down*2><Backspace*2>4八");
screen!(and_vanishes, 80 x 24, "xiaoping-2026.toml", "<Ctrl+F>ncdl<Enter><Enter><Down*2><Backspace*2>4八<Backspace*2>60");
screen!(long_text_wraps_in_place, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Tab*5><End>，按月统计，以巡查台账为准");
screen!(selection, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Shift+Home>");
screen!(new_row, 120 x 40, "xiaoping-2026.toml", "<Down*9><Ctrl+N>新增的指标<Tab>");
screen!(deleted_row, 80 x 24, "xiaoping-2026.toml", "<Down*9><Delete>");
screen!(moved_row, 80 x 24, "xiaoping-2026.toml", "<Down*9><Ctrl+Down>");
screen!(row_joins_the_next_class, 80 x 24, "xiaoping-2026.toml", "<Down*10><Ctrl+Down>");
screen!(next_problem, 80 x 24, "xiaoping-2026.toml", "<F8><F8>");

// Popups.
screen!(pick_operator, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Down><Space>");
screen!(pick_unit_by_pinyin, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Down*3>wy");
screen!(pick_unit_of_ones_own, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Down*3>光年");
screen!(pick_level2, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Down*9><Space>");
screen!(find_by_initials, 80 x 24, "xiaoping-2026.toml", "<Ctrl+F>道路xc");
screen!(find_nothing, 80 x 24, "xiaoping-2026.toml", "<Ctrl+F>qqqq");
screen!(palette, 80 x 24, "xiaoping-2026.toml", "<Ctrl+P>bc");
screen!(menu_80, 80 x 24, "xiaoping-2026.toml", "<F10><Right>");
screen!(menu_by_esc_120, 120 x 40, "xiaoping-2026.toml", "<Esc><Right*2><Down>");
screen!(help_on_a_field, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Tab*2><F1>");
screen!(help_on_the_tree_120, 120 x 40, "xiaoping-2026.toml", "<F1>");
screen!(fix_preview, 80 x 24, "xiaoping-2026.toml", "<Down*6><F4>");
screen!(fix_points_preview_120, 120 x 40, "xiaoping-2026.toml", "<F8><F8><F4>");
screen!(fix_all_80, 80 x 24, "xiaoping-2026.toml", "<Ctrl+L>");
screen!(explain, 80 x 24, "xiaoping-2026.toml", "<F8><Ctrl+K>");
screen!(quit_when_dirty, 80 x 24, "xiaoping-2026.toml", "<Down*9><Delete><Ctrl+Q>");
screen!(delete_a_class, 80 x 24, "xiaoping-2026.toml", "<Down*4><Delete>");
screen!(export, 80 x 24, "xiaoping-2026.toml", "<Ctrl+E>");
screen!(preview_120, 120 x 40, "clean-2026.toml", "<F9><PageDown>");
screen!(preview_pane_120, 120 x 40, "clean-2026.toml", "<Ctrl+R><Down*9><Enter>检查");
screen!(preview_80, 80 x 24, "clean-2026.toml", "<F9>");
screen!(save_as, 80 x 24, "xiaoping-2026.toml", "<Ctrl+W>");
screen!(rule_popup_80, 80 x 24, "xiaoping-2026.toml", "<End><Up*2><Enter><Tab*6><F2>");
screen!(rule_popup_other_kind_120, 120 x 40, "xiaoping-2026.toml", "<Down*9><Enter><Tab*6><F2><Right*4>");
screen!(rule_popup_sentence_not_understood, 80 x 24, "xiaoping-2026.toml", "<Down*9><Enter><Tab*6><F2><Up>看情况，");
screen!(messages, 80 x 24, "xiaoping-2026.toml", "<Down*9><Delete><Ctrl+G>");

// Self-evaluation.
screen!(evaluation_80, 80 x 24, "xiaoping-2026.toml", "<Down*9><F12>40<Down>4<Down>97");
screen!(evaluation_120, 120 x 40, "xiaoping-2026.toml", "<F12><Up*9>526.1<Down>600<Down>500<Down>4<Down>6");
screen!(what_if_120, 120 x 40, "xiaoping-2026.toml", "<Down*9><F12>40<Ctrl+T><Backspace*2>48");

#[test]
fn undo_and_redo_of_everything_and_two_changed_lines_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.toml");
    let original = std::fs::read_to_string(sample("xiaoping-2026.toml")).expect("reads");
    std::fs::write(&path, &original).expect("writes");
    let mut editor = Headless::open(Some(&path), 80, 24).expect("opens");
    let opened = editor.form().clone();
    editor.keys("<Ctrl+F>道路xc<Enter><Enter><Down*2><Backspace*2>60<Down>人次<Enter>");
    let changed = editor.form().clone();
    editor.keys("<Ctrl+Z*10>");
    assert_eq!(editor.form(), &opened);
    editor.keys("<Ctrl+Y*10><Ctrl+S>");
    assert_eq!(editor.form(), &changed);
    let saved = std::fs::read_to_string(&path).expect("reads");
    let differing: Vec<(&str, &str)> =
        original.lines().zip(saved.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(differing, [("value = \"48\"", "value = \"60\""), ("unit = \"次\"", "unit = \"人次\"")]);
    assert_eq!(original.lines().count(), saved.lines().count());
}

#[test]
fn a_table_from_a_spreadsheet_becomes_rows() {
    let mut editor = editor("xiaoping-2026.toml", 120, 40);
    editor.keys("<Down*9>");
    editor.paste("产出指标\t数量指标\t义务植树\t≥\t500\t株\t本年度植树株数\t达到计划值得2分，否则按比例计分\n产出指标\t数量指标\t防火宣传\t=\t6\t场\t宣传场次\t达到计划值得2分，否则按比例计分\n");
    insta::assert_snapshot!("paste_preview", editor.screen());
    editor.keys("<Enter>");
    let form = editor.form();
    assert_eq!(form.indicators.len(), 19);
    assert_eq!((form.indicators[4].name.as_str(), form.indicators[4].unit.as_str()), ("义务植树", "株"));
    editor.keys("<Ctrl+Z>");
    assert_eq!(editor.form().indicators.len(), 17);
}

#[test]
fn wide_ambiguous_characters_drift_nowhere() {
    for keys in ["", "<Down*9><Enter><Tab*6>", "<Down*9><Enter><Tab><Space>", "<F1>", "<F5>", "<F12>"] {
        let mut editor = editor("xiaoping-2026.toml", 100, 30).wide();
        editor.keys(keys);
        let (buffer, _) = editor.draw();
        for y in 0..30 {
            let mut x = 0;
            while x < 100 {
                let cell = &buffer[(x, y)];
                let width = jixiao::text::Policy::Wide.grapheme(cell.symbol()).max(1) as u16;
                assert!(width <= 2 && x + width <= 100, "{keys} row {y} column {x}: {}", cell.symbol());
                for covered in 1..width {
                    assert_eq!(buffer[(x + covered, y)].symbol(), " ", "{keys} row {y} column {x}");
                }
                x += width;
            }
        }
    }
}

#[test]
fn any_size_at_any_moment() {
    let mut editor = editor("xiaoping-2026.toml", 80, 24);
    let moments = [
        "<Down*9><Enter>",
        "<F10>",
        "<Esc><F1>",
        "<Esc><Ctrl+F>",
        "<Esc><Esc><F12>",
        "<F12><F5>",
        "<Ctrl+P>",
    ];
    for (at, keys) in moments.into_iter().enumerate() {
        editor.keys(keys);
        for step in 0..60_u16 {
            let (columns, rows) = (1 + (step * 37 + at as u16 * 11) % 180, 1 + (step * 23 + at as u16) % 60);
            editor.resize(columns, rows);
            editor.draw();
        }
        editor.resize(80, 24);
    }
}

#[test]
fn text_of_a_file_never_reaches_the_screen_raw() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let hostile = "schema = 1\nyear = 2026\nagency = \"乡\\u001b[2J\\u202e政府\"\n[[indicator]]\nlevel1 = \"产出\\u0007指标\"\nname = \"清\\u001b]0;x\\u0007屏\\u200b\"\noperator = \"≥\"\nvalue = \"1\"\n";
    std::fs::write(&path, hostile).expect("writes");
    let mut editor = Headless::open(Some(&path), 120, 40).expect("opens");
    for keys in ["", "<Down*6><Enter>", "<F1>", "<Esc><Ctrl+F>", "<Esc><F12>", "<F12><F5>", "<Ctrl+K>"] {
        editor.keys(keys);
        let screen = editor.screen().replace('\n', "");
        assert!(!screen.contains(jixiao::text::is_unsafe), "{keys}: {screen}");
    }
    editor.keys("<Esc*3>");
    assert!(editor.screen().contains("<1B>"));
}
