//! A changed form in the bytes of its source: only what changed is written.

use std::collections::HashSet;
use std::ops::Range;

use super::canonical;
use super::extent::Extent;
use super::layout::{Home, Rows, Seat, Slot};
use super::literal::{self, Style};
use super::source::Source;
use super::syntax::whole_lines;
use crate::form::field::{Field, Kind, Table};
use crate::form::{Form, Indicator, Row};

/// A text in place of a range.
#[derive(Debug)]
struct Patch {
    range: Range<usize>,
    text: String,
}

/// The source's text with the form's changes; `None` where a change has no place in it.
pub(super) fn splice(form: &Form, source: &Source) -> Option<String> {
    if !source.file.whole || form.schema != source.file.form.schema {
        return None;
    }
    let splicer = Splicer { form, source, newline: source.newline() };
    let mut patches = Vec::new();
    for table in Table::ALL {
        match table {
            Table::Indicator => splicer.rows(&mut patches)?,
            _ => patches.extend(splicer.table(table, None)?),
        }
    }
    Some(apply(source.text(), 0..source.text().len(), patches))
}

/// Carries patches out within a part of the text.
fn apply(text: &str, part: Range<usize>, mut patches: Vec<Patch>) -> String {
    patches.sort_by_key(|patch| patch.range.start);
    let mut out = String::with_capacity(part.len() + 64);
    let mut at = part.start;
    for patch in patches {
        out.push_str(text.get(at..patch.range.start).unwrap_or_default());
        out.push_str(&patch.text);
        at = patch.range.end.max(at);
    }
    out.push_str(text.get(at..part.end).unwrap_or_default());
    out
}

/// A row that stays in its place, and the rows that now follow it.
struct Follow<'a> {
    at: usize,
    row: &'a Indicator,
    bodies: Vec<String>,
}

struct Splicer<'a> {
    form: &'a Form,
    source: &'a Source,
    newline: &'static str,
}

impl<'a> Splicer<'a> {
    fn text(&self) -> &'a str {
        self.source.text()
    }

    fn text_of(&self, row: Option<&'a Indicator>, field: Field) -> &'a str {
        match row {
            Some(row) => row.text(field),
            None => self.form.text(field),
        }
        .map_or("", String::as_str)
    }

    /// The changes of one table; `row` is the row of the form and its position in the file.
    fn table(&self, table: Table, row: Option<(&'a Indicator, usize)>) -> Option<Vec<Patch>> {
        let at = row.map(|(_, at)| at);
        let mut patches = Vec::new();
        let mut missing = Vec::new();
        for field in Field::of(table) {
            let text = self.text_of(row.map(|(row, _)| row), field);
            if text == self.source.read_text(at, field) {
                continue;
            }
            match self.source.slot(at, field) {
                Some(slot) if slot.home == Home::Blocked => return None,
                Some(slot) => patches.push(self.replace(slot, field, text)),
                None => missing.push((field, text)),
            }
        }
        if !missing.is_empty() {
            patches.extend(self.insert(table, at, &missing)?);
        }
        Some(patches)
    }

    fn replace(&self, slot: &Slot, field: Field, text: &str) -> Patch {
        let raw = &self.text()[slot.value.range()];
        let comments = literal::comments(raw);
        let style = Style {
            newline: self.newline,
            inline: slot.home == Home::Inline,
            lead: literal::has_lead(raw),
            comments: &comments,
        };
        let mut text = literal::value(field.info().kind, text, style);
        if field.info().kind != Kind::List {
            comments.iter().for_each(|comment| text.extend([" ", comment]));
        }
        Patch { range: slot.value.range(), text }
    }

    /// Fields that are not in the file yet, each after the one before it in the table of fields.
    fn insert(&self, table: Table, row: Option<usize>, missing: &[(Field, &str)]) -> Option<Vec<Patch>> {
        match self.source.file.layout.seat(row, table) {
            Some(Seat::Section { end, .. }) => {
                let one = |(field, text): &(Field, &str)| self.line_after(row, *field, text, end as usize);
                Some(missing.iter().map(one).collect())
            }
            Some(Seat::Dotted { end }) => {
                let prefix = format!("{}.", table.key());
                let one = |(field, text): &(Field, &str)| self.line(end as usize, &prefix, *field, text);
                Some(missing.iter().map(one).collect())
            }
            Some(Seat::Inline { braces, last }) => Some(vec![self.in_braces(braces, last, missing)]),
            Some(Seat::Blocked { .. }) => None,
            None if table == Table::Indicator => None,
            None => Some(vec![self.new_table(table, missing)]),
        }
    }

    fn line_after(&self, row: Option<usize>, field: Field, text: &str, top: usize) -> Patch {
        let before = Field::of(field.info().table).take_while(|known| *known != field);
        let slots = before.filter_map(|known| self.source.slot(row, known));
        let anchor = slots.filter(|slot| slot.home == Home::Section).last();
        let end = |slot: &Slot| whole_lines(self.text(), slot.value.range()).end;
        self.line(anchor.map_or(top, end), "", field, text)
    }

    fn line(&self, at: usize, prefix: &str, field: Field, text: &str) -> Patch {
        let line = canonical::pair(prefix, field, text, Style::canonical(self.newline));
        Patch { range: at..at, text: self.fresh_line(at) + &line }
    }

    /// A line end where the text before has none.
    fn fresh_line(&self, at: usize) -> String {
        match self.text()[..at].is_empty() || self.text()[..at].ends_with('\n') {
            true => String::new(),
            false => self.newline.to_owned(),
        }
    }

    fn in_braces(&self, braces: Extent, last: Option<u32>, missing: &[(Field, &str)]) -> Patch {
        let style = Style { inline: true, ..Style::canonical(self.newline) };
        let one = |(field, text): &(Field, &str)| {
            format!("{} = {}", field.info().key, literal::value(field.info().kind, text, style))
        };
        let pairs: Vec<String> = missing.iter().map(one).collect();
        let pairs = pairs.join(", ");
        let (at, text) = match last {
            Some(at) => (at as usize, format!(", {pairs}")),
            None => (braces.start() + 1, format!(" {pairs} ")),
        };
        Patch { range: at..at, text }
    }

    fn new_table(&self, table: Table, missing: &[(Field, &str)]) -> Patch {
        let style = Style::canonical(self.newline);
        let pairs: String =
            missing.iter().map(|(field, text)| canonical::pair("", *field, text, style)).collect();
        self.block(self.block_place(table), format!("[{}]{}{pairs}", table.key(), self.newline))
    }

    /// Where a block of a table begins: before the first block of a table that comes later in
    /// the canonical file, or at the end.
    fn block_place(&self, table: Table) -> usize {
        let later = Table::ALL.into_iter().skip_while(|known| *known != table).skip(1);
        let starts = later.filter_map(|table| self.source.file.layout.blocks.get(&table));
        starts.min().copied().unwrap_or(self.text().len())
    }

    /// A block of its own, with a blank line to its neighbours.
    fn block(&self, at: usize, block: String) -> Patch {
        let text = match at == self.text().len() {
            true => format!("{}{}{block}", self.fresh_line(at), self.newline),
            false => format!("{block}{}", self.newline),
        };
        Patch { range: at..at, text }
    }

    /// All rows: those that keep their order stay where they are, the others follow the row
    /// that they follow in the form.
    fn rows(&self, patches: &mut Vec<Patch>) -> Option<()> {
        let rows = &self.form.indicators;
        if rows.iter().map(|row| row.id).eq(self.source.ids.iter().copied()) {
            for (at, row) in rows.iter().enumerate() {
                patches.extend(self.table(Table::Indicator, Some((row, at)))?);
            }
            return Some(());
        }
        if self.source.file.layout.rows_home == Rows::Closed {
            return None;
        }
        self.reorder(patches)
    }

    fn reorder(&self, patches: &mut Vec<Patch>) -> Option<()> {
        let mut seen = HashSet::new();
        let place = |row: &Indicator| self.source.row(row.id);
        let places: Vec<Option<usize>> =
            self.form.indicators.iter().map(|row| place(row).filter(|at| seen.insert(*at))).collect();
        let staying: HashSet<usize> = longest_ascending(&places).into_iter().collect();
        let mut waiting = Vec::new();
        let mut following: Vec<Follow> = Vec::new();
        for (row, place) in self.form.indicators.iter().zip(&places) {
            match (place.filter(|at| staying.contains(at)), following.last_mut()) {
                (Some(at), _) => following.push(Follow { at, row, bodies: Vec::new() }),
                (None, Some(last)) => last.bodies.push(self.body(row, *place)?),
                (None, None) => waiting.push(self.body(row, *place)?),
            }
        }
        self.before(following.first().map(|follow| follow.at), waiting, patches);
        for follow in following {
            self.keep(follow.at, follow.row, patches)?;
            self.after(follow.at, follow.bodies, patches);
        }
        let leaving = (0..self.source.ids.len()).filter(|at| !staying.contains(at));
        leaving.for_each(|at| self.cut(at, patches));
        Some(())
    }

    /// A row that stays: its changes, in place.
    fn keep(&self, at: usize, row: &'a Indicator, patches: &mut Vec<Patch>) -> Option<()> {
        patches.extend(self.table(Table::Indicator, Some((row, at)))?);
        patches.extend(self.double_brackets(at));
        Some(())
    }

    /// A single `[indicator]` becomes `[[indicator]]` when the rows change.
    fn double_brackets(&self, at: usize) -> Option<Patch> {
        let header = self.source.file.layout.rows.get(at)?.header?.range();
        (self.source.file.layout.rows_home == Rows::Single).then(|| {
            let text = format!("[{}]", &self.text()[header.clone()]);
            Patch { range: header, text }
        })
    }

    /// A row that is new here: moved with all that belongs to it, or brought back, or fresh.
    fn body(&self, row: &'a Row, place: Option<usize>) -> Option<String> {
        let body = match (place, self.source.removed.get(&row.id)) {
            (Some(at), _) => self.moved(row, at)?,
            (None, Some(grave)) => revive(row, grave).unwrap_or_else(|| canonical::row(row, self.newline)),
            (None, None) => canonical::row(row, self.newline),
        };
        Some(if body.ends_with('\n') { body } else { body + self.newline })
    }

    /// Where a row of the file stands.
    fn parts(&self, at: usize) -> impl Iterator<Item = Range<usize>> {
        self.source.file.layout.rows[at].parts.iter().map(|part| part.range())
    }

    fn moved(&self, row: &'a Indicator, at: usize) -> Option<String> {
        let mut patches = self.table(Table::Indicator, Some((row, at)))?;
        patches.extend(self.double_brackets(at));
        let mut body = String::new();
        for part in self.parts(at) {
            let inside = |patch: &Patch| part.start <= patch.range.start && patch.range.end <= part.end;
            let (mine, others) = patches.into_iter().partition(inside);
            patches = others;
            if !body.is_empty() && !body.ends_with('\n') {
                body.push_str(self.newline);
            }
            body.push_str(&apply(self.text(), part, mine));
        }
        Some(body)
    }

    fn before(&self, first: Option<usize>, bodies: Vec<String>, patches: &mut Vec<Patch>) {
        let start = |at: usize| self.parts(at).next().map(|part| part.start);
        let first = first.or_else(|| (!self.source.ids.is_empty()).then_some(0));
        let at = first.and_then(start).unwrap_or_else(|| self.block_place(Table::Indicator));
        patches.extend(bodies.into_iter().map(|body| self.block(at, body)));
    }

    fn after(&self, at: usize, bodies: Vec<String>, patches: &mut Vec<Patch>) {
        let Some(part) = self.parts(at).last() else { return };
        let mut text = if bodies.is_empty() { String::new() } else { self.fresh_line(part.end) };
        bodies.iter().for_each(|body| text.extend([self.newline, body]));
        patches.push(Patch { range: part.end..part.end, text });
    }

    /// Takes a row out, with the blank lines after it, or before it where it is the last thing.
    fn cut(&self, at: usize, patches: &mut Vec<Patch>) {
        for mut range in self.parts(at) {
            range.end += blank_lines(&self.text()[range.end..]);
            if range.end == self.text().len() {
                let kept = self.text()[..range.start].trim_end().len();
                range.start = kept + line_end(&self.text()[kept..range.start]);
            }
            patches.push(Patch { range, text: String::new() });
        }
    }
}

/// Length of the blank lines a text begins with.
fn blank_lines(text: &str) -> usize {
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty() && line.ends_with('\n'));
    blank.map(str::len).sum()
}

/// Length of the rest of a line with its end.
fn line_end(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// The row as it was before a save took it out, with its changes since.
fn revive(row: &Row, grave: &Source) -> Option<String> {
    let mut form = grave.file.form.clone();
    form.indicators = vec![row.clone()];
    splice(&form, grave)
}

/// Each row as a file of its own.
pub(super) fn part_text(source: &Source, at: usize) -> Option<String> {
    let place = source.file.layout.rows.get(at).filter(|place| place.header.is_some())?;
    let parts = place.parts.iter().map(|part| source.text().get(part.range()).unwrap_or_default());
    let lines = parts.map(|part| part.trim_end_matches(['\r', '\n']).to_owned() + source.newline());
    Some(lines.collect())
}

/// The values of a longest ascending subsequence.
fn longest_ascending(places: &[Option<usize>]) -> Vec<usize> {
    let known: Vec<usize> = places.iter().flatten().copied().collect();
    // tails[n]: index of the smallest value that ends an ascending run of n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![None; known.len()];
    for (at, value) in known.iter().enumerate() {
        let run = tails.partition_point(|tail| known[*tail] < *value);
        before[at] = run.checked_sub(1).map(|shorter| tails[shorter]);
        match tails.get_mut(run) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut run = Vec::new();
    let mut at = tails.last().copied();
    while let Some(index) = at {
        run.push(known[index]);
        at = before[index];
    }
    run
}
