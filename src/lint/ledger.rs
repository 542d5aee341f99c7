//! The findings of a form that is being edited, kept up edit by edit: what is checked again follows
//! from what each check says it looks at ([`Check`]). A property test of [`crate::document`] holds
//! the result to that of a full check.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Index, Range};

use super::facts::Facts;
use super::tally::{Tallies, Tally};
use super::{ALL, Check, Findings, FormView, OF_ALL_ROWS, check_cells, check_row, is_allowed, order, place};
use crate::diagnostic::{Diagnostic, Site};
use crate::form::Form;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::score::Scores;

/// The findings of a form, by place: its own fields, each row with the class that begins there, and
/// the sign-off.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    facts: Facts,
    places: Vec<Place>,
    tallies: Tallies,
    sums: Sums,
    /// Where the findings of each check of the whole form are.
    homes: HashMap<&'static str, BTreeSet<usize>>,
    /// Where those of the checks that speak of classes are, in their order.
    class_places: Vec<usize>,
}

/// The findings of one place, in their order.
#[derive(Debug, Clone, Default)]
struct Place {
    shown: Vec<Diagnostic>,
    silenced: Vec<Diagnostic>,
    /// What is in the sums of the ledger.
    counted: Sums,
}

/// What is counted of all places.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    silenced: usize,
    /// Findings that a safe fix settles.
    fixable: usize,
}

/// What the checks of the whole form took from some rows before they were edited.
#[derive(Debug, Clone, Default)]
pub struct Taken(HashMap<usize, Vec<u64>>);

/// What must be checked again.
#[derive(Default)]
struct Stale {
    rows: BTreeSet<usize>,
    cells: BTreeSet<Field>,
    /// Places whose findings have changed.
    places: BTreeSet<usize>,
    /// Codes of checks of the whole form, or of rows, that run again.
    checks: BTreeSet<&'static str>,
}

impl Ledger {
    /// The findings of a form.
    pub fn of(form: &Form, scores: &Scores) -> Self {
        let facts = Facts::of(form, scores);
        let mut ledger = Self { facts, ..Self::default() };
        ledger.places.resize_with(form.indicators.len() + 2, Place::default);
        let view = FormView { form, scores, facts: &ledger.facts };
        for row in view.rows() {
            check_row(&row, &mut ledger.places[row.at + 1].shown);
        }
        let mut found = Vec::new();
        check_cells(view.cells(), &mut found);
        let mut stale = Stale::default();
        ledger.file(found, form, scores, &mut stale);
        let of_forms = ALL.iter().filter(|lint| matches!(lint.rule.check, Check::Form { .. }));
        stale.checks.extend(of_forms.map(|lint| lint.code));
        ledger.run_checks(&mut stale, form, scores);
        for at in 0..ledger.places.len() {
            ledger.tidy(at, form, scores);
        }
        ledger.tallies = Tallies::new(ledger.places.iter().map(Place::tally).collect());
        ledger
    }

    /// What must be known of the rows of these spots before they are edited.
    pub fn before(&self, spots: &[Spot], form: &Form, scores: &Scores) -> Taken {
        let rows: BTreeSet<usize> = spots.iter().filter_map(|spot| spot.row).collect();
        Taken(rows.into_iter().map(|row| (row, self.digests(row, form, scores))).collect())
    }

    fn digests(&self, row: usize, form: &Form, scores: &Scores) -> Vec<u64> {
        let Some(row) = (FormView { form, scores, facts: &self.facts }).row(row) else { return Vec::new() };
        digests().map(|(_, digest)| digest(&row)).collect()
    }

    /// Follows texts that were set at these spots.
    pub fn follow_texts(&mut self, spots: &[Spot], before: &Taken, form: &Form, scores: &Scores) {
        let of_all = |spot: &Spot| spot.row.is_none() && OF_ALL_ROWS.contains(&spot.field);
        if spots.iter().any(of_all) {
            *self = Self::of(form, scores);
            return;
        }
        let mut stale = Stale::default();
        let (mut moved, mut copied) = (false, false);
        for spot in spots {
            match spot.row {
                Some(row) if matches!(spot.field, Field::Level1 | Field::Level2) => {
                    stale.rows.insert(row);
                    moved = true;
                }
                Some(row) => {
                    stale.rows.insert(row);
                    copied |= self.facts.follow(form, scores, row, spot.field);
                }
                None => self.follow_own(spot.field, form, &mut stale),
            }
        }
        if moved {
            self.facts = Facts::of(form, scores);
        }
        if moved || copied {
            stale.reshaped();
        }
        for (row, taken) in &before.0 {
            let now = self.digests(*row, form, scores);
            let differ = digests().zip(taken.iter().zip(&now)).filter(|(_, (taken, now))| taken != now);
            stale.checks.extend(differ.map(|((code, _), _)| code));
        }
        self.settle(stale, form, scores);
    }

    fn follow_own(&mut self, field: Field, form: &Form, stale: &mut Stale) {
        if matches!(field, Field::AnnualGoals | Field::Duties) {
            self.facts.read_texts(form);
        }
        stale.cells.insert(field);
        let looks = |check: Check| match check {
            Check::Form { own, .. } => own.contains(&field),
            Check::Row { beyond, .. } => beyond.contains(&field),
            Check::Cell { .. } => false,
        };
        stale.checks.extend(ALL.iter().filter(|lint| looks(lint.rule.check)).map(|lint| lint.code));
    }

    /// Follows a row that came, went or was moved; what was found in other rows goes with them.
    pub fn follow_rows(&mut self, edit: &Edit, form: &Form, scores: &Scores) {
        let mut stale = Stale::default();
        let changed = match *edit {
            Edit::Insert { at, .. } => {
                self.places.insert(at + 1, Place::default());
                stale.rows.insert(at);
                at..form.indicators.len()
            }
            Edit::Remove { at } => {
                let gone = self.places.remove(at + 1);
                self.sums.add(Sums::default(), gone.counted);
                at..form.indicators.len()
            }
            Edit::Move { from, to } => {
                let place = self.places.remove(from + 1);
                self.places.insert(to + 1, place);
                from.min(to)..from.max(to) + 1
            }
            Edit::Set { .. } => return,
        };
        for homes in self.homes.values_mut() {
            *homes = homes.iter().filter_map(|place| moved(*place, edit)).collect();
        }
        for at in changed {
            let place = &mut self.places[at + 1];
            let found = place.shown.iter_mut().chain(&mut place.silenced);
            found.for_each(|diagnostic| renumber(diagnostic, at));
        }
        self.tallies = Tallies::new(self.places.iter().map(Place::tally).collect());
        self.facts = Facts::of(form, scores);
        stale.reshaped();
        self.settle(stale, form, scores);
    }

    /// Checks again what is stale.
    fn settle(&mut self, mut stale: Stale, form: &Form, scores: &Scores) {
        let view = FormView { form, scores, facts: &self.facts };
        let mut found = Vec::new();
        for row in stale.rows.iter().filter_map(|row| view.row(*row)) {
            let place = &mut self.places[row.at + 1];
            place.open();
            place.shown.retain(|diagnostic| is_of_form(diagnostic.code));
            check_row(&row, &mut place.shown);
            stale.places.insert(row.at + 1);
        }
        for field in &stale.cells {
            let site = Site::Field(Spot::form(*field));
            let at = place(form, scores, &site).0;
            self.places[at].open();
            self.places[at].shown.retain(|diagnostic| diagnostic.site != site || is_of_form(diagnostic.code));
            check_cells(view.cell(field.info()).into_iter(), &mut found);
            stale.places.insert(at);
        }
        self.file(found, form, scores, &mut stale);
        self.run_checks(&mut stale, form, scores);
        for at in stale.places {
            self.tidy(at, form, scores);
            self.tallies.set(at, self.places[at].tally());
        }
    }

    /// Runs the stale checks again, over all rows. Only places at which they now find something else
    /// are touched.
    fn run_checks(&mut self, stale: &mut Stale, form: &Form, scores: &Scores) {
        let checks = std::mem::take(&mut stale.checks);
        for lint in ALL.iter().filter(|lint| checks.contains(lint.code)) {
            let mut found = Vec::new();
            let mut findings = Findings { lint, found: &mut found };
            let view = FormView { form, scores, facts: &self.facts };
            match lint.rule.check {
                Check::Form { check, .. } => check(&view, &mut findings),
                Check::Row { check, .. } => view.rows().for_each(|row| check(&row, &mut findings)),
                Check::Cell { .. } => {}
            }
            let mut now: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
            for diagnostic in found {
                now.entry(place(form, scores, &diagnostic.site).0).or_default().push(diagnostic);
            }
            let mut homes = match lint.rule.check {
                // Without an entry it has never run.
                Check::Form { .. } => {
                    self.homes.insert(lint.code, now.keys().copied().collect()).unwrap_or_default()
                }
                _ => (0..self.places.len()).collect(),
            };
            homes.extend(now.keys());
            for at in homes {
                if self.places[at].replace(lint.code, now.remove(&at).unwrap_or_default()) {
                    stale.places.insert(at);
                }
            }
        }
        let homes = CLASS_CHECKS.iter().filter_map(|code| self.homes.get(code)).flatten().copied();
        self.class_places = homes.collect::<BTreeSet<usize>>().into_iter().collect();
    }

    /// Puts findings where they belong.
    fn file(&mut self, found: Vec<Diagnostic>, form: &Form, scores: &Scores, stale: &mut Stale) {
        for diagnostic in found {
            let at = place(form, scores, &diagnostic.site).0;
            self.places[at].open();
            self.places[at].shown.push(diagnostic);
            stale.places.insert(at);
        }
    }

    /// Sorts the findings of a place, and those that are allowed out of them.
    fn tidy(&mut self, at: usize, form: &Form, scores: &Scores) {
        let place = &mut self.places[at];
        place.open();
        place.shown.sort_by(|one, other| order(form, scores, one).cmp(&order(form, scores, other)));
        place.silenced = place.shown.extract_if(.., |diagnostic| is_allowed(form, diagnostic)).collect();
        let is_safe = |diagnostic: &&Diagnostic| diagnostic.fixes.iter().any(|fix| fix.safe);
        let fixable = place.shown.iter().filter(is_safe).count();
        let now = Sums { silenced: place.silenced.len(), fixable };
        let before = std::mem::replace(&mut place.counted, now);
        self.sums.add(now, before);
    }

    /// How many findings there are; allowed ones do not count.
    pub fn len(&self) -> usize {
        self.tally().total()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many findings of each severity there are.
    pub fn tally(&self) -> Tally {
        self.tallies.all()
    }

    /// How many findings there are about each row in a range of positions.
    pub fn tally_of_rows(&self, rows: Range<usize>) -> Tally {
        let all = self.tallies.before(rows.end + 1).minus(self.tallies.before(rows.start + 1));
        let about_classes = self.of_classes().filter(|(row, _)| rows.contains(row));
        about_classes.fold(all, |sum, (_, diagnostic)| sum.minus(Tally::from_iter([&diagnostic.severity])))
    }

    /// How many findings the form's or a row's `allow` silenced.
    pub fn silenced(&self) -> usize {
        self.sums.silenced
    }

    /// Whether a safe fix settles any finding.
    pub fn is_fixable(&self) -> bool {
        self.sums.fixable > 0
    }

    /// All findings in the order of the form: its own fields, then rows and classes; the gravest
    /// first within one place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.places.iter().flat_map(|place| &place.shown)
    }

    /// A finding by its number among all.
    pub fn get(&self, number: usize) -> Option<&Diagnostic> {
        let (at, within) = self.tallies.find(number)?;
        self.places.get(at)?.shown.get(within)
    }

    /// All findings from one on.
    pub fn from(&self, number: usize) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let (at, within) = self.tallies.find(number).unwrap_or((self.places.len(), 0));
        let rest = self.places.get(at..).unwrap_or_default().iter().flat_map(|place| &place.shown);
        rest.skip(within).enumerate().map(move |(after, diagnostic)| (number + after, diagnostic))
    }

    /// The findings about a row, each with its number among all.
    pub fn of_row(&self, row: usize) -> impl Iterator<Item = (usize, &Diagnostic)> {
        self.of_place(row + 1).filter(move |(_, diagnostic)| diagnostic.site.row() == Some(row))
    }

    /// The findings about the form, its own fields and its classes, each with its number among all.
    pub fn of_form(&self) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let last = self.places.len().saturating_sub(1);
        let within = self.class_places.iter().copied().filter(move |place| (1..last).contains(place));
        let places = std::iter::once(0).chain(within).chain((last > 0).then_some(last));
        let found = places.flat_map(|place| self.of_place(place));
        found.filter(|(_, diagnostic)| diagnostic.site.row().is_none())
    }

    fn of_place(&self, place: usize) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let first = self.tallies.before(place).total();
        let shown = self.places.get(place).map_or(&[][..], |place| &place.shown);
        shown.iter().enumerate().map(move |(at, diagnostic)| (first + at, diagnostic))
    }

    /// Findings about classes stand at the first row of their class.
    fn of_classes(&self) -> impl Iterator<Item = (usize, &Diagnostic)> {
        let rows = self.class_places.iter().filter(|place| (1..self.places.len() - 1).contains(*place));
        rows.flat_map(|&place| {
            let of_class = |found: &&Diagnostic| found.site.row().is_none();
            self.places[place].shown.iter().filter(of_class).map(move |found| (place - 1, found))
        })
    }
}

/// Checks that speak of classes.
const CLASS_CHECKS: [&str; 3] = ["class-missing", "level2-missing", "points-off-profile"];

impl Index<usize> for Ledger {
    type Output = Diagnostic;

    fn index(&self, number: usize) -> &Diagnostic {
        self.get(number).unwrap_or_else(|| panic!("there is no finding {number}"))
    }
}

impl Place {
    /// Puts the findings of a check in place of those it had here; answers whether they differ.
    fn replace(&mut self, code: &str, now: Vec<Diagnostic>) -> bool {
        let before = self.shown.iter().chain(&self.silenced).filter(|diagnostic| diagnostic.code == code);
        if before.eq(&now) {
            return false;
        }
        self.open();
        self.shown.retain(|diagnostic| diagnostic.code != code);
        self.shown.extend(now);
        true
    }

    /// Takes the silenced findings back among the others.
    fn open(&mut self) {
        self.shown.append(&mut self.silenced);
    }

    fn tally(&self) -> Tally {
        self.shown.iter().map(|diagnostic| &diagnostic.severity).collect()
    }
}

impl Sums {
    fn add(&mut self, now: Self, before: Self) {
        self.silenced = self.silenced + now.silenced - before.silenced;
        self.fixable = self.fixable + now.fixable - before.fixable;
    }
}

impl Stale {
    /// Rows have other classes or places, or have begun or ceased to repeat others.
    fn reshaped(&mut self) {
        let looks = |check: Check| match check {
            Check::Form { .. } => true,
            Check::Row { beyond, .. } => beyond.contains(&Field::Level1),
            Check::Cell { .. } => false,
        };
        self.checks.extend(ALL.iter().filter(|lint| looks(lint.rule.check)).map(|lint| lint.code));
    }
}

/// Where a place is after a row came, went or was moved; none for that of a row that went.
fn moved(place: usize, edit: &Edit) -> Option<usize> {
    let of = |row: &usize| row + 1;
    Some(match edit {
        Edit::Insert { at, .. } if place >= of(at) => place + 1,
        Edit::Remove { at } if place == of(at) => return None,
        Edit::Remove { at } if place > of(at) => place - 1,
        Edit::Move { from, to } if place == of(from) => of(to),
        Edit::Move { from, to } if (of(from)..=of(to)).contains(&place) => place - 1,
        Edit::Move { from, to } if (of(to)..=of(from)).contains(&place) => place + 1,
        _ => place,
    })
}

/// The checks of the whole form, each with what it takes from a row.
fn digests() -> impl Iterator<Item = (&'static str, fn(&super::RowView<'_>) -> u64)> {
    ALL.iter().filter_map(|lint| match lint.rule.check {
        Check::Form { digest, .. } => Some((lint.code, digest)),
        _ => None,
    })
}

fn is_of_form(code: &str) -> bool {
    digests().any(|(own, _)| own == code)
}

/// Gives what was found in a row alone the number that the row has now.
fn renumber(diagnostic: &mut Diagnostic, row: usize) {
    let number = |spot: &mut Spot| spot.row = spot.row.map(|_| row);
    if let Site::Field(spot) = &mut diagnostic.site {
        number(spot);
    }
    for edit in diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        if let Edit::Set { spot, .. } = edit {
            number(spot);
        }
    }
}
