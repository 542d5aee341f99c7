//! The forms that were opened before: a list of paths in the state folder, the last opened first.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::state::{local, private_folder};

/// Forms that are remembered.
const MOST: usize = 20;
/// Bytes of the list that are read.
const MOST_BYTES: usize = 1 << 20;

/// The list; `None` where no form was ever opened and [`begin`] was not called: a first start.
pub fn list(state: &Path) -> Option<Vec<PathBuf>> {
    let bytes = super::read(&file(state), MOST_BYTES).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.lines().filter(|line| !line.is_empty()).take(MOST).map(PathBuf::from).collect())
}

/// Begins a list, so that the next start is no longer the first.
///
/// # Errors
/// When the state folder cannot be written.
pub fn begin(state: &Path) -> io::Result<()> {
    write(state, &list(state).unwrap_or_default())
}

/// Puts a form at the head of the list. Names that a line of text cannot hold are left out.
///
/// # Errors
/// When the state folder cannot be written.
pub fn remember(state: &Path, form: &Path) -> io::Result<()> {
    let form = std::path::absolute(form)?;
    if form.to_str().is_none_or(|name| name.contains(['\n', '\r'])) {
        return Ok(());
    }
    let before = list(state).unwrap_or_default();
    if before.first() == Some(&form) {
        return Ok(());
    }
    let others = before.into_iter().filter(|other| *other != form);
    write(state, &std::iter::once(form.clone()).chain(others).take(MOST).collect::<Vec<_>>())
}

/// Takes a form off the list.
///
/// # Errors
/// When the state folder cannot be written.
pub fn forget(state: &Path, form: &Path) -> io::Result<()> {
    let kept: Vec<PathBuf> =
        list(state).unwrap_or_default().into_iter().filter(|other| other != form).collect();
    write(state, &kept)
}

/// When a form was last written, in local time; `None` where it is gone.
pub fn time(form: &Path) -> Option<String> {
    let written: SystemTime = fs::metadata(form).and_then(|meta| meta.modified()).ok()?;
    Some(local(written, "%Y-%m-%d %H:%M"))
}

/// Bytes of a form; `None` where it is gone.
pub fn size(form: &Path) -> Option<u64> {
    fs::metadata(form).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
}

fn file(state: &Path) -> PathBuf {
    state.join("recent")
}

fn write(state: &Path, forms: &[PathBuf]) -> io::Result<()> {
    private_folder(state)?;
    let text: String =
        forms.iter().filter_map(|form| form.to_str()).map(|form| format!("{form}\n")).collect();
    let mut unnamed = tempfile::NamedTempFile::new_in(state)?;
    unnamed.write_all(text.as_bytes())?;
    // Not synced: a start need not wait for the disk, and a list that is lost is soon made anew.
    unnamed.persist(file(state)).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_opened_comes_first_and_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path();
        assert_eq!(list(state), None);
        begin(state).expect("begins");
        assert_eq!(list(state), Some(vec![]));
        let names = ["/a/一.toml", "/a/二.toml", "/a/一.toml"];
        names.iter().for_each(|name| remember(state, Path::new(name)).expect("remembers"));
        assert_eq!(list(state), Some(vec!["/a/一.toml".into(), "/a/二.toml".into()]));
        remember(state, Path::new("/a/两\n行.toml")).expect("leaves it out");
        forget(state, Path::new("/a/一.toml")).expect("forgets");
        assert_eq!(list(state), Some(vec!["/a/二.toml".into()]));
        for number in 0..30 {
            remember(state, Path::new(&format!("/a/{number}.toml"))).expect("remembers");
        }
        assert_eq!(list(state).map(|list| list.len()), Some(MOST));
    }
}
