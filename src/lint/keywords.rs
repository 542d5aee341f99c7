//! The words of a text that say what it is about, without a dictionary: what is left between empty
//! words, in pairs of characters.

use std::sync::LazyLock;

use super::prose;
use super::words::Words;

/// Words that any goal or indicator may hold.
const EMPTY: &[&str] = &[
    "人民群众",
    "完成情况",
    "满意程度",
    "合格率",
    "覆盖率",
    "完成率",
    "达标率",
    "及时率",
    "知晓率",
    "增长率",
    "不低于",
    "不少于",
    "不超过",
    "年度",
    "全年",
    "本年",
    "今年",
    "当年",
    "工作",
    "活动",
    "开展",
    "进行",
    "完成",
    "实现",
    "推进",
    "推动",
    "加强",
    "加快",
    "强化",
    "提高",
    "提升",
    "促进",
    "落实",
    "做好",
    "抓好",
    "加大",
    "力度",
    "继续",
    "进一步",
    "全面",
    "全部",
    "有效",
    "建设",
    "项目",
    "任务",
    "目标",
    "指标",
    "情况",
    "水平",
    "能力",
    "质量",
    "数量",
    "时间",
    "次数",
    "场次",
    "人数",
    "户数",
    "件数",
    "面积",
    "程度",
    "比例",
    "总额",
    "达到",
    "符合",
    "标准",
    "达标",
    "合规",
    "按时",
    "及时",
    "群众",
    "村民",
    "居民",
    "农户",
    "单位",
    "部门",
    "本乡",
    "全乡",
    "乡镇",
    "全镇",
    "全县",
    "辖区",
    "各项",
    "相关",
    "以及",
    "通过",
    "确保",
    "保障",
    "管理",
    "服务",
    "组织",
    "维护",
    "新增",
];
/// Single characters that no word of substance needs.
fn is_particle(c: char) -> bool {
    matches!(
        c,
        '的' | '和'
            | '与'
            | '及'
            | '等'
            | '对'
            | '为'
            | '在'
            | '把'
            | '让'
            | '率'
            | '数'
            | '性'
            | '了'
            | '各'
            | '新'
    )
}

static SEARCHER: LazyLock<Words> = LazyLock::new(|| Words::new(EMPTY));

/// Stretches of Chinese characters between empty words, each of two or more.
fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = SEARCHER.find_in(text).map(|word| (word.start, word.end)).chain([(text.len(), text.len())]);
    let gaps = ends.map(move |(end, next)| {
        let gap = &text[start..end];
        start = next;
        gap
    });
    let words = gaps.flat_map(|gap| gap.split(|c: char| !prose::is_han(c) || is_particle(c)));
    words.filter(|word| word.chars().nth(1).is_some())
}

/// All pairs of characters within what a text is about.
pub(super) fn topics(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut rest = text;
    let mut before = None;
    std::iter::from_fn(move || {
        while let Some(c) = rest.chars().next() {
            if let Some(word) = SEARCHER.at(rest, c) {
                rest = &rest[word.len()..];
                before = None;
                continue;
            }
            rest = &rest[c.len_utf8()..];
            let last = std::mem::replace(&mut before, (prose::is_han(c) && !is_particle(c)).then_some(c));
            if let (Some(last), Some(c)) = (last, before) {
                return Some((last, c));
            }
        }
        None
    })
}

/// The first few words of what a text is about, for a message: 党风、廉政、宣传.
pub(super) fn listed(text: &str) -> String {
    const SHOWN: usize = 4;
    let halves = |stretch: &str| {
        let chars: Vec<char> = stretch.chars().take(2 * SHOWN).collect();
        chars.chunks_exact(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>()
    };
    let words: Vec<String> = stretches(text).flat_map(halves).take(SHOWN).collect();
    words.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn empty_words_say_nothing() {
        assert_eq!(listed("开展党风廉政宣传活动次数"), "党风、廉政、宣传");
        assert_eq!(listed("工作完成情况"), "");
        assert!(topics("推进农村道路建设").any(|pair| pair == ('道', '路')));
        assert_eq!(topics("推进项目建设").count(), 0);
    }

    proptest! {
        #[test]
        fn topics_are_the_pairs_of_the_stretches(text in "([一-龥，。0-9a的和]|工作|完成情况|全年|进一步){0,40}") {
            let pairs = |stretch: &str| stretch.chars().zip(stretch.chars().skip(1)).collect::<Vec<_>>();
            let expected: Vec<_> = stretches(&text).flat_map(pairs).collect();
            prop_assert_eq!(topics(&text).collect::<Vec<_>>(), expected);
        }
    }
}
