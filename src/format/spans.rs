//! Rows of cells that reach over others, as web pages and old documents give them: what is covered
//! is not in its row.

use super::recover::{Cell, MAX_COLUMNS, MAX_ROWS};

/// A table while its rows are laid out.
pub(super) struct Spans {
    /// For each column how many rows below are still covered.
    covered: [usize; MAX_COLUMNS],
}

/// A cell: its text, how many rows and how many columns it takes.
pub(super) type Spanned = (String, usize, usize);

impl Spans {
    pub(super) fn new() -> Self {
        Self { covered: [0; MAX_COLUMNS] }
    }

    /// The cells of the next row, each in its column.
    pub(super) fn row(&mut self, spanned: impl IntoIterator<Item = Spanned>) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (text, down, right) in spanned {
            self.fill(&mut cells);
            let first = cells.len();
            let last = first.saturating_add(right.max(1)).min(MAX_COLUMNS);
            if first < last {
                self.covered[first..last].fill(down.clamp(1, MAX_ROWS) - 1);
                cells.push(Cell::new(text));
                cells.resize(last, Cell::covered());
            }
        }
        self.fill(&mut cells);
        cells
    }

    /// Adds the cells that rows above cover.
    fn fill(&mut self, cells: &mut Vec<Cell>) {
        while let Some(rows) = self.covered.get_mut(cells.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            cells.push(Cell::covered());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_takes_its_place() {
        let mut spans = Spans::new();
        let cell = |text: &str, down, right| (text.to_owned(), down, right);
        let shown = |cells: Vec<Cell>| {
            let text = |cell: &Cell| if cell.continued { "^".to_owned() } else { cell.text.clone() };
            cells.iter().map(text).collect::<Vec<_>>().join(",")
        };
        assert_eq!(shown(spans.row([cell("a", 3, 1), cell("b", 1, 2), cell("c", 1, 1)])), "a,b,^,c");
        assert_eq!(shown(spans.row([cell("d", 2, 1), cell("e", 1, 1)])), "^,d,e");
        assert_eq!(shown(spans.row([cell("f", 1, 1)])), "^,^,f");
        assert_eq!(shown(spans.row([cell("g", usize::MAX, usize::MAX)])).len(), 1 + 2 * 63);
    }
}
