//! A text cut into cells at its separators, quotes heeded.

use crate::format::recover::{Cell, Grid, Row};

/// Cuts a text into cells.
pub(super) struct Parser<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    line: usize,
    /// Bytes that may still be searched in vain for a closing quote; keeps hostile text linear.
    patience: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        Self { text, separator, at: 0, line: 1, patience: text.len() * 4 }
    }

    pub(super) fn grid(mut self) -> Grid {
        let mut rows = Vec::new();
        while self.at < self.text.len() {
            rows.push(self.row());
        }
        // Excel writes `sep=;` above the head row.
        if rows
            .first()
            .is_some_and(|row: &Row| row.cells.first().is_some_and(|cell| cell.text.starts_with("sep=")))
        {
            rows.remove(0);
        }
        Grid { rows }
    }

    fn row(&mut self) -> Row {
        let mut row = Row { cells: Vec::new(), line: self.line };
        loop {
            let cell = self.cell();
            row.cells.push(Cell::new(cell));
            match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte == self.separator => self.at += 1,
                _ => break,
            }
        }
        self.end_of_line();
        row
    }

    fn end_of_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
        self.line += 1;
    }

    /// The cell that begins here, up to its separator or line end.
    fn cell(&mut self) -> String {
        if let Some((content, end)) = self.quoted() {
            self.line += content.matches('\n').count();
            self.at = end;
            return content;
        }
        let rest = &self.text[self.at..];
        let end = rest.bytes().position(|byte| self.ends(byte)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn ends(&self, byte: u8) -> bool {
        byte == self.separator || matches!(byte, b'\n' | b'\r')
    }

    /// A quoted cell and where it ends; `None` where the quote is a character of the text. A tab
    /// within quotes is none in a pasted table.
    fn quoted(&mut self) -> Option<(String, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let start = self.at + 1;
        let mut at = start;
        while at < bytes.len() && self.patience > 0 {
            match bytes[at] {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' => break,
                b'\t' if self.separator == b'\t' => break,
                _ => {}
            }
            at += 1;
        }
        let closes = bytes.get(at) == Some(&b'"') && bytes.get(at + 1).is_none_or(|byte| self.ends(*byte));
        if !closes {
            self.patience = self.patience.saturating_sub(at - start + 1);
            return None;
        }
        Some((self.text[start..at].replace("\"\"", "\"").replace("\r\n", "\n"), at + 1))
    }
}
