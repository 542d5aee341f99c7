//! The points of a form as JSON, for `check`, `score` and `collect`.

use serde_json::{Map, Value, json};

use crate::score::{Achieved, Scores};
use crate::vocabulary::number::plain;

/// Total and classes against the profile.
pub(super) fn json(scores: &Scores) -> Value {
    let mut level1 = Map::new();
    for class in &scores.classes {
        let expected = class.expected.map(plain);
        level1.insert(class.name.clone(), json!({"points": plain(class.points), "expected": expected}));
    }
    json!({"total": plain(scores.total), "expected": plain(scores.expected()), "level1": level1})
}

/// What was achieved.
pub(super) fn achieved(achieved: &Achieved) -> Value {
    let execution = achieved.execution.as_ref();
    let execution = execution.map(|part| json!({"rate": plain(part.rate), "score": plain(part.score)}));
    json!({"total": plain(achieved.total), "grade": achieved.grade(), "execution": execution})
}

/// Total and classes in one line.
pub(super) fn line(scores: &Scores) -> String {
    let class = |class: &crate::score::ClassScore| {
        let name = if class.name.is_empty() { "未分类" } else { &class.name };
        match class.expected {
            Some(expected) => format!("{name} {}/{}", plain(class.points), plain(expected)),
            None => format!("{name} {}", plain(class.points)),
        }
    };
    let classes: Vec<String> = scores.classes.iter().map(class).collect();
    let total = format!("合计 {}/{}", plain(scores.total), plain(scores.expected()));
    crate::text::visible(&format!("{}  {total}", classes.join("  "))).into_owned()
}
