//! The draft of the form: what an earlier run did not save, what this one has not saved yet, and
//! the file when others change it.

use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::Duration;

use super::App;
use crate::compare::{self, Difference, RowChange};
use crate::document::{Change, Document};
use crate::form::Form;
use crate::store::draft::{Claim, Draft, Found, Owner, PAUSE, Rest};
use crate::store::{self, OpenError, Opened};
use crate::tui::action::Action;
use crate::tui::popup::{Pick, Popup};

/// Changes that the question about a draft lists.
pub(super) const LISTED: usize = 8;

impl App {
    /// Claims the form in the state folder. Without such a folder the form can be edited all the
    /// same, and that is said.
    pub(crate) fn guard(&mut self, state: std::io::Result<PathBuf>) {
        let claim = state.and_then(|folder| {
            self.state = Some(folder.clone());
            self.remember();
            self.find_previous();
            store::draft::claim(&folder, self.file.path.as_deref(), self.document.form())
        });
        match claim {
            Ok(Claim::Ours(draft, found)) => {
                if let Some(damaged) = draft.damaged().map(store::shown) {
                    self.complain(format!("上次的草稿有损坏，读不全，原样留在 {damaged}，保留30天。"));
                }
                if let Some(error) = draft.unread() {
                    self.complain(format!("上次的草稿现在读不出（{error}），原样留着，下次打开再试。"));
                }
                let mut draft = *draft;
                if let Some(found) = found.as_ref().filter(|_| self.file.path.is_none()) {
                    // A new form is what its draft says it began with.
                    draft.stand_on(&found.base);
                    self.document = Document::new(found.base.clone());
                    self.refresh();
                }
                *self.file.draft.lock().unwrap_or_else(PoisonError::into_inner) = Some(draft);
                self.offer_draft(found);
            }
            Ok(Claim::Taken(Owner(owner))) => self.tell_taken(&owner),
            Err(error) => {
                self.complain(format!("草稿没有地方写（{error}），停电会丢失改动，请勤按 Ctrl+S。"))
            }
        }
    }

    /// Claims the form under another name.
    fn guard_anew(&mut self) {
        if let Some(state) = self.state.clone() {
            self.guard(Ok(state));
        }
    }

    fn offer_draft(&mut self, found: Option<Box<Found>>) {
        let Some(found) = found else { return };
        let mut lines =
            vec![format!("上次没有正常退出。草稿到 {}，共 {} 处改动：", found.time(), found.changes)];
        let changes = differences(&found.base, &found.form);
        lines.extend(changes.iter().take(LISTED).cloned());
        if changes.len() > LISTED {
            lines.push(format!("……另外 {} 处", changes.len() - LISTED));
        }
        match found.rest {
            Rest::Whole => {}
            Rest::Torn => lines.push("草稿的末尾没有写完，前面的都在。".into()),
            Rest::Damaged(count) => {
                lines.push(format!("草稿有损坏：从坏处起 {count} 行读不出，前面的都在；坏的草稿另存了一份。"))
            }
        }
        if found.base != *self.document.form() {
            lines.push("文件在那之后又改过；恢复时两边的改动合在一起。".into());
        }
        lines.push("不恢复的草稿保留30天。".into());
        self.found = Some(found);
        let answers = vec![
            ("恢复草稿", vec![Action::RestoreDraft]),
            ("用保存过的", vec![Action::PutDraftAside]),
            ("另存草稿…", vec![Action::RestoreDraft, Action::AskName { quit: false }]),
            ("以后再说", vec![Action::KeepDraft]),
        ];
        self.ask("发现没有保存的内容", lines, answers);
    }

    fn tell_taken(&mut self, owner: &str) {
        self.file.read_only = Some(format!("这张表正在另一个窗口里编辑（{owner}）"));
        let lines = vec![format!("这张表正在另一个窗口里编辑（{owner}）。"), "两边同时改会互相覆盖。".into()];
        let answers =
            vec![("只看不改", vec![]), ("打开副本", vec![Action::OpenCopy]), ("退出", vec![Action::Quit])];
        self.ask("已经打开", lines, answers);
    }

    /// Puts the draft into the form as one step; what the file got meanwhile stays.
    pub(super) fn restore_draft(&mut self) {
        let Some(found) = self.found.take() else { return };
        let form = self.document.form();
        let merged = compare::merge(&found.base, &found.form, form);
        let edits = compare::edits(form, &merged.form);
        self.apply(edits, String::new());
        self.record();
        self.flush_draft();
        self.with_draft(Draft::restored);
        match merged.conflicts.is_empty() {
            true => self.say(format!("恢复了 {} 处改动，还没有保存；Ctrl+S 保存。", found.changes)),
            false => self.complain(format!(
                "恢复了草稿；文件里也改过、现在用草稿的有：{}。Ctrl+S 保存。",
                merged.conflicts.join("、")
            )),
        }
    }

    /// Keeps the draft away from the form, for 30 days.
    pub(super) fn put_draft_aside(&mut self) {
        self.found = None;
        let aside = self.with_draft(Draft::put_aside);
        match aside {
            Some(Ok(path)) => self.say(format!("草稿移到了 {}，保留30天。", store::shown(&path))),
            Some(Err(error)) => self.complain(format!("草稿没有移走：{error}")),
            None => {}
        }
    }

    /// Keeps the draft for the next start.
    pub(super) fn keep_draft(&mut self) {
        self.found = None;
        if let Some(Err(error)) = self.with_draft(|draft| draft.keep_for_later()) {
            self.complain(format!("草稿没有留下：{error}"));
        }
    }

    /// Goes on without a name, so that the file in the other window stays as it is.
    pub(super) fn open_copy(&mut self) {
        self.file.path = None;
        self.file.read_only = None;
        self.file.stamp = None;
        self.guard_anew();
        self.say("这是副本，保存时起一个新名字。");
    }

    /// Works on the draft, where there is one. A panic elsewhere leaves it as it was.
    fn with_draft<T>(&self, work: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        self.file.draft.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(work)
    }

    /// What was done to the form goes to the draft.
    pub(super) fn record(&mut self) {
        let applied = self.document.take_applied();
        if applied.is_empty() {
            return;
        }
        let recorded = self.with_draft(|draft| (draft.record(applied), draft.is_waiting()));
        let Some((recorded, waiting)) = recorded else { return };
        self.waiting_since = if waiting { self.waiting_since.or(Some(self.now)) } else { None };
        self.tell_draft_fault(recorded);
    }

    /// When the draft wants to be looked after, as the time since the program started.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.sync_looked_at.or(self.waiting_since.map(|since| since + PAUSE))
    }

    /// Time has passed; writes the draft when its time has come, and answers whether it had.
    pub(crate) fn tick(&mut self, now: Duration) -> bool {
        self.now = now;
        let is_due = self.deadline().is_some_and(|deadline| deadline <= now);
        if is_due {
            self.sync_draft();
        }
        is_due
    }

    /// Begins to make durable what has waited long enough, and looks after what was begun.
    fn sync_draft(&mut self) {
        const LOOK: Duration = Duration::from_millis(50);
        let begin = self.waiting_since.is_some_and(|since| since + PAUSE <= self.now);
        let synced = self.with_draft(|draft| (draft.sync_beside(begin), draft.is_waiting()));
        let (goes_on, waits) = synced.unwrap_or((Ok(false), false));
        self.sync_looked_at = matches!(goes_on, Ok(true)).then_some(self.now + LOOK);
        self.waiting_since = self.waiting_since.filter(|_| waits && goes_on.is_ok());
        self.tell_draft_fault(goes_on.map(|_| ()));
    }

    /// Writes what waits.
    pub(super) fn flush_draft(&mut self) {
        (self.waiting_since, self.sync_looked_at) = (None, None);
        if let Some(flushed) = self.with_draft(Draft::flush) {
            self.tell_draft_fault(flushed);
        }
    }

    fn tell_draft_fault(&mut self, result: std::io::Result<()>) {
        if let Err(error) = result {
            self.complain(format!("草稿写不下（{error}），停电会丢失改动，请马上保存。"));
        }
    }

    /// The form was saved; under another name it gets another draft.
    pub(super) fn draft_saved(&mut self, renamed: bool) {
        self.document.take_applied();
        (self.waiting_since, self.sync_looked_at) = (None, None);
        let guarded = self.with_draft(|draft| draft.saved(self.document.form())).is_some();
        if guarded && renamed {
            self.leave_draft(false);
            self.guard_anew();
        }
    }

    /// Gives the draft up; with `given_up` what was not saved is put aside.
    pub(crate) fn leave_draft(&mut self, given_up: bool) {
        let draft = self.file.draft.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut draft) = draft {
            draft.close(given_up);
        }
    }

    /// Back in the window: has somebody else changed the file?
    pub(super) fn look_at_disk(&mut self) {
        let (Some(path), Some(stamp)) = (&self.file.path, self.file.stamp) else { return };
        if self.popups.is_empty() && store::is_changed(path, stamp) {
            let lines = vec![format!("{} 在别处改过了。", store::shown(path))];
            self.ask_about_disk(lines, vec![]);
        }
    }

    /// Asks what shall become of the form and its changed file.
    pub(super) fn ask_about_disk(&mut self, mut lines: Vec<String>, more: Vec<(&'static str, Vec<Action>)>) {
        let disk = self.disk();
        if let Ok(opened) = &disk {
            let changes = differences(self.document.saved_form(), &opened.loaded.form);
            lines.push(format!("那边改了 {} 处：", changes.len()));
            lines.extend(changes.into_iter().take(LISTED));
        }
        let mut answers = Vec::new();
        if disk.is_ok() {
            answers.push(("合在一起", vec![Action::MergeDisk]));
            answers.push(("逐条", vec![Action::PickDisk]));
            answers.push(("用那边", vec![Action::TakeDisk]));
        }
        answers.extend(more);
        answers.push(("先不管", vec![]));
        self.ask("文件在别处改过", lines, answers);
    }

    fn disk(&self) -> Result<Opened, OpenError> {
        let path = self.file.path.clone().unwrap_or_default();
        store::open(&path, &self.file.limits)
    }

    /// The file as it is now, with this form's changes as one step on top.
    pub(super) fn merge_disk(&mut self) {
        let (base, mine) = (self.document.saved_form().clone(), self.document.form().clone());
        let Ok(opened) = self.disk() else { return self.complain("文件读不出来了，没有合。") };
        let merged = compare::merge(&base, &mine, &opened.loaded.form);
        self.put_on_disk(opened, &merged.form);
        match merged.conflicts.is_empty() {
            true => self.say("两边的改动合在一起了，Ctrl+S 保存。"),
            false => self
                .complain(format!("合在一起了；两边都改过、用这边的有：{}。", merged.conflicts.join("、"))),
        }
    }

    /// The form stands on the file as it is now; what it has of its own is one step.
    fn put_on_disk(&mut self, opened: Opened, form: &Form) {
        self.keep_unsaved();
        self.set_disk(opened);
        let edits = compare::edits(self.document.form(), form);
        if !edits.is_empty() {
            // The edits were made for this form.
            let _ = self.document.commit(Change::whole(edits));
        }
        self.rebase_draft();
    }

    /// Shows everything in which the form and its file differ, to pick from.
    pub(super) fn pick_disk(&mut self) {
        let Ok(opened) = self.disk() else { return self.complain("文件读不出来了，没有合。") };
        let theirs = &opened.loaded.form;
        let differences = compare::sides(self.document.saved_form(), self.document.form(), theirs);
        self.popups.push(Popup::Pick(Pick::new(differences)));
    }

    /// The file as it is now with what was picked from this form as one step on top.
    pub(super) fn take_picked(&mut self, picked: &[Difference]) {
        let Ok(opened) = self.disk() else { return self.complain("文件读不出来了，没有合。") };
        let (base, mine) = (self.document.saved_form(), self.document.form());
        let theirs = &opened.loaded.form;
        let now = compare::sides(base, mine, theirs);
        let is_same = |one: &Difference, other: &Difference| {
            (&one.place, &one.mine, &one.theirs) == (&other.place, &other.mine, &other.theirs)
        };
        if now.len() != picked.len() || !now.iter().zip(picked).all(|(one, other)| is_same(one, other)) {
            self.complain("那边刚才又改了，请再选一次。");
            return self.pick_disk();
        }
        let form = compare::chosen(mine, theirs, base, picked);
        self.put_on_disk(opened, &form);
        self.say("照选的合好了，Ctrl+S 保存；Ctrl+Z 退回那边的，历史版本里有这边的。");
    }

    /// The file as it is now; this form is put aside.
    pub(super) fn take_disk(&mut self) {
        let Ok(opened) = self.disk() else { return self.complain("文件读不出来了，没有换。") };
        self.flush_draft();
        if self.document.is_dirty() {
            self.keep_unsaved();
            self.put_draft_aside();
        }
        self.set_disk(opened);
        self.rebase_draft();
    }

    fn set_disk(&mut self, opened: Opened) {
        self.document = Document::new(opened.loaded.form);
        self.file.source = Some(opened.loaded.source);
        self.file.stamp = Some(opened.stamp);
        self.file.read_only = opened.loaded.read_only;
    }

    /// The draft follows a document that stands on another file.
    fn rebase_draft(&mut self) {
        self.document.take_applied();
        let (base, form) = (self.document.saved_form(), self.document.form());
        if let Some(rebased) = self.with_draft(|draft| draft.rebase(base, form)) {
            self.tell_draft_fault(rebased);
        }
        self.refresh();
    }
}

/// What differs, a line each.
pub(super) fn differences(old: &Form, new: &Form) -> Vec<String> {
    let comparison = compare::compare(old, new);
    let change = |name: &str, was: Option<&String>, is: Option<&String>| {
        let [was, is] = [was, is].map(|text| text.map_or("", |text| text.trim()));
        let from = where_they_part(was, is);
        format!("{name}：{} 改为 {}", brief(was, from), brief(is, from))
    };
    let own = comparison.fields.iter().map(|field| change(field.label(), old.text(*field), new.text(*field)));
    let mut lines: Vec<String> = own.collect();
    for row in &comparison.rows {
        match row {
            RowChange::Added(at) => lines.push(format!("新增 {}", new.indicators[*at].title())),
            RowChange::Removed(at) => lines.push(format!("删除 {}", old.indicators[*at].title())),
            RowChange::Kept { old: from, new: at, moved, fields } => {
                let (before, after) = (&old.indicators[*from], &new.indicators[*at]);
                for field in fields {
                    let name = format!("{}/{}", after.title(), field.info().short);
                    lines.push(change(&name, before.text(*field), after.text(*field)));
                }
                if *moved && fields.is_empty() {
                    lines.push(format!("移动 {}", after.title()));
                }
            }
        }
    }
    lines
}

/// Characters that are shown of a changed text.
const SHOWN: usize = 12;

/// How many characters two texts have in common at their beginning, less a few that show where they
/// part; none while both are short.
fn where_they_part(one: &str, other: &str) -> usize {
    const BEFORE: usize = 4;
    let is_long = |text: &str| text.chars().nth(SHOWN).is_some();
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    if is_long(one) || is_long(other) { common.saturating_sub(BEFORE) } else { 0 }
}

/// A text on one line, from a character on, cut with marks.
fn brief(text: &str, from: usize) -> String {
    if text.is_empty() {
        return "（空）".into();
    }
    let mut chars = text.chars().skip(from).map(|c| if c == '\n' { ' ' } else { c });
    let shown: String = chars.by_ref().take(SHOWN).collect();
    let cut = |is: bool| if is { crate::text::CUT_MARK } else { "" };
    format!("{}{shown}{}", cut(from > 0), cut(chars.next().is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_where_it_is() {
        let shown = |was: &str, is: &str| {
            let from = where_they_part(was, is);
            (brief(was, from), brief(is, from))
        };
        let both = |was: &str, is: &str| (was.to_owned(), is.to_owned());
        assert_eq!(shown("48", "52"), both("48", "52"));
        assert_eq!(shown("", "农村道路"), both("（空）", "农村道路"));
        let was = "（一）加强党的建设。\n（二）完成其他任务。";
        let is = format!("{was}第一段：加强管理，落实责任。");
        assert_eq!(shown(was, &is), both("~他任务。", "~他任务。第一段：加强管理~"));
        assert_eq!(shown(was, "（一）加强"), both("~一）加强党的建设。 （二~", "~一）加强"));
    }
}
