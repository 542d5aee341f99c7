//! Opening forms for tasks, and `fmt`.

use std::path::Path;

use super::arguments::Fmt;
use super::{Failure, Outcome, Streams};
use crate::format::toml::{self, Limits, Loaded};
use crate::store::{self, OpenError, Opened, Stamp};

/// Opens a form; what is wrong with a broken file is told with places and carets.
pub(super) fn open(path: &Path, color: bool) -> Result<Loaded, Failure> {
    stamped(path, color).map(|opened| opened.loaded)
}

fn stamped(path: &Path, color: bool) -> Result<Opened, Failure> {
    store::open(path, &Limits::default()).map_err(|error| match error {
        OpenError::Store(error) => Failure::Store(error),
        OpenError::Broken(broken, _) => Failure::Said(broken.report(&store::shown(path), color)),
    })
}

/// Rewrites a file canonically; what a form does not hold stays as comments at its end.
pub(super) fn fmt(task: &Fmt, streams: &mut Streams<'_>) -> Outcome {
    let Opened { loaded, stamp } = stamped(&task.file, false)?;
    let shown = store::shown(&task.file);
    if let Some(reason) = loaded.read_only {
        return Err(Failure::Said(format!("{shown}：{reason}")));
    }
    let bytes = toml::canonical(&loaded.form, &loaded.source);
    if Stamp::of(&bytes) == stamp {
        writeln!(streams.err, "{shown} 已经是规范写法。")?;
        return Ok(0);
    }
    if task.check {
        writeln!(streams.err, "{shown} 不是规范写法；去掉 --check 就改。")?;
        return Ok(1);
    }
    store::save(&task.file, &bytes, Some(stamp))?;
    writeln!(streams.err, "{shown} 已改成规范写法。")?;
    Ok(0)
}
