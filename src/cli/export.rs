//! `jixiao export`: the printed form, or its rows for other programs.

use super::arguments::Export;
use super::{Failure, Outcome, Streams, file};
use crate::format::{self, TARGETS, printed::Variant};
use crate::store;

pub(super) fn run(task: &Export, streams: &mut Streams<'_>) -> Outcome {
    let extension = task.output.extension().unwrap_or_default().to_string_lossy();
    let Some(target) = format::target(&extension) else {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.extension).collect();
        let shown = store::shown(&task.output);
        return Err(Failure::Said(format!("不知道 {shown} 要什么格式，扩展名可以是：{}。", known.join(" "))));
    };
    let form = file::open(&task.file, streams.color)?.form;
    if task.fill_in && target.extension != "xlsx" {
        return Err(Failure::Said("填写表是 Excel 文件，文件名要以 .xlsx 结尾。".into()));
    }
    let variant = if task.self_evaluation { Variant::SelfEvaluation } else { Variant::Target };
    let bytes = match task.fill_in {
        true => format::fill_in(&form)?,
        false => target.write(&form, variant)?,
    };
    super::write(&task.output, &bytes, task.force)?;
    writeln!(streams.err, "导出到 {}。", store::shown(&task.output))?;
    Ok(0)
}
