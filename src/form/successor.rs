//! Next year's form from last year's: structure and words stay, what belongs to the year goes.

use super::Form;
use super::field::{FIELDS, Field, Table};

/// The form for another year: the old year becomes the new one in every text, and the year before
/// it the old one; actual values, scores, reasons, the budget and the signatures' dates are empty.
pub fn successor(last: &Form, year: &str) -> Form {
    let mut next = last.clone();
    for info in FIELDS.iter().filter(|info| !info.field.is_of_indicator()) {
        if let Some(text) = next.text_mut(info.field) {
            renew(text, last, year, is_of_the_year(info.field));
        }
    }
    for row in &mut next.indicators {
        for field in Field::of(Table::Indicator) {
            if let Some(text) = row.text_mut(field) {
                renew(text, last, year, is_of_the_year(field));
            }
        }
    }
    next.year = year.to_owned();
    next
}

/// Fields whose content belongs to the year and is filled in anew.
fn is_of_the_year(field: Field) -> bool {
    matches!(
        field,
        Field::Actual
            | Field::ManualScore
            | Field::DeviationReason
            | Field::Initial
            | Field::Adjusted
            | Field::Executed
            | Field::PreparedOn
    )
}

fn renew(text: &mut String, last: &Form, year: &str, clear: bool) {
    if clear {
        text.clear();
    } else if let (Some(old), Ok(new)) = (last.year_number(), year.parse::<i16>()) {
        *text = with_years(text, old, new);
    }
}

/// The text with its years moved on: a number of four digits that stands alone and is the old
/// year, or the one before or after it.
fn with_years(text: &str, old: i16, new: i16) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        let number = &rest[start..start + digits];
        out.push_str(&rest[..start]);
        let followed = rest[start + digits..].starts_with(['年', '-', '.', '/']);
        match number.parse::<i16>() {
            Ok(found) if digits == 4 && followed && found.abs_diff(old) <= 1 => {
                out.push_str(&(found + new - old).to_string());
            }
            _ => out.push_str(number),
        }
        rest = &rest[start + digits..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Indicator;

    #[test]
    fn years_move_on_and_other_numbers_stay() {
        assert_eq!(
            with_years("2026年12月31日前，比2025年增2026次", 2026, 2027),
            "2027年12月31日前，比2026年增2026次"
        );
        assert_eq!(with_years("电话 20261231，2026-12-31", 2026, 2028), "电话 20261231，2028-12-31");
        assert_eq!(with_years("建于2001年", 2026, 2027), "建于2001年");
    }

    #[test]
    fn what_belongs_to_the_year_goes() {
        let row = Indicator { name: "2026年巡查".into(), actual: "4".into(), ..Indicator::default() };
        let mut last = Form { year: "2026".into(), ..Form::default() }.with_rows(vec![row]);
        last.budget.executed = "500".into();
        let next = successor(&last, "2027");
        assert_eq!((next.year.as_str(), next.budget.executed.as_str()), ("2027", ""));
        assert_eq!(
            (next.indicators[0].name.as_str(), next.indicators[0].actual.as_str()),
            ("2027年巡查", "")
        );
    }
}
