//! The editor in the terminal: read what waits, change the state, draw once, sleep.

mod action;
mod app;
mod command;
#[cfg(any(windows, test))]
mod console;
mod events;
mod frame;
pub mod headless;
mod input;
mod keymap;
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

use crate::format::toml::Limits;
use crate::settings::Settings;
use crate::store;
use app::App;
use keymap::KeyMap;
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
    let mut app = App::open(path, store::apart::program(), options.limits()).or_else(|error| {
        let gone = path.filter(|path| !store::exists(path)).zip(state.as_ref().ok());
        gone.and_then(|(path, state)| App::open_left_behind(path, state)).ok_or(error)
    })?;
    app.config = store::config::folder().ok();
    app.may_colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    app.read_settings();
    app.guard(state);
    if path.is_none() {
        app.welcome();
    }
    terminal::run(app, options)?;
    Ok(())
}

/// The clock of the editor.
fn since(start: Instant) -> std::time::Duration {
    start.elapsed()
}

/// The manual's page of all keys, as Markdown; the user's own keys where there are some.
pub fn keys() -> String {
    let stored = store::config::folder().ok().and_then(|folder| store::config::settings(&folder).ok());
    let settings = Settings::read(&stored.map_or(String::new(), |stored| stored.text)).0;
    KeyMap::of(&settings).0.page()
}
