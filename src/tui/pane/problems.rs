//! 问题: every finding, the place first, then what is wrong. Enter goes there.

use ratatui::layout::Rect;

use crate::diagnostic::{Diagnostic, Severity, Site};
use crate::form::Form;
use crate::form::edit::Spot;
use crate::tui::app::{App, Focus};
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::pane::outline::part_of;

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    /// Index of the selected finding.
    pub at: usize,
    /// Whether the wheel chose what is in view.
    pub scrolled: bool,
    /// The finding that was last gone to.
    pub walked: Option<(&'static str, Site)>,
    top: usize,
}

/// The place of a finding in words: 宣传调查入户率/评分标准.
pub(crate) fn place(diagnostic: &Diagnostic, form: &Form) -> String {
    match &diagnostic.site {
        Site::Form => "全表".into(),
        Site::Class(name) => name.clone(),
        Site::Field(spot) => place_of(*spot, form),
    }
}

/// A field in words.
pub(crate) fn place_of(spot: Spot, form: &Form) -> String {
    match spot.row.and_then(|row| form.indicators.get(row)) {
        Some(row) => format!("{}/{}", row.title(), spot.field.info().short),
        None => spot.field.info().short.to_owned(),
    }
}

/// Findings counted by severity: 错1 警2.
pub(crate) fn counts(app: &App) -> String {
    let tally = app.document.report().tally();
    let all = Severity::ALL.map(|severity| (severity, tally.of(severity)));
    let shown: Vec<String> =
        all.iter().filter(|(_, n)| *n > 0).map(|(severity, n)| format!("{}{n}", severity.tag())).collect();
    shown.join(" ")
}

/// Columns before the text of a finding: a blank, the tag, a blank.
const INDENT: u16 = 4;

/// The rows of one finding in a pane this wide; one row where the pane is low.
fn rows(app: &App, diagnostic: &Diagnostic, width: u16, compact: bool) -> Vec<String> {
    let text = format!("{}：{}", place(diagnostic, app.document.form()), diagnostic.message);
    let shown = crate::text::visible(&text).replace('\n', " ");
    let columns = usize::from(width.saturating_sub(INDENT + 1)).max(4);
    if compact {
        return vec![app.policy.cut(&shown, columns).into_owned()];
    }
    let wrapped = app.policy.wrap(&shown, columns);
    wrapped.into_iter().map(|range| shown[range].to_owned()).collect()
}

/// The finding that the list shows while the clerk is elsewhere: of the field being filled, else of
/// the part selected in the tree.
fn of_selection(app: &App) -> Option<usize> {
    let spot = app.current_spot().filter(|_| app.focus == Focus::Field);
    spot.and_then(|_| about(app, spot)).or_else(|| about(app, None))
}

/// The finding about a spot, or else about the part selected in the tree; of several the one that is
/// already shown, so that F8 can walk.
pub(crate) fn about(app: &App, spot: Option<Spot>) -> Option<usize> {
    let item = app.outline.selected()?;
    let report = app.document.report();
    let fits = |diagnostic: &Diagnostic| match spot {
        Some(_) => diagnostic.site.spot() == spot,
        None => diagnostic.site.row().is_some() || part_of(&diagnostic.site) == item.node,
    };
    let row = spot.map_or_else(|| app.outline.row(), |spot| spot.row);
    let mut found: Vec<usize> = Vec::new();
    match row {
        Some(row) => found.extend(report.of_row(row).filter(|(_, one)| fits(one)).map(|(at, _)| at)),
        None => found.extend(report.of_form().filter(|(_, one)| fits(one)).map(|(at, _)| at)),
    }
    found.iter().copied().find(|at| *at == app.problems.at).or_else(|| found.first().copied())
}

/// Below this many rows a finding takes one row.
const COMPACT: u16 = 9;

impl Problems {
    /// Keeps the selection inside the list and in view.
    pub(crate) fn settle(app: &mut App, area: Rect) {
        let diagnostics = app.document.report();
        let followed = app.focus != Focus::Problems;
        let at = followed.then(|| of_selection(app)).flatten().unwrap_or(app.problems.at);
        let at = at.min(diagnostics.len().saturating_sub(1));
        let compact = area.height < COMPACT;
        let mut free = usize::from(area.height.saturating_sub(1)).max(1);
        let mut top = at;
        while let Some(diagnostic) = diagnostics.get(top) {
            free = match free.checked_sub(rows(app, diagnostic, area.width, compact).len()) {
                Some(rest) => rest,
                None => break,
            };
            match top.checked_sub(1) {
                Some(above) => top = above,
                None => break,
            }
        }
        if app.problems.scrolled {
            app.problems.top = app.problems.top.min(diagnostics.len().saturating_sub(1));
            return;
        }
        let lowest = if top == 0 && free > 0 { 0 } else { (top + 1).min(at) };
        app.problems.at = at;
        app.problems.top = app.problems.top.clamp(lowest, at);
    }

    /// Shows other findings, for the wheel.
    pub(crate) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.scrolled = true;
    }

    /// Moves the selection.
    pub(crate) fn step(&mut self, by: isize, count: usize) {
        self.at = self.at.saturating_add_signed(by).min(count.saturating_sub(1));
    }
}

/// Draws the list with its heading row.
pub(crate) fn draw(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let focused = app.focus == Focus::Problems;
    let diagnostics = app.document.report();
    let title = match diagnostics.len() {
        0 => "问题：没有".to_owned(),
        n => format!("问题 {n}（{}）F8下一个", counts(app)),
    };
    painter.rule(area, 0, &title, app.theme.line(), app.theme.heading(focused));
    let inside = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let mut row = 0;
    for (at, diagnostic) in diagnostics.from(app.problems.top) {
        let selected = at == app.problems.at;
        for (index, text) in rows(app, diagnostic, area.width, area.height < COMPACT).into_iter().enumerate()
        {
            if row >= inside.height {
                return;
            }
            if index == 0 {
                painter.print(
                    inside,
                    row,
                    1,
                    diagnostic.severity.tag(),
                    app.theme.severity(diagnostic.severity),
                );
            }
            if index == 0 && selected {
                painter.print(inside, row, 0, ">", app.theme.key());
            }
            painter.print(inside, row, INDENT, &text, app.theme.text());
            painter.target(inside, row, 0, inside.width, Target::Finding(at));
            if selected && focused {
                painter.restyle(inside, row, 0, inside.width, app.theme.selected(true));
            }
            row += 1;
        }
    }
    let silenced = app.document.report().silenced();
    if silenced > 0 && row < inside.height {
        painter.print(inside, row, INDENT, &format!("另有{silenced}个按“不再提示”略去"), app.theme.dim());
    }
}
