//! The command line: arguments in, words or JSON out, and an exit code. 0: done, nothing grave;
//! 1: findings of severity error, or forms left out of a summary; 2: could not run.
//!
//! Everything a person reads is Chinese; JSON has English keys and decimals as strings. A task
//! writes to the streams it is given, so that tests read what a user reads.

mod arguments;
mod batch;
mod check;
mod collect;
mod diff;
mod explain;
mod export;
mod file;
mod generate;
mod help;
mod import;
mod new;
mod points;
mod rule;
mod sarif;
mod score;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use arguments::Task;

use crate::store::apart::ImportError;
use crate::store::{self, StoreError};

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// Open the editor.
    Edit {
        /// The form; none for a new one.
        file: Option<PathBuf>,
        /// `auto`, `1` or `2`, where it was given: columns of a character of ambiguous width.
        ambiguous_width: Option<String>,
        /// Whether it may have any number of rows and any size.
        large: bool,
    },
    /// Show the page of the manual that the editor makes: its keys.
    Keys,
    /// Carry a task out.
    Run(Task),
}

/// Words for the user instead of a task, and the exit code: help, version, or wrong arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What to print.
    pub text: String,
    /// 0 for help and version, 2 for wrong arguments.
    pub code: u8,
}

/// Reads the arguments, the program's name first.
///
/// # Errors
/// [`Words`] to print instead.
pub fn request(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Words> {
    arguments::read(arguments)
}

/// Where a task writes.
pub struct Streams<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Notes and errors.
    pub err: &'a mut dyn Write,
    /// Lines that a task reads where the argument is `-`.
    pub input: &'a mut dyn io::BufRead,
    /// Whether `out` may be coloured.
    pub color: bool,
    /// Whether `err` is a terminal, where a long task shows how far it is.
    pub progress: bool,
}

/// A stream whose reader may leave: it has seen what it wanted, and the task goes on to its exit
/// code, which is true of the whole.
struct Patient<'a> {
    out: &'a mut dyn Write,
    left: bool,
}

impl Patient<'_> {
    fn unless_left<T>(
        &mut self,
        done: T,
        act: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.left {
            return Ok(done);
        }
        match act(self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.left = true;
                Ok(done)
            }
            other => other,
        }
    }
}

impl Write for Patient<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_left(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_left((), |out| out.flush())
    }
}

/// Why a task could not run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Said(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("写不出结果：{}", store::write_reason(.0))]
    Output(#[from] io::Error),
}

/// How a task ended: its exit code.
type Outcome = Result<u8, Failure>;

/// Carries a task out and answers with the exit code.
pub fn run(task: &Task, streams: &mut Streams<'_>) -> u8 {
    let mut out = Patient { out: &mut *streams.out, left: false };
    let streams =
        &mut Streams { out: &mut out, err: &mut *streams.err, input: &mut *streams.input, ..*streams };
    let outcome = outcome(task, streams);
    let flushed = streams.out.flush();
    match outcome.and_then(|code| Ok(flushed.map(|()| code)?)) {
        Ok(code) => code,
        Err(failure) => {
            let _ = writeln!(streams.err, "{failure}");
            2
        }
    }
}

fn outcome(task: &Task, streams: &mut Streams<'_>) -> Outcome {
    match task {
        Task::New(task) => new::run(task, streams),
        Task::Check(task) => check::run(task, streams),
        Task::Collect(task) => collect::run(task, streams),
        Task::Import(task) => import::run(task, streams),
        Task::ReadApart => import::read_apart(streams),
        Task::Export(task) => export::run(task, streams),
        Task::Score(task) => score::run(task, streams),
        Task::Rule(task) => rule::run(task, streams),
        Task::Diff(task) => diff::run(task, streams),
        Task::Explain(task) => explain::run(task, streams),
        Task::Fmt(task) => file::fmt(task, streams),
        Task::Completions(task) => generate::completions(task.shell, streams),
        Task::Help(task) => help::run(task, streams),
        Task::Man => generate::man(streams),
    }
}

/// Writes a result; a file that is there is replaced only where that was asked for.
fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let written = if force { store::save(path, bytes, None) } else { store::create(path, bytes) };
    written.map(drop).map_err(refused_overwrite)
}

/// Says how to overwrite a file that is there.
fn refused_overwrite(error: StoreError) -> Failure {
    match error {
        StoreError::Exists(_) => Failure::Said(format!("{error}要覆盖就加 --force。")),
        error => error.into(),
    }
}

/// JSON on one line.
fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(io::Error::other)?;
    Ok(writeln!(out, "{text}")?)
}
