//! Walking from finding to finding: the gravest first, then in the order of the form.

use super::{App, Focus};
use crate::diagnostic::{Diagnostic, Severity, Site};
use crate::tui::pane::problems;

impl App {
    /// Goes to the selected finding.
    pub(super) fn jump(&mut self) {
        let Some(finding) = self.document.report().get(self.problems.at) else { return };
        let (site, caret) = (finding.site.clone(), finding.span.as_ref().map(|span| span.start));
        self.problems.walked = Some((finding.code, site.clone()));
        self.go(&site, caret);
    }

    /// The finding that commands speak of: the selected one, or one about the current place.
    pub(super) fn current_finding(&self) -> Option<usize> {
        let selected = self.document.report().get(self.problems.at).map(|_| self.problems.at);
        if self.focus == Focus::Problems {
            return selected;
        }
        let spot = self.current_spot().filter(|_| self.focus == Focus::Field);
        problems::about(self, spot).or_else(|| {
            let row = self.outline.row()?;
            self.document.report().of_row(row).next().map(|(at, _)| at)
        })
    }

    /// To the next finding, errors before warnings before hints; the first one is looked for from
    /// where the caret is.
    pub(super) fn next_problem(&mut self, by: isize) {
        let diagnostics = self.document.report();
        let Some(worst) = diagnostics.iter().map(|finding| finding.severity).min() else {
            return self.say("没有问题。");
        };
        let mut order: Vec<usize> = (0..diagnostics.len()).collect();
        // What is said of the whole form comes of its parts, which can be mended.
        order.sort_by_key(|at| (diagnostics[*at].severity, diagnostics[*at].site == Site::Form));
        let here = self.current_finding().filter(|at| self.was_seen(&diagnostics[*at], worst));
        let next = match here.and_then(|here| order.iter().position(|at| *at == here)) {
            Some(place) => place as isize + by,
            None => {
                let ahead = self.first_ahead();
                let gravest = order.iter().take_while(|at| diagnostics[**at].severity == worst).count();
                let first = order[..gravest].iter().position(|at| *at >= ahead);
                first.unwrap_or(if by < 0 { gravest } else { 0 }) as isize + by.min(0)
            }
        };
        let count = order.len() as isize;
        let around = if (0..count).contains(&next) { "" } else { "（已绕回）" };
        let place = next.rem_euclid(count) as usize;
        self.problems.at = order[place];
        let finding = &diagnostics[order[place]];
        let alike = |at: &&usize| diagnostics[**at].severity == finding.severity;
        let (before, all) = (order[..place].iter().filter(alike).count(), order.iter().filter(alike).count());
        let said = format!(
            "{} {}/{all}{around} {}：{}",
            finding.severity.tag(),
            before + 1,
            problems::place(finding, self.document.form()),
            finding.message
        );
        let stay = self.focus == Focus::Problems;
        self.jump();
        if stay {
            self.focus = Focus::Problems;
        }
        self.say(said);
    }

    /// Whether the clerk has been at this finding: it was gone to last, or the caret is there and
    /// nothing graver is left. What comes up where a graver one was mended has not been seen.
    fn was_seen(&self, finding: &Diagnostic, worst: Severity) -> bool {
        let is_walked = self.problems.walked.as_ref() == Some(&(finding.code, finding.site.clone()));
        let is_shown = self.focus != Focus::Outline || !matches!(finding.site, Site::Field(_));
        is_walked || (is_shown && finding.severity == worst)
    }

    /// The first finding at or after what is selected in the tree. Above the rows every finding is
    /// still ahead.
    fn first_ahead(&self) -> usize {
        let diagnostics = self.document.report();
        if let Some(here) = self.current_finding() {
            return here;
        }
        let rows = self.outline.selected().map(|item| item.rows.clone()).filter(|rows| !rows.is_empty());
        let after = rows.and_then(|rows| {
            let ahead = |other: usize| other >= rows.start + usize::from(self.outline.row().is_some());
            diagnostics.iter().position(|finding| finding.site.row().is_some_and(ahead))
        });
        after.unwrap_or(0)
    }
}
