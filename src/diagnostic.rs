//! What a check says: a code, how grave it is, where, why, and a fix where there is one.

use std::ops::Range;

use crate::form::edit::{Edit, Spot};

/// How grave a finding is, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The county's system or any reviewer refuses it.
    Error,
    /// A reviewer will probably ask.
    Warning,
    /// It could be worded better.
    Hint,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// For machines: error, warning, hint.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The one-character tag on the screen: 错 警 提.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Error => "错",
            Self::Warning => "警",
            Self::Hint => "提",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Site {
    /// A field, of a row or of the form.
    Field(Spot),
    /// A level-1 class, by canonical name.
    Class(String),
    /// The form as a whole.
    Form,
}

impl Site {
    /// The row, where it is about one.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Field(spot) => spot.row,
            _ => None,
        }
    }

    /// The spot, where it is about one.
    pub fn spot(&self) -> Option<Spot> {
        match self {
            Self::Field(spot) => Some(*spot),
            _ => None,
        }
    }
}

/// A change that would settle a finding. It is made of edits, so it can be undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, for the clerk.
    pub title: String,
    /// The edits, to be applied in order.
    pub edits: Vec<Edit>,
    /// Changes only the writing, never the meaning: may be applied with all others at once.
    pub safe: bool,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable kebab-case code that names the bad thing.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about.
    pub site: Site,
    /// Bytes of the field's text that are to blame.
    pub span: Option<Range<usize>>,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
    /// Changes that would settle it; several where there is a choice.
    pub fixes: Vec<Fix>,
}
