//! The scoring rule: choose a kind and fill its fields and the sentence is written, or write the
//! sentence and see what is understood of it. Nothing is taken over before Enter.

mod draft;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use rust_decimal::Decimal;

use super::{Reply, centred};
use crate::form::Indicator;
use crate::form::edit::Spot;
use crate::form::target::Target as Wanted;
use crate::rule::{self, Case, Options, Parsed, PartKind, Rule};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::input::Key;
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::pane::detail::paint_styled;
use crate::tui::widget::text_edit::{Outcome, TextEdit};
use crate::vocabulary::number;

/// The keys it takes.
pub(crate) const HINTS: &[(&str, &str)] = &[
    ("Enter", "采用"),
    ("Esc", "不改"),
    ("Tab", "下一格"),
    ("左右", "在第一格换规则类型"),
    ("上下", "换格"),
];

/// The popup.
#[derive(Debug)]
pub(crate) struct RuleEditor {
    spot: Spot,
    row: Indicator,
    year: Option<i16>,
    options: Options,
    kinds: Vec<Rule>,
    parsed: Parsed,
    /// The rule being filled in; what the sentence says where that was typed.
    rule: Rule,
    points: TextEdit,
    fields: Vec<Vec<(&'static str, TextEdit)>>,
    sentence: TextEdit,
    at: usize,
}

fn line(text: &str) -> TextEdit {
    TextEdit::new(text, text.len(), false)
}

impl RuleEditor {
    /// The rule of a row.
    pub(crate) fn new(spot: Spot, row: &Indicator, year: Option<i16>, options: Options) -> Self {
        let parsed = rule::parse(&row.rule);
        let mut editor = Self {
            spot,
            row: row.clone(),
            year,
            options,
            kinds: draft::kinds(row, year),
            rule: parsed.rule.clone(),
            parsed,
            points: line(""),
            fields: Vec::new(),
            sentence: line(&row.rule.replace('\n', " ")),
            at: 0,
        };
        editor.show_rule();
        editor
    }

    /// The fields show the rule and its points.
    fn show_rule(&mut self) {
        let points = self.parsed.points.or(self.row.explicit_points());
        self.points = line(&points.map_or(String::new(), number::plain));
        let lines = draft::lines(&self.rule).into_iter();
        self.fields = lines
            .map(|fields| fields.into_iter().map(|(label, text)| (label, line(&text))).collect())
            .collect();
    }

    fn count(&self) -> usize {
        self.fields.iter().map(Vec::len).sum()
    }

    /// Index of the sentence among the places of the caret: kind, points, fields, sentence.
    fn last(&self) -> usize {
        self.count() + 2
    }

    fn edit(&mut self) -> Option<&mut TextEdit> {
        let last = self.last();
        match self.at {
            0 => None,
            1 => Some(&mut self.points),
            at if at == last => Some(&mut self.sentence),
            at => self.fields.iter_mut().flatten().nth(at - 2).map(|(_, edit)| edit),
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) -> Reply {
        match key.code {
            KeyCode::Esc => return Reply::Close,
            KeyCode::Enter => return self.accept(),
            KeyCode::Tab if key.shift => self.step(-1),
            KeyCode::Tab => self.step(1),
            KeyCode::Left | KeyCode::Right if self.at == 0 => self.turn(key.code == KeyCode::Right),
            _ => self.edited(key),
        }
        Reply::Stay
    }

    /// Puts the caret into a place: kind, points, fields, sentence.
    pub(crate) fn click(&mut self, at: usize) -> Reply {
        self.at = at.min(self.last());
        Reply::Stay
    }

    /// Takes pasted text.
    pub(crate) fn paste(&mut self, text: &str) {
        if let Some(edit) = self.edit() {
            edit.insert(text);
            self.follow();
        }
    }

    fn edited(&mut self, key: Key) {
        let outcome = self.edit().map_or(Outcome::Ignored, |edit| edit.key(key));
        match (outcome, key.code) {
            (Outcome::Changed, _) => self.follow(),
            (Outcome::Ignored, KeyCode::Up) => self.step(-1),
            (Outcome::Ignored, KeyCode::Down) => self.step(1),
            _ => {}
        }
    }

    fn step(&mut self, by: isize) {
        let count = self.last() as isize + 1;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
    }

    /// Another kind, with its defaults for this row; the sentence is written anew.
    fn turn(&mut self, forward: bool) {
        let kind = self.rule.kind();
        let count = self.kinds.len();
        let at = self.kinds.iter().position(|rule| rule.kind() == kind);
        let next = match (at, forward) {
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
            (None, _) => 0,
        };
        self.rule = self.kinds[next].clone();
        self.write();
        self.show_rule();
    }

    /// After typing: the sentence follows the fields, or the fields follow the sentence.
    fn follow(&mut self) {
        if self.at == self.last() {
            self.parsed = rule::parse(self.sentence.text());
            self.rule = self.parsed.rule.clone();
            self.show_rule();
            self.at = self.last();
            return;
        }
        let texts: Vec<Vec<String>> = self
            .fields
            .iter()
            .map(|line| line.iter().map(|(_, edit)| edit.text().to_owned()).collect())
            .collect();
        self.rule = draft::rule(&self.rule, &texts);
        self.write();
    }

    /// The sentence of the rule; one that is only words stays as it is.
    fn write(&mut self) {
        if self.rule == Rule::Unknown {
            return;
        }
        let points = number::parse(self.points.text()).ok().filter(|points| *points > Decimal::ZERO);
        self.sentence = line(&self.rule.sentence(points));
        self.parsed = rule::parse(self.sentence.text());
    }

    fn accept(&self) -> Reply {
        Reply::Act(vec![Action::SetField { spot: self.spot, text: self.sentence.text().to_owned() }])
    }

    /// Worked examples: what some actual values would score.
    fn examples(&self) -> Vec<String> {
        let points = number::parse(self.points.text()).ok().or(self.parsed.points).unwrap_or(Decimal::TEN);
        let score = |actual: &str| {
            let case = Case {
                operator: self.row.operator(),
                value: &self.row.value,
                unit: &self.row.unit,
                year: self.year,
                points,
                actual,
                manual: "",
            };
            rule::evaluate(&self.rule, &case, &self.options)
        };
        let line = |actual: String| {
            let score = score(&actual);
            let trail = score.trail.last().cloned().unwrap_or_default();
            match score.points {
                Some(points) => format!("实际 {actual} → {} 分  {trail}", number::plain(points)),
                None => format!("实际 {actual} → 不能自动算  {trail}"),
            }
        };
        self.samples().into_iter().map(line).collect()
    }

    /// Actual values worth trying: short of the target, at it, beyond it; the grades' own names.
    fn samples(&self) -> Vec<String> {
        if let Rule::Graded { grades } = &self.rule {
            return grades.iter().take(3).map(|grade| grade.name.clone()).collect();
        }
        match self.row.target() {
            Ok(Wanted::Number(_, value)) => {
                let reverse = self.row.operator().is_some_and(|operator| operator.is_reverse());
                let parts = if reverse { [100, 108, 120] } else { [80, 95, 120] }
                    .map(|percent| Decimal::new(percent, 2));
                parts
                    .iter()
                    .filter_map(|part| value.checked_mul(*part))
                    .map(|value| number::plain(value.round_dp(2)))
                    .collect()
            }
            Ok(Wanted::Deadline(date)) => {
                let later = |days: i32| date.checked_add(jiff::Span::new().days(days)).ok();
                [0, 9, 30].into_iter().filter_map(later).map(|date| date.to_string()).collect()
            }
            _ => vec!["完成".into(), "未完成".into()],
        }
    }

    /// Draws it.
    pub(crate) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        let rows = 15 + self.fields.len() as u16;
        let area = centred(painter.area(), 78, rows);
        let title = format!("评分规则：{}", self.row.title());
        let inside = painter.frame(area, &title, app.theme.line(), app.theme.heading(true));
        let mut pen = Pen { app, painter, area: inside, row: 0 };
        self.draw_kind(&mut pen);
        self.draw_fields(&mut pen);
        self.draw_sentence(&mut pen);
        self.draw_understood(&mut pen);
    }

    fn draw_kind(&self, pen: &mut Pen<'_, '_>) {
        let x = pen.label(0, "规则类型", self.at == 0);
        let end = pen.text(x, &format!("< {} >", self.rule.label()), self.at == 0);
        if self.at == 0 {
            pen.painter.set_caret(pen.area, pen.row, x);
        }
        let at = self.kinds.iter().position(|rule| rule.kind() == self.rule.kind());
        pen.target(0, end, 0);
        let which = at.map_or("原文读不懂，只保留文字".into(), |at| {
            format!("第{}种，共{}种", at + 1, self.kinds.len())
        });
        pen.dim(end + 2, &which);
        pen.row += 1;
        let x = pen.label(0, "满分", self.at == 1);
        let end = pen.field(x, &self.points, self.at == 1, 8);
        pen.target(0, end, 1);
        pen.dim(end + 1, "分");
        pen.row += 1;
    }

    fn draw_fields(&self, pen: &mut Pen<'_, '_>) {
        let mut index = 2;
        for line in &self.fields {
            let mut x = 0;
            for (label, edit) in line {
                let from = x;
                x = pen.label(x, label, self.at == index);
                let room = if line.len() == 1 || *label == "等级" || *label == "内容" { 24 } else { 8 };
                x = pen.field(x, edit, self.at == index, room) + 1;
                pen.target(from, x, index);
                index += 1;
            }
            pen.row += 1;
        }
    }

    fn draw_sentence(&self, pen: &mut Pen<'_, '_>) {
        pen.rule("句子（可以直接改）");
        let text = self.sentence.text();
        let columns = usize::from(pen.area.width).saturating_sub(3).max(4);
        let rows = pen.app.policy.wrap(text, columns);
        let focused = self.at == self.last();
        let mut shown = self.sentence.clone();
        shown.set_view(columns, pen.app.policy);
        let (caret_row, caret_column) = shown.caret_cell();
        let rest = pen.app.theme.culprit(crate::diagnostic::Severity::Warning);
        let not_understood = self.parsed.parts.iter().filter(|part| part.kind == PartKind::Rest);
        let styles: Vec<_> = not_understood.map(|part| (part.span.clone(), rest)).collect();
        let first = caret_row.saturating_sub(3).min(rows.len().saturating_sub(4));
        for (index, range) in rows.into_iter().enumerate().skip(first).take(4) {
            if focused && index == caret_row {
                pen.painter.print(pen.area, pen.row, 0, ">", pen.app.theme.key());
                pen.painter.set_caret(pen.area, pen.row, 2 + caret_column as u16);
            }
            paint_styled(pen.painter, pen.area, pen.row, 2, text, range, pen.app.theme.text(), &styles);
            pen.target(0, pen.area.width, self.last());
            pen.row += 1;
        }
    }

    fn draw_understood(&self, pen: &mut Pen<'_, '_>) {
        pen.rule("读懂的意思");
        let points = number::parse(self.points.text()).ok().or(self.parsed.points);
        pen.lines(&self.rule.explain(points, &self.row.operator, &self.row.value, &self.row.unit), 2);
        for note in self.parsed.notes.iter().take(2) {
            pen.lines(&format!("注意：{}", note.message), 1);
        }
        pen.rule("试算");
        for example in self.examples() {
            pen.lines(&example, 1);
        }
    }
}

/// Draws one row after the other.
struct Pen<'a, 'b> {
    app: &'a App,
    painter: &'a mut Painter<'b>,
    area: Rect,
    row: u16,
}

impl Pen<'_, '_> {
    fn label(&mut self, x: u16, label: &str, focused: bool) -> u16 {
        if focused {
            self.painter.print(self.area, self.row, x, ">", self.app.theme.key());
        }
        self.painter.print(self.area, self.row, x + 1, label, self.app.theme.label()) + 1
    }

    fn text(&mut self, x: u16, text: &str, focused: bool) -> u16 {
        let style = if focused { self.app.theme.selected(true) } else { self.app.theme.text() };
        self.painter.print(self.area, self.row, x, text, style)
    }

    fn dim(&mut self, x: u16, text: &str) {
        self.painter.print(self.area, self.row, x, text, self.app.theme.dim());
    }

    /// A field of at least `room` columns, underlined; the end of a long text is shown.
    fn field(&mut self, x: u16, edit: &TextEdit, focused: bool, room: u16) -> u16 {
        let text = edit.text();
        let room = room.min(self.area.width.saturating_sub(x));
        let before = &text[..edit.caret()];
        let skipped = self.app.policy.width(before).saturating_sub(usize::from(room.saturating_sub(1)));
        let start = self.app.policy.fitting(text, skipped + usize::from(skipped > 0));
        let end = start + self.app.policy.fitting(&text[start..], usize::from(room));
        self.painter.print(self.area, self.row, x, &text[start..end], self.app.theme.text());
        self.painter.restyle(self.area, self.row, x, room, self.app.theme.field());
        if focused {
            let column = self.app.policy.width(text.get(start..edit.caret()).unwrap_or_default());
            self.painter.set_caret(self.area, self.row, x + column as u16);
        }
        x + room
    }

    /// A click from one column to another goes to a place.
    fn target(&mut self, from: u16, to: u16, at: usize) {
        self.painter.target(self.area, self.row, from, to.saturating_sub(from), Target::Entry(at));
    }

    fn rule(&mut self, title: &str) {
        self.painter.rule(self.area, self.row, title, self.app.theme.line(), self.app.theme.dim());
        self.row += 1;
    }

    /// A text over at most so many rows.
    fn lines(&mut self, text: &str, most: usize) {
        let columns = usize::from(self.area.width).saturating_sub(3).max(4);
        let shown = crate::text::visible(text).replace('\n', " ");
        let rows = self.app.policy.wrap(&shown, columns);
        let cut = rows.len() > most;
        for (index, range) in rows.into_iter().take(most).enumerate() {
            let text = if cut && index + 1 == most {
                self.app.policy.cut(&shown[range.start..], columns).into_owned()
            } else {
                shown[range].to_owned()
            };
            self.painter.print(self.area, self.row, 2, &text, self.app.theme.text());
            self.row += 1;
        }
    }
}
