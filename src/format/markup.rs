//! Text for XML and HTML.

use crate::text::visible_lines;

/// The text with everything escaped that markup would take for itself. Line feeds and tabs stay;
/// characters that XML does not have, and those that turn lines around, are shown as marks.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible_lines(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
