//! The tables of the sheet: found by their head rows, read row by row, the indicator table chosen.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::header::Header;
use super::look::anchor;
use super::row::{self, Classes, Draft, Kind};
use super::sheet::{Sheet, SheetRow};
use super::{Note, around};
use crate::form::field::Field;
use crate::text;
use crate::vocabulary::{operator::Operator, taxonomy};

/// The indicator table as read.
pub(super) struct Reading {
    pub(super) drafts: Vec<Draft>,
    /// Position of the head row, or of the end where there is no table.
    pub(super) first_row: usize,
}

/// A head row, or several equal ones, with what stands below.
struct Region {
    header: Header,
    head_rows: Vec<usize>,
    start: usize,
    end: usize,
    /// The texts of the title and what stands between it and the head row.
    heading: HashSet<String>,
    /// What the head row calls the table: 长期绩效指标, 年度绩效指标.
    label: String,
}

/// A region as read.
#[derive(Default)]
struct Table {
    drafts: Vec<Draft>,
    notes: Vec<Note>,
    /// Rows that belong to the table.
    rows: Vec<usize>,
    /// Class labels of rows without an indicator, which hold for the next one.
    carried: Classes,
}

/// Finds and reads the indicator table.
pub(super) fn read(sheet: &mut Sheet, notes: &mut Vec<Note>) -> Reading {
    let regions = regions(sheet);
    if regions.is_empty() {
        return without_header(sheet, notes);
    }
    let mut tables: Vec<Table> = regions.iter().map(|region| table(sheet, region)).collect();
    let worth = |at: &usize| {
        let (region, count) = (&regions[*at], tables[*at].drafts.len());
        (count > 0, !region.is_long_term(), region.is_of_whole_unit(), count, Reverse(*at))
    };
    let main = (0..tables.len()).max_by_key(worth).unwrap_or_default();
    for (at, other) in tables.iter().enumerate().filter(|(at, _)| *at != main) {
        leave_out(sheet, &regions[at], other, notes);
    }
    let main_table = tables.swap_remove(main);
    notes.extend(main_table.notes);
    Reading { drafts: main_table.drafts, first_row: regions[main].start }
}

fn regions(sheet: &Sheet) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut at = 0;
    let mut title = Some(0);
    while at < sheet.rows.len() {
        let row = &sheet.rows[at];
        let Some(mut header) = Header::of(row) else {
            title = title.or_else(|| around::starts_a_form(row).then_some(at));
            at += 1;
            continue;
        };
        let label = header.label(row);
        let mut head_rows = vec![at];
        if sheet.rows.get(at + 1).is_some_and(|next| header.overlay(next)) {
            head_rows.push(at + 1);
        }
        let start = at;
        at += head_rows.len();
        header.refine(&sheet.rows[at..]);
        let heading = heading(&sheet.rows[title.take().unwrap_or(start)..start]);
        match regions.last_mut() {
            Some(last) if last.goes_on_with(&header, &heading, &label) => last.head_rows.extend(head_rows),
            _ => regions.push(Region { header, head_rows, start, end: 0, heading, label }),
        }
    }
    let ends: Vec<usize> = regions.iter().skip(1).map(|next| next.start).chain([sheet.rows.len()]).collect();
    for (region, end) in regions.iter_mut().zip(ends) {
        region.end = end;
    }
    regions
}

/// The texts between a title and its table, without the marks of a page.
fn heading(rows: &[SheetRow]) -> HashSet<String> {
    const LONGEST: usize = 240;
    let texts =
        rows.iter().flat_map(SheetRow::filled).map(|(_, text)| text).filter(|text| text.len() <= LONGEST);
    let bare =
        |typed: &str| text::compact(typed).replace("(续表)", "").replace("(续)", "").replace("续表", "");
    texts.map(bare).collect()
}

impl Region {
    /// Whether a head row below is that of the same table on its next page: nothing new above it.
    fn goes_on_with(&self, header: &Header, heading: &HashSet<String>, label: &str) -> bool {
        self.header == *header
            && heading.is_subset(&self.heading)
            && (label.is_empty() || label == self.label)
    }

    /// A table of years to come stands beside the one of the year.
    fn is_long_term(&self) -> bool {
        self.label.contains("长期") || self.label.contains("中期")
    }

    /// The form of the whole unit goes before those of its projects.
    fn is_of_whole_unit(&self) -> bool {
        self.heading.iter().any(|text| text.contains("整体") && text.contains('表'))
    }
}

fn table(sheet: &mut Sheet, region: &Region) -> Table {
    let mut table = Table::default();
    for at in region.start..region.end {
        let row = &mut sheet.rows[at];
        match region.head_rows.binary_search(&at).is_ok() {
            true => take_head(row, &mut table, at),
            false => table.row(row, at, &region.header, false),
        }
    }
    table.finish(&region.header);
    table
}

/// Consumes the words of a head row; anything else in it is left to be listed.
fn take_head(row: &mut SheetRow, table: &mut Table, at: usize) {
    let words: Vec<usize> =
        row.filled().filter(|(_, text)| super::is_header_word(text)).map(|(column, _)| column).collect();
    for column in words {
        row.take(column);
    }
    row.of_table = true;
    table.rows.push(at);
}

impl Table {
    fn row(&mut self, row: &mut SheetRow, at: usize, header: &Header, strict: bool) {
        match row::read(row, header, self.drafts.last(), strict, &mut self.notes) {
            Kind::Indicator(mut draft) => match self.drafts.last_mut() {
                Some(above) if draft.continues(above) => above.append(&draft, &mut self.notes),
                _ => {
                    self.hand_on(&mut draft.classes);
                    self.drafts.push(*draft);
                }
            },
            Kind::Labels(classes) => self.carry(classes),
            Kind::Nothing => {}
            Kind::Foreign => return,
        }
        row.of_table = true;
        self.rows.push(at);
    }

    /// Class labels of rows before hold for this row where it has none.
    fn hand_on(&mut self, classes: &mut Classes) {
        let class =
            |typed: &str| taxonomy::level1(typed).map_or(typed.to_owned(), |class| class.name.to_owned());
        let is_other =
            |carried: &String| classes.level1.as_ref().is_some_and(|own| class(own) != class(carried));
        if self.carried.level1.as_ref().is_some_and(is_other) {
            return self.drop_carried();
        }
        let level1 = self.carried.level1.take();
        // The heading above may also hold points, which are to be noted.
        classes.level1 = level1
            .filter(|carried| carried.len() > classes.level1.as_ref().map_or(0, String::len))
            .or(classes.level1.take());
        if classes.level2.is_none() {
            classes.level2 = self.carried.level2.take();
        }
        self.drop_carried();
    }

    fn carry(&mut self, classes: Classes) {
        if classes.level1.is_some() {
            self.drop_carried();
            self.carried = classes;
        } else if classes.level2.is_some() {
            if self.carried.level2.is_some() {
                let level1 = self.carried.level1.clone();
                self.drop_carried();
                self.carried.level1 = level1;
            }
            self.carried = Classes { level1: self.carried.level1.take(), ..classes };
        }
    }

    /// Notes class labels under which no indicator stood.
    fn drop_carried(&mut self) {
        let carried = std::mem::take(&mut self.carried);
        let labels: Vec<String> = [carried.level1, carried.level2].into_iter().flatten().collect();
        if !labels.is_empty() {
            let message = format!("分类“{}”下没有指标", labels.join(" "));
            self.notes.push(Note::new("empty-row", carried.line, message));
        }
    }

    fn finish(&mut self, header: &Header) {
        self.drop_carried();
        let scored = self.drafts.iter().any(|draft| !draft.indicator.manual_score.is_empty());
        if scored && header.column(Field::ManualScore).is_some() {
            let line = self.drafts.first().map(|draft| draft.provenance.line);
            let message = "得分一列放进了评定得分，只对没有公式的指标起作用，其余由程序计算";
            self.notes.push(Note::new("score-column", line, message));
        }
    }
}

/// A table that is not the one of the form: one note that names its rows.
fn leave_out(sheet: &mut Sheet, region: &Region, table: &Table, notes: &mut Vec<Note>) {
    for at in &table.rows {
        sheet.rows[*at].take_all();
    }
    let first = sheet.rows[region.start].line;
    let last = table.rows.last().map_or(first, |at| sheet.rows[*at].line);
    let count = table.drafts.len();
    let message = format!("第{first}行至第{last}行是另一张表（{count}行数据），没有带入");
    notes.push(Note::new("other-table", first, message));
}

/// Rows without a head row, as pasted from the middle of a table: the printed order of columns,
/// and only rows that show their operator or value.
fn without_header(sheet: &mut Sheet, notes: &mut Vec<Note>) -> Reading {
    let (printed, glued) = (Header::printed(), Header::glued());
    let mut table = Table::default();
    let shown = (0..sheet.rows.len()).find_map(|at| Some((at, Header::of_content(&sheet.rows[at])?)));
    let (start, shown) = shown.map_or((sheet.rows.len(), None), |(at, header)| (at, Some(header)));
    let value = shown.as_ref().and_then(|header| header.column(Field::Value));
    let is_in_line = |row: &SheetRow| value.is_some_and(|value| !row.text(value).is_empty());
    let end = start + sheet.rows[start..].iter().take_while(|row| is_in_line(row)).count();
    for at in 0..sheet.rows.len() {
        let row = &mut sheet.rows[at];
        if let Some(header) = shown.as_ref().filter(|_| (start..end).contains(&at)) {
            table.row(row, at, header, false);
        } else if row.filled().any(|(_, text)| anchor(text)) {
            table.row(row, at, &printed, true);
        } else if row.filled().count() > 1 && row.filled().any(|(_, text)| is_signed(text)) {
            table.row(row, at, &glued, true);
        }
    }
    table.finish(&printed);
    let first_row = table.drafts.first().map(|draft| draft.provenance.line);
    if first_row.is_some() {
        notes.push(Note::new("no-header", first_row, "没有找到表头，按印制表的列序读取，请核对各列"));
    }
    notes.extend(table.notes);
    Reading { drafts: table.drafts, first_row: table.rows.first().copied().unwrap_or(sheet.rows.len()) }
}

fn is_signed(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.len() <= LONGEST && Operator::split_prefix(text).is_some()
}
