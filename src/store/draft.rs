//! The draft of an open form: every edit goes to a file in the state folder, so that a kill loses
//! nothing and a power cut at most the typing of [`PAUSE`], and two windows do not write one form.
//!
//! A draft file is lines, each with a checksum before it: a head with the form as it was last saved,
//! then one line an edit. It needs nothing but itself to be recovered, whatever became of the
//! form's own file. A line that was torn ends the reading; what stands before it holds. The file is
//! written from the first edit on and goes when the form is saved or left. The lock beside it is
//! held as long as the program runs; the system lets go of it with the process. The lock's file
//! stays: were it removed, two windows could hold locks on two files of one name.
//!
//! Each edit is handed to the system at once, which a kill cannot undo, and synced to the disk after
//! [`PAUSE`], which a power cut cannot: the first edit after a save, too, waits for no disk. While the
//! editor goes on the sync runs in a thread of its own, so that no key waits for a slow disk. After a
//! failed write or sync the file is written anew, since nobody knows what the old one holds.
//!
//! Before a save the draft is synced. So one that outlives its save, since the power goes before its
//! removal is on the disk, holds what the file holds and is known by that; were it older than the
//! file, restoring it would take back the newest keys.

mod line;
mod lock;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use super::state::{forget_old, key, local, options, private_folder};
use crate::compare;
use crate::form::Form;
use crate::form::edit::Edit;
use line::Line;
pub use line::{Damaged, recovered};
use lock::lock;

/// Typing reaches the disk this long after its first key, at the latest.
pub const PAUSE: Duration = Duration::from_millis(500);
/// The most bytes of a draft that are read: it holds the whole form, of up to 1 GiB, and edits.
const MOST: u64 = 2 << 30;
/// A draft beyond this is written anew with nothing but the difference.
const LONG: u64 = 4 << 20;

/// Who edits the form already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner(pub String);

/// How much of a draft could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// All was read.
    Whole,
    /// The last line was being written; nothing before it is missing.
    Torn,
    /// So many lines from the first bad one on; a copy of the draft was put aside.
    Damaged(usize),
}

/// What was not saved when the program last ended.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The form as it was last saved then.
    pub base: Form,
    /// The form with all edits.
    pub form: Form,
    /// How many changes there are.
    pub changes: usize,
    /// When the last one was made.
    pub at: SystemTime,
    /// What of the draft could not be read.
    pub rest: Rest,
}

impl Found {
    /// When the last change was made, in local time.
    pub fn time(&self) -> String {
        local(self.at, "%m月%d日 %H:%M:%S")
    }
}

/// A claim on a form.
#[derive(Debug)]
pub enum Claim {
    /// It is ours; with what an earlier run left.
    Ours(Box<Draft>, Option<Box<Found>>),
    /// Another window has it.
    Taken(Owner),
}

/// A draft that the editor writes and a signal or a panic flushes.
pub type SharedDraft = Arc<Mutex<Option<Draft>>>;

/// The open draft of a form.
#[derive(Debug)]
pub struct Draft {
    file: PathBuf,
    lock: File,
    base: Form,
    form: Form,
    out: Option<Out>,
    waiting: Vec<u8>,
    found_in: Option<&'static str>,
    damaged: Option<PathBuf>,
    unread: Option<io::Error>,
}

/// The draft file while it is written.
#[derive(Debug)]
struct Out {
    file: File,
    length: u64,
    /// What it was begun with: the whole form, which may be longer than any edits.
    begun: u64,
    /// How much of it is durable.
    synced: u64,
    /// The folder, until the name of a new file in it is durable.
    unsynced_folder: Option<PathBuf>,
    /// A sync that goes on, and how much it makes durable.
    syncing: Option<(u64, JoinHandle<io::Result<()>>)>,
}

/// Makes a file durable, and its name where its folder is given.
fn sync(file: &File, folder: Option<&Path>) -> io::Result<()> {
    file.sync_data()?;
    folder.into_iter().for_each(super::sync_folder);
    Ok(())
}

impl Out {
    /// Appends whole lines or nothing: a half line would hide all that follow it.
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(lines) {
            let start = io::SeekFrom::Start(self.length);
            let _ = self.file.set_len(self.length).and_then(|()| self.file.seek(start));
            return Err(error);
        }
        self.length += lines.len() as u64;
        Ok(())
    }

    /// How much is durable or about to be.
    fn covered(&self) -> u64 {
        self.syncing.as_ref().map_or(self.synced, |(length, _)| *length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.end_sync()?;
        if self.synced < self.length {
            sync(&self.file, self.unsynced_folder.as_deref())?;
            self.unsynced_folder = None;
            self.synced = self.length;
        }
        Ok(())
    }

    /// Begins a sync in a thread of its own; where there can be none, syncs here.
    fn begin_sync(&mut self) -> io::Result<()> {
        let (file, folder) = (self.file.try_clone()?, self.unsynced_folder.clone());
        match thread::Builder::new().spawn(move || sync(&file, folder.as_deref())) {
            Ok(thread) => self.syncing = Some((self.length, thread)),
            Err(_) => self.sync()?,
        }
        Ok(())
    }

    /// Waits for the sync that goes on, if any.
    fn end_sync(&mut self) -> io::Result<()> {
        let Some((length, thread)) = self.syncing.take() else { return Ok(()) };
        thread.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))?;
        self.unsynced_folder = None;
        self.synced = length;
        Ok(())
    }
}

/// Claims a form, or a new one, that was opened as `base` says.
///
/// # Errors
/// When the state folder cannot be written: the form can be edited all the same, unguarded.
pub fn claim(folder: &Path, path: Option<&Path>, base: &Form) -> io::Result<Claim> {
    let folder = folder.join("drafts");
    private_folder(&folder)?;
    forget_old(&folder.join("old"));
    let Some(path) = path else { return claim_new(&folder, base) };
    let key = key(path);
    match lock(&folder.join(&key))? {
        Ok(lock) => ours(folder.join(key), lock, base),
        Err(owner) => Ok(Claim::Taken(owner)),
    }
}

/// What an earlier run left of a form whose file may be gone.
pub fn left_behind(folder: &Path, path: &Path) -> Option<Found> {
    let file = folder.join("drafts").join(key(path));
    ["draft", "later"].into_iter().find_map(|extension| {
        let mut name = file.clone().into_os_string();
        name.push(format!(".{extension}"));
        read_draft(Path::new(&name)).ok().flatten()
    })
}

/// The first new form that no window has; one that was left behind by a crash comes first.
fn claim_new(folder: &Path, base: &Form) -> io::Result<Claim> {
    for number in 0..100 {
        let file = folder.join(format!("new-{number}"));
        let Ok(lock) = lock(&file)? else { continue };
        let claim = ours(file, lock, base)?;
        // What a crash left of a new form is nothing to a copy of another one.
        let left_behind = matches!(claim, Claim::Ours(_, Some(_)));
        if !left_behind || *base == Form::default() {
            return Ok(claim);
        }
    }
    Err(io::Error::other("开着的新表太多"))
}

fn ours(file: PathBuf, lock: File, base: &Form) -> io::Result<Claim> {
    let (base, form) = (base.clone(), base.clone());
    let mut draft = Draft {
        file,
        lock,
        base,
        form,
        out: None,
        waiting: Vec::new(),
        found_in: None,
        damaged: None,
        unread: None,
    };
    let found = draft.find()?;
    Ok(Claim::Ours(Box::new(draft), found.map(Box::new)))
}

/// Moves a file, where there is one, among those that are kept for 30 days, counted from now.
fn put(file: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(file, target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        moved => moved?,
    }
    if let Ok(file) = options().append(true).open(target) {
        let _ = file.set_modified(SystemTime::now());
    }
    Ok(())
}

/// Why a draft was not read.
#[derive(Debug)]
enum Unread {
    /// Nothing in it can be read.
    Damaged,
    /// The system could not read it now; it may another time.
    Now(io::Error),
}

fn read_draft(file: &Path) -> Result<Option<Found>, Unread> {
    let source = match File::open(file) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Unread::Now(error)),
    };
    let at = source.metadata().and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut bytes = Vec::new();
    source.take(MOST).read_to_end(&mut bytes).map_err(Unread::Now)?;
    recovered(&bytes, at).map_err(|Damaged| Unread::Damaged)
}

impl Draft {
    fn name(&self, extension: &str) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(format!(".{extension}"));
        PathBuf::from(name)
    }

    /// The file in which the edits are, for messages.
    pub fn path(&self) -> PathBuf {
        self.name("draft")
    }

    /// What an earlier run left. A draft that cannot be read is put aside, before edits of this run
    /// take its name.
    ///
    /// # Errors
    /// When one that cannot be read now cannot be moved either: edits would take its place.
    fn find(&mut self) -> io::Result<Option<Found>> {
        for extension in ["draft", "later"] {
            let name = self.name(extension);
            match read_draft(&name) {
                Ok(None) => {}
                // The power went after a save, before the removal of its draft was on the disk.
                Ok(Some(found)) if found.form == self.base && found.rest == Rest::Whole => {
                    let _ = fs::remove_file(&name);
                }
                Ok(Some(found)) => {
                    if matches!(found.rest, Rest::Damaged(_)) {
                        self.damaged =
                            self.aside("damaged").and_then(|to| fs::copy(&name, &to).map(|_| to)).ok();
                    }
                    self.found_in = Some(extension);
                    return Ok(Some(found));
                }
                Err(Unread::Damaged) => {
                    self.damaged = self.aside("damaged").and_then(|to| put(&name, &to).map(|()| to)).ok();
                }
                Err(Unread::Now(error)) => {
                    if extension == "draft" {
                        self.keep_for_later()?;
                    }
                    self.unread = Some(error);
                }
            }
        }
        Ok(None)
    }

    /// Where a draft was put that could not be read, or not whole.
    pub fn damaged(&self) -> Option<&Path> {
        self.damaged.as_deref()
    }

    /// Why a draft could not be read now; it is offered again at the next start.
    pub fn unread(&self) -> Option<&io::Error> {
        self.unread.as_ref()
    }

    /// Takes edits that were made and hands them to the system.
    ///
    /// # Errors
    /// When they could not be written; they are tried again with the next ones.
    pub fn record(&mut self, edits: Vec<Edit>) -> io::Result<()> {
        for edit in edits {
            self.waiting.extend(Line::edit(&edit).bytes());
            let _ = edit.apply(&mut self.form);
        }
        self.write()
    }

    /// Whether edits wait to be written, or for a sync that has not begun.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() || self.out.as_ref().is_some_and(|out| out.covered() < out.length)
    }

    /// Takes note of a sync that has ended and, where none goes on and `begin` says so, writes what
    /// waits and begins one; answers whether one goes on.
    ///
    /// # Errors
    /// When the state folder cannot be written; the edits wait on.
    pub fn sync_beside(&mut self, begin: bool) -> io::Result<bool> {
        let goes_on = |draft: &Self| draft.out.as_ref().is_some_and(|out| out.syncing.is_some());
        let has_ended = |(_, thread): &(u64, JoinHandle<_>)| thread.is_finished();
        let mut synced = match &mut self.out {
            Some(out) if out.syncing.as_ref().is_some_and(has_ended) => out.end_sync(),
            _ => Ok(()),
        };
        if synced.is_ok() && begin && !goes_on(self) {
            self.write()?;
            synced = match &mut self.out {
                Some(out) if out.synced < out.length => out.begin_sync(),
                _ => Ok(()),
            };
        }
        if synced.is_err() {
            self.out = None;
        }
        synced.map(|()| goes_on(self))
    }

    /// Writes what waits and makes it durable.
    ///
    /// # Errors
    /// When the state folder cannot be written; the edits wait on.
    pub fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        let synced = self.out.as_mut().map_or(Ok(()), Out::sync);
        if synced.is_err() {
            self.out = None;
        }
        synced
    }

    fn write(&mut self) -> io::Result<()> {
        match &mut self.out {
            None if self.waiting.is_empty() && self.form == self.base => {}
            Some(out) if out.length - out.begun < LONG => {
                let written = out.append(&self.waiting);
                if written.is_err() {
                    self.out = None;
                    return written;
                }
            }
            _ => self.out = Some(self.begin()?),
        }
        self.waiting.clear();
        Ok(())
    }

    /// A new draft file with all edits so far, brought down to the difference. It takes its name once
    /// it is whole: what stands under the name is lost at no moment. Where nothing does, as after a
    /// save, it becomes durable with the next flush: no key waits for the disk.
    fn begin(&self) -> io::Result<Out> {
        let mut bytes = Line::head(&self.base).bytes();
        for edit in compare::edits(&self.base, &self.form) {
            bytes.extend(Line::edit(&edit).bytes());
        }
        let unnamed = self.name("new");
        let mut file = options().write(true).create(true).truncate(true).open(&unnamed)?;
        file.write_all(&bytes)?;
        let replaces = super::exists(&self.path());
        if replaces {
            file.sync_all()?;
        }
        fs::rename(unnamed, self.path())?;
        let length = bytes.len() as u64;
        let folder = self.file.parent();
        if replaces {
            folder.into_iter().for_each(super::sync_folder);
        }
        let unsynced_folder = folder.filter(|_| !replaces).map(Path::to_path_buf);
        let synced = if replaces { length } else { 0 };
        Ok(Out { file, length, begun: length, synced, unsynced_folder, syncing: None })
    }

    /// The form was saved: its draft is no longer needed.
    pub fn saved(&mut self, form: &Form) {
        self.base = form.clone();
        self.form = form.clone();
        self.waiting.clear();
        self.out = None;
        let _ = fs::remove_file(self.path());
    }

    /// The form stands on another base now: the draft is replaced whole, at no moment by nothing.
    ///
    /// # Errors
    /// When the state folder cannot be written; the old draft is then still there.
    pub fn rebase(&mut self, base: &Form, form: &Form) -> io::Result<()> {
        if base == form {
            self.saved(form);
            return Ok(());
        }
        self.base = base.clone();
        self.form = form.clone();
        self.waiting.clear();
        self.out = None;
        self.write()
    }

    /// The form begins as `form` says: a new form whose draft was found stands on what that began
    /// with.
    pub fn stand_on(&mut self, form: &Form) {
        self.base = form.clone();
        self.form = form.clone();
    }

    /// What was found is in the form and in the draft of this run.
    pub fn restored(&mut self) {
        if let Some("later") = self.found_in.take() {
            let _ = fs::remove_file(self.name("later"));
        }
    }

    /// Keeps what was found for the next start; what was kept so before is put aside.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn keep_for_later(&self) -> io::Result<()> {
        if self.path().exists() {
            put(&self.name("later"), &self.aside("later")?)?;
            fs::rename(self.path(), self.name("later"))?;
        }
        Ok(())
    }

    /// Puts drafts aside; they are kept for 30 days. Answers in which folder.
    ///
    /// # Errors
    /// When it cannot be moved; it then stays where it is.
    pub fn put_aside(&mut self) -> io::Result<PathBuf> {
        self.out = None;
        for extension in ["later", "draft"] {
            put(&self.name(extension), &self.aside(extension)?)?;
        }
        Ok(self.file.with_file_name("old"))
    }

    /// A name that is free among what is kept for 30 days.
    fn aside(&self, extension: &str) -> io::Result<PathBuf> {
        let folder = self.file.with_file_name("old");
        private_folder(&folder)?;
        let time = local(SystemTime::now(), "%Y%m%d-%H%M%S");
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let mut names = (0..1000).map(|n| folder.join(format!("{name}-{time}-{n}.{extension}")));
        names.find(|name| !name.exists()).ok_or_else(|| io::ErrorKind::AlreadyExists.into())
    }

    /// The form is left with all edits saved or given up: nothing stays but what waits for later.
    /// Edits that were given up are put aside.
    pub fn close(&mut self, given_up: bool) {
        if given_up {
            let _ = self.flush();
            let _ = self.put_aside();
        } else {
            let _ = fs::remove_file(self.path());
        }
        let _ = self.lock.unlock();
    }
}
