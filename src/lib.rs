//! `jixiao` (绩效): an offline editor for 部门（单位）整体支出绩效目标表, the form in which a Chinese
//! budget unit promises what a year's money will achieve. This page is its architecture.
//!
//! # Bird's-eye view
//!
//! A form is a value ([`form::Form`]). Every change to it, from a key, a fix, an import, an undo, is
//! an [`form::edit::Edit`]: plain data that is carried out in one place and answers with its
//! inverse. From the form everything else is derived and never stored in files: the points
//! ([`score`]), the findings ([`lint`]), the tree ([`form::tree`]), the screen. A
//! [`document::Document`] is a form with its history; what is derived follows every change, so what
//! is said on the screen is always said of what is on the screen.
//!
//! Reading and writing of formats is bytes in, form out ([`format`](mod@format)); only [`store`] touches files.
//! The terminal ([`tui`]) and the command line ([`cli`]) are two fronts that do not know each other.
//!
//! # Layers
//!
//! A module uses only modules of lower layers; a test reads the sources and enforces it.
//!
//! | layer | modules | what they know |
//! |---|---|---|
//! | 0 | [`text`] | Chinese text on a grid of cells: measuring, cutting, wrapping, escaping |
//! | 1 | [`vocabulary`] | operators, units, classes, weight profiles as tables; numbers, dates |
//! | 2 | [`form`], [`rule`] | the form and its edits; the scoring sentence, which knows no form |
//! | 3 | [`score`], [`diagnostic`], [`library`], [`settings`] | points and scores; what a finding is; rows to choose from; what the user sets |
//! | 4 | [`format`](mod@format), [`lint`], [`compare`], [`manual`] | file formats; the checks, one file each; two forms side by side; pages to read |
//! | 5 | [`document`] | a form with undo, redo and everything derived |
//! | 6 | [`store`] | files, the only user of `std::fs` |
//! | 7 | [`cli`], [`tui`] | the two fronts |
//!
//! # The editor
//!
//! `tui::app::App` is the state; `App::input` takes a key, `App::perform` an action, and nothing
//! else changes it. Panes and popups draw from `&App`. Commands are rows of one table
//! (`tui/command.rs`), from which key dispatch, hints, menu, palette and help are made. Text fields
//! are ours: rows, caret movement and drawing must know widths and kinsoku, and they keep no history,
//! since the document has one (what a library left to do was to hold a string, and it measured all of
//! it at every key). Typing is live: each key commits an edit that joins the typing before it.
//! [`tui::headless`] is the editor without a terminal, for tests.
//!
//! The start page is a popup over a form that may be empty. To open another form is to replace the
//! whole `App` by one made of that form (`tui/app/open.rs`); what belongs to the terminal, and the
//! place where a signal finds the draft, is handed on. Last year's form is kept in the state folder
//! beside the list of forms opened before, since a path in the form would be wrong on the next
//! machine.
//!
//! # Drafts
//!
//! Every edit also goes to a draft in the user's state folder ([`store::draft`]): the form as it was
//! last saved, then a line an edit with a checksum, made durable half a second after it was typed, in
//! a thread that knows nothing but the file, so that no key waits for a slow disk. What a crash left is offered at the next start and merged with what the file got meanwhile
//! ([`compare::merge`], the same that brings two sides together when others change the file while
//! it is open). The lock beside the draft tells a second window who has the form. A panic or a
//! signal writes the draft from whatever thread it happens in; so the draft stands behind a mutex,
//! the only shared state of the program.
//!
//! # Input
//!
//! Every reader delivers the same: sheets of rows of cells ([`format::Source`]). What they mean is
//! found out in one place ([`format::recover`]), by vocabulary and not by position. Office files and
//! web pages are read in a process of their own with limits ([`store::apart`]), since a damaged one
//! can make a library take all memory; only rows come back. What was understood is shown beside its
//! source before it is taken over ([`compare::adopted`]), as one step of undo.
//!
//! # Versions
//!
//! Each save leaves the whole file in the state folder ([`store::versions`]), the last 20 of a form;
//! so does what is about to be replaced, of this side or of others.
//!
//! # Output
//!
//! [`format::printed`] is the printed form as data; Word, Excel, web page and text are painters of it, and
//! the preview in the editor is the text. Rows for other programs (CSV, JSON lines) come straight
//! from the form.
//!
//! # Invariants
//!
//! 1. `form`, `rule`, `score`, `lint` and `format` do no I/O and do not panic, whatever the input; the
//!    libraries for office files may, and therefore run apart.
//! 2. A form changes only through `Edit::apply` (readers build theirs before it is a document).
//! 3. Derived things are recomputed, never stored in files.
//! 4. Reading never loses what it cannot understand: it keeps it or notes it.
//! 5. Drawing cannot change the document.
//! 6. `cli` and `tui` do not know each other.
//! 7. No text from a file reaches the terminal with control characters in it ([`text::visible`]).
//! 8. A save replaces a file whole or not at all; after a crash at most half a second of typing is
//!    missing.
//! 9. Every text the user reads is written once.
//!
//! # Where this differs from what one might expect
//!
//! - Every field is a `String` that holds what was typed. A draft may be wrong, and a wrong cell is
//!   shown, saved and flagged, never refused; typed views are derived on demand.
//! - Rows have an identity in memory ([`form::RowId`]), which equality ignores. Through it a saved
//!   file keeps each row's comments when rows move, and the screen knows which rows changed.
//! - Copies of a form share their rows ([`form::Row`]) until one of them changes one: what was saved, read,
//!   drafted and edited is one form and a few rows.
//! - The vocabulary is constant tables in code and not data beside it: nothing is read at a start, and
//!   nothing can be broken.
//! - The TOML codec keeps the text it read and splices changes into it, instead of printing a tree
//!   anew: comments, order, unknown keys and line ends survive by construction.
//! - What is derived from a form follows its edits instead of being derived anew
//!   (`document::derived`): each check says what it looks at, and runs again only when that has
//!   changed ([`lint::Ledger`]); sums change by the difference. What several checks ask of a row, its
//!   target, its value as read, what occurs in each cell, is found out once (`lint::facts`). A property
//!   test holds the result to one from scratch after any edits.
//! - Copies reach other programs through the terminal (OSC 52), not through `arboard`: under X11 that
//!   speaks to the server `DISPLAY` names, which may be another machine, and this program opens no
//!   connection. Pasting is the terminal's.
//! - A draft repeats the form it begins with, instead of naming a file and its hash: it can be
//!   recovered whatever became of the file.
//!
//! # What an addition costs
//!
//! A lint: its file and one word. A format of output: its painter and one row. A field: one row and its member. A command: one row and one arm.
//! A unit, an alias, a class, a weight profile: a line of data.

pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod document;
pub mod form;
pub mod format;
pub mod library;
pub mod lint;
pub mod manual;
pub mod rule;
pub mod score;
pub mod settings;
pub mod store;
pub mod text;
pub mod tui;
pub mod vocabulary;
