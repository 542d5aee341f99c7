//! Formats of files: bytes in, a form and notes out; a form in, bytes out. No file is touched here.

pub mod recover;
pub mod text;
pub mod toml;

/// What a reader had to guess, repair or leave out; never a reason to stop.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// What was done and where it came from, in Chinese.
    pub message: String,
    /// Line of the source, counted from 1.
    pub line: Option<usize>,
}

impl Note {
    /// A note on a line of the source.
    pub fn new(code: &'static str, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), line: line.into() }
    }
}
