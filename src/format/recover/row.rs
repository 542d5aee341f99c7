//! One row of the table: which way it is shifted, its class labels, its cells by column.

use super::header::{Header, Role};
use super::look::Look;
use super::sheet::SheetRow;
use super::words::{is_placeholder, is_total, one_line, unnumbered};
use super::{Certainty, Note, Provenance, excerpt, is_labelled, labels, levels, look, settle};
use crate::form::{Indicator, field::Field};
use crate::vocabulary::operator::Operator;

/// An indicator while its classes are open.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) indicator: Indicator,
    pub(super) provenance: Provenance,
    pub(super) classes: Classes,
    /// How far the row stands beside its head row.
    shift: isize,
    /// Fields of the form that the row repeats.
    pub(super) repeated: Vec<(Field, String)>,
}

/// The class labels that stand in a row, as typed.
#[derive(Default, Clone)]
pub(super) struct Classes {
    pub(super) level1: Option<String>,
    pub(super) level2: Option<String>,
    /// The cell of level 1 is covered by the label above it.
    pub(super) covered: bool,
    pub(super) line: usize,
}

/// What a row turned out to be.
pub(super) enum Kind {
    /// An indicator.
    Indicator(Box<Draft>),
    /// Class labels alone.
    Labels(Classes),
    /// A sum, a placeholder or nothing: consumed.
    Nothing,
    /// Not of the table.
    Foreign,
}

/// A row held against its header.
struct Fitted<'a> {
    row: &'a mut SheetRow,
    header: &'a Header,
    looks: Vec<Look>,
    shift: isize,
    /// From this column on the row stands one cell further left, for want of a unit cell.
    unit_missing_at: Option<usize>,
}

impl<'a> Fitted<'a> {
    fn new(row: &'a mut SheetRow, header: &'a Header) -> Self {
        let looks = row.cells.iter().map(|cell| Look::of(&cell.text)).collect();
        let mut fitted = Self { row, header, looks, shift: 0, unit_missing_at: None };
        let leftmost = -(header.name_column().min(12) as isize);
        let score = |shift: &isize| (fitted.fit(*shift), -shift.abs());
        fitted.shift = (leftmost..=3).max_by_key(score).unwrap_or_default();
        fitted.unit_missing_at = fitted.missing_unit();
        fitted
    }

    fn fit(&self, shift: isize) -> i32 {
        let columns = self.header.columns.len() as isize;
        let outside = |at: usize| !(0..columns).contains(&(at as isize - shift));
        let cell = |(at, _): (usize, &str)| match outside(at) {
            true => -3,
            false => self.looks[at].fit(self.header.role_at(at, shift)),
        };
        self.row.filled().map(cell).sum::<i32>() - shift.abs() as i32
    }

    fn missing_unit(&self) -> Option<usize> {
        let at = self.at(Field::Unit)?;
        let look = self.looks.get(at)?;
        let has_value = self.at(Field::Value).is_some_and(|value| !self.row.text(value).is_empty());
        (look.long && !look.unit && has_value && self.at(Field::Value)? < at).then_some(at)
    }

    /// Where a field's cell stands in this row.
    fn at(&self, field: Field) -> Option<usize> {
        let column = self.header.column(field)? as isize + self.shift;
        let column = usize::try_from(column).ok()?;
        match self.unit_missing_at {
            Some(missing) if column == missing => None,
            Some(missing) if column > missing => Some(column - 1),
            _ => Some(column),
        }
    }

    fn text(&self, field: Field) -> &str {
        self.at(field).map_or("", |at| self.row.text(at))
    }

    fn look(&self, field: Field) -> Look {
        self.at(field).and_then(|at| self.looks.get(at)).copied().unwrap_or_default()
    }

    fn name_at(&self) -> usize {
        usize::try_from(self.header.name_column() as isize + self.shift).unwrap_or_default()
    }

    fn has_target(&self) -> bool {
        self.look(Field::Operator).operator || self.look(Field::Value).value
    }

    /// Whether something of the row stands where a shifted row would have it.
    fn has_evidence(&self, above: Option<&Draft>) -> bool {
        let classed = self.look(Field::Level1).level1 || self.look(Field::Level2).is_class();
        let in_line = above.is_some_and(|above| above.shift == self.shift);
        self.has_target() || ((classed || in_line) && !self.text(Field::Value).is_empty())
    }

    /// Consumes the class labels left of the name, and those that have a column right of it.
    fn classes(&mut self) -> Classes {
        let mut classes = Classes { line: self.row.line, ..Classes::default() };
        classes.covered = self.at(Field::Level1).is_some_and(|at| self.row.is_continued(at));
        let name_at = self.name_at();
        let has_classes = |at: &usize| {
            let role = self.header.role_at(*at, self.shift);
            matches!(role, Some(Role::Of(Field::Level1 | Field::Level2)))
        };
        let columns: Vec<usize> = (0..self.row.cells.len())
            .filter(|at| *at < name_at || (*at > name_at && has_classes(at)))
            .collect();
        for at in columns {
            self.class(at, &mut classes);
        }
        classes
    }

    fn class(&mut self, at: usize, classes: &mut Classes) {
        let typed = self.row.text(at).to_owned();
        let role = self.header.role_at(at, self.shift);
        let look = self.looks[at];
        if typed.is_empty() || role == Some(Role::OtherYear) {
            return;
        }
        if let (None, None, Some((level1, level2))) = (&classes.level1, &classes.level2, levels::pair(&typed))
        {
            (classes.level1, classes.level2) = (Some(level1), Some(level2));
            self.row.take(at);
            return;
        }
        let in_level2 = role == Some(Role::Of(Field::Level2));
        let slot = match (look.level1, look.level2) {
            (true, false) if in_level2 && (classes.level1.is_some() || classes.covered) => {
                &mut classes.level2
            }
            (true, true) if in_level2 => &mut classes.level2,
            (true, _) => &mut classes.level1,
            (false, true) => &mut classes.level2,
            (false, false) if super::is_header_word(&typed) => {
                self.row.take(at);
                return;
            }
            (false, false) if role == Some(Role::Of(Field::Level1)) => &mut classes.level1,
            (false, false) if in_level2 => &mut classes.level2,
            (false, false) => {
                if role == Some(Role::Decor) && look.number {
                    self.row.take(at);
                }
                return;
            }
        };
        if slot.is_none() {
            *slot = Some(typed);
            self.row.take(at);
        }
    }

    /// Consumes the cells from the name on.
    fn fill(&mut self, draft: &mut Draft) {
        for field in Field::of(crate::form::field::Table::Indicator) {
            if matches!(field, Field::Level1 | Field::Level2) {
                continue;
            }
            let Some(at) = self.at(field) else { continue };
            let typed = self.row.take(at);
            if let Some(slot) = draft.indicator.text_mut(field) {
                *slot = if field.info().kind.is_multi_line() { typed } else { one_line(&typed) };
            }
        }
        self.fill_from_free_cells(draft);
        self.confirm_direction(draft);
        self.take_decor(draft);
    }

    /// Consumes numbers that are counted anew, and what the row repeats of the form.
    fn take_decor(&mut self, draft: &mut Draft) {
        let waiting: Vec<usize> = self.row.waiting().map(|(at, _)| at).collect();
        for at in waiting {
            match self.header.role_at(at, self.shift) {
                Some(Role::Decor) if self.looks[at].number => drop(self.row.take(at)),
                Some(Role::Repeated(field)) => draft.repeated.push((field, self.row.take(at))),
                _ => {}
            }
        }
    }

    /// 正向指标 beside ≥ says nothing new; beside ≤ it is left to be listed.
    fn confirm_direction(&mut self, draft: &Draft) {
        let reverse = Operator::parse(&draft.indicator.operator).map(Operator::is_reverse);
        let words: Vec<usize> = self.row.waiting().map(|(at, _)| at).collect();
        for at in words.into_iter().filter(|at| self.header.role_at(*at, self.shift) == Some(Role::Direction))
        {
            let word = self.row.text(at);
            let agrees = reverse == Some(word.starts_with("反向"));
            if agrees && (word.starts_with("反向") || word.starts_with("正向")) {
                self.row.take(at);
            }
        }
    }

    /// A head cell merged over sign, value and unit leaves cells without a column of their own.
    fn fill_from_free_cells(&mut self, draft: &mut Draft) {
        let name_at = self.name_at();
        let free: Vec<usize> = self.row.waiting().map(|(at, _)| at).filter(|at| *at > name_at).collect();
        let indicator = &mut draft.indicator;
        if look::anchor(&indicator.value) && indicator.operator.is_empty() {
            indicator.operator = std::mem::take(&mut indicator.value);
        }
        for at in free.into_iter().filter(|at| self.header.role_at(*at, self.shift).is_none()) {
            let look = self.looks[at];
            let slot = match () {
                () if look.operator && indicator.operator.is_empty() => &mut indicator.operator,
                () if look.value && indicator.value.is_empty() => &mut indicator.value,
                () if look.unit && indicator.unit.is_empty() => &mut indicator.unit,
                () => continue,
            };
            *slot = self.row.take(at);
        }
    }

    fn note(&self, draft: &mut Draft, notes: &mut Vec<Note>) {
        let line = self.row.line;
        if self.shift != 0 {
            let side = if self.shift < 0 { "左" } else { "右" };
            let message = format!("这一行比表头向{side}错开了{}格，已按内容对齐", self.shift.abs());
            notes.push(Note::new("shifted", line, message));
        }
        if self.unit_missing_at.is_some() {
            notes.push(Note::new("unit-missing", line, "这一行少了计量单位一格，后面的各格已右移"));
            for field in [Field::Explanation, Field::Rule, Field::Remark] {
                draft.provenance.doubt(field, Certainty::Guess);
            }
        }
    }
}

/// Reads one row; `above` is the indicator before it. A `strict` row must show its
/// operator or its value, because no header vouches for it.
pub(super) fn read(
    row: &mut SheetRow,
    header: &Header,
    above: Option<&Draft>,
    strict: bool,
    notes: &mut Vec<Note>,
) -> Kind {
    let Some(first) = row.filled().next().map(|(_, text)| text.to_owned()) else { return Kind::Nothing };
    let mut fitted = Fitted::new(row, header);
    if is_labelled(&first) && (labels::is_sign_off(&first) || !fitted.has_target()) {
        return Kind::Foreign;
    }
    if let Some(kind) = nothing(&mut fitted, &first, notes) {
        return kind;
    }
    if !is_indicator(&fitted, above, strict) {
        return labels_alone(&mut fitted, strict);
    }
    let mut draft = Draft { classes: fitted.classes(), ..Draft::default() };
    draft.provenance.line = fitted.row.line;
    draft.shift = fitted.shift;
    fitted.fill(&mut draft);
    fitted.note(&mut draft, notes);
    let covered = fitted.row.is_continued(fitted.name_at());
    let above = above.filter(|_| covered).map(|above| above.indicator.name.as_str());
    finish(&mut draft, header, above, notes);
    Kind::Indicator(Box::new(draft))
}

fn finish(draft: &mut Draft, header: &Header, above: Option<&str>, notes: &mut Vec<Note>) {
    let line = draft.provenance.line;
    if header.column(Field::Level2).is_none() {
        levels::peel(draft, notes);
    }
    if let (true, Some(above)) = (draft.indicator.name.is_empty(), above) {
        draft.indicator.name = above.to_owned();
        draft.provenance.doubt(Field::Name, Certainty::Inferred);
        notes.push(Note::new(
            "name-from-above",
            line,
            format!("名称一格与上一行合并，沿用“{}”", excerpt(above)),
        ));
    }
    let bare = unnumbered(&draft.indicator.name).to_owned();
    if bare != draft.indicator.name {
        let message = format!("名称“{}”前面的编号已去掉", excerpt(&draft.indicator.name));
        notes.push(Note::new("numbering", line, message));
        draft.indicator.name = bare;
    }
    settle::settle(draft, header.column(Field::Operator).is_some(), notes);
}

/// A row that says nothing of its own.
fn nothing(fitted: &mut Fitted<'_>, first: &str, notes: &mut Vec<Note>) -> Option<Kind> {
    let line = fitted.row.line;
    let name = fitted.text(Field::Name).to_owned();
    let is_total = [first, &name].iter().any(|text| is_total(text));
    let name_at = fitted.name_at();
    let is_blank =
        fitted.row.filled().all(|(at, text)| at < name_at || is_placeholder(text) || fitted.looks[at].number);
    let note = match () {
        () if is_total => Note::new("total", line, format!("合计行没有带入：{}", texts(fitted.row))),
        () if first.starts_with("预算执行") && !fitted.look(Field::Operator).operator => {
            Note::new("execution-row", line, format!("预算执行率不是指标，没有带入：{}", texts(fitted.row)))
        }
        () if !name.is_empty() && is_placeholder(&name) && is_blank => {
            Note::new("placeholder", line, format!("只有占位文字的行没有带入：“{}”", excerpt(&name)))
        }
        () => return None,
    };
    if note.code == "placeholder" {
        let classes = fitted.classes();
        let is_empty =
            |(at, text): (usize, &str)| (is_placeholder(text) || fitted.looks[at].number).then_some(at);
        let empty: Vec<usize> = fitted.row.waiting().filter_map(is_empty).collect();
        for at in empty {
            fitted.row.take(at);
        }
        notes.push(note);
        return Some(Kind::Labels(classes));
    }
    fitted.row.take_all();
    notes.push(note);
    Some(Kind::Nothing)
}

fn texts(row: &SheetRow) -> String {
    row.filled().map(|(_, text)| excerpt(text)).collect::<Vec<_>>().join(" | ")
}

fn is_indicator(fitted: &Fitted<'_>, above: Option<&Draft>, strict: bool) -> bool {
    let has = |field: Field| !fitted.text(field).is_empty();
    let explained = [Field::Explanation, Field::Rule].into_iter().any(has);
    let named =
        has(Field::Name) && (!fitted.look(Field::Name).is_class() || fitted.has_target() || explained);
    let said = [Field::Operator, Field::Value, Field::Explanation, Field::Rule, Field::Points, Field::Actual];
    let covered = fitted.row.is_continued(fitted.name_at());
    match () {
        () if strict => named && fitted.has_target(),
        () if fitted.shift != 0 => named && fitted.has_evidence(above),
        () if named => said.into_iter().any(has) || fitted.header.column(Field::Name).is_some(),
        () => has(Field::Value) && (has(Field::Operator) || covered || fitted.look(Field::Value).value),
    }
}

fn labels_alone(fitted: &mut Fitted<'_>, strict: bool) -> Kind {
    let known = |(at, _): (usize, &str)| fitted.looks[at].is_class() && at <= fitted.name_at();
    if strict || !fitted.row.filled().any(known) || fitted.row.filled().any(|(at, _)| fitted.looks[at].long) {
        return Kind::Foreign;
    }
    // A label merged over the whole width may reach into the column of the names.
    let end = fitted.name_at() + 1;
    let mut classes = fitted.classes();
    if end <= fitted.row.cells.len() && fitted.looks[end - 1].is_class() {
        fitted.class(end - 1, &mut classes);
    }
    Kind::Labels(classes)
}
