//! Filtering a list by what was typed: Chinese, pinyin, initials, or a mix (`道路xc`).

use std::ops::Range;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};

use crate::text;

/// A filter over short texts. Words, parted by spaces, must all match.
pub(crate) struct Filter {
    words: Vec<Word>,
}

/// A word as it stands, and its parts where Chinese and letters meet: the parts may also match
/// apart, in their order.
struct Word {
    whole: IbMatcher<'static>,
    parts: Vec<IbMatcher<'static>>,
}

impl Filter {
    /// A filter for what was typed; full-width letters count as their ASCII twins.
    pub(crate) fn new(typed: &str) -> Self {
        let half = text::halfwidth(typed).to_lowercase();
        let word =
            |word: &str| Word { whole: matcher(word), parts: parts(word).into_iter().map(matcher).collect() };
        Self { words: half.split_whitespace().map(word).collect() }
    }

    /// The bytes of a text that were matched, in order; `None` where a word did not match. An
    /// empty filter matches everything with no bytes.
    pub(crate) fn matches(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(self.words.len());
        for word in &self.words {
            ranges.extend(word.find(text)?);
        }
        ranges.sort_by_key(|range| range.start);
        Some(ranges)
    }
}

impl Word {
    fn find(&self, text: &str) -> Option<Vec<Range<usize>>> {
        if let Some(found) = self.whole.find(text) {
            return Some(vec![found.range()]);
        }
        if self.parts.len() < 2 {
            return None;
        }
        let mut from = 0;
        let mut ranges = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let found = part.find(&text[from..])?.range();
            ranges.push(from + found.start..from + found.end);
            from += found.end;
        }
        Some(ranges)
    }
}

fn matcher(word: &str) -> IbMatcher<'static> {
    IbMatcher::builder(word).pinyin(PinyinMatchConfig::default()).build()
}

/// Runs of ASCII and runs of everything else.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let ascii = |c: char| c.is_ascii();
    for (at, pair) in word
        .char_indices()
        .zip(word.char_indices().skip(1))
        .map(|(before, after)| (after.0, (before.1, after.1)))
    {
        if ascii(pair.0) != ascii(pair.1) {
            parts.push(&word[start..at]);
            start = at;
        }
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pinyin_initials_and_mixes() {
        let name = "农村道路安全巡查劝导";
        for typed in
            ["巡查", "ncdl", "xuncha", "xcqd", "道路anquan", "道路xc", "ＮＣＤＬ", "道路 qd", "NongCun"]
        {
            assert!(Filter::new(typed).matches(name).is_some(), "{typed}");
        }
        for typed in ["巡视", "ncld", "zz", "道路 zz", "xc道路"] {
            assert!(Filter::new(typed).matches(name).is_none(), "{typed}");
        }
        assert_eq!(Filter::new("巡查").matches(name).as_deref(), Some(std::slice::from_ref(&(18..24))));
        assert_eq!(Filter::new("道路xc").matches(name), Some(vec![6..12, 18..24]));
        assert_eq!(Filter::new("").matches(name), Some(vec![]));
    }
}
