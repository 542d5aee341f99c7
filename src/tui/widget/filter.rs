//! Filtering a list by what was typed: Chinese, pinyin, initials, or a mix (`道路xc`).

use std::ops::Range;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};

use crate::text;

/// A filter over short texts. Words, parted by spaces, must all match.
pub struct Filter {
    words: Vec<IbMatcher<'static>>,
}

impl Filter {
    /// A filter for what was typed; full-width letters count as their ASCII twins.
    pub fn new(typed: &str) -> Self {
        let half = text::halfwidth(typed).to_lowercase();
        let matcher = |word: &str| IbMatcher::builder(word).pinyin(PinyinMatchConfig::default()).build();
        Self { words: half.split_whitespace().map(matcher).collect() }
    }

    /// The bytes of a text that each word matched, in order; `None` where a word did not. An
    /// empty filter matches everything with no bytes.
    pub fn matches(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(self.words.len());
        for word in &self.words {
            ranges.push(word.find(text)?.range());
        }
        ranges.sort_by_key(|range| range.start);
        Some(ranges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pinyin_initials_and_mixes() {
        let name = "农村道路安全巡查劝导";
        for typed in ["巡查", "ncdl", "xuncha", "xcqd", "道路anquan", "ＮＣＤＬ", "道路 qd", "NongCun"]
        {
            assert!(Filter::new(typed).matches(name).is_some(), "{typed}");
        }
        for typed in ["巡视", "ncld", "zz", "道路 zz"] {
            assert!(Filter::new(typed).matches(name).is_none(), "{typed}");
        }
        assert_eq!(Filter::new("巡查").matches(name), Some(vec![18..24]));
        assert_eq!(Filter::new("").matches(name), Some(vec![]));
    }
}
