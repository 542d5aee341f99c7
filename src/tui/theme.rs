//! Colours of the 16-colour set only, and every meaning also said in words or marks.

use ratatui::style::{Color, Modifier, Style};

use crate::diagnostic::Severity;

/// The styles of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Theme {
    colours: bool,
}

impl Theme {
    /// With colours, or with bold, underline and reverse alone (`NO_COLOR`).
    pub(super) fn new(colours: bool) -> Self {
        Self { colours }
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colours { Style::new().fg(colour) } else { Style::new() }
    }

    /// Ordinary text.
    pub(super) fn text(self) -> Style {
        Style::new()
    }

    /// Labels and what is of second importance.
    pub(super) fn dim(self) -> Style {
        if self.colours { Style::new().fg(Color::DarkGray) } else { Style::new() }
    }

    /// Labels of fields.
    pub(super) fn label(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// Borders and rules.
    pub(super) fn line(self) -> Style {
        self.dim()
    }

    /// Headings of panes; the focused one stands out.
    pub(super) fn heading(self, focused: bool) -> Style {
        match focused {
            true => self.coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            false => self.dim(),
        }
    }

    /// The selected line of the focused pane, or of one without focus.
    pub(super) fn selected(self, focused: bool) -> Style {
        match focused {
            true => Style::new().add_modifier(Modifier::REVERSED),
            false => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// The field the caret is in.
    pub(super) fn field(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// Selected text in a field.
    pub(super) fn selection(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Keys in hints.
    pub(super) fn key(self) -> Style {
        self.coloured(Color::Yellow).add_modifier(Modifier::BOLD)
    }

    /// The title row.
    pub(super) fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What was changed since the last save.
    pub(super) fn changed(self) -> Style {
        self.coloured(Color::Green)
    }

    /// Characters a search matched.
    pub(super) fn matched(self) -> Style {
        self.coloured(Color::Yellow).add_modifier(Modifier::UNDERLINED)
    }

    /// Text that a finding is about.
    pub(super) fn culprit(self, severity: Severity) -> Style {
        self.severity(severity).add_modifier(Modifier::UNDERLINED)
    }

    /// Tag and message of a finding.
    pub(super) fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.coloured(Color::Red).add_modifier(Modifier::BOLD),
            Severity::Warning => self.coloured(Color::Yellow),
            Severity::Hint => self.coloured(Color::Blue),
        }
    }

    /// Points that are right, or wrong.
    pub(super) fn points(self, right: bool) -> Style {
        if right {
            self.coloured(Color::Green)
        } else {
            self.coloured(Color::Red).add_modifier(Modifier::BOLD)
        }
    }
}
