//! A unit in figures, and all units in the order of what needs attention.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Fault, Unit};
use crate::diagnostic::Severity;
use crate::lint;

/// A class of a unit: name, points, points it should have.
pub(super) type Class = (String, Decimal, Option<Decimal>);

/// What a unit adds to a summary; nothing of its texts but who it is.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    pub path: String,
    pub year: String,
    pub agency: String,
    /// Errors, warnings, hints.
    pub found: [usize; 3],
    pub indicators: usize,
    pub total: Decimal,
    pub expected: Decimal,
    pub classes: Vec<Class>,
    /// Executed ÷ adjusted budget, percent.
    pub rate: Option<Decimal>,
    pub achieved: Decimal,
    pub grade: Option<&'static str>,
    pub codes: BTreeMap<&'static str, usize>,
}

impl Figures {
    pub(super) fn of(unit: &Unit) -> Self {
        let class = |class: &crate::score::ClassScore| (class.name.clone(), class.points, class.expected);
        Self {
            path: unit.path.clone(),
            year: unit.form.year.clone(),
            agency: unit.form.agency.clone(),
            found: Severity::ALL.map(|severity| unit.count(severity)),
            indicators: unit.form.indicators.len(),
            total: unit.scores.total,
            expected: unit.scores.expected(),
            classes: unit.scores.classes.iter().map(class).collect(),
            rate: unit.achieved.execution.as_ref().map(|part| part.rate),
            achieved: unit.achieved.total,
            grade: unit.achieved.grade(),
            codes: unit.codes(),
        }
    }

    /// The unit's name, or the name of its file where it has none.
    pub(super) fn name(&self) -> &str {
        match self.agency.trim() {
            "" => &self.path,
            name => name,
        }
    }

    /// Points that are missing or too many.
    pub(super) fn off(&self) -> Decimal {
        (self.total - self.expected).abs()
    }

    /// Whether somebody must look at it before it is taken.
    pub(super) fn needs_attention(&self) -> bool {
        self.found[0] > 0 || !self.off().is_zero()
    }
}

/// All units.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Those that were read, the ones that need attention first.
    pub units: Vec<Figures>,
    /// Those that were not: the file, and why.
    pub faults: Vec<(String, String)>,
}

impl Summary {
    pub(super) fn add(&mut self, unit: Result<Figures, Fault>) {
        match unit {
            Ok(figures) => self.units.push(figures),
            Err(fault) => self.faults.push((fault.path, fault.reason)),
        }
    }

    /// Errors first, then points that are off, then warnings.
    pub(super) fn sort(&mut self) {
        self.units
            .sort_by_key(|unit| (Reverse((unit.found[0], unit.off(), unit.found[1])), unit.path.clone()));
    }

    pub(super) fn attention(&self) -> usize {
        self.units.iter().filter(|unit| unit.needs_attention()).count()
    }

    /// Names of the classes that any unit has, in the order in which they first appear.
    pub(super) fn classes(&self) -> Vec<String> {
        let mut names: Vec<String> =
            crate::vocabulary::taxonomy::all().iter().map(|class| class.name.to_owned()).collect();
        for (name, ..) in self.units.iter().flat_map(|unit| &unit.classes) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let is_used =
            |name: &String| self.units.iter().any(|unit| unit.classes.iter().any(|(own, ..)| own == name));
        names.retain(is_used);
        names
    }

    /// What was found, by code: how often, in how many units, and what it is about; the most
    /// frequent first.
    pub(super) fn codes(&self) -> Vec<(&'static str, usize, usize, &'static str)> {
        let mut codes: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        for (code, count) in self.units.iter().flat_map(|unit| &unit.codes) {
            let sums = codes.entry(code).or_default();
            *sums = (sums.0 + count, sums.1 + 1);
        }
        let title = |code| lint::find(code).map_or("", |lint| lint.title());
        let mut rows: Vec<_> =
            codes.into_iter().map(|(code, (count, units))| (code, count, units, title(code))).collect();
        rows.sort_by_key(|(code, count, units, _)| (Reverse((*count, *units)), *code));
        rows
    }

    /// How many units have each grade, best first; those without one last.
    pub(super) fn grades(&self) -> Vec<(&'static str, usize)> {
        let with = |grade: Option<&str>| self.units.iter().filter(|unit| unit.grade == grade).count();
        let graded = crate::score::GRADES.iter().map(|(grade, _)| (*grade, with(Some(grade))));
        graded.chain([("未评", with(None))]).filter(|(_, count)| *count > 0).collect()
    }

    /// The mean execution rate in percent of the units that have one.
    pub(super) fn mean_rate(&self) -> Option<Decimal> {
        let rates: Vec<Decimal> = self.units.iter().filter_map(|unit| unit.rate).collect();
        let mean = rates.iter().sum::<Decimal>().checked_div(Decimal::from(rates.len()))?;
        Some(mean.round_dp(2))
    }
}
