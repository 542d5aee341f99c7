//! The printed form as a Word file: A4 landscape, the head row repeated, rows that do not break.
//!
//! Written by hand: the few parts a document needs are less than any library that writes them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::markup::escaped;
use super::printed::{Cell, Column, Printed};

/// Width of the text area of A4 landscape between margins of 12 mm, in twentieths of a point.
const WIDTH: usize = 15_476;
const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
</Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
</Relationships>";
const PARTS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
</Relationships>";

/// The file.
///
/// # Errors
/// What the packer reports; it writes to memory.
pub(super) fn write(printed: &Printed) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time: the same form gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, part) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", PARTS.to_owned()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer()),
        ("word/document.xml", document(printed)),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(HEAD.as_bytes())?;
        zip.write_all(part.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn styles() -> String {
    let fonts = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋\"/>";
    format!(
        "<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"18\"/>\
<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"
    )
}

/// Without a mode Word opens the file as one of an old version.
fn settings() -> String {
    format!(
        "<w:settings {NAMESPACE}><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn footer() -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{name}</w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "<w:ftr {NAMESPACE}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>",
        run("第", ""),
        field("PAGE"),
        run("页　共", ""),
        field("NUMPAGES"),
        run("页", "")
    )
}

fn document(printed: &Printed) -> String {
    let mut out = format!("<w:document {NAMESPACE}><w:body>");
    out += &paragraph(printed.title, "center", "<w:rFonts w:eastAsia=\"黑体\"/><w:sz w:val=\"36\"/>");
    for line in &printed.under {
        out += &paragraph(line, "center", "<w:sz w:val=\"24\"/>");
    }
    out += &about(printed);
    // Without a paragraph between them Word would take two tables for one.
    out += "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>";
    out += &indicators(printed);
    for line in &printed.foot {
        out += &paragraph(&line.join("　　　　　"), "left", "<w:sz w:val=\"21\"/>");
    }
    out += "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>\
<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
<w:pgMar w:top=\"851\" w:right=\"681\" w:bottom=\"851\" w:left=\"681\" w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/>\
</w:sectPr>";
    out + "</w:body></w:document>"
}

fn table(widths: &[usize]) -> String {
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/>\
</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )
}

fn about(printed: &Printed) -> String {
    let widths = [WIDTH * 14 / 100, WIDTH - WIDTH * 14 / 100];
    let mut out = table(&widths);
    for (label, text) in &printed.about {
        out +=
            &format!("<w:tr>{}{}</w:tr>", cell(widths[0], label, true, ""), cell(widths[1], text, false, ""));
    }
    out + "</w:tbl>"
}

fn indicators(printed: &Printed) -> String {
    let widths: Vec<usize> = printed.columns.iter().map(|column| WIDTH * column.width / 100).collect();
    let mut out = table(&widths) + "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (column, width) in printed.columns.iter().zip(&widths) {
        out += &cell(*width, column.head, true, "");
    }
    out += "</w:tr>";
    for row in &printed.rows {
        out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for ((column, of), width) in printed.columns.iter().zip(row).zip(&widths) {
            out += &body_cell(column, of, *width);
        }
        out += "</w:tr>";
    }
    out + "</w:tbl>"
}

fn body_cell(column: &Column, of: &Cell, width: usize) -> String {
    let merge = match of.rows {
        0 => "<w:vMerge/>",
        1 => "",
        _ => "<w:vMerge w:val=\"restart\"/>",
    };
    cell(width, &of.text, column.centred, merge)
}

fn cell(width: usize, text: &str, centred: bool, merge: &str) -> String {
    let align = if centred { "center" } else { "left" };
    let text: String = text.split('\n').map(|line| paragraph(line, align, "")).collect();
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merge}<w:vAlign w:val=\"center\"/></w:tcPr>{text}</w:tc>"
    )
}

fn paragraph(text: &str, align: &str, style: &str) -> String {
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"{align}\"/></w:pPr>{}</w:p>",
        run(text, style)
    )
}

fn run(text: &str, style: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:rPr>{style}</w:rPr>") };
    let text = escaped(text).replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}
