//! Files of other programs, read in a process of their own: their readers are large, and a
//! damaged file can make them take all memory or never end, which nothing in the process itself
//! can stop.
//!
//! The bytes go in and rows come back; what the rows mean is found out here, by code of our own.
//! Memory is limited where the system can do it (not on Windows), time everywhere.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{StoreError, read, shown};
use crate::format::{self, MOST, Source};

/// The argument that makes the program read a file of another program from its input.
pub const ARGUMENT: &str = "read-apart";

/// How long a file may take.
const TIME: Duration = Duration::from_secs(10);
/// How much memory reading a file may take, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
/// The most bytes of an answer; more than the text that is read can need.
const ANSWER: u64 = 64 << 20;

/// Why a file could not be imported, in Chinese, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is in it could not.
    #[error("{path}：{reason}")]
    Refused {
        /// The file.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
}

/// The program that is running, which also reads files apart.
pub fn program() -> PathBuf {
    let called = || std::env::args_os().next().map_or_else(|| PathBuf::from("jixiao"), PathBuf::from);
    std::env::current_exe().unwrap_or_else(|_| called())
}

/// Reads the rows out of a file of any format that can be imported; `program` reads it if it is
/// one of another program.
///
/// # Errors
/// Says what is wrong with the file and how to save it so that it can be read.
pub fn source(path: &Path, program: &Path) -> Result<Source, ImportError> {
    let bytes = read(path, MOST)?;
    let source = match format::is_foreign(&bytes) {
        true => ask(bytes, program, TIME),
        false => format::source(&bytes).map_err(|refused| refused.to_string()),
    };
    source.map_err(|reason| ImportError::Refused { path: shown(path), reason })
}

fn ask(bytes: Vec<u8>, program: &Path, time: Duration) -> Result<Source, String> {
    let child = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.map_err(|error| format!("不能启动读文件的程序 {}：{error}。", shown(program)))?;
    let (mut input, output) = (child.stdin.take(), child.stdout.take());
    let (send, answered) = mpsc::channel();
    // The child may end before it has read everything; then writing fails, and its answer tells.
    thread::spawn(move || input.as_mut().map(|input| input.write_all(&bytes)));
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.map(|output| output.take(ANSWER).read_to_end(&mut answer));
        let _ = send.send(read.and_then(Result::ok).map(|_| answer));
    });
    let answer = answered.recv_timeout(time);
    let _ = child.kill();
    let _ = child.wait();
    let Ok(answer) = answer else {
        return Err("读了很久也没有读完，停下了。请用原来的程序打开，只留下表格另存一份再导入。".to_owned());
    };
    let answer: Option<Result<Source, String>> = answer.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    answer
        .unwrap_or_else(|| Err("文件坏了，读到一半读不下去。请用原来的程序打开，另存一份再导入。".to_owned()))
}

/// What the process does that reads a file apart: bytes in, rows or a refusal out.
///
/// # Errors
/// What reading the input or writing the answer reports.
pub fn answer(input: &mut dyn Read, output: &mut dyn Write) -> std::io::Result<()> {
    confine();
    let mut bytes = Vec::new();
    input.take(MOST as u64).read_to_end(&mut bytes)?;
    let source = format::source(&bytes).map_err(|refused| refused.to_string());
    serde_json::to_writer(output, &source).map_err(std::io::Error::other)
}

/// Limits the memory and the time of this process, as far as the system lets it.
fn confine() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
        for (resource, most) in
            [(Resource::As, MEMORY), (Resource::Cpu, TIME.as_secs() + 1), (Resource::Core, 0)]
        {
            // A system that refuses a limit reads without it.
            let _ = setrlimit(resource, limit(most));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    /// A program that does this instead of reading.
    fn script(folder: &Path, body: &str) -> PathBuf {
        let path = folder.join("program");
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("writes");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("sets");
        path
    }

    #[test]
    fn whatever_the_reader_does_there_is_an_answer() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for (body, expected) in [
            ("kill -9 $$", "读到一半"),
            ("exit 101", "读到一半"),
            ("echo 无", "读到一半"),
            ("exec sleep 60", "读了很久"),
            ("cat >/dev/null; echo '{\"Err\":\"不行\"}'", "不行"),
        ] {
            let program = script(folder, body);
            let answer = ask(vec![b'P'; 1 << 20], &program, Duration::from_secs(2));
            assert!(answer.as_ref().is_err_and(|reason| reason.contains(expected)), "{body}: {answer:?}");
        }
        let answer = ask(Vec::new(), &folder.join("nothing"), TIME);
        assert!(answer.is_err_and(|reason| reason.contains("不能启动")));
    }
}
