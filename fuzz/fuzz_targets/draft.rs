//! The reader of drafts: the bytes as they are, and as lines whose checksums are right.
#![no_main]

use std::time::SystemTime;

use jixiao::compare;
use jixiao::store::draft;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = draft::recovered(bytes, SystemTime::UNIX_EPOCH);
    let text = String::from_utf8_lossy(bytes);
    let line = |line: &str| format!("{:08x} {line}\n", crc32fast::hash(line.as_bytes()));
    let draft: String = text.lines().map(line).collect();
    if let Ok(Some(found)) = draft::recovered(draft.as_bytes(), SystemTime::UNIX_EPOCH) {
        // What the editor does with it.
        let merged = compare::merge(&found.base, &found.form, &found.base);
        let _ = compare::edits(&found.base, &merged.form);
    }
});
