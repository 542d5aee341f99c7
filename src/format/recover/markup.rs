//! HTML that a web page left in cells: tags to paragraphs, entities to characters.

/// The text without markup, trimmed, and whether there was any. `<` before anything but a known
/// tag stays: `<60%` is a value.
pub(super) fn clean(text: &str) -> (String, bool) {
    if !text.contains(['<', '&']) {
        return (tidy(text), false);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        let tail = &rest[at..];
        let taken = match tail.starts_with('<') {
            true => tag(tail).map(|(length, breaks)| (length, if breaks { "\n" } else { "" }.to_owned())),
            false => entity(tail).map(|(length, c)| (length, c.to_string())),
        };
        let (length, replacement) = taken.unwrap_or_else(|| (1, tail[..1].to_owned()));
        found |= length > 1;
        plain.push_str(&replacement);
        rest = &tail[length..];
    }
    plain.push_str(rest);
    match found {
        true => (paragraphs(&plain), true),
        false => (tidy(&plain), false),
    }
}

/// Line ends as line feeds, nothing around the text.
fn tidy(text: &str) -> String {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match trimmed.contains('\r') {
        true => trimmed.replace("\r\n", "\n").replace('\r', "\n"),
        false => trimmed.to_owned(),
    }
}

fn paragraphs(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Length of the known tag at the start of the text, and whether it separates paragraphs.
fn tag(text: &str) -> Option<(usize, bool)> {
    const LONGEST: usize = 2_000;
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let start = if window.get(1) == Some(&b'/') { 2 } else { 1 };
    let name = window.get(start..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let after = start + name;
    let breaks = match text.get(start..after)?.to_ascii_lowercase().as_str() {
        "p" | "br" | "div" | "li" | "ul" | "ol" | "tr" | "td" | "th" | "table" | "tbody" | "h1" | "h2"
        | "h3" | "h4" => true,
        "span" | "b" | "i" | "u" | "font" | "strong" | "em" | "a" | "sup" | "sub" | "o" | "st1" => false,
        _ => return None,
    };
    if !matches!(window.get(after)?, b'>' | b'/' | b':' | b' ' | b'\t' | b'\n' | b'\r') {
        return None;
    }
    // A second `<` before the end means that this one opened nothing, and keeps the scan linear.
    let end = window[after..].iter().position(|b| matches!(b, b'>' | b'<'))?;
    (window[after + end] == b'>').then_some((after + end + 1, breaks))
}

/// Length of the known entity at the start of the text, and its character.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let c = match text.get(1..end)? {
        "nbsp" | "ensp" | "emsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ge" => '≥',
        "le" => '≤',
        "times" => '×',
        "divide" => '÷',
        "middot" => '·',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "permil" => '‰',
        name => numbered(name.strip_prefix('#')?)?,
    };
    Some((end + 1, c))
}

fn numbered(code: &str) -> Option<char> {
    let value = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(value).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_paragraphs() {
        let cleaned = |text: &str| clean(text).0;
        assert_eq!(cleaned("<p>（一）甲。</p> <p>（二）乙&nbsp;丙。</p>"), "（一）甲。\n（二）乙 丙。");
        assert_eq!(cleaned("甲<br/>乙<BR>丙"), "甲\n乙\n丙");
        assert_eq!(cleaned(r#"<p style="text-indent:2em"><span>甲</span></p>"#), "甲");
        assert_eq!(cleaned("&ge;95&#37;"), "≥95%");
    }

    #[test]
    fn signs_stay() {
        for text in ["<60%", "得分<5分，>3分", "A&B", "&;", "<p", "<", "&#0;", "<b", "x <pq> y", "</"] {
            assert_eq!(clean(text), (text.to_owned(), false));
        }
        assert_eq!(clean(" 甲\r\n乙 ").0, "甲\n乙");
    }
}
