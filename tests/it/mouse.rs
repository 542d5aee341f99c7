//! The mouse: a click goes where it points, a double click edits, the wheel scrolls.

use std::path::Path;

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jixiao::text::Policy;
use jixiao::tui::headless::Headless;

fn editor() -> Headless {
    Headless::open(Some(Path::new("forms/xiaoping-2026.toml")), 120, 40).expect("the form opens")
}

/// Where a text stands on the screen, the last one where it stands more than once.
fn find(editor: &Headless, text: &str) -> (u16, u16) {
    let screen = editor.screen();
    let found =
        screen.lines().enumerate().filter_map(|(y, line)| line.rfind(text).map(|at| (&line[..at], y)));
    let (before, y) = found.last().unwrap_or_else(|| panic!("no {text} on\n{screen}"));
    (Policy::Narrow.width(before) as u16, y as u16)
}

fn mouse(kind: MouseEventKind, (column, row): (u16, u16), modifiers: KeyModifiers) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers })
}

fn click(editor: &mut Headless, place: (u16, u16)) {
    let kinds = [MouseEventKind::Down(MouseButton::Left), MouseEventKind::Up(MouseButton::Left)];
    editor.events(kinds.map(|kind| mouse(kind, place, PLAIN)));
}

fn wheel(editor: &mut Headless, place: (u16, u16), kind: MouseEventKind) {
    editor.events([mouse(kind, place, PLAIN)]);
}

const PLAIN: KeyModifiers = KeyModifiers::NONE;

#[test]
fn a_click_selects_a_row_and_a_second_one_edits_it() {
    let mut editor = editor();
    let place = find(&editor, "领域风险隐患排查");
    click(&mut editor, place);
    assert!(editor.screen().contains("指标 3/17"), "{}", editor.screen());
    assert!(editor.screen().ends_with("(no cursor)"));
    click(&mut editor, place);
    editor.keys("<End>新");
    assert_eq!(editor.form().indicators[2].name, "领域风险隐患排查新");
}

#[test]
fn slow_clicks_are_no_double_click() {
    let mut editor = editor();
    let place = find(&editor, "领域风险隐患排查");
    click(&mut editor, place);
    editor.wait(std::time::Duration::from_secs(1));
    click(&mut editor, place);
    assert!(editor.screen().ends_with("(no cursor)"));
}

#[test]
fn a_click_in_a_text_puts_the_caret_there() {
    let mut editor = editor();
    editor.keys("<Down*2><Enter><Ctrl+Home>甲乙丙丁<Ctrl+End>");
    let place = find(&editor, "丙丁一、");
    click(&mut editor, place);
    let (_, caret) = editor.draw();
    assert_eq!(caret.map(|at| (at.x, at.y)), Some(place));
    editor.keys("字");
    assert!(editor.form().annual_goals.starts_with("甲乙字丙丁"));
}

#[test]
fn a_click_on_a_field_goes_to_it_and_a_second_one_opens_its_list() {
    let mut editor = editor();
    editor.keys("<Down*9>");
    let place = find(&editor, "[v]");
    click(&mut editor, place);
    assert!(!editor.screen().contains("筛选："));
    click(&mut editor, place);
    assert!(editor.screen().contains("筛选："), "{}", editor.screen());
}

#[test]
fn entries_of_a_list_are_selected_then_taken_and_a_click_beside_it_closes_it() {
    let mut editor = editor();
    editor.keys("<Down*9><Enter><Down><Space>");
    let before = editor.form().indicators[3].operator.clone();
    let place = find(&editor, "≤");
    click(&mut editor, place);
    assert_eq!(editor.form().indicators[3].operator, before);
    click(&mut editor, place);
    assert_eq!(editor.form().indicators[3].operator, "≤");
    editor.keys("<Up><Space>");
    click(&mut editor, (1, 1));
    assert!(!editor.screen().contains("筛选："));
}

#[test]
fn menus_and_answers_take_clicks() {
    let mut editor = editor();
    editor.keys("<Down*4><Delete>");
    let place = find(&editor, "[ 删除 ]");
    click(&mut editor, place);
    assert!(editor.form().indicators.len() < 17);
    editor.keys("<F10>");
    let place = find(&editor, "编辑");
    click(&mut editor, place);
    let place = find(&editor, "撤销");
    click(&mut editor, place);
    assert_eq!(editor.form().indicators.len(), 17);
}

#[test]
fn the_wheel_scrolls_without_moving_the_selection() {
    let mut editor = editor();
    editor.resize(80, 24);
    let before = editor.screen();
    for _ in 0..3 {
        wheel(&mut editor, (5, 5), MouseEventKind::ScrollDown);
    }
    assert!(!editor.screen().contains("> 基本信息"), "{}", editor.screen());
    assert!(editor.screen().contains("── 基本信息"));
    editor.keys("<Home>");
    assert_eq!(editor.screen(), before);
    wheel(&mut editor, (5, 20), MouseEventKind::ScrollDown);
    assert_ne!(editor.screen(), before);
    assert!(editor.screen().contains("> 基本信息"));
}

#[test]
fn with_shift_the_mouse_is_the_terminals() {
    let mut editor = editor();
    let before = editor.screen();
    let place = find(&editor, "领域风险隐患排查");
    editor.events([mouse(MouseEventKind::Down(MouseButton::Left), place, KeyModifiers::SHIFT)]);
    editor.events([mouse(MouseEventKind::Moved, place, PLAIN)]);
    editor.events([mouse(MouseEventKind::Down(MouseButton::Right), place, PLAIN)]);
    assert_eq!(editor.screen(), before);
}

#[test]
fn a_cell_of_the_self_evaluation_takes_a_click() {
    let mut editor = editor();
    editor.keys("<F12>");
    let (_, row) = find(&editor, "领域风险隐患排查");
    let (column, _) = find(&editor, "实际值");
    click(&mut editor, (column, row));
    editor.keys("48");
    assert_eq!(editor.form().indicators[2].actual, "48");
}
