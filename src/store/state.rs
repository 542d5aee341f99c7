//! The state folder: what the program keeps of the user's work besides the forms themselves.
//! Everything in it is readable by its owner only, since forms name people.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::place;

/// How long drafts that were not wanted are kept.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Where drafts are: `JIXIAO_STATE`, or the user's folder for such things.
///
/// # Errors
/// When the system names no such folder.
pub fn folder() -> io::Result<PathBuf> {
    if let Some(folder) = std::env::var_os("JIXIAO_STATE").filter(|folder| !folder.is_empty()) {
        return Ok(PathBuf::from(folder));
    }
    place::folder(place::Use::State)
}

/// The budget year whose form is probably being written today: from August on the next one.
pub fn coming_budget_year() -> i16 {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let today = jiff::tz::TimeZone::system().to_datetime(now).date();
    today.year() + i16::from(today.month() >= 8)
}

/// A moment in local time.
pub(super) fn local(time: SystemTime, format: &str) -> String {
    let moment = jiff::Timestamp::try_from(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::TimeZone::system().to_datetime(moment).strftime(format).to_string()
}

/// A file name for a form: its own name, made harmless, and a sum of the whole path. It is the same
/// before the file is first saved and while it is gone.
pub(super) fn key(path: &Path) -> String {
    let whole = fs::canonicalize(path).or_else(|_| in_real_folder(path)).unwrap_or_else(|_| path.to_owned());
    let whole = whole.to_string_lossy();
    let sum = crc32fast::hash(whole.as_bytes());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let stem: String = stem.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
    format!("{stem}-{sum:08x}")
}

fn in_real_folder(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => Ok(folder.join(name)),
        _ => Ok(path),
    }
}

/// How files of the state folder are opened.
pub(super) fn options() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that only its owner reads.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes files that nobody wanted for [`KEPT`].
pub(super) fn forget_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > KEPT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
