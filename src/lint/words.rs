//! Words that are looked for in a text all at once, the longest at each place. An automaton would
//! search faster and take longer to build than one form takes to be checked.

use std::ops::Range;

/// A list of words.
pub(super) struct Words {
    /// Sorted by their first character, the longest first.
    words: Vec<&'static str>,
    /// Whether a word begins with a character of these low bits.
    begins: [bool; 1 << BITS],
}

const BITS: usize = 9;

fn bits(c: char) -> usize {
    c as usize & ((1 << BITS) - 1)
}

fn first(word: &str) -> Option<char> {
    word.chars().next()
}

impl Words {
    /// A list ready for searching.
    pub(super) fn new(words: &[&'static str]) -> Self {
        let mut words = words.to_vec();
        words.sort_by_key(|word| (first(word), std::cmp::Reverse(word.len())));
        let mut begins = [false; 1 << BITS];
        words.iter().filter_map(|word| first(word)).for_each(|c| begins[bits(c)] = true);
        Self { words, begins }
    }

    /// Where the words stand in a text, none over another.
    pub(super) fn find_in(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let mut chars = text[start..].char_indices();
            let found = chars.find_map(|(at, c)| Some((start + at, self.at(text, start + at, c)?)));
            let (at, word) = found?;
            start = at + word.len();
            Some(at..start)
        })
    }

    fn at(&self, text: &str, at: usize, c: char) -> Option<&'static str> {
        if !self.begins[bits(c)] {
            return None;
        }
        let from = self.words.partition_point(|word| first(word) < Some(c));
        let mut here = self.words[from..].iter().take_while(|word| first(word) == Some(c));
        here.find(|word| text[at..].starts_with(**word)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_at_the_first_place_wins() {
        let words = Words::new(&["年度", "年", "完成情况", "完成", "xx"]);
        let text = "全年年度完成情况与完成";
        let found: Vec<&str> = words.find_in(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["年", "年度", "完成情况", "完成"]);
        assert_eq!(words.find_in("").count() + words.find_in("无").count(), 0);
    }
}
