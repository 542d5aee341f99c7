//! Plain text in: any encoding, tabs or commas, pasted from Excel, Word or a web page.
//!
//! Decisions: a separator counts when it makes a head row recognisable; a text without any
//! stays lines, because Chinese prose uses its own comma. A quoted cell must close before a
//! separator or a line end, else the quote is a character. Word pastes one paragraph a line:
//! lines are joined where that makes exactly the row that the head row promises. “Save as text”
//! gives one cell a line: rows are rebuilt around the operators. Spaces separate cells only
//! below a head row that they make recognisable; the empty cells are then lost, and the rows
//! are aligned by what their cells hold.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

mod cells;
mod lines;
mod stream;

use super::{
    Note, Part, Source, page,
    recover::{self, Cell, Grid, Recovered, Row},
};
use crate::form::field::Field;
use cells::Parser;

/// The rows of a text file.
pub fn source(bytes: &[u8]) -> Source {
    let (text, _, notes) = decode(bytes);
    Source { parts: vec![Part { name: None, grid: grid(&text) }], notes }
}

/// Reads a form from the bytes of a text file.
pub fn read(bytes: &[u8]) -> Recovered {
    super::understand(&source(bytes)).0
}

/// Reads pasted rows of a table, with or without a head row; `None` where the text is none.
/// The rows are the indicators of the form that comes back.
pub fn rows(text: &str) -> Option<Recovered> {
    let grid = grid(text);
    if !grid.rows.iter().any(|row| row.cells.len() > 2) {
        return None;
    }
    let recovered = recover::recover(&grid);
    (!recovered.form.indicators.is_empty()).then_some(recovered)
}

/// The text, the name of its encoding, and notes on what could not be read. Control characters
/// stay: the screen escapes them.
pub fn decode(bytes: &[u8]) -> (String, &'static str, Vec<Note>) {
    let (text, encoding, is_broken) = decoded(bytes);
    let mut notes = Vec::new();
    if encoding != UTF_8 {
        notes.push(Note::new("encoding", None, format!("按{}编码读取", encoding.name())));
    }
    if is_broken {
        let message = format!("有些字节不是{}编码的文字，显示为“\u{fffd}”", encoding.name());
        notes.push(Note::new("encoding-broken", None, message));
    }
    (text.into_owned(), encoding.name(), notes)
}

/// The text without its byte order mark; `None` where a byte of it is none of its encoding.
pub fn decode_whole(bytes: &[u8]) -> Option<String> {
    let (text, _, is_broken) = decoded(bytes);
    (!is_broken).then(|| text.into_owned())
}

/// The text, its encoding, and whether it has bytes that are none of it.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding, bool) {
    let (encoding, start) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let (text, is_broken) = encoding.decode_without_bom_handling(&bytes[start..]);
    (text, encoding, is_broken)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let enough = if is_utf8 { bytes.len() / 4 } else { 2 };
    match () {
        () if odd.max(even) >= enough.max(2) && odd > even * 8 => UTF_16LE,
        () if odd.max(even) >= enough.max(2) && even > odd * 8 => UTF_16BE,
        () if is_utf8 => UTF_8,
        () => by_frequency(bytes),
    }
}

/// GBK is promoted to GB18030, which holds all of it.
fn by_frequency(bytes: &[u8]) -> &'static Encoding {
    const ENOUGH: usize = 1 << 20;
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(ENOUGH)], bytes.len() <= ENOUGH);
    match detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow) {
        found if found == GBK => GB18030,
        found => found,
    }
}

/// The cells of a text.
pub fn grid(text: &str) -> Grid {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(grid) = page::read(text) {
        return grid;
    }
    let text = if text.contains(['│', '┃']) {
        Cow::Owned(text.replace(['│', '┃'], "|"))
    } else {
        Cow::Borrowed(text)
    };
    let (grid, separator) = separated(&text);
    match separator {
        None => lines::spaced(&grid).unwrap_or_else(|| lines::rebuilt(grid)),
        Some(b'|') => without_rules(without_emphasis(grid)),
        Some(_) => lines::rejoined(grid),
    }
}

/// The text cut by the separator that fits it.
fn separated(text: &str) -> (Grid, Option<u8>) {
    let used = [b'\t', b',', b';', b'|'].into_iter().filter(|separator| text.as_bytes().contains(separator));
    let grids: Vec<(Grid, u8)> =
        used.map(|separator| (Parser::new(text, separator).grid(), separator)).collect();
    let has_head = |grid: &Grid| grid.rows.iter().any(|row| head_columns(row).is_some());
    let chosen = grids.iter().position(|(grid, _)| has_head(grid));
    let chosen =
        chosen.or_else(|| grids.iter().position(|(grid, separator)| *separator == b'\t' || is_even(grid)));
    match chosen.and_then(|at| grids.into_iter().nth(at)) {
        Some((grid, separator)) => (grid, Some(separator)),
        None => (unseparated(text), None),
    }
}

/// Whether nearly all rows have the same number of cells, three or more.
fn is_even(grid: &Grid) -> bool {
    let mut counts: Vec<usize> =
        grid.rows.iter().map(|row| row.cells.len()).filter(|count| *count > 1).collect();
    counts.sort_unstable();
    let middle = counts.get(counts.len() / 2).copied().unwrap_or_default();
    let same = counts.iter().filter(|count| **count == middle).count();
    middle > 2 && same > 1 && same * 10 >= grid.rows.len() * 9
}

fn unseparated(text: &str) -> Grid {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let row = |(at, line): (usize, &str)| Row { cells: vec![Cell::new(line)], line: at + 1 };
    Grid { rows: unix.split('\n').enumerate().map(row).collect() }
}

fn head_columns(row: &Row) -> Option<Vec<Option<Field>>> {
    if row.cells.len() < 3 || !row.cells.iter().any(|cell| recover::is_header_word(&cell.text)) {
        return None;
    }
    recover::columns(&row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>())
}

/// A table of Markdown, told by its rule: the marks of emphasis and headings are no text.
fn without_emphasis(mut grid: Grid) -> Grid {
    let is_rule = |row: &Row| {
        let mut texts =
            row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).peekable();
        texts.peek().is_some()
            && texts.all(|text| text.contains("--") && text.chars().all(|c| matches!(c, '-' | ':')))
    };
    if !grid.rows.iter().any(|row| row.cells.len() > 2 && is_rule(row)) {
        return grid;
    }
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if cell.text.matches("**").count() % 2 == 0 && cell.text.contains("**") {
            cell.text = cell.text.replace("**", "");
        }
        if let Some(heading) =
            cell.text.trim_start_matches('#').strip_prefix(' ').filter(|_| cell.text.starts_with('#'))
        {
            cell.text = heading.to_owned();
        }
    }
    grid
}

/// A table drawn with bars: its outer bars make empty cells, its rules no rows.
fn without_rules(mut grid: Grid) -> Grid {
    let is_rule = |row: &Row| {
        let mut chars =
            row.cells.iter().flat_map(|cell| cell.text.chars()).filter(|c| !c.is_whitespace()).peekable();
        chars.peek().is_some()
            && chars.all(|c| matches!(c, '-' | '=' | '+' | ':') || ('\u{2500}'..='\u{257f}').contains(&c))
    };
    grid.rows.retain(|row| !is_rule(row));
    let begins_blank = |row: &Row| row.cells.first().is_some_and(|cell| cell.text.trim().is_empty());
    if grid.rows.iter().filter(|row| row.cells.len() > 2).all(begins_blank) {
        for row in grid.rows.iter_mut().filter(|row| row.cells.len() > 1 && begins_blank(row)) {
            row.cells.remove(0);
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "（2026）年度\n示例乡人民政府\n部门（单位）名称\t示例乡人民政府\n\
        一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\t指标解释\t评（扣）分标准\t备注\n\
        产出指标\t数量指标\t巡查\t≥\t48\t次\t巡查的次数\t达到得2分\t\n\
        \t质量指标\t合格率\t≥\t95\t%\t合格的比例\t达到得2分\t\n\
        \t时效指标\t完成时间\t定性\t2026年6月底前\t\t完成的时间\t推迟不得分\t\n\
        满意度指标\t服务对象满意度指标\t群众满意度\t≥\t90\t%\t满意的比例\t达到得10分\t\n\
        单位负责人：乙\n";

    fn same_as_form(recovered: &Recovered) {
        assert_eq!(recovered.form, read(FORM.as_bytes()).form);
        assert_eq!(recovered.form.indicators.len(), 4);
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn encodings() {
        let gbk = encoding_rs::GBK.encode(&FORM.replace('≥', ">=")).0.into_owned();
        for (bytes, name) in [
            (FORM.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{FORM}").into_bytes(), "UTF-8"),
            (GB18030.encode(FORM).0.into_owned(), "gb18030"),
            (gbk, "gb18030"),
            (utf16(FORM, u16::to_le_bytes), "UTF-16LE"),
            (utf16(FORM, u16::to_be_bytes), "UTF-16BE"),
            (utf16(&format!("\u{feff}{FORM}"), u16::to_le_bytes), "UTF-16LE"),
            (utf16(&format!("\u{feff}{FORM}"), u16::to_be_bytes), "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes).1, name);
            same_as_form(&read(&bytes));
        }
    }

    #[test]
    fn broken_bytes_and_controls() {
        let (text, _, notes) = decode(b"a\x1b[2Jb\0c");
        assert_eq!(text, "a\u{1b}[2Jb\0c");
        assert!(notes.is_empty());
        let broken = [FORM.as_bytes(), b"\xff\xfe\xff"].concat();
        assert!(
            decode(&broken).2.iter().any(|note| note.code == "encoding-broken" || note.code == "encoding")
        );
        assert_eq!(decode(b"").0, "");
    }

    #[test]
    fn separators_and_line_ends() {
        same_as_form(&read(FORM.replace('\n', "\r\n").as_bytes()));
        same_as_form(&read(FORM.replace('\n', "\r").as_bytes()));
        same_as_form(&read(FORM.replace('\t', ",").as_bytes()));
        same_as_form(&read(format!("sep=;\r\n{}", FORM.replace('\t', ";")).as_bytes()));
        same_as_form(&read(FORM.trim_end().as_bytes()));
        let bars: String =
            FORM.lines().map(|line| format!("│{}│\n├──┼──┤\n", line.replace('\t', "│"))).collect();
        same_as_form(&read(bars.as_bytes()));
    }

    #[test]
    fn quotes() {
        let cells = |text: &str| {
            let rows = grid(text).rows;
            rows.into_iter()
                .map(|row| row.cells.into_iter().map(|cell| cell.text).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        assert_eq!(cells("\"甲\n\"\"乙\"\"\"\t丙\n丁"), [vec!["甲\n\"乙\"", "丙"], vec!["丁"]]);
        assert_eq!(cells("\"三农\"工作\t丙"), [["\"三农\"工作", "丙"]]);
        assert_eq!(cells("\"甲\t乙\"\t丙"), [["\"甲", "乙\"", "丙"]]);
        assert_eq!(cells("\"没有关上\t乙\n丙"), [vec!["\"没有关上", "乙"], vec!["丙"]]);
        let rows = grid("\"甲\n乙\"\t丙\n丁\t戊").rows;
        assert_eq!((rows[0].line, rows[1].line), (1, 3));
    }

    #[test]
    fn hostile_quotes_take_linear_time() {
        let text = format!("{}x\"y", "\"\n\"\"\"".repeat(200_000));
        let start = std::time::Instant::now();
        grid(&text);
        grid(&text.replace('\n', ",\t"));
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn word_pastes_a_paragraph_a_line() {
        let pasted = FORM.replace("巡查的次数", "巡查\n的次数").replace("达到得10分", "达到\n得10分");
        let recovered = read(pasted.as_bytes());
        assert_eq!(recovered.form.indicators[0].explanation, "巡查\n的次数");
        assert_eq!(recovered.form.indicators[3].rule, "达到\n得10分");
        assert_eq!(recovered.form.indicators.len(), 4);
        assert!(recovered.notes.iter().all(|note| note.code != "left-out"), "{:?}", recovered.notes);
    }

    #[test]
    fn one_cell_a_line() {
        let kept = FORM.replace('\t', "\n");
        same_as_form(&read(kept.as_bytes()));
        let lost: String =
            kept.lines().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
        same_as_form(&read(lost.as_bytes()));
    }

    #[test]
    fn pasted_rows() {
        let body: String = FORM.lines().skip(4).take(4).map(|line| format!("{line}\n")).collect();
        let recovered = rows(&body).expect("rows");
        assert_eq!(recovered.form.indicators, read(FORM.as_bytes()).form.indicators);
        let recovered = rows("巡查\t≥\t48\t次\t巡查的次数\t达到得2分").expect("rows");
        let row = &recovered.form.indicators[0];
        assert_eq!((row.name.as_str(), row.operator.as_str(), row.value.as_str()), ("巡查", "≥", "48"));
        assert_eq!((row.unit.as_str(), row.rule.as_str()), ("次", "达到得2分"));
        let recovered = rows("产出指标\t数量指标\t巡查\t≥48次\t巡查的次数\t达到得2分").expect("rows");
        let row = &recovered.form.indicators[0];
        assert_eq!((row.operator.as_str(), row.value.as_str(), row.unit.as_str()), ("≥", "48", "次"));
        assert_eq!((row.level2.as_str(), row.rule.as_str()), ("数量指标", "达到得2分"));
        for text in ["", "一段话，没有表格。", "甲\t乙", "甲\t乙\t丙"] {
            assert!(rows(text).is_none(), "{text}");
        }
    }
}
