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
    let variant = if task.self_evaluation { Variant::SelfEvaluation } else { Variant::Target };
    let bytes = target.write(&form, variant)?;
    super::write(&task.output, &bytes, task.force)?;
    writeln!(streams.err, "导出到 {}。", store::shown(&task.output))?;
    Ok(0)
}
