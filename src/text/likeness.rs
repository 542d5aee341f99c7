//! How alike two texts are, counted in pairs of neighbouring characters.

use std::collections::HashSet;

/// A text's pairs of neighbouring characters.
pub(crate) type Pairs = HashSet<(char, char), foldhash::fast::RandomState>;

/// The pairs of a text; none across anything that is no letter, digit or Chinese character.
pub(crate) fn pairs(text: &str) -> Pairs {
    // Most characters need no table.
    let counts = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric();
    let both = |(a, b): &(char, char)| counts(*a) && counts(*b);
    let mut pairs = Pairs::with_capacity_and_hasher(text.len() / 3, Default::default());
    pairs.extend(text.chars().zip(text.chars().skip(1)).filter(both));
    pairs
}

/// Dice's coefficient in percent: twice the common pairs over all pairs.
pub(crate) fn percent(one: &Pairs, other: &Pairs) -> usize {
    let all = one.len() + other.len();
    let common = one.intersection(other).count();
    (200 * common).checked_div(all).unwrap_or(0)
}

/// Whether every character of the shorter text is one of the longer: written at more length or in
/// another order, but about the same thing. For short texts: each character is searched for.
pub(crate) fn is_rewording(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().all(|c| long.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_pairs() {
        assert_eq!(percent(&pairs("道路巡查"), &pairs("道路巡查")), 100);
        assert_eq!(percent(&pairs("道路巡查"), &pairs("山塘维修")), 0);
        assert_eq!(percent(&pairs(""), &pairs("")), 0);
        assert!(is_rewording("开展道路巡查", "道路巡查"));
        assert!(!is_rewording("男性体检人数", "女性体检人数"));
    }
}
