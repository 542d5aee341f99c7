//! The indicator tree, derived from the classes of the rows in row order: rows of one class that
//! stand together make one node, as the printed table merges its cells.

use std::ops::Range;

use super::{Form, Row};

/// Rows that stand together under one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The class as typed; may be empty or unknown.
    pub name: String,
    /// Positions of its rows.
    pub rows: Range<usize>,
    /// The level-2 runs within a level-1 run; empty within a level-2 run.
    pub children: Vec<Self>,
}

/// The level-1 runs of a form with their level-2 runs.
pub fn runs(form: &Form) -> Vec<Run> {
    let rows = &form.indicators;
    let mut level1 = split(rows, 0..rows.len(), |row| row.level1.trim());
    for run in &mut level1 {
        run.children = split(rows, run.rows.clone(), |row| row.level2.trim());
    }
    level1
}

fn split(rows: &[Row], range: Range<usize>, class: fn(&Row) -> &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in range {
        let name = class(&rows[at]);
        match runs.last_mut() {
            Some(run) if run.name == name => run.rows.end = at + 1,
            _ => runs.push(Run { name: name.to_owned(), rows: at..at + 1, children: Vec::new() }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;

    #[test]
    fn rows_that_stand_together_make_a_node() {
        let row = |level1: &str, level2: &str| Indicator {
            level1: level1.into(),
            level2: level2.into(),
            ..Indicator::default()
        };
        let form = Form::default().with_rows(vec![
            row("产出", "数量"),
            row("产出", "质量"),
            row("效益", "社会"),
            row("产出", "数量"),
        ]);
        let shape: Vec<(String, Range<usize>, usize)> =
            runs(&form).into_iter().map(|run| (run.name, run.rows, run.children.len())).collect();
        assert_eq!(shape, [("产出".into(), 0..2, 2), ("效益".into(), 2..3, 1), ("产出".into(), 3..4, 1)]);
    }
}
