//! A form taken into another one that is already begun.

use super::{RowChange, compare};
use crate::form::field::{FIELDS, Field, Table};
use crate::form::{Form, Row};

/// How much of another form is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adoption {
    /// What it says replaces what was said; nothing is taken out.
    Update,
    /// Only what is not there yet.
    Add,
    /// It replaces everything it can hold.
    Replace,
}

/// The form with what another one says taken over. What the other one leaves empty stays, except
/// where it replaces everything; an indicator that is new goes behind the last one of its class.
pub fn adopted(own: &Form, other: &Form, adoption: Adoption) -> Form {
    let mut form = own.clone();
    let takes = |own: &str, other: &str| match adoption {
        Adoption::Update | Adoption::Replace => !other.trim().is_empty(),
        Adoption::Add => own.trim().is_empty(),
    };
    for field in FIELDS.iter().map(|info| info.field).filter(|field| !field.is_of_indicator()) {
        let (before, after) = (own.text(field), other.text(field));
        let (Some(before), Some(after)) = (before, after) else { continue };
        if takes(before, after) {
            form.set_while_reading(field, after.clone());
        }
    }
    if adoption == Adoption::Replace {
        return form.with_rows(other.indicators.clone());
    }
    let mut rows = own.indicators.clone();
    let mut added = Vec::new();
    for change in compare(own, other).rows {
        match change {
            RowChange::Removed(_) => {}
            RowChange::Added(at) => added.push(other.indicators[at].clone()),
            RowChange::Kept { old, new, .. } => {
                for field in Field::of(Table::Indicator) {
                    let after = other.indicators[new].text(field).cloned().unwrap_or_default();
                    if let Some(slot) = rows[old].text_mut(field).filter(|before| takes(before, &after)) {
                        *slot = after;
                    }
                }
            }
        }
    }
    for row in added {
        let at = place(&rows, &row);
        rows.insert(at, row);
    }
    form.with_rows(rows)
}

/// Behind the last row of both classes, else of the first one, else at the end.
fn place(rows: &[Row], row: &Row) -> usize {
    let last = |is_alike: &dyn Fn(&Row) -> bool| rows.iter().rposition(is_alike).map(|at| at + 1);
    let level1 = |other: &Row| other.level1 == row.level1;
    last(&|other| level1(other) && other.level2 == row.level2).or_else(|| last(&level1)).unwrap_or(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;

    fn row(level1: &str, name: &str, value: &str) -> Indicator {
        Indicator { level1: level1.into(), name: name.into(), value: value.into(), ..Indicator::default() }
    }

    fn names(form: &Form) -> Vec<String> {
        form.indicators.iter().map(|row| format!("{}{}", row.name, row.value)).collect()
    }

    #[test]
    fn how_much_is_taken_over() {
        let mut own = Form::default().with_rows(vec![
            row("产出指标", "道路巡查", "48"),
            row("产出指标", "河道清淤", ""),
            row("效益指标", "群众安全感", "90"),
        ]);
        own.agency = "甲乡".into();
        let mut other = Form::default().with_rows(vec![
            row("产出指标", "道路巡查", "52"),
            row("产出指标", "河道清淤", "3"),
            row("产出指标", "山塘维修", "6"),
        ]);
        other.year = "2027".into();
        other.agency = "乙乡".into();
        let taken = |adoption| adopted(&own, &other, adoption);
        let updated = taken(Adoption::Update);
        assert_eq!(names(&updated), ["道路巡查52", "河道清淤3", "山塘维修6", "群众安全感90"]);
        assert_eq!((updated.agency.as_str(), updated.year.as_str()), ("乙乡", "2027"));
        let grown = taken(Adoption::Add);
        assert_eq!(names(&grown), ["道路巡查48", "河道清淤3", "山塘维修6", "群众安全感90"]);
        assert_eq!((grown.agency.as_str(), grown.year.as_str()), ("甲乡", "2027"));
        let replaced = taken(Adoption::Replace);
        assert_eq!(names(&replaced), ["道路巡查52", "河道清淤3", "山塘维修6"]);
    }
}
