//! Rows put together again from lines that are less than a row: Word pastes a paragraph a
//! line, “save as text” a cell a line.

use super::{head_columns, stream};
use crate::form::field::Field;
use crate::format::recover::{self, Cell, Grid, Row};
use crate::vocabulary::{taxonomy, unit};

/// Joins lines that are paragraphs of one cell, as Word pastes them: only where they make
/// exactly as many cells as the head row has.
pub(super) fn rejoined(grid: Grid) -> Grid {
    const LONGEST: usize = 60;
    let Some(head) = grid.rows.iter().position(|row| head_columns(row).is_some()) else { return grid };
    let width = grid.rows[head].cells.len();
    let mut rows: Vec<Row> = Vec::with_capacity(grid.rows.len());
    let mut source = grid.rows.into_iter().enumerate().peekable();
    let mut waiting: Vec<Row> = Vec::new();
    while let Some((at, row)) = source.next() {
        if at <= head || row.cells.len() < 2 || row.cells.len() >= width {
            rows.push(row);
            continue;
        }
        let mut total = row.cells.len();
        waiting.clear();
        waiting.push(row);
        while total < width && waiting.len() < LONGEST {
            let fits = |(_, next): &(usize, Row)| total + next.cells.len() <= width + 1 && continues(next);
            let Some((_, next)) = source.next_if(fits) else { break };
            total += next.cells.len() - 1;
            waiting.push(next);
        }
        match total == width {
            true => rows.push(joined(&mut waiting)),
            false => rows.append(&mut waiting),
        }
    }
    Grid { rows }
}

/// Whether a line may be the next paragraph of the cell before it.
fn continues(row: &Row) -> bool {
    let first = row.cells.first().map_or("", |cell| cell.text.trim());
    let anchored = row.cells.iter().any(|cell| recover::anchor(&cell.text));
    !first.is_empty() && !anchored && !is_class(first) && !recover::is_labelled(first)
}

pub(super) fn is_class(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.len() <= LONGEST && (taxonomy::level1(text).is_some() || taxonomy::level2(text, None).is_some())
}

fn joined(rows: &mut Vec<Row>) -> Row {
    let mut parts = rows.drain(..);
    let mut whole = parts.next().unwrap_or_default();
    for part in parts {
        let mut cells = part.cells.into_iter();
        if let (Some(last), Some(first)) = (whole.cells.last_mut(), cells.next()) {
            last.text = format!("{}\n{}", last.text, first.text);
        }
        whole.cells.extend(cells);
    }
    whole
}

/// Cells separated by spaces, from the first line on whose words make a head row. Where that
/// line keeps its words wide apart, a single space is one within a cell.
pub(super) fn spaced(grid: &Grid) -> Option<Grid> {
    let (head, (names, lines)) =
        (0..grid.rows.len()).find_map(|at| head_words(&grid.rows, at).map(|words| (at, words)))?;
    let is_wide = wide(text_of(&grid.rows[head])).count() == words(&grid.rows[head]).len();
    let split = |(at, row): (usize, &Row)| {
        let text = text_of(row);
        let is_pairs = text.split_whitespace().any(recover::is_labelled);
        let is_loose = if at < head { !is_pairs } else { is_pairs || text.starts_with('注') };
        let cells: Vec<&str> = match is_wide && wide(text).count() > 1 {
            true => wide(text).collect(),
            false => words(row),
        };
        match () {
            () if at == head => cells_of(names.iter().map(String::as_str), row.line),
            () if at > head && at < head + lines => Row { cells: Vec::new(), line: row.line },
            () if is_loose => row.clone(),
            () => cells_of(cells, row.line),
        }
    };
    Some(Grid { rows: grid.rows.iter().enumerate().map(split).collect() })
}

/// The words of a head row that begins at a line, and how many lines it takes: it may be broken
/// within its words, 年度 above 指标值.
fn head_words(rows: &[Row], at: usize) -> Option<(Vec<String>, usize)> {
    const LONGEST: usize = 400;
    let is_head = |words: &[String]| {
        let row = cells_of(words.iter().map(String::as_str), 0);
        head_columns(&row).is_some_and(|head| head.len() > 3)
    };
    let fits = |row: &&Row| text_of(row).len() <= LONGEST;
    let first: Vec<String> = rows.get(at).filter(fits).map(words)?.into_iter().map(str::to_owned).collect();
    let next = rows.get(at + 1).filter(fits).map(words).unwrap_or_default();
    if first.len() >= 3 && !next.is_empty() && next.len() <= first.len() {
        let mut rest = next.into_iter().peekable();
        let mut join = |word: &String| {
            let whole = |next: &&str| recover::is_header_word(&format!("{word}{next}"));
            rest.next_if(whole).map_or(word.clone(), |next| format!("{word}{next}"))
        };
        let joined: Vec<String> = first.iter().map(&mut join).collect();
        if rest.peek().is_none() && is_head(&joined) {
            return Some((joined, 2));
        }
    }
    is_head(&first).then_some((first, 1))
}

fn words(row: &Row) -> Vec<&str> {
    text_of(row).split_whitespace().collect()
}

fn cells_of<'a>(texts: impl IntoIterator<Item = &'a str>, line: usize) -> Row {
    Row { cells: texts.into_iter().map(Cell::new).collect(), line }
}

/// The parts of a line between gaps of two spaces or a wide one.
fn wide(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").flat_map(|part| part.split('\u{3000}')).map(str::trim).filter(|part| !part.is_empty())
}

/// Rebuilds the rows of a table that came one cell a line.
pub(super) fn rebuilt(grid: Grid) -> Grid {
    let Some((start, end)) = head_run(&grid.rows) else { return grid };
    let words: Vec<String> = grid.rows[start..end].iter().map(text_of).map(str::to_owned).collect();
    let Some(fields) = recover::columns(&words) else { return grid };
    let mut rows: Vec<Row> = grid.rows[..start].to_vec();
    rows.push(Row { cells: words.into_iter().map(Cell::new).collect(), line: grid.rows[start].line });
    let body = &grid.rows[end..];
    if !fields.contains(&Some(Field::Operator)) {
        rows.extend(stream::rows(body, &fields));
        return Grid { rows };
    }
    match chunked(body, &fields) {
        Some(mut chunks) => rows.append(&mut chunks),
        None => rows.extend(anchored(body, &fields)),
    }
    Grid { rows }
}

pub(super) fn text_of(row: &Row) -> &str {
    row.cells.first().map_or("", |cell| cell.text.trim())
}

/// The first run of four or more lines that are words of a head row.
fn head_run(rows: &[Row]) -> Option<(usize, usize)> {
    let mut start = 0;
    while start < rows.len() {
        let length = rows[start..].iter().take_while(|row| recover::is_header_word(text_of(row))).count();
        if length >= 4 {
            return Some((start, start + length));
        }
        start += length + 1;
    }
    None
}

/// With empty cells kept as empty lines, every row has as many lines as the head.
fn chunked(body: &[Row], fields: &[Option<Field>]) -> Option<Vec<Row>> {
    let operator = fields.iter().position(|field| *field == Some(Field::Operator))?;
    let is_row = |chunk: &&[Row]| chunk.len() == fields.len() && recover::anchor(text_of(&chunk[operator]));
    let count = body.chunks(fields.len()).take_while(is_row).count();
    let operators = body.iter().filter(|row| recover::anchor(text_of(row))).count();
    if count == 0 || count < operators {
        return None;
    }
    let (table, rest) = body.split_at(count * fields.len());
    let row = |chunk: &[Row]| Row {
        cells: chunk.iter().flat_map(|row| row.cells.clone()).collect(),
        line: chunk[0].line,
    };
    Some(table.chunks(fields.len()).map(row).chain(rest.iter().cloned()).collect())
}

/// With empty cells lost, a row is what stands around an operator: labels and the name before
/// it, the value and the long texts behind it.
fn anchored(body: &[Row], fields: &[Option<Field>]) -> Vec<Row> {
    let lines: Vec<&Row> = body.iter().filter(|row| !text_of(row).is_empty()).collect();
    let operators: Vec<usize> = (1..lines.len())
        .filter(|at| recover::anchor(text_of(lines[*at])) && !recover::anchor(text_of(lines[at - 1])))
        .collect();
    let mut starts: Vec<usize> = operators.iter().map(|at| start_of(&lines, *at)).collect();
    let foot = operators.last().map_or(0, |last| {
        let tail = lines[*last..].iter().position(|row| recover::is_labelled(text_of(row)));
        tail.map_or(lines.len(), |tail| last + tail)
    });
    starts.push(foot);
    let first = if operators.is_empty() { foot } else { starts[0] };
    let before = lines[..first].iter().map(|row| (*row).clone());
    let record = |(at, operator): (usize, &usize)| {
        record(&lines[starts[at]..starts[at + 1].max(*operator)], operator - starts[at], fields)
    };
    before
        .chain(operators.iter().enumerate().map(record))
        .chain(lines[foot..].iter().map(|row| (*row).clone()))
        .collect()
}

/// Where the row of this operator begins: its name, and at most three labels before.
fn start_of(lines: &[&Row], operator: usize) -> usize {
    let is_label = |row: &&&Row| is_class(text_of(row)) || recover::is_header_word(text_of(row));
    let labels = lines[..operator - 1].iter().rev().take(3).take_while(is_label).count();
    operator - 1 - labels
}

fn record(lines: &[&Row], operator: usize, fields: &[Option<Field>]) -> Row {
    let mut row =
        Row { cells: vec![Cell::default(); fields.len()], line: lines.first().map_or(0, |row| row.line) };
    let name = operator.saturating_sub(1);
    for label in lines.iter().take(name).map(|row| text_of(row)) {
        let level2 = taxonomy::level1(label).is_none() && taxonomy::level2(label, None).is_some();
        let level = if level2 { Field::Level2 } else { Field::Level1 };
        if is_class(label) {
            place(&mut row, fields, level, label);
        }
    }
    place(&mut row, fields, Field::Name, lines.get(name).map_or("", |row| text_of(row)));
    let mut rest = lines.iter().skip(operator).map(|row| text_of(row)).peekable();
    for field in [Field::Operator, Field::Value] {
        place(&mut row, fields, field, rest.next().unwrap_or_default());
    }
    if let Some(found) = rest.next_if(|text| unit::find(text).is_some()) {
        place(&mut row, fields, Field::Unit, found);
    }
    place(&mut row, fields, Field::Explanation, rest.next().unwrap_or_default());
    place(&mut row, fields, Field::Rule, &rest.collect::<Vec<_>>().join("\n"));
    row
}

/// Puts a text into the column of its field, or beside the table where it has none, so that it
/// is listed and not lost.
fn place(row: &mut Row, fields: &[Option<Field>], field: Field, text: &str) {
    match fields.iter().position(|other| *other == Some(field)).and_then(|at| row.cells.get_mut(at)) {
        Some(cell) => cell.text.push_str(text),
        None if text.is_empty() => {}
        None => row.cells.push(Cell::new(text)),
    }
}
