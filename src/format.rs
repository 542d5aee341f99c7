//! Formats of files: bytes in, a form and notes out; a form in, bytes out. No file is touched here.

mod docx;
mod html;
mod markup;
pub mod page;
pub mod printed;
pub mod recover;
pub mod rows;
pub mod template;
pub mod text;
pub mod toml;

use crate::form::Form;
use printed::Variant;

/// What a reader had to guess, repair or leave out; never a reason to stop.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// What was done and where it came from, in Chinese.
    pub message: String,
    /// Line of the source, counted from 1.
    pub line: Option<usize>,
}

impl Note {
    /// A note on a line of the source.
    pub fn new(code: &'static str, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), line: line.into() }
    }
}

/// Why bytes cannot be imported, in Chinese, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

/// What the first bytes of a file say it is, where it is no text.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "这是 Word 或 Excel 文件"),
    (b"\xd0\xcf\x11\xe0", "这是旧式的 Word、Excel 或 WPS 文件"),
    (b"%PDF", "这是 PDF 文件"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
];

/// Reads a form out of the bytes of a text file of any encoding.
///
/// # Errors
/// [`Refused`] for files that are no text.
pub fn import(bytes: &[u8]) -> Result<recover::Recovered, Refused> {
    let known = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let what = match known {
        Some((_, what)) => what,
        None if !utf16 && bytes.contains(&0) => "这不是文本文件",
        None => return Ok(text::read(bytes)),
    };
    Err(Refused(format!("{what}，还不能直接读。请打开后全选、复制，粘贴到记事本另存为 .txt 再导入。")))
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

/// Columns of a page as text.
const PAGE: usize = 120;

/// The formats that forms are written in.
pub const TARGETS: &[Target] = &[
    Target {
        extension: "docx",
        label: "Word 文件，打印上报",
        write: |form, variant| docx::write(&printed::printed(form, variant)),
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
            Ok((page::write(&printed::printed(form, variant), PAGE, crate::text::Policy::Narrow).join("\n")
                + "\n")
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
