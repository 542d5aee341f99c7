//! The editor in the terminal: read what waits, change the state, draw once, sleep.

mod action;
mod app;
mod command;
mod events;
mod frame;
pub mod headless;
mod input;
mod layout;
mod mouse;
mod paint;
mod pane;
mod popup;
mod probe;
mod terminal;
mod theme;
mod widget;

use std::path::Path;
use std::time::Instant;

use crate::document::Document;
use crate::form::Form;
use crate::format::toml::{Broken, Limits};
use crate::store::{self, OpenError, Stamp};
use app::{App, FileState};
pub use command::keys;
pub use probe::AmbiguousWidth;

/// Why the editor could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The file cannot be opened; the words say why and what to do.
    #[error("{0}")]
    File(String),
    /// The terminal failed.
    #[error("终端出错：{0}。请换一个终端窗口再试。")]
    Terminal(#[from] std::io::Error),
}

/// What the user can set about the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How wide characters of ambiguous width are drawn.
    pub ambiguous_width: AmbiguousWidth,
    /// Whether a form may have any number of rows and any size.
    pub is_large: bool,
}

impl Options {
    fn limits(self) -> Limits {
        if self.is_large { Limits::LARGE } else { Limits::default() }
    }
}

/// Opens a form in the editor, or a new one, until the user leaves.
///
/// # Errors
/// [`StartError`] when the file cannot be opened at all, or the terminal fails.
pub fn run(path: Option<&Path>, options: Options) -> Result<(), StartError> {
    let state = store::state::folder();
    let mut app = open(path, options.limits()).or_else(|error| {
        let gone = path.filter(|path| !store::exists(path)).zip(state.as_ref().ok());
        gone.and_then(|(path, state)| open_left_behind(path, state)).ok_or(error)
    })?;
    app.guard(state);
    terminal::run(app, options)?;
    Ok(())
}

fn open(path: Option<&Path>, limits: Limits) -> Result<App, StartError> {
    let Some(path) = path else {
        return Ok(App::new(Document::new(Form::default()), FileState::default()));
    };
    match store::open(path, &limits) {
        Ok(opened) => {
            let file = FileState {
                path: Some(path.to_owned()),
                source: Some(opened.loaded.source),
                stamp: Some(opened.stamp),
                read_only: opened.loaded.read_only,
                limits,
                ..FileState::default()
            };
            let mut app = App::new(Document::new(opened.loaded.form), file);
            if let Some(note) = opened.loaded.notes.first() {
                app.say(format!("{}（共{}条说明，Ctrl+G 看全部）", note.message, opened.loaded.notes.len()));
            }
            Ok(app)
        }
        Err(_) if is_of_others(path) => open_import(path),
        Err(OpenError::Store(error)) => Err(StartError::File(error.to_string())),
        Err(OpenError::Broken(broken, stamp)) => open_rest(path, *broken, stamp),
    }
}

/// A form whose file is gone, as it was last saved, where a draft of it is left to be offered.
fn open_left_behind(path: &Path, state: &Path) -> Option<App> {
    let found = store::draft::left_behind(state, path)?;
    let file = FileState { path: Some(path.to_owned()), ..FileState::default() };
    let mut app = App::new(Document::new(found.base), file);
    app.complain(format!("{} 不见了，这是草稿里的；Ctrl+S 重新保存。", store::shown(path)));
    Some(app)
}

/// Whether the name is one of another program's file.
fn is_of_others(path: &Path) -> bool {
    store::exists(path) && path.extension().is_some_and(|extension| !extension.eq_ignore_ascii_case("toml"))
}

/// A new form, with what was understood of the file shown first.
fn open_import(path: &Path) -> Result<App, StartError> {
    let mut app = App::new(Document::new(Form::default()), FileState::default());
    app.import(path.to_owned());
    match app.popups.is_empty() {
        true => Err(StartError::File(app.notice.map_or(String::new(), |notice| notice.text))),
        false => Ok(app),
    }
}

/// A broken file: what can be read is offered after the faults were shown.
fn open_rest(path: &Path, broken: Broken, stamp: Stamp) -> Result<App, StartError> {
    let report = broken.report(&store::shown(path), false);
    let Some(rest) = broken.salvage else { return Err(StartError::File(report)) };
    let file = FileState {
        path: Some(path.to_owned()),
        source: Some(rest.source),
        stamp: Some(stamp),
        read_only: rest.read_only,
        ..FileState::default()
    };
    let mut app = App::new(Document::new(rest.form), file);
    app.notice = None;
    app.offer_rest(report);
    Ok(app)
}

/// The clock of the editor.
fn since(start: Instant) -> std::time::Duration {
    start.elapsed()
}
