//! What the user sets once for all forms, in `settings.toml`. One table says what there is: the
//! page in the editor, the manual and the checks are made from it. What is wrong in the file is
//! told with its line and left out; everything else in it holds.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::form::Form;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{Field, PARTIAL_STEPS};
use crate::vocabulary::profile;

/// What a setting may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One of these words, each with what it means; the first is what holds without the setting.
    Choice(&'static [(&'static str, &'static str)]),
    /// The id of a weight profile.
    Profile,
    /// The text of this field of new forms.
    Prefill(Field),
}

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the file.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it does.
    pub help: &'static str,
    /// What it may be.
    pub kind: Kind,
}

/// All settings.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "theme",
        label: "颜色",
        help: "看不清颜色时选不用颜色，改用粗体、下划线、反白。",
        kind: Kind::Choice(&[("auto", "用颜色"), ("plain", "不用颜色")]),
    },
    Setting {
        key: "ambiguous_width",
        label: "≥ “ … 占几格",
        help: "画面错位时改；自动就是启动时问终端。",
        kind: Kind::Choice(&[("auto", "自动"), ("1", "一格"), ("2", "两格")]),
    },
    Setting {
        key: "profile",
        label: "新表的分值权重",
        help: "新建表时先选中它；命令行 new 不写 --profile 时用它。",
        kind: Kind::Profile,
    },
    Setting {
        key: "partial_steps",
        label: "新表的不足一档",
        help: "“每超出10%扣2分”遇到超出9.9%时怎么算，写进新表。",
        kind: Kind::Choice(PARTIAL_STEPS),
    },
    Setting {
        key: "agency", label: "单位全称", help: "填进新表。", kind: Kind::Prefill(Field::Agency)
    },
    Setting {
        key: "prepared_by",
        label: "填表人",
        help: "填进新表。",
        kind: Kind::Prefill(Field::PreparedBy),
    },
    Setting {
        key: "phone", label: "联系电话", help: "填进新表。", kind: Kind::Prefill(Field::Phone)
    },
    Setting {
        key: "head", label: "单位负责人", help: "填进新表。", kind: Kind::Prefill(Field::Head)
    },
];

/// The table of the file that gives commands other keys.
const KEYS: &str = "keys";

/// Keys for a command: both as they are written in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The command's name: 另存为.
    pub command: String,
    /// Its keys: `Ctrl+B`.
    pub keys: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Something wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    values: Vec<(&'static str, String)>,
    /// Keys of commands.
    pub keys: Vec<Binding>,
}

impl Settings {
    /// Reads the file's text, and says what in it is wrong.
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let mut faults: Vec<Fault> = errors
            .iter()
            .map(|error| Fault {
                line: line(error.span().map_or(0, |span| span.start)),
                message: "这一行不合 TOML 的写法，应是 名称 = \"内容\"。".into(),
            })
            .collect();
        let mut settings = Self::default();
        for (key, value) in table.get_ref() {
            let at = line(key.span().start);
            let read = match SETTINGS.iter().find(|setting| setting.key == key.get_ref().as_ref()) {
                Some(setting) => setting.value(value).map(|value| settings.values.push((setting.key, value))),
                None if key.get_ref() == KEYS => {
                    settings.read_keys(value, &line, &mut faults);
                    Ok(())
                }
                None => Err(format!("没有“{}”这项设置。", crate::text::visible(key.get_ref()))),
            };
            faults.extend(read.err().map(|message| Fault { line: at, message }));
        }
        (settings, faults)
    }

    fn read_keys(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        line: &impl Fn(usize) -> usize,
        faults: &mut Vec<Fault>,
    ) {
        let Some(table) = value.get_ref().as_table() else {
            let message = "[keys] 要写成一段，每行 \"命令\" = \"键\"。".into();
            return faults.push(Fault { line: line(value.span().start), message });
        };
        for (command, keys) in table {
            let line = line(command.span().start);
            let keys = match keys.get_ref() {
                DeValue::String(key) => Some(vec![key.to_string()]),
                DeValue::Array(keys) => {
                    keys.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect()
                }
                _ => None,
            };
            match keys {
                Some(keys) => {
                    self.keys.push(Binding { command: command.get_ref().to_string(), keys, line });
                }
                None => faults
                    .push(Fault { line, message: "键要写在引号里，例如 \"Ctrl+B\"。".into() }),
            }
        }
    }

    /// The text of a setting; what holds without it where it is not set.
    pub fn get(&self, key: &str) -> &str {
        let set = self.values.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str());
        set.or_else(|| {
            let setting = SETTINGS.iter().find(|setting| setting.key == key)?;
            match setting.kind {
                Kind::Choice(choices) => choices.first().map(|(value, _)| *value),
                Kind::Profile | Kind::Prefill(_) => None,
            }
        })
        .unwrap_or_default()
    }

    /// The edits that fill a new form; what it holds already stays.
    pub fn prefill(&self, form: &Form) -> Vec<Edit> {
        let own =
            |field: Field| (Spot::form(field), form.text(field).is_none_or(|text| text.trim().is_empty()));
        let mut edits = Vec::new();
        for (key, value) in &self.values {
            let field = match SETTINGS.iter().find(|setting| setting.key == *key).map(|setting| setting.kind)
            {
                Some(Kind::Prefill(field)) => field,
                _ if *key == "partial_steps" => Field::PartialSteps,
                _ => continue,
            };
            let (spot, is_empty) = own(field);
            if is_empty && !value.is_empty() {
                edits.push(Edit::set(spot, value.clone()));
            }
        }
        edits
    }
}

impl Setting {
    fn value(&self, value: &Spanned<DeValue<'_>>) -> Result<String, String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            _ => return Err(format!("“{}”要写成引号里的文字。", self.key)),
        };
        self.check(&text).map(|()| text)
    }

    /// Whether the setting may be this.
    ///
    /// # Errors
    /// What it may be instead.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let known: Vec<&str> = match self.kind {
            Kind::Choice(choices) => choices.iter().map(|(value, _)| *value).collect(),
            Kind::Profile => profile::all().iter().map(|profile| profile.id.as_ref()).collect(),
            Kind::Prefill(field) => {
                let fits = text.chars().count() <= field.info().limit && !text.contains('\n');
                return if fits {
                    Ok(())
                } else {
                    Err(format!("“{}”太长，或有换行。", self.label))
                };
            }
        };
        match known.contains(&text) {
            true => Ok(()),
            false => Err(format!(
                "“{}”不能是“{}”，可选：{}。",
                self.key,
                crate::text::visible(text),
                known.join("、")
            )),
        }
    }

    /// What a value means, in words.
    pub fn shown(&self, value: &str) -> String {
        match self.kind {
            Kind::Choice(choices) => {
                choices.iter().find(|(known, _)| *known == value).map_or(value, |(_, label)| label).to_owned()
            }
            Kind::Profile => profile::find(value).map_or(String::new(), |profile| profile.label.to_string()),
            Kind::Prefill(_) => value.to_owned(),
        }
    }
}

/// The text of the file with a setting changed; everything else in it stays, comments too. `None`
/// where the file is written in a way that cannot be changed without damage.
pub fn with(text: &str, key: &str, value: &str) -> Option<String> {
    put(text, None, key, &toml::Value::String(value.to_owned()).to_string())
}

/// The text of the file with the keys of a command changed; `None` as for [`with`].
pub fn with_keys(text: &str, command: &str, keys: &[String]) -> Option<String> {
    let keys = keys.iter().map(|key| toml::Value::String(key.clone())).collect();
    put(text, Some(KEYS), command, &toml::Value::Array(keys).to_string())
}

/// Puts a key into the file, or into a table of it, and reads the outcome back before it counts.
fn put(text: &str, table: Option<&str>, key: &str, value: &str) -> Option<String> {
    let (range, inserted) = place(text, table, key, value)?;
    let changed = format!("{}{inserted}{}", &text[..range.start], &text[range.end..]);
    let (before, faults) = DeTable::parse_recoverable(text);
    let (after, more) = DeTable::parse_recoverable(&changed);
    let holds = lookup(after.get_ref(), table, key).is_some_and(|span| &changed[span] == value);
    let lost_none = before.get_ref().keys().all(|key| after.get_ref().contains_key(key));
    (holds && lost_none && more.len() <= faults.len()).then_some(changed)
}

/// Where the value of a key stands.
fn lookup(root: &DeTable<'_>, table: Option<&str>, key: &str) -> Option<Range<usize>> {
    let inside = match table {
        None => root,
        Some(name) => root.get(name)?.get_ref().as_table()?,
    };
    inside.get(key).map(Spanned::span)
}

/// What of the text is replaced, and by what, so that the key has the value.
fn place(text: &str, table: Option<&str>, key: &str, value: &str) -> Option<(Range<usize>, String)> {
    let (parsed, _) = DeTable::parse_recoverable(text);
    let root = parsed.get_ref();
    if let Some(old) = lookup(root, table, key) {
        return Some((old, value.to_owned()));
    }
    let name = match key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        true => key.to_owned(),
        false => toml::Value::String(key.to_owned()).to_string(),
    };
    let line_of = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let new_line = |at: usize, line: String| {
        let gap = if text[..at].is_empty() || text[..at].ends_with('\n') { "" } else { "\n" };
        Some((at..at, format!("{gap}{line}\n")))
    };
    let Some(table) = table else {
        // Before the first table: what follows its head is its own.
        let head = |value: &Spanned<DeValue<'_>>| {
            let line = line_of(value.span().start);
            text[line..].trim_start().starts_with('[').then_some(line)
        };
        let at = root.values().filter_map(head).min().unwrap_or(text.len());
        return new_line(at, format!("{name} = {value}"));
    };
    let Some(known) = root.get(table) else {
        return new_line(text.len(), format!("[{table}]\n{name} = {value}"));
    };
    let Range { start, end } = known.span();
    match text.as_bytes().get(start)? {
        b'[' => {
            let at = text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
            new_line(at, format!("{name} = {value}"))
        }
        b'{' => {
            let comma = if known.get_ref().as_table()?.is_empty() { "" } else { "," };
            Some((start + 1..start + 1, format!(" {name} = {value}{comma}")))
        }
        _ => new_line(line_of(start), format!("{table}.{name} = {value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let text = "# 我的\ntheme = \"plain\"\nambiguous_width = 2\ncolour = \"red\"\nprofile = \"x\"\n\
                    phone = [1]\n[keys]\n\"另存为\" = \"Ctrl+B\"\n\"打开\" = 3\n";
        let (settings, faults) = Settings::read(text);
        assert_eq!((settings.get("theme"), settings.get("ambiguous_width")), ("plain", "2"));
        assert_eq!((settings.get("profile"), settings.get("partial_steps")), ("", "whole"));
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [4, 5, 6, 9]);
        let binding = Binding { command: "另存为".into(), keys: vec!["Ctrl+B".into()], line: 8 };
        assert_eq!(settings.keys, [binding]);
        let (settings, faults) = Settings::read("theme = \"plain\"\nagency = 某乡\nhead = \"某人\"\n");
        assert_eq!((settings.get("theme"), settings.get("head")), ("plain", "某人"));
        assert_eq!(faults.first().map(|fault| fault.line), Some(2));
    }

    #[test]
    fn a_change_leaves_everything_else_as_it_is() {
        let with = |text: &str, key: &str, value: &str| with(text, key, value).expect("can be changed");
        let text = "# 我的\ntheme = \"auto\"  # 颜色\nother = 1\n\n[keys]\n\"打开\" = \"Ctrl+B\"\n";
        let changed = with(text, "theme", "plain");
        assert_eq!(changed, text.replace("\"auto\"", "\"plain\""));
        let changed = with(&changed, "agency", "某“乡”\\");
        assert!(
            changed.contains("other = 1\n\nagency = ")
                && Settings::read(&changed).0.get("agency") == "某“乡”\\"
        );
        let changed = with_keys(&changed, "另存为", &["F9".into()]).expect("can be changed");
        let (settings, _) = Settings::read(&changed);
        assert_eq!(settings.keys.len(), 2);
        let begun = with_keys("", "打开", &["F9".into()]).expect("can be changed");
        assert_eq!(Settings::read(&begun).0.keys[0].line, 2);
        assert_eq!(with("", "theme", "plain"), "theme = \"plain\"\n");
    }

    #[test]
    fn whichever_way_the_file_is_written_a_change_fits_in_or_is_refused() {
        let can = [
            "theme = \"auto\"",
            "[keys] # 我的键\n\"另存为\" = \"F9\"\n",
            "[keys] # 没有行尾",
            " [ \"keys\" ]\r\n\"另存为\" = \"F9\"\r\n",
            "keys = { \"另存为\" = \"F9\" }\n",
            "keys = {}\nhead = \"某人\"\n",
            "phone = \"1\"\nkeys.\"另存为\" = \"F9\"\nkeys.\"历史版本\" = \"F7\"\nhead = \"某人\"\n",
            "other = [\n[1],\n[2]]\n[keys]\n",
            "other = \"\"\"\n[keys]\n\"\"\"\n",
            "theme = 某\n[keys]\n",
        ];
        for text in can {
            let (before, faults) = Settings::read(text);
            let changed = with_keys(text, "打开", &["Ctrl+B".into()]).expect(text);
            let changed = with(&changed, "agency", "某乡").expect(&changed);
            let (after, more) = Settings::read(&changed);
            assert_eq!((after.get("agency"), more.len()), ("某乡", faults.len()), "{changed}");
            assert_eq!(after.keys.len(), before.keys.len() + 1, "{changed}");
            assert_eq!(after.get("head"), before.get("head"), "{changed}");
        }
        for text in ["[[keys]]\n\"另存为\" = \"F9\"\n", "keys = 1\n"] {
            assert_eq!(with_keys(text, "打开", &["Ctrl+B".into()]), None, "{text}");
        }
    }
}
