//! 计量单位: the known units, their kinds and aliases.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text;
use foldhash::fast::RandomState;
use table::UNITS;

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The canonical name: 次, %, 万元.
    pub name: &'static str,
    /// The kind it belongs to.
    pub kind: Kind,
    aliases: &'static [&'static str],
}

impl Unit {
    /// Everything it may be looked for by besides its name.
    pub fn search_words(&self) -> String {
        self.aliases.join(" ")
    }
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// % and ‰.
    Ratio,
    /// Things and events that are counted.
    Count,
    /// People.
    People,
    /// Counts in ten thousands, where fractions make sense.
    Large,
    /// 元, 万元 and prices.
    Money,
    /// 公里, 米.
    Length,
    /// 亩, 公顷, 平方米.
    Area,
    /// 吨, 公斤, 立方米.
    Mass,
    /// 年, 月, 天.
    Time,
    /// The rest.
    Other,
}

impl Kind {
    /// Its Chinese name, for the picker.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "比率",
            Self::Count => "次数件数",
            Self::People => "人数",
            Self::Large => "大数",
            Self::Money => "金额",
            Self::Length => "长度",
            Self::Area => "面积",
            Self::Mass => "重量体积",
            Self::Time => "时间",
            Self::Other => "其他",
        }
    }

    /// Whether only whole numbers make sense.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::People)
    }
}

/// The unit of each name and alias; names come before aliases.
static WORDS: LazyLock<HashMap<&str, usize, RandomState>> = LazyLock::new(|| {
    let units = || UNITS.iter().enumerate();
    let names = units().map(|(at, unit)| (unit.name, at));
    let aliases = units().flat_map(|(at, unit)| unit.aliases.iter().map(move |alias| (*alias, at)));
    let mut words = HashMap::default();
    for (word, at) in names.chain(aliases) {
        words.entry(word).or_insert(at);
    }
    words
});

/// All known units in the order of the picker.
pub fn all() -> &'static [Unit] {
    UNITS
}

/// Finds the unit meant by what was typed, alias or name. `None` for an unknown unit.
pub fn find(typed: &str) -> Option<&'static Unit> {
    let found = WORDS.get(typed).or_else(|| WORDS.get(text::compact(typed).as_ref()));
    found.map(|at| &UNITS[*at])
}

/// Splits `28.8万元` or `95%` into the number's text and the unit's; `None` unless the text is a
/// number followed by something. The unit may be unknown.
pub fn split_suffix(typed: &str) -> Option<(String, String)> {
    let compact = text::compact(typed);
    let end = compact.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')))?;
    let (number, unit) = compact.split_at(end);
    super::number::parse(number).ok()?;
    Some((number.to_owned(), unit.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_are_unique() {
        let mut seen = std::collections::HashSet::new();
        for unit in all() {
            for word in std::iter::once(&unit.name).chain(unit.aliases) {
                assert!(seen.insert(text::compact(word)) || *word == "％", "{word} is listed twice");
            }
        }
    }

    #[test]
    fn aliases_lead_to_names() {
        for (typed, name) in [
            ("百分比", "%"),
            ("％", "%"),
            ("km", "公里"),
            ("㎡", "平方米"),
            ("人/次", "人次"),
            (" 万元 ", "万元"),
        ] {
            assert_eq!(find(typed).map(|unit| unit.name), Some(name), "{typed}");
        }
        assert_eq!(find("光年"), None);
    }

    #[test]
    fn glued_values_split() {
        assert_eq!(split_suffix("28.8万元"), Some(("28.8".into(), "万元".into())));
        assert_eq!(split_suffix("９５％"), Some(("95".into(), "%".into())));
        assert_eq!(split_suffix("2026年12月31日前"), Some(("2026".into(), "年12月31日前".into())));
        assert_eq!(split_suffix("效果明显"), None);
        assert_eq!(split_suffix("48"), None);
    }
}
