//! Forms that a county would accept: the lints refuse none of them and say little.

use std::path::Path;

use jixiao::diagnostic::Severity;
use jixiao::{format, lint, score::Scores};

#[test]
fn accepted_forms_have_no_error_and_few_warnings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forms");
    let mut walked = 0;
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("reads");
        let loaded = format::toml::read(&bytes, &Default::default());
        let form = loaded.unwrap_or_else(|_| panic!("{} is broken", path.display())).form;
        let found = lint::run(&form, &Scores::of(&form)).diagnostics;
        let told = |severity| found.iter().filter(|one| one.severity == severity).count();
        walked += 1;
        if told(Severity::Error) > 0 || told(Severity::Warning) > 3 {
            let lines = found.iter().map(|one| format!("{:?} {} {}", one.severity, one.code, one.message));
            faults.push(format!("{}\n{}", path.display(), lines.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(walked >= 6, "only {walked} forms");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
