//! What the program shall do, as plain data: popups and commands answer with these, and
//! `App::perform` carries them out.

use std::path::PathBuf;

use super::command::Command;
use crate::compare::Difference;
use crate::form::edit::{Edit, Spot};
use crate::store::versions::Version;

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    /// A command.
    Run(Command),
    /// Edits as one step of undo, with words that say what was done.
    Apply {
        /// The edits.
        edits: Vec<Edit>,
        /// Said afterwards.
        said: String,
    },
    /// A picked field's text, then on to the next field.
    SetField {
        /// The field.
        spot: Spot,
        /// Its new text.
        text: String,
    },
    /// Remember what was looked for, and go to it.
    Found(String, Spot),
    /// Save; with `overwrite` even if the file was changed by others; then leave with `quit`.
    Save {
        /// Replace a file that others changed.
        overwrite: bool,
        /// Leave the program afterwards.
        quit: bool,
    },
    /// Save under another name.
    SaveAs {
        /// The name.
        path: PathBuf,
        /// Replace a file of that name.
        overwrite: bool,
        /// Leave the program afterwards.
        quit: bool,
    },
    /// Write the printed form, or its rows, to a file.
    Export {
        /// The file; its extension says the format.
        path: PathBuf,
        /// Replace a file of that name.
        overwrite: bool,
        /// Write a spreadsheet to fill in instead.
        fill_in: bool,
    },
    /// Show the files of a folder that can be imported.
    Browse(PathBuf),
    /// Ask for the name of a file to import.
    AskImport,
    /// Read a file of another program and show what was understood.
    Import(PathBuf),
    /// Ask for another name.
    AskName {
        /// Leave the program after saving.
        quit: bool,
    },
    /// Put what an earlier run did not save into the form.
    RestoreDraft,
    /// Put what an earlier run did not save aside.
    PutDraftAside,
    /// Ask about it again at the next start.
    KeepDraft,
    /// Go on with a copy that has no name yet.
    OpenCopy,
    /// Bring the form and its file, which others changed, together.
    MergeDisk,
    /// Pick for each difference to the file, which others changed, one side.
    PickDisk,
    /// Take what was picked.
    TakePicked(Vec<Difference>),
    /// Take the file, which others changed, instead of the form.
    TakeDisk,
    /// List the versions that were saved before.
    ListVersions,
    /// Show what restoring a version would change.
    LookAtVersion(Version),
    /// Show lines to read.
    Read {
        /// The heading.
        title: String,
        /// The lines.
        lines: Vec<String>,
    },
    /// Leave without saving.
    Quit,
}
