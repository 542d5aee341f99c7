//! The start page: the forms opened before with their state, and the ways to begin one; and the
//! tour and the manual, for whoever sees the program for the first time.

use std::path::{Path, PathBuf};

use super::App;
use crate::diagnostic::Severity;
use crate::format::toml::Limits;
use crate::lint;
use crate::manual::{self, TOPICS, Topic};
use crate::score::Scores;
use crate::store::{self, draft, recent};
use crate::tui::action::{Action, Next, Purpose, Unsaved};
use crate::tui::command::{self, Command};
use crate::tui::input::Key;
use crate::tui::keymap::KeyMap;
use crate::tui::popup::choose::Entry;
use crate::tui::popup::start::{Recent, Start, Way};
use crate::tui::popup::{Choose, Page, Popup, Tour};
use crate::vocabulary::number::plain;

/// Forms that are listed.
const LISTED: usize = 9;
/// Bytes of a form above which its state is not looked at: the page must come at once.
const MOST_BYTES: u64 = 512 << 10;

impl App {
    /// What a start without a file shows: the start page, and before it the tour for a first start.
    /// What a crash left of a new form goes before both.
    pub(in crate::tui) fn welcome(&mut self) {
        if !self.popups.is_empty() {
            return;
        }
        self.show_start();
        let state = self.state.clone();
        if state.as_ref().is_some_and(|state| recent::list(state).is_none()) {
            self.show_tour();
            // A tour that is shown once more does no harm.
            let _ = state.map(|state| recent::begin(&state));
        }
    }

    /// The start page.
    pub(super) fn show_start(&mut self) {
        let paths = self.state.as_deref().and_then(recent::list).unwrap_or_default();
        let recents = paths.into_iter().take(LISTED).map(|path| self.recent(path)).collect();
        self.popups.push(Popup::Start(Start::new(recents, ways())));
    }

    fn recent(&self, path: PathBuf) -> Recent {
        let (points, mut state, mut is_grave) = state_of(&path);
        if let Some(found) = self.state.as_ref().and_then(|state| draft::left_behind(state, &path)) {
            state = format!("{}处没有保存", found.changes);
            is_grave = true;
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Recent {
            name: name.strip_suffix(".toml").unwrap_or(&name).to_owned(),
            points,
            state,
            is_grave,
            time: recent::time(&path).unwrap_or_default(),
            path,
        }
    }

    /// Takes a form off the list and shows the list anew.
    pub(super) fn forget_recent(&mut self, path: &Path) {
        let forgotten = self.state.as_ref().map(|state| recent::forget(state, path));
        if let Some(Err(error)) = forgotten {
            self.complain(format!("没有去掉：{error}"));
        }
        self.show_start();
    }

    /// Remembers that the form was opened. A fault costs a line of the start page and nothing else.
    pub(super) fn remember(&self) {
        if let (Some(state), Some(path)) = (&self.state, &self.file.path) {
            let _ = recent::remember(state, path);
        }
    }

    /// The tour.
    pub(super) fn show_tour(&mut self) {
        self.popups.push(Popup::Tour(Tour::new(manual::tour())));
    }

    /// The pages of the manual.
    pub(super) fn show_manual(&mut self) {
        let entry = |name: &str, alias: &str, about: &str, text: String| Entry {
            label: name.to_owned(),
            note: about.to_owned(),
            words: alias.to_owned(),
            actions: vec![Action::Run(Command::Manual), Action::ReadText { title: name.to_owned(), text }],
        };
        let page = |topic: &Topic| entry(topic.name, topic.alias, topic.about, topic.text());
        let (name, alias, about) = manual::KEYS;
        let keys = std::iter::once(entry(name, alias, about, self.keymap.page()));
        let entries = TOPICS.iter().map(page).chain(keys).collect();
        self.popups.push(Popup::Choose(Choose::new("手册", entries, 0)));
    }

    /// Help for the start page.
    pub(super) fn start_help(&self) -> Page {
        let lines = [
            "# 开始页",
            "上面是最近打开的表：分值、问题、什么时候改的。“3处没有保存”是上次停电或关错了窗口，打开它就会问要不要恢复。",
            "下面是新建、打开的几种办法。上下键选，Enter 确定；数字键直接打开第几张；打汉字或拼音首字母筛选。",
            "Delete 把一张表从这里去掉，文件本身不动。",
            "",
            "# 头一回用",
            "选“一分钟入门”。去年有表的，选“照去年的表新建”，Word、Excel 的也行。",
        ];
        Page::new("帮助", lines.map(str::to_owned).into())
    }
}

/// Points, faults, and whether they are grave, of a form on the list.
fn state_of(path: &Path) -> (String, String, bool) {
    match recent::size(path) {
        None => return (String::new(), "找不到了".into(), true),
        Some(bytes) if bytes > MOST_BYTES => return (String::new(), String::new(), false),
        Some(_) => {}
    }
    let Ok(opened) = store::open(path, &Limits::default()) else {
        return (String::new(), "打不开".into(), true);
    };
    let form = opened.loaded.form;
    let scores = Scores::of(&form);
    let report = lint::run(&form, &scores);
    let count = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let state = match (errors, warnings) {
        (0, 0) => "没有问题".into(),
        (0, warnings) => format!("警告{warnings}"),
        (errors, 0) => format!("错误{errors}"),
        (errors, warnings) => format!("错误{errors} 警告{warnings}"),
    };
    (format!("{}/{}", plain(scores.total), plain(scores.expected())), state, errors > 0)
}

/// The ways to begin, in the order of the page.
fn ways() -> Vec<Way> {
    let way = |name: &'static str, about: &'static str, key: Option<Command>, action: Action| Way {
        name,
        about,
        key: key.map(key_of).unwrap_or_default(),
        action,
    };
    vec![
        way("照去年的表新建", "年份顺延，实际值清空；Word 的也行", None, Action::AskPick(Purpose::LastYear)),
        way("新建一张空表", "选分值权重，各类分值先分好", None, Action::Run(Command::NewForm)),
        way(
            "打开文件",
            "本程序的表，或者别的文件夹里的",
            Some(Command::Open),
            Action::AskPick(Purpose::Open),
        ),
        way("导入 Word、Excel、WPS 的表", "先看读懂了什么，再带入", None, Action::AskPick(Purpose::Open)),
        way("什么都没有的白表", "", None, Action::Go { to: Next::Blank, unsaved: Unsaved::Ask }),
        way("一分钟入门", "头一回用先看这个", None, Action::Run(Command::Tour)),
        way("手册", "一件事一页", None, Action::Run(Command::Manual)),
        way("退出", "", Some(Command::Quit), Action::Run(Command::Quit)),
    ]
}

fn key_of(command: Command) -> String {
    let info = command::COMMANDS.iter().find(|info| info.command == command);
    info.map(|info| KeyMap::default().label(info)).unwrap_or_default()
}

/// The command of a key on the start page; there the keys of the table hold.
pub(in crate::tui) fn command_on_start(key: Key) -> Option<Command> {
    let works =
        |command| matches!(command, Command::Help | Command::Open | Command::Quit | Command::Messages);
    KeyMap::default().command(key, command::Scope::Anywhere, works)
}
