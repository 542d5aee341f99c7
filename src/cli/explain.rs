//! `jixiao explain`: why something is a fault, and how to mend it.

use super::arguments::Explain;
use super::{Failure, Outcome, Streams};
use crate::lint;
use crate::text::{Policy, visible};

pub(super) fn run(task: &Explain, streams: &mut Streams<'_>) -> Outcome {
    let Some(code) = &task.code else {
        for lint in lint::ALL {
            let code = Policy::Narrow.pad(lint.code, 32);
            writeln!(streams.out, "{} {code} {}", lint.severity().tag(), lint.title())?;
        }
        return Ok(0);
    };
    let Some(lint) = lint::find(code.trim()) else {
        return Err(Failure::Said(format!("没有问题代码“{}”。看全部：jixiao explain", visible(code))));
    };
    writeln!(streams.out, "{}", lint.explanation())?;
    Ok(0)
}
