//! Help, explanations, the palette and past messages: all made from the tables.

use super::{App, Focus};
use crate::form::field::FIELDS;
use crate::lint;
use crate::tui::action::Action;
use crate::tui::command::{COMMANDS, Command, CommandInfo, Scope};
use crate::tui::input::Key;
use crate::tui::popup::{Choose, Page, Popup, choose::Entry};

impl App {
    /// Help for the place the caret is in: the field, then the keys that work here, then the rest.
    pub(super) fn show_help(&mut self) {
        if let Some(Popup::Start(_)) = self.popups.last() {
            let page = self.start_help();
            return self.popups.push(Popup::Page(page));
        }
        let mut lines = Vec::new();
        if let Some(spot) = self.current_spot().filter(|_| self.focus == Focus::Field) {
            let info = spot.field.info();
            lines.push(format!("# 这一格怎么填：{}", info.label));
            lines.extend([info.help.to_owned(), format!("最多 {} 字。", info.limit), String::new()]);
        }
        lines.push(format!("# {}可用的键", place_name(self.scope())));
        lines.extend(self.key_lines(|info| info.scope == self.scope()));
        lines.extend([String::new(), "# 在哪里都可用的键".into()]);
        lines.extend(self.key_lines(|info| info.scope == Scope::Anywhere));
        lines.extend(KEYBOARD.iter().map(|line| (*line).to_owned()));
        self.popups.push(Popup::Page(Page::new("帮助", lines)));
    }

    fn key_lines(&self, wanted: impl Fn(&CommandInfo) -> bool) -> Vec<String> {
        let line = |info: &CommandInfo| {
            let keys: Vec<String> =
                info.keys.iter().filter_map(|name| Key::parse(name)).map(Key::label).collect();
            format!("{} {}：{}", self.policy.pad(&keys.join(" "), 12), info.label, info.help)
        };
        COMMANDS.iter().filter(|info| wanted(info) && !info.keys.is_empty()).map(line).collect()
    }

    /// Every command, to be found by its name or pinyin.
    pub(super) fn show_palette(&mut self) {
        let entry = |info: &CommandInfo| Entry {
            label: info.label.to_owned(),
            note: info.key_label(),
            words: info.help.to_owned(),
            actions: vec![Action::Run(info.command)],
        };
        let rows = COMMANDS.iter().filter(|info| !matches!(info.command, Command::Moves | Command::Palette));
        let (works, rest): (Vec<&CommandInfo>, Vec<&CommandInfo>) =
            rows.partition(|info| self.works(info.command) && info.works_in(self.scope()));
        let unavailable = |info: &&CommandInfo| Entry {
            note: "现在不可用".into(),
            actions: vec![Action::Run(Command::Moves)],
            ..entry(info)
        };
        let entries = works.into_iter().map(entry).chain(rest.iter().map(unavailable)).collect();
        self.popups.push(Popup::Choose(Choose::new("命令", entries, 0)));
    }

    /// What the current finding's lint is about.
    pub(super) fn explain(&mut self) {
        let finding = self.current_finding().and_then(|at| self.document.report().get(at));
        let Some((finding, lint)) =
            finding.and_then(|finding| lint::find(finding.code).map(|lint| (finding, lint)))
        else {
            return self.say("这里没有问题。F8 到下一个问题。");
        };
        let mut lines = vec![finding.message.clone(), String::new()];
        lines.extend(for_reading(&lint.explanation()));
        lines.extend([String::new(), format!("检查代码：{}", lint.code)]);
        self.popups.push(Popup::Page(Page::new("为什么", lines)));
    }

    pub(super) fn show_messages(&mut self) {
        let mut lines: Vec<String> = self.messages.iter().rev().take(200).cloned().collect();
        if lines.is_empty() {
            lines.push("还没有消息。".into());
        }
        self.popups.push(Popup::Page(Page::new("过去的消息（最近的在前）", lines)));
    }

    pub(super) fn show_about(&mut self) {
        let lines = [
            &format!("绩效 jixiao {}", env!("CARGO_PKG_VERSION")),
            "",
            "部门（单位）整体支出绩效目标表的离线编辑器。",
            "程序不联网，内容只在本机；文件是 TOML 纯文本，用记事本也能看。",
            "保存时先写临时文件再替换，断电不会留下半个文件。",
        ];
        self.popups.push(Popup::Page(Page::new("关于", lines.map(|line| line.to_string()).into())));
    }
}

/// An explanation as a page: paragraphs in one piece, examples with labels in place of TOML keys.
fn for_reading(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_paragraph = false;
    for line in markdown.lines().filter(|line| !line.starts_with("```")) {
        let example =
            FIELDS.iter().find_map(|info| Some((info, line.strip_prefix(info.key)?.strip_prefix(" = ")?)));
        let plain = !line.is_empty() && !line.starts_with(['#', '-', '坏', '好']) && example.is_none();
        match (example, lines.last_mut()) {
            (Some((info, value)), _) => {
                lines.push(format!("    {}：{}", info.label, value.trim_matches('"')))
            }
            (None, Some(paragraph)) if plain && in_paragraph => paragraph.push_str(line),
            _ => lines.push(line.to_owned()),
        }
        in_paragraph = plain;
    }
    lines
}

/// A scope in words.
fn place_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "",
        Scope::Outline => "目录里",
        Scope::Field => "格子里",
        Scope::Problems => "问题列表里",
        Scope::Evaluation => "自评表里",
    }
}

const KEYBOARD: &[&str] = &[
    "",
    "# 键盘不灵？",
    "F10 被终端占用：在目录上按 Esc 也能开菜单。F1、F2 被占用：菜单里都有，Enter 等于 F2。",
    "输入法挡住按键：命令都不用字母键；候选框弹着时先按一次 Esc。",
    "Ctrl+P 打拼音首字母找任何命令，如 bc 保存、cz 查找。",
];
