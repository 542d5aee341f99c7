//! A file written bit by bit, for results that are not held in memory.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{StoreError, exists, resolve, shown, write_reason};

/// A file that stands under its name only once it is whole; dropped before, it leaves nothing.
#[derive(Debug)]
pub struct Growing {
    temporary: BufWriter<NamedTempFile>,
    target: PathBuf,
    shown: String,
}

impl Growing {
    /// Begins a file. One that is there is replaced at the end, where `force` asks for it.
    ///
    /// # Errors
    /// When something stands under the name, or the folder cannot be written to.
    pub fn begin(path: &Path, force: bool) -> Result<Self, StoreError> {
        let shown = shown(path);
        super::may_hold_a_file(path, &shown)?;
        if exists(path) && !force {
            return Err(StoreError::Exists(shown));
        }
        let target = resolve(path);
        match super::temporary(&target) {
            Ok(file) => Ok(Self { temporary: BufWriter::new(file), target, shown }),
            Err(error) => Err(StoreError::Write { path: shown, reason: write_reason(&error) }),
        }
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// As saving; the file that was there is as before.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.temporary
            .write_all(bytes)
            .map_err(|error| StoreError::Write { path: self.shown.clone(), reason: write_reason(&error) })
    }

    /// Puts the file under its name.
    ///
    /// # Errors
    /// As saving; the file that was there is as before.
    pub fn finish(self) -> Result<(), StoreError> {
        let Self { temporary, target, shown } = self;
        let file = temporary.into_inner().map_err(std::io::IntoInnerError::into_error);
        file.and_then(|file| super::persist(file, &target))
            .map_err(|error| StoreError::Write { path: shown, reason: write_reason(&error) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_there_when_it_is_whole_and_not_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("表.csv");
        let mut file = Growing::begin(&path, false).expect("begins");
        file.write(b"one,").expect("writes");
        assert!(!path.exists());
        file.write(b"two").expect("writes");
        file.finish().expect("finishes");
        assert_eq!(fs::read(&path).expect("reads"), b"one,two");
        assert!(matches!(Growing::begin(&path, false), Err(StoreError::Exists(_))));
        let mut given_up = Growing::begin(&path, true).expect("begins");
        given_up.write(b"x").expect("writes");
        drop(given_up);
        assert_eq!(fs::read(&path).expect("reads"), b"one,two");
        assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 1);
    }
}
