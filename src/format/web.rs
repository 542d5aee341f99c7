//! Web pages in: every table, and the lines of text around them, in the order of the page.
//!
//! Also what calls itself `.xls` and is a page, as many systems export it.

use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node};

use super::recover::{Cell, Grid, MAX_ROWS, Row};
use super::spans::Spans;
use super::{Note, Part, Refused, Source, text};

/// The most bytes of a page; its parser takes its time.
const MOST: usize = 4 << 20;
/// The deepest nesting: parser and reader slow down with depth.
const DEPTH: usize = 400;
/// How much of a file is looked at to know that it is a page.
const BEGINNING: usize = 256 << 10;

/// The class of cells in pages of our own whose blanks and line ends are text.
pub(super) const KEPT: &str = "t";

/// Whether the bytes are a page with a table in it. UTF-16 is told by its letters.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let letters: Vec<u8> =
        bytes.iter().take(BEGINNING).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let has = |wanted: &[u8]| letters.windows(wanted.len()).any(|window| window == wanted);
    has(b"<table") && has(b"<tr") && (has(b"<td") || has(b"<th"))
}

/// Reads a page.
///
/// # Errors
/// Pages that are too large or nested too deep.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Refused> {
    if bytes.len() > MOST {
        let message =
            format!("网页太大（超过{}MB）。请只复制表格，粘贴到 Excel 或 WPS 里另存再导入。", MOST >> 20);
        return Err(Refused(message));
    }
    let (page, notes) = decoded(bytes);
    if is_deep(&page) {
        return Err(Refused("网页嵌套太深。请只复制表格，粘贴到 Excel 或 WPS 里另存再导入。".to_owned()));
    }
    let page = Html::parse_document(&page);
    let mut reader = Reader::default();
    reader.block(page.root_element());
    reader.end_line();
    let mut notes = notes;
    if reader.rows.len() > MAX_ROWS {
        reader.rows.truncate(MAX_ROWS);
        notes.push(Note::new("cut", None, format!("网页太长，第{MAX_ROWS}行以后没有读")));
    }
    Ok(Source { parts: vec![Part { name: None, grid: Grid { rows: reader.rows } }], notes })
}

/// The page as text: by the encoding that it names where that fits.
fn decoded(bytes: &[u8]) -> (String, Vec<Note>) {
    let has_mark = Encoding::for_bom(bytes).is_some();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_ascii_lowercase();
    let named = beginning.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(rest.len())]
    });
    let encoding = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    if let Some(encoding) = encoding.filter(|encoding| !has_mark && encoding.is_ascii_compatible()) {
        let (page, is_broken) = encoding.decode_without_bom_handling(bytes);
        if !is_broken {
            return (page.into_owned(), Vec::new());
        }
    }
    let (page, _, notes) = text::decode(bytes);
    (page, notes)
}

/// Whether the open tags of the text, whatever closes them, are more than the page may nest.
fn is_deep(page: &str) -> bool {
    let mut depth = 0_usize;
    for tag in page.split('<').skip(1) {
        let is_closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let is_void = matches!(
            name.as_str(),
            "" | "br"
                | "img"
                | "meta"
                | "link"
                | "input"
                | "hr"
                | "col"
                | "p"
                | "li"
                | "td"
                | "th"
                | "tr"
                | "option"
                | "dd"
                | "dt"
                | "wbr"
                | "base"
                | "area"
                | "source"
        );
        match is_closing {
            _ if is_void => {}
            true => depth = depth.saturating_sub(1),
            false => depth += 1,
        }
        if depth > DEPTH {
            return true;
        }
    }
    false
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// The line of text that is being gathered.
    line: String,
}

impl Reader {
    fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { cells, line: self.rows.len() + 1 });
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.push(vec![Cell::new(words)]);
        }
    }

    fn block(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.line.push_str(text),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    match child.value().name() {
                        "head" | "script" | "style" | "noscript" | "template" => {}
                        "table" => {
                            self.end_line();
                            self.table(child);
                        }
                        name => {
                            let breaks = is_block(name);
                            if breaks {
                                self.end_line();
                            }
                            self.block(child);
                            if breaks {
                                self.end_line();
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn table<'a>(&mut self, table: ElementRef<'a>) {
        let mut spans = Spans::new();
        for row in rows(table) {
            let mut nested = Vec::new();
            let is_cell = |element: &ElementRef<'_>| matches!(element.value().name(), "td" | "th");
            let cell = |cell: ElementRef<'a>| {
                let mut text = String::new();
                gather(cell, &mut text, &mut nested);
                (cell_text(cell, &text), span(cell, "rowspan"), span(cell, "colspan"))
            };
            let cells = spans.row(row.child_elements().filter(is_cell).map(cell));
            self.push(cells);
            nested.into_iter().for_each(|table| self.table(table));
        }
    }
}

fn span(cell: ElementRef<'_>, name: &str) -> usize {
    let number = cell.attr(name).and_then(|text| text.trim().parse().ok());
    number.unwrap_or(1).clamp(1, MAX_ROWS)
}

/// Rows of a table, those of tables in it left out.
fn rows<'a>(table: ElementRef<'a>) -> Vec<ElementRef<'a>> {
    let mut found = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => found.push(child),
            "thead" | "tbody" | "tfoot" => found.extend(rows(child)),
            _ => {}
        }
    }
    found
}

/// The text of a cell, blocks apart, and the tables in it.
fn gather<'a>(element: ElementRef<'a>, out: &mut String, nested: &mut Vec<ElementRef<'a>>) {
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            out.push_str(text);
            continue;
        }
        let Some(child) = ElementRef::wrap(child) else { continue };
        match child.value().name() {
            "table" => nested.push(child),
            "script" | "style" => {}
            "br" => out.push(BREAK),
            name if is_block(name) => {
                end_block(out);
                gather(child, out, nested);
                end_block(out);
            }
            _ => gather(child, out, nested),
        }
    }
}

/// A line break that is meant, while those of the source are blanks.
const BREAK: char = '\u{2028}';

fn end_block(out: &mut String) {
    if !out.is_empty() && !out.ends_with(BREAK) {
        out.push(BREAK);
    }
}

/// A cell's text: blanks of the source are one blank, unless the cell keeps them as they are.
fn cell_text(cell: ElementRef<'_>, gathered: &str) -> String {
    if cell.attr("class").is_some_and(|classes| classes.split(' ').any(|class| class == KEPT)) {
        return gathered.replace(BREAK, "\n");
    }
    let lines = gathered.split(BREAK).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "br"
            | "hr"
            | "center"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "pre"
            | "form"
            | "fieldset"
            | "body"
            | "caption"
            | "title"
    )
}
