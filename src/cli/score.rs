//! `jixiao score`: points against the profile, and what was achieved.

use serde_json::{Value, json};

use super::arguments::{Format, One};
use super::{Outcome, Streams, file, points};
use crate::form::{Form, Row};
use crate::score::{Achieved, Scores};
use crate::text::{Policy, visible};
use crate::vocabulary::number::plain;

pub(super) fn run(task: &One, streams: &mut Streams<'_>) -> Outcome {
    let form = file::open(&task.file, streams.color)?.form;
    let scores = Scores::of(&form);
    let achieved = Achieved::of(&form, &scores);
    match task.format {
        Format::Json => super::json(streams.out, &value(&form, &scores, &achieved))?,
        Format::Text => {
            for at in 0..form.indicators.len() {
                writeln!(streams.out, "{}", row(&form, &scores, &achieved, at))?;
            }
            writeln!(streams.out, "{}", points::line(&scores))?;
            writeln!(streams.out, "{}", summary(&achieved))?;
        }
    }
    Ok(0)
}

fn value(form: &Form, scores: &Scores, achieved: &Achieved) -> Value {
    let row = |(at, row): (usize, &Row)| {
        let (score, done) = (&scores.rows[at], achieved.rows[at].as_ref());
        json!({
            "index": at,
            "level1": row.level1,
            "level2": row.level2,
            "name": row.name,
            "points": score.points.map(plain),
            "rule": score.parsed.rule.kind(),
            "actual": row.actual,
            "score": done.and_then(|done| done.points).map(plain),
            "trail": done.map(|done| done.trail.clone()).unwrap_or_default(),
        })
    };
    json!({
        "points": points::json(scores),
        "achieved": points::achieved(achieved),
        "indicators": form.indicators.iter().enumerate().map(row).collect::<Vec<_>>(),
    })
}

/// Columns of a name.
const NAME: usize = 40;

fn row(form: &Form, scores: &Scores, achieved: &Achieved, at: usize) -> String {
    let name = visible(form.indicators[at].title()).replace('\n', " ");
    let full = scores.rows[at].points.map_or("-".to_owned(), plain);
    let done = achieved.rows[at].as_ref();
    let got = done.and_then(|done| done.points).map_or("-".to_owned(), plain);
    let trail = done.map(|done| visible(&done.trail.join("；")).into_owned()).unwrap_or_default();
    let name = Policy::Narrow.pad(&Policy::Narrow.cut(&name, NAME), NAME);
    format!("{:>3}  {name}  {got:>6} / {full:<4}  {trail}", at + 1).trim_end().to_owned()
}

fn summary(achieved: &Achieved) -> String {
    let execution = match &achieved.execution {
        Some(part) => format!("预算执行率 {}%，得 {} 分", plain(part.rate), plain(part.score)),
        None => "预算执行数没有填".to_owned(),
    };
    match achieved.grade() {
        Some(grade) => format!("{execution}；自评总分 {}，等级 {grade}", plain(achieved.total)),
        None => format!("{execution}；已能算出的得分 {}，还没有填全", plain(achieved.total)),
    }
}
