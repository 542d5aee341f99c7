//! A sentence as the grammar sees it, with the way back to what was typed.
//!
//! Half width, one sign for every way of writing ≥ ≤ × / - and brackets, no quotes, no spaces or
//! line breaks inside words. Chinese numerals stay: whether 一 is a number depends on what follows,
//! which is for the grammar to say.

use std::ops::Range;

use crate::text;

/// The normalised text and, for each of its bytes, the bytes of the sentence it stands for.
pub(super) struct Normal {
    pub(super) text: String,
    origin: Vec<(usize, usize)>,
}

#[derive(Clone, Copy)]
struct Glyph {
    start: usize,
    end: usize,
    sign: char,
}

impl Normal {
    pub(super) fn new(sentence: &str) -> Self {
        let glyph = |(start, c): (usize, char)| Glyph { start, end: start + c.len_utf8(), sign: unify(c) };
        let glyphs: Vec<Glyph> = sentence.char_indices().map(glyph).collect();
        let mut normal = Self { text: String::new(), origin: Vec::with_capacity(sentence.len()) };
        let mut ahead = glyphs.as_slice();
        while let [first, ..] = *ahead {
            let used = normal.take(first, ahead);
            ahead = ahead.get(used.max(1)..).unwrap_or_default();
        }
        normal
    }

    /// Appends what the front of `ahead` becomes; says how many glyphs that used.
    fn take(&mut self, first: Glyph, ahead: &[Glyph]) -> usize {
        if is_gap(first.sign) {
            let run = ahead.iter().take_while(|glyph| is_gap(glyph.sign)).count();
            let (gap, after) = ahead.split_at(run);
            self.gap(gap, after);
            return run;
        }
        let second = ahead.get(1).filter(|glyph| glyph.sign != first.sign);
        let pair = match (first.sign, second.map(|glyph| glyph.sign)) {
            ('>', Some('=')) | ('=', Some('>')) => '≥',
            ('<', Some('=')) | ('=', Some('<')) => '≤',
            (sign, next) => {
                self.push(self.times(sign, next.unwrap_or('\0')), first.start, first.end);
                return 1;
            }
        };
        self.push(pair, first.start, second.map_or(first.end, |glyph| glyph.end));
        2
    }

    /// A letter x that stands alone is a multiplication sign.
    fn times(&self, sign: char, next: char) -> char {
        let alone = !next.is_ascii_alphabetic() && !self.text.ends_with(|c: char| c.is_ascii_alphabetic());
        let between = alone && !self.text.is_empty() && !matches!(next, '分' | '<' | '>' | '≤' | '≥');
        if matches!(sign, 'x' | 'X') && between { '×' } else { sign }
    }

    /// Spaces vanish, except between two digits, where nobody can say whether they are one
    /// number, and except line breaks that clearly end an item.
    fn gap(&mut self, gap: &[Glyph], after: &[Glyph]) {
        let (Some(first), Some(last)) = (gap.first(), gap.last()) else { return };
        let visible = gap.iter().any(|glyph| glyph.sign.is_whitespace());
        let next = after.first().map_or('\0', |glyph| glyph.sign);
        let digits = self.text.ends_with(|c: char| c.is_ascii_digit()) && next.is_ascii_digit();
        let broken = gap.iter().any(|glyph| matches!(glyph.sign, '\n' | '\r'));
        if digits && visible {
            self.push(' ', first.start, last.end);
        } else if broken && self.ends_item(after) {
            self.push(';', first.start, last.end);
        }
    }

    fn ends_item(&self, after: &[Glyph]) -> bool {
        let head: String = after.iter().take(4).map(|glyph| glyph.sign).collect();
        let bare = head.trim_start_matches('(');
        let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let marker = numbered.len() < bare.len() && numbered.starts_with(['.', '、', ')']);
        let joins = |c: char| c.is_ascii_digit() || "，,;。、)值数标析钟之制".contains(c);
        marker || (self.text.ends_with(['分', '止']) && !head.is_empty() && !head.starts_with(joins))
    }

    fn push(&mut self, sign: char, start: usize, end: usize) {
        self.text.push(sign);
        self.origin.extend(std::iter::repeat_n((start, end), sign.len_utf8()));
    }

    /// The bytes of the sentence that a range of the normalised text stands for.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.origin.get(span.start).map_or(0, |(start, _)| *start);
        let end =
            span.end.checked_sub(1).and_then(|last| self.origin.get(last)).map_or(start, |(_, end)| *end);
        start..end.max(start)
    }
}

fn unify(c: char) -> char {
    match c {
        '，' => c,
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '﹪' => '%',
        '＊' | '*' | '·' | '✕' | '✖' | '∗' | '⨯' | '╳' => '×',
        '÷' | '∕' | '⁄' => '/',
        '—' | '–' | '－' | '−' | '‐' | '~' | '～' | '〜' | '﹣' | '─' => '-',
        '【' | '〔' | '〖' | '［' | '｛' | '[' | '{' => '(',
        '】' | '〕' | '〗' | '］' | '｝' | ']' | '}' => ')',
        '﹤' | '〈' => '<',
        '﹥' | '〉' => '>',
        '﹦' => '=',
        _ => text::halfwidth_char(c),
    }
}

/// White space, and what a reader does not see or skips: controls, quotation marks.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || text::is_unsafe(c) || "\"'“”‘’「」『』《》".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(sentence: &str) -> String {
        Normal::new(sentence).text
    }

    #[test]
    fn one_way_of_writing() {
        assert_eq!(normal("＞＝９５％ 得 满\n分２分"), "≥95%得满分2分");
        assert_eq!(normal("实际值÷目标值＊分值"), "实际值/目标值×分值");
        assert_eq!(normal("完成率x10分，1x2"), "完成率×10分，1×2");
        assert_eq!(normal("XXX指标"), "XXX指标");
        assert_eq!(normal("“优秀”得 5 分"), "优秀得5分");
    }

    #[test]
    fn gaps_that_mean_something_stay() {
        assert_eq!(normal("得1 0分"), "得1 0分");
        assert_eq!(normal("扣0. 1分"), "扣0.1分");
        assert_eq!(normal("甲得5分\n乙得3分"), "甲得5分;乙得3分");
        assert_eq!(normal("甲\n2.乙"), "甲;2.乙");
    }

    #[test]
    fn the_way_back() {
        let sentence = "＞＝ ９５％ 得“满 分”";
        let normal = Normal::new(sentence);
        assert_eq!(normal.text, "≥95%得满分");
        assert_eq!(&sentence[normal.original(&(0..6))], "＞＝ ９５％");
        assert_eq!(&sentence[normal.original(&(9..15))], "满 分");
    }
}
