//! Rows from the library, put where their class stands, and rows kept for the unit's own one.

use super::App;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{Field, Table};
use crate::form::{Form, Indicator, Row};
use crate::library;
use crate::store::config;
use crate::tui::action::Action;
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, Popup};

impl App {
    /// Lists the library, the unit's own rows first, those of the class at hand before others.
    pub(super) fn show_library(&mut self) {
        let year = self.document.form().year.trim().to_owned();
        let (own, fault) = self.config.as_deref().map_or((Vec::new(), None), config::own_library);
        let own = own.into_iter().map(|row| ("本单位".to_owned(), library::in_year(&row, &year)));
        let common = library::all().iter().map(|entry| (entry.area.clone(), entry.row(&year)));
        let mut rows: Vec<(String, Indicator)> = own.chain(common).collect();
        let (_, level1, level2) = self.place_for_new();
        rows.sort_by_key(|(_, row)| (row.level1.trim() != level1.trim(), row.level2.trim() != level2.trim()));
        let entry = |(area, row): (String, Indicator)| {
            let place = self.place_for(&row);
            let said = format!("加了“{}”。指标值是例子，请改成自己的；Ctrl+Z 撤销。", row.title());
            Entry {
                label: row.title().to_owned(),
                note: format!("{area} {}", row.level2.trim_end_matches("指标")),
                words: format!("{area} {} {}", row.level2, row.explanation),
                actions: vec![
                    Action::Apply { edits: place.edits(row), said },
                    Action::GoTo(Spot::row(place.at, Field::Value)),
                ],
            }
        };
        let entries = rows.into_iter().map(entry).collect();
        self.popups.push(Popup::Choose(Choose::new("从指标库选", entries, 0)));
        if let Some(fault) = fault {
            self.complain(format!("本单位的指标库有错误，能读的都在：{fault}"));
        }
    }

    /// Where a row of the library goes: into an empty row of its class, else behind the last row of
    /// its class, else at the end.
    fn place_for(&self, row: &Indicator) -> Place {
        let rows = &self.document.form().indicators;
        let same1 = |other: &Row| other.level1.trim() == row.level1.trim();
        let same2 = |other: &Row| same1(other) && other.level2.trim() == row.level2.trim();
        let here = self.outline.row().filter(|at| same2(&rows[*at]));
        if let Some(at) = here.filter(|at| is_blank(&rows[*at])) {
            return Place { at, is_blank: true };
        }
        if let Some(at) = rows.iter().position(|other| same2(other) && is_blank(other)) {
            return Place { at, is_blank: true };
        }
        let last = here.or_else(|| rows.iter().rposition(same2)).or_else(|| rows.iter().rposition(same1));
        Place { at: last.map_or(rows.len(), |last| last + 1), is_blank: false }
    }

    /// Keeps the current row in the unit's own library.
    pub(super) fn keep_in_library(&mut self) {
        let row = self.outline.row().and_then(|row| self.document.form().indicators.get(row));
        let Some(row) = row.filter(|row| !row.name.trim().is_empty()) else {
            return self.say("先在目录里选一条有名称的指标。");
        };
        let Some(folder) = &self.config else {
            return self.complain("没有存入：系统没有给程序放设置的文件夹。");
        };
        let file = crate::store::shown(&config::library_file(folder));
        let title = row.title().to_owned();
        match config::add_to_library(folder, row) {
            Ok(()) => self.say(format!("“{title}”存入了本单位的指标库（{file}）。")),
            Err(error) => self.complain(format!("没有存入：{error}")),
        }
    }
}

/// Where a row goes, and whether it fills one that is there.
struct Place {
    at: usize,
    is_blank: bool,
}

impl Place {
    fn edits(&self, row: Indicator) -> Vec<Edit> {
        if !self.is_blank {
            return vec![Edit::insert(self.at, row)];
        }
        let fields = Field::of(Table::Indicator);
        let filled = fields
            .filter_map(|field| row.text(field).filter(|text| !text.is_empty()).map(|text| (field, text)));
        filled.map(|(field, text)| Edit::set(Spot::row(self.at, field), text.clone())).collect()
    }
}

/// Whether nothing but the class of a row is filled in.
fn is_blank(row: &Indicator) -> bool {
    let empty = Form::default().with_rows(vec![Indicator::default()]).indicators.remove(0);
    let own = Field::of(Table::Indicator).filter(|field| !matches!(field, Field::Level1 | Field::Level2));
    own.into_iter()
        .all(|field| row.text(field).map(|text| text.trim()) == empty.text(field).map(|text| text.trim()))
}
