//! What edits would change, as lines to read before they are chosen.

use super::confirm::wrap;
use crate::form::Indicator;
use crate::form::edit::Edit;
use crate::tui::app::App;
use crate::tui::pane::problems;

/// Rows that a text takes at most, before and after each.
const TEXT_ROWS: usize = 3;
/// Edits that are shown; of further ones there is the number.
const SHOWN: usize = 4;

/// The lines of a preview: the place, then the text before after `-` and the new one after `+`; a row
/// that is filled as a whole is shown as one that is new.
pub(super) fn lines(app: &App, edits: &[Edit], columns: usize) -> Vec<String> {
    if let Some((at, row)) = filled(edits) {
        let mut lines = vec![format!("填入空着的第{}条：", at + 1)];
        lines.extend(of_row(app, &row, columns));
        return lines;
    }
    let mut lines: Vec<String> =
        edits.iter().take(SHOWN).flat_map(|edit| of_edit(app, edit, columns)).collect();
    if edits.len() > SHOWN {
        lines.push(format!("另外还有{}处同样的修改", edits.len() - SHOWN));
    }
    lines
}

fn of_edit(app: &App, edit: &Edit, columns: usize) -> Vec<String> {
    let form = app.document.form();
    let name = |at: usize| form.indicators.get(at).map_or("", |row| row.title()).to_owned();
    match edit {
        Edit::Set { spot, text } => {
            let mut lines = vec![problems::place_of(*spot, form)];
            lines.extend(signed(app, "- ", app.document.text(*spot), columns));
            lines.extend(signed(app, "+ ", text, columns));
            lines
        }
        Edit::Insert { indicator, .. } => of_row(app, indicator, columns),
        Edit::Remove { at } => signed(app, "- 删除：", &name(*at), columns),
        Edit::Move { from, to } => {
            vec![format!("移动：第{}条 {} 到第{}条", from + 1, crate::text::visible(&name(*from)), to + 1)]
        }
    }
}

/// The row that edits fill whole, and where it stands.
fn filled(edits: &[Edit]) -> Option<(usize, Indicator)> {
    let mut row = Indicator::default();
    let mut at = None;
    for edit in edits {
        let Edit::Set { spot, text } = edit else { return None };
        if at.is_some_and(|at| spot.row != Some(at)) {
            return None;
        }
        at = spot.row;
        row.text_mut(spot.field)?.clone_from(text);
    }
    at.filter(|_| edits.len() > SHOWN && !row.name.is_empty()).map(|at| (at, row))
}

/// A new row: its name with its target, what it means, how it scores.
fn of_row(app: &App, row: &Indicator, columns: usize) -> Vec<String> {
    let target = crate::compare::shown_target(row);
    let mut lines = signed(app, "+ 新增：", &format!("{}  {target}", row.title()), columns);
    for text in [&row.explanation, &row.rule].into_iter().filter(|text| !text.is_empty()) {
        lines.extend(signed(app, "  ", text, columns));
    }
    lines
}

/// A text after a sign, cut to a few rows.
fn signed(app: &App, sign: &str, text: &str, columns: usize) -> Vec<String> {
    let text = if text.is_empty() { "（空）" } else { text };
    let indent = app.policy.width(sign);
    let mut rows = wrap(app, text, columns.saturating_sub(indent + 1).max(4));
    if rows.len() > TEXT_ROWS {
        rows.truncate(TEXT_ROWS);
        rows[TEXT_ROWS - 1].push('~');
    }
    let lead = |at: usize| if at == 0 { sign.to_owned() } else { " ".repeat(indent) };
    rows.into_iter().enumerate().map(|(at, row)| lead(at) + &row).collect()
}
