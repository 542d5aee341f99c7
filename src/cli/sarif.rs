//! Findings as SARIF 2.1.0, which code review tools read; written piece by piece, so that a run over
//! many files is never in memory as a whole.

use serde_json::{Value, json};

use super::check::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::toml::Place;
use crate::lint;

/// The log of one run up to the results, which are joined by commas.
pub(super) fn before() -> String {
    let driver = json!({
        "name": "jixiao",
        "version": env!("CARGO_PKG_VERSION"),
        "language": "zh-CN",
        "rules": lint::ALL.iter().map(rule).collect::<Vec<_>>(),
    });
    let head = r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"#;
    format!(r#"{head}"tool":{{"driver":{driver}}},"columnKind":"unicodeCodePoints","results":["#)
}

/// The rest of the log, with what [`fault`] said of files that could not be checked.
pub(super) fn after(faults: &[String]) -> String {
    let (whole, faults) = (faults.is_empty(), faults.join(","));
    let told = format!(r#""executionSuccessful":{whole},"toolExecutionNotifications":[{faults}]"#);
    format!("],\"invocations\":[{{{told}}}]}}]}}\n")
}

/// The results of a file, joined by commas.
pub(super) fn results(checked: &Checked) -> String {
    let Ok(found) = &checked.result else { return String::new() };
    let results = found.placed().map(|(found, place)| result(&checked.path, found, place).to_string());
    results.collect::<Vec<_>>().join(",")
}

/// Why a file could not be checked.
pub(super) fn fault(checked: &Checked) -> Option<String> {
    let error = checked.result.as_ref().err()?;
    let location = json!({"physicalLocation": {"artifactLocation": {"uri": uri(&checked.path)}}});
    Some(json!({"level": "error", "message": {"text": error}, "locations": [location]}).to_string())
}

fn rule(lint: &lint::Lint) -> Value {
    json!({
        "id": lint.code,
        "shortDescription": {"text": lint.title()},
        "fullDescription": {"text": lint.explanation()},
        "help": {"text": lint.explanation(), "markdown": lint.explanation()},
        "defaultConfiguration": {"level": level(lint.severity())},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn result(path: &str, found: &Diagnostic, place: Option<Place>) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(path)}});
    if let Some(place) = place {
        physical["region"] = json!({"startLine": place.line, "startColumn": place.column});
    }
    json!({
        "ruleId": found.code,
        "ruleIndex": lint::ALL.iter().position(|lint| lint.code == found.code),
        "level": level(found.severity),
        "message": {"text": found.message},
        "locations": [{"physicalLocation": physical}],
    })
}

/// A path as a relative or file URI: everything but plain characters is escaped.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char)
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn chinese_and_blanks_are_escaped() {
        assert_eq!(uri("/a b/表.toml"), "file:///a%20b/%E8%A1%A8.toml");
        assert_eq!(uri("forms/a.toml"), "forms/a.toml");
    }
}
