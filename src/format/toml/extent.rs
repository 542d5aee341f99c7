//! Places in a text in half the memory: there are several of them for each value of a file.

use std::ops::Range;

/// Bytes of a text of less than 4 GB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A place as it is kept. A text in which it would not fit is not read.
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Extent {
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    pub(super) fn end(self) -> usize {
        self.end as usize
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start()..self.end()
    }
}

impl From<Range<usize>> for Extent {
    fn from(range: Range<usize>) -> Self {
        Self { start: short(range.start), end: short(range.end) }
    }
}

impl From<toml_parser::Span> for Extent {
    fn from(span: toml_parser::Span) -> Self {
        super::syntax::range(span).into()
    }
}
