//! The user's config folder: what the user sets, and the unit's own library of indicators.

use std::io;
use std::path::{Path, PathBuf};

use super::place;
use super::state::private_folder;
use super::{OpenError, Stamp, StoreError, create, open, save};
use crate::form::{Form, Indicator, Row};
use crate::format::text;
use crate::format::toml::{self, Limits};

/// Bytes of settings that are read.
const MOST_BYTES: usize = 1 << 20;

/// Where settings are: `JIXIAO_CONFIG`, or the user's folder for such things.
///
/// # Errors
/// When the system names no such folder.
pub fn folder() -> io::Result<PathBuf> {
    if let Some(folder) = std::env::var_os("JIXIAO_CONFIG").filter(|folder| !folder.is_empty()) {
        return Ok(PathBuf::from(folder));
    }
    place::folder(place::Use::Config)
}

/// The file of the settings.
pub fn settings_file(config: &Path) -> PathBuf {
    config.join("settings.toml")
}

/// The settings as they are on disk.
#[derive(Debug)]
pub struct Stored {
    /// The text; empty where there is no file.
    pub text: String,
    stamp: Option<Stamp>,
}

/// The settings on disk, in whichever encoding Notepad left them.
///
/// # Errors
/// When the file is there and cannot be read, or is no text: it would be damaged when it is written.
pub fn settings(config: &Path) -> Result<Stored, StoreError> {
    let file = settings_file(config);
    let bytes = match super::read(&file, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(StoreError::NotFound(_)) => return Ok(Stored { text: String::new(), stamp: None }),
        Err(error) => return Err(error),
    };
    match text::decode_whole(&bytes) {
        Some(text) => Ok(Stored { text, stamp: Some(Stamp::of(&bytes)) }),
        None => Err(StoreError::Read {
            path: super::shown(&file),
            reason: "里面有不是文字的字节。请用记事本打开，另存为 UTF-8 编码。".into(),
        }),
    }
}

/// Writes the settings whole or not at all; as UTF-8.
///
/// # Errors
/// As [`save`], and when the file is not what was read; it is then as before.
pub fn save_settings(config: &Path, text: &str, read: &Stored) -> Result<(), StoreError> {
    let failed = |error: io::Error| StoreError::Write {
        path: super::shown(config),
        reason: super::write_reason(&error),
    };
    private_folder(config).map_err(failed)?;
    let file = settings_file(config);
    match read.stamp {
        Some(stamp) => save(&file, text.as_bytes(), Some(stamp)),
        None => create(&file, text.as_bytes()),
    }
    .map(|_| ())
}

/// The file of the unit's own library: a form whose rows are its indicators.
pub fn library_file(config: &Path) -> PathBuf {
    config.join("library.toml")
}

/// The rows of the unit's own library, and what is wrong with its file; the rows that can be read
/// are there all the same. No file is no library.
pub fn own_library(config: &Path) -> (Vec<Row>, Option<String>) {
    let file = library_file(config);
    match open(&file, &Limits::default()) {
        Ok(opened) => (opened.loaded.form.indicators, None),
        Err(OpenError::Store(StoreError::NotFound(_))) => (Vec::new(), None),
        Err(OpenError::Store(error)) => (Vec::new(), Some(error.to_string())),
        Err(OpenError::Broken(broken, _)) => {
            let said = broken.report(&super::shown(&file), false);
            (broken.salvage.map_or(Vec::new(), |rest| rest.form.indicators), Some(said))
        }
    }
}

/// Adds a row to the unit's own library; what was achieved and scored stays out of it.
///
/// # Errors
/// When its file is broken or cannot be written; it is then as before.
pub fn add_to_library(config: &Path, row: &Indicator) -> Result<(), String> {
    let file = library_file(config);
    private_folder(config).map_err(|error| format!("{}：{error}", super::shown(config)))?;
    let (form, source, stamp) = match open(&file, &Limits::default()) {
        Ok(opened) => (opened.loaded.form, Some(opened.loaded.source), Some(opened.stamp)),
        Err(OpenError::Store(StoreError::NotFound(_))) => (Form::default(), None, None),
        Err(OpenError::Store(error)) => return Err(error.to_string()),
        Err(OpenError::Broken(broken, _)) => return Err(broken.report(&super::shown(&file), false)),
    };
    let mut rows = form.indicators.clone();
    rows.retain(|known| known.name.trim() != row.name.trim());
    let mut row = row.copy();
    let achieved = [&mut row.actual, &mut row.manual_score, &mut row.deviation_reason, &mut row.allow];
    achieved.into_iter().for_each(String::clear);
    rows.push(row.into());
    let written = toml::write(&form.with_rows(rows), source.as_ref());
    save(&file, &written.bytes, stamp).map(|_| ()).map_err(|error| error.to_string())
}
