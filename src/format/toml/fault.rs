//! What is wrong with a file, in the words of the people who edit it.
//!
//! The parser's English is classified by what stands on the line: most faults of hand-edited
//! files are full-width signs, bare Chinese keys and missing quotes.

use std::ops::Range;

use toml_parser::{Expected, ParseError};

use super::meaning::TABLE_WORDS;
use super::reader::Remark;
use super::scope::Clash;
use super::source::Lines;
use crate::form::field::{FIELDS, Field, Table};
use crate::text::{mark, visible};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The bytes of the text it speaks of, without a byte order mark.
    pub span: Range<usize>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault at a place of a text.
    pub(super) fn at(text: &str, lines: &Lines, span: Range<usize>, told: Told) -> Self {
        let span = clamp(text, span);
        let (line, column) = lines.at(text, span.start);
        Self { line, column, span, message: told.0, hint: told.1 }
    }
}

/// Message and hint.
pub(super) type Told = (String, Option<String>);

fn told(message: impl Into<String>, hint: impl Into<String>) -> Told {
    (message.into(), Some(hint.into()))
}

pub(super) fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// The line a byte stands on, without its end.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..end - usize::from(text[start..end].ends_with('\r'))
}

/// A parser's error as place and words.
pub(super) fn of_error(text: &str, error: &ParseError) -> (Range<usize>, Told) {
    let span = error.unexpected().or(error.context()).map_or(0..0, super::syntax::range);
    let span = clamp(text, span);
    if let Some(found) = control(text, &span, error) {
        return found;
    }
    let line = line_of(text, span.start);
    let in_string = ["basic string", "literal string", "escaped", "unicode", "invalid value"];
    let quiet = in_string.iter().any(|word| error.description().contains(word));
    let shape = if quiet { None } else { shape(&text[line.clone()]) };
    match shape {
        Some((place, told)) => (line.start + place.start..line.start + place.end, told),
        None if is_no_value(&text[span.start..line.end.max(span.start)], error) => {
            (span, told("等号后面没有值", "没有内容时写 \"\"。"))
        }
        None => (widen(text, span, error), of_description(error)),
    }
}

/// The parser takes nothing at all for a text without quotes.
fn is_no_value(rest: &str, error: &ParseError) -> bool {
    let rest = rest.trim_start();
    error.description().contains("must be quoted") && (rest.is_empty() || rest.starts_with('#'))
}

/// An empty span at a word takes the word, so that the caret has something to point at.
fn widen(text: &str, span: Range<usize>, error: &ParseError) -> Range<usize> {
    if !span.is_empty() || error.description().contains("string") {
        return span;
    }
    let word = |c: char| c.is_whitespace() || c == '#';
    let len = text[span.start..].find(word).unwrap_or(text.len() - span.start);
    span.start..span.start + len
}

fn control(text: &str, span: &Range<usize>, error: &ParseError) -> Option<(Range<usize>, Told)> {
    let lone_cr = error.description().contains("carriage return");
    let at = if lone_cr { text[..span.end].rfind('\r')? } else { span.start };
    let c = text[at..].chars().next().filter(|c| c.is_control() && !matches!(c, '\t' | '\n'))?;
    if c == '\r' && text[at..].starts_with("\r\n") {
        return None;
    }
    let message = format!("这里有看不见的控制字符 {}", mark(c));
    let hint = "请删掉它；文字里确实要有时，在双引号里写成 \\u 加四位十六进制数。";
    Some((at..at + c.len_utf8(), told(message, hint)))
}

/// What the look of a line says. Places are within the line.
fn shape(line: &str) -> Option<(Range<usize>, Told)> {
    let indent = line.len() - line.trim_start().len();
    let body = line.trim_start();
    if let Some(c) = body.chars().next().filter(|c| "【［〔「".contains(*c)) {
        let hint = "表头用英文方括号：每条指标 [[indicator]]，其他 [budget]、[sign_off]。";
        return Some((indent..indent + c.len_utf8(), told("表头的方括号是全角的", hint)));
    }
    let (wide, plain) = (body.find('＝'), body.find('='));
    if let Some(at) = wide.filter(|at| plain.is_none_or(|plain| *at < plain)) {
        let place = indent + at..indent + at + '＝'.len_utf8();
        return Some((place, told("等号是全角的“＝”", format!("请改成英文的 =。{}", key_hint(&body[..at])))));
    }
    curly(body, plain, indent)
        .or_else(|| bare_key(body, plain, indent))
        .or_else(|| colon(body, plain, indent))
}

fn curly(body: &str, equals: Option<usize>, indent: usize) -> Option<(Range<usize>, Told)> {
    let after = equals? + 1;
    let value = body[after..].trim_start();
    let at = indent + body.len() - value.len();
    let quote = value.chars().next().filter(|c| "“”‘’＂「『".contains(*c))?;
    let hint = "引号要用英文的 \" \"；正文里面的“ ”可以照旧。";
    Some((at..at + quote.len_utf8(), told(format!("引号 {quote} 是中文的"), hint)))
}

fn bare_key(body: &str, equals: Option<usize>, indent: usize) -> Option<(Range<usize>, Told)> {
    let key = match body.strip_prefix('[') {
        Some(_) => body.trim_matches(['[', ']', ' ', '\r']),
        None => body[..equals?].trim_end(),
    };
    let at = indent + body.find(key)?;
    if key.is_ascii() || key.contains(['"', '\'', '.']) {
        return None;
    }
    let shown = visible(key);
    let told = match body.starts_with('[') {
        true => told(format!("表名“{shown}”没有加引号"), format!("中文表名要加引号。{}", key_hint(key))),
        false => {
            let hint = format!("中文键名要加引号，写成 \"{shown}\" = …。{}", key_hint(key));
            told(format!("键名“{shown}”没有加引号"), hint)
        }
    };
    Some((at..at + key.len(), told))
}

/// Which ASCII key a Chinese one means, where it can be told.
fn key_hint(key: &str) -> String {
    let key = crate::text::compact(key);
    let fits = |label: &str| {
        let label = crate::text::compact(label);
        label == key || label.replace("(单位)", "") == key
    };
    let known = FIELDS.iter().find(|info| fits(info.label)).map(|info| info.key);
    let table = TABLE_WORDS.iter().find(|(word, _)| *word == key).map(|(_, table)| match table {
        Table::Indicator => format!("[[{}]]", table.key()),
        _ => format!("[{}]", table.key()),
    });
    match (known, table) {
        (Some(known), _) => format!("本程序用英文键名，这一项是 {known}。"),
        (_, Some(header)) => format!("本程序用英文表头，这里是 {header}。"),
        _ => String::new(),
    }
}

fn colon(body: &str, equals: Option<usize>, indent: usize) -> Option<(Range<usize>, Told)> {
    let at = body.find([':', '：'])?;
    let key = body[..at].trim();
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace) && !key.contains(['"', '\'', '[']);
    if equals.is_some() || !is_key || body.starts_with('#') {
        return None;
    }
    let len = body[at..].chars().next().map_or(1, char::len_utf8);
    let hint = format!("键和值之间用 =，如 name = \"…\"。{}", key_hint(key));
    Some((indent + at..indent + at + len, told("键和值之间写的是冒号", hint)))
}

/// The parser's own words, translated; the first line whose word occurs in the description.
const WORDS: &[(&str, &str, &str)] = &[
    ("string values must be quoted", "值没有加引号", "文字要放在英文双引号里，如 name = \"…\"；数字用半角。"),
    (
        "missing escaped value",
        "反斜杠后面的字符不对",
        "文字里的反斜杠要写两个：\\\\；或者整段改用英文单引号。",
    ),
    ("invalid value, expected unicode", "\\u 后面的数不是一个字符", "反斜杠本身要写两个：\\\\。"),
    ("unicode", "\\u 后面要有四位十六进制数（\\U 八位）", "反斜杠本身要写两个：\\\\。"),
    ("invalid date", "日期不存在或写法不对", "日期写成 2025-12-12；拿不准时放在引号里。"),
    ("multi-line", "三引号的文字没有结束", "在文字末尾补上三个引号 \"\"\"。"),
    ("basic string", "引号没有配对", "在文字末尾补上英文双引号；文字里面的双引号写成 \\\"。"),
    ("literal string", "单引号没有配对", "在文字末尾补上英文单引号。"),
    ("invalid unquoted key", "键名里有不能用的字符", "键名只用英文字母、数字、- 和 _；别的要加引号。"),
    ("unquoted keys cannot be empty", "等号前面没有键名", "在等号前写上键名，如 name = \"…\"。"),
    ("key with no value", "这一行没有等号", "每一行写成 键 = 值；说明文字前面加 #。"),
    (
        "unexpected key or value",
        "值后面有多余的内容",
        "一行只写一项；说明文字前面加 #；文字要整个放在引号里。",
    ),
    ("between comment", "注释后面有多余的内容", "一行注释写到行末为止。"),
    ("unclosed array table", "表头的方括号没有配对", "指标的表头写成 [[indicator]]。"),
    ("unclosed table", "表头的方括号没有配对", "表头写成 [sign_off] 这样。"),
    ("missing table open", "表头少了左方括号", "表头写成 [sign_off] 或 [[indicator]]。"),
    ("missing array opening", "方括号没有配对", "检查这一行的 [ 和 ]。"),
    ("unclosed array", "数组的方括号没有配对", "在最后一项后面补上 ]。"),
    ("unclosed inline table", "花括号没有配对", "在最后一项后面补上 }。"),
    ("inline table opening", "花括号没有配对", "检查这一行的 { 和 }。"),
    ("comma", "逗号的位置不对", "各项之间用一个英文逗号隔开。"),
    ("inline table element", "花括号里少了键名", "花括号里写成 { 键 = 值, 键 = 值 }。"),
    ("assignment", "花括号里的等号不对", "花括号里写成 { 键 = 值, 键 = 值 }。"),
    ("extra `=`", "多了一个等号", "每一行只有一个等号；文字要放在引号里。"),
    ("`=` in array", "数组里有等号", "数组里只写值，用英文逗号隔开。"),
    ("leading zero", "数字不能以 0 开头", "电话、编号这样的数字请放在英文双引号里。"),
    ("recurs", "括号套得太深", "表格文件用不到这么多层，请检查括号。"),
    ("invalid table", "表头里没有名字", "表头写成 [sign_off] 或 [[indicator]]。"),
    ("invalid key-value pair", "行首的符号不对", "每一行写成 键 = 值；说明文字前面加 #。"),
    ("comment character", "注释里有看不见的控制字符", "请删掉它。"),
];

fn of_description(error: &ParseError) -> Told {
    let english = english(error);
    match WORDS.iter().find(|(word, ..)| english.contains(word)) {
        Some((_, message, hint)) => told(*message, *hint),
        None => (format!("这里的写法不对（{}）", visible(&english)), None),
    }
}

fn english(error: &ParseError) -> String {
    let names = error.expected().unwrap_or_default().iter().map(|expected| match expected {
        Expected::Literal("\n") => "newline",
        Expected::Literal(name) | Expected::Description(name) => name,
        _ => "something else",
    });
    let names: Vec<&str> = names.collect();
    match names.is_empty() {
        true => error.description().to_owned(),
        false => format!("{}, expected {}", error.description(), names.join(", ")),
    }
}

/// A text that begins with three quotes and swallows what follows.
pub(super) fn unclosed(what: &str) -> Told {
    let missing = match what {
        "方括号" => "]",
        "花括号" => "}",
        _ => "三个引号 \"\"\"",
    };
    told(format!("从这里开始的{what}没有结束"), format!("在它的末尾补上{missing}。"))
}

/// A name that was given before.
pub(super) fn of_clash(text: &str, lines: &Lines, clash: &Clash) -> Told {
    let (line, _) = lines.at(text, clamp(text, clash.first..clash.first).start);
    let name = visible(&clash.name);
    if clash.name == Table::Indicator.key() {
        let hint = "每条指标的表头都写成 [[indicator]]，两层方括号。";
        return told(format!("“{name}”在第 {line} 行已经写过，写法不同"), hint);
    }
    told(format!("“{name}”写了两次，第 {line} 行已经有了"), "请留下一处，删掉另一处。")
}

/// What the reader found, where it is a fault.
pub(super) fn of_remark(remark: &Remark, limits: &super::Limits) -> Option<Told> {
    match remark {
        Remark::Schema => Some(told("schema 应是从 1 开始的整数", "本程序的文件写 schema = 1。")),
        Remark::Rows => Some(told(
            format!("指标超过 {} 条", limits.rows),
            "一张表用不到这么多；请检查文件，或分成几个文件。",
        )),
        Remark::Long(field, len) => Some(told(
            format!("“{}”有 {} KB，超过 {} KB", field.label(), len / 1024, limits.field_bytes / 1024),
            "请检查是不是误贴了别的内容。",
        )),
        Remark::WrongType(..) | Remark::NoTable(..) => None,
    }
}

/// What the reader found, where it is a note.
pub(super) fn note_of(remark: &Remark) -> Option<String> {
    match remark {
        Remark::WrongType(field, what) => {
            Some(format!("“{}”应是一段文字，文件里是{what}；这一项先空着，原文保留", full_name(*field)))
        }
        Remark::NoTable(table, what) => {
            Some(format!("{} 应是一个表，文件里是{what}；没有读，原文保留", table.key()))
        }
        _ => None,
    }
}

fn full_name(field: Field) -> String {
    format!("{} {}", field.label(), field.info().key)
}
