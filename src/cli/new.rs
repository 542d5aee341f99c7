//! `jixiao new`: a form from a template or from last year's.

use super::arguments::New;
use super::{Failure, Outcome, Streams, file};
use crate::form::successor::successor;
use crate::format::{template, toml};
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
            let last = file::open(last, false)?.form;
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
