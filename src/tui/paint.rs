//! The painter: the one way to put text on the screen. It knows the width policy, escapes what
//! must not reach a terminal, and never writes outside its area.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::mouse::Target;
use crate::text::{self, Policy};

/// Draws into a buffer under a width policy.
pub(super) struct Painter<'a> {
    buffer: &'a mut Buffer,
    /// How wide ambiguous characters are.
    pub policy: Policy,
    /// Whether lines are drawn with ASCII.
    pub ascii_lines: bool,
    /// Where the terminal cursor shall stand; the IME window opens there.
    pub caret: Option<Position>,
    /// What can be clicked, the lowest first.
    pub targets: Vec<(Rect, Target)>,
}

impl<'a> Painter<'a> {
    /// A painter of the whole buffer.
    pub(super) fn new(buffer: &'a mut Buffer, policy: Policy) -> Self {
        Self { buffer, policy, ascii_lines: policy == Policy::Wide, caret: None, targets: Vec::new() }
    }

    /// The whole screen.
    pub(super) fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Puts text on one row, from column `x` of `row` of an area; what does not fit is cut off
    /// at a whole character. Answers with the column after the text.
    pub(super) fn print(&mut self, area: Rect, row: u16, x: u16, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        if row >= area.height || x >= area.width {
            return x;
        }
        let mut column = x;
        let shown = text::visible(text);
        for (symbol, width) in self.policy.clusters(&shown) {
            let width = width as u16;
            if column + width > area.width {
                return column;
            }
            if width > 0 {
                self.put(area.x + column, area.y + row, symbol, width, style);
                column += width;
            }
        }
        column
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str, width: u16, style: Style) {
        let Some(cell) = self.buffer.cell_mut(Position { x, y }) else { return };
        cell.set_symbol(symbol).set_style(style);
        let is_forced = self.policy == Policy::Wide && Policy::Narrow.grapheme(symbol) != usize::from(width);
        if let Some(forced) = NonZeroU16::new(width).filter(|_| is_forced) {
            cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
        }
        if width == 2
            && let Some(covered) = self.buffer.cell_mut(Position { x: x + 1, y })
        {
            covered.reset();
            covered.set_style(style);
        }
    }

    /// Text cut with a mark to `columns`.
    pub(super) fn cut(
        &mut self,
        area: Rect,
        row: u16,
        x: u16,
        columns: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let shown = text::visible(text);
        let cut = self.policy.cut(&shown, usize::from(columns)).into_owned();
        self.print(area, row, x, &cut, style)
    }

    /// Text that ends at the right edge of the area less `margin` columns.
    pub(super) fn right(&mut self, area: Rect, row: u16, margin: u16, text: &str, style: Style) {
        let width = self.policy.width(text) as u16;
        self.print(area, row, area.width.saturating_sub(width + margin), text, style);
    }

    /// Notes down what stands on some columns of a row of an area.
    pub(super) fn target(&mut self, area: Rect, row: u16, x: u16, columns: u16, target: Target) {
        let place = Rect { x: area.x + x, y: area.y + row, width: columns, height: 1 };
        self.targets.push((place.intersection(area), target));
    }

    /// Empties an area.
    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        // A wide character that reaches in from the left would be torn.
        for y in area.top()..area.bottom() {
            if let Some(x) = area.left().checked_sub(1)
                && let Some(cell) = self.buffer.cell_mut(Position { x, y })
                && self.policy.grapheme(cell.symbol()) == 2
            {
                cell.reset();
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                    cell.reset();
                }
            }
        }
    }

    /// Gives a style to cells that are already drawn.
    pub(super) fn restyle(&mut self, area: Rect, row: u16, x: u16, columns: u16, style: Style) {
        let line = Rect { x: area.x + x, y: area.y + row, width: columns, height: 1 };
        self.buffer.set_style(line.intersection(area), style);
    }

    /// The character for horizontal lines.
    pub(super) fn horizontal(&self) -> &'static str {
        if self.ascii_lines { "-" } else { "─" }
    }

    /// The character for vertical lines.
    pub(super) fn vertical(&self) -> &'static str {
        if self.ascii_lines { "|" } else { "│" }
    }

    /// A horizontal rule over a row of an area, with a title in it.
    pub(super) fn rule(&mut self, area: Rect, row: u16, title: &str, line: Style, heading: Style) {
        let dash = self.horizontal();
        let cells = Rect { y: area.y + row, height: 1, ..area }.intersection(area).intersection(self.area());
        cells.positions().for_each(|place| self.put(place.x, place.y, dash, 1, line));
        if !title.is_empty() && area.width > 8 {
            let shown = text::visible(title);
            let cut = self.policy.cut(&shown, usize::from(area.width) - 6).into_owned();
            self.print(area, row, 2, &format!(" {cut} "), heading);
        }
    }

    /// A vertical line over the whole height of one column.
    pub(super) fn column(&mut self, x: u16, top: u16, bottom: u16, style: Style) {
        let line = self.vertical();
        (top..bottom).for_each(|y| self.put(x, y, line, 1, style));
    }

    /// An empty box with a border and a title; answers with its inside.
    pub(super) fn frame(&mut self, area: Rect, title: &str, line: Style, heading: Style) -> Rect {
        self.clear(area);
        self.targets.push((area, Target::Popup));
        let corners = if self.ascii_lines { ["+"; 4] } else { ["┌", "┐", "└", "┘"] };
        let (last_row, last_column) = (area.height.saturating_sub(1), area.width.saturating_sub(1));
        self.rule(area, 0, title, line, heading);
        self.rule(area, last_row, "", line, heading);
        self.column(area.x, area.y + 1, area.y + last_row, line);
        self.column(area.x + last_column, area.y + 1, area.y + last_row, line);
        for (corner, row, x) in [
            (corners[0], 0, 0),
            (corners[1], 0, last_column),
            (corners[2], last_row, 0),
            (corners[3], last_row, last_column),
        ] {
            self.print(area, row, x, corner, line);
        }
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        }
    }

    /// Sets the terminal cursor to a column and row of an area.
    pub(super) fn set_caret(&mut self, area: Rect, row: u16, x: u16) {
        let area = area.intersection(self.buffer.area);
        if row < area.height && area.width > 0 {
            let x = x.min(area.width.saturating_sub(1));
            self.caret = Some(Position { x: area.x + x, y: area.y + row });
        }
    }
}
