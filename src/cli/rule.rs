//! `jixiao rule`: what is understood of a scoring sentence.

use std::io::{BufRead, Read};

use serde_json::{Map, Value, json};

use super::arguments::{Format, Sentence};
use super::{Failure, Outcome, Streams};
use crate::rule::{self, Parsed};
use crate::text::visible;
use crate::vocabulary::number::plain;

/// The most bytes of a line of input; a longer one is cut there and read on.
const LINE: u64 = 64 << 10;

pub(super) fn run(task: &Sentence, streams: &mut Streams<'_>) -> Outcome {
    if task.text != "-" {
        answer(&task.text, task.format, streams)?;
        return Ok(0);
    }
    loop {
        let mut line = Vec::new();
        let mut input: &mut dyn BufRead = &mut *streams.input;
        if Read::by_ref(&mut input).take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(0);
        }
        let line = String::from_utf8_lossy(&line);
        answer(line.trim_end_matches(['\n', '\r']), task.format, streams)?;
    }
}

fn answer(text: &str, format: Format, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let parsed = rule::parse(text);
    match format {
        Format::Json => super::json(streams.out, &value(text, &parsed)),
        Format::Text => Ok(writeln!(streams.out, "{}", words(text, &parsed))?),
    }
}

/// The kind, the points and the parameters side by side.
fn value(text: &str, parsed: &Parsed) -> Value {
    let mut all = Map::new();
    all.insert("text".into(), json!(text));
    all.insert("kind".into(), json!(parsed.rule.kind()));
    all.insert("points".into(), json!(parsed.points.map(plain)));
    if let Ok(Value::Object(parameters)) = serde_json::to_value(&parsed.rule) {
        all.extend(parameters.into_iter().filter(|(key, _)| key != "kind"));
    }
    all.insert("sentence".into(), json!(parsed.rule.sentence(parsed.points)));
    all.insert("notes".into(), json!(parsed.notes));
    Value::Object(all)
}

fn words(text: &str, parsed: &Parsed) -> String {
    let points =
        parsed.points.map_or("分值没有写明".to_owned(), |points| format!("{}分", plain(points)));
    let mut lines = vec![visible(text).into_owned()];
    lines.push(format!("  类型  {}，{points}", parsed.rule.label()));
    lines.push(format!("  意思  {}", visible(&parsed.rule.explain(parsed.points, "", "", ""))));
    lines.push(format!("  规范  {}", visible(&parsed.rule.sentence(parsed.points))));
    lines.extend(parsed.notes.iter().map(|note| format!("  注意  {}", visible(&note.message))));
    lines.join("\n")
}
