//! `jixiao diff`: what differs between two forms.

use serde_json::{Value, json};

use super::arguments::{Format, Two};
use super::{Outcome, Streams, file};
use crate::compare::{self, Comparison, RowChange};
use crate::form::Form;
use crate::form::field::Field;
use crate::score::Scores;
use crate::text::visible;
use crate::vocabulary::number::plain;

pub(super) fn run(task: &Two, streams: &mut Streams<'_>) -> Outcome {
    let old = file::open(&task.old, streams.color)?.form;
    let new = file::open(&task.new, streams.color)?.form;
    let comparison = compare::compare(&old, &new);
    match task.format {
        Format::Json => super::json(streams.out, &value(&old, &new, &comparison))?,
        Format::Text => write!(streams.out, "{}", words(&old, &new, &comparison))?,
    }
    Ok(0)
}

fn points(old: &Form, new: &Form) -> Vec<(String, String, String)> {
    let classes = compare::class_points(&Scores::of(old), &Scores::of(new));
    classes.into_iter().map(|(name, before, after)| (name, plain(before), plain(after))).collect()
}

fn value(old: &Form, new: &Form, comparison: &Comparison) -> Value {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let own = |field: &Field| json!({"field": field.info().key, "old": text(old.text(*field)), "new": text(new.text(*field))});
    let mut rows = Vec::new();
    for row in &comparison.rows {
        match row {
            RowChange::Added(at) => {
                rows.push(json!({"change": "added", "new": at, "name": new.indicators[*at].name}))
            }
            RowChange::Removed(at) => {
                rows.push(json!({"change": "removed", "old": at, "name": old.indicators[*at].name}));
            }
            RowChange::Kept { moved: false, fields, .. } if fields.is_empty() => {}
            RowChange::Kept { old: from, new: at, moved, fields } => {
                let (before, after) = (&old.indicators[*from], &new.indicators[*at]);
                let of = |field: &Field| {
                    let (old, new) = (text(before.text(*field)), text(after.text(*field)));
                    json!({"field": field.info().key, "old": old, "new": new})
                };
                let fields: Vec<Value> = fields.iter().map(of).collect();
                let change = if fields.is_empty() { "moved" } else { "changed" };
                rows.push(json!({
                    "change": change, "old": from, "new": at, "moved": moved, "name": after.name, "fields": fields,
                }));
            }
        }
    }
    let classes = points(old, new)
        .into_iter()
        .map(|(name, before, after)| json!({"level1": name, "old": before, "new": after}));
    json!({
        "fields": comparison.fields.iter().map(own).collect::<Vec<_>>(),
        "indicators": rows,
        "points": classes.collect::<Vec<_>>(),
    })
}

fn words(old: &Form, new: &Form, comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "两张表内容相同。\n".into();
    }
    let mut lines = Vec::new();
    for field in &comparison.fields {
        lines.push(format!("改 {}", field.label()));
        lines.extend(two(old.text(*field), new.text(*field)));
    }
    for row in &comparison.rows {
        match row {
            RowChange::Added(at) => lines.push(format!("增 第{}条 {}", at + 1, new.indicators[*at].title())),
            RowChange::Removed(at) => {
                lines.push(format!("删 第{}条 {}", at + 1, old.indicators[*at].title()))
            }
            RowChange::Kept { moved: false, fields, .. } if fields.is_empty() => {}
            RowChange::Kept { old: from, new: at, moved, fields } => {
                let (before, after) = (&old.indicators[*from], &new.indicators[*at]);
                let place = if *moved {
                    format!("（从第{}条移到第{}条）", from + 1, at + 1)
                } else {
                    String::new()
                };
                let tag = if fields.is_empty() { "移" } else { "改" };
                lines.push(format!("{tag} 第{}条 {}{place}", at + 1, after.title()));
                for field in fields {
                    lines.push(format!("   {}", field.label()));
                    lines.extend(two(before.text(*field), after.text(*field)));
                }
            }
        }
    }
    for (name, before, after) in points(old, new) {
        let change = if before == after { after } else { format!("{before} 改为 {after}") };
        lines.push(format!("分 {name} {change}"));
    }
    lines.iter().map(|line| visible(line).into_owned() + "\n").collect()
}

/// A text before and after, each line signed.
fn two(old: Option<&String>, new: Option<&String>) -> Vec<String> {
    let signed = |sign: &str, text: Option<&String>| -> Vec<String> {
        let text = text.map_or("", String::as_str);
        text.lines().map(|line| format!("     {sign} {line}")).collect()
    };
    [signed("-", old), signed("+", new)].concat()
}
