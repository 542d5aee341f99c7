//! The loader of forms: what is read is checked, scored, written and read again the same.
#![no_main]

use jixiao::form::Form;
use jixiao::format::toml::{self, Limits};
use jixiao::lint;
use jixiao::score::{Achieved, Scores};

fn look(form: &Form) {
    let scores = Scores::of(form);
    let _ = Achieved::of(form, &scores);
    let _ = lint::run(form, &scores);
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { rows: 200, ..Limits::default() };
    match toml::read(bytes, &limits) {
        Ok(loaded) => {
            look(&loaded.form);
            for source in [None, Some(&loaded.source)] {
                let written = toml::write(&loaded.form, source);
                let again = toml::read(&written.bytes, &limits);
                assert_eq!(again.map(|again| again.form).ok().as_ref(), Some(&loaded.form));
            }
        }
        Err(broken) => {
            let _ = broken.report("表.toml", false);
            if let Some(rest) = broken.salvage {
                look(&rest.form);
            }
        }
    }
});
