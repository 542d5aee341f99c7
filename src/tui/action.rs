//! What the program shall do, as plain data: popups and commands answer with these, and
//! `App::perform` carries them out.

use std::path::PathBuf;

use super::command::Command;
use super::input::Key;
use crate::compare::Difference;
use crate::form::Form;
use crate::form::edit::{Edit, Spot};
use crate::store::versions::Version;

/// What a file is picked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be edited.
    Open,
    /// To be taken over into the form.
    Import,
    /// To make this year's form from.
    LastYear,
    /// To be compared with the form.
    Compare,
    /// To stand beside the form as last year's.
    Previous,
}

impl Purpose {
    /// What is asked, for titles.
    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Open => "打开哪个文件",
            Self::Import => "导入哪个文件",
            Self::LastYear => "照哪张表新建",
            Self::Compare => "和哪张表对比",
            Self::Previous => "哪张是去年的表",
        }
    }
}

/// What a new form is made from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Begin {
    /// The template of a weight profile.
    Template(&'static str),
    /// Last year's form.
    Successor(Box<Form>),
}

/// A form to edit instead of this one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Next {
    /// That of a file.
    File(PathBuf),
    /// One without anything in it.
    Blank,
    /// A new one for a year.
    New(Begin, String),
}

/// What becomes of changes that are not saved when another form is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaved {
    /// The user is asked.
    Ask,
    /// They were just saved; where that failed the form stays.
    Saved,
    /// They are given up; the draft is kept for 30 days.
    GiveUp,
}

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
    /// Ask for a file, beginning in the folder of the form.
    AskPick(Purpose),
    /// Show the files of a folder.
    Browse(PathBuf, Purpose),
    /// Ask for the name of a file.
    AskFile(Purpose),
    /// Do with a file what it was picked for.
    Picked(PathBuf, Purpose),
    /// Ask for the year of a new form.
    AskYear(Begin),
    /// Leave the form for another one.
    Go {
        /// The other one.
        to: Next,
        /// What becomes of changes.
        unsaved: Unsaved,
    },
    /// Take a form off the start page.
    ForgetRecent(PathBuf),
    /// Ask what a setting shall be.
    AskSetting(&'static str),
    /// Change a setting.
    Set {
        /// Its key.
        key: &'static str,
        /// What it shall be.
        value: String,
    },
    /// Ask which command shall have another key.
    AskCommand,
    /// Wait for the key that a command shall have.
    AskKey(Command),
    /// Give a command a key.
    Bind(Command, Key),
    /// Give the chosen rows points: each a number, or together a sum.
    SetPoints(String),
    /// Go to a field.
    GoTo(Spot),
    /// Take from another form what was picked.
    TakeFrom(Box<Form>, Vec<Difference>),
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
    /// Show a text to read, wrapped.
    ReadText {
        /// The heading.
        title: String,
        /// The text.
        text: String,
    },
    /// Show lines to read, cut at the edge of the screen.
    Read {
        /// The heading.
        title: String,
        /// The lines.
        lines: Vec<String>,
    },
    /// Leave without saving.
    Quit,
}
