//! What an indicator's name tells of the thing it measures.

use super::{COMPARED, digest, prose};
use crate::text::likeness::{self, Pairs};

/// Endings that say how much of something was counted, to be taken off before looking at what.
const COUNTED: &[&str] = &["总人数", "人数", "数量", "总数", "个数", "规模", "数"];

/// People.
const PEOPLE: &[&str] = &[
    "人",
    "人员",
    "老人",
    "群众",
    "党员",
    "干部",
    "学生",
    "户主",
    "村民",
    "居民",
    "儿童",
    "妇女",
    "残疾人",
    "职工",
    "教师",
    "医生",
    "护士",
    "学员",
    "志愿者",
    "劳动力",
    "网格员",
    "护林员",
    "河长",
    "辅警",
    "民兵",
    "专家",
    "人才",
    "代表",
    "委员",
    "患者",
    "对象",
    "大学生",
    "毕业生",
    "农民工",
    "退役军人",
    "游客",
    "带头人",
    "致富能手",
];

/// What grows or is surpassed may exceed the whole, and may be negative.
const GROWTH: &[&str] =
    &["增", "提高", "提升", "上升", "涨", "降", "减少", "变化", "变动", "同比", "环比", "比上年", "较上年"];

/// Whether it is about a change, so that more than 100 % or less than nothing can be meant.
pub(super) fn is_about_change(name: &str) -> bool {
    GROWTH.iter().any(|word| name.contains(word))
}

/// Whether it counts people.
pub(super) fn counts_people(name: &str) -> bool {
    let bare = without_bracket(name);
    let subject = COUNTED.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    bare.ends_with("人数") || bare.ends_with("人次") || PEOPLE.iter().any(|word| subject.ends_with(word))
}

/// Whether it is a share of a whole: 合格率, 群众满意度, 占比.
pub(super) fn is_ratio(name: &str) -> bool {
    let bare = without_bracket(name);
    let ratio = ["率", "满意度", "占比", "比例", "比重"].iter().any(|word| bare.ends_with(word));
    ratio && !["频率", "效率", "功率"].iter().any(|word| bare.ends_with(word))
}

/// The unit that the name's ending calls for.
pub(super) fn likely_unit(name: &str) -> Option<&'static str> {
    const UNITS: &[(&str, &str)] = &[
        ("次数", "次"),
        ("场次", "场"),
        ("场数", "场"),
        ("人次", "人次"),
        ("人数", "人"),
        ("户数", "户"),
        ("件数", "件"),
        ("份数", "份"),
        ("里程", "公里"),
        ("面积", "亩"),
        ("金额", "万元"),
        ("总额", "万元"),
        ("支出", "万元"),
        ("经费", "万元"),
        ("资金", "万元"),
        ("成本", "万元"),
        ("天数", "天"),
    ];
    let bare = without_bracket(name);
    let found = UNITS.iter().find(|(ending, _)| bare.ends_with(ending)).map(|(_, unit)| *unit);
    found.or_else(|| is_ratio(bare).then_some("%")).or_else(|| counts_people(bare).then_some("人"))
}

/// Without a remark in brackets at the end: 覆盖率（%）.
pub(super) fn without_bracket(name: &str) -> &str {
    let name = name.trim();
    let open = if name.ends_with(['）', ')']) { name.rfind(['（', '(']) } else { None };
    open.filter(|at| *at > 0).map_or(name, |at| name[..at].trim_end())
}

/// A name as it is compared with others.
#[derive(Debug, Clone)]
struct Compared {
    bare: String,
    pairs: Pairs,
    /// A bit for each pair; several may share one.
    signature: u64,
    measure: Option<usize>,
}

impl Compared {
    /// Likeness from which two names may mean the same, in percent.
    const ALIKE: usize = 80;
    /// Characters of a name that is compared.
    const CHARS: std::ops::RangeInclusive<usize> = 4..=100;
    /// What an indicator measures of its subject; quantity and quality of one thing are two rows.
    const MEASURES: [&str; 16] = [
        "率", "数", "次", "量", "度", "性", "额", "间", "积", "程", "比例", "比重", "时限", "成本", "标准",
        "水平",
    ];

    /// A name; none where it is too short or too long to tell.
    fn of(name: &str) -> Option<Self> {
        let bare = prose::bare(name);
        let chars = bare.chars().take(Self::CHARS.end() + 1).count();
        Self::CHARS.contains(&chars).then(|| {
            let pairs = likeness::pairs(&bare);
            let bit = |pair: &(char, char)| 1_u64 << (digest(pair) % 64);
            let signature = pairs.iter().fold(0, |bits, pair| bits | bit(pair));
            let measure = Self::MEASURES.iter().position(|measure| bare.ends_with(measure));
            Self { bare, pairs, signature, measure }
        })
    }

    /// Whether both mean the same in nearly the same words.
    fn is_like(&self, other: &Self) -> bool {
        // Each bit that only one has is a pair that only that one has.
        let common = |one: &Self, other: &Self| {
            one.pairs.len().saturating_sub((one.signature & !other.signature).count_ones() as usize)
        };
        let most = common(self, other).min(common(other, self));
        self.measure == other.measure
            && 200 * most >= Self::ALIKE * (self.pairs.len() + other.pairs.len())
            && likeness::percent(&self.pairs, &other.pairs) >= Self::ALIKE
            && likeness::is_rewording(&self.bare, &other.bare)
    }
}

/// Which of the first [`COMPARED`] names mean the same in nearly the same words. A name that changes is
/// compared with the others, not all with each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Likenesses {
    names: Vec<Option<Compared>>,
    /// For each name a bit for each earlier one that is like it.
    earlier: Vec<[u64; COMPARED.div_ceil(64)]>,
}

impl Likenesses {
    /// The likenesses of the names of a form's rows, in their order.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<_> = names.take(COMPARED).map(Compared::of).collect();
        let mut likenesses = Self { earlier: vec![Default::default(); names.len()], names };
        (0..likenesses.names.len()).for_each(|at| (0..at).for_each(|other| likenesses.compare(other, at)));
        likenesses
    }

    /// The name of a row has changed; one behind the first rows is none of them.
    pub(super) fn set(&mut self, at: usize, name: &str) {
        let Some(own) = self.names.get_mut(at) else { return };
        *own = Compared::of(name);
        (0..at).for_each(|other| self.compare(other, at));
        (at + 1..self.names.len()).for_each(|other| self.compare(at, other));
    }

    fn compare(&mut self, earlier: usize, later: usize) {
        let like = match (&self.names[earlier], &self.names[later]) {
            (Some(one), Some(other)) => one.is_like(other),
            _ => false,
        };
        let (word, bit) = (&mut self.earlier[later][earlier / 64], 1 << (earlier % 64));
        *word = if like { *word | bit } else { *word & !bit };
    }

    /// Each row that is like an earlier one, and those from the first on.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, impl Iterator<Item = usize>)> {
        let found = self.earlier.iter().enumerate().filter(|(_, bits)| bits.iter().any(|word| *word != 0));
        found.map(|(at, bits)| (at, (0..at).filter(|other| bits[other / 64] >> (other % 64) & 1 == 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_they_measure() {
        for name in ["新增服务老人人数", "培训党员", "发放补贴人员数量", "护林员（含兼职）", "接待群众人次"]
        {
            assert!(counts_people(name), "{name}");
        }
        for name in ["养老服务设施", "群众活动场次", "党员活动室数量", "示范村", ""] {
            assert!(!counts_people(name), "{name}");
        }
        assert!(is_ratio("验收合格率（%）") && is_ratio("群众满意度"));
        assert!(!is_ratio("办事效率") && !is_ratio("巡查频率") && !is_ratio("次数"));
        assert_eq!(likely_unit("巡查次数"), Some("次"));
        assert_eq!(likely_unit("覆盖率"), Some("%"));
        assert_eq!(likely_unit("培训学员"), Some("人"));
        assert_eq!(likely_unit("环境"), None);
    }
}
