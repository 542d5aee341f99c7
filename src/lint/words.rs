//! Words that are looked for in a text all at once, the longest at each place. An automaton would
//! search faster and take longer to build than one form takes to be checked.

use std::ops::Range;

/// A list of words.
pub(super) struct Words {
    /// By the low bits of their first characters, the longest first.
    words: Vec<&'static str>,
    /// Where the words with these low bits begin in the list; those of the next end it.
    begins: [u8; BUCKETS + 1],
}

const BUCKETS: usize = 1 << 9;

fn bucket(c: char) -> usize {
    c as usize % BUCKETS
}

fn bucket_of(word: &str) -> usize {
    word.chars().next().map_or(0, bucket)
}

impl Words {
    /// At most 255 words, ready for searching.
    pub(super) fn new(words: &[&'static str]) -> Self {
        let mut words = words.to_vec();
        words.sort_by_key(|word| (bucket_of(word), std::cmp::Reverse(word.len())));
        let mut begins = [0; BUCKETS + 1];
        words.iter().for_each(|word| begins[bucket_of(word) + 1] += 1);
        (0..BUCKETS).for_each(|at| begins[at + 1] += begins[at]);
        Self { words, begins }
    }

    /// Where the words stand in a text, none over another.
    pub(super) fn find_in(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let mut chars = text[start..].char_indices();
            let found = chars.find_map(|(at, c)| Some((start + at, self.at(&text[start + at..], c)?)));
            let (at, word) = found?;
            start = at + word.len();
            Some(at..start)
        })
    }

    /// The characters of a text that are in none of them.
    pub(super) fn around_in(&self, text: &str) -> impl Iterator<Item = char> {
        let mut rest = text;
        std::iter::from_fn(move || {
            loop {
                let c = rest.chars().next()?;
                match self.at(rest, c) {
                    Some(word) => rest = &rest[word.len()..],
                    None => {
                        rest = &rest[c.len_utf8()..];
                        return Some(c);
                    }
                }
            }
        })
    }

    /// The word at the beginning of a text, whose first character is `c`.
    pub(super) fn at(&self, text: &str, c: char) -> Option<&'static str> {
        let bucket = bucket(c);
        let likely = usize::from(self.begins[bucket])..usize::from(self.begins[bucket + 1]);
        self.words[likely].iter().find(|word| text.starts_with(**word)).copied()
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
        assert!(words.around_in(text).eq("全与".chars()));
        assert_eq!(words.find_in("").count() + words.find_in("无").count(), 0);
    }
}
