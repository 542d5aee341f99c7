//! `jixiao help`: the manual, a page a task.

use super::arguments::{self, Help};
use super::{Failure, Outcome, Streams};
use crate::manual::{self, KEYS, TOPICS};
use crate::text::{Policy, visible};

pub(super) fn run(task: &Help, streams: &mut Streams<'_>) -> Outcome {
    let Some(name) = task.topic.as_deref().map(str::trim) else {
        writeln!(streams.out, "手册。看一页：jixiao help 题目（打不了汉字就用右边的英文名）\n")?;
        let pages = TOPICS.iter().map(|topic| (topic.name, topic.alias, topic.about));
        for (name, alias, about) in std::iter::once(KEYS).chain(pages) {
            let (name, alias) = (Policy::Narrow.pad(name, 16), Policy::Narrow.pad(alias, 10));
            writeln!(streams.out, "  {name}{alias}{about}")?;
        }
        writeln!(
            streams.out,
            "\n一个命令怎么用：jixiao help 命令。一种问题怎么改：jixiao explain 问题代码。"
        )?;
        return Ok(0);
    };
    let page = manual::find(name).map(manual::Topic::text).or_else(|| arguments::help_of(name));
    let Some(page) = page else {
        let name = visible(name);
        return Err(Failure::Said(format!("手册里没有“{name}”。看全部题目：jixiao help")));
    };
    writeln!(streams.out, "{}", page.trim_end())?;
    Ok(0)
}
