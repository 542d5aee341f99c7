//! What stands in a folder.

use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use super::{StoreError, read_error, shown, state};

/// The most entries that are listed.
const MOST: usize = 2_000;

/// A file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, as it may be shown.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    written: Option<SystemTime>,
}

impl Listed {
    /// When it was last written, in local time; empty where the system does not know.
    pub fn time(&self) -> String {
        self.written.map_or(String::new(), |time| state::local(time, "%Y-%m-%d %H:%M"))
    }
}

/// The files with one of these extensions, the last written first, then the folders by name;
/// what is hidden is left out.
///
/// # Errors
/// Why the folder cannot be read.
pub fn list(folder: &Path, extensions: &[&str]) -> Result<Vec<Listed>, StoreError> {
    let failed = |error: io::Error| read_error(&shown(folder), &error);
    let mut listed: Vec<Listed> = fs::read_dir(folder)
        .map_err(failed)?
        .flatten()
        .take(MOST)
        .filter_map(|entry| row(&entry.path()))
        .collect();
    listed.retain(|entry| {
        let extension = entry.path.extension().unwrap_or_default();
        entry.is_folder || extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    listed.sort_by(|a, b| {
        let by_kind = a.is_folder.cmp(&b.is_folder);
        let by_time = if a.is_folder { std::cmp::Ordering::Equal } else { b.written.cmp(&a.written) };
        by_kind.then(by_time).then_with(|| a.name.cmp(&b.name))
    });
    Ok(listed)
}

/// The folder the program was started in.
pub fn current() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// The folder above; none at the top.
pub fn above(folder: &Path) -> Option<PathBuf> {
    fs::canonicalize(folder).ok()?.parent().map(Path::to_owned)
}

fn row(path: &Path) -> Option<Listed> {
    let name = path.file_name()?.to_string_lossy();
    // Office programs keep `~$` files beside what is open.
    if name.starts_with(['.', '~']) {
        return None;
    }
    let meta = fs::metadata(path).ok()?;
    Some(Listed {
        path: path.to_owned(),
        name: shown(Path::new(name.as_ref())),
        is_folder: meta.is_dir(),
        written: meta.modified().ok(),
    })
}

/// The `.toml` files in a folder and the folders inside it, in the order of their names; what a
/// leading dot hides is left out, links to folders are not followed.
///
/// # Errors
/// Says which folder cannot be listed.
pub fn forms(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |error| read_error(&shown(folder), &error);
    let mut entries =
        fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(forms(&path)?);
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Whether a folder stands under this name.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_first_and_the_last_written_before_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, seconds: u64| {
            let file = fs::File::create(folder.path().join(name)).expect("creates");
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds))
                .expect("sets");
        };
        file("旧.docx", 1_000);
        file("新.XLSX", 2_000);
        file("~$新.XLSX", 3_000);
        file("图.png", 3_000);
        fs::create_dir(folder.path().join("去年")).expect("creates");
        let names: Vec<String> = list(folder.path(), &["docx", "xlsx"])
            .expect("lists")
            .into_iter()
            .map(|entry| entry.name)
            .collect();
        assert_eq!(names, ["新.XLSX", "旧.docx", "去年"]);
        assert!(list(&folder.path().join("无"), &[]).is_err());
    }
}
