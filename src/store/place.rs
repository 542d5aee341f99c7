//! The user's folders for what programs keep, and for what they are told.

use std::io;
use std::path::PathBuf;

/// What a folder is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// What the program keeps of the user's work.
    State,
    /// What the user sets.
    Config,
}

/// The program's own folder.
///
/// # Errors
/// When the system names no such folder.
#[cfg(not(windows))]
pub(super) fn folder(of: Use) -> io::Result<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().map_err(io::Error::other)?;
    let base = match of {
        Use::State => strategy.state_dir().unwrap_or_else(|| strategy.data_dir()),
        Use::Config => strategy.config_dir(),
    };
    Ok(base.join("jixiao"))
}

/// The program's own folder. By the environment: the call that tells the folders needs a library
/// that Windows 7 has not.
///
/// # Errors
/// When the system names no such folder.
#[cfg(windows)]
pub(super) fn folder(of: Use) -> io::Result<PathBuf> {
    let name = match of {
        Use::State => "LOCALAPPDATA",
        Use::Config => "APPDATA",
    };
    let base = std::env::var_os(name).filter(|base| !base.is_empty());
    base.map(|base| PathBuf::from(base).join("jixiao")).ok_or_else(|| io::ErrorKind::NotFound.into())
}
