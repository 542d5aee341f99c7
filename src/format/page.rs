//! The printed form as text on a grid of cells, for a look before printing and for `.txt`.

use super::printed::Printed;
use crate::text::{Policy, visible};

/// The page, at most `columns` cells wide; lines of equal width where the table is.
pub fn write(printed: &Printed, columns: usize, policy: Policy) -> Vec<String> {
    let mut lines = vec![centred(printed.title, columns, policy)];
    lines.extend(printed.under.iter().map(|line| centred(line, columns, policy)));
    let label = 18;
    lines.push("-".repeat(columns));
    for (name, text) in &printed.about {
        let rows = wrapped(text, columns.saturating_sub(label + 1).max(4), policy);
        for (at, row) in rows.iter().enumerate() {
            let name = if at == 0 { name.as_str() } else { "" };
            lines.push(format!("{} {row}", policy.pad(name, label)));
        }
        lines.push("-".repeat(columns));
    }
    let room = columns.saturating_sub(printed.columns.len() - 1);
    let widths: Vec<usize> =
        printed.columns.iter().map(|column| (room * column.width / 100).max(4)).collect();
    let heads: Vec<String> = printed.columns.iter().map(|column| column.head.to_owned()).collect();
    lines.extend(row(&heads, &widths, policy));
    for cells in &printed.rows {
        lines.push("-".repeat(columns));
        let texts: Vec<String> = cells.iter().map(|cell| cell.text.clone()).collect();
        lines.extend(row(&texts, &widths, policy));
    }
    lines.push("-".repeat(columns));
    lines.extend(printed.foot.iter().flat_map(|parts| wrapped(&parts.join("    "), columns, policy)));
    lines
}

fn row(texts: &[String], widths: &[usize], policy: Policy) -> Vec<String> {
    let columns: Vec<Vec<String>> =
        texts.iter().zip(widths).map(|(text, width)| wrapped(text, *width, policy)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cells = columns.iter().zip(widths);
        let cells = cells.map(|(rows, width)| policy.pad(rows.get(at).map_or("", String::as_str), *width));
        cells.collect::<Vec<_>>().join("|").trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

fn wrapped(text: &str, columns: usize, policy: Policy) -> Vec<String> {
    let of_line = |line: &str| {
        let shown = visible(line).into_owned();
        let ranges = policy.wrap(&shown, columns);
        ranges.into_iter().map(|range| shown[range].trim_end().to_owned()).collect::<Vec<_>>()
    };
    text.split('\n').flat_map(of_line).collect()
}

/// A line in the middle of the page; line breaks in it are blanks.
fn centred(text: &str, columns: usize, policy: Policy) -> String {
    let text = visible(&text.replace('\n', " ")).into_owned();
    let width = policy.width(&text);
    format!("{}{text}", " ".repeat(columns.saturating_sub(width) / 2))
}
