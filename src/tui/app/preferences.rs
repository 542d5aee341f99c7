//! Settings in the editor: taken over at the start, shown, changed and written at once.

use super::App;
use crate::settings::{self, Kind, SETTINGS, Setting, Settings};
use crate::store::config;
use crate::tui::action::Action;
use crate::tui::command::{COMMANDS, Command, CommandInfo};
use crate::tui::input::Key;
use crate::tui::keymap::{self, KeyMap};
use crate::tui::popup::choose::Entry;
use crate::tui::popup::{Choose, KeyCapture, Popup, Prompt};
use crate::tui::probe::AmbiguousWidth;
use crate::tui::theme::Theme;
use crate::vocabulary::profile;

impl App {
    /// Reads the settings and lives by them; what is wrong in them is told and left out.
    pub(in crate::tui) fn read_settings(&mut self) {
        let Some(folder) = &self.config else { return };
        let (settings, mut faults) = match config::settings(folder) {
            Ok(stored) => {
                let (settings, faults) = Settings::read(&stored.text);
                let told = faults.into_iter().map(|fault| format!("第{}行 {}", fault.line, fault.message));
                (settings, told.collect::<Vec<_>>())
            }
            Err(error) => (Settings::default(), vec![error.to_string()]),
        };
        let (keymap, more) = KeyMap::of(&settings);
        faults.extend(more);
        self.keymap = keymap;
        self.settings = settings;
        self.theme = Theme::new(self.may_colour && self.settings.get("theme") != "plain");
        if !faults.is_empty() {
            let file = crate::store::shown(&config::settings_file(folder));
            self.complain(format!("设置 {file} 有错，别的照用：{}", faults.join("；").replace("。；", "；")));
        }
    }

    /// How wide ambiguous characters are by the settings.
    pub(in crate::tui) fn wanted_width(&self) -> AmbiguousWidth {
        AmbiguousWidth::parse(self.settings.get("ambiguous_width")).unwrap_or_default()
    }

    /// Each setting with its value and what it does; the list stays while one is changed.
    pub(super) fn show_settings(&mut self) {
        let file = self.config.as_deref().map(config::settings_file);
        let title = file.map_or("设置".into(), |file| format!("设置  {}", crate::store::shown(&file)));
        let page = Choose::new(title, self.settings_entries(), 0).explained().staying();
        self.popups.push(Popup::Choose(page));
    }

    fn settings_entries(&self) -> Vec<Entry> {
        let entry = |setting: &'static Setting| {
            let value = setting.shown(self.settings.get(setting.key));
            let value = if value.is_empty() { "（没有设）".to_owned() } else { value };
            Entry {
                label: format!("{}：{value}", setting.label),
                note: String::new(),
                words: setting.help.to_owned(),
                actions: vec![Action::AskSetting(setting.key)],
            }
        };
        let mut entries: Vec<Entry> = SETTINGS.iter().map(entry).collect();
        entries.push(Entry {
            label: "改命令的键…".into(),
            note: format!("{}处改过", self.settings.keys.len()),
            words: "选一个命令，再按要用的键。被终端、输入法占用的键和别的命令的键会说明不能用。".into(),
            actions: vec![Action::AskCommand],
        });
        entries
    }

    /// Asks what a setting shall be.
    pub(super) fn ask_setting(&mut self, key: &'static str) {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else { return };
        let now = self.settings.get(key).to_owned();
        let choices: Vec<(String, String)> = match setting.kind {
            Kind::Choice(choices) => {
                choices.iter().map(|(value, label)| ((*value).into(), (*label).into())).collect()
            }
            Kind::Profile => profile::all()
                .iter()
                .map(|profile| (profile.id.to_string(), profile.label.to_string()))
                .collect(),
            Kind::Prefill(_) => {
                return self.popups.push(Popup::Prompt(Prompt::setting(setting, &now)));
            }
        };
        let at = choices.iter().position(|(value, _)| *value == now).unwrap_or(0);
        let entry = |(value, label): (String, String)| Entry {
            label,
            note: String::new(),
            words: setting.help.to_owned(),
            actions: vec![Action::Set { key, value }],
        };
        let choices = choices.into_iter().map(entry).collect();
        self.popups.push(Popup::Choose(Choose::new(setting.label, choices, at).explained()));
    }

    /// Writes a setting and lives by it.
    pub(super) fn set(&mut self, key: &'static str, value: &str) {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else { return };
        if let Err(error) = setting.check(value) {
            return self.complain(error);
        }
        let begins =
            if key == "theme" || key == "ambiguous_width" { "马上生效" } else { "从下一张新表起" };
        let said = format!("{} 设好了，{begins}。", setting.label);
        self.write_settings(|text| settings::with(text, key, value), said);
        self.must_measure |= key == "ambiguous_width";
    }

    fn write_settings(&mut self, change: impl Fn(&str) -> Option<String>, said: String) {
        let Some(folder) = self.config.clone() else {
            return self.complain("没有设：系统没有给程序放设置的文件夹。");
        };
        let written = config::settings(&folder).map_err(|error| error.to_string()).and_then(|stored| {
            let text = change(&stored.text).ok_or_else(|| {
                let file = crate::store::shown(&config::settings_file(&folder));
                format!("{file} 的写法程序改不了，请用记事本改；写法见手册“设置”。")
            })?;
            config::save_settings(&folder, &text, &stored).map_err(|error| error.to_string())
        });
        match written {
            Ok(()) => {
                self.say(said);
                self.read_settings();
                self.renew_settings_page();
            }
            Err(error) => self.complain(format!("没有设：{error}")),
        }
    }

    fn renew_settings_page(&mut self) {
        let entries = self.settings_entries();
        if let Some(Popup::Choose(page)) = self.popups.last_mut()
            && page.stays()
        {
            page.renew(entries);
        }
    }

    /// Asks which command shall get another key.
    pub(super) fn ask_command(&mut self) {
        let rows = COMMANDS.iter().filter(|info| info.command != Command::Moves);
        let entry = |info: &CommandInfo| Entry {
            label: info.label.to_owned(),
            note: self.keymap.labels(info),
            words: info.help.to_owned(),
            actions: vec![Action::AskKey(info.command)],
        };
        let entries = rows.map(entry).collect();
        self.popups.push(Popup::Choose(Choose::new("给哪个命令换键", entries, 0).explained()));
    }

    /// Waits for the new key of a command.
    pub(super) fn ask_key(&mut self, command: Command) {
        if let Some(info) = COMMANDS.iter().find(|info| info.command == command) {
            self.popups.push(Popup::KeyCapture(KeyCapture::new(command, keymap::name_of(info))));
        }
    }

    /// Gives a command a key, where nobody else has it.
    pub(super) fn bind(&mut self, command: Command, key: Key) {
        let Some(info) = COMMANDS.iter().find(|info| info.command == command) else { return };
        if let Err(error) = self.keymap.check(info, key) {
            return self.complain(format!("没有换：{error}。"));
        }
        let name = keymap::name_of(info);
        let said = format!("“{name}”的键换成了 {}。", key.label());
        self.write_settings(|text| settings::with_keys(text, name, &[key.name()]), said);
    }
}
