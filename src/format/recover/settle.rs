//! Operator, value and unit of one row, taken apart where they are glued and brought to the
//! words of the vocabulary where they are not.

use std::borrow::Cow;

use super::row::Draft;
use super::words::is_placeholder;
use super::{Certainty, Note};
use crate::form::field::Field;
use crate::text;
use crate::vocabulary::{date, number, operator::Operator, unit};

/// Longest value, in bytes, that may hold a sign or a unit.
const SHORT: usize = 120;

/// One row at work.
struct Settling<'a> {
    draft: &'a mut Draft,
    notes: &'a mut Vec<Note>,
}

/// Settles the row. `has_column` says whether the table has a column for operators.
pub(super) fn settle(draft: &mut Draft, has_column: bool, notes: &mut Vec<Note>) {
    let mut settling = Settling { draft, notes };
    let quantitative = settling.operator();
    let typed = settling.draft.indicator.operator.clone();
    match Operator::parse(&typed) {
        Some(Operator::Qualitative) => {}
        None if !typed.is_empty() => {}
        operator => {
            settling.sign(operator);
            settling.suffix();
            settling.number();
        }
    }
    settling.missing_operator(has_column, quantitative);
    settling.unit_in_name();
    settling.unit();
    settling.bare_number(Field::Points);
    settling.bare_number(Field::ManualScore);
    settling.actual();
}

impl Settling<'_> {
    fn text(&self, field: Field) -> String {
        self.draft.indicator.text(field).cloned().unwrap_or_default()
    }

    fn set(&mut self, field: Field, text: impl Into<String>) {
        if let Some(slot) = self.draft.indicator.text_mut(field) {
            *slot = text.into();
        }
    }

    fn note(&mut self, code: &'static str, message: String) {
        self.notes.push(Note::new(code, self.draft.provenance.line, message));
    }

    /// Replaces a text by its usual form.
    fn normalise(&mut self, field: Field, usual: &str) {
        let typed = self.text(field);
        if typed != usual {
            self.note("normalised", format!("{}“{typed}”改写为“{usual}”", field.label()));
            self.set(field, usual);
        }
    }

    /// The operator's sign; answers whether the cell only said 定量.
    fn operator(&mut self) -> bool {
        let typed = self.text(Field::Operator);
        let compact = if typed.len() <= SHORT { text::compact(&typed) } else { Cow::Borrowed("") };
        if matches!(compact.as_ref(), "定量" | "定量指标") {
            self.set(Field::Operator, "");
            self.note("quantity", "指标类型只写了“定量”，比较符号从指标值里找".to_owned());
            return true;
        }
        let bare = compact.strip_suffix("指标").unwrap_or(&compact);
        if let Some(operator) = Operator::parse(bare).or_else(|| Operator::parse(&compact)) {
            if matches!(bare, "正向" | "反向") {
                self.draft.provenance.doubt(Field::Operator, Certainty::Guess);
            }
            self.normalise(Field::Operator, operator.sign());
        } else if self.text(Field::Value).is_empty() && Operator::split_prefix(&compact).is_some() {
            self.set(Field::Operator, "");
            self.set(Field::Value, typed);
        }
        false
    }

    /// A sign that stands in the value's cell.
    fn sign(&mut self, operator: Option<Operator>) {
        let typed = self.text(Field::Value);
        if typed.len() > SHORT {
            return;
        }
        let Some((found, rest)) = signed(&typed) else { return };
        match operator {
            Some(own) if own != found => {
                let sign = own.sign();
                self.note(
                    "operator-conflict",
                    format!("指标类型是“{sign}”，指标值却写“{typed}”，两格都照原样保留"),
                );
            }
            own => {
                self.set(Field::Operator, found.sign());
                self.set(Field::Value, rest);
                if own.is_none() {
                    self.draft.provenance.doubt(Field::Operator, Certainty::Inferred);
                }
                self.note("value-split", format!("指标值“{typed}”里的“{}”移到指标类型", found.sign()));
            }
        }
    }

    /// A unit that stands in the value's cell.
    fn suffix(&mut self) {
        let typed = self.text(Field::Value);
        if typed.len() > SHORT {
            return;
        }
        let Some((number, suffix)) = measured(&typed) else { return };
        let known = unit::find(&suffix).map_or(suffix.clone(), |unit| unit.name.to_owned());
        let own = self.text(Field::Unit);
        let same = unit::find(&own).map_or(own.clone(), |unit| unit.name.to_owned()) == known;
        if own.is_empty() {
            let certainty =
                if unit::find(&suffix).is_some() { Certainty::Inferred } else { Certainty::Guess };
            self.draft.provenance.doubt(Field::Unit, certainty);
            self.set(Field::Unit, known.as_str());
        } else if !same {
            return;
        }
        self.set(Field::Value, number);
        self.note("value-split", format!("指标值“{typed}”里的“{known}”作为计量单位"));
    }

    /// Full-width digits and spaces in a number.
    fn number(&mut self) {
        let typed = self.text(Field::Value);
        if number::parse(&typed).is_ok() {
            self.normalise(Field::Value, &text::compact(&typed));
        }
    }

    /// Without a column for operators, the value says what it is.
    fn missing_operator(&mut self, has_column: bool, quantitative: bool) {
        let value = self.text(Field::Value);
        if !self.text(Field::Operator).is_empty() || value.is_empty() || (has_column && !quantitative) {
            return;
        }
        if number::parse(&value).is_ok() {
            self.draft.provenance.doubt(Field::Operator, Certainty::Guess);
            self.set(Field::Operator, Operator::Eq.sign());
            self.note("operator-guess", format!("指标值“{value}”没有比较符号，暂按“=”，请核对"));
        } else if !quantitative {
            self.draft.provenance.doubt(Field::Operator, Certainty::Inferred);
            self.set(Field::Operator, Operator::Qualitative.sign());
            self.note("operator-guess", format!("指标值“{}”是文字，按定性指标", super::excerpt(&value)));
        }
    }

    /// 培训人数（人次）: the unit of a number that has none.
    fn unit_in_name(&mut self) {
        let name = self.text(Field::Name);
        let without_unit =
            self.text(Field::Unit).is_empty() && number::parse(&self.text(Field::Value)).is_ok();
        let inner = name.strip_suffix([')', '）']).and_then(|name| name.rsplit_once(['(', '（']));
        let Some(unit) = inner.filter(|_| without_unit).and_then(|(_, inner)| {
            unit::find(inner.trim_start_matches("单位").trim_start_matches([':', '：']))
        }) else {
            return;
        };
        self.draft.provenance.doubt(Field::Unit, Certainty::Inferred);
        self.set(Field::Unit, unit.name);
        self.note("value-split", format!("名称“{}”里的“{}”作为计量单位", super::excerpt(&name), unit.name));
    }

    fn unit(&mut self) {
        let typed = self.text(Field::Unit);
        if is_placeholder(&typed) {
            self.note("placeholder", format!("计量单位“{typed}”只是占位，没有带入"));
            return self.set(Field::Unit, "");
        }
        if typed.len() <= SHORT
            && let Some(unit) = unit::find(&typed)
        {
            self.normalise(Field::Unit, unit.name);
        }
    }

    /// `10分`, `１０`, `10%` as points.
    fn bare_number(&mut self, field: Field) {
        let typed = self.text(field);
        if typed.is_empty() || typed.len() > SHORT {
            return;
        }
        let compact = text::compact(&typed);
        let bare = compact.trim_end_matches(['分', '%']);
        if number::parse(bare).is_ok() {
            self.normalise(field, bare);
        }
    }

    /// The actual value without the unit that the row already has.
    fn actual(&mut self) {
        let typed = self.text(Field::Actual);
        let own = self.text(Field::Unit);
        if typed.is_empty() || typed.len() > SHORT {
            return;
        }
        let compact = text::compact(&typed);
        let bare = compact.strip_prefix('=').unwrap_or(&compact);
        let bare = match unit::split_suffix(bare) {
            Some((number, suffix)) if is_same_unit(&suffix, &own) => number,
            _ => bare.to_owned(),
        };
        if number::parse(&bare).is_ok() {
            self.normalise(Field::Actual, &bare);
        }
    }
}

fn is_same_unit(one: &str, other: &str) -> bool {
    one == other || unit::find(one).is_some_and(|unit| Some(unit) == unit::find(other))
}

/// The sign that a value carries, before it or as 以上, 以内 behind it, and the rest.
fn signed(typed: &str) -> Option<(Operator, String)> {
    let compact = text::compact(typed);
    // 全年≥2000份, 满意度≥95%: words before a plain sign.
    let words =
        compact.find(['≥', '≤', '>', '<', '=']).filter(|at| compact[..*at].chars().all(char::is_alphabetic));
    let compact = compact[words.unwrap_or_default()..].to_owned();
    let (before, rest) = match Operator::split_prefix(&compact) {
        Some((operator, rest)) => (Some(operator), rest),
        None => (None, compact),
    };
    let (behind, bare) = match limited(&rest) {
        Some((operator, bare)) => (Some(operator), bare),
        None => (None, rest),
    };
    // 达到85%以上 is no 等于.
    let operator = match (before, behind) {
        (Some(Operator::Eq) | None, Some(behind)) => behind,
        (before, _) => before?,
    };
    is_quantity(&bare).then_some((operator, bare))
}

/// What 以上, 以内 and the like behind a value say, and the value. 内 alone limits a time.
fn limited(compact: &str) -> Option<(Operator, String)> {
    const WORDS: [(&str, Operator); 7] = [
        ("及以上", Operator::Ge),
        ("及以下", Operator::Le),
        ("以上", Operator::Ge),
        ("以下", Operator::Le),
        ("以内", Operator::Le),
        ("之内", Operator::Le),
        ("内", Operator::Le),
    ];
    let text = compact.trim_end_matches("(含)");
    let (word, operator) = WORDS.into_iter().find(|(word, _)| text.ends_with(word))?;
    let bare = text.strip_suffix(word)?.trim_end_matches("(含)").to_owned();
    let is_time = || {
        measured(&bare)
            .is_some_and(|(_, suffix)| unit::find(&suffix).is_some_and(|unit| unit.kind == unit::Kind::Time))
    };
    (word != "内" || is_time()).then_some((operator, bare))
}

fn is_quantity(text: &str) -> bool {
    number::parse(text).is_ok() || measured(text).is_some()
}

/// A number and the unit glued to it. 2026年12月31日前 and 90%-95% are no such thing.
fn measured(typed: &str) -> Option<(String, String)> {
    let (number, suffix) = unit::split_suffix(typed)?;
    let is_year = suffix.starts_with('年') && number.len() == 4;
    if is_year || date::deadline(typed, Some(2000)).is_some() {
        return None;
    }
    let wordlike = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '/' | '·' | '(' | ')' | '㎡');
    // 120余家 is no 120.
    let is_rough = suffix.starts_with(['余', '多', '来', '几']) || suffix.ends_with("左右");
    let plausible = suffix.chars().count() <= 4 && suffix.chars().all(wordlike) && !is_rough;
    (unit::find(&suffix).is_some() || plausible).then_some((number, suffix))
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_before_and_behind() {
        let signed = |typed: &str| super::signed(typed).map(|(operator, rest)| (operator.sign(), rest));
        assert_eq!(signed("≥95%"), Some(("≥", "95%".into())));
        assert_eq!(signed("控制在28.8万元以内"), Some(("≤", "28.8万元".into())));
        assert_eq!(signed("95%以上"), Some(("≥", "95%".into())));
        assert_eq!(signed("90%（含）以上"), Some(("≥", "90%".into())));
        assert_eq!(signed("90%以上（含）"), Some(("≥", "90%".into())));
        assert_eq!(signed("≥90%且≤95%"), None);
        assert_eq!(signed("两个以上"), None);
        assert_eq!(signed("达到85%以上"), Some(("≥", "85%".into())));
        assert_eq!(signed("5个工作日内"), Some(("≤", "5个工作日".into())));
        assert_eq!(signed("12月内"), None);
        assert_eq!(signed("县内"), None);
        assert_eq!(signed("全年≥2000份"), Some(("≥", "2000份".into())));
        assert_eq!(signed("达95%"), Some(("=", "95%".into())));
    }

    #[test]
    fn numbers_with_units() {
        let measured = |typed: &str| super::measured(typed);
        assert_eq!(measured("28.8万元"), Some(("28.8".into(), "万元".into())));
        assert_eq!(measured("3个行政村"), Some(("3".into(), "个行政村".into())));
        for typed in
            ["2026年12月31日前", "2026年", "90%-95%", "5年内全部建成", "效果明显", "12月底", "120余家"]
        {
            assert_eq!(measured(typed), None, "{typed}");
        }
    }
}
