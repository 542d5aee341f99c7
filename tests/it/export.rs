//! Forms out: every format, hostile text in it.

use std::io::{Cursor, Read};

use jixiao::form::{Form, Indicator};
use jixiao::format::{self, TARGETS, printed::Variant};

use super::cli::{err, jixiao, sample};

/// Text that means something to the formats it is written in.
const HOSTILE: &[&str] = &[
    "=cmd|'/c calc'!A1",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "]]></w:t><w:t>",
    "&amp;\"'",
    "\u{1}\u{1b}[31m\u{202e}",
    "一\n二\t三",
    "a,b\"c",
];

fn hostile() -> Form {
    let row = |text: &&str| Indicator {
        level1: "产出指标".into(),
        name: (*text).to_owned(),
        value: (*text).to_owned(),
        operator: "=".into(),
        rule: (*text).to_owned(),
        ..Indicator::default()
    };
    let mut form = Form::default().with_rows(HOSTILE.iter().map(row));
    form.duties = HOSTILE.join("\n");
    form.year = "20\u{1b}[31m26\u{202e}\nX".into();
    form.sign_off.head = format!("{}{}", HOSTILE.join(" "), "长".repeat(100));
    form
}

fn write(form: &Form, extension: &str) -> Vec<u8> {
    format::target(extension).expect("is known").write(form, Variant::Target).expect("writes")
}

fn document(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("is an archive");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("is there").read_to_string(&mut text).expect("is text");
    text
}

/// The text between tags, unescaped.
fn plain(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(out, |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn every_sample_is_exported_in_every_format_and_variant() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["xiaoping-2026.toml", "clean-2026.toml", "template-hubei.toml"] {
        for target in TARGETS {
            for more in [&[][..], &["--self-evaluation"]] {
                let path = folder.path().join(format!("{name}{}.{}", more.len(), target.extension));
                let path = path.to_str().expect("is text");
                let form = sample(name);
                let output = jixiao(&[&["export", &form, "-o", path], more].concat());
                assert_eq!(output.status.code(), Some(0), "{}", err(&output));
                assert!(
                    std::fs::metadata(path).expect("is there").len() > 100 || name.starts_with("template")
                );
                let again = jixiao(&["export", &form, "-o", path]);
                assert_eq!(again.status.code(), Some(2), "a file that is there stays");
            }
        }
    }
    let unknown = jixiao(&["export", &sample("clean-2026.toml"), "-o", "x.wps"]);
    assert!(unknown.status.code() == Some(2) && err(&unknown).contains("docx xlsx html txt csv jsonl"));
}

#[test]
fn a_word_file_holds_every_text_once_and_is_well_formed() {
    let form = hostile();
    let text = document(write(&form, "docx"));
    assert!(
        text.contains("<w:tblHeader/>")
            && text.contains("<w:cantSplit/>")
            && text.contains("w:val=\"restart\"")
    );
    assert_eq!(text.matches("<w:tc>").count(), text.matches("</w:tc>").count());
    assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    let shown = plain(&text);
    for part in ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "]]></w:t><w:t>", "&amp;\"'"] {
        assert_eq!(shown.matches(part).count(), 5, "{part}");
    }
}

#[test]
fn a_web_page_runs_nothing_and_asks_nothing_of_the_network() {
    let page = String::from_utf8(write(&hostile(), "html")).expect("is text");
    assert!(
        !page.contains("<script")
            && !page.contains("http")
            && !page.contains("src=")
            && !page.contains("url(")
    );
    assert!(page.contains("&lt;script&gt;") && page.contains("rowspan=\"10\"") && page.contains("@page"));
    assert!(!page.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_spreadsheet_takes_no_cell_for_a_formula() {
    let text = String::from_utf8(write(&hostile(), "csv")).expect("is text");
    assert!(text.starts_with('\u{feff}'));
    let mut reader = csv_cells(text.trim_start_matches('\u{feff}'));
    let head = reader.remove(0);
    assert_eq!(reader.len(), HOSTILE.len());
    let at = head.iter().position(|cell| cell == "三级指标").expect("a column");
    for (row, text) in reader.iter().zip(HOSTILE) {
        assert_eq!(row.len(), head.len());
        assert!(!row[at].starts_with(['=', '+', '-', '@']), "{}", row[at]);
        let shown = jixiao::text::visible_lines(text);
        assert_eq!(row[at].trim_start_matches('\''), shown);
    }
    let sample =
        jixiao::format::toml::read(include_bytes!("../../forms/clean-2026.toml"), &Default::default());
    let text = String::from_utf8(write(&sample.expect("reads").form, "csv")).expect("is text");
    assert!(text.contains(",≥,") && !text.contains('\''), "ordinary cells stay as they are");
}

/// A reader of CSV as RFC 4180 has it.
fn csv_cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn no_text_of_a_form_turns_into_control_characters_of_a_file() {
    for extension in ["txt", "csv", "html", "jsonl"] {
        let text = String::from_utf8(write(&hostile(), extension)).expect("is text");
        let raw = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!text.contains(raw), "{extension}");
        // Data for programs keeps characters that only matter on a screen.
        assert!(extension == "jsonl" || !text.contains('\u{202e}'), "{extension}");
    }
    let page = String::from_utf8(write(&hostile(), "txt")).expect("is text");
    assert!(page.lines().all(|line| jixiao::text::Policy::Narrow.width(line) <= 120), "{page}");
}

/// Texts that spreadsheets of some kind take for a formula, a link or a command.
fn payloads() -> Vec<String> {
    let starts = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "\u{feff}=", "'="];
    let bodies = ["1+1", "cmd|'/c calc'!A0", "HYPERLINK(\"http://x\",\"y\")", "SUM(A1:A9)*2"];
    starts.iter().flat_map(|start| bodies.iter().map(move |body| format!("{start}{body}"))).collect()
}

#[test]
fn nothing_that_was_typed_is_a_formula() {
    let row = |text: &String| Indicator {
        level1: text.clone(),
        name: text.clone(),
        remark: text.clone(),
        ..Indicator::default()
    };
    let mut form = Form::default().with_rows(payloads().iter().map(row));
    form.agency = "=1+1".into();
    let sheet = |bytes: Vec<u8>| {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("is an archive");
        let mut text = String::new();
        archive
            .by_name("xl/worksheets/sheet1.xml")
            .expect("is there")
            .read_to_string(&mut text)
            .expect("is text");
        text
    };
    assert_eq!(sheet(write(&form, "xlsx")).matches("<f").count(), 0);
    // The one formula of the fill-in sheet is the sum of points.
    let fill_in = sheet(format::fill_in(&form).expect("writes"));
    assert_eq!((fill_in.matches("<f>").count(), fill_in.matches("<f ").count()), (1, 0));
    assert!(fill_in.contains("<f>\"分值核对：合计 \"&amp;SUM("), "{fill_in}");
    for drop_down in ["选项!$A$1:$A$", "选项!$B$1:$B$", "选项!$C$1:$C$", "选项!$D$1:$D$"] {
        assert!(fill_in.contains(drop_down), "{drop_down}");
    }
    assert!(fill_in.contains("<sheetProtection"));
    let csv = String::from_utf8(write(&form, "csv")).expect("is text");
    let starts = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t'];
    for cell in csv_cells(csv.trim_start_matches('\u{feff}')).iter().flatten() {
        assert!(!cell.starts_with(starts), "{cell}");
    }
    let copied = jixiao::format::toml::write(&form, None);
    assert_eq!(jixiao::format::toml::read(&copied.bytes, &Default::default()).expect("reads").form, form);
}

#[test]
fn json_lines_have_the_keys_of_the_form() {
    let text = String::from_utf8(write(&hostile(), "jsonl")).expect("is text");
    for (line, text) in text.lines().zip(HOSTILE) {
        let row: serde_json::Value = serde_json::from_str(line).expect("is JSON");
        assert_eq!((&row["name"], &row["level1"]), (&serde_json::json!(text), &"产出指标".into()));
        assert!(row["points"].is_string() && row["computed_score"].is_string());
    }
}

#[test]
fn the_text_page_is_aligned() {
    let form = jixiao::format::toml::read(include_bytes!("../../forms/clean-2026.toml"), &Default::default());
    let text = String::from_utf8(write(&form.expect("reads").form, "txt")).expect("is text");
    let width = |text: &str| jixiao::text::Policy::Narrow.width(text);
    let bars = |line: &str| line.match_indices('|').map(|(at, _)| width(&line[..at])).collect::<Vec<_>>();
    let rows: Vec<Vec<usize>> =
        text.lines().filter(|line| line.matches('|').count() == 8).map(bars).collect();
    assert!(rows.len() > 20 && rows.iter().all(|row| *row == rows[0]), "{text}");
    assert!(text.lines().all(|line| width(line) <= 120));
}
