//! The start page: a whole screen with the forms that were opened before and the ways to begin.

use std::path::PathBuf;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Reply;
use crate::tui::action::{Action, Next, Unsaved};
use crate::tui::app::App;
use crate::tui::app::start::command_on_start;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::widget::filter::Filter;
use crate::tui::widget::text_edit::TextEdit;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[
    ("Enter", "确定"),
    ("上下", "选择"),
    ("1-9", "打开第几张"),
    ("打字", "按汉字或拼音筛选"),
    ("Delete", "从这里去掉"),
    ("Esc", "进表"),
    ("F1", "帮助"),
    ("Ctrl+Q", "退出"),
];

/// Columns of the state of a form, its points and its time.
const STATE: u16 = 14;
const POINTS: u16 = 9;
const TIME: u16 = 16;

/// A form that was opened before.
#[derive(Debug)]
pub(crate) struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, without `.toml`.
    pub name: String,
    /// Points against those it should have.
    pub points: String,
    /// Its faults, or what else is to be known first.
    pub state: String,
    /// Whether that is grave.
    pub is_grave: bool,
    /// When it was last written.
    pub time: String,
}

/// A way to begin.
#[derive(Debug)]
pub(crate) struct Way {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// Its key elsewhere.
    pub key: String,
    /// What choosing it does.
    pub action: Action,
}

/// The popup.
#[derive(Debug)]
pub(crate) struct Start {
    recents: Vec<Recent>,
    ways: Vec<Way>,
    filter: TextEdit,
    /// Indices of what the filter lets through, the ways counted after the forms.
    shown: Vec<usize>,
    at: usize,
}

/// A row of the page.
enum Line {
    Blank,
    Heading(&'static str),
    Note(&'static str),
    /// Position in what is shown.
    Entry(usize),
}

impl Start {
    /// A page with the first form selected, or the first way where there is none.
    pub(crate) fn new(recents: Vec<Recent>, ways: Vec<Way>) -> Self {
        let mut page = Self { recents, ways, filter: TextEdit::new("", 0, false), shown: Vec::new(), at: 0 };
        page.refilter();
        page
    }

    fn refilter(&mut self) {
        let filter = Filter::new(self.filter.text());
        let names = self.recents.iter().map(|recent| recent.name.as_str());
        let names = names.chain(self.ways.iter().map(|way| way.name));
        self.shown =
            names.enumerate().filter(|(_, name)| filter.matches(name).is_some()).map(|(at, _)| at).collect();
        self.at = 0;
    }

    fn is_filtered(&self) -> bool {
        !self.filter.text().is_empty()
    }

    /// The selected form, where one is selected.
    fn recent(&self) -> Option<&Recent> {
        self.recents.get(*self.shown.get(self.at)?)
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        if let Some(command) = command_on_start(key) {
            return Reply::Over(vec![Action::Run(command)]);
        }
        let key = key.halfwidth();
        let last = self.shown.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc if self.is_filtered() => {
                self.filter = TextEdit::new("", 0, false);
                self.refilter();
            }
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => return self.chosen(self.at),
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            KeyCode::Down | KeyCode::Tab => self.at = if self.at < last { self.at + 1 } else { 0 },
            KeyCode::PageUp => self.step(-10),
            KeyCode::PageDown => self.step(10),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = last,
            KeyCode::Delete if !self.is_filtered() => return self.forget(),
            KeyCode::Char(c @ '1'..='9') if !key.ctrl && !self.is_filtered() => {
                let at = c as usize - '1' as usize;
                return if at < self.recents.len() { self.chosen(at) } else { Reply::Stay };
            }
            _ => {
                self.filter.key(key);
                self.refilter();
            }
        }
        Reply::Stay
    }

    /// Takes pasted text into the filter.
    pub(crate) fn paste(&mut self, text: &str) {
        self.filter.insert(text);
        self.refilter();
    }

    /// Moves the selection, up to the first and the last entry.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
    }

    /// Selects an entry, or takes the one that is selected.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        if at == self.at {
            return self.chosen(at);
        }
        self.at = at;
        Reply::Stay
    }

    fn chosen(&self, at: usize) -> Reply {
        let Some(&entry) = self.shown.get(at) else { return Reply::Stay };
        let action = match self.recents.get(entry) {
            Some(recent) => Action::Go { to: Next::File(recent.path.clone()), unsaved: Unsaved::Ask },
            None => self.ways[entry - self.recents.len()].action.clone(),
        };
        Reply::Over(vec![action])
    }

    fn forget(&self) -> Reply {
        match self.recent() {
            Some(recent) => Reply::Act(vec![Action::ForgetRecent(recent.path.clone())]),
            None => Reply::Stay,
        }
    }

    fn lines(&self) -> Vec<Line> {
        let forms = self.shown.iter().take_while(|at| **at < self.recents.len()).count();
        let mut lines = vec![Line::Blank, Line::Heading("最近打开的表")];
        lines.extend((0..forms).map(Line::Entry));
        if self.recents.is_empty() {
            lines.push(Line::Note("还没有。从下面选一种办法开始；头一回用，先看一分钟入门。"));
        }
        lines.extend([Line::Blank, Line::Heading("从这里开始")]);
        lines.extend((forms..self.shown.len()).map(Line::Entry));
        if self.shown.is_empty() {
            lines.push(Line::Note("没有找到。可以打汉字、全拼或拼音首字母；Esc 看全部。"));
        }
        lines
    }

    /// Draws it over the whole screen but the hints.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let hints = if screen.height < 20 { 1 } else { 2 };
        let area = Rect { height: screen.height.saturating_sub(hints), ..screen };
        painter.clear(area);
        painter.targets.push((area, Target::Popup));
        painter.print(area, 0, 1, "绩效  部门（单位）整体支出绩效目标表", app.theme.title());
        painter.right(area, 0, 1, &format!("不联网  {}", env!("CARGO_PKG_VERSION")), app.theme.dim());
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        let lines = self.lines();
        let selected = lines.iter().position(|line| matches!(line, Line::Entry(at) if *at == self.at));
        let top = (selected.unwrap_or(0) + 1).saturating_sub(usize::from(body.height));
        for (row, line) in lines.iter().skip(top).take(usize::from(body.height)).enumerate() {
            self.draw_line(app, painter, body, row as u16, line);
        }
        self.draw_foot(app, painter, Rect { y: area.y + area.height.saturating_sub(1), height: 1, ..area });
    }

    fn draw_line(&self, app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, line: &Line) {
        let at = match line {
            Line::Blank => return,
            Line::Heading(title) => {
                return painter.rule(area, row, title, app.theme.line(), app.theme.heading(true));
            }
            Line::Note(text) => {
                painter.cut(area, row, 4, area.width.saturating_sub(4), text, app.theme.dim());
                return;
            }
            Line::Entry(at) => *at,
        };
        painter.target(area, row, 0, area.width, Target::Entry(at));
        let entry = self.shown[at];
        if at == self.at {
            painter.print(area, row, 1, ">", app.theme.key());
        }
        match self.recents.get(entry) {
            Some(recent) => {
                if !self.is_filtered() {
                    painter.print(area, row, 2, &format!("{}", entry + 1), app.theme.dim());
                }
                draw_recent(app, painter, area, row, recent);
            }
            None => {
                let way = &self.ways[entry - self.recents.len()];
                painter.print(area, row, 4, way.name, app.theme.text());
                painter.cut(area, row, 34, area.width.saturating_sub(44), way.about, app.theme.dim());
                painter.right(area, row, 2, &way.key, app.theme.key());
            }
        }
        if at == self.at {
            painter.restyle(area, row, 1, area.width.saturating_sub(2), app.theme.selected(true));
        }
    }

    /// What was typed, or where the selected form is.
    fn draw_foot(&self, app: &App, painter: &mut Painter<'_>, area: Rect) {
        let x = match (self.is_filtered(), self.recent()) {
            (true, _) => {
                let x = painter.print(area, 0, 1, "筛选：", app.theme.label());
                painter.print(area, 0, x, self.filter.text(), app.theme.field());
                x + app.policy.width(&self.filter.text()[..self.filter.caret()]) as u16
            }
            (false, Some(recent)) => {
                let path = crate::store::shown(&recent.path);
                painter.cut(area, 0, 1, area.width.saturating_sub(2), &path, app.theme.dim());
                1
            }
            (false, None) => 1,
        };
        painter.set_caret(area, 0, x);
    }
}

/// Name, points, state, time; on a narrow screen the time goes first.
fn draw_recent(app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, recent: &Recent) {
    let with_time = area.width >= 70;
    let right = STATE + POINTS + if with_time { TIME + 2 } else { 0 } + 2;
    let from = area.width.saturating_sub(right);
    painter.cut(area, row, 4, from.saturating_sub(5), &recent.name, app.theme.text());
    painter.cut(area, row, from, POINTS, &recent.points, app.theme.text());
    let style = if recent.is_grave { app.theme.points(false) } else { app.theme.dim() };
    painter.cut(area, row, from + POINTS, STATE, &recent.state, style);
    if with_time {
        painter.right(area, row, 2, &recent.time, app.theme.dim());
    }
}
