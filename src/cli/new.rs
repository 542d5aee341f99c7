//! `jixiao new`: a form from a template or from last year's.

use std::path::Path;

use super::arguments::New;
use super::{Failure, Outcome, Streams, file, import};
use crate::form::Form;
use crate::form::edit::apply_all;
use crate::form::successor::successor;
use crate::format::{self, template, toml};
use crate::settings::Settings;
use crate::store::config;
use crate::{store, text};

pub(super) fn run(task: &New, streams: &mut Streams<'_>) -> Outcome {
    let year = text::compact(&task.year).into_owned();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Failure::Said(format!(
            "年度要写四位数字，例如 2026，不能是“{}”。",
            text::visible(&task.year)
        )));
    }
    let settings = settings(streams)?;
    let shown = store::shown(&task.file);
    let (bytes, said) = match &task.from {
        Some(last) => {
            let last = last_year(last, streams)?;
            let mut form = successor(&last, &year);
            fill(&mut form, task, &settings)?;
            let said = format!("{shown}：照去年的表建好，{}条指标，实际值已清空。", form.indicators.len());
            (toml::text(&form).into_bytes(), said)
        }
        None => (from_template(task, year, &settings)?, format!("{shown}：建好了。打开：jixiao {shown}")),
    };
    store::create(&task.file, &bytes)?;
    writeln!(streams.err, "{said}")?;
    Ok(0)
}

/// What the user has set; what is wrong with it is told.
fn settings(streams: &mut Streams<'_>) -> Result<Settings, Failure> {
    let Ok(folder) = config::folder() else { return Ok(Settings::default()) };
    let (settings, faults) = match config::settings(&folder) {
        Ok(stored) => Settings::read(&stored.text),
        Err(error) => {
            writeln!(streams.err, "没有用设置：{error}")?;
            return Ok(Settings::default());
        }
    };
    for fault in faults {
        let file = store::shown(&config::settings_file(&folder));
        writeln!(streams.err, "{file}:{}：{}", fault.line, fault.message)?;
    }
    Ok(settings)
}

/// The agency that was named, and what the user has set for new forms.
fn fill(form: &mut Form, task: &New, settings: &Settings) -> Result<(), Failure> {
    if let Some(agency) = &task.agency {
        form.agency.clone_from(agency);
    }
    // They fit: the fields exist.
    let _ = apply_all(settings.prefill(form), form);
    match form.agency.trim().is_empty() {
        true => {
            Err(Failure::Said("缺少单位全称：写 --agency 单位全称，或者在编辑器的“设置”里填一次。".into()))
        }
        false => Ok(()),
    }
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
fn from_template(task: &New, year: String, settings: &Settings) -> Result<Vec<u8>, Failure> {
    let set = Some(settings.get("profile")).filter(|id| !id.is_empty());
    let id = task.profile.as_deref().or(set).unwrap_or(template::USUAL);
    let Some(loaded) = template::find(id) else {
        let known: Vec<&str> = template::ids().collect();
        let id = text::visible(id);
        return Err(Failure::Said(format!("没有分值权重“{id}”，可选：{}。", known.join("、"))));
    };
    let mut form = loaded.form;
    form.year = year;
    fill(&mut form, task, settings)?;
    Ok(toml::write(&form, Some(&loaded.source)).bytes)
}
