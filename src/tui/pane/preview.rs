//! The page as it will be printed, at the row that is edited.

use ratatui::layout::Rect;

use crate::format::{page, printed};
use crate::tui::app::App;
use crate::tui::paint::Painter;

/// Draws it; the first row is its heading.
pub(crate) fn draw(app: &App, painter: &mut Painter<'_>, area: Rect) {
    painter.rule(area, 0, "打印预览", app.theme.line(), app.theme.heading(false));
    let room = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let paper = page::Paper { columns: usize::from(area.width), policy: app.policy, is_exact: false };
    let (lines, places) = page::placed(&printed::printed(app.document.form(), app.variant()), paper);
    let row = app.current_spot().and_then(|spot| spot.row);
    let here = row.and_then(|row| places.get(row).cloned()).unwrap_or_default();
    let rows = usize::from(room.height);
    let middle = (here.start + here.end) / 2;
    let top = middle.saturating_sub(rows / 2).min(lines.len().saturating_sub(rows));
    for (at, line) in lines.iter().enumerate().skip(top).take(rows) {
        let y = (at - top) as u16;
        painter.print(room, y, 0, line, app.theme.text());
        if here.contains(&at) {
            painter.restyle(room, y, 0, room.width, app.theme.selected(false));
        }
    }
}
