//! The classes of the rows: labels of merged cells filled down, displaced ones put right.

use super::row::Draft;
use super::{Certainty, Note, excerpt};
use crate::form::field::Field;
use crate::text;
use crate::vocabulary::taxonomy;

/// The classes that hold until the next label.
#[derive(Default)]
struct Current {
    level1: String,
    level2: String,
    /// Level 1 was only implied by level 2, since the row at this line.
    implied_since: Option<usize>,
}

/// What stands between labels in one cell.
const BETWEEN: [char; 12] = ['-', '－', '—', '–', '/', '／', '\\', '>', '→', ':', '：', '、'];

/// Both class labels of a cell such as 产出指标-数量指标.
pub(super) fn pair(typed: &str) -> Option<(String, String)> {
    let (level1, rest) = first_label(typed)?;
    let class = taxonomy::level1(level1)?;
    taxonomy::level2(rest, Some(class.name))?;
    Some((level1.to_owned(), rest.to_owned()))
}

/// Takes class labels off the name, in a table that has no columns for them.
pub(super) fn peel(draft: &mut Draft, notes: &mut Vec<Note>) {
    while let Some((label, rest)) = first_label(&draft.indicator.name) {
        let slot = match () {
            () if draft.classes.level2.is_some() => return,
            () if draft.classes.level1.is_none() && taxonomy::level1(label).is_some() => {
                &mut draft.classes.level1
            }
            () if taxonomy::level2(label, None).is_some() => &mut draft.classes.level2,
            () => return,
        };
        *slot = Some(label.to_owned());
        let message = format!("名称“{}”前面的“{label}”作为分类", excerpt(&draft.indicator.name));
        notes.push(Note::new("class-split", draft.provenance.line, message));
        draft.indicator.name = rest.to_owned();
    }
}

/// A text up to the first mark that stands between labels, and what follows it.
fn first_label(typed: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 240;
    let (label, rest) = typed.split_once(BETWEEN).filter(|_| typed.len() <= LONGEST)?;
    let rest = rest.trim_start_matches(BETWEEN).trim();
    (!label.trim().is_empty() && !rest.is_empty()).then_some((label.trim(), rest))
}

/// Fills the classes of all rows in, from the top.
pub(super) fn resolve(drafts: &mut [Draft], notes: &mut Vec<Note>) {
    let mut current = Current::default();
    for draft in drafts.iter_mut() {
        current.step(draft, notes);
    }
    fill_up(drafts, notes);
}

impl Current {
    fn step(&mut self, draft: &mut Draft, notes: &mut Vec<Note>) {
        let classes = std::mem::take(&mut draft.classes);
        if let Some(typed) = &classes.level1 {
            self.level1_label(typed, classes.line, notes);
        }
        if let Some(typed) = &classes.level2 {
            let explicit = classes.level1.is_some() || classes.covered;
            self.level2_label(typed, explicit, classes.line, notes);
        }
        if self.implied_since.is_some() {
            draft.provenance.doubt(Field::Level1, Certainty::Inferred);
        }
        draft.indicator.level1.clone_from(&self.level1);
        draft.indicator.level2.clone_from(&self.level2);
    }

    fn level1_label(&mut self, typed: &str, line: usize, notes: &mut Vec<Note>) {
        let found = taxonomy::level1(typed);
        let name = found.map_or_else(|| tidy(typed), |class| class.name.to_owned());
        note_label(typed, &name, found.is_some(), Field::Level1, line, notes);
        if name == self.level1 {
            if let Some(since) = self.implied_since.take() {
                let message = format!("一级指标“{name}”写在第{line}行，第{since}行起的同类行也归入");
                notes.push(Note::new("label-displaced", line, message));
            }
            return;
        }
        *self = Self { level1: name, ..Self::default() };
    }

    fn level2_label(&mut self, typed: &str, explicit: bool, line: usize, notes: &mut Vec<Note>) {
        let under = (!self.level1.is_empty()).then_some(self.level1.as_str());
        let own = under.and_then(|parent| taxonomy::level2(typed, Some(parent)));
        let found = own.or_else(|| taxonomy::level2(typed, None));
        self.level2 = found.map_or_else(|| tidy(typed), |class| class.name.to_owned());
        note_label(typed, &self.level2, found.is_some(), Field::Level2, line, notes);
        if own.is_some() || (explicit && under.is_some()) {
            return;
        }
        if let Some(parent) = taxonomy::parent_of(typed).filter(|_| found.is_some()) {
            parent.name.clone_into(&mut self.level1);
            self.implied_since = Some(line);
            let message = format!("“{}”没有写一级指标，按“{}”归类", self.level2, self.level1);
            notes.push(Note::new("level1-inferred", line, message));
        }
    }
}

/// Rows above the first label belong to it: a merged label may stand in the middle of its group.
fn fill_up(drafts: &mut [Draft], notes: &mut Vec<Note>) {
    for field in [Field::Level1, Field::Level2] {
        let text = |draft: &Draft| draft.indicator.text(field).cloned().unwrap_or_default();
        let Some(first) = drafts.iter().position(|draft| !text(draft).is_empty()) else { continue };
        let label = text(&drafts[first]);
        for draft in &mut drafts[..first] {
            if let Some(slot) = draft.indicator.text_mut(field) {
                slot.clone_from(&label);
            }
            draft.provenance.doubt(field, Certainty::Guess);
            let message = format!("{}“{label}”写在下面的行，这一行也归入", field.label());
            notes.push(Note::new("label-displaced", draft.provenance.line, message));
        }
    }
}

/// Says where a label was rewritten, carried points, or is unknown.
fn note_label(typed: &str, name: &str, known: bool, field: Field, line: usize, notes: &mut Vec<Note>) {
    let compact = text::compact(typed);
    let label = field.label();
    if !known {
        let message = format!("{label}“{}”不是常用分类，照原样保留", excerpt(typed));
        notes.push(Note::new("unknown-class", line, message));
    } else if compact.contains(|c: char| c.is_ascii_digit()) {
        let message = format!("{label}“{}”里写的分数没有单独的栏，没有带入", excerpt(typed));
        notes.push(Note::new("class-points", line, message));
    } else if compact != name {
        notes.push(Note::new("normalised", line, format!("{label}“{}”改写为“{name}”", excerpt(typed))));
    }
}

fn tidy(typed: &str) -> String {
    typed.split_whitespace().collect()
}
