//! Every pane and popup on a small and on a large screen.

use std::path::Path;

use jixiao::tui::headless::Headless;

/// What is looked at: a name, a form, the keys that lead there.
const PLACES: &[(&str, &str, &str)] = &[
    ("class", "clean-2026.toml", "<Down*5>"),
    ("duties", "clean-2026.toml", "<Down><Enter><Ctrl+Home>"),
    ("goals", "clean-2026.toml", "<Down*2><Enter><Ctrl+Home>"),
    ("budget", "clean-2026.toml", "<End><Up><Enter>"),
    ("sign_off", "clean-2026.toml", "<End><Enter>"),
    ("evaluation", "clean-2026.toml", "<F12><Down*3>4<Down>40"),
    ("what_if", "clean-2026.toml", "<F12><Down*4><Ctrl+T>40"),
    ("reason", "clean-2026.toml", "<F12><Down*4>40<F2>"),
    ("preview_pane", "clean-2026.toml", "<Ctrl+R><Down*7>"),
    ("palette", "clean-2026.toml", "<Ctrl+P>dc"),
    ("find", "clean-2026.toml", "<Ctrl+F>山塘"),
    ("pick_operator", "clean-2026.toml", "<Down*7><Enter><Down><Space>"),
    ("pick_unit", "clean-2026.toml", "<Down*7><Enter><Down*3><Space>"),
    ("pick_class", "clean-2026.toml", "<Down*7><Enter><Down*9><Space>"),
    ("menu", "clean-2026.toml", "<F10>"),
    ("help", "clean-2026.toml", "<Down*7><Enter><F1>"),
    ("explain", "xiaoping-2026.toml", "<F8><Ctrl+K>"),
    ("fix", "xiaoping-2026.toml", "<F8><F8><F4>"),
    ("fix_all", "xiaoping-2026.toml", "<Ctrl+L>"),
    ("quit", "clean-2026.toml", "<Down*7><Delete><Ctrl+Q>"),
    ("delete_class", "clean-2026.toml", "<Down*5><Delete>"),
    ("save_as", "clean-2026.toml", "<Ctrl+W>"),
    ("export", "clean-2026.toml", "<Ctrl+E>"),
    ("fill_in", "clean-2026.toml", "<Ctrl+P>dctxb<Enter>"),
    ("messages", "clean-2026.toml", "<Down*7><Delete><Ctrl+G>"),
    ("rule", "clean-2026.toml", "<Down*7><Enter><Tab*6><F2>"),
    ("preview", "clean-2026.toml", "<F9>"),
    ("template", "clean-2026.toml", "<Ctrl+P>xjb<Enter>"),
    ("year", "clean-2026.toml", "<Ctrl+P>xjb<Enter>1<Backspace*4>2027"),
    ("manual", "clean-2026.toml", "<Ctrl+P>shouce<Enter>"),
    ("manual_page", "clean-2026.toml", "<Ctrl+P>shouce<Enter>shezhi<Enter>"),
    ("tour", "clean-2026.toml", "<Ctrl+P>yfzrm<Enter>"),
    ("class_of_rows", "clean-2026.toml", "<Down*6><Space*2><Ctrl+P>guilei<Enter>"),
    ("points_of_rows", "clean-2026.toml", "<Down*6><Space*2><Ctrl+P>dfz<Enter>"),
    ("go_to_row", "clean-2026.toml", "<Ctrl+P>tddjt<Enter>"),
    ("settings", "clean-2026.toml", "<Ctrl+P>shezhi<Enter>"),
    ("setting", "clean-2026.toml", "<Ctrl+P>shezhi<Enter>1"),
    ("command_keys", "clean-2026.toml", "<Ctrl+P>shezhi<Enter>gmldj<Enter>"),
    ("key_capture", "clean-2026.toml", "<Ctrl+P>shezhi<Enter>gmldj<Enter>lsbb<Enter>"),
];

#[test]
fn every_place_is_drawn_on_a_small_and_on_a_large_screen() {
    let mut ends: Vec<String> = Vec::new();
    for (name, form, keys) in PLACES {
        for (columns, rows) in [(80, 24), (120, 40)] {
            let form = Path::new("forms").join(form);
            let mut editor = Headless::open(Some(&form), columns, rows).expect("opens");
            let screen = editor.keys(keys).screen();
            insta::assert_snapshot!(format!("{name}_{columns}"), screen, keys);
            if columns == 80 {
                ends.push(screen);
            }
        }
    }
    // Each leads to a place of its own.
    let all = ends.len();
    ends.sort();
    ends.dedup();
    assert_eq!(ends.len(), all);
}
