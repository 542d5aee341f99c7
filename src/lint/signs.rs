//! What occurs in a text, found out in one pass: a check that looks for what is not there need not
//! search. Most cells are free of nearly all of it.

use std::ops::BitOr;

use crate::text;

/// Things that may occur in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs(u16);

impl Signs {
    /// A control character or another that a terminal must not see, except a line feed.
    pub(super) const UNSAFE: Self = Self(1);
    /// A line feed.
    pub(super) const LINE_FEED: Self = Self(1 << 1);
    /// White space.
    pub(super) const BLANK: Self = Self(1 << 2);
    /// A bracket or a quotation mark that comes in pairs.
    pub(super) const PAIR: Self = Self(1 << 3);
    /// A half-width mark: , ; : ? ! . ( ).
    pub(super) const HALF_MARK: Self = Self(1 << 4);
    /// `<` or `&`.
    pub(super) const MARKUP: Self = Self(1 << 5);
    /// What templates fill cells with: * x × _ □.
    const FILLER: Self = Self(1 << 6);
    /// 年
    pub(super) const YEAR: Self = Self(1 << 7);
    /// `…`, or a character of every phrase that only a template says.
    pub(super) const TEMPLATE: Self = Self(1 << 8);
    /// Two of the marks 、，：；。 in a row.
    pub(super) const DOUBLED_MARK: Self = Self(1 << 9);
    /// A character twice in a row.
    pub(super) const TWICE: Self = Self(1 << 10);
    /// Two characters twice in a row: 开展开展.
    pub(super) const ECHO: Self = Self(1 << 11);
    /// A numeral before what may follow the number of an item: 1. （一） 二、 三是.
    pub(super) const NUMBER: Self = Self(1 << 12);
    /// Two of what templates fill cells with in a row: XX.
    pub(super) const FILLERS: Self = Self(1 << 13);
    const NUMERAL: Self = Self(1 << 14);
    /// One of the marks 、，：；。
    const MARK: Self = Self(1 << 15);

    /// What occurs in a text.
    pub(super) fn of(text: &str) -> Self {
        let (mut signs, mut joined, mut previous) = (Self(0), Self(0), Self(0));
        // The last two characters, none at first, and whether the last was that before the one before it.
        let (mut last, mut before, mut again) = (u32::MAX, u32::MAX, false);
        let (mut twice, mut echo) = (false, false);
        for c in text.chars() {
            let (own, joins) = Self::of_char(c);
            signs = signs | own;
            joined = Self(joined.0 | joins.0 & previous.0);
            previous = own;
            let c = u32::from(c);
            twice |= c == last;
            let recurs = c == before;
            echo |= recurs && again;
            (before, last, again) = (last, c, recurs);
        }
        let found = |is: bool, sign: Self| if is { sign } else { Self(0) };
        signs
            | found(joined.has(Self::MARK), Self::DOUBLED_MARK)
            | found(joined.has(Self::FILLER), Self::FILLERS)
            | found(joined.has(Self::NUMERAL), Self::NUMBER)
            | found(twice, Self::TWICE)
            | found(echo, Self::ECHO)
    }

    /// Whether any of these occur.
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// What a character is, and what must stand before it that both together are more.
    fn of_char(c: char) -> (Self, Self) {
        const NONE: Signs = Signs(0);
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            return match c {
                '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
                    (Self::NUMERAL, NONE)
                }
                '填' | '输' | '择' | '补' | '待' => (Self::TEMPLATE, NONE),
                '年' => (Self::YEAR, NONE),
                '是' => (NONE, Self::NUMERAL),
                _ => (NONE, NONE),
            };
        }
        match c {
            '0'..='9' => (Self::NUMERAL, NONE),
            '\n' => (Self::LINE_FEED | Self::BLANK, NONE),
            ' ' | '\u{3000}' => (Self::BLANK, NONE),
            '、' => (Self::MARK, Self::MARK | Self::NUMERAL),
            '，' | '：' | '；' | '。' => (Self::MARK, Self::MARK),
            '(' => (Self::PAIR | Self::HALF_MARK, NONE),
            ')' => (Self::PAIR | Self::HALF_MARK, Self::NUMERAL),
            '）' => (Self::PAIR, Self::NUMERAL),
            '[' | ']' | '（' | '【' | '】' | '〔' | '〕' | '《' | '》' | '“' | '”' | '「' | '」' | '『'
            | '』' => (Self::PAIR, NONE),
            '.' => (Self::HALF_MARK, Self::NUMERAL),
            ',' | ';' | ':' | '?' | '!' => (Self::HALF_MARK, NONE),
            '．' => (NONE, Self::NUMERAL),
            '<' | '&' => (Self::MARKUP, NONE),
            '…' => (Self::TEMPLATE, NONE),
            '□' | '×' => (Self::FILLER, Self::FILLER),
            _ if matches!(text::halfwidth_char(c), '*' | 'x' | 'X' | '_') => (Self::FILLER, Self::FILLER),
            _ if c.is_ascii_graphic() => (NONE, NONE),
            _ => {
                let is_unsafe = if text::is_unsafe(c) { Self::UNSAFE } else { NONE };
                (is_unsafe | if c.is_whitespace() { Self::BLANK } else { NONE }, NONE)
            }
        }
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sign_for_what_occurs() {
        for (text, signs) in [
            ("农村道路巡查次数", Signs::default()),
            ("甲\t乙", Signs::UNSAFE | Signs::BLANK),
            ("甲\n乙", Signs::LINE_FEED | Signs::BLANK),
            ("一、开展", Signs::NUMERAL | Signs::NUMBER | Signs::MARK),
            ("开展开展", Signs::ECHO),
            ("人大人", Signs::default()),
            ("的的", Signs::TWICE),
            ("好，。", Signs::MARK | Signs::DOUBLED_MARK),
            ("好，吗。", Signs::MARK),
            ("在×村", Signs::FILLER),
            ("20ＸX年", Signs::FILLER | Signs::FILLERS | Signs::NUMERAL | Signs::YEAR),
            ("请填写", Signs::TEMPLATE),
            ("<b>", Signs::MARKUP),
        ] {
            assert_eq!(Signs::of(text), signs, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_sign_is_missed(text in "([一二填（）“”，。、：；,.!?()…*xX×_□<& \n\t]|\\PC|\\p{C}){0,30}") {
            let signs = Signs::of(&text);
            let any = |test: fn(char) -> bool| text.chars().any(test);
            prop_assert_eq!(signs.has(Signs::UNSAFE), any(|c| text::is_unsafe(c) && c != '\n'));
            prop_assert_eq!(signs.has(Signs::BLANK), any(char::is_whitespace));
            prop_assert_eq!(signs.has(Signs::FILLER), any(crate::lint::placeholder::is_filler));
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(signs.has(Signs::TWICE), chars.windows(2).any(|pair| pair[0] == pair[1]));
            prop_assert_eq!(signs.has(Signs::ECHO), chars.windows(4).any(|four| four[..2] == four[2..]));
        }
    }
}
