//! The draft of an open form: every edit goes to a file in the state folder, so that a crash or a
//! power cut loses at most the typing of [`PAUSE`], and two windows do not write one form.
//!
//! A draft file is lines, each with a checksum before it: a head with the form as it was last saved,
//! then one line a change. It needs nothing but itself to be recovered, whatever became of the
//! form's own file. A line that was torn ends the reading; what stands before it holds. The file is
//! written from the first edit on and goes when the form is saved or left. The lock beside it is
//! held as long as the program runs; the system lets go of it with the process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::form::Indicator;
use crate::form::edit::{Edit, Spot, apply_all};
use crate::form::field::{Field, Table};
use crate::format::toml::{self, Limits};

/// Typing reaches the disk this long after its first key, at the latest.
pub const PAUSE: Duration = Duration::from_millis(500);
/// How long drafts that were not wanted are kept.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// The most bytes of a draft that are read.
const MOST: u64 = 64 << 20;

/// Who edits the form already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner(pub String);

/// What was not saved when the program last ended.
#[derive(Debug)]
pub struct Found {
    /// The form as it was last saved then.
    pub base: Form,
    /// The form with all edits.
    pub form: Form,
    /// How many changes there are.
    pub changes: usize,
    /// When the last one was made.
    pub at: SystemTime,
    /// Whether something of the draft could not be read.
    pub torn: bool,
}

impl Found {
    /// When the last change was made, in local time.
    pub fn time(&self) -> String {
        local(self.at, "%m月%d日 %H:%M")
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
    base: Vec<u8>,
    out: Option<File>,
    pending: Vec<Edit>,
}

/// Where drafts are: `JIXIAO_STATE`, or the user's folder for such things.
///
/// # Errors
/// When the system names no such folder.
pub fn state_folder() -> io::Result<PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(folder) = std::env::var_os("JIXIAO_STATE").filter(|folder| !folder.is_empty()) {
        return Ok(PathBuf::from(folder));
    }
    let strategy = etcetera::choose_base_strategy().map_err(io::Error::other)?;
    Ok(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("jixiao"))
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
        Ok(lock) => Ok(ours(folder.join(key), lock, base)),
        Err(owner) => Ok(Claim::Taken(owner)),
    }
}

/// The first new form that no window has; one that was left behind by a crash comes first.
fn claim_new(folder: &Path, base: &Form) -> io::Result<Claim> {
    for number in 0..100 {
        let file = folder.join(format!("new-{number}"));
        if let Ok(lock) = lock(&file)? {
            return Ok(ours(file, lock, base));
        }
    }
    Err(io::Error::other("开着的新表太多"))
}

fn ours(file: PathBuf, lock: File, base: &Form) -> Claim {
    let draft = Draft { file, lock, base: bytes(base), out: None, pending: Vec::new() };
    let found = read_draft(&draft.name("draft")).or_else(|| read_draft(&draft.name("later")));
    Claim::Ours(Box::new(draft), found.map(Box::new))
}

fn bytes(form: &Form) -> Vec<u8> {
    toml::write(form, None).bytes
}

/// A moment in local time.
fn local(time: SystemTime, format: &str) -> String {
    let moment = jiff::Timestamp::try_from(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::TimeZone::system().to_datetime(moment).strftime(format).to_string()
}

/// A file name for a form: its own name, made harmless, and a sum of the whole path.
fn key(path: &Path) -> String {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let whole = whole.to_string_lossy();
    let sum = crc32fast::hash(whole.as_bytes());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let stem: String = stem.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
    format!("{stem}-{sum:08x}")
}

/// Locks the form, or says who has it.
fn lock(file: &Path) -> io::Result<Result<File, Owner>> {
    let mut lock =
        options().read(true).write(true).create(true).truncate(false).open(file.with_extension("lock"))?;
    match lock.try_lock() {
        Ok(()) => {
            lock.set_len(0)?;
            write!(lock, "进程 {}，{} 起", std::process::id(), local(SystemTime::now(), "%m月%d日 %H:%M"))?;
            Ok(Ok(lock))
        }
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            // Windows does not let others read a locked file.
            let _ = lock.take(200).read_to_string(&mut owner);
            Ok(Err(Owner(crate::text::visible(&owner).into_owned())))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn options() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A folder that only its owner reads: forms name people.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes drafts that nobody wanted for [`KEPT`].
fn forget_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > KEPT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Appends lines and makes them durable, all or none: a half line would hide all that follow it.
fn append(out: &mut File, lines: &[u8]) -> io::Result<()> {
    let before = out.stream_position()?;
    let written = out.write_all(lines).and_then(|()| out.sync_data());
    if written.is_err() {
        let _ = out.set_len(before).and_then(|()| out.seek(io::SeekFrom::Start(before)));
    }
    written
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

    /// Takes edits that were made; typing in one field stays one line until it is flushed.
    ///
    /// # Errors
    /// When earlier edits could not be written.
    pub fn record(&mut self, edits: Vec<Edit>) -> io::Result<()> {
        for edit in edits {
            match (&edit, self.pending.last_mut()) {
                (Edit::Set { spot, text }, Some(Edit::Set { spot: last, text: so_far })) if spot == last => {
                    so_far.clone_from(text);
                }
                (_, None) => self.pending.push(edit),
                _ => {
                    self.flush()?;
                    self.pending.push(edit);
                }
            }
        }
        Ok(())
    }

    /// Whether edits wait to be written.
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Writes what waits and makes it durable.
    ///
    /// # Errors
    /// When the state folder cannot be written; the edits wait on.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let edits: Vec<u8> =
            self.pending.iter().flat_map(|edit| Line::Edit(Wire::of(edit)).bytes()).collect();
        match &mut self.out {
            Some(out) => append(out, &edits)?,
            None => self.out = Some(self.begin(&edits)?),
        }
        self.pending.clear();
        Ok(())
    }

    /// A new draft file with its first edits. It takes its name once it is whole: what an earlier
    /// run left under the name is lost at no moment.
    fn begin(&self, edits: &[u8]) -> io::Result<File> {
        let head = Line::Head { form: String::from_utf8_lossy(&self.base).into_owned() };
        let unnamed = self.name("new");
        let mut out = options().write(true).create(true).truncate(true).open(&unnamed)?;
        out.write_all(&[head.bytes().as_slice(), edits].concat())?;
        out.sync_all()?;
        fs::rename(unnamed, self.path())?;
        Ok(out)
    }

    /// The form was saved: its draft is no longer needed.
    pub fn saved(&mut self, form: &Form) {
        self.base = bytes(form);
        self.pending.clear();
        self.out = None;
        let _ = fs::remove_file(self.path());
    }

    /// What was found is in the form and in the draft of this run.
    pub fn restored(&mut self) {
        let _ = fs::remove_file(self.name("later"));
    }

    /// Keeps what was found for the next start.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn keep_for_later(&self) -> io::Result<()> {
        match self.path().exists() {
            true => fs::rename(self.path(), self.name("later")),
            false => Ok(()),
        }
    }

    /// Puts drafts aside; they are kept for 30 days. Answers in which folder.
    ///
    /// # Errors
    /// When it cannot be moved; it then stays where it is.
    pub fn put_aside(&self) -> io::Result<PathBuf> {
        let folder = self.file.with_file_name("old");
        private_folder(&folder)?;
        let time = local(SystemTime::now(), "%Y%m%d-%H%M%S");
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for extension in ["later", "draft"] {
            let target = folder.join(format!("{name}-{time}.{extension}"));
            match fs::rename(self.name(extension), &target) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(folder)
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
        // The lock's file stays: were it removed, two windows could lock two files of one name.
        let _ = self.lock.unlock();
    }
}

/// A line of a draft file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Head { form: String },
    Edit(Wire),
}

impl Line {
    fn bytes(&self) -> Vec<u8> {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes())).into_bytes()
    }

    /// `None` for a line that was torn or changed.
    fn read(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (sum, text) = line.split_once(' ')?;
        let holds = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(text.as_bytes());
        serde_json::from_str(text).ok().filter(|_| holds)
    }
}

/// An edit as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Wire {
    Set { row: Option<usize>, table: String, field: String, text: String },
    Insert { at: usize, row: Box<Indicator> },
    Remove { at: usize },
    Move { from: usize, to: usize },
}

impl Wire {
    fn of(edit: &Edit) -> Self {
        match edit {
            Edit::Set { spot, text } => {
                let info = spot.field.info();
                let (table, field) = (info.table.key().to_owned(), info.key.to_owned());
                Self::Set { row: spot.row, table, field, text: text.clone() }
            }
            Edit::Insert { at, indicator } => Self::Insert { at: *at, row: indicator.clone() },
            Edit::Remove { at } => Self::Remove { at: *at },
            Edit::Move { from, to } => Self::Move { from: *from, to: *to },
        }
    }

    /// `None` for a field that this program does not know.
    fn edit(self) -> Option<Edit> {
        Some(match self {
            Self::Set { row, table, field, text } => {
                let table = Table::ALL.into_iter().find(|known| known.key() == table)?;
                Edit::Set { spot: Spot { row, field: Field::find(table, &field)? }, text }
            }
            Self::Insert { at, row } => Edit::Insert { at, indicator: row },
            Self::Remove { at } => Edit::Remove { at },
            Self::Move { from, to } => Edit::Move { from, to },
        })
    }
}

fn read_draft(file: &Path) -> Option<Found> {
    let mut bytes = Vec::new();
    let source = File::open(file).ok()?;
    let at = source.metadata().and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    source.take(MOST).read_to_end(&mut bytes).ok()?;
    recovered(&bytes, at)
}

/// What the bytes of a draft file hold; `None` where not even its head can be read, or no edit.
fn recovered(bytes: &[u8], at: SystemTime) -> Option<Found> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let Line::Head { form } = Line::read(lines.next()?)? else { return None };
    let limits = Limits { bytes: usize::MAX, rows: usize::MAX, field_bytes: usize::MAX };
    let base = toml::read(form.as_bytes(), &limits).ok()?.form;
    let mut draft = base.clone();
    let (mut changes, mut torn) = (0, false);
    for line in lines {
        let edit = match Line::read(line) {
            Some(Line::Edit(wire)) => wire.edit(),
            _ => None,
        };
        match edit.map(|edit| apply_all(vec![edit], &mut draft)) {
            Some(Ok(_)) => changes += 1,
            _ => {
                torn = true;
                break;
            }
        }
    }
    (changes > 0).then_some(Found { base, form: draft, changes, at, torn })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Form {
        let row = Indicator { name: "巡查".into(), value: "48".into(), ..Indicator::default() };
        let mut form = Form::default().with_rows(vec![row]);
        form.year = "2026".into();
        form
    }

    fn claimed(folder: &Path, path: &Path) -> (Box<Draft>, Option<Box<Found>>) {
        match claim(folder, Some(path), &sample()).expect("claims") {
            Claim::Ours(draft, found) => (draft, found),
            Claim::Taken(owner) => panic!("taken by {owner:?}"),
        }
    }

    fn value(text: &str) -> Edit {
        Edit::set(Spot::row(0, Field::Value), text)
    }

    #[test]
    fn a_crash_leaves_a_draft_and_a_save_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let (mut draft, found) = claimed(folder.path(), &path);
        assert!(found.is_none());
        draft.record(vec![value("5")]).expect("records");
        draft.record(vec![value("50"), Edit::set(Spot::form(Field::Year), "2027")]).expect("records");
        draft.flush().expect("flushes");
        drop(draft);
        let (mut draft, found) = claimed(folder.path(), &path);
        let found = found.expect("is found");
        assert_eq!((found.changes, found.torn), (2, false), "typing in one field is one change");
        assert_eq!((found.form.indicators[0].value.as_str(), found.form.year.as_str()), ("50", "2027"));
        assert_eq!(found.base, sample());
        draft.saved(&found.form);
        drop(draft);
        assert!(claimed(folder.path(), &path).1.is_none());
    }

    #[test]
    fn a_second_window_is_told_who_has_the_form() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let (mut draft, _) = claimed(folder.path(), &path);
        let second = claim(folder.path(), Some(&path), &sample()).expect("claims");
        let Claim::Taken(Owner(owner)) = second else { panic!("both have it") };
        assert!(cfg!(windows) || owner.contains(&std::process::id().to_string()), "{owner}");
        draft.close(false);
        drop(draft);
        drop(claimed(folder.path(), &path));
    }

    #[test]
    fn new_forms_have_drafts_of_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let new = || match claim(folder.path(), None, &Form::default()).expect("claims") {
            Claim::Ours(draft, found) => (draft, found),
            Claim::Taken(owner) => panic!("taken by {owner:?}"),
        };
        let ((mut first, _), (second, _)) = (new(), new());
        assert_ne!(first.path(), second.path());
        first.record(vec![Edit::set(Spot::form(Field::Year), "2027")]).expect("records");
        first.flush().expect("flushes");
        drop(first);
        assert_eq!(new().1.expect("is found").form.year, "2027");
    }

    #[test]
    fn what_is_put_aside_or_kept_for_later_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let (mut draft, _) = claimed(folder.path(), &path);
        draft.record(vec![value("5")]).expect("records");
        draft.flush().expect("flushes");
        draft.keep_for_later().expect("keeps");
        draft.saved(&sample());
        drop(draft);
        let (draft, found) = claimed(folder.path(), &path);
        assert_eq!(found.expect("is found").form.indicators[0].value, "5");
        let aside = draft.put_aside().expect("moves");
        assert_eq!(fs::read_dir(aside).expect("lists").count(), 1);
        drop(draft);
        assert!(claimed(folder.path(), &path).1.is_none());
    }

    #[cfg(unix)]
    #[test]
    fn drafts_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (mut draft, _) = claimed(folder.path(), &folder.path().join("a.toml"));
        draft.record(vec![value("5")]).expect("records");
        draft.flush().expect("flushes");
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!(mode(&draft.path()), 0o600);
        assert_eq!(mode(&folder.path().join("drafts")), 0o700);
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            "\\PC{0,12}".prop_map(|text| value(&text)),
            "[0-9\n\"\\\\]{0,6}".prop_map(|text| Edit::set(Spot::form(Field::Duties), text)),
            Just(Edit::insert(0, Indicator { name: "新".into(), ..Indicator::default() })),
            Just(Edit::Move { from: 0, to: 0 }),
        ]
    }

    proptest! {
        #[test]
        fn however_a_draft_is_cut_its_beginning_holds(
            edits in prop::collection::vec(any_edit(), 1..12),
            cut in 0.0f64..1.0,
        ) {
            let head = Line::Head { form: String::from_utf8(bytes(&sample())).expect("is text") };
            let mut file = head.bytes();
            let mut forms = vec![sample()];
            for edit in edits {
                file.extend(Line::Edit(Wire::of(&edit)).bytes());
                let mut form = forms.last().expect("has one").clone();
                apply_all(vec![edit], &mut form).expect("fits");
                forms.push(form);
            }
            let whole = recovered(&file, SystemTime::UNIX_EPOCH).expect("is found");
            prop_assert_eq!(&whole.form, forms.last().expect("has one"));
            file.truncate((file.len() as f64 * cut) as usize);
            if let Some(found) = recovered(&file, SystemTime::UNIX_EPOCH) {
                prop_assert_eq!(&found.form, &forms[found.changes]);
            }
        }

        #[test]
        fn any_bytes_are_survived(mut noise in prop::collection::vec(any::<u8>(), 0..400), at in any::<u8>()) {
            let _ = recovered(&noise, SystemTime::UNIX_EPOCH);
            let mut file = Line::Head { form: String::from_utf8(bytes(&sample())).expect("is text") }.bytes();
            file.extend(Line::Edit(Wire::of(&value("1"))).bytes());
            let place = usize::from(at) * file.len() / 256;
            file[place] ^= 1;
            file.append(&mut noise);
            if let Some(found) = recovered(&file, SystemTime::UNIX_EPOCH) {
                prop_assert!(found.changes >= 1);
            }
        }
    }
}
