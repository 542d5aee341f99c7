//! What stands where on the screen, and drawing it. Nothing here changes the document.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{App, Focus};
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::tui::layout::{Layout, SMALLEST};
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::pane;
use crate::tui::pane::detail::Detail;
use crate::tui::pane::problems::Problems;

impl App {
    /// Whether the fields take the whole width: for the form's long texts.
    pub(super) fn is_wide_text(&self) -> bool {
        let long = |spot: Spot| matches!(spot.field, Field::Duties | Field::AnnualGoals);
        self.focus == Focus::Field && self.size.0 < 140 && self.current_spot().is_some_and(long)
    }

    /// Columns and rows.
    pub(in crate::tui) fn size(&self) -> (u16, u16) {
        self.size
    }

    pub(super) fn layout(&self) -> Option<Layout> {
        let of = if self.has_preview { Layout::with_preview } else { Layout::of };
        of(self.size.0, self.size.1, self.focus, self.is_wide_text())
    }

    pub(super) fn is_too_small(&self) -> bool {
        self.layout().is_none()
    }

    /// Scroll positions follow the carets, now that everything else is decided.
    pub(super) fn settle(&mut self) {
        let Some(layout) = self.layout() else { return };
        if self.focus == Focus::Evaluation {
            return self.settle_evaluation(body(&layout, self.size));
        }
        if let Some(area) = layout.outline {
            self.outline.settle(usize::from(area.height) - 1);
        }
        if let Some(area) = layout.detail {
            Detail::settle(self, area);
        }
        if let Some(area) = layout.problems {
            Problems::settle(self, area);
        }
    }

    /// Draws the whole screen; answers where the terminal cursor shall stand. Nothing changes.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        let mut painter = Painter::new(buffer, self.policy);
        self.paint(&mut painter);
        painter.caret
    }

    pub(super) fn paint(&self, painter: &mut Painter<'_>) {
        painter.ascii_lines |= self.ascii_lines;
        let Some(layout) = self.layout() else { return draw_too_small(painter, self) };
        pane::status::draw_title(self, painter, layout.title);
        self.draw_body(painter, &layout);
        if let Some(area) = layout.preview {
            pane::preview::draw(self, painter, area);
        }
        pane::status::draw_score(self, painter, layout.score);
        pane::status::draw_hints(self, painter, layout.hints);
        for popup in &self.popups {
            painter.caret = None;
            painter.targets.clear();
            popup.draw(self, painter);
        }
    }

    pub(super) fn draw_body(&self, painter: &mut Painter<'_>, layout: &Layout) {
        if self.focus == Focus::Evaluation {
            let area = body(layout, self.size);
            painter.targets.push((area, Target::Pane(Focus::Evaluation)));
            return pane::evaluation::draw(self, painter, area);
        }
        for area in [layout.detail, layout.problems].into_iter().flatten() {
            if area.x > 0 {
                painter.column(area.x - 1, area.y, area.y + area.height, self.theme.line());
            }
        }
        if let Some(area) = layout.outline {
            painter.targets.push((area, Target::Pane(Focus::Outline)));
            pane::outline::draw(self, painter, area);
        }
        if let Some(area) = layout.detail {
            painter.targets.push((area, Target::Pane(Focus::Field)));
            pane::detail::draw(self, painter, area);
        }
        if let Some(area) = layout.problems {
            painter.targets.push((area, Target::Pane(Focus::Problems)));
            pane::problems::draw(self, painter, area);
        }
    }
}

/// Everything between the title and the points.
fn body(layout: &Layout, size: (u16, u16)) -> Rect {
    Rect { x: 0, y: 1, width: size.0, height: layout.preview.unwrap_or(layout.score).y - 1 }
}

fn draw_too_small(painter: &mut Painter<'_>, app: &App) {
    let area = painter.area();
    let needed = format!("窗口太小，请放大到{}×{}以上。", SMALLEST.0, SMALLEST.1);
    for (row, line) in [needed.as_str(), "内容都在，Ctrl+S保存，Ctrl+Q退出。"].into_iter().enumerate()
    {
        painter.print(area, row as u16, 0, line, app.theme.text());
    }
}
