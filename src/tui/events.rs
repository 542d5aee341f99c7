//! What the terminal reports, brought to inputs: releases that stand for characters, keys that come so
//! fast that they are a paste.

use std::collections::HashSet;
use std::time::Duration;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;

use super::input::{Input, Key, pasted};

/// Keys that follow each other faster than this are a paste where the terminal brackets none.
const BURST_PAUSE: Duration = Duration::from_millis(8);
/// As many of them make a burst.
const BURST_KEYS: usize = 6;

/// Gathers what waits. Keys wait until it is known whether they are a burst; other events end the
/// run of keys.
#[derive(Debug, Default)]
pub(super) struct Events {
    pressed: HashSet<KeyCode>,
    keys: Vec<(Key, Duration)>,
    inputs: Vec<Input>,
}

impl Events {
    /// Takes an event that came at a time.
    pub(super) fn take(&mut self, event: Event, at: Duration) {
        let other = match event {
            Event::Key(key) => return self.key(key, at),
            Event::Paste(text) => Input::Paste(pasted(&text)),
            Event::Resize(columns, rows) => Input::Resize(columns, rows),
            Event::FocusGained => Input::Focus(true),
            Event::FocusLost => Input::Focus(false),
            Event::Mouse(mouse) => match of_mouse(mouse) {
                Some(input) => input,
                None => return,
            },
        };
        self.end_run();
        self.inputs.push(other);
    }

    fn key(&mut self, key: KeyEvent, at: Duration) {
        let was_pressed = self.pressed.contains(&key.code);
        match key.kind {
            KeyEventKind::Release => drop(self.pressed.remove(&key.code)),
            _ if cfg!(windows) => drop(self.pressed.insert(key.code)),
            _ => {}
        }
        self.keys.extend(Key::of(&key, was_pressed).map(|key| (key, at)));
    }

    fn end_run(&mut self) {
        self.inputs.extend(bursts(&self.keys));
        self.keys.clear();
    }

    /// Whether keys wait that a paste may have begun with.
    pub(super) fn may_be_a_paste(&self) -> bool {
        self.keys.len() >= 2
    }

    /// Everything gathered so far.
    pub(super) fn inputs(&mut self) -> Vec<Input> {
        self.end_run();
        std::mem::take(&mut self.inputs)
    }
}

/// What the mouse did; with Shift it is the terminal's, to select text.
fn of_mouse(mouse: MouseEvent) -> Option<Input> {
    let place = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        _ if mouse.modifiers.contains(KeyModifiers::SHIFT) => None,
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(place)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(place, -1)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(place, 1)),
        _ => None,
    }
}

/// Keys as they were typed, or as one paste where many came at once with a line break or a tab
/// among them: there an Enter is a line break and no command.
fn bursts(keys: &[(Key, Duration)]) -> Vec<Input> {
    let text: Option<String> = keys.iter().map(|(key, _)| character(*key)).collect();
    let quick = keys.windows(2).all(|pair| pair[1].1.saturating_sub(pair[0].1) < BURST_PAUSE);
    match text.filter(|text| keys.len() >= BURST_KEYS && quick && text.trim_end().contains(['\n', '\t'])) {
        Some(text) => vec![Input::Paste(pasted(&text))],
        None => keys.iter().map(|(key, _)| Input::Key(*key)).collect(),
    }
}

/// The character a key stands for in a paste.
fn character(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Enter if !key.ctrl => Some('\n'),
        KeyCode::Tab if !key.shift => Some('\t'),
        _ => key.typed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[&str]) -> Vec<(Key, Duration)> {
        names.iter().map(|name| (Key::parse(name).expect("a key"), Duration::ZERO)).collect()
    }

    #[test]
    fn a_burst_with_a_line_break_is_a_paste() {
        let pasted = bursts(&keys(&["一", "Tab", "2", "Enter", "二", "Tab", "3"]));
        assert_eq!(pasted, [Input::Paste("一\t2\n二\t3".into())]);
    }

    #[test]
    fn words_of_an_input_method_and_held_keys_stay_keys() {
        assert_eq!(bursts(&keys(&["农", "村", "道", "路", "安", "全", "巡", "查"])).len(), 8);
        assert_eq!(bursts(&keys(&["Down"; 20])).len(), 20);
        assert_eq!(bursts(&keys(&["4", "8", "Enter"])).len(), 3);
    }
}
