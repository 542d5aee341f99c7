//! What lint tests share: one fault is patched into the clean sample, and one lint is asked.

use crate::diagnostic::Diagnostic;
use crate::form::field::{FIELDS, Table};
use crate::form::{Form, Row};
use crate::score::Scores;

/// The clean sample with a patch in TOML. Keys of an indicator patch its first row, other keys the
/// form; `[[indicator]]` tables replace all rows, each one patched over the sample's first row;
/// `[[extra]]` tables add such rows.
pub(super) fn patched(patch: &str) -> Form {
    let mut form = clean();
    let table: toml::Table = patch.parse().unwrap_or_else(|error| panic!("{patch}: {error}"));
    let base = form.indicators[0].clone();
    let mut rows = form.indicators.clone();
    for (key, value) in &table {
        match value {
            toml::Value::Array(tables) if key == "indicator" => rows = patch_rows(&base, tables),
            toml::Value::Array(tables) if key == "extra" => rows.extend(patch_rows(&base, tables)),
            toml::Value::Table(inner) => {
                inner.iter().for_each(|(inner_key, value)| set_form(&mut form, key, inner_key, value))
            }
            _ if is_row_key(key) => set_row(&mut rows[0], key, value),
            _ => set_form(&mut form, "", key, value),
        }
    }
    form.with_rows(rows)
}

fn patch_rows(base: &Row, tables: &[toml::Value]) -> Vec<Row> {
    let row = |table: &toml::Value| {
        let mut row = base.clone();
        table.as_table().expect("a table").iter().for_each(|(key, value)| set_row(&mut row, key, value));
        row
    };
    tables.iter().map(row).collect()
}

fn is_row_key(key: &str) -> bool {
    FIELDS.iter().any(|info| info.table == Table::Indicator && info.key == key)
}

fn set_row(row: &mut Row, key: &str, value: &toml::Value) {
    let field =
        crate::form::field::Field::find(Table::Indicator, key).unwrap_or_else(|| panic!("no field {key}"));
    *row.text_mut(field).expect("is of an indicator") = as_text(value);
}

fn set_form(form: &mut Form, table: &str, key: &str, value: &toml::Value) {
    let info = FIELDS.iter().find(|info| info.table.key() == table && info.key == key);
    let field = info.unwrap_or_else(|| panic!("no field {table}.{key}")).field;
    form.set_while_reading(field, as_text(value));
}

fn as_text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(lines) => lines.iter().map(as_text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// The clean sample.
pub(super) fn clean() -> Form {
    let loaded =
        crate::format::toml::read(include_bytes!("../../forms/clean-2026.toml"), &Default::default());
    loaded.unwrap_or_else(|_| panic!("the clean sample reads")).form
}

/// What one lint says of the patched sample.
pub(super) fn findings(code: &str, patch: &str) -> Vec<Diagnostic> {
    let form = patched(patch);
    let scores = Scores::of(&form);
    let report = super::run(&form, &scores);
    report.diagnostics.into_iter().filter(|diagnostic| diagnostic.code == code).collect()
}

/// The lint fires on the patched sample, with these words in its message.
#[track_caller]
pub(super) fn fires(code: &str, patch: &str, words: &str) {
    let found = findings(code, patch);
    assert!(
        found.iter().any(|diagnostic| diagnostic.message.contains(words)),
        "{code} on {patch}: {found:#?}"
    );
}

/// The lint says nothing of the patched sample.
#[track_caller]
pub(super) fn silent(code: &str, patch: &str) {
    let found = findings(code, patch);
    assert!(found.is_empty(), "{code} on {patch}: {found:#?}");
}

/// The first fix of the lint's first finding, applied: afterwards the lint is silent, and the
/// first row's field reads as given.
#[track_caller]
pub(super) fn fixes(code: &str, patch: &str, field: crate::form::field::Field, after: &str) {
    let mut form = patched(patch);
    let scores = Scores::of(&form);
    let report = super::run(&form, &scores);
    let found = report.diagnostics.into_iter().find(|diagnostic| diagnostic.code == code);
    let fix = found.unwrap_or_else(|| panic!("{code} does not fire on {patch}")).fixes.into_iter().next();
    let edits = fix.unwrap_or_else(|| panic!("{code} has no fix on {patch}")).edits;
    crate::form::edit::apply_all(edits, &mut form).expect("fits");
    let text = match field.is_of_indicator() {
        true => form.indicators[0].text(field),
        false => form.text(field),
    };
    assert_eq!(text.map(String::as_str), Some(after));
    let again = super::run(&form, &Scores::of(&form));
    assert!(
        again
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.code != code || diagnostic.site.row() != Some(0))
    );
}

mod documentation {
    use super::findings;

    /// The TOML blocks of an explanation, with whether each is a good example.
    fn examples(explanation: &str) -> Vec<(bool, String)> {
        let mut blocks = Vec::new();
        let mut good = false;
        let mut block: Option<String> = None;
        for line in explanation.lines() {
            match (&mut block, line) {
                (None, "```toml") => block = Some(String::new()),
                (Some(_), "```") => blocks.extend(block.take().map(|text| (good, text))),
                (Some(text), line) => text.push_str(&format!("{line}\n")),
                (None, line) if line.starts_with("坏") => good = false,
                (None, line) if line.starts_with("好") => good = true,
                _ => {}
            }
        }
        blocks
    }

    #[test]
    fn every_lint_explains_itself_and_its_examples_hold() {
        for lint in crate::lint::ALL {
            let explanation = lint.explanation();
            for heading in ["# ", "## 问题", "## 为什么", "## 怎么改", "## 例"] {
                assert!(
                    explanation.lines().any(|line| line.starts_with(heading)),
                    "{}: no {heading}",
                    lint.code
                );
            }
            let examples = examples(&explanation);
            for want in [false, true] {
                assert!(
                    examples.iter().any(|(good, _)| *good == want),
                    "{}: an example is missing",
                    lint.code
                );
            }
            for (good, patch) in examples {
                let found = findings(lint.code, &patch);
                assert_eq!(found.is_empty(), good, "{} on\n{patch}{found:#?}", lint.code);
            }
        }
    }

    #[test]
    fn the_clean_sample_has_no_finding() {
        let form = super::clean();
        let report = crate::lint::run(&form, &crate::score::Scores::of(&form));
        assert_eq!(report.diagnostics, []);
    }
}
