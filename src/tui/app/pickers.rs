//! What can be picked for a field, and searching the form.

use super::App;
use crate::form::edit::Spot;
use crate::form::field::{Field, Kind};
use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::popup::{Choose, Popup, Prompt, choose::Entry};
use crate::vocabulary::{operator, profile, taxonomy, unit};

impl App {
    /// Opens the list for a field, with something already typed.
    pub(super) fn pick(&mut self, spot: Spot, typed: &str) {
        let current = self.document.text(spot).trim().to_owned();
        let (entries, free) = match spot.field.info().kind {
            Kind::Operator => (self.most_used_first(spot, operators(spot)), false),
            Kind::Unit => (self.units(spot), true),
            Kind::Level1 => (self.most_used_first(spot, self.level1_classes(spot)), true),
            Kind::Level2 => (self.most_used_first(spot, self.level2_classes(spot)), true),
            Kind::Profile => (profiles(spot), true),
            Kind::Choice(choices) => {
                (choices.iter().map(|(word, label)| entry(spot, word, label, "")).collect(), false)
            }
            _ => return,
        };
        let is_current = |entry: &Entry| entry.actions == [set(spot, &current)];
        let at = entries.iter().position(is_current).unwrap_or(0);
        let mut popup = Choose::new(spot.field.label(), entries, at);
        if free {
            popup = popup.with_free(spot);
        }
        if !typed.trim().is_empty() {
            popup = popup.with_filter(typed);
        }
        self.popups.push(Popup::Choose(popup));
    }

    /// Entries with the words that the form uses most first; the others stay in their order.
    fn most_used_first(&self, spot: Spot, mut entries: Vec<Entry>) -> Vec<Entry> {
        entries.sort_by_cached_key(|entry| match &entry.actions[..] {
            [Action::SetField { text, .. }] => std::cmp::Reverse(self.uses(spot.field, text)),
            _ => std::cmp::Reverse(0),
        });
        entries
    }

    /// How many rows have this word in a field.
    fn uses(&self, field: Field, word: &str) -> usize {
        let rows = self.document.form().indicators.iter();
        rows.filter(|row| row.text(field).is_some_and(|text| text.trim() == word)).count()
    }

    fn units(&self, spot: Spot) -> Vec<Entry> {
        let row = |unit: &unit::Unit| {
            let count = self.uses(spot.field, unit.name);
            let note =
                if count > 0 { format!("本表用了{count}次") } else { unit.kind.name().to_owned() };
            Entry { words: unit.search_words(), ..entry(spot, unit.name, unit.name, &note) }
        };
        let none = entry(spot, "", "（没有单位）", "定性指标");
        let units = self.most_used_first(spot, unit::all().iter().map(row).collect());
        units.into_iter().chain([none]).collect()
    }

    fn level1_classes(&self, spot: Spot) -> Vec<Entry> {
        let scores = self.document.scores();
        let note =
            |name: &str| scores.profile.expected(name).map_or(String::new(), |points| format!("{points}分"));
        taxonomy::all().iter().map(|class| entry(spot, class.name, class.name, &note(class.name))).collect()
    }

    /// Level-2 classes of the row's level-1 class; those of the older table are marked.
    fn level2_classes(&self, spot: Spot) -> Vec<Entry> {
        let level1 =
            spot.row.and_then(|row| self.document.form().indicators.get(row)).map(|row| row.level1.clone());
        let parent = level1.as_deref().and_then(taxonomy::level1);
        let classes =
            taxonomy::all().iter().filter(|class| parent.is_none_or(|parent| std::ptr::eq(parent, *class)));
        let children = classes.flat_map(|class| class.level2);
        children
            .map(|child| entry(spot, child.name, child.name, if child.is_current() { "" } else { "旧分类" }))
            .collect()
    }

    /// Indicators and texts of the form, to be found by Chinese or pinyin.
    pub(super) fn find(&mut self) {
        let mut entries = Vec::new();
        for (at, row) in self.document.form().indicators.iter().enumerate() {
            let points = self.document.scores().rows.get(at).and_then(|row| row.points);
            let note =
                format!("{} {}", row.level2, points.map_or(String::new(), |points| format!("{points}分")));
            let words = format!("{} {} {}", row.explanation, row.rule, row.remark);
            let spot = Spot::row(at, Field::Name);
            entries.push(Entry {
                label: one_line(row.title()),
                note,
                words,
                actions: vec![Action::Found(row.title().to_owned(), spot)],
            });
        }
        for info in crate::form::field::FIELDS.iter().filter(|info| !info.field.is_of_indicator()) {
            let spot = Spot::form(info.field);
            let text = self.document.text(spot).to_owned();
            let actions = vec![Action::Found(String::new(), spot)];
            entries.push(Entry {
                label: info.label.to_owned(),
                note: one_line(&text.chars().take(16).collect::<String>()),
                words: text,
                actions,
            });
        }
        let command = |label: &str, command| Entry {
            label: label.to_owned(),
            note: String::new(),
            words: String::new(),
            actions: vec![Action::Run(command)],
        };
        entries.push(command("查找替换…", Command::Replace));
        entries.push(command("跳到第几条…", Command::GoToRow));
        self.popups.push(Popup::Choose(Choose::new("查找", entries, 0)));
    }

    /// Asks for the number of a row.
    pub(super) fn ask_row(&mut self) {
        match self.document.form().indicators.len() {
            0 => self.say("还没有指标。"),
            count => self.popups.push(Popup::Prompt(Prompt::row(count))),
        }
    }

    /// The next row whose texts contain what was last found.
    pub(super) fn find_next(&mut self) {
        let words = self.last_find.clone();
        let rows = &self.document.form().indicators;
        let from = self.outline.row().map_or(0, |row| row + 1);
        let contains = |at: &usize| {
            let row = &rows[*at];
            [&row.name, &row.explanation, &row.rule, &row.remark]
                .into_iter()
                .any(|text| text.contains(&words))
        };
        let found = (from..rows.len()).chain(0..from.min(rows.len())).find(contains);
        match found {
            Some(row) => self.select_spot(Spot::row(row, Field::Name)),
            None => self.say(format!("没有找到“{words}”。")),
        }
    }
}

fn set(spot: Spot, text: &str) -> Action {
    Action::SetField { spot, text: text.to_owned() }
}

fn entry(spot: Spot, stored: &str, label: &str, note: &str) -> Entry {
    Entry {
        label: label.to_owned(),
        note: note.to_owned(),
        words: String::new(),
        actions: vec![set(spot, stored)],
    }
}

fn operators(spot: Spot) -> Vec<Entry> {
    let row = |info: &operator::OperatorInfo| {
        let label = if info.sign == info.label {
            info.sign.to_owned()
        } else {
            format!("{}  {}", info.sign, info.label)
        };
        Entry { words: info.search_words(), ..entry(spot, info.sign, &label, info.help) }
    };
    operator::all().iter().map(row).collect()
}

fn profiles(spot: Spot) -> Vec<Entry> {
    let default = entry(spot, "", "按101号文（有成本40/20/10/20，没有50/30/10）", "默认");
    let built_in = profile::all().iter().map(|profile| entry(spot, &profile.id, &profile.label, ""));
    std::iter::once(default).chain(built_in).collect()
}

fn one_line(text: &str) -> String {
    crate::text::visible(text).replace('\n', " ")
}
