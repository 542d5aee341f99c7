//! `jixiao import`: a form out of a file of another program.

use serde_json::json;

use super::arguments::{Format, Import};
use super::{Failure, Outcome, Streams};
use crate::format::recover::Recovered;
use crate::format::{self, Note, toml};
use crate::{store, text};

pub(super) fn run(task: &Import, streams: &mut Streams<'_>) -> Outcome {
    let source = store::apart::source(&task.source, &store::apart::program())?;
    let shown = store::shown(&task.source);
    let (Recovered { form, notes, .. }, _) = format::understand(&source);
    if form == crate::form::Form::default() {
        if store::open(&task.source, &toml::Limits::default()).is_ok() {
            return Err(Failure::Said(format!("{shown} 已经是绩效的表，不用导入：jixiao {shown}")));
        }
        return Err(Failure::Said(format!("{shown}：没有读出内容，不像是绩效目标表。")));
    }
    let written = toml::text(&form).into_bytes();
    if let Some(output) = &task.output {
        super::write(output, &written, task.force)?;
    }
    match task.format {
        Format::Json => {
            super::json(
                streams.out,
                &json!({"indicators": form.indicators.len(), "notes": notes, "form": form}),
            )?;
        }
        Format::Text => {
            for note in &notes {
                writeln!(streams.err, "{}", line(note))?;
            }
            writeln!(streams.err, "{shown}：读出{}条指标，{}条说明。", form.indicators.len(), notes.len())?;
            if task.output.is_none() {
                streams.out.write_all(&written)?;
            }
        }
    }
    Ok(0)
}

/// A note on one line, with its place.
pub(super) fn line(note: &Note) -> String {
    let place = note.line.map_or(String::new(), |line| format!("第{line}行："));
    text::visible(&format!("{place}{}", note.message)).replace('\n', " ")
}

/// Reads a file for the process that asked for it.
pub(super) fn read_apart(streams: &mut Streams<'_>) -> Outcome {
    store::apart::answer(streams.input, streams.out)?;
    Ok(0)
}
