//! Files of other programs in: the same rows whatever the format, hostile files refused in words.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jixiao::form::{Form, Indicator, Row};
use jixiao::format::recover::Recovered;
use jixiao::format::{self, printed::Variant};
use jixiao::tui::headless::Headless;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::cli::{err, jixiao, sample};

fn form(name: &str) -> Form {
    let bytes = fs::read(sample(name)).expect("reads");
    jixiao::format::toml::read(&bytes, &Default::default()).expect("is a form").form
}

fn write(form: &Form, extension: &str) -> Vec<u8> {
    format::target(extension).expect("is known").write(form, Variant::Target).expect("writes")
}

fn import(bytes: &[u8]) -> Recovered {
    format::import(bytes).unwrap_or_else(|refused| panic!("{refused}"))
}

/// A zip file of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(text.as_bytes()).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

pub(super) fn word(body: &str) -> Vec<u8> {
    let main = format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", &main)])
}

fn workbook(sheet: &str) -> Vec<u8> {
    workbook_with(sheet, "")
}

/// A workbook of one sheet: its rows, and what follows them.
pub(super) fn workbook_with(sheet: &str, after: &str) -> Vec<u8> {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    package(&[
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook {space} xmlns:r=\"{relation}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"b\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet {space}><sheetData>{sheet}</sheetData>{after}</worksheet>"),
        ),
    ])
}

fn open_document(kind: &str, content: &str) -> Vec<u8> {
    let whole = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
<office:{kind}>{content}</office:{kind}></office:body></office:document-content>"
    );
    package(&[("content.xml", &whole)])
}

/// The printed table as an OpenDocument table, classes merged.
fn open_table(form: &Form) -> String {
    let printed = format::printed::printed(form, Variant::Target);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = |text: &str| {
        text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect::<String>()
    };
    let mut out = format!("<text:p>{}</text:p><text:p>{}</text:p>", printed.title, printed.under[0]);
    out += "<table:table table:name=\"表\">";
    for (label, text) in &printed.about {
        out += &format!(
            "<table:table-row><table:table-cell>{}</table:table-cell>\
<table:table-cell table:number-columns-spanned=\"8\">{}</table:table-cell>\
<table:covered-table-cell table:number-columns-repeated=\"7\"/></table:table-row>",
            paragraphs(label),
            paragraphs(text)
        );
    }
    let heads: String = printed
        .columns
        .iter()
        .map(|column| format!("<table:table-cell>{}</table:table-cell>", paragraphs(column.head)))
        .collect();
    out += &format!(
        "<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
    );
    for row in &printed.rows {
        out += "<table:table-row>";
        for cell in row {
            out += &match cell.rows {
                0 => "<table:covered-table-cell/>".to_owned(),
                rows => format!(
                    "<table:table-cell table:number-rows-spanned=\"{rows}\">{}</table:table-cell>",
                    paragraphs(&cell.text)
                ),
            };
        }
        out += "</table:table-row>";
    }
    out + "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
table:number-columns-repeated=\"16000\"/></table:table-row></table:table>"
}

/// What a row says, without what only our own file holds.
fn said(form: &Form) -> Vec<[String; 9]> {
    let row = |row: &Row| {
        [
            &row.level1,
            &row.level2,
            &row.name,
            &row.operator,
            &row.value,
            &row.unit,
            &row.explanation,
            &row.rule,
            &row.remark,
        ]
        .map(|text| text.trim().to_owned())
    };
    form.indicators.iter().map(row).collect()
}

#[test]
fn the_same_rows_from_every_format() {
    let form = form("xiaoping-2026.toml");
    let csv = String::from_utf8(write(&form, "csv")).expect("is text");
    let gbk = encoding_rs::GB18030.encode(csv.trim_start_matches('\u{feff}')).0.into_owned();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(csv.trim_start_matches('\u{feff}').encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let page = String::from_utf8(write(&form, "html")).expect("is text").replace("utf-8", "gb2312");
    let page = encoding_rs::GB18030.encode(&page).0.into_owned();
    let files = [
        ("docx", write(&form, "docx")),
        ("xlsx", write(&form, "xlsx")),
        ("xlsx to fill in", format::fill_in(&form).expect("writes")),
        ("html", write(&form, "html")),
        ("html in GBK", page),
        ("txt", write(&form, "txt")),
        ("csv", csv.clone().into_bytes()),
        ("csv in GBK", gbk),
        ("csv in UTF-16", utf16),
        ("odt", open_document("text", &open_table(&form))),
        ("ods", open_document("spreadsheet", &open_table(&form))),
    ];
    for (name, bytes) in files {
        let found = import(&bytes);
        assert_eq!(said(&found.form), said(&form), "{name}");
        assert_eq!(found.form.indicators.len(), 17);
        let noted: Vec<_> = found.notes.iter().filter(|note| note.code != "encoding").collect();
        assert!(noted.is_empty(), "{name}: {noted:?}");
        // A sheet of an ods begins with its table, and rows for programs hold no long texts.
        if !name.starts_with("csv") {
            assert_eq!(found.form.duties, form.duties, "{name}");
            assert_eq!(found.form.annual_goals, form.annual_goals, "{name}");
        }
        if !name.starts_with("csv") && !name.starts_with("od") {
            assert_eq!(
                (&found.form.year, &found.form.sign_off.phone),
                (&form.year, &form.sign_off.phone),
                "{name}"
            );
        }
    }
}

#[test]
fn the_program_reads_them_in_a_process_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = form("xiaoping-2026.toml");
    for extension in ["docx", "xlsx", "html"] {
        // A name that says nothing: files are told by their content.
        let path = folder.path().join("来源.xls");
        fs::write(&path, write(&form, extension)).expect("writes");
        let output = jixiao(&["import".as_ref(), path.as_os_str()]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let read = jixiao::format::toml::read(&output.stdout, &Default::default()).expect("is a form").form;
        assert_eq!(said(&read), said(&form), "{extension}");
        assert!(err(&output).contains("读出17条指标，0条说明"), "{}", err(&output));
    }
}

#[test]
fn this_years_form_begins_with_last_years_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, target) = (folder.path().join("去年.docx"), folder.path().join("今年.toml"));
    fs::write(&source, write(&form("xiaoping-2026.toml"), "docx")).expect("writes");
    let new = |source: &Path| {
        let (source, target) = (source.display().to_string(), target.display().to_string());
        jixiao(&["new", &target, "--year", "2027", "--agency", "示例乡人民政府", "--from", &source])
    };
    let output = new(&source);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let next = jixiao::format::toml::read(fs::read(&target).expect("reads"), &Default::default())
        .expect("a form")
        .form;
    assert_eq!((next.year.as_str(), next.indicators.len()), ("2027", 17));
    assert!(next.indicators.iter().any(|row| row.value.contains("2027年")));
    fs::write(&source, "%PDF-1.7").expect("writes");
    fs::remove_file(&target).expect("removes");
    assert!(new(&source).status.code() == Some(2) && !target.exists());
}

/// Old binary files can only be made by an office program.
#[test]
fn old_spreadsheets_and_what_libreoffice_makes_of_ours() {
    if Command::new("soffice").arg("--version").output().is_err() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: no LibreOffice on this machine, .xls is not tested");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let form = form("xiaoping-2026.toml");
    for (from, to) in [
        ("xlsx", "xls"),
        ("xlsx", "ods"),
        ("docx", "odt"),
        ("docx", "doc"),
        ("html", "doc"),
        ("docx", "docx"),
        ("xlsx", "xlsx"),
    ] {
        let source = folder.path().join(format!("a.{from}"));
        fs::write(&source, write(&form, from)).expect("writes");
        let out = folder.path().join("out");
        let converted = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
            .args(["--headless", "--convert-to", to, "--outdir"])
            .args([&out, &source])
            .output()
            .expect("runs");
        let path = out.join(format!("a.{to}"));
        let bytes = fs::read(&path).unwrap_or_else(|_| panic!("{converted:?}"));
        assert_eq!(said(&import(&bytes).form), said(&form), "{from} to {to}");
    }
}

const HEAD: [&str; 9] =
    ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评分标准", "备注"];

fn word_row(cells: &[&str]) -> String {
    let cell = |text: &&str| match text.starts_with("<w:tc>") {
        true => (*text).to_owned(),
        false => format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"),
    };
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn what_documents_do_to_a_table() {
    let merged = |kind: &str, text: &str| {
        format!("<w:tc><w:tcPr><w:vMerge{kind}/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let start = merged(" w:val=\"restart\"", "产出指标");
    let on = merged("", "");
    // Runs split anywhere, a deletion and an insertion of tracked changes, a content control, a
    // symbol font, a soft line break.
    let name = "<w:tc><w:p><w:r><w:t>道</w:t></w:r><w:proofErr/><w:ins><w:r><w:t>路</w:t></w:r></w:ins>\
<w:del><w:r><w:delText>河</w:delText></w:r></w:del><w:sdt><w:sdtContent><w:r><w:t>巡查</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>";
    let sign = "<w:tc><w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r></w:p></w:tc>";
    let rule = "<w:tc><w:p><w:r><w:t>达到得2分</w:t><w:br/><w:t>否则不得分</w:t></w:r></w:p></w:tc>";
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        word_row(&HEAD),
        word_row(&[&start, "数量指标", name, sign, "48", "次", "次数", rule, ""]),
        word_row(&[&on, "质量指标", "合格率", "≥", "95", "%", "比例", "达到得2分", ""]),
    );
    let framed = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>（2026）年度</w:t></w:r></w:p>{table}<w:p/></w:tc></w:tr></w:tbl>"
    );
    let drawn = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{table}</w:txbxContent></mc:Choice>\
<mc:Fallback><w:txbxContent>{table}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    for body in [table, framed, drawn] {
        let found = import(&word(&body));
        let rows = said(&found.form);
        assert_eq!(rows.len(), 2, "{:?}", found.notes);
        assert_eq!(rows[0][..6], ["产出指标", "数量指标", "道路巡查", "≥", "48", "次"]);
        assert_eq!(rows[0][7], "达到得2分\n否则不得分");
        assert_eq!(rows[1][..6], ["产出指标", "质量指标", "合格率", "≥", "95", "%"]);
    }
}

#[test]
fn a_page_of_a_website() {
    let cell = |text: &str| format!("<td><p style='x'><span>{text}</span></p></td>");
    let row =
        |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let page = format!(
        "<html><head><style>td{{a:b}}</style><script>var a='<table>'</script></head><body><nav>首页</nav>\
<h1>2026年部门整体支出绩效目标表</h1><table><tr><td colspan=2>部门（单位）名称</td><td colspan=7>示例县档案馆</td></tr>{}\
<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>接收<br>档案</td><td>&ge;</td><td>600</td><td>卷</td><td>数量</td><td>达到得2分&#44;每少1卷扣0.1分</td><td></td></tr>{}\
</table></body></html>",
        row(&HEAD),
        row(&["质量指标", "合格率", "=", "100", "%", "比例", "得2分", ""]),
    );
    let found = import(page.as_bytes());
    let rows = said(&found.form);
    assert_eq!(rows.len(), 2, "{:?}", found.notes);
    assert_eq!(rows[0][..6], ["产出指标", "数量指标", "接收档案", "≥", "600", "卷"]);
    assert_eq!(rows[0][7], "达到得2分,每少1卷扣0.1分");
    assert_eq!(rows[1][..6], ["产出指标", "质量指标", "合格率", "=", "100", "%"]);
    assert_eq!((found.form.agency.as_str(), found.form.year.as_str()), ("示例县档案馆", "2026"));
}

#[test]
fn hostile_and_foreign_files_are_refused_in_words() {
    let bomb = {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("starts");
        for _ in 0..64 {
            zip.write_all(&vec![b' '; 1 << 20]).expect("writes");
        }
        zip.finish().expect("finishes").into_inner()
    };
    let parts: Vec<(String, &str)> = (0..2_100).map(|at| (format!("word/{at}.xml"), "")).collect();
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let deep = format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><w:document xmlns:w=\"w\"><w:body>&c;</w:body></w:document>";
    let ole = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1_536, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4_096, 0);
        bytes
    };
    let far = workbook("<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>远</t></is></c></row>");
    let files = [
        ("bomb", bomb, "太大"),
        ("parts", package(&parts), "部件"),
        ("deep", word(&deep), "嵌套"),
        ("entities", package(&[("word/document.xml", entities)]), "坏了"),
        ("cut", write(&form("clean-2026.toml"), "docx")[..3_000].to_vec(), "坏了"),
        ("no zip", b"PK\x03\x04 nothing".to_vec(), "坏了"),
        ("archive", package(&[("a.txt", "a")]), "解压"),
        ("slides", package(&[("ppt/presentation.xml", "<a/>")]), "演示"),
        ("xlsb", package(&[("xl/workbook.bin", "")]), "另存为 .xlsx"),
        ("doc", ole("WordDocument"), "另存为 .docx"),
        ("password", ole("EncryptedPackage"), "密码"),
        ("broken xls", ole("Workbook"), "另存为 .xlsx"),
        ("ole", ole("Other"), "另存为"),
        ("pdf", b"%PDF-1.7".to_vec(), "PDF"),
        ("rtf", b"{\\rtf1".to_vec(), "另存为 .docx"),
        ("picture", b"\x89PNG\r\n".to_vec(), "图片"),
        ("binary", b"a\0b\0\0c".to_vec(), "不是文本"),
        (
            "odt with a password",
            package(&[("content.xml", "x"), ("META-INF/manifest.xml", "<encryption-data/>")]),
            "密码",
        ),
        ("page", format!("<table><tr><td>{}", "<div>".repeat(100_000)).into_bytes(), "嵌套"),
        ("large page", format!("<table><tr><td>{}", "字".repeat(2 << 20)).into_bytes(), "网页太大"),
        ("far cell", far, "没有读出内容"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, expected) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("writes");
        let start = Instant::now();
        let output = jixiao(&["import".as_ref(), path.as_os_str()]);
        let words = err(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {words}");
        assert!(
            words.contains(expected) && words.contains(name) && output.stdout.is_empty(),
            "{name}: {words}"
        );
        assert!(start.elapsed() < Duration::from_secs(30), "{name}");
    }
}

/// Damaged files: an answer, whatever it is.
#[test]
fn damaged_files_never_break_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = form("clean-2026.toml");
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for extension in ["docx", "xlsx", "html"] {
        let whole = write(&form, extension);
        for round in 0..12 {
            let mut bytes = whole.clone();
            for _ in 0..=round {
                let at = random(bytes.len());
                bytes[at] ^= 1 << random(8);
            }
            let path = folder.path().join("a");
            fs::write(&path, bytes).expect("writes");
            answers(&path);
        }
    }
}

fn answers(path: &Path) {
    let output = jixiao(&["import".as_ref(), path.as_os_str()]);
    assert!(matches!(output.status.code(), Some(0 | 2)), "{output:?}");
    assert!(!err(&output).contains("panicked"), "{}", err(&output));
}

fn editor(path: &Path, columns: u16, rows: u16) -> Headless {
    let editor = Headless::open(Some(path), columns, rows).expect("opens");
    editor.reader(Path::new(env!("CARGO_BIN_EXE_jixiao")))
}

#[test]
fn the_editor_shows_what_it_understood_before_it_takes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = form("xiaoping-2026.toml");
    let (target, source) = (folder.path().join("今年.toml"), folder.path().join("去年.docx"));
    let mut last_year = form.clone();
    last_year.indicators.truncate(5);
    last_year.indicators[0].value = "6".into();
    last_year.indicators[4].name = "高标准农田管护".into();
    fs::write(&source, write(&last_year, "docx")).expect("writes");
    fs::copy(sample("xiaoping-2026.toml"), &target).expect("copies");
    let mut editor = editor(&target, 80, 24);
    // The list of the folder, narrowed by the first letters of the name.
    let open = "<Ctrl+U>qn<Enter>";
    let listed = editor.keys("<Ctrl+U>").screen();
    assert!(listed.contains("去年.docx") && listed.contains("输入文件名"), "{listed}");
    let named = format!("<Esc><Ctrl+U>输入<Enter>{}<Enter>", source.display());
    assert!(editor.keys(&named).screen().contains("[指标 5]"));
    let screen = editor.keys("<Esc>").keys(open).screen();
    assert!(screen.contains("[指标 5]") && screen.contains("说明 0"), "{screen}");
    assert!(screen.contains("党风廉政建设宣传  = 6次"), "{screen}");
    assert!(screen.contains("原文第"), "{screen}");
    let changes = editor.keys("<Tab><Tab>").screen();
    assert!(changes.contains("党风廉政建设宣传/指标值：4 改为 6"), "{changes}");
    assert!(changes.contains("新增 高标准农田管护"), "{changes}");
    // Nothing is taken by looking.
    assert_eq!(*editor.keys("<Esc>").form(), form);
    editor.keys(open).keys("<Enter>");
    assert_eq!((editor.form().indicators[0].value.as_str(), editor.form().indicators.len()), ("6", 18));
    assert_eq!(editor.form().indicators[5].name, "高标准农田管护");
    assert_eq!(*editor.keys("<Ctrl+Z>").form(), form);
    // Only what is not there yet.
    editor.keys(open).keys("<Right><Enter>");
    assert_eq!((editor.form().indicators[0].value.as_str(), editor.form().indicators.len()), ("4", 18));
    editor.keys("<Ctrl+Z>").keys(open).keys("<Right><Right><Enter>");
    assert_eq!(editor.form().indicators.len(), 5);
    assert_eq!(*editor.keys("<Ctrl+Z>").form(), form);
    // What cannot be read is said, and the form stays.
    fs::write(&source, "%PDF-1.7").expect("writes");
    let screen = editor.keys(open).screen();
    assert!(screen.contains("没有导入") && screen.contains("PDF"), "{screen}");
    assert_eq!(*editor.form(), form);
}

#[test]
fn a_file_of_another_program_opens_as_a_new_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = form("xiaoping-2026.toml");
    let source = folder.path().join("县里的表.csv");
    fs::write(&source, write(&form, "csv")).expect("writes");
    for (columns, rows) in [(80, 24), (140, 40), (60, 16)] {
        let mut editor = editor(&source, columns, rows);
        assert!(editor.screen().contains("[指标 17]"), "{}", editor.screen());
        editor.keys("<Down><Down><End><Home><Enter>");
        assert_eq!(said(editor.form()), said(&form));
    }
    fs::write(&source, "一段话。").expect("writes");
    let refused = Headless::open(Some(&source), 80, 24).err().expect("is refused").to_string();
    assert!(refused.contains("没有读出内容"), "{refused}");
}

/// Words that forms are made of, and characters that formats take for themselves.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[道路巡查宣传培训山塘修养护率数]{1,6}",
        // Known tags and entities are taken for what a web page left, with a note.
        1 => Just("<x>&y;]]>\"'".to_owned()),
        1 => Just("a|b,c;d".to_owned()),
        1 => Just("“引”（号）".to_owned()),
        1 => Just("_x0041_".to_owned()),
        1 => Just("]]>".to_owned()),
        1 => Just("𠮷①≥".to_owned()),
    ];
    prop::collection::vec(word, 1..5).prop_map(|words| format!("做{}", words.concat()))
}

fn paragraphs() -> impl Strategy<Value = String> {
    prop::collection::vec(words(), 0..4).prop_map(|lines| lines.join("\n"))
}

fn any_form() -> impl Strategy<Value = Form> {
    let class = prop::sample::select(&[
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("成本指标", "经济成本指标"),
    ]);
    let target = prop::sample::select(&[
        ("≥", "95", "%"),
        ("=", "4", "次"),
        ("≤", "28.8", "万元"),
        ("定性", "效果明显", ""),
    ]);
    let row = (class, words(), target, paragraphs(), paragraphs(), prop::option::of(words()));
    let row = row.prop_map(|(class, name, target, explanation, rule, remark)| Indicator {
        level1: class.0.into(),
        level2: class.1.into(),
        name,
        operator: target.0.into(),
        value: target.1.into(),
        unit: target.2.into(),
        explanation: explanation.replace('\n', ""),
        rule,
        remark: remark.unwrap_or_default(),
        ..Indicator::default()
    });
    (prop::collection::vec(row, 1..9), paragraphs(), paragraphs()).prop_map(|(rows, duties, goals)| {
        let mut form = Form::default().with_rows(rows);
        form.year = "2026".into();
        form.agency = "示例乡人民政府".into();
        (form.duties, form.annual_goals) = (duties, goals);
        form
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// What is exported comes back as it was, whatever it means to the format.
    #[test]
    fn exported_forms_come_back(form in any_form()) {
        for extension in ["docx", "xlsx", "html", "txt", "csv"] {
            let found = import(&write(&form, extension));
            prop_assert_eq!(said(&found.form), said(&form), "{}: {:?}", extension, found.notes);
            prop_assert_eq!(&found.form.year, &form.year, "{}", extension);
            prop_assert_eq!(&found.form.agency, &form.agency, "{}", extension);
            if extension != "csv" {
                prop_assert_eq!(&found.form.duties, &form.duties, "{}", extension);
                prop_assert_eq!(&found.form.annual_goals, &form.annual_goals, "{}", extension);
            }
        }
        let found = import(&format::fill_in(&form).expect("writes"));
        prop_assert_eq!(said(&found.form), said(&form));
    }
}
