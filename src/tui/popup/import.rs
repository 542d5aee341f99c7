//! What was understood of a file, beside the rows it was read from, before any of it is taken.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::confirm::wrap;
use super::{Reply, centred};
use crate::form::field::{Field, Table};
use crate::format::Source;
use crate::format::recover::{Certainty, Recovered};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[
    ("Enter", "带入"),
    ("Esc", "不带入"),
    ("上下", "看各条"),
    ("Tab", "指标/说明/改动"),
    ("左右", "换方式"),
];

/// From this width on source and understanding stand side by side.
const SIDE_BY_SIDE: u16 = 110;

/// A way to take the form over.
#[derive(Debug)]
pub(crate) struct Way {
    /// Its name.
    pub label: &'static str,
    /// What it changes, a line a change.
    pub changes: Vec<String>,
    /// What carries it out.
    pub actions: Vec<Action>,
}

/// A list that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Rows,
    Notes,
    Changes,
}

/// The lists, in their order.
const VIEWS: &[(View, &str)] = &[(View::Rows, "指标"), (View::Notes, "说明"), (View::Changes, "改动")];

/// The popup.
#[derive(Debug)]
pub(crate) struct Import {
    title: String,
    /// What was understood, a line an indicator.
    rows: Vec<String>,
    /// For each of them what it was read from, and how.
    details: Vec<Vec<String>>,
    notes: Vec<String>,
    ways: Vec<Way>,
    way: usize,
    view: View,
    at: usize,
    /// What refusing does.
    pub refused: Vec<Action>,
}

impl Import {
    /// What was read out of sheet `part` of a source, and the ways to take it over.
    pub(crate) fn new(name: &str, source: &Source, part: usize, found: &Recovered, ways: Vec<Way>) -> Self {
        let indicators = 0..found.form.indicators.len();
        let notes = found.notes.iter().map(|note| {
            let place = note.line.map_or(String::new(), |line| format!("第{line}行："));
            one_line(&format!("{place}{}", note.message))
        });
        Self {
            title: format!("导入 {name}"),
            rows: indicators.clone().map(|at| summary(found, at)).collect(),
            details: indicators.map(|at| detail(source, part, found, at)).collect(),
            notes: notes.collect(),
            ways,
            way: 0,
            view: View::Rows,
            at: 0,
            refused: Vec::new(),
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let last = self.list().len().saturating_sub(1);
        match key.code {
            KeyCode::Esc if self.refused.is_empty() => return Reply::Close,
            KeyCode::Esc => return Reply::Act(std::mem::take(&mut self.refused)),
            KeyCode::Enter => return Reply::Act(self.ways[self.way].actions.clone()),
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::PageUp => self.at = self.at.saturating_sub(10),
            KeyCode::PageDown => self.at = (self.at + 10).min(last),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = last,
            KeyCode::Left => self.way = self.way.saturating_sub(1),
            KeyCode::Right => self.way = (self.way + 1).min(self.ways.len() - 1),
            KeyCode::Tab | KeyCode::BackTab => {
                let at = VIEWS.iter().position(|(view, _)| *view == self.view).unwrap_or_default();
                let forth = if key.shift || key.code == KeyCode::BackTab { VIEWS.len() - 1 } else { 1 };
                self.show(VIEWS[(at + forth) % VIEWS.len()].0);
            }
            _ => {}
        }
        Reply::Stay
    }

    /// Moves the selection, up to the first and the last line.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.list().len().saturating_sub(1));
    }

    /// Selects a line.
    pub(crate) fn select(&mut self, at: usize) -> Reply {
        self.at = at;
        Reply::Stay
    }

    /// Shows a list by its place in [`VIEWS`]; behind those come the ways to take the form over.
    pub(crate) fn click_title(&mut self, at: usize) -> Reply {
        match VIEWS.get(at) {
            Some((view, _)) => self.show(*view),
            None => self.way = (at - VIEWS.len()).min(self.ways.len() - 1),
        }
        Reply::Stay
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.at = 0;
    }

    fn list(&self) -> &[String] {
        match self.view {
            View::Rows => &self.rows,
            View::Notes => &self.notes,
            View::Changes => &self.ways[self.way].changes,
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let screen = painter.area();
        let area = centred(screen, screen.width, screen.height);
        let inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        self.draw_views(app, painter, inside);
        self.draw_ways(app, painter, inside);
        let body = Rect { y: inside.y + 1, height: inside.height.saturating_sub(2), ..inside };
        if self.view != View::Rows {
            return self.draw_list(app, painter, body);
        }
        let (list, beside) = match body.width >= SIDE_BY_SIDE {
            true => {
                let list = Rect { width: body.width * 2 / 5, ..body };
                let x = list.x + list.width + 1;
                (list, Rect { x, width: body.width - list.width - 1, ..body })
            }
            false => {
                let list = Rect { height: body.height / 2, ..body };
                let y = list.y + list.height;
                (list, Rect { y, height: body.height - list.height, ..body })
            }
        };
        self.draw_list(app, painter, list);
        let lines = self.details.get(self.at).into_iter().flatten();
        let wrapped = lines.flat_map(|line| wrap(app, line, usize::from(beside.width)));
        for (row, line) in (0..beside.height).zip(wrapped) {
            let style = if line.starts_with("原文") { app.theme.label() } else { app.theme.text() };
            painter.print(beside, row, 0, &line, style);
        }
    }

    fn draw_views(&self, app: &App, painter: &mut Painter<'_>, inside: Rect) {
        let mut x = 0;
        for (at, (view, name)) in VIEWS.iter().enumerate() {
            let count = match view {
                View::Rows => self.rows.len(),
                View::Notes => self.notes.len(),
                View::Changes => self.ways[self.way].changes.len(),
            };
            x = choice(app, painter, (inside, 0, x), &format!("{name} {count}"), *view == self.view, at);
        }
    }

    fn draw_ways(&self, app: &App, painter: &mut Painter<'_>, inside: Rect) {
        let row = inside.height.saturating_sub(1);
        let mut x = painter.print(inside, row, 0, "方式：", app.theme.label());
        for (at, way) in self.ways.iter().enumerate() {
            x = choice(app, painter, (inside, row, x), way.label, at == self.way, VIEWS.len() + at);
        }
    }

    fn draw_list(&self, app: &App, painter: &mut Painter<'_>, area: Rect) {
        let rows = usize::from(area.height);
        let top = (self.at + 1).saturating_sub(rows);
        let list = self.list();
        if list.is_empty() {
            painter.print(area, 0, 0, "（没有）", app.theme.dim());
        }
        for (row, line) in list.iter().skip(top).take(rows).enumerate() {
            let line = app.policy.cut(line, usize::from(area.width.saturating_sub(1)));
            painter.print(area, row as u16, 0, &line, app.theme.text());
            painter.target(area, row as u16, 0, area.width, Target::Entry(top + row));
            if top + row == self.at {
                painter.restyle(area, row as u16, 0, area.width, app.theme.selected(true));
                painter.set_caret(area, row as u16, 0);
            }
        }
    }
}

/// Prints one of several choices, in brackets where it is chosen; answers with the column behind it.
fn choice(
    app: &App,
    painter: &mut Painter<'_>,
    (area, row, x): (Rect, u16, u16),
    label: &str,
    is_chosen: bool,
    title: usize,
) -> u16 {
    let text = if is_chosen { format!("[{label}]") } else { format!(" {label} ") };
    let style = if is_chosen { app.theme.heading(true) } else { app.theme.dim() };
    let end = painter.print(area, row, x, &text, style);
    painter.target(area, row, x, end - x, Target::Title(title));
    end + 1
}

/// An indicator as it was understood; what was guessed carries a question mark.
fn summary(found: &Recovered, at: usize) -> String {
    let row = &found.form.indicators[at];
    let mark = |field: Field| {
        let guessed = found.rows.get(at).is_some_and(|from| from.certainty(field) == Certainty::Guess);
        if guessed { "?" } else { "" }
    };
    let part = |text: &str, field: Field| format!("{}{}", text.trim(), mark(field));
    one_line(&format!(
        "{:>3}. {}  {} {}{}  {}",
        at + 1,
        part(row.title(), Field::Name),
        part(&row.operator, Field::Operator),
        part(&row.value, Field::Value),
        part(&row.unit, Field::Unit),
        part(&row.level2, Field::Level2),
    ))
}

/// What an indicator was read from, and what each field of it became.
fn detail(source: &Source, part: usize, found: &Recovered, at: usize) -> Vec<String> {
    let row = &found.form.indicators[at];
    let from = found.rows.get(at);
    let line = from.map_or(0, |from| from.line);
    let grid = source.parts.get(part).map(|part| &part.grid);
    let cells = grid.into_iter().flat_map(|grid| &grid.rows).filter(|row| row.line == line);
    let texts = cells.flat_map(|row| &row.cells).filter(|cell| !cell.continued);
    let texts: Vec<String> = texts.map(|cell| one_line(&cell.text)).collect();
    let mut lines = Vec::new();
    if from.is_some() {
        lines.push(format!("原文第{line}行：{}", texts.join(" | ")));
    }
    let part = |field: Field| {
        let text = one_line(row.text(field).map_or("", String::as_str));
        let doubt = match from.map_or(Certainty::Exact, |from| from.certainty(field)) {
            Certainty::Exact => "",
            Certainty::Inferred => "（推断）",
            Certainty::Guess => "（猜的，请核对）",
        };
        if text.is_empty() { None } else { Some(format!("{text}{doubt}")) }
    };
    let mut line = |label: &str, fields: &[Field], between: &str| {
        let parts: Vec<String> = fields.iter().copied().filter_map(part).collect();
        if !parts.is_empty() {
            lines.push(format!("{label}：{}", parts.join(between)));
        }
    };
    line("分类", &[Field::Level1, Field::Level2], " > ");
    line(Field::Name.label(), &[Field::Name], "");
    line(Field::Value.label(), &[Field::Operator, Field::Value, Field::Unit], " ");
    let grouped = [Field::Level1, Field::Level2, Field::Name, Field::Operator, Field::Value, Field::Unit];
    for field in Field::of(Table::Indicator).filter(|field| !grouped.contains(field)) {
        line(field.label(), &[field], "");
    }
    lines
}

fn one_line(text: &str) -> String {
    crate::text::visible(&text.replace('\n', " / ")).into_owned()
}
