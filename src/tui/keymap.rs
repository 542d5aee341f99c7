//! Which keys run which commands: those of the table, or the user's own.

use std::sync::LazyLock;

use crossterm::event::KeyCode;
use foldhash::HashMap;

use super::command::{COMMANDS, Command, CommandInfo, Menu, Scope};
use super::input::Key;
use crate::settings::Settings;

/// The keys of the table, read once.
static TABLE: LazyLock<HashMap<Command, Vec<Key>>> = LazyLock::new(|| {
    let keys = |info: &CommandInfo| info.keys.iter().filter_map(|name| Key::parse(name)).collect();
    COMMANDS.iter().map(|info| (info.command, keys(info))).collect()
});

/// The keys of the commands.
#[derive(Debug, Default, Clone)]
pub(super) struct KeyMap {
    own: Vec<(Command, Vec<Key>)>,
}

impl KeyMap {
    /// The user's keys over those of the table, and what of them cannot be.
    pub(super) fn of(settings: &Settings) -> (Self, Vec<String>) {
        let mut map = Self::default();
        let mut faults = Vec::new();
        for binding in &settings.keys {
            let bound = find(&binding.command).ok_or_else(|| "没有这个命令".to_owned()).and_then(|info| {
                let keys = binding
                    .keys
                    .iter()
                    .map(|name| Key::parse(name).ok_or_else(|| format!("没有“{name}”这个键")));
                let keys = keys.collect::<Result<Vec<Key>, String>>()?;
                keys.iter().try_for_each(|key| map.check(info, *key))?;
                map.own.push((info.command, keys));
                Ok(())
            });
            if let Err(fault) = bound {
                faults.push(format!("第{}行 “{}”：{fault}", binding.line, binding.command));
            }
        }
        (map, faults)
    }

    /// Whether a command may have a key.
    ///
    /// # Errors
    /// Who owns the key instead.
    pub(super) fn check(&self, info: &CommandInfo, key: Key) -> Result<(), String> {
        if is_forbidden(key) {
            return Err(format!("{} 被终端、输入法或打字占用，不能用", key.label()));
        }
        let overlaps = |other: &&CommandInfo| {
            other.command != info.command
                && (other.scope == info.scope
                    || other.scope == Scope::Anywhere
                    || info.scope == Scope::Anywhere)
                && self.keys(other).contains(&key)
        };
        match COMMANDS.iter().find(overlaps) {
            Some(other) => Err(format!("{} 已经是“{}”的键", key.label(), name_of(other))),
            None => Ok(()),
        }
    }

    /// The keys of a command, the first one is shown.
    pub(super) fn keys(&self, info: &CommandInfo) -> &[Key] {
        let own = self.own.iter().find(|(command, _)| *command == info.command).map(|(_, keys)| keys);
        own.or_else(|| TABLE.get(&info.command)).map_or(&[], Vec::as_slice)
    }

    /// The label of a command's first key; empty for none.
    pub(super) fn label(&self, info: &CommandInfo) -> String {
        self.keys(info).first().map(|key| key.label()).unwrap_or_default()
    }

    /// The labels of all keys of a command.
    pub(super) fn labels(&self, info: &CommandInfo) -> String {
        self.keys(info).iter().copied().map(Key::label).collect::<Vec<_>>().join(" ")
    }

    /// The manual's page of all keys, as Markdown, by menu.
    pub(super) fn page(&self) -> String {
        let row = |info: &CommandInfo| {
            let keys = crate::text::Policy::Narrow.pad(&self.labels(info), 16);
            format!("  {keys}  {}{}：{}\n", name_of(info), info.scope.place(), info.help)
        };
        let part = |menu: &Menu| {
            let bound = |info: &&CommandInfo| info.menu == *menu && !self.keys(info).is_empty();
            format!("\n## {}\n{}", menu.title(), COMMANDS.iter().filter(bound).map(row).collect::<String>())
        };
        let parts: String = Menu::ALL.iter().map(part).collect();
        format!(
            "# 键盘\n\n屏幕下面两行总是写着现在能用的键。输入法开着也不碍事：没有一个功能要按单个字母。\n{parts}"
        )
    }

    /// The command of a key in a scope, of those that work now; the scope's own win over those that
    /// work anywhere.
    pub(super) fn command(&self, key: Key, scope: Scope, works: impl Fn(Command) -> bool) -> Option<Command> {
        let has = |info: &&CommandInfo| self.keys(info).contains(&key) && works(info.command);
        let in_scope = |scope: Scope| COMMANDS.iter().filter(move |info| info.scope == scope).find(has);
        in_scope(scope).or_else(|| in_scope(Scope::Anywhere)).map(|info| info.command)
    }
}

/// The command of a name, with or without its dots.
pub(super) fn find(name: &str) -> Option<&'static CommandInfo> {
    COMMANDS.iter().find(|info| info.label == name || name_of(info) == name)
}

/// A command's name as settings write it.
pub(super) fn name_of(info: &CommandInfo) -> &'static str {
    info.label.trim_end_matches('…')
}

/// Keys that may never be bound: terminals, input methods and control codes own them.
pub(super) fn is_forbidden(key: Key) -> bool {
    let bare_letter = matches!(key.code, KeyCode::Char(c) if !key.ctrl && c != ' ');
    let control_code = key.ctrl
        && match key.code {
            KeyCode::Char(c) => "him[j .;,+-\\]^/b0123456789".contains(c),
            _ => false,
        };
    let terminals = match key.code {
        KeyCode::F(11) => true,
        KeyCode::F(3) => key.ctrl || key.shift,
        KeyCode::Tab | KeyCode::PageUp | KeyCode::PageDown | KeyCode::Insert => key.ctrl,
        KeyCode::Char(' ') => key.shift,
        _ => false,
    };
    bare_letter
        || control_code
        || terminals
        || (key.code == KeyCode::Insert && key.shift)
        || (key.ctrl && key.shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_key_reads_is_allowed_and_means_one_thing_in_its_scope() {
        let mut seen = HashSet::new();
        let commands: HashSet<Command> = COMMANDS.iter().map(|info| info.command).collect();
        assert_eq!(commands.len(), COMMANDS.len());
        for info in COMMANDS {
            for name in info.keys {
                let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
                assert!(!is_forbidden(key), "{name} may not be bound");
                // F2 on a field opens what fits the field.
                assert!(seen.insert((key, info.scope)) || *name == "F2", "{name} twice in {:?}", info.scope);
            }
        }
    }

    #[test]
    fn keys_of_the_user_are_checked() {
        let text = "[keys]\n\"历史版本\" = \"Shift+F8\"\n\"另存为\" = \"Ctrl+S\"\n\"打开\" = \"x\"\n\"飞\" = \"F9\"\n\
                    \"保存\" = [\"Shift+F2\", \"Shift+F4\"]\n";
        let (map, faults) = KeyMap::of(&Settings::read(text).0);
        let lines: Vec<bool> = ["第3行", "第4行", "第5行"]
            .iter()
            .zip(&faults)
            .map(|(line, fault)| fault.starts_with(line))
            .collect();
        assert_eq!(lines, [true; 3], "{faults:?}");
        let run = |name: &str| map.command(Key::parse(name).expect("a key"), Scope::Outline, |_| true);
        assert_eq!(run("Shift+F8"), Some(Command::History));
        assert_eq!((run("Shift+F4"), run("Ctrl+S")), (Some(Command::Save), None));
        assert_eq!(run("Ctrl+W"), Some(Command::SaveAs));
    }
}
