//! Statements as a form: which value means which field, and where it stands.

use std::ops::Range;

use super::Limits;
use super::layout::{Home, Layout, RowPlace, Rows, Seat, Slot};
use super::meaning::{Meaning, meaning, table_of};
use super::syntax::{Data, Key, Kind, Pair, Statement, Value};
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
    pub(super) remarks: Vec<(Range<usize>, Remark)>,
    pub(super) has_schema: bool,
}

/// Reads statements; those that `skip` names are left out, their headers still divide the text.
pub(super) fn read(
    text: &str,
    statements: &[Statement<'_>],
    skip: &dyn Fn(usize) -> bool,
    limits: &Limits,
) -> Reading {
    let mut reader = Reader { limits: *limits, ..Reader::default() };
    let mut section: &[Key<'_>] = &[];
    let mut owners = Vec::with_capacity(statements.len());
    for (at, statement) in statements.iter().enumerate() {
        let placed = match &statement.kind {
            Kind::Header { array, path, span } => {
                section = path;
                reader.header(path, *array, span.clone(), statement.lines.clone())
            }
            Kind::Pair(_) if skip(at) => false,
            Kind::Pair(pair) => reader.statement(section, pair, statement.lines.clone()),
        };
        owners.push(reader.owner);
        if placed && !skip(at) {
            reader.layout.placed.push((&statement.lines).into());
        }
        if reader.too_much {
            break;
        }
    }
    if !reader.too_much {
        reader.layout.finish(text, statements, &owners, reader.schema_end);
    }
    let form = reader.form.with_rows(reader.rows);
    let (layout, remarks) = (reader.layout, reader.remarks);
    Reading { form, layout, remarks, has_schema: reader.schema_end.is_some() }
}

#[derive(Default)]
struct Reader {
    limits: Limits,
    form: Form,
    rows: Vec<Row>,
    layout: Layout,
    remarks: Vec<(Range<usize>, Remark)>,
    /// The row whose section is being read.
    owner: Option<usize>,
    schema_end: Option<usize>,
    too_much: bool,
}

/// How the pair that is being read is written.
#[derive(Clone)]
struct Way {
    home: Home,
    lines: Range<usize>,
    row: Option<usize>,
}

impl Reader {
    fn remark(&mut self, place: Range<usize>, remark: Remark) {
        if self.too_much || self.remarks.len() < REMARKS {
            self.remarks.push((place, remark));
        }
    }

    fn add_row(&mut self, place: Range<usize>, header: Option<Range<usize>>) -> usize {
        if self.rows.len() >= self.limits.rows {
            self.too_much = true;
            self.remark(place, Remark::Rows);
        }
        self.rows.push(Row::default());
        self.layout.rows.push(RowPlace { parts: Vec::new(), header });
        self.rows.len() - 1
    }

    /// The row that dotted keys and sub-tables speak of; made where there is none.
    fn last_row(&mut self, place: &Range<usize>) -> usize {
        match self.rows.len().checked_sub(1) {
            Some(row) => row,
            None => {
                self.layout.rows_home = Rows::Closed;
                self.add_row(place.clone(), None)
            }
        }
    }

    fn header(&mut self, path: &[Key<'_>], array: bool, span: Range<usize>, lines: Range<usize>) -> bool {
        let names: Vec<&str> = path.iter().map(|key| key.name.as_ref()).collect();
        self.owner = None;
        let is_row = names.first().and_then(|name| table_of(name)) == Some(Table::Indicator);
        let seat = Seat::Section { header: span.clone(), end: lines.end };
        match meaning(&names) {
            Meaning::Table(Table::Indicator) => {
                let row = self.add_row(span.clone(), Some(span));
                self.layout.rows_home = if array { Rows::Sections } else { Rows::Single };
                self.layout.seats.insert((Some(row), Table::Indicator), seat);
                self.owner = Some(row);
                true
            }
            Meaning::Table(table) if array => self.no_table(table, span, "多个表（两层方括号）"),
            Meaning::Table(table) => {
                self.layout.seats.entry((None, table)).or_insert(seat);
                true
            }
            Meaning::Field(table, field, _) | Meaning::Inside(table, field) => {
                self.owner = is_row.then(|| self.last_row(&span));
                self.block(self.owner, table, field, span, lines, "一个表");
                false
            }
            Meaning::Schema => self.bad_schema(span),
            Meaning::Unknown => {
                self.owner = is_row.then(|| self.last_row(&span));
                false
            }
        }
    }

    fn no_table(&mut self, table: Table, place: Range<usize>, what: &'static str) -> bool {
        self.layout.seats.entry((None, table)).or_insert(Seat::Blocked { place: place.clone() });
        if table == Table::Indicator {
            self.layout.rows_home = Rows::Closed;
        }
        self.remark(place, Remark::NoTable(table, what));
        false
    }

    fn bad_schema(&mut self, place: Range<usize>) -> bool {
        self.remark(place, Remark::Schema);
        false
    }

    fn statement(&mut self, section: &[Key<'_>], pair: &Pair<'_>, lines: Range<usize>) -> bool {
        let parts = section.iter().chain(&pair.path).map(|key| key.name.as_ref());
        let path: Vec<&str> = parts.collect();
        let home = if pair.path.len() == 1 { Home::Section } else { Home::Dotted };
        let way = Way { home, lines, row: self.owner };
        // A section that the file calls `[[budget]]` is not the table `budget`.
        let blocked = |table| matches!(self.layout.seats.get(&(None, table)), Some(Seat::Blocked { .. }));
        match meaning(&path) {
            Meaning::Field(table, ..) if home == Home::Section && blocked(table) => false,
            _ => self.pair(&path, &pair.value, way),
        }
    }

    fn pair(&mut self, path: &[&str], value: &Value<'_>, way: Way) -> bool {
        match meaning(path) {
            Meaning::Schema => self.schema(value, way),
            Meaning::Field(table, field, alias) => self.field(table, field, alias, value, way),
            Meaning::Table(table) => self.table(table, path, value, way),
            Meaning::Inside(table, field) => {
                let row = self.row_of(table, &way, &value.span);
                self.block(row, table, field, value.span.clone(), way.lines, "一个表");
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
        let Some(number) = number else { return self.bad_schema(value.span.clone()) };
        self.form.schema = number;
        self.schema_end = Some(way.lines.end);
        true
    }

    fn row_of(&mut self, table: Table, way: &Way, place: &Range<usize>) -> Option<usize> {
        (table == Table::Indicator).then(|| way.row.unwrap_or_else(|| self.last_row(place)))
    }

    fn field(&mut self, table: Table, field: Field, alias: bool, value: &Value<'_>, way: Way) -> bool {
        let row = self.row_of(table, &way, &value.span);
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
            self.remark(value.span.clone(), Remark::Long(field, text.len()));
        }
        self.seat_dotted(row, table, field, &way);
        self.set(row, field, text);
        let slot = Slot { value: (&value.span).into(), lines: (&way.lines).into(), home: way.home, alias };
        self.layout.put(row, field, slot);
        true
    }

    fn set(&mut self, row: Option<usize>, field: Field, text: String) {
        match row.and_then(|row| self.rows.get_mut(row)) {
            Some(row) => row.text_mut(field).into_iter().for_each(|slot| slot.clone_from(&text)),
            None => self.form.set_while_reading(field, text),
        }
    }

    /// A dotted key shows how another one is written.
    fn seat_dotted(&mut self, row: Option<usize>, table: Table, field: Field, way: &Way) {
        if way.home == Home::Dotted && table != Table::Root && field.info().table == table {
            let seat = Seat::Dotted { prefix: format!("{}.", table.key()), end: way.lines.end };
            self.layout.seats.insert((row, table), seat);
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
        let slot =
            Slot { value: (&value.span).into(), lines: (&way.lines).into(), home: way.home, alias: false };
        self.layout.put(row, field, slot);
        self.remark(value.span.clone(), Remark::WrongType(field, what));
    }

    fn block(
        &mut self,
        row: Option<usize>,
        table: Table,
        field: Field,
        place: Range<usize>,
        lines: Range<usize>,
        what: &'static str,
    ) {
        let row = row.filter(|_| table == Table::Indicator);
        if self.layout.slot(row, field).is_some() {
            return;
        }
        let slot = Slot { value: (&place).into(), lines: (&lines).into(), home: Home::Blocked, alias: false };
        self.layout.put(row, field, slot);
        self.remark(place, Remark::WrongType(field, what));
    }

    fn table(&mut self, table: Table, path: &[&str], value: &Value<'_>, way: Way) -> bool {
        match &value.data {
            Data::Table(pairs) => {
                let row = (table == Table::Indicator).then(|| {
                    self.layout.rows_home = Rows::Closed;
                    self.add_row(value.span.clone(), None)
                });
                self.inline(table, path, pairs, &value.span, Way { row, ..way })
            }
            Data::Array(items) if table == Table::Indicator => {
                self.layout.rows_home = Rows::Closed;
                let placed = items.iter().filter(|item| self.item(path, item, way.clone()));
                placed.count() == items.len()
            }
            data => self.no_table(table, value.span.clone(), what(data)),
        }
    }

    /// An element of `indicator = […]`.
    fn item(&mut self, path: &[&str], item: &Value<'_>, way: Way) -> bool {
        if self.too_much {
            return false;
        }
        let Data::Table(pairs) = &item.data else {
            self.remark(item.span.clone(), Remark::NoTable(Table::Indicator, what(&item.data)));
            return false;
        };
        let row = Some(self.add_row(item.span.clone(), None));
        self.inline(Table::Indicator, path, pairs, &item.span, Way { row, ..way })
    }

    fn inline(
        &mut self,
        table: Table,
        path: &[&str],
        pairs: &[Pair<'_>],
        braces: &Range<usize>,
        way: Way,
    ) -> bool {
        let last = pairs.last().map(|pair| pair.value.span.end);
        let seat = Seat::Inline { braces: braces.clone(), last };
        self.layout.seats.insert((way.row, table), seat);
        let mut placed = true;
        for pair in pairs {
            let inner: Vec<&str> =
                path.iter().copied().chain(pair.path.iter().map(|key| key.name.as_ref())).collect();
            placed &= self.pair(&inner, &pair.value, Way { home: Home::Inline, ..way.clone() });
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
