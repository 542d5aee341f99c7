//! Chinese text on a grid of cells: the only place that measures, cuts, wraps or escapes.
//!
//! A width is a number of terminal columns under a [`Policy`]: legacy Chinese consoles draw East
//! Asian Ambiguous characters (≥ × “ ” … ①) two cells wide, most others one.

pub(crate) mod likeness;
mod rewrap;

use std::borrow::Cow;
use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells a character of ambiguous width takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// One cell.
    #[default]
    Narrow,
    /// Two cells, as on consoles with NSimSun.
    Wide,
}

/// The mark that shows that a text was cut.
pub const CUT_MARK: &str = "~";

impl Policy {
    /// Columns of one grapheme cluster as it is shown: 0 to 2, or more where it holds unsafe
    /// characters, which count as their [`mark`].
    pub fn grapheme(self, grapheme: &str) -> usize {
        let mut chars = grapheme.chars();
        if let (Some(width), None) = (chars.next().and_then(|c| self.plain(c)), chars.next()) {
            return width;
        }
        if grapheme.contains(is_unsafe) {
            return grapheme.chars().map(|c| self.char(c)).sum();
        }
        let measured = match self {
            Self::Narrow => grapheme.width(),
            Self::Wide => grapheme.width_cjk(),
        };
        measured.min(2)
    }

    fn char(self, c: char) -> usize {
        match self {
            _ if is_unsafe(c) => mark(c).len(),
            Self::Narrow => c.width().unwrap_or(0),
            Self::Wide => c.width_cjk().unwrap_or(0),
        }
    }

    /// Columns of a text as it is shown on one row.
    pub fn width(self, text: &str) -> usize {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return text.len();
        }
        self.clusters(text).map(|(_, width)| width).sum()
    }

    /// The columns of a character that is a grapheme cluster of its own beside others of its kind:
    /// nearly all of what is typed, and told without looking it up.
    fn plain(self, c: char) -> Option<usize> {
        match c {
            ' '..='~' => Some(1),
            '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' => Some(2),
            '\u{2500}'..='\u{257f}' if self == Self::Narrow => Some(1),
            _ => None,
        }
    }

    /// The grapheme clusters of a text, each with its columns.
    pub(crate) fn clusters(self, text: &str) -> impl Iterator<Item = (&str, usize)> {
        let mut rest = text;
        std::iter::from_fn(move || {
            let mut characters = rest.chars();
            let first = characters.next()?;
            let (length, width) = match (self.plain(first), characters.next().map(|c| self.plain(c))) {
                (Some(width), None | Some(Some(_))) => (first.len_utf8(), width),
                _ => {
                    let grapheme = rest.graphemes(true).next()?;
                    (grapheme.len(), self.grapheme(grapheme))
                }
            };
            let cluster;
            (cluster, rest) = rest.split_at(length);
            Some((cluster, width))
        })
    }

    /// Where each grapheme cluster of a text begins, and its columns.
    pub(crate) fn cells(self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let mut at = 0;
        self.clusters(text).map(move |(cluster, width)| {
            at += cluster.len();
            (at - cluster.len(), width)
        })
    }

    /// The longest beginning that fits into `columns`, as a byte length.
    pub fn fitting(self, text: &str, columns: usize) -> usize {
        let mut used = 0;
        for (at, width) in self.cells(text) {
            used += width;
            if used > columns {
                return at;
            }
        }
        text.len()
    }

    /// The text, or its beginning with [`CUT_MARK`] where it is wider than `columns`.
    pub fn cut(self, text: &str, columns: usize) -> Cow<'_, str> {
        if self.fitting(text, columns) == text.len() {
            return Cow::Borrowed(text);
        }
        let end = self.fitting(text, columns.saturating_sub(CUT_MARK.len()));
        let mark = if columns == 0 { "" } else { CUT_MARK };
        Cow::Owned(format!("{}{mark}", &text[..end]))
    }

    /// Cut and filled up with spaces to exactly `columns`.
    pub fn pad(self, text: &str, columns: usize) -> String {
        let mut padded = self.cut(text, columns).into_owned();
        let width = self.width(&padded);
        padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width)));
        padded
    }

    /// Wraps into rows of at most `columns`, as byte ranges that rejoin to the text; a line feed
    /// ends its row and belongs to none. No row starts with closing or ends with opening
    /// punctuation unless nothing else fits. A last line feed opens an empty last row.
    pub fn wrap(self, text: &str, columns: usize) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            self.wrap_line(line, start, columns.max(2), &mut rows);
            start += line.len() + 1;
        }
        rows
    }

    fn wrap_line(self, line: &str, offset: usize, columns: usize, rows: &mut Vec<Range<usize>>) {
        let mut breaks = Breaks::default();
        let mut start = 0;
        loop {
            let end = self.row_end(line, start, columns, &mut breaks);
            rows.push(offset + start..offset + end);
            if end == line.len() {
                return;
            }
            start = end;
        }
    }

    /// Where the row that begins at `start` ends: between words, or else anywhere that kinsoku allows.
    fn row_end(self, line: &str, start: usize, columns: usize, breaks: &mut Breaks) -> usize {
        let room = start + self.fitting(&line[start..], columns);
        // Most rows of Chinese end so, and that is what would be found below.
        if room == line.len() || (room > start && is_between_han(line, room)) {
            return room;
        }
        let graphemes = || self.cells(&line[start..]).map(|(at, _)| start + at).skip(1).chain([line.len()]);
        let forced = if room > start { room } else { graphemes().next().unwrap_or(room) };
        breaks.cover(line, start..forced);
        let (mut between_words, mut anywhere) = (start, start);
        for at in graphemes().take_while(|at| *at <= forced) {
            if may_part(&line[..at], &line[at..]) {
                anywhere = at;
                if breaks.places.binary_search(&at).is_ok() {
                    between_words = at;
                }
            }
        }
        [between_words, anywhere].into_iter().find(|end| *end > start).unwrap_or(forced)
    }
}

/// The breaks of a part of a line by UAX #14. The part begins and ends between two Chinese characters,
/// where no rule looks across, so that its breaks are those of the whole line.
#[derive(Default)]
struct Breaks {
    part: Range<usize>,
    places: Vec<usize>,
}

impl Breaks {
    /// Goes on to the part that holds these bytes; they never go back.
    fn cover(&mut self, line: &str, bytes: Range<usize>) {
        if self.part.start <= bytes.start && bytes.end < self.part.end {
            return;
        }
        let known = if self.part.end <= bytes.start { self.part.end } else { self.part.start };
        let mut before = line[known..bytes.start].char_indices().rev().map(|(at, _)| known + at);
        let from = before.find(|at| is_between_han(line, *at)).unwrap_or(known);
        let mut behind = line[bytes.end..].char_indices().skip(1).map(|(at, _)| bytes.end + at);
        let to = behind.find(|at| is_between_han(line, *at)).unwrap_or(line.len());
        self.part = from..to;
        self.places.clear();
        self.places.extend(linebreaks(&unquoted(&line[from..to])).map(|(at, _)| from + at));
    }
}

/// Whether a place in a text is between two Chinese characters.
fn is_between_han(text: &str, at: usize) -> bool {
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    text[..at].ends_with(is_han) && text[at..].starts_with(is_han)
}

/// Whether kinsoku lets a row end between two texts.
fn may_part(before: &str, after: &str) -> bool {
    !after.starts_with(may_not_begin) && !before.ends_with(may_not_end)
}

/// Characters that may not begin a row (kinsoku).
fn may_not_begin(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '”'
            | '’'
            | '％'
            | '%'
            | '…'
            | '—'
            | '·'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '～'
    )
}

/// Characters that may not end a row.
fn may_not_end(c: char) -> bool {
    matches!(c, '（' | '《' | '「' | '『' | '【' | '〈' | '“' | '‘' | '(' | '[' | '{')
}

/// A twin for UAX #14 with the same byte offsets: to it “ and ” are glue on both sides, which would
/// make a quoted clause unbreakable, so corner brackets stand in for them.
fn unquoted(line: &str) -> Cow<'_, str> {
    let twin = |c| match c {
        '“' | '‘' => '「',
        '”' | '’' => '」',
        _ => c,
    };
    match line.contains(['“', '‘', '”', '’']) {
        true => Cow::Owned(line.chars().map(twin).collect()),
        false => Cow::Borrowed(line),
    }
}

/// Full-width ASCII twins (`１２％＞＝；`) and the ideographic space as half-width characters.
pub fn halfwidth(text: &str) -> Cow<'_, str> {
    let wide = |c: char| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}');
    if !text.contains(wide) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(halfwidth_char).collect())
}

/// The half-width twin of one character, or the character itself.
pub fn halfwidth_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Half width and without any white space: what a cell of vocabulary or a number is compared by.
pub fn compact(text: &str) -> Cow<'_, str> {
    let keep = |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}');
    if text.chars().all(|c| halfwidth_char(c) == c && keep(&c)) {
        return Cow::Borrowed(text);
    }
    let mut compact = String::with_capacity(text.len());
    compact.extend(text.chars().map(halfwidth_char).filter(keep));
    Cow::Owned(compact)
}

/// Whether a character must never reach a terminal as it is: controls (C0, DEL, C1), zero-width
/// and bidirectional formatting, and what is no character at all.
pub fn is_unsafe(c: char) -> bool {
    // Nearly all of what is asked.
    if matches!(c, ' '..='~' | '\u{3000}'..='\u{9fff}') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Makes every unsafe character visible: ESC as `<1B>`, RLO as `<202E>`. Line feeds and tabs too.
pub fn visible(text: &str) -> Cow<'_, str> {
    marked(text, is_unsafe)
}

/// As [`visible`], but line feeds and tabs stay: for files of several lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    marked(text, |c| is_unsafe(c) && !matches!(c, '\n' | '\t'))
}

fn marked(text: &str, is_marked: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(is_marked) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_marked(c) {
            true => shown.push_str(&mark(c)),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The visible mark of an unsafe character: `<1B>`.
pub fn mark(c: char) -> String {
    format!("<{:02X}>", c as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        Policy::Narrow.wrap(text, columns).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn widths_follow_the_policy() {
        assert_eq!(Policy::Narrow.width("≥95%次"), 6);
        assert_eq!(Policy::Wide.width("≥95%次"), 7);
        assert_eq!(Policy::Narrow.width("“好”"), 4);
        assert_eq!(Policy::Wide.width("“好”"), 6);
    }

    #[test]
    fn plain_characters_are_as_wide_as_looked_up_and_join_nothing() {
        for policy in [Policy::Narrow, Policy::Wide] {
            let all: Vec<char> = ('\0'..=char::MAX).filter(|c| policy.plain(*c).is_some()).collect();
            assert!(all.len() > 20_000);
            for c in &all {
                let width = if policy == Policy::Narrow { c.width() } else { c.width_cjk() };
                assert_eq!(policy.plain(*c), width, "{c:?}");
            }
            let text: String = all.iter().collect();
            assert_eq!(text.graphemes(true).count(), all.len());
        }
    }

    #[test]
    fn cut_marks_what_is_missing() {
        assert_eq!(Policy::Narrow.cut("农村道路", 8), "农村道路");
        assert_eq!(Policy::Narrow.cut("农村道路", 7), "农村道~");
        assert_eq!(Policy::Narrow.cut("农村道路", 6), "农村~");
        assert_eq!(Policy::Narrow.pad("农村", 6), "农村  ");
        assert_eq!(Policy::Narrow.cut("农村", 0), "");
    }

    #[test]
    fn kinsoku() {
        assert_eq!(rows("达到计划值得满分2分，否则", 20), ["达到计划值得满分2", "分，否则"]);
        assert_eq!(rows("强化“两个责任”，坚持", 12), ["强化“两个责", "任”，坚持"]);
        assert_eq!(rows("95%，合格", 4), ["9", "5%，", "合格"]);
        assert_eq!(rows("，，，", 2), ["，", "，", "，"]);
        assert_eq!(rows("一\n\n二\n", 10), ["一", "", "二", ""]);
        assert_eq!(rows("", 10), [""]);
    }

    #[test]
    fn unsafe_characters_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c\u{200b}"), "a<1B>[2Jb<202E>c<200B>");
        assert_eq!(visible("平常"), "平常");
    }

    #[test]
    fn halfwidth_twins() {
        assert_eq!(halfwidth("１２．５％＞＝；："), "12.5%>=;:");
        assert_eq!(compact(" ＞ ＝\u{3000}"), ">=");
    }

    /// Wraps a line by the breaks of the whole of it, in one pass.
    fn wrapped_whole(policy: Policy, line: &str, columns: usize) -> Vec<Range<usize>> {
        let twin = unquoted(line);
        let mut breaks = linebreaks(&twin).map(|(at, _)| at).peekable();
        let (mut rows, mut start) = (Vec::new(), 0);
        let (mut between_words, mut anywhere) = (0, 0);
        for (at, width) in policy.cells(line) {
            while breaks.next_if(|end| *end < at).is_some() {}
            if at > start && may_part(&line[..at], &line[at..]) {
                anywhere = at;
                if breaks.peek() == Some(&at) {
                    between_words = at;
                }
            }
            while policy.width(&line[start..at]) + width > columns && at > start {
                let end = [between_words, anywhere, at].into_iter().find(|end| *end > start).unwrap_or(at);
                rows.push(start..end);
                start = end;
            }
        }
        rows.push(start..line.len());
        rows
    }

    proptest! {
        #[test]
        fn rows_end_as_by_the_breaks_of_the_whole_line(
            parts in prop::collection::vec(
                prop_oneof![
                    4 => "[一-龥]{1,8}",
                    3 => "[，。；：、！？“”‘’（）《》%％…—]{1,2}",
                    2 => "[a-z0-9.,:/ -]{1,7}",
                    1 => "([\u{300}\u{200b}\u{200d}\u{2060}\u{1f468}\u{1f1e8}≥é𠮷\r\t]|\\PC)"
                ],
                0..30,
            ),
            columns in 2usize..30,
            wide: bool,
        ) {
            let policy = if wide { Policy::Wide } else { Policy::Narrow };
            let line: String = parts.concat().replace('\n', "");
            let expected = wrapped_whole(policy, &line, columns);
            prop_assert_eq!(policy.wrap(&line, columns), expected, "{:?}", line);
        }

        #[test]
        fn rows_rejoin_fit_and_keep_kinsoku(
            text in "([一-龥，。；：、！？“”（）《》a-z0-9%％ \n𠮷é≥…]|\\PC|[\u{300}\u{200b}\u{200d}\u{1f468}\r\t]){0,80}",
            columns in 2usize..40,
            wide: bool,
        ) {
            let policy = if wide { Policy::Wide } else { Policy::Narrow };
            let rows = policy.wrap(&text, columns);
            let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
            for row in &rows {
                let row = &text[row.clone()];
                prop_assert!(policy.width(row) <= columns || row.graphemes(true).count() == 1, "{row:?}");
            }
            prop_assert_eq!(rows.last().map(|row| row.end), Some(text.len()));
            for pair in rows.windows(2).filter(|pair| pair[0].end == pair[1].start) {
                let parts = |at: usize| may_part(&text[..at], &text[at..]);
                let row = &text[pair[0].clone()];
                let could = row.grapheme_indices(true).any(|(at, _)| at > 0 && parts(pair[0].start + at));
                prop_assert!(parts(pair[0].end) || !could, "{:?} {:?}", row, &text[pair[1].clone()]);
            }
        }
    }
}
