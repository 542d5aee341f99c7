//! What stands where on the screen. Drawing notes it down and a click looks it up, so that a click
//! meets what is seen.

use std::ops::Range;

use super::app::Focus;

/// Something that can be clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A pane, below everything in it.
    Pane(Focus),
    /// A line of the tree, by index.
    Item(usize),
    /// A row of a field of the page.
    Field {
        /// Index of the field.
        at: usize,
        /// Bytes of its text that the row shows; none where it shows something else.
        bytes: Range<usize>,
        /// The column of the screen where they begin.
        from: u16,
    },
    /// A finding, by index.
    Finding(usize),
    /// A cell of the table of self-evaluation.
    Cell {
        /// Index of the line.
        at: usize,
        /// Whether it is a score by hand.
        by_hand: bool,
    },
    /// A popup, below everything in it.
    Popup,
    /// An entry, an answer or a field of the topmost popup, by index.
    Entry(usize),
    /// The title of a menu, by index.
    Title(usize),
}
