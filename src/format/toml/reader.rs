//! Statements as a form: which value means which field, and where it stands.

use smallvec::SmallVec;

use super::Limits;
use super::extent::Extent;
use super::layout::{Head, Home, Layout, RowPlace, Rows, Seat, Slot};
use super::meaning::{Meaning, meaning, table_of};
use super::syntax::{Data, Key, Kind, Pair, Path, Statement, Statements, Value};
use crate::form::field::{Field, Kind as FieldKind, Table};
use crate::form::{Form, Row, SCHEMA};

/// What the reader has to say about a place; [`super::fault`] makes sentences of it.
#[derive(Debug)]
pub(super) enum Remark {
    /// The schema is not an integer from 1 on.
    Schema,
    /// More rows than the limit.
    Rows,
    /// More bytes in a field than the limit.
    Long(Field, usize),
    /// Not one text, but an array or a table.
    WrongType(Field, &'static str),
    /// A table's name is used for something else.
    NoTable(Table, &'static str),
}

/// Remarks kept, and one more that says why the reading stopped.
const REMARKS: usize = 500;

/// What was read.
pub(super) struct Reading {
    pub(super) form: Form,
    pub(super) layout: Layout,
    pub(super) remarks: Vec<(Extent, Remark)>,
    pub(super) has_schema: bool,
}

/// Reads statements; those that `skip` names are left out, their headers still divide the text.
pub(super) fn read(
    text: &str,
    statements: Statements<'_>,
    skip: &dyn Fn(usize) -> bool,
    limits: &Limits,
) -> Reading {
    let mut reader = Reader { limits: *limits, ..Reader::default() };
    let mut section = Path::new();
    let mut heads: Vec<Head> = Vec::new();
    let (mut first, mut end) = (None, 0);
    for (at, Statement { kind, lines }) in statements.into_iter().enumerate() {
        let placed = match kind {
            Kind::Header { array, path, span } => {
                let placed = reader.header(&path, array, span, lines);
                let table = path.first().and_then(|key| table_of(&key.name));
                heads.push(Head { start: lines.start, bound: end, end, table, owner: reader.owner });
                section = path;
                placed
            }
            Kind::Pair(_) if skip(at) => false,
            Kind::Pair(pair) => reader.statement(&section, &pair, lines),
        };
        if placed && !skip(at) {
            reader.layout.place(lines);
        }
        if reader.too_much {
            break;
        }
        first.get_or_insert(lines.start());
        end = lines.end;
        if let Some(head) = heads.last_mut() {
            head.end = end;
        }
    }
    if !reader.too_much {
        let top = reader.schema_lines.map(Extent::end).or(first).unwrap_or(text.len());
        reader.layout.finish(text, &heads, top);
    }
    let form = reader.form.with_rows(reader.rows);
    let (layout, remarks) = (reader.layout, reader.remarks);
    Reading { form, layout, remarks, has_schema: reader.schema_lines.is_some() }
}

#[derive(Default)]
struct Reader {
    limits: Limits,
    form: Form,
    rows: Vec<Row>,
    layout: Layout,
    remarks: Vec<(Extent, Remark)>,
    /// The row whose section is being read.
    owner: Option<usize>,
    /// The lines of `schema`.
    schema_lines: Option<Extent>,
    too_much: bool,
}

/// The parts of a path.
type Names<'a> = SmallVec<[&'a str; 4]>;

/// How the pair that is being read is written.
#[derive(Clone, Copy)]
struct Way {
    home: Home,
    lines: Extent,
    row: Option<usize>,
}

impl Reader {
    fn remark(&mut self, place: Extent, remark: Remark) {
        if self.too_much || self.remarks.len() < REMARKS {
            self.remarks.push((place, remark));
        }
    }

    fn add_row(&mut self, place: Extent, header: Option<Extent>) -> usize {
        if self.rows.len() >= self.limits.rows {
            self.too_much = true;
            self.remark(place, Remark::Rows);
        }
        self.rows.push(Row::default());
        self.layout.rows.push(RowPlace { header, ..RowPlace::default() });
        self.rows.len() - 1
    }

    /// The row that dotted keys and sub-tables speak of; made where there is none.
    fn last_row(&mut self, place: Extent) -> usize {
        match self.rows.len().checked_sub(1) {
            Some(row) => row,
            None => {
                self.layout.rows_home = Rows::Closed;
                self.add_row(place, None)
            }
        }
    }

    fn header(&mut self, path: &[Key<'_>], array: bool, span: Extent, lines: Extent) -> bool {
        let names: Names<'_> = path.iter().map(|key| key.name.as_ref()).collect();
        self.owner = None;
        let is_row = names.first().and_then(|name| table_of(name)) == Some(Table::Indicator);
        let seat = Seat::Section { header: span, end: lines.end };
        match meaning(&names) {
            Meaning::Table(Table::Indicator) => {
                let row = self.add_row(span, Some(span));
                self.layout.rows_home = if array { Rows::Sections } else { Rows::Single };
                self.layout.put_seat(Some(row), Table::Indicator, seat);
                self.owner = Some(row);
                true
            }
            Meaning::Table(table) if array => self.no_table(table, span, "多个表（两层方括号）"),
            Meaning::Table(table) => {
                self.layout.put_first_seat(table, seat);
                true
            }
            Meaning::Field(table, field, _) | Meaning::Inside(table, field) => {
                self.owner = is_row.then(|| self.last_row(span));
                self.block(self.owner, table, field, span, "一个表");
                false
            }
            Meaning::Schema => self.bad_schema(span),
            Meaning::Unknown => {
                self.owner = is_row.then(|| self.last_row(span));
                false
            }
        }
    }

    fn no_table(&mut self, table: Table, place: Extent, what: &'static str) -> bool {
        self.layout.put_first_seat(table, Seat::Blocked { place });
        if table == Table::Indicator {
            self.layout.rows_home = Rows::Closed;
        }
        self.remark(place, Remark::NoTable(table, what));
        false
    }

    fn bad_schema(&mut self, place: Extent) -> bool {
        self.remark(place, Remark::Schema);
        false
    }

    fn statement(&mut self, section: &[Key<'_>], pair: &Pair<'_>, lines: Extent) -> bool {
        let path: Names<'_> = section.iter().chain(pair.path.iter()).map(|key| key.name.as_ref()).collect();
        let home = if pair.path.len() == 1 { Home::Section } else { Home::Dotted };
        let way = Way { home, lines, row: self.owner };
        // A section that the file calls `[[budget]]` is not the table `budget`.
        let blocked = |table| matches!(self.layout.seat(None, table), Some(Seat::Blocked { .. }));
        match meaning(&path) {
            Meaning::Field(table, ..) if home == Home::Section && blocked(table) => false,
            meaning => self.pair(meaning, &path, &pair.value, way),
        }
    }

    fn pair(&mut self, meaning: Meaning, path: &[&str], value: &Value<'_>, way: Way) -> bool {
        match meaning {
            Meaning::Schema => self.schema(value, way),
            Meaning::Field(table, field, alias) => self.field(table, field, alias, value, way),
            Meaning::Table(table) => self.table(table, path, value, way),
            Meaning::Inside(table, field) => {
                let row = self.row_of(table, way, value.span);
                self.block(row, table, field, value.span, "一个表");
                false
            }
            Meaning::Unknown => false,
        }
    }

    fn schema(&mut self, value: &Value<'_>, way: Way) -> bool {
        let number = match &value.data {
            Data::Bare(bare) => bare.parse::<i64>().ok().filter(|number| *number >= SCHEMA),
            _ => None,
        };
        let Some(number) = number else { return self.bad_schema(value.span) };
        self.form.schema = number;
        self.schema_lines = Some(way.lines);
        true
    }

    fn row_of(&mut self, table: Table, way: Way, place: Extent) -> Option<usize> {
        (table == Table::Indicator).then(|| way.row.unwrap_or_else(|| self.last_row(place)))
    }

    fn field(&mut self, table: Table, field: Field, alias: bool, value: &Value<'_>, way: Way) -> bool {
        let row = self.row_of(table, way, value.span);
        if self.layout.slot(row, field).is_some_and(|slot| alias || !slot.alias) {
            return false;
        }
        let text = match text_of(field, &value.data) {
            Ok(text) => text,
            Err(what) => {
                self.block_value(row, field, value, way, what);
                return false;
            }
        };
        if text.len() > self.limits.field_bytes {
            self.too_much = true;
            self.remark(value.span, Remark::Long(field, text.len()));
        }
        self.seat_dotted(row, table, field, way);
        self.set(row, field, text);
        let slot = Slot { value: value.span, home: way.home, alias };
        self.layout.put(row, field, slot);
        true
    }

    fn set(&mut self, row: Option<usize>, field: Field, text: String) {
        match row.and_then(|row| self.rows.get_mut(row)) {
            Some(row) => {
                if let Some(slot) = row.text_mut(field) {
                    *slot = text;
                }
            }
            None => self.form.set_while_reading(field, text),
        }
    }

    /// A dotted key shows how another one is written.
    fn seat_dotted(&mut self, row: Option<usize>, table: Table, field: Field, way: Way) {
        if way.home == Home::Dotted && table != Table::Root && field.info().table == table {
            let seat = Seat::Dotted { end: way.lines.end };
            self.layout.put_seat(row, table, seat);
        }
    }

    /// A value of a wrong type is kept; a change of the field replaces it.
    fn block_value(
        &mut self,
        row: Option<usize>,
        field: Field,
        value: &Value<'_>,
        way: Way,
        what: &'static str,
    ) {
        let slot = Slot { value: value.span, home: way.home, alias: false };
        self.layout.put(row, field, slot);
        self.remark(value.span, Remark::WrongType(field, what));
    }

    fn block(&mut self, row: Option<usize>, table: Table, field: Field, place: Extent, what: &'static str) {
        let row = row.filter(|_| table == Table::Indicator);
        if self.layout.slot(row, field).is_some() {
            return;
        }
        let slot = Slot { value: place, home: Home::Blocked, alias: false };
        self.layout.put(row, field, slot);
        self.remark(place, Remark::WrongType(field, what));
    }

    fn table(&mut self, table: Table, path: &[&str], value: &Value<'_>, way: Way) -> bool {
        match &value.data {
            Data::Table(pairs) => {
                let row = (table == Table::Indicator).then(|| {
                    self.layout.rows_home = Rows::Closed;
                    self.add_row(value.span, None)
                });
                self.inline(table, path, pairs, value.span, Way { row, ..way })
            }
            Data::Array(items) if table == Table::Indicator => {
                self.layout.rows_home = Rows::Closed;
                let placed = items.iter().filter(|item| self.item(path, item, way));
                placed.count() == items.len()
            }
            data => self.no_table(table, value.span, what(data)),
        }
    }

    /// An element of `indicator = […]`.
    fn item(&mut self, path: &[&str], item: &Value<'_>, way: Way) -> bool {
        if self.too_much {
            return false;
        }
        let Data::Table(pairs) = &item.data else {
            self.remark(item.span, Remark::NoTable(Table::Indicator, what(&item.data)));
            return false;
        };
        let row = Some(self.add_row(item.span, None));
        self.inline(Table::Indicator, path, pairs, item.span, Way { row, ..way })
    }

    fn inline(&mut self, table: Table, path: &[&str], pairs: &[Pair<'_>], braces: Extent, way: Way) -> bool {
        let last = pairs.last().map(|pair| pair.value.span.end);
        let seat = Seat::Inline { braces, last };
        self.layout.put_seat(way.row, table, seat);
        let mut placed = true;
        for pair in pairs {
            let inner: Names<'_> =
                path.iter().copied().chain(pair.path.iter().map(|key| key.name.as_ref())).collect();
            placed &= self.pair(meaning(&inner), &inner, &pair.value, Way { home: Home::Inline, ..way });
        }
        placed
    }
}

/// A value as the text of a field, or what it is instead.
fn text_of(field: Field, data: &Data<'_>) -> Result<String, &'static str> {
    match data {
        Data::Text(text) | Data::Bare(text) => Ok(text.to_string()),
        Data::Array(items) if field.info().kind == FieldKind::List => {
            let entry = |item: &Value<'_>| match &item.data {
                Data::Text(text) | Data::Bare(text) => Ok(text.to_string()),
                data => Err(what(data)),
            };
            let entries: Result<Vec<String>, _> = items.iter().map(entry).collect();
            Ok(entries?.join("\n"))
        }
        data => Err(what(data)),
    }
}

fn what(data: &Data<'_>) -> &'static str {
    match data {
        Data::Text(_) => "一段文字",
        Data::Bare(_) => "一个值",
        Data::Array(_) => "一个数组",
        Data::Table(_) => "一个表",
    }
}
