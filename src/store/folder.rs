//! Folders of forms.

use std::fs;
use std::path::{Path, PathBuf};

use super::{StoreError, read_error, shown};

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
