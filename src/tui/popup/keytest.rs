//! Which keys reach the program here: every key of the command table, marked once it came.

use std::collections::HashSet;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::{Reply, centred};
use crate::tui::app::App;
use crate::tui::command::COMMANDS;
use crate::tui::input::Key;
use crate::tui::keymap::KeyMap;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[("Esc Esc", "离开"), ("每个键", "按一下试试")];

/// Columns of a key with what it does.
const COLUMN: u16 = 24;

/// The popup.
#[derive(Debug)]
pub(crate) struct KeyTest {
    keys: Vec<(Key, &'static str)>,
    seen: HashSet<Key>,
    last: Option<Key>,
}

impl KeyTest {
    /// All keys of the commands, each once.
    pub(crate) fn new(keymap: &KeyMap) -> Self {
        let mut known = HashSet::new();
        let keys =
            COMMANDS.iter().flat_map(|info| keymap.keys(info).iter().copied().map(|key| (key, info.hint)));
        let keys = keys.filter(|(key, _)| known.insert(*key)).collect();
        Self { keys, seen: HashSet::new(), last: None }
    }

    /// Takes any key; Esc after Esc leaves.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        if key.code == KeyCode::Esc && self.last == Some(key) {
            return Reply::Close;
        }
        self.seen.insert(key);
        self.last = Some(key);
        Reply::Stay
    }

    /// What the last key was, and what it does.
    fn heard(&self) -> String {
        let Some(key) = self.last else { return "按一个键，看程序收到没有。".into() };
        let hint = self.keys.iter().find(|(known, _)| *known == key).map(|(_, hint)| *hint);
        let more = match (key.code, hint) {
            (KeyCode::Esc, _) => "再按一次 Esc 离开",
            (_, Some(hint)) => hint,
            (KeyCode::Char(_), None) if !key.ctrl => "一个字",
            _ => "程序不用这个键",
        };
        format!("收到：{}（{more}）", key.label())
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let area = centred(screen, screen.width.min(104), screen.height);
        let seen = self.keys.iter().filter(|(key, _)| self.seen.contains(key)).count();
        let title = format!("按键测试  {seen}/{}", self.keys.len());
        let inside = painter.frame(area, &title, app.theme.line(), app.theme.heading(true));
        painter.cut(inside, 0, 0, inside.width, &self.heard(), app.theme.title());
        let advice = [
            "按了没有 * 的，是终端或输入法自己用了：",
            "F10 不灵就在目录上按 Esc；别的键不灵，菜单和 Ctrl+P 里都有同样的命令。",
        ];
        let below = inside.height.saturating_sub(advice.len() as u16);
        for (row, line) in advice.iter().enumerate() {
            painter.cut(inside, below + row as u16, 0, inside.width, line, app.theme.dim());
        }
        let list = Rect { y: inside.y + 1, height: below.saturating_sub(1), ..inside };
        let rows = usize::from(list.height).max(1);
        for (at, (key, hint)) in self.keys.iter().enumerate() {
            let (column, row) = ((at / rows) as u16, (at % rows) as u16);
            let came = self.seen.contains(key);
            let text = format!("{} {} {hint}", if came { "*" } else { " " }, key.label());
            let style = if came { app.theme.points(true) } else { app.theme.text() };
            let x = column * COLUMN;
            painter.cut(list, row, x, COLUMN.min(list.width.saturating_sub(x)), &text, style);
        }
        painter.set_caret(inside, 0, 0);
    }
}
