//! Wrapping a text again after a key: what the change cannot reach keeps its rows.

use std::ops::Range;

use super::{Policy, is_between_han};

/// Rows that are wrapped again before and after a change. A row's end is decided by what stands in
/// the next row at the latest, and by words that go on from it.
const AROUND: usize = 3;

impl Policy {
    /// Brings the rows of a text, as [`Policy::wrap`] made them, to those of the text it became.
    pub(crate) fn rewrap(self, rows: &mut Vec<Range<usize>>, old: &str, new: &str, columns: usize) {
        if self.rewrap_around(rows, old, new, columns).is_none() {
            *rows = self.wrap(new, columns);
        }
    }

    /// As [`Policy::rewrap`]; `None`, and nothing done, where no row can be kept.
    fn rewrap_around(self, rows: &mut Vec<Range<usize>>, old: &str, new: &str, columns: usize) -> Option<()> {
        let (head, tail) = unchanged(old, new);
        let row_of = |at: usize| rows.partition_point(|row| row.start <= at).saturating_sub(1);
        let moved = |at: usize| (at + new.len()).checked_sub(old.len());
        let first = (0..=row_of(head).saturating_sub(AROUND)).rev();
        let first = first.into_iter().find(|row| is_independent(old, rows[*row].start))?;
        let behind = row_of(old.len() - tail) + 1 + AROUND..rows.len();
        let next = behind.clone().find(|row| is_independent(old, rows[*row].start));
        let next_line = behind.into_iter().find(|row| old[..rows[*row].start].ends_with('\n'));
        let start = rows[first].start;
        let wrapped = |end: usize| {
            let mut fresh = self.wrap(new.get(start..end)?, columns);
            fresh.iter_mut().for_each(|row| *row = row.start + start..row.end + start);
            Some(fresh)
        };
        // Where the rows after the change fall into step with those before it.
        let meets = |row: &Range<usize>| {
            let before = (row.start + old.len()).checked_sub(new.len())?;
            let at = rows.binary_search_by_key(&before, |row| row.start).ok()?;
            (before > old.len() - tail && is_independent(old, before)).then_some(at)
        };
        let near = [next, next_line].into_iter().flatten().find_map(|last| {
            let mut fresh = wrapped(moved(rows[last].start)?)?;
            let met = |row: &Range<usize>| meets(row).filter(|at| *at <= last);
            let (count, at) = fresh.iter().enumerate().find_map(|(count, row)| Some((count, met(row)?)))?;
            fresh.truncate(count);
            Some((fresh, at))
        });
        // In a long line they may not until its end.
        let (fresh, kept) = match near {
            Some(near) => near,
            None => (wrapped(new.len())?, rows.len()),
        };
        for row in &mut rows[kept..] {
            *row = moved(row.start)?..moved(row.end)?;
        }
        rows.splice(first..kept, fresh);
        Some(())
    }
}

/// Bytes at the beginning and at the end that two texts have in common, or somewhat fewer.
fn unchanged(old: &str, new: &str) -> (usize, usize) {
    const STEP: usize = 64;
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let same = |(a, b): &(&[u8], &[u8])| a == b;
    let most = a.len().min(b.len()) / STEP * STEP;
    let mut head = STEP * a[..most].chunks(STEP).zip(b[..most].chunks(STEP)).take_while(same).count();
    while !(old.is_char_boundary(head) && new.is_char_boundary(head)) {
        head -= 1;
    }
    let (a, b) = (&a[head..], &b[head..]);
    let most = a.len().min(b.len()) / STEP * STEP;
    let (a, b) = (&a[a.len() - most..], &b[b.len() - most..]);
    let mut tail = STEP * a.rchunks(STEP).zip(b.rchunks(STEP)).take_while(same).count();
    while !old.is_char_boundary(old.len() - tail) {
        tail -= 1;
    }
    (head, tail)
}

/// Whether rows from here on are the same whatever stands before: at the start of a line, or between
/// two Chinese characters, where no rule of UAX #14 looks back.
fn is_independent(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with('\n') || is_between_han(text, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[一-龥]{1,12}",
            2 => "[，。；：“”（）《》%]{1,3}",
            1 => "[a-z0-9 ]{1,9}",
            1 => "\n",
            1 => "([\u{300}\u{200d}\u{1f468}\u{1f1e8}≥…—]|\\PC){1,3}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_text_wrapped_again_is_wrapped_as_if_anew(
            text in prop::collection::vec(part(), 0..120).prop_map(|parts| parts.concat()),
            typed in part(),
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
            columns in 2usize..40,
            wide: bool,
        ) {
            let policy = if wide { Policy::Wide } else { Policy::Narrow };
            let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
            let from = floor(from.index(text.len() + 1));
            let to = floor(from + to.index(text.len() + 1 - from) % 40).max(from);
            let new = format!("{}{typed}{}", &text[..from], &text[to..]);
            let mut rows = policy.wrap(&text, columns);
            policy.rewrap(&mut rows, &text, &new, columns);
            prop_assert_eq!(rows, policy.wrap(&new, columns));
        }
    }

    #[test]
    fn a_key_in_a_long_line_keeps_nearly_all_rows() {
        let text = "达到计划值得满分2分，否则按“完成率×分值”计分。".repeat(2_000);
        let new = format!("{}字{}", &text[..text.len() / 2], &text[text.len() / 2..]);
        let mut rows = Policy::Narrow.wrap(&text, 60);
        assert!(Policy::Narrow.rewrap_around(&mut rows, &text, &new, 60).is_some());
        assert_eq!(rows, Policy::Narrow.wrap(&new, 60));
    }
}
