//! `jixiao new`: a form from a template or from last year's.

use std::path::Path;

use super::arguments::New;
use super::{Failure, Outcome, Streams, file, import};
use crate::form::Form;
use crate::form::successor::successor;
use crate::format::{self, template, toml};
use crate::{store, text};

pub(super) fn run(task: &New, streams: &mut Streams<'_>) -> Outcome {
    let year = text::compact(&task.year);
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Failure::Said(format!(
            "年度要写四位数字，例如 2026，不能是“{}”。",
            text::visible(&task.year)
        )));
    }
    let shown = store::shown(&task.file);
    let (bytes, said) = match &task.from {
        Some(last) => {
            let last = last_year(last, streams)?;
            let mut form = successor(&last, &year);
            form.agency.clone_from(&task.agency);
            let said = format!("{shown}：照去年的表建好，{}条指标，实际值已清空。", form.indicators.len());
            (toml::write(&form, None).bytes, said)
        }
        None => (from_template(task, year)?, format!("{shown}：建好了。打开：jixiao {shown}")),
    };
    store::create(&task.file, &bytes)?;
    writeln!(streams.err, "{said}")?;
    Ok(0)
}

/// Last year's form, from its file or from one of another program; what was guessed is told.
fn last_year(path: &Path, streams: &mut Streams<'_>) -> Result<Form, Failure> {
    if path.extension().is_none_or(|extension| extension.eq_ignore_ascii_case("toml")) {
        return Ok(file::open(path, false)?.form);
    }
    let (found, _) = format::understand(&store::apart::source(path, &store::apart::program())?);
    if found.form.indicators.is_empty() {
        return Err(Failure::Said(format!("{}：没有读出指标，不像是绩效目标表。", store::shown(path))));
    }
    for note in &found.notes {
        writeln!(streams.err, "{}", import::line(note))?;
    }
    Ok(found.form)
}

/// The template with its comments, and year and agency filled in.
fn from_template(task: &New, year: String) -> Result<Vec<u8>, Failure> {
    let id = task.profile.as_deref().unwrap_or(template::USUAL);
    let Some(loaded) = template::find(id) else {
        let known: Vec<&str> = template::ids().collect();
        let id = text::visible(id);
        return Err(Failure::Said(format!("没有分值权重“{id}”，可选：{}。", known.join("、"))));
    };
    let mut form = loaded.form;
    form.year = year;
    form.agency.clone_from(&task.agency);
    Ok(toml::write(&form, Some(&loaded.source)).bytes)
}
