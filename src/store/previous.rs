//! Last year's form beside this year's: a copy in the state folder, so that it is there wherever
//! the file it came from went.

use std::io;
use std::path::{Path, PathBuf};

use super::state::{key, private_folder};
use crate::form::Form;
use crate::format::toml::{self, Limits};

/// Keeps last year's form for a form.
///
/// # Errors
/// When the state folder cannot be written.
pub fn keep(state: &Path, form: &Path, last: &Form) -> io::Result<()> {
    let file = file(state, form);
    private_folder(&state.join("previous"))?;
    super::replace(&file, toml::text(last).as_bytes())
}

/// Last year's form of a form, where there is one.
pub fn find(state: &Path, form: &Path) -> Option<Form> {
    super::open(&file(state, form), &Limits::LARGE).ok().map(|opened| opened.loaded.form)
}

fn file(state: &Path, form: &Path) -> PathBuf {
    state.join("previous").join(format!("{}.toml", key(form)))
}
