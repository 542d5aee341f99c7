//! Documents in: every table and every paragraph outside of tables, in the order of the text.
//!
//! A table within a cell follows the row that holds it, so a form that stands in a frame is
//! read. Deleted text of tracked changes is left out, inserted text is read.

use roxmltree::Node;

use super::super::recover::{Cell, Grid, MAX_COLUMNS, MAX_ROWS, Row};
use super::super::{Note, Part, Refused, Source};
use super::package::Package;
use super::xml::{self, attribute, child, count, name};

const MAIN: &str = "word/document.xml";

pub(super) fn read(package: &mut Package<'_>) -> Result<Source, Refused> {
    let main = main_part(package).unwrap_or_else(|| MAIN.to_owned());
    let text = package.text(&main)?;
    let document = xml::parse(&text)?;
    let mut reader = Reader::default();
    if let Some(body) = child(document.root_element(), "body") {
        reader.block(body);
    }
    let mut notes = Vec::new();
    if reader.rows.len() > MAX_ROWS {
        reader.rows.truncate(MAX_ROWS);
        notes.push(Note::new("cut", None, format!("文件太长，第{MAX_ROWS}行以后没有读")));
    }
    Ok(Source { parts: vec![Part { name: None, grid: Grid { rows: reader.rows } }], notes })
}

/// The name of the main part as the package tells it.
fn main_part(package: &mut Package<'_>) -> Option<String> {
    let text = package.text("_rels/.rels").ok()?;
    let relations = xml::parse(&text).ok()?;
    let is_main =
        |node: &Node<'_, '_>| attribute(*node, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
    let target = relations.root_element().children().find(is_main).and_then(|node| attribute(node, "Target"));
    target.map(|target| target.trim_start_matches('/').to_owned()).filter(|target| package.has(target))
}

/// What is never shown: deleted text, the second telling of a drawing, readings above characters.
fn is_hidden(node: Node<'_, '_>) -> bool {
    matches!(name(node), "del" | "moveFrom" | "Fallback" | "rt" | "instrText" | "delText")
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
}

impl Reader {
    fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { cells, line: self.rows.len() + 1 });
    }

    /// Paragraphs and tables of a body or of what wraps them.
    fn block(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(|child| child.is_element() && !is_hidden(*child)) {
            match name(child) {
                "tbl" => self.table(child),
                "p" => {
                    let mut text = String::new();
                    inline(child, &mut text);
                    text.split('\n').for_each(|line| self.push(vec![Cell::new(line)]));
                    frames(child).into_iter().for_each(|frame| self.block(frame));
                }
                _ => self.block(child),
            }
        }
    }

    fn table(&mut self, table: Node<'_, '_>) {
        for row in within(table, "tr") {
            let mut cells = Vec::new();
            let properties = child(row, "trPr");
            let before =
                properties.and_then(|node| child(node, "gridBefore")).map_or(0, |node| count(node, "val"));
            cells.extend((0..before.min(MAX_COLUMNS)).map(|_| Cell::default()));
            let mut nested = Vec::new();
            for cell in within(row, "tc") {
                cells.extend(merged(cell, &mut nested));
            }
            self.push(cells);
            nested.into_iter().for_each(|table| self.table(table));
        }
    }
}

/// Elements of this name below a node, through what may wrap them: content controls, insertions.
fn within<'a, 'input>(node: Node<'a, 'input>, wanted: &str) -> Vec<Node<'a, 'input>> {
    let mut found = Vec::new();
    for child in node.children().filter(|child| child.is_element() && !is_hidden(*child)) {
        match name(child) {
            found_name if found_name == wanted => found.push(child),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" | "AlternateContent"
            | "Choice" => {
                found.extend(within(child, wanted));
            }
            _ => {}
        }
    }
    found
}

/// A cell and those that it covers to the right.
fn merged<'a, 'input>(cell: Node<'a, 'input>, nested: &mut Vec<Node<'a, 'input>>) -> Vec<Cell> {
    let properties = child(cell, "tcPr");
    let property = |wanted: &str| properties.and_then(|node| child(node, wanted));
    let span = property("gridSpan").map_or(1, |node| count(node, "val")).clamp(1, MAX_COLUMNS);
    let goes_on = |node: Node<'_, '_>| attribute(node, "val") != Some("restart");
    let is_covered = property("vMerge").is_some_and(goes_on) || property("hMerge").is_some_and(goes_on);
    let mut lines = Vec::new();
    paragraphs(cell, &mut lines, nested);
    let text = lines.join("\n");
    let first = if is_covered { Cell::covered() } else { Cell::new(text.trim_end()) };
    std::iter::once(first).chain((1..span).map(|_| Cell::covered())).collect()
}

/// Paragraphs of a cell, and the tables in it.
fn paragraphs<'a, 'input>(
    node: Node<'a, 'input>,
    lines: &mut Vec<String>,
    nested: &mut Vec<Node<'a, 'input>>,
) {
    for child in node.children().filter(|child| child.is_element() && !is_hidden(*child)) {
        match name(child) {
            "tbl" => nested.push(child),
            "p" => {
                let mut text = String::new();
                inline(child, &mut text);
                lines.push(text);
                frames(child).into_iter().for_each(|frame| paragraphs(frame, lines, nested));
            }
            "tcPr" => {}
            _ => paragraphs(child, lines, nested),
        }
    }
}

/// The contents of the text boxes of a paragraph.
fn frames<'a, 'input>(node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let mut found = Vec::new();
    for child in node.children().filter(|child| child.is_element() && !is_hidden(*child)) {
        match name(child) {
            "txbxContent" => found.push(child),
            _ => found.extend(frames(child)),
        }
    }
    found
}

/// The text of a paragraph, runs put together; text boxes are apart.
fn inline(node: Node<'_, '_>, out: &mut String) {
    for child in node.children().filter(|child| child.is_element() && !is_hidden(*child)) {
        match name(child) {
            "t" => out.push_str(child.text().unwrap_or_default()),
            "br" | "cr" => out.push('\n'),
            "tab" if name(node) == "r" => out.push(' '),
            "noBreakHyphen" => out.push('-'),
            "sym" => out.extend(symbol(child)),
            "txbxContent" | "pPr" | "rPr" => {}
            _ => inline(child, out),
        }
    }
}

/// A character of a symbol font, whose codes are its own.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    match code {
        0xf0b3 => Some('≥'),
        0xf0a3 => Some('≤'),
        0xf0b4 => Some('×'),
        0xf0b9 => Some('≠'),
        0xf03d => Some('='),
        0xf03e => Some('>'),
        0xf03c => Some('<'),
        0xf025 => Some('%'),
        _ => char::from_u32(code),
    }
}
