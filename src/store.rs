//! The only place that touches files: bounded reading, atomic saving, change detection.
//!
//! A save writes a temporary file in the same folder, syncs it, renames it over the target and
//! syncs the folder, so at every moment one whole version exists under the name. Links are
//! followed, permissions kept. A file that is not what was opened is never overwritten unasked.

pub mod apart;
pub mod config;
pub mod draft;
pub mod folder;
pub mod growing;
mod place;
pub mod previous;
pub mod recent;
pub mod state;
pub mod versions;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::format::toml;
use crate::text;

/// What a file held when it was last read or written; compared by content, since times of FAT and
/// network folders tell nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    hash: u64,
}

impl Stamp {
    /// The stamp of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { bytes: bytes.len() as u64, hash: hasher.finish() }
    }
}

/// Why a file could not be read or written, in Chinese, with what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("找不到文件 {0}。请检查文件名和所在文件夹。")]
    NotFound(String),
    /// A folder stands under this name.
    #[error("{0} 是一个文件夹，不是表格文件。请给出文件夹里的 .toml 文件。")]
    IsFolder(String),
    /// A device, pipe or socket.
    #[error("{0} 不是普通文件，不能打开，也不能写入。")]
    NotAFile(String),
    /// More bytes than may be read.
    #[error("{path} 太大（超过 {limit} MB），不像是一张绩效目标表，没有打开。")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit in MiB.
        limit: usize,
    },
    /// The file on disk is not what was opened.
    #[error("{0} 在打开之后被别的程序改过，没有覆盖。可以另存为，或确认后覆盖。")]
    ChangedOnDisk(String),
    /// A file that should be new is already there.
    #[error("已经有 {0}，没有覆盖。请换一个名字。")]
    Exists(String),
    /// Reading failed.
    #[error("读不出 {path}：{reason}")]
    Read {
        /// The file.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
    /// Writing failed; the file on disk is as before.
    #[error("没有保存到 {path}：{reason}原文件没有动，内容还在屏幕上。")]
    Write {
        /// The file.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// Says what stands under the name instead, or why it cannot be read.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, StoreError> {
    let shown = shown(path);
    let failed = |error: io::Error| read_error(&shown, &error);
    let meta = fs::metadata(path).map_err(failed)?;
    if meta.is_dir() {
        return Err(StoreError::IsFolder(shown));
    }
    if !meta.is_file() {
        return Err(StoreError::NotAFile(shown));
    }
    let file = File::open(path).map_err(failed)?;
    // One more than there should be: the end is found without asking for more room.
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0).min(limit) + 1);
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() > limit {
        true => Err(StoreError::TooLarge { path: shown, limit: limit >> 20 }),
        false => Ok(bytes),
    }
}

/// A form as it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The form, its source and what was noted.
    pub loaded: toml::Loaded,
    /// What the file held.
    pub stamp: Stamp,
}

/// Why a form could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The file could not be read.
    Store(StoreError),
    /// The file is no readable form; part of it may be.
    Broken(Box<toml::Broken>, Stamp),
}

/// Opens a form.
///
/// # Errors
/// Says why the file cannot be read or what is wrong in it.
pub fn open(path: &Path, limits: &toml::Limits) -> Result<Opened, OpenError> {
    let bytes = read(path, limits.bytes).map_err(OpenError::Store)?;
    let stamp = Stamp::of(&bytes);
    match toml::read(bytes, limits) {
        Ok(loaded) => Ok(Opened { loaded, stamp }),
        Err(broken) => Err(OpenError::Broken(Box::new(broken), stamp)),
    }
}

/// Whether the file holds something else than the stamp says; a file that cannot be read is not
/// changed, but gone, and saving tells that.
pub fn is_changed(path: &Path, stamp: Stamp) -> bool {
    fs::read(resolve(path)).is_ok_and(|bytes| Stamp::of(&bytes) != stamp)
}

/// Whether something stands under this name.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Replaces the file at `path` by `bytes`, or creates it. With `expected`, only while the file
/// still holds what that stamp says.
///
/// # Errors
/// On any failure the file is as before and the message says what to do.
pub fn save(path: &Path, bytes: &[u8], expected: Option<Stamp>) -> Result<Stamp, StoreError> {
    let shown = shown(path);
    let target = resolve(path);
    may_hold_a_file(&target, &shown)?;
    if let Some(expected) = expected {
        match fs::read(&target) {
            Ok(current) if Stamp::of(&current) != expected => return Err(StoreError::ChangedOnDisk(shown)),
            _ => {}
        }
    }
    replace(&target, bytes)
        .map_err(|error| StoreError::Write { path: shown, reason: write_reason(&error) })?;
    Ok(Stamp::of(bytes))
}

/// Creates a file that must not be there yet, also where another program creates it meanwhile.
///
/// # Errors
/// As [`save`]; and when something stands under the name.
pub fn create(path: &Path, bytes: &[u8]) -> Result<Stamp, StoreError> {
    let shown = shown(path);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists(shown.clone()),
        _ => StoreError::Write { path: shown.clone(), reason: write_reason(&error) },
    };
    if exists(path) {
        return Err(StoreError::Exists(shown));
    }
    let mut temporary = temporary(path).map_err(failed)?;
    temporary.write_all(bytes).and_then(|()| temporary.as_file().sync_all()).map_err(failed)?;
    match temporary.persist_noclobber(path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Err(failed(error.error)),
        // FAT by way of some drivers has neither links nor a rename that refuses: the name is taken
        // first, by an empty file.
        Err(error) => {
            File::options().write(true).create_new(true).open(path).map_err(failed)?;
            error.file.persist(path).map_err(|error| failed(error.error))?;
        }
    }
    sync_folder(folder_of(path));
    Ok(Stamp::of(bytes))
}

/// Whether a file may be put under this name: not over a folder, and not over a device or pipe,
/// which a rename would take away from everybody.
fn may_hold_a_file(target: &Path, shown: &str) -> Result<(), StoreError> {
    match fs::metadata(target) {
        Ok(meta) if meta.is_dir() => Err(StoreError::IsFolder(shown.to_owned())),
        Ok(meta) if !meta.is_file() => Err(StoreError::NotAFile(shown.to_owned())),
        _ => Ok(()),
    }
}

/// The file itself where the path is a link.
fn resolve(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = temporary(target)?;
    temporary.write_all(bytes)?;
    persist(temporary, target)
}

/// An empty file beside the target, which may be written.
fn temporary(target: &Path) -> io::Result<NamedTempFile> {
    if let Ok(meta) = fs::metadata(target)
        && meta.permissions().readonly()
    {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    tempfile::Builder::new().prefix(&prefix_of(target)).suffix(".tmp").tempfile_in(folder_of(target))
}

/// How temporary files of saves of this file begin.
fn prefix_of(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".jixiao-{:08x}-", crc32fast::hash(name.as_bytes()))
}

/// Puts a whole file durably under the name of the target. Then those go that kills left of earlier
/// saves of it: whatever happens to the folder's list meanwhile, the save is done.
fn persist(temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    if let Ok(meta) = fs::metadata(target) {
        #[cfg(unix)]
        keep_owner(temporary.as_file(), &meta);
        // FAT and some network folders keep no permissions; the save must not fail for that.
        let _ = temporary.as_file().set_permissions(meta.permissions());
    }
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|error| error.error)?;
    sync_folder(folder_of(target));
    sweep(folder_of(target), &prefix_of(target));
    Ok(())
}

/// Gives a file the owner and group of the one it replaces, as far as the user may: who saves the
/// form of another must not take it away from them.
#[cfg(unix)]
fn keep_owner(file: &File, meta: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(meta.uid()), Some(meta.gid())).is_err() {
        let _ = fchown(file, None, Some(meta.gid()));
    }
}

/// Temporary files are left over, when they are older than any save takes.
const LEFT_OVER: Duration = Duration::from_secs(600);

/// Removes left-over temporary files of a prefix from a folder.
fn sweep(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_own = name.starts_with(prefix) && name.ends_with(".tmp");
        let age = || entry.metadata().and_then(|meta| meta.modified()).ok()?.elapsed().ok();
        if is_own && age().is_some_and(|age| age > LEFT_OVER) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the rename durable where the system can sync a folder; others do it by themselves.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn read_error(path: &str, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound(path.to_owned()),
        io::ErrorKind::PermissionDenied => StoreError::Read {
            path: path.to_owned(),
            reason: "没有读取权限。请换一个帐户，或把文件复制出来再打开。".into(),
        },
        _ => StoreError::Read {
            path: path.to_owned(),
            reason: format!("{}。", text::visible(&error.to_string())),
        },
    }
}

/// Why writing failed, and what to do, in Chinese.
pub fn write_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "磁盘已满。请删掉不用的文件，或另存到别的盘。".into()
        }
        io::ErrorKind::PermissionDenied => "没有写入权限，或者文件是只读的。请另存为别的名字或位置。".into(),
        io::ErrorKind::ReadOnlyFilesystem => "这个盘是只读的。请另存到别的盘。".into(),
        io::ErrorKind::NotFound => "文件夹不见了（U 盘可能已拔出）。请插回 U 盘，或另存到别的位置。".into(),
        io::ErrorKind::InvalidFilename => "文件名太长或有不能用的字符。请换一个名字。".into(),
        _ => format!("{}。请另存到别的位置。", text::visible(&error.to_string())),
    }
}

/// A path as it may be shown: without control characters.
pub fn shown(path: &Path) -> String {
    text::visible(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("表.toml");
        let stamp = create(&path, "一".as_bytes()).expect("creates");
        assert!(create(&path, b"x").is_err());
        let stamp = save(&path, "二".as_bytes(), Some(stamp)).expect("saves");
        assert_eq!(read(&path, 100).expect("reads"), "二".as_bytes());
        assert_eq!(stamp, Stamp::of("二".as_bytes()));
        assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 1);
    }

    #[test]
    fn a_file_changed_by_others_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let stamp = create(&path, b"one").expect("creates");
        fs::write(&path, b"two").expect("writes");
        assert!(matches!(save(&path, b"three", Some(stamp)), Err(StoreError::ChangedOnDisk(_))));
        assert_eq!(fs::read(&path).expect("reads"), b"two");
    }

    #[test]
    fn what_a_kill_left_of_an_earlier_save_goes_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("表.toml");
        let left = |target: &str| {
            let mut temporary = temporary(&folder.path().join(target)).expect("creates");
            temporary.write_all(b"half").expect("writes");
            temporary.keep().expect("stays").1
        };
        let (old, young, other) = (left("表.toml"), left("表.toml"), left("别的.toml"));
        for file in [&old, &other] {
            let long_ago = std::time::SystemTime::now() - 2 * LEFT_OVER;
            File::options()
                .append(true)
                .open(file)
                .and_then(|file| file.set_modified(long_ago))
                .expect("ages");
        }
        save(&path, b"x", None).expect("saves");
        assert_eq!([&old, &young, &other].map(|file| file.exists()), [false, true, true]);
    }

    #[test]
    fn a_file_that_appears_while_one_is_created_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("表.toml");
        let go = std::sync::Barrier::new(8);
        let create = |n: u8| {
            go.wait();
            create(&path, &[n; 100_000]).is_ok()
        };
        let made: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|n| scope.spawn(move || create(n))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(made.iter().filter(|made| **made).count(), 1);
        let winner = made.iter().position(|made| *made).expect("one");
        assert_eq!(fs::read(&path).expect("reads"), [winner as u8; 100_000]);
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(read(folder.path(), 10), Err(StoreError::IsFolder(_))));
        assert!(matches!(read(&folder.path().join("x"), 10), Err(StoreError::NotFound(_))));
        fs::write(folder.path().join("big"), [0; 20]).expect("writes");
        assert!(matches!(read(&folder.path().join("big"), 10), Err(StoreError::TooLarge { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_replaced_by_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&path).expect("binds");
        assert!(matches!(save(&path, b"x", None), Err(StoreError::NotAFile(_))));
        assert!(!fs::metadata(&path).expect("is there").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, b"one").expect("writes");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("sets");
        // Only root can give a file away; for others the owner is their own all the same.
        let _ = chown(&file, Some(1234), Some(1234));
        let owner = |file: &Path| fs::metadata(file).map(|meta| (meta.uid(), meta.gid())).expect("is there");
        let before = owner(&file);
        symlink(&file, &link).expect("links");
        save(&link, b"two", None).expect("saves");
        assert!(fs::symlink_metadata(&link).expect("is there").file_type().is_symlink());
        assert_eq!(fs::read(&file).expect("reads"), b"two");
        assert_eq!(fs::metadata(&file).expect("is there").permissions().mode() & 0o777, 0o640);
        assert_eq!(owner(&file), before);
    }
}
