//! The screen in the two READMEs is the screen of the program.

use jixiao::tui::headless::Headless;
use std::path::Path;

/// Writes the screen into the documents with `UPDATE_README=1`, otherwise compares.
#[test]
fn the_screens_of_the_readmes_are_those_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut editor = Headless::open(Some(&root.join("forms/xiaoping-2026.toml")), 100, 26).expect("opens");
    let screen = editor.keys("<Ctrl+F>道路xc<Enter><Enter><Tab*2><Backspace*2>六十").screen();
    let (screen, _cursor) = screen.rsplit_once('\n').expect("has rows");
    for name in ["README.md", "README.zh-CN.md"] {
        let path = root.join(name);
        let text = std::fs::read_to_string(&path).expect("reads");
        let (before, rest) = text.split_once("```text\n").expect("has a screen");
        let (_, after) = rest.split_once("\n```").expect("the screen ends");
        let wanted = format!("{before}```text\n{screen}\n```{after}");
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(&path, wanted).expect("writes");
        } else {
            assert_eq!(text, wanted, "run the tests with UPDATE_README=1");
        }
    }
}
