//! A list to choose from, filtered while typing: pickers of fields, the palette, search, fixes.

use std::ops::Range;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::confirm::wrap;
use super::{Reply, centred, preview};
use crate::form::edit::{Edit, Spot};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::pane::detail::paint_styled;
use crate::tui::widget::filter::Filter;
use crate::tui::widget::text_edit::TextEdit;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[
    ("Enter", "确定"),
    ("上下", "选择"),
    ("Esc", "关闭不改"),
    ("打字", "按汉字或拼音筛选"),
    ("1-9", "直接选"),
];

/// Columns of a list whose choices change the form, for the preview below it.
const PREVIEWED: usize = 72;

/// An entry of the list.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What is shown and filtered.
    pub label: String,
    /// Shown at the right, dim.
    pub note: String,
    /// Further words that the filter knows it by.
    pub words: String,
    /// What choosing it does.
    pub actions: Vec<Action>,
}

/// The popup.
#[derive(Debug)]
pub(crate) struct Choose {
    title: String,
    entries: Vec<Entry>,
    filter: TextEdit,
    shown: Vec<(usize, Vec<Range<usize>>)>,
    at: usize,
    free: Option<Spot>,
    is_explained: bool,
    stays: bool,
}

impl Choose {
    /// A list with the entry `at` selected.
    pub(crate) fn new(title: impl Into<String>, entries: Vec<Entry>, at: usize) -> Self {
        let mut popup = Self {
            title: title.into(),
            entries,
            filter: TextEdit::new("", 0, false),
            shown: Vec::new(),
            at: 0,
            free: None,
            is_explained: false,
            stays: false,
        };
        popup.refilter();
        popup.at = at.min(popup.shown.len().saturating_sub(1));
        popup
    }

    /// Lets words that are not in the list be used as a field's text.
    pub(crate) fn with_free(mut self, spot: Spot) -> Self {
        self.free = Some(spot);
        self
    }

    /// Shows the further words of the selected entry below the list, as its explanation.
    pub(crate) fn explained(mut self) -> Self {
        self.is_explained = true;
        self
    }

    /// Stays open below what its entries open.
    pub(crate) fn staying(mut self) -> Self {
        self.stays = true;
        self
    }

    /// Whether it stays open below what its entries open.
    pub(crate) fn stays(&self) -> bool {
        self.stays
    }

    /// Shows other entries at the same place.
    pub(crate) fn renew(&mut self, entries: Vec<Entry>) {
        let at = self.at;
        self.entries = entries;
        self.refilter();
        self.at = at.min(self.count().saturating_sub(1));
    }

    /// Starts with something typed.
    pub(crate) fn with_filter(mut self, typed: &str) -> Self {
        self.filter.insert(typed);
        self.refilter();
        self
    }

    fn refilter(&mut self) {
        let typed = self.filter.text();
        let filter = Filter::new(typed);
        let find = |(at, entry): (usize, &Entry)| {
            let ranges = filter.matches(&entry.label);
            ranges.or_else(|| filter.matches(&entry.words).map(|_| Vec::new())).map(|ranges| (at, ranges))
        };
        self.shown = self.entries.iter().enumerate().filter_map(find).collect();
        // An exact name, a match at the beginning, elsewhere in the name, in further words.
        self.shown.sort_by_key(|(at, ranges)| {
            let label = &self.entries[*at].label;
            let place = match ranges.first() {
                _ if typed.is_empty() => 0,
                Some(range) if range.start == 0 => 0,
                Some(_) => 1,
                None => 2,
            };
            (*label != typed, place)
        });
        self.at = 0;
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        let key = key.halfwidth();
        let count = self.count();
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => return self.chosen(self.at),
            KeyCode::Up => self.at = self.at.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            KeyCode::Down => self.at = if self.at + 1 < count { self.at + 1 } else { 0 },
            KeyCode::PageUp => self.step(-10),
            KeyCode::PageDown => self.step(10),
            KeyCode::Tab => self.at = if self.at + 1 < count { self.at + 1 } else { 0 },
            KeyCode::Char(c @ '1'..='9') if !key.ctrl && self.filter.text().is_empty() => {
                return self.chosen(c as usize - '1' as usize);
            }
            _ => {
                self.filter.key(key);
                self.refilter();
            }
        }
        Reply::Stay
    }

    /// Moves the selection, up to the first and the last entry.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.count().saturating_sub(1));
    }

    /// Selects an entry, or takes the one that is selected.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        if at == self.at {
            return self.chosen(at);
        }
        self.at = at;
        Reply::Stay
    }

    fn count(&self) -> usize {
        self.shown.len() + usize::from(self.free_words().is_some())
    }

    /// Takes pasted text into the filter.
    pub(crate) fn paste(&mut self, text: &str) {
        self.filter.insert(text);
        self.refilter();
    }

    /// What was typed, where it may be used as it is and is no entry's name.
    fn free_words(&self) -> Option<String> {
        let typed = self.filter.text().trim().to_owned();
        let known = self.shown.iter().any(|(at, _)| self.entries[*at].label == typed);
        (self.free.is_some() && !typed.is_empty() && !known).then_some(typed)
    }

    fn chosen(&mut self, at: usize) -> Reply {
        if let Some(&(entry, _)) = self.shown.get(at) {
            let actions = self.entries[entry].actions.clone();
            if self.stays {
                self.filter = TextEdit::new("", 0, false);
                self.refilter();
                self.at = entry;
                return Reply::Over(actions);
            }
            return Reply::Act(actions);
        }
        match (self.free_words(), self.free) {
            (Some(text), Some(spot)) if at == self.shown.len() => {
                Reply::Act(vec![Action::SetField { spot, text }])
            }
            _ => Reply::Stay,
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let widest = |part: fn(&Entry) -> &String| {
            self.entries.iter().map(|entry| app.policy.width(part(entry))).max().unwrap_or(0)
        };
        let columns = (widest(|entry| &entry.label) + widest(|entry| &entry.note) + 14).clamp(40, 76);
        let columns = if self.changes_the_form() { PREVIEWED } else { columns };
        let columns = columns.min(usize::from(painter.area().width)) as u16;
        let preview = self.preview(app, usize::from(columns) - 4);
        let list = (self.entries.len() as u16).clamp(1, 17);
        let rows = (list + 4 + preview.len() as u16).clamp(8, 22);
        let area = centred(painter.area(), columns, rows);
        let inside = painter.frame(area, &self.title, app.theme.line(), app.theme.heading(true));
        let x = painter.print(inside, 0, 0, "筛选：", app.theme.label());
        let typed = self.filter.text();
        painter.print(inside, 0, x, typed, app.theme.field());
        let before = app.policy.width(&typed[..self.filter.caret()]) as u16;
        painter.set_caret(inside, 0, x + before);
        let below = inside.height - 1;
        let list = below.saturating_sub(preview.len() as u16).max(list.min(below / 2));
        self.draw_list(app, painter, Rect { y: inside.y + 1, height: list, ..inside });
        let room = usize::from(below - list);
        let fitting = if preview.len() > room { room.saturating_sub(1) } else { room };
        for (row, line) in preview.iter().take(fitting).enumerate() {
            painter.cut(inside, 1 + list + row as u16, 0, inside.width, line, app.theme.dim());
        }
        if preview.len() > room && room > 0 {
            let more = format!("下面还有{}行，窗口放不下", preview.len() - fitting);
            painter.cut(inside, below, 0, inside.width, &more, app.theme.dim());
        }
    }

    fn changes_the_form(&self) -> bool {
        self.entries.iter().any(|entry| edits_of(entry).is_some())
    }

    /// What the selected entry would change, or what it is; that always takes the same room.
    fn preview(&self, app: &App, columns: usize) -> Vec<String> {
        if self.is_explained {
            let lines = |entry: &Entry| wrap(app, &entry.words, columns);
            let most = self.entries.iter().map(|entry| lines(entry).len()).max().unwrap_or(0);
            let selected = self.shown.get(self.at).map(|(entry, _)| lines(&self.entries[*entry]));
            let mut lines = selected.unwrap_or_default();
            lines.resize(most, String::new());
            lines.insert(0, String::new());
            return lines;
        }
        let entry = self.shown.get(self.at).and_then(|(entry, _)| edits_of(&self.entries[*entry]));
        let Some(edits) = entry.filter(|edits| !edits.is_empty()) else { return Vec::new() };
        let mut lines = vec![format!("会改{}处：", edits.len())];
        lines.extend(preview::lines(app, edits, columns));
        lines
    }

    fn draw_list(&self, app: &App, painter: &mut Painter<'_>, area: Rect) {
        let rows = usize::from(area.height);
        let top = (self.at + 1).saturating_sub(rows);
        for row in 0..rows {
            let at = top + row;
            let Some((entry, ranges)) = self.shown.get(at) else {
                if at == self.shown.len() {
                    self.draw_end(app, painter, area, row as u16, at == self.at);
                }
                break;
            };
            let entry = &self.entries[*entry];
            painter.target(area, row as u16, 0, area.width, Target::Entry(at));
            let number =
                if at < 9 && typed_nothing(&self.filter) { format!("{} ", at + 1) } else { "  ".into() };
            painter.print(area, row as u16, 0, if at == self.at { ">" } else { " " }, app.theme.key());
            painter.print(area, row as u16, 2, &number, app.theme.dim());
            let note = app.policy.width(&entry.note) as u16;
            let room = area.width.saturating_sub(4 + note + u16::from(note > 0) * 2);
            let label = app.policy.cut(&entry.label, usize::from(room)).into_owned();
            let styles: Vec<_> = ranges.iter().map(|range| (range.clone(), app.theme.matched())).collect();
            paint_styled(painter, area, row as u16, 4, &label, 0..label.len(), app.theme.text(), &styles);
            painter.right(area, row as u16, 0, &entry.note, app.theme.dim());
            if at == self.at {
                painter.restyle(area, row as u16, 0, area.width, app.theme.selected(true));
            }
        }
    }

    /// Below the last entry: what was typed, to be used as it is, or that nothing was found.
    fn draw_end(&self, app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, selected: bool) {
        let text = match self.free_words() {
            Some(words) => format!("用“{words}”"),
            None if self.shown.is_empty() => "没有找到。可以打汉字、全拼或拼音首字母。".to_owned(),
            None => return,
        };
        painter.cut(area, row, 4, area.width.saturating_sub(4), &text, app.theme.text());
        painter.target(area, row, 0, area.width, Target::Entry(self.shown.len()));
        if selected && self.free_words().is_some() {
            painter.print(area, row, 0, ">", app.theme.key());
            painter.restyle(area, row, 0, area.width, app.theme.selected(true));
        }
    }
}

/// The edits of an entry that changes the form.
fn edits_of(entry: &Entry) -> Option<&[Edit]> {
    entry.actions.iter().find_map(|action| match action {
        Action::Apply { edits, .. } => Some(edits.as_slice()),
        _ => None,
    })
}

fn typed_nothing(filter: &TextEdit) -> bool {
    filter.text().is_empty()
}
