//! Where everything stands, from the size of the screen and what has the focus.

use ratatui::layout::Rect;

use super::app::Focus;

/// Below this nothing can be drawn that would help.
pub(super) const SMALLEST: (u16, u16) = (40, 10);

/// The areas of the screen; a pane that does not fit has none. Panes include their heading row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// The title row.
    pub title: Rect,
    /// The tree.
    pub outline: Option<Rect>,
    /// The fields.
    pub detail: Option<Rect>,
    /// The problems.
    pub problems: Option<Rect>,
    /// The page as it will be printed.
    pub preview: Option<Rect>,
    /// The points.
    pub score: Rect,
    /// One or two rows of hints.
    pub hints: Rect,
}

impl Layout {
    /// The layout of a screen; `None` when it is too small. With `wide_text` the fields take the
    /// whole width, for the long texts of the form.
    pub(super) fn of(width: u16, height: u16, focus: Focus, wide_text: bool) -> Option<Self> {
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return None;
        }
        let hint_rows = if height < 20 { 1 } else { 2 };
        let row = |y: u16, rows: u16| Rect { x: 0, y, width, height: rows };
        let body = row(1, height - 2 - hint_rows);
        let frame = Self {
            title: row(0, 1),
            score: row(height - 1 - hint_rows, 1),
            hints: row(height - hint_rows, hint_rows),
            ..Self::default()
        };
        Some(match width {
            _ if wide_text => Self { detail: Some(body), ..frame },
            0..80 => single(frame, body, focus),
            80..120 => stacked(frame, body, focus),
            120..140 => side_by_side(frame, body, 38, 34),
            _ => side_by_side(frame, body, 44, 50),
        })
    }
}

/// From this size on there is room for the page below the panes.
pub(super) const FOR_PREVIEW: (u16, u16) = (100, 28);

impl Layout {
    /// The same with the page below the panes, where there is room.
    pub(super) fn with_preview(width: u16, height: u16, focus: Focus, wide_text: bool) -> Option<Self> {
        if width < FOR_PREVIEW.0 || height < FOR_PREVIEW.1 {
            return Self::of(width, height, focus, wide_text);
        }
        let rows = height * 2 / 5;
        let above = Self::of(width, height - rows, focus, wide_text)?;
        let down = |area: Rect| Rect { y: area.y + rows, ..area };
        Some(Self {
            preview: Some(Rect { height: rows, ..above.score }),
            score: down(above.score),
            hints: down(above.hints),
            ..above
        })
    }
}

/// One pane at a time, with one row that says what is wrong.
fn single(frame: Layout, body: Rect, focus: Focus) -> Layout {
    if focus == Focus::Problems {
        return Layout { problems: Some(body), ..frame };
    }
    let (top, bottom) = split_rows(body, body.height - 2);
    match focus {
        Focus::Outline => Layout { outline: Some(top), problems: Some(bottom), ..frame },
        _ => Layout { detail: Some(top), problems: Some(bottom), ..frame },
    }
}

/// Tree beside fields, problems below; they grow while they have the focus.
fn stacked(frame: Layout, body: Rect, focus: Focus) -> Layout {
    let rows = match focus {
        Focus::Problems => body.height / 2,
        _ if body.height < 16 => 2,
        _ => 4,
    };
    let (top, bottom) = split_rows(body, body.height - rows);
    let (left, right) = split_columns(top, 34);
    Layout { outline: Some(left), detail: Some(right), problems: Some(bottom), ..frame }
}

fn side_by_side(frame: Layout, body: Rect, outline: u16, problems: u16) -> Layout {
    let (left, rest) = split_columns(body, outline);
    let (middle, right) = split_columns(rest, rest.width - problems);
    Layout { outline: Some(left), detail: Some(middle), problems: Some(right), ..frame }
}

fn split_rows(area: Rect, top: u16) -> (Rect, Rect) {
    (Rect { height: top, ..area }, Rect { y: area.y + top, height: area.height - top, ..area })
}

/// The left part, and the rest less one column for the line between.
fn split_columns(area: Rect, left: u16) -> (Rect, Rect) {
    (Rect { width: left, ..area }, Rect { x: area.x + left + 1, width: area.width - left - 1, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_stay_on_the_screen_at_every_size() {
        for width in 1..=200 {
            for height in 1..=60 {
                for focus in [Focus::Outline, Focus::Field, Focus::Problems] {
                    let Some(layout) = Layout::of(width, height, focus, false) else {
                        assert!(width < 40 || height < 10);
                        continue;
                    };
                    let screen = Rect { x: 0, y: 0, width, height };
                    for area in [layout.outline, layout.detail, layout.problems].into_iter().flatten() {
                        assert_eq!(area.intersection(screen), area, "{width}x{height}");
                        assert!(area.width >= 20 && area.height >= 2, "{width}x{height} {area:?}");
                    }
                }
            }
        }
    }
}
