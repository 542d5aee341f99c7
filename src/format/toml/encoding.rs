//! Bytes as text, or what the bytes are instead.

use std::borrow::Cow;
use std::ops::Range;

/// The beginning of a UTF-8 file as Windows editors write it.
pub(super) const BOM: &str = "\u{feff}";

/// Bytes that are no text of a form.
#[derive(Debug)]
pub(super) struct NoText {
    pub(super) message: String,
    pub(super) hint: &'static str,
    /// The text with the unreadable bytes replaced, where most of it is readable.
    pub(super) lossy: Option<String>,
    /// The first bad byte.
    pub(super) span: Range<usize>,
}

const TO_UTF8: &str = "请另存为 UTF-8，或用 jixiao import 导入。";
const IMPORT: &str = "表格和文档请用 jixiao import 导入。";
const HISTORY: &str = "请用历史里的上一版打开。";

/// Files that people take for a form, by how they begin.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "这是压缩格式的文件（xlsx、docx、zip 之类），不是 TOML 文本", IMPORT),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "这是旧版 Office 或 WPS 文件（xls、doc、et、wps），不是 TOML 文本",
        IMPORT,
    ),
    (b"%PDF", "这是 PDF 文件，不是 TOML 文本", "请找到原来的表格或文档，用 jixiao import 导入。"),
    (b"{\\rtf", "这是 RTF 文档，不是 TOML 文本", "请另存为 docx，再用 jixiao import 导入。"),
    (b"\xff\xfe", "文件的编码是 UTF-16（小端），不是 UTF-8", TO_UTF8),
    (b"\xfe\xff", "文件的编码是 UTF-16（大端），不是 UTF-8", TO_UTF8),
];

/// The text without its byte order mark, and whether it had one.
pub(super) fn decode(bytes: Cow<'_, [u8]>) -> Result<(bool, Cow<'_, str>), NoText> {
    if let Some((_, message, hint)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(no_text(message.to_string(), hint));
    }
    if let Some(fault) = zeros(&bytes) {
        return Err(fault);
    }
    match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix(BOM).map_or((false, text.into()), |text| (true, text.into()))),
            Err(error) => Err(not_utf8(bytes, error)),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(mut text) => {
                let bom = text.starts_with(BOM);
                text.drain(..if bom { BOM.len() } else { 0 });
                Ok((bom, text.into()))
            }
            Err(error) => Err(not_utf8(error.as_bytes(), error.utf8_error())),
        },
    }
}

fn no_text(message: String, hint: &'static str) -> NoText {
    NoText { message, hint, lossy: None, span: 0..0 }
}

/// Zero bytes: nothing but them after a power cut, every second one in UTF-16, some in programs.
fn zeros(bytes: &[u8]) -> Option<NoText> {
    if !bytes.contains(&0) {
        return None;
    }
    let count = bytes.iter().filter(|&&byte| byte == 0).count();
    let at = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let message = match count {
        _ if count == bytes.len() => {
            let message = "文件里全是零字节，多半是断电时没有存完";
            return Some(no_text(message.to_owned(), HISTORY));
        }
        _ if at(1) * 10 > count * 9 && at(1) * 5 > bytes.len() => "文件的编码是 UTF-16（小端），不是 UTF-8",
        _ if at(0) * 10 > count * 9 && at(0) * 5 > bytes.len() => "文件的编码是 UTF-16（大端），不是 UTF-8",
        _ if count * 20 > bytes.len() => {
            return Some(no_text("这是二进制文件，不是 TOML 文本".to_owned(), IMPORT));
        }
        _ => return None,
    };
    Some(no_text(message.to_owned(), TO_UTF8))
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> NoText {
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let good = lossy.chars().filter(|c| ('\u{2e80}'..='\u{ffef}').contains(c)).count();
    let is_cut = error.error_len().is_none();
    if !is_cut && bad > good && is_gb18030(bytes) {
        return no_text("文件的编码是 GBK（GB18030），不是 UTF-8".to_owned(), TO_UTF8);
    }
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let (message, hint) = match is_cut {
        true => ("文件在一个字的中间断了，没有存完".to_owned(), HISTORY),
        false => (format!("字节 0x{byte:02X} 不是 UTF-8 文字，文件的编码不对或已损坏"), TO_UTF8),
    };
    let readable = bad * 20 < lossy.chars().count();
    let lossy = readable.then(|| lossy.strip_prefix(BOM).unwrap_or(&lossy).to_owned());
    let at = if bytes.starts_with(BOM.as_bytes()) { at.saturating_sub(BOM.len()) } else { at };
    NoText { message, hint, lossy, span: at..at }
}

fn is_gb18030(bytes: &[u8]) -> bool {
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}
