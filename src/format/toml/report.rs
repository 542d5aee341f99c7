//! Faults with the line they stand on and a caret under the place.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::fault::Fault;
use crate::text::{is_unsafe, mark, visible};

/// Faults shown in full; the others are counted.
const SHOWN: usize = 20;
/// Characters of a long line shown on each side of the place.
const AROUND: usize = 60;

/// All faults of a file. `path` and everything of the text is made harmless for a terminal.
pub(super) fn report(text: &str, faults: &[Fault], path: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let path = visible(path);
    let one = |fault: &Fault| with_place(&renderer.render(&[group(text, fault)]), fault, &path);
    let mut parts: Vec<String> = faults.iter().take(SHOWN).map(one).collect();
    if faults.len() > SHOWN {
        parts.push(format!("另有 {} 处，改好前面的再看。", faults.len() - SHOWN));
    }
    parts.join("\n\n")
}

fn group<'a>(text: &str, fault: &'a Fault) -> Group<'a> {
    let mut group = Group::with_title(Level::ERROR.with_name("错误").primary_title(fault.message.as_str()));
    if let Some((line, span)) = excerpt(text, fault.span.clone()) {
        let mark = AnnotationKind::Primary.span(span);
        group = group.element(Snippet::source(line).line_start(fault.line).annotation(mark));
    }
    match &fault.hint {
        Some(hint) => group.element(Level::HELP.with_name("办法").message(hint.as_str())),
        None => group,
    }
}

/// The place goes in by hand: the renderer would count columns in the excerpt, where marks and a
/// cut have moved them.
fn with_place(rendered: &str, fault: &Fault, path: &str) -> String {
    let (title, rest) = rendered.split_once('\n').unwrap_or((rendered, ""));
    let gutter = " ".repeat(fault.line.to_string().len());
    let place = format!("{gutter}--> {path}:{}:{}", fault.line, fault.column);
    [title, place.as_str(), rest].join("\n").trim_end().to_owned()
}

/// The line of a place, or its part around the place, with unsafe characters as marks, and the
/// place in it.
pub(super) fn excerpt(text: &str, span: Range<usize>) -> Option<(String, Range<usize>)> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let line = text[start..end].trim_end_matches('\r');
    let from = span.start.min(start + line.len());
    let to = span.end.clamp(from, start + line.len());
    let before = last_chars(&text[start..from], AROUND);
    let place = first_chars(&text[from..to], AROUND);
    let after = first_chars(&text[to..start + line.len()], AROUND);
    let mut shown = String::new();
    push(&mut shown, before, before.len() < from - start);
    let caret = shown.len();
    push(&mut shown, place, false);
    let caret = caret..shown.len();
    push(&mut shown, after, false);
    (!text.is_empty()).then_some((shown, caret))
}

fn push(shown: &mut String, text: &str, is_cut: bool) {
    if is_cut {
        shown.push_str("...");
    }
    for c in text.chars() {
        match c {
            '\t' => shown.push(' '),
            c if is_unsafe(c) => shown.push_str(&mark(c)),
            c => shown.push(c),
        }
    }
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}
