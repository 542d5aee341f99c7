//! A zip file of parts, opened within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Refused;
use super::refused;

/// The most parts of a package.
const PARTS: usize = 2_000;
/// The most bytes of a part, inflated.
const PART: u64 = 24 << 20;
/// The most bytes of all parts together, inflated.
const WHOLE: u64 = 48 << 20;

/// A package whose parts are known to inflate to what can be held.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// Too many parts, parts that inflate to too much (the sizes that the file claims are not
    /// believed), passwords, damage.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let archive = ZipArchive::new(Cursor::new(bytes)).or_else(|error| damaged(&error))?;
        let mut package = Self { archive };
        if package.archive.len() > PARTS {
            return refused(format!("文件里有{}个部件，太多了，不像是一张表。", package.archive.len()));
        }
        let mut left = WHOLE;
        for at in 0..package.archive.len() {
            let part = package.archive.by_index(at).or_else(|error| damaged(&error))?;
            let limit = PART.min(left);
            let inflated = std::io::copy(&mut part.take(limit + 1), &mut std::io::sink());
            let inflated = inflated.or_else(|error| damaged(&error))?;
            if inflated > limit {
                return refused("文件解开后太大，不像是一张表。图片很多时，请只留下表格另存一份再导入。");
            }
            left -= inflated;
        }
        Ok(package)
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether a part's name begins like this.
    pub(super) fn starts_with(&self, folder: &str) -> bool {
        self.archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with(folder)))
    }

    /// The text of a part.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Refused> {
        let mut bytes = Vec::new();
        let part = self.archive.by_name(name).or_else(|error| damaged(&error))?;
        part.take(PART).read_to_end(&mut bytes).or_else(|error| damaged(&error))?;
        let (encoding, start) = encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        Ok(encoding.decode_without_bom_handling(&bytes[start..]).0.into_owned())
    }
}

fn damaged<T>(error: &(dyn std::error::Error + 'static)) -> Result<T, Refused> {
    let is_locked = matches!(
        error.downcast_ref::<ZipError>(),
        Some(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED))
    );
    match is_locked {
        true => refused("文件加了密码。请去掉密码再导入。"),
        false => refused("文件坏了，解不开。请用原来的程序打开，另存一份再导入。"),
    }
}
