//! 一级指标 and 二级指标: the two upper levels of the indicator tree.

use crate::text;

/// A level-1 class with its level-2 children.
#[derive(Debug)]
pub struct Level1 {
    /// Canonical name: 产出指标.
    pub name: &'static str,
    aliases: &'static [&'static str],
    /// Its children in the order of the printed table.
    pub level2: &'static [Level2],
}

/// A level-2 class.
#[derive(Debug)]
pub struct Level2 {
    /// Canonical name: 数量指标.
    pub name: &'static str,
    aliases: &'static [&'static str],
    /// The generations of the official table that know it: `2021`, `2015`.
    pub generations: &'static [&'static str],
}

impl Level2 {
    /// Whether today's table (财预〔2021〕101号) has this class.
    pub fn is_current(&self) -> bool {
        self.generations.contains(&"2021")
    }
}

/// The generations of the official table: 财预〔2021〕101号, and 财预〔2015〕88号 with 财预〔2020〕10号, where
/// 成本 is a child of 产出 and 效益 has 可持续影响.
const IN_BOTH: &[&str] = &["2021", "2015"];
const OF_2021: &[&str] = &["2021"];
const OF_2015: &[&str] = &["2015"];

/// In the order of the printed table.
const TABLE: &[Level1] = &[
    Level1 {
        name: "产出指标",
        aliases: &["项目产出", "履职产出", "产出"],
        level2: &[
            Level2 { name: "数量指标", aliases: &["产出数量"], generations: IN_BOTH },
            Level2 { name: "质量指标", aliases: &["产出质量"], generations: IN_BOTH },
            Level2 { name: "时效指标", aliases: &["产出时效", "进度指标"], generations: IN_BOTH },
            Level2 { name: "成本指标", aliases: &["产出成本"], generations: OF_2015 },
        ],
    },
    Level1 {
        name: "效益指标",
        aliases: &["项目效益", "履职效益", "效果指标", "效益"],
        level2: &[
            Level2 { name: "经济效益指标", aliases: &["经济效益"], generations: IN_BOTH },
            Level2 { name: "社会效益指标", aliases: &["社会效益"], generations: IN_BOTH },
            Level2 {
                name: "生态效益指标",
                aliases: &["生态效益", "环境效益", "生态环境效益"],
                generations: IN_BOTH,
            },
            Level2 {
                name: "可持续影响指标",
                aliases: &["可持续影响", "可持续发展", "可持续性"],
                generations: OF_2015,
            },
        ],
    },
    Level1 {
        name: "满意度指标",
        aliases: &["满意度", "社会满意度"],
        level2: &[Level2 {
            name: "服务对象满意度指标",
            aliases: &[
                "服务对象满意度",
                "社会公众满意度",
                "公众满意度",
                "群众满意度",
                "受益对象满意度",
                "社会公众或服务对象满意度",
            ],
            generations: IN_BOTH,
        }],
    },
    Level1 {
        name: "成本指标",
        aliases: &["履职成本", "项目成本", "成本"],
        level2: &[
            Level2 { name: "经济成本指标", aliases: &["经济成本"], generations: OF_2021 },
            Level2 { name: "社会成本指标", aliases: &["社会成本"], generations: OF_2021 },
            Level2 {
                name: "生态环境成本指标",
                aliases: &["生态环境成本", "环境成本", "生态成本"],
                generations: OF_2021,
            },
        ],
    },
];

/// All level-1 classes in the order of the printed table.
pub fn all() -> &'static [Level1] {
    TABLE
}

/// Finds the level-1 class meant: `产出`, `产出指标(50分)`, `★ 产出 指标`.
pub fn level1(typed: &str) -> Option<&'static Level1> {
    // Nearly every row names it as the table does.
    if let Some(class) = TABLE.iter().find(|class| class.name == typed) {
        return Some(class);
    }
    let key = key(typed);
    TABLE.iter().find(|class| matches(class.name, class.aliases, &key))
}

/// Finds the level-2 class meant, under the given level-1 class where one is known: `成本指标`
/// is a child of 产出 in the older table and a class of its own in today's.
pub fn level2(typed: &str, under: Option<&str>) -> Option<&'static Level2> {
    let parent = under.and_then(level1);
    if let Some(child) = parent.and_then(|class| class.level2.iter().find(|child| child.name == typed)) {
        return Some(child);
    }
    let key = key(typed);
    if parent.is_some_and(|class| class.name == "满意度指标") && key.contains("满意") {
        return parent.and_then(|class| class.level2.first());
    }
    let children =
        |class: &'static Level1| class.level2.iter().find(|child| matches(child.name, child.aliases, &key));
    match parent {
        Some(class) => children(class),
        None => TABLE
            .iter()
            .filter_map(children)
            .find(|child| child.is_current())
            .or_else(|| TABLE.iter().find_map(children)),
    }
}

/// The level-1 class that a level-2 class belongs to, today's table first.
pub fn parent_of(level2_name: &str) -> Option<&'static Level1> {
    let child = level2(level2_name, None)?;
    TABLE.iter().find(|class| class.level2.iter().any(|other| std::ptr::eq(other, child)))
}

/// What is compared: without spaces, marks, numbering, points in brackets and the trailing 指标.
fn key(typed: &str) -> String {
    let compact = text::compact(typed);
    let compact = compact.trim_start_matches(['★', '*', '☆', '▲', '-', '·']);
    let compact = unnumbered(compact);
    let bare = compact.split(['(', '【', '[']).next().unwrap_or_default();
    let bare = if bare.is_empty() { compact } else { bare };
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '分' | ':' | '.' | '%'));
    bare.strip_suffix("指标").unwrap_or(bare).to_owned()
}

/// The label without its number: 1.数量指标, （一）产出指标, 二、效益指标.
fn unnumbered(compact: &str) -> &str {
    let digits = compact.trim_start_matches('(');
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let marked = rest.strip_prefix([')', '.', '、', ':']).filter(|_| rest.len() < digits.len());
    marked.map_or(compact, |rest| rest.trim_start_matches(['、', '.']))
}

fn matches(name: &str, aliases: &[&str], key: &str) -> bool {
    let bare = |label: &str| label.strip_suffix("指标").unwrap_or(label) == key;
    !key.is_empty() && (bare(name) || aliases.iter().any(|alias| bare(alias)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lenient_names() {
        for (typed, name) in [
            ("产出指标", "产出指标"),
            ("产 出 指标", "产出指标"),
            ("产出指标（50分）", "产出指标"),
            ("★效益", "效益指标"),
            ("满意度指标 10分", "满意度指标"),
            ("成本指标", "成本指标"),
            ("效果指标", "效益指标"),
            ("一、产出指标（40分）", "产出指标"),
            ("（二）效益指标", "效益指标"),
            ("1.产出（工作量）指标", "产出指标"),
        ] {
            assert_eq!(level1(typed).map(|class| class.name), Some(name), "{typed}");
        }
        assert!(level1("数量指标").is_none());
        assert!(level1("").is_none());
        assert!(level1("指标").is_none());
    }

    #[test]
    fn level2_belongs_somewhere() {
        assert_eq!(parent_of("数量").map(|class| class.name), Some("产出指标"));
        assert_eq!(parent_of("经济成本指标").map(|class| class.name), Some("成本指标"));
        assert_eq!(level2("成本指标", Some("产出指标")).map(|class| class.name), Some("成本指标"));
        assert!(level2("成本指标", Some("效益指标")).is_none());
        assert_eq!(
            level2("社会公众满意度", Some("满意度指标")).map(|class| class.name),
            Some("服务对象满意度指标")
        );
        assert_eq!(
            level2("村民满意程度", Some("满意度")).map(|class| class.name),
            Some("服务对象满意度指标")
        );
    }
}
