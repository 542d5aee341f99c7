//! The last saved versions of each form, in the state folder: whole files, owner-only, numbered.
//!
//! Their order is the number in the name, not the time, since clocks are set back. What is kept
//! already is not kept twice. A version is written after the form itself, so a fault here costs a
//! version and never a save.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::OpenError;
use super::state::{key, local, private_folder};
use crate::form::Form;
use crate::format::toml::Limits;

/// Versions kept of a form.
const MOST: usize = 20;
/// Bytes kept of a form.
const MOST_BYTES: u64 = 16 << 20;

/// How a version came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was saved, or stood in the file before the first save.
    Saved,
    /// Others saved it while the form was open.
    Elsewhere,
    /// It was on the screen when the file of others was taken.
    Unsaved,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Saved, Self::Elsewhere, Self::Unsaved];

    fn key(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Elsewhere => "elsewhere",
            Self::Unsaved => "unsaved",
        }
    }

    /// How a version came about, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Saved => "保存的",
            Self::Elsewhere => "别处存的",
            Self::Unsaved => "未保存的",
        }
    }
}

/// A version that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    path: PathBuf,
    number: u32,
    bytes: u64,
    /// How it came about.
    pub kind: Kind,
    at: SystemTime,
}

impl Version {
    fn of(entry: &fs::DirEntry) -> Option<Self> {
        let path = entry.path();
        let name = path.file_name()?.to_str()?;
        let (number, kind) = name.strip_suffix(".toml")?.split_once('-')?;
        let kind = Kind::ALL.into_iter().find(|known| known.key() == kind)?;
        let number = number.parse().ok()?;
        let meta = entry.metadata().ok()?;
        let at = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Some(Self { path, number, bytes: meta.len(), kind, at })
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes.len() as u64 && fs::read(&self.path).is_ok_and(|kept| kept == bytes)
    }

    /// When it was kept, in local time.
    pub fn time(&self) -> String {
        local(self.at, "%Y年%m月%d日 %H:%M:%S")
    }

    /// The form of this version.
    ///
    /// # Errors
    /// When it is gone or damaged.
    pub fn form(&self) -> Result<Form, OpenError> {
        super::open(&self.path, &Limits::default()).map(|opened| opened.loaded.form)
    }
}

fn folder(state: &Path, form: &Path) -> PathBuf {
    state.join("versions").join(key(form))
}

/// The versions of a form that are kept, the newest first.
pub fn list(state: &Path, form: &Path) -> Vec<Version> {
    in_folder(&folder(state, form))
}

fn in_folder(folder: &Path) -> Vec<Version> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut versions: Vec<Version> = entries.filter_map(|entry| Version::of(&entry)).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    versions
}

/// Keeps a version of a form; an older one of the same bytes goes, and the oldest beyond the limits.
///
/// # Errors
/// When the state folder cannot be written.
pub fn keep(state: &Path, form: &Path, bytes: &[u8], kind: Kind) -> io::Result<()> {
    let folder = folder(state, form);
    let versions = in_folder(&folder);
    if versions.first().is_some_and(|newest| newest.holds(bytes)) {
        return Ok(());
    }
    private_folder(&folder)?;
    super::sweep(&folder, PREFIX);
    let number = versions.first().map_or(1, |newest| newest.number.saturating_add(1));
    let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(".tmp").tempfile_in(&folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(format!("{number:06}-{}.toml", kind.key()))).map_err(|error| error.error)?;
    let mut room = MOST_BYTES.saturating_sub(bytes.len() as u64);
    let mut kept = 1;
    for version in &versions {
        if kept < MOST && version.bytes <= room && !version.holds(bytes) {
            kept += 1;
            room -= version.bytes;
        } else {
            let _ = fs::remove_file(&version.path);
        }
    }
    Ok(())
}

/// Names of versions that are being written begin so.
const PREFIX: &str = ".version-";

/// Keeps what the form's file holds before it is written over, unless that is kept already.
///
/// # Errors
/// When it cannot be read, or the state folder cannot be written.
pub fn keep_file(state: &Path, form: &Path, kind: Kind) -> io::Result<()> {
    match fs::metadata(form) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(meta) if !meta.is_file() || meta.len() > MOST_BYTES => Ok(()),
        Ok(_) => {
            let bytes = fs::read(form)?;
            match list(state, form).iter().any(|version| version.holds(&bytes)) {
                true => Ok(()),
                false => keep(state, form, &bytes, kind),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(state: &Path, form: &Path) -> Vec<String> {
        let text = |version: &Version| fs::read_to_string(&version.path).expect("reads");
        list(state, form).iter().map(text).collect()
    }

    #[test]
    fn the_last_versions_are_kept_once_each_and_the_newest_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = folder.path().join("表.toml");
        for text in ["一", "一", "二", "三", "一"] {
            keep(folder.path(), &form, text.as_bytes(), Kind::Saved).expect("keeps");
        }
        assert_eq!(texts(folder.path(), &form), ["一", "三", "二"]);
        for number in 0..30 {
            keep(folder.path(), &form, format!("{number}").as_bytes(), Kind::Saved).expect("keeps");
        }
        let kept = texts(folder.path(), &form);
        assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, "29", "10"));
        assert!(list(folder.path(), &folder.path().join("别的.toml")).is_empty());
    }

    #[test]
    fn large_versions_leave_no_room_for_old_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = folder.path().join("a.toml");
        for n in 0..4_u8 {
            let bytes = vec![b'0' + n; (MOST_BYTES / 3) as usize];
            keep(folder.path(), &form, &bytes, Kind::Saved).expect("keeps");
        }
        assert_eq!(list(folder.path(), &form).len(), 3);
    }

    #[test]
    fn a_version_gives_the_form_back_or_says_that_it_is_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = folder.path().join("a.toml");
        keep_file(folder.path(), &form, Kind::Saved).expect("nothing to keep");
        fs::write(&form, "year = 2026\n").expect("writes");
        keep_file(folder.path(), &form, Kind::Elsewhere).expect("keeps");
        let versions = list(folder.path(), &form);
        assert_eq!((versions.len(), versions[0].kind), (1, Kind::Elsewhere));
        assert_eq!(versions[0].form().expect("reads").year, "2026");
        fs::write(&versions[0].path, "[[").expect("writes");
        assert!(versions[0].form().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn versions_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let form = folder.path().join("a.toml");
        keep(folder.path(), &form, b"x", Kind::Saved).expect("keeps");
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!(mode(&list(folder.path(), &form)[0].path), 0o600);
        assert_eq!(mode(&folder.path().join("versions")), 0o700);
    }
}
