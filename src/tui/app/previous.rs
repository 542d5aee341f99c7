//! Last year beside this year, and any other form beside this one.

use std::path::Path;

use super::App;
use super::drafts::differences;
use crate::compare::{self, Difference, LastYear, Movement, RowChange, Was};
use crate::form::Form;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::score::Scores;
use crate::store::{self, previous};
use crate::tui::action::{Action, Purpose};
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Pick, Popup};
use crate::vocabulary::number::plain;

/// Last year's form, and which of its rows each of this year's was.
#[derive(Debug)]
pub(in crate::tui) struct Previous {
    last: LastYear,
    rows: Vec<Option<(usize, Movement)>>,
}

impl From<Form> for Previous {
    fn from(form: Form) -> Self {
        Self { last: LastYear::new(form), rows: Vec::new() }
    }
}

impl Previous {
    /// Last year, in words: 2025年, or 去年 where the form names none.
    pub(in crate::tui) fn year(&self) -> String {
        self.last.form.year_number().map_or("去年".into(), |year| format!("{year}年"))
    }

    /// What a row was last year, in a line, and what became of its target.
    pub(in crate::tui) fn row(&self, row: usize) -> Option<(String, Movement)> {
        let (at, movement) = (*self.rows.get(row)?)?;
        Some((self.last.was(at).map(in_words)?, movement))
    }
}

/// `≥48次 完成52次 得3/3分`.
fn in_words(was: &Was) -> String {
    let mut words = was.target.clone();
    if !was.actual.is_empty() {
        words += &format!(" 完成{}", was.actual);
    }
    match (was.score, was.points) {
        (Some(score), Some(points)) => words += &format!(" 得{}/{}分", plain(score), plain(points)),
        (None, Some(points)) => words += &format!(" {}分", plain(points)),
        _ => {}
    }
    words
}

impl App {
    /// The rows of last year follow the document.
    pub(super) fn look_back(&mut self) {
        if let Some(previous) = &mut self.previous {
            previous.rows = previous.last.beside(self.document.form());
        }
    }

    /// Finds what is kept of last year for the form.
    pub(super) fn find_previous(&mut self) {
        if let (None, Some(state), Some(path)) = (&self.previous, &self.state, &self.file.path) {
            self.previous = previous::find(state, path).map(Previous::from);
            self.look_back();
        }
    }

    /// Keeps last year's form under the name of this one.
    pub(super) fn keep_previous(&mut self) {
        let (Some(state), Some(path), Some(previous)) = (&self.state, &self.file.path, &self.previous) else {
            return;
        };
        if let Err(error) = previous::keep(state, path, &previous.last.form) {
            self.complain(format!("去年的表没有留下（{error}），下次要再选。"));
        }
    }

    /// Takes a file as last year's form.
    pub(super) fn take_previous(&mut self, path: &Path) {
        match self.read_form(path) {
            Ok(read) => {
                self.previous = Some(read.form.into());
                self.look_back();
                self.keep_previous();
                self.show_previous();
            }
            Err(error) => self.complain(error),
        }
    }

    /// Every row with what it was last year; the doubtful ones can be filtered by their words.
    pub(super) fn show_previous(&mut self) {
        let Some(previous) = &self.previous else { return self.ask_file(Purpose::Previous) };
        let form = self.document.form();
        let count =
            |movement: Movement| previous.rows.iter().flatten().filter(|(_, own)| *own == movement).count();
        let new = previous.rows.iter().filter(|row| row.is_none()).count();
        let mut said: Vec<String> =
            [Movement::Looser, Movement::BelowActual, Movement::Same, Movement::Tighter, Movement::Unclear]
                .into_iter()
                .filter(|movement| count(*movement) > 0)
                .map(|movement| format!("{}{}", movement.label(), count(movement)))
                .collect();
        if new > 0 {
            said.push(format!("新增{new}"));
        }
        let entry = |at: usize| {
            let now = form.indicators.get(at).map(|row| compare::shown_target(row)).unwrap_or_default();
            let (was, label) =
                previous.row(at).map_or((String::new(), "新增"), |(was, movement)| (was, movement.label()));
            Entry {
                label: form.indicators.get(at).map_or(String::new(), |row| row.title().to_owned()),
                note: format!("{was} → {now} {label}"),
                words: label.to_owned(),
                actions: vec![Action::GoTo(Spot::row(at, Field::Value))],
            }
        };
        let mut entries: Vec<Entry> = (0..previous.rows.len()).map(entry).collect();
        entries.push(Entry {
            label: "换一张去年的表…".into(),
            note: String::new(),
            words: String::new(),
            actions: vec![Action::AskPick(Purpose::Previous)],
        });
        let title = format!("和{}对照：{}", previous.year(), said.join(" "));
        self.popups.push(Popup::Choose(Choose::new(title, entries, 0)));
    }

    /// Shows in what another form differs, place by place, to take from it what is wanted.
    pub(super) fn compare_with(&mut self, path: &Path) {
        let read = match self.read_form(path) {
            Ok(read) => read,
            Err(error) => return self.complain(error),
        };
        let name = store::shown(Path::new(path.file_name().unwrap_or(path.as_os_str())));
        let form = self.document.form();
        let all = compare::sides(form, &read.form, form);
        if all.is_empty() {
            let moved = differences(form, &read.form).len();
            return self.say(match moved {
                0 => format!("和 {name} 内容一样。"),
                _ => format!("和 {name} 内容一样，只有{moved}处次序不同。"),
            });
        }
        let points = compare::class_points(&Scores::of(&read.form), self.document.scores());
        let points = points.into_iter().map(|(class, there, here)| {
            let class = class.strip_suffix("指标").unwrap_or(&class).to_owned();
            if there == here {
                format!("{class}{}", plain(here))
            } else {
                format!("{class}{}→{}", plain(there), plain(here))
            }
        });
        let mut head = format!("分值（那边→这边）：{}", points.collect::<Vec<_>>().join(" "));
        let is_moved = |row: &RowChange| matches!(row, RowChange::Kept { moved: true, .. });
        let moved = compare::compare(&read.form, form).rows.iter().filter(|row| is_moved(row)).count();
        if moved > 0 {
            head += &format!("；另有{moved}条次序不同");
        }
        self.popups.push(Popup::Pick(Pick::other(&name, head, all, read.form)));
    }

    /// Takes from another form what was picked, as one step.
    pub(super) fn take_from(&mut self, other: &Form, picked: &[Difference]) {
        // Here "theirs" is this form, whose rows keep their order.
        let count = picked.iter().filter(|difference| !difference.takes_theirs).count();
        let form = self.document.form();
        let edits = compare::edits(form, &compare::chosen(other, form, form, picked));
        match count {
            0 => self.say("没有选用那边的，什么都没有改。"),
            _ => self.apply(edits, format!("选用了那边的{count}处，Ctrl+Z 撤销。")),
        }
    }
}
