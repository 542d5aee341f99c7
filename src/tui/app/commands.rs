//! One arm a command: what each does to the state.

use super::{App, Clip, Focus};
use crate::diagnostic::Severity;
use crate::document::{Caret, Change};
use crate::form::Indicator;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::tui::action::{Action, Purpose};
use crate::tui::command::Command;
use crate::tui::pane::outline::Node;
use crate::tui::pane::problems;
use crate::tui::popup::{Choose, Confirm, KeyTest, MenuBar, Popup, choose::Entry};
use crate::vocabulary::taxonomy;

impl App {
    /// Whether a command can do anything here and now.
    pub(crate) fn works(&self, command: Command) -> bool {
        let in_field = self.focus == Focus::Field;
        let kind = self.current_spot().filter(|_| in_field).map(|spot| spot.field.info().kind);
        let row = self.outline.row();
        match command {
            Command::Moves => false,
            Command::Accept => kind.is_some_and(|kind| !kind.is_multi_line()),
            Command::NextField | Command::PreviousField | Command::Leave => in_field,
            Command::Pick => kind.is_some_and(|kind| kind.is_picked()),
            Command::Rule => self.current_spot().is_some_and(|spot| spot.field == Field::Rule && in_field),
            Command::TakeAbove => {
                in_field && self.current_spot().is_some_and(|spot| spot.row.is_some_and(|row| row > 0))
            }
            Command::SelectAll => in_field && self.detail.edit.is_some(),
            Command::Edit | Command::FoldAll => self.focus == Focus::Outline,
            Command::Duplicate | Command::MoveUp | Command::MoveDown => {
                self.focus == Focus::Outline && (row.is_some() || !self.marked().is_empty())
            }
            Command::Mark => {
                self.focus == Focus::Outline
                    && self.outline.selected().is_some_and(|item| !item.rows.is_empty())
            }
            Command::Delete | Command::SetClass | Command::SetPoints => {
                self.focus == Focus::Outline && !self.chosen().is_empty()
            }
            Command::Undo => self.document.can_undo(),
            Command::Redo => self.document.can_redo(),
            Command::FindNext => !self.last_find.is_empty(),
            Command::Fix => {
                self.current_finding().is_some_and(|at| !self.document.report()[at].fixes.is_empty())
            }
            Command::FixAll => self.document.report().is_fixable(),
            Command::Explain => self.current_finding().is_some(),
            Command::Jump | Command::Allow => {
                self.focus == Focus::Problems && !self.document.report().is_empty()
            }
            Command::Reason => self.focus == Focus::Evaluation && self.evaluation_row().is_some(),
            Command::WhatIf => self.focus == Focus::Evaluation,
            Command::NextProblem | Command::PreviousProblem => !self.document.report().is_empty(),
            _ => true,
        }
    }

    /// Runs a command.
    pub(super) fn run(&mut self, command: Command) {
        match command {
            Command::Help => self.show_help(),
            Command::Menu => self.popups.push(Popup::Menu(MenuBar::default())),
            Command::Redraw => self.must_measure = true,
            Command::Palette => self.show_palette(),
            Command::Edit => self.enter_or_fold(),
            Command::Accept => self.step_field(1),
            Command::Leave => self.leave_field(),
            Command::Pick => self.pick_here(),
            Command::NextField => self.next_field(1),
            Command::PreviousField => self.next_field(-1),
            Command::TakeAbove => self.take_above(),
            Command::Rule => self.edit_rule(),
            Command::SelectAll => self.select_all(),
            Command::Copy => self.copy(),
            Command::Cut => self.cut(),
            Command::Paste => self.paste(),
            Command::Save => self.save(false, false),
            Command::SaveAs => self.ask_name(false),
            Command::Export => self.ask_export(false),
            Command::PreviewPane => self.toggle_preview(),
            Command::FillIn => self.ask_export(true),
            Command::Import => self.ask_file(Purpose::Import),
            Command::Start => self.show_start(),
            Command::Open => self.ask_file(Purpose::Open),
            Command::NewForm => self.ask_template(),
            Command::LastYear => self.ask_file(Purpose::LastYear),
            Command::Compare => self.ask_file(Purpose::Compare),
            Command::Previous => self.show_previous(),
            Command::Tour => self.show_tour(),
            Command::KeyTest => self.popups.push(Popup::KeyTest(KeyTest::new(&self.keymap))),
            Command::Settings => self.show_settings(),
            Command::Manual => self.show_manual(),
            Command::History => self.show_history(),
            Command::Preview => self.preview(),
            Command::Quit => self.quit(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Find => self.find(),
            Command::FindNext => self.find_next(),
            Command::New => self.new_row(),
            Command::Duplicate => self.duplicate(),
            Command::Delete => self.delete(),
            Command::Library => self.show_library(),
            Command::KeepInLibrary => self.keep_in_library(),
            Command::Mark => self.toggle_mark(),
            Command::SetClass => self.ask_class(),
            Command::SetPoints => self.ask_points(),
            Command::Replace => self.ask_replace(),
            Command::GoToRow => self.ask_row(),
            Command::MoveUp => self.move_row(-1),
            Command::MoveDown => self.move_row(1),
            Command::FoldAll => self.outline.fold_all(&self.document),
            Command::Jump => self.jump(),
            Command::Fix => self.fix(),
            Command::FixAll => self.fix_all(),
            Command::NextProblem => self.next_problem(1),
            Command::PreviousProblem => self.next_problem(-1),
            Command::CheckAll => self.check_all(),
            Command::NextPane => self.next_pane(),
            Command::SelfEvaluation => self.toggle_evaluation(),
            Command::Reason => self.edit_reason(),
            Command::WhatIf => self.toggle_what_if(),
            Command::Allow => self.allow(),
            Command::Explain => self.explain(),
            Command::Messages => self.show_messages(),
            Command::About => self.show_about(),
            Command::Moves => self.say("这个命令在这里用不了：回到目录（Esc），或先选一条指标。"),
        }
        self.settle();
    }

    fn leave_field(&mut self) {
        self.detail.edit = None;
        self.focus = Focus::Outline;
        if self.self_evaluation {
            self.focus = Focus::Evaluation;
            self.enter_cell(self.evaluation.at, self.evaluation.by_hand);
        }
    }

    /// Tab walks the page and, past its ends, returns to the tree.
    fn next_field(&mut self, by: isize) {
        let at = self.detail.at.checked_add_signed(by).filter(|at| *at < self.page().len());
        match at {
            Some(at) => self.enter_field(at, None),
            None => self.leave_field(),
        }
    }

    fn pick_here(&mut self) {
        if let Some(spot) = self.current_spot() {
            self.pick(spot, "");
        }
    }

    fn take_above(&mut self) {
        let Some(Spot { row: Some(row), field }) = self.current_spot() else { return };
        let above = row.checked_sub(1).and_then(|above| self.document.form().at(Spot::row(above, field)));
        if let Some(text) = above.map(str::to_owned) {
            self.set_text(Spot::row(row, field), text);
        }
    }

    /// Replaces the whole text of a field as one step of undo.
    pub(super) fn set_text(&mut self, spot: Spot, text: String) {
        if self.document.text(spot) == text {
            return;
        }
        let after = Some(Caret { spot, at: text.len() });
        let before = self.caret().or(Some(Caret { spot, at: 0 }));
        self.commit(Change { edits: vec![Edit::set(spot, text)], before, after, typed_at: None });
        self.place_caret(after);
    }

    /// A picked value, then on to the next field.
    pub(super) fn set_field(&mut self, spot: Spot, text: String) {
        self.set_text(spot, text);
        if self.focus == Focus::Field && self.current_spot() == Some(spot) {
            self.step_field(1);
        }
    }

    fn select_all(&mut self) {
        if let Some(edit) = &mut self.detail.edit {
            edit.select_all();
        }
    }

    fn undo(&mut self) {
        match self.document.undo() {
            Some(caret) => self.crossed(caret),
            None => self.say("没有可以撤销的了。"),
        }
    }

    fn redo(&mut self) {
        match self.document.redo() {
            Some(caret) => self.crossed(caret),
            None => self.say("没有可以重做的了。"),
        }
    }

    fn crossed(&mut self, caret: Option<Caret>) {
        self.refresh();
        self.place_caret(caret);
    }

    /// Shows the place of a change: the tree selects it; a field takes the caret only while a
    /// field has it.
    fn place_caret(&mut self, caret: Option<Caret>) {
        let Some(caret) = caret.filter(|caret| self.document.form().at(caret.spot).is_some()) else { return };
        match self.focus {
            Focus::Field => self.go_to_spot(caret.spot, Some(caret.at)),
            Focus::Evaluation => self.place_in_table(caret),
            _ => self.select_spot(caret.spot),
        }
    }

    fn place_in_table(&mut self, caret: Caret) {
        let at = (0..).map_while(|at| Some((at, crate::tui::pane::evaluation::spot_of(self, at, false)?)));
        let same = |spot: &Spot| {
            spot.row == caret.spot.row && (spot.row.is_some() || spot.field == caret.spot.field)
        };
        if let Some((at, _)) = at.into_iter().find(|(_, spot)| same(spot)) {
            self.enter_cell(at, caret.spot.field == Field::ManualScore);
            if let Some(edit) = &mut self.evaluation.edit {
                edit.set_caret(caret.at);
            }
        }
    }

    /// Where a new row goes, and its class: after the current row, at the end of the current
    /// class, or at the end.
    pub(super) fn place_for_new(&self) -> (usize, String, String) {
        let rows = &self.document.form().indicators;
        let item = self.outline.selected();
        let last =
            item.map(|item| item.rows.clone()).filter(|rows| !rows.is_empty()).map(|rows| rows.end - 1);
        let class = |row: &Indicator| (row.level1.clone(), row.level2.clone());
        match last.or(rows.len().checked_sub(1)).and_then(|at| rows.get(at).map(|row| (at, row))) {
            Some((at, row)) => {
                let (level1, level2) = class(row);
                (at + 1, level1, level2)
            }
            None => {
                let first = taxonomy::all().first();
                let level1 = first.map_or(String::new(), |class| class.name.to_owned());
                let level2 = first
                    .and_then(|class| class.level2.first())
                    .map_or(String::new(), |class| class.name.to_owned());
                (0, level1, level2)
            }
        }
    }

    fn new_row(&mut self) {
        let (at, level1, level2) = self.place_for_new();
        self.insert_rows(at, vec![Indicator { level1, level2, ..Indicator::default() }]);
        self.go_to_spot(Spot::row(at, Field::Name), None);
        self.say("新增了一条指标，填名称；Tab 到下一格。");
    }

    /// Puts rows in as one step of undo and selects the first.
    pub(super) fn insert_rows(&mut self, at: usize, rows: Vec<Indicator>) {
        let edits = rows.into_iter().enumerate().map(|(n, row)| Edit::insert(at + n, row)).collect();
        let spot = Spot::row(at, Field::Name);
        let before = self.current_spot().map(|spot| Caret { spot, at: 0 });
        if self.commit(Change { edits, before, after: Some(Caret { spot, at: 0 }), typed_at: None }) {
            self.select_spot(spot);
        }
    }

    fn duplicate(&mut self) {
        let marked = self.marked();
        if !marked.is_empty() {
            return self.duplicate_all(&marked);
        }
        let Some(row) = self.outline.row() else { return };
        let copy = self.document.form().indicators[row].copy();
        self.insert_rows(row + 1, vec![copy]);
        self.say("在后面加了一条一样的。");
    }

    fn delete(&mut self) {
        let marked = self.marked();
        if !marked.is_empty() {
            return self.remove_all(&marked);
        }
        let Some(item) = self.outline.selected().cloned() else { return };
        if let Node::Row(_) = item.node {
            return self.remove_rows(item.rows);
        }
        let edits = item.rows.clone().map(|_| Edit::Remove { at: item.rows.start }).collect();
        let said = format!("删除了{}条指标，Ctrl+Z 撤销。", item.rows.len());
        let question = format!("要删除这里的 {} 条指标吗？删除后可以用 Ctrl+Z 撤销。", item.rows.len());
        let answers = vec![("取消", vec![]), ("删除", vec![Action::Apply { edits, said }])];
        let mut popup = Confirm::new("删除指标", vec![question], answers);
        popup.cancel_first();
        self.popups.push(Popup::Confirm(popup));
    }

    pub(super) fn remove_rows(&mut self, rows: std::ops::Range<usize>) {
        let name = self
            .document
            .form()
            .indicators
            .get(rows.start)
            .map_or(String::new(), |row| row.title().to_owned());
        let spot = Spot::row(rows.start, Field::Name);
        let edits = rows.clone().map(|_| Edit::Remove { at: rows.start }).collect();
        let caret = Some(Caret { spot, at: 0 });
        if self.commit(Change { edits, before: caret, after: caret, typed_at: None }) {
            self.say(format!("删除了“{name}”，Ctrl+Z 撤销。"));
        }
    }

    /// Moves a row past its neighbour; at the edge of a class it joins the class beyond instead.
    fn move_row(&mut self, by: isize) {
        let marked = self.marked();
        if !marked.is_empty() {
            return self.move_all(&marked, by);
        }
        let Some(from) = self.outline.row() else { return };
        let rows = &self.document.form().indicators;
        let Some(to) = from.checked_add_signed(by).filter(|to| *to < rows.len()) else {
            return self.say(if by < 0 { "已经是第一条。" } else { "已经是最后一条。" });
        };
        let (row, other) = (&rows[from], &rows[to]);
        let same_class = row.level1.trim() == other.level1.trim() && row.level2.trim() == other.level2.trim();
        let (edits, at) = match same_class {
            true => (vec![Edit::Move { from, to }], to),
            false => {
                let class = [(Field::Level1, &other.level1), (Field::Level2, &other.level2)];
                (class.map(|(field, text)| Edit::set(Spot::row(from, field), text.clone())).into(), from)
            }
        };
        let said = if same_class {
            String::new()
        } else {
            format!("归入“{} / {}”。", other.level1, other.level2)
        };
        let caret = |row| Some(Caret { spot: Spot::row(row, Field::Name), at: 0 });
        if self.commit(Change { edits, before: caret(from), after: caret(at), typed_at: None }) {
            self.select_spot(Spot::row(at, Field::Name));
            if !said.is_empty() {
                self.say(said);
            }
        }
    }

    fn check_all(&mut self) {
        let tally = self.document.report().tally();
        let count = |severity: Severity| tally.of(severity);
        let (errors, warnings, hints) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
        self.focus = Focus::Problems;
        self.detail.edit = None;
        match errors + warnings + hints {
            0 => self.say("检查完毕：没有问题。"),
            _ => {
                self.say(format!("检查完毕：错误 {errors}，警告 {warnings}，建议 {hints}。Enter 跳到问题。"))
            }
        }
    }

    fn next_pane(&mut self) {
        self.focus = match self.focus {
            Focus::Outline if !self.page().is_empty() => Focus::Field,
            Focus::Outline | Focus::Field => Focus::Problems,
            Focus::Problems | Focus::Evaluation if self.self_evaluation && self.focus == Focus::Problems => {
                Focus::Evaluation
            }
            Focus::Evaluation => Focus::Problems,
            Focus::Problems => Focus::Outline,
        };
        match self.focus {
            Focus::Field => self.enter_field(self.detail.at, None),
            _ => self.detail.edit = None,
        }
    }

    /// The fixes of the current finding, to choose from.
    fn fix(&mut self) {
        let Some(finding) = self.current_finding().map(|at| &self.document.report()[at]) else {
            return self.say("这里没有问题要修复。F8 到下一个问题。");
        };
        let entry = |fix: &crate::diagnostic::Fix| Entry {
            label: fix.title.clone(),
            note: if fix.safe { "只改写法".into() } else { String::new() },
            words: String::new(),
            actions: vec![Action::Apply {
                edits: fix.edits.clone(),
                said: format!("{}，Ctrl+Z 撤销。", fix.title),
            }],
        };
        let entries: Vec<Entry> = finding.fixes.iter().map(entry).collect();
        match entries.is_empty() {
            true => self.say("这个问题没有现成的改法，要自己改；Ctrl+K 说明怎么改，F8 到下一个。"),
            false => self.popups.push(Popup::Choose(Choose::new("修复", entries, 0))),
        }
    }

    /// All safe fixes as one step, after a look at what they change.
    fn fix_all(&mut self) {
        let mut taken: Vec<Spot> = Vec::new();
        let mut edits = Vec::new();
        let mut lines = Vec::new();
        for finding in self.document.report().iter() {
            let Some(fix) = finding.fixes.iter().find(|fix| fix.safe) else { continue };
            let spots: Vec<Spot> = fix
                .edits
                .iter()
                .filter_map(|edit| if let Edit::Set { spot, .. } = edit { Some(*spot) } else { None })
                .collect();
            // Two fixes of one field would undo each other; the second comes in the next round.
            if spots.len() != fix.edits.len() || spots.iter().any(|spot| taken.contains(spot)) {
                continue;
            }
            taken.extend(&spots);
            edits.extend(fix.edits.iter().cloned());
            lines.push(format!("{}：{}", problems::place(finding, self.document.form()), fix.title));
        }
        let said = format!("改了{}处写法，Ctrl+Z 撤销。", lines.len());
        if lines.is_empty() {
            return self.say("没有只改写法的修复。");
        }
        if lines.len() > 12 {
            let more = lines.len() - 12;
            lines.truncate(12);
            lines.push(format!("……另外 {more} 处"));
        }
        let answers = vec![("全部修改", vec![Action::Apply { edits, said }]), ("取消", vec![])];
        self.popups.push(Popup::Confirm(Confirm::new("全部规范写法", lines, answers)));
    }

    /// Silences the selected finding's lint for its row, or for the form.
    fn allow(&mut self) {
        let Some(finding) = self.document.report().get(self.problems.at) else { return };
        let row = finding.site.row();
        let spot = row.map_or(Spot::form(Field::Allow), |row| Spot::row(row, Field::RowAllow));
        let so_far = self.document.text(spot).trim_end();
        let code = finding.code;
        let text = if so_far.is_empty() { format!("{code} ") } else { format!("{so_far}\n{code} ") };
        let said = format!("不再提示 {code}。请在“不再提示”一格写上理由；Ctrl+Z 撤销。");
        self.apply(vec![Edit::set(spot, text)], said);
    }

    /// Goes to what a search found and remembers the words for F3.
    pub(super) fn found(&mut self, words: String, spot: Spot) {
        if !words.trim().is_empty() {
            self.last_find = words;
        }
        self.focus = Focus::Outline;
        self.detail.edit = None;
        match spot.field {
            Field::Name => self.select_spot(spot),
            _ => self.go_to_spot(spot, None),
        }
    }

    /// Keeps what was cut or copied.
    pub(super) fn keep(&mut self, clip: Clip) {
        self.copied = Some(clip.for_system());
        self.clip = Some(clip);
    }
}
