//! Formats of files: bytes in, a form and notes out; a form in, bytes out. No file is touched here.

mod docx;
mod fill_in;
mod html;
mod markup;
mod office;
pub mod page;
pub mod printed;
pub mod recover;
pub mod rows;
mod spans;
pub mod template;
pub mod text;
pub mod toml;
mod web;
mod xlsx;

use std::borrow::Cow;
use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::form::Form;
use printed::Variant;
use recover::{Grid, Recovered};

/// What a reader had to guess, repair or leave out; never a reason to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable kebab-case code.
    pub code: Cow<'static, str>,
    /// What was done and where it came from, in Chinese.
    pub message: String,
    /// Line of the source, counted from 1.
    pub line: Option<usize>,
}

impl Note {
    /// A note on a line of the source.
    pub fn new(code: &'static str, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into(), line: line.into() }
    }
}

/// Why bytes cannot be imported, in Chinese, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

/// What a reader found in a file, before it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its sheets; a text or document is one.
    pub parts: Vec<Part>,
    /// What was left out or repaired on the way.
    pub notes: Vec<Note>,
}

/// A sheet of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its rows.
    pub grid: Grid,
}

/// The most bytes of a file that is read.
pub const MOST: usize = 32 << 20;

/// Whether the bytes need readers that are not trusted with the program's own memory.
pub fn is_foreign(bytes: &[u8]) -> bool {
    office::is_office(bytes) || web::is_page(bytes)
}

/// Reads the rows out of the bytes of a file: a text of any encoding, a web page, a document, a
/// spreadsheet.
///
/// # Errors
/// [`Refused`] for what cannot be read, and how to save it so that it can.
pub fn source(bytes: &[u8]) -> Result<Source, Refused> {
    if let Some(refused) = office::refusal(bytes) {
        return Err(refused);
    }
    if office::is_office(bytes) {
        return office::read(bytes);
    }
    if web::is_page(bytes) {
        return web::read(bytes);
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    match !utf16 && bytes.contains(&0) {
        true => Err(Refused("这不是文本文件，也不是 Word、Excel 文件，读不出来。".to_owned())),
        false => Ok(text::source(bytes)),
    }
}

/// Understands a source: of the sheets with indicators, that of the whole unit is the form, else
/// that with the most indicators; the others are noted. Answers with the position of that sheet too.
pub fn understand(source: &Source) -> (Recovered, usize) {
    let read: Vec<Recovered> = source.parts.iter().map(|part| recover::recover(&part.grid)).collect();
    let worth = |at: &usize| {
        let (part, count) = (&source.parts[*at], read[*at].form.indicators.len());
        let is_named = part.name.as_ref().is_some_and(|name| name.contains("整体"));
        (count > 0, is_named || recover::is_of_whole_unit(&part.grid), count, Reverse(*at))
    };
    let chosen = (0..read.len()).max_by_key(worth).unwrap_or_default();
    let mut notes = source.notes.clone();
    let mut form = Recovered::default();
    for (at, (part, found)) in source.parts.iter().zip(read).enumerate() {
        if at == chosen {
            form = found;
        } else if !part.grid.rows.is_empty() {
            let name = part.name.as_deref().unwrap_or_default();
            let count = found.form.indicators.len();
            notes.push(Note::new("other-sheet", None, format!("工作表“{name}”没有带入（{count}条指标）")));
        }
    }
    notes.append(&mut form.notes);
    form.notes = notes;
    (form, chosen)
}

/// Reads a form out of the bytes of a file.
///
/// # Errors
/// As [`source`].
pub fn import(bytes: &[u8]) -> Result<Recovered, Refused> {
    source(bytes).map(|source| understand(&source).0)
}

/// A format that forms are written in, beside their own.
#[derive(Debug)]
pub struct Target {
    /// The extension of its files.
    pub extension: &'static str,
    /// What it is, in Chinese.
    pub label: &'static str,
    write: fn(&Form, Variant) -> std::io::Result<Vec<u8>>,
}

/// The formats that forms are written in.
pub const TARGETS: &[Target] = &[
    Target {
        extension: "docx",
        label: "Word 文件，打印上报",
        write: |form, variant| docx::write(&printed::printed(form, variant)),
    },
    Target {
        extension: "xlsx",
        label: "Excel 文件，打印上报",
        write: |form, variant| xlsx::write(&printed::printed(form, variant)),
    },
    Target {
        extension: "html",
        label: "网页，可直接打印",
        write: |form, variant| Ok(html::write(&printed::printed(form, variant)).into_bytes()),
    },
    Target {
        extension: "txt",
        label: "文本，对齐的表",
        write: |form, variant| {
            Ok((page::write(&printed::printed(form, variant), page::Paper::FILE).join("\n") + "\n")
                .into_bytes())
        },
    },
    Target { extension: "csv", label: "表格，每条指标一行", write: |form, _| Ok(rows::csv(form)) },
    Target {
        extension: "jsonl", label: "给程序读，每条指标一行", write: |form, _| Ok(rows::jsonl(form))
    },
];

/// The format of a file with this extension.
pub fn target(extension: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.extension.eq_ignore_ascii_case(extension))
}

impl Target {
    /// The form as a file of this format.
    ///
    /// # Errors
    /// What the packer of the format reports.
    pub fn write(&self, form: &Form, variant: Variant) -> std::io::Result<Vec<u8>> {
        (self.write)(form, variant)
    }
}

/// A spreadsheet to fill in without this program, begun with what the form holds.
///
/// # Errors
/// A cell with more text than a spreadsheet holds.
pub fn fill_in(form: &Form) -> std::io::Result<Vec<u8>> {
    fill_in::write(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_of_the_whole_unit_goes_before_larger_ones_of_projects() {
        let part = |title: &str, rows: usize| {
            let head = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标";
            let rows: String = (1..=rows).map(|at| format!("\t甲{at}\t≥{at}次\n\t")).collect();
            Part { name: None, grid: text::grid(&format!("{title}\n{head}{rows}")) }
        };
        let of = |titles: &[(&str, usize)]| {
            let parts = titles.iter().map(|(title, rows)| part(title, *rows)).collect();
            let (found, chosen) = understand(&Source { parts, notes: Vec::new() });
            (found.form.indicators.len(), chosen)
        };
        let (whole, project) = ("部门整体支出绩效目标表", "项目支出绩效目标表");
        assert_eq!(of(&[(project, 3), (whole, 2), (project, 1)]), (2, 1));
        assert_eq!(of(&[(project, 3), (whole, 0)]), (3, 0));
        assert_eq!(of(&[(project, 1), (project, 3), (project, 3)]), (3, 1));
    }
}
