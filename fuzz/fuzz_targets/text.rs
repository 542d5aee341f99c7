//! The importer of texts in any encoding.
#![no_main]

use jixiao::format::text;
use jixiao::format::toml::{self, Limits};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let found = text::read(bytes);
    let written = toml::write(&found.form, None);
    assert!(toml::read(&written.bytes, &Limits::default()).is_ok(), "what was recovered can be saved");
});
