//! XML parts, parsed within limits.

use roxmltree::{Document, Node};

use super::super::Refused;
use super::refused;

/// The deepest nesting of elements: the parser and the readers go down by recursion.
const DEPTH: usize = 128;

/// Parses a part.
///
/// # Errors
/// Elements nested too deep, document type definitions, faults of syntax.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Refused> {
    if is_deep(text, DEPTH) {
        return refused("文件里的内容嵌套太深，不像是正常的表。请打开后另存一份再导入。");
    }
    match Document::parse(text) {
        Ok(document) => Ok(document),
        Err(_) => refused("文件坏了，内容读不出来。请用原来的程序打开，另存一份再导入。"),
    }
}

/// Whether elements are nested deeper than this. Tags within comments count; that errs on the
/// safe side.
fn is_deep(text: &str, most: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        let start = at + found + 1;
        let end = tag_end(bytes, start);
        match bytes.get(start) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'?' | b'!') | None => {}
            Some(_) if end > start && bytes[end - 1] == b'/' => {}
            Some(_) => depth += 1,
        }
        if depth > most {
            return true;
        }
        at = end;
    }
    false
}

/// Where the tag that begins here ends: its `>`, or the end of the text. A `>` within quotes is
/// none.
fn tag_end(bytes: &[u8], start: usize) -> usize {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}

/// The name of an element without its namespace: strict and transitional files differ in those.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// An attribute by its name without namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// A number in an attribute; 1 where there is none.
pub(super) fn count(node: Node<'_, '_>, name: &str) -> usize {
    attribute(node, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1)
}

/// The first child of this name.
pub(super) fn child<'a, 'input>(node: Node<'a, 'input>, wanted: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| name(*child) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth() {
        let nested = |depth: usize| format!("{}{}", "<a b='>/'>".repeat(depth), "</a>".repeat(depth));
        assert!(parse(&nested(DEPTH)).is_ok());
        assert!(parse(&nested(DEPTH + 1)).is_err());
        assert!(parse(&format!("<a>{}</a>", "<b c=\"/\"/>".repeat(500))).is_ok());
        assert!(parse("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
    }
}
