//! The manual: one page a task, in Chinese, inside the program. The page of the keys is made by
//! the editor from its commands.

use crate::vocabulary::{number::plain, profile};

/// A page of the manual.
#[derive(Debug)]
pub struct Topic {
    /// Its name: 权重.
    pub name: &'static str,
    /// Its name where Chinese cannot be typed.
    pub alias: &'static str,
    /// What it tells, in a line.
    pub about: &'static str,
    source: &'static str,
}

const TOUR: &str = include_str!("../assets/manual/tour.md");

/// The tour, as Markdown: a page of the editor a heading of the second order.
pub fn tour() -> &'static str {
    TOUR
}

/// The page that the editor makes.
pub const KEYS: (&str, &str, &str) = ("键盘", "keys", "编辑器里的每一个键");

/// The pages that are written.
pub const TOPICS: &[Topic] = &[
    Topic {
        name: "一分钟入门", alias: "tour", about: "怎样走、怎样填、怎样改错、怎样存", source: TOUR
    },
    Topic {
        name: "一年里的事",
        alias: "year",
        about: "照去年新建，往年对照，对比，自评",
        source: include_str!("../assets/manual/year.md"),
    },
    Topic {
        name: "评分标准的写法",
        alias: "rules",
        about: "怎样写，程序和别人都算得出分",
        source: include_str!("../assets/manual/rules.md"),
    },
    Topic {
        name: "权重",
        alias: "weights",
        about: "各类指标应占几分，分不够怎么办",
        source: include_str!("../assets/manual/weights.md"),
    },
    Topic {
        name: "导入导出",
        alias: "files",
        about: "从别的文件来，到别的文件去，县里汇总",
        source: include_str!("../assets/manual/exchange.md"),
    },
    Topic {
        name: "恢复",
        alias: "recovery",
        about: "停电、改错、打不开、存不了",
        source: include_str!("../assets/manual/recovery.md"),
    },
    Topic {
        name: "命令行",
        alias: "commands",
        about: "不打开编辑器能做的事",
        source: include_str!("../assets/manual/commands.md"),
    },
];

/// The topic meant by a name or the beginning of one.
pub fn find(name: &str) -> Option<&'static Topic> {
    let whole = |topic: &&Topic| topic.name == name || topic.alias.eq_ignore_ascii_case(name);
    let begun = |topic: &&Topic| topic.name.starts_with(name);
    TOPICS.iter().find(whole).or_else(|| TOPICS.iter().find(begun)).filter(|_| !name.is_empty())
}

impl Topic {
    /// The page, as Markdown.
    pub fn text(&self) -> String {
        match self.alias {
            "weights" => format!("{}{}", self.source, profiles()),
            _ => self.source.to_owned(),
        }
    }
}

/// The weight profiles, one a line.
fn profiles() -> String {
    let line = |profile: &profile::Profile| {
        format!("- {}：{}；合计{}分\n", profile.id, profile.label, plain(profile.total))
    };
    profile::all().iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_sentence_is_understood_to_the_end() {
        let text = find("rules").expect("is there").text();
        let examples: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("例：")).collect();
        assert!(examples.len() > 6);
        for example in examples {
            let parsed = crate::rule::parse(example);
            assert!(parsed.points.is_some() && parsed.rule.kind() != "unknown", "{example}: {parsed:?}");
        }
    }

    #[test]
    fn topics_are_found_by_name_alias_and_beginning() {
        for topic in TOPICS {
            assert_eq!(find(topic.alias).map(|found| found.name), Some(topic.name));
            assert!(topic.text().starts_with("# "), "{}", topic.name);
        }
        assert_eq!(find("评分标准").map(|found| found.alias), Some("rules"));
        assert!(find("").is_none() && find("没有").is_none());
        assert!(find("weights").expect("is there").text().contains("- hubei："));
    }
}
