//! Files that are no form, or a broken one: a message that says what to do, the exit code, the file
//! as it was, and no control characters on the screen.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::cli::{err, jixiao, out};

/// A valid form around a row, for faults inside a row.
fn with_row(row: &str) -> Vec<u8> {
    format!("schema = 1\nyear = 2026\nagency = \"某乡人民政府\"\n\n[[indicator]]\n{row}\n").into_bytes()
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// What is checked: a name, the bytes, words of the message, the exit code.
type Case = (&'static str, Vec<u8>, &'static [&'static str], i32);

fn broken() -> Vec<Case> {
    vec![
        ("empty", vec![], &["空"], 2),
        ("blank", text("  \n\n"), &["空"], 2),
        ("only a mark", vec![0xef, 0xbb, 0xbf], &["空"], 2),
        ("a word", text("绩效"), &[":1:"], 2),
        ("prose", text("这不是表，\n只是一段话。"), &[":1:1"], 2),
        ("no value", text("year ="), &[":1:7"], 2),
        ("no key", text("= 2026"), &[":1:1"], 2),
        ("open string", text("agency = \"某乡\nyear = 2026"), &[":1:13"], 2),
        ("open long string", text("duties = \"\"\"一\n二\n"), &[":1:10"], 2),
        ("open array", text("allow = [\"a\",\n"), &[":1:"], 2),
        ("open header", text("[[indicator\nname = \"a\""), &[":1:"], 2),
        ("half a header", text("[[indicator]\nname = \"a\""), &[":1:"], 2),
        ("two keys on a line", text("year = 2026 agency = \"某乡\""), &[":1:8"], 2),
        ("a key twice", text("year = 2026\nyear = 2027"), &[":2:1", "year"], 2),
        ("a table twice", text("[budget]\n[budget]\n"), &[":2:"], 2),
        ("a table and rows", text("[indicator]\n[[indicator]]\n"), &[":2:"], 2),
        ("a chinese key", text("年度 = 2026"), &[":1:1", "引号"], 2),
        ("chinese quotes", text("agency = “某乡”"), &[":1:10"], 2),
        ("a chinese equals sign", text("year ＝ 2026"), &[":1:"], 2),
        ("chinese brackets", text("［budget］"), &[":1:1"], 2),
        ("a bad escape", text("agency = \"某\\乡\""), &[":1:13"], 2),
        ("a windows path", text("agency = \"D:\\绩效\""), &[":1:"], 2),
        ("a leading zero", text("year = 02026"), &[":1:"], 2),
        ("a raw control character", text("agency = \"某\u{1}乡\""), &[":1:12"], 2),
        ("an escape sequence", text("agency = \"\u{1b}[31m红\""), &[":1:11"], 2),
        ("a bad unicode escape", text("agency = \"\\ud800\""), &[":1:"], 2),
        ("old line ends", text("schema = 1\ryear = 2026\r"), &["CR"], 2),
        ("not UTF-8", b"agency = \"\xff\xfe\x80\"".to_vec(), &["UTF-8"], 2),
        ("GBK", b"agency = \"\xd3\xa2\xd0\xdb\xcf\xe7\"".to_vec(), &["GB"], 2),
        ("UTF-16", b"\xff\xfea\0g\0e\0n\0c\0y\0".to_vec(), &["UTF-16"], 2),
        ("NUL", b"agency = \"\0\"".to_vec(), &[":1:"], 2),
        ("zeros", vec![0; 4096], &["文件"], 2),
        ("a program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\x90\xff\xfe".to_vec(), &["文件"], 2),
        ("an archive", b"PK\x03\x04\x14\0\0\0\x08\0\xff\xfe\x80".to_vec(), &["文件"], 2),
        ("20 MB", vec![b'#'; 20 << 20], &["太大", "MB"], 2),
        ("20 MB of one string", [b"agency = \"".to_vec(), vec![b'a'; 20 << 20]].concat(), &["太大"], 2),
        ("a field of 1 MB", with_row(&format!("name = \"{}\"", "长".repeat(350_000))), &["KB"], 2),
        ("10000 rows", text(&"[[indicator]]\n".repeat(10_000)), &["2000"], 2),
        ("deep arrays", text(&format!("x = {}1{}", "[".repeat(5_000), "]".repeat(5_000))), &[":1:"], 2),
        ("deep tables", text(&format!("x = {}1{}", "{a=".repeat(5_000), "}".repeat(5_000))), &[":1:"], 2),
        ("deep keys", text(&format!("{}a = 1", "a.".repeat(50_000))), &[], 2),
        ("many tokens", text(&"a=1\n".repeat(600_000)), &[], 2),
    ]
}

/// Files that are read, whatever is in their cells: the findings speak of it.
fn drafts() -> Vec<Case> {
    let shown = |name: &str| text(&format!("name = \"{name}\""));
    let row = |cells: Vec<u8>| with_row(&String::from_utf8(cells).expect("is text"));
    vec![
        ("schema 99", text("schema = 99\nyear = 2026\n"), &["schema 99"], 1),
        ("no schema", text("year = 2026\n"), &[], 1),
        (
            "40 digits",
            with_row("name = \"a\"\noperator = \"≥\"\nvalue = \"1234567890123456789012345678901234567890\""),
            &["数字"],
            1,
        ),
        (
            "40 digits unquoted",
            with_row("name = \"a\"\noperator = \"=\"\nvalue = 1234567890123456789012345678901234567890"),
            &["数字"],
            1,
        ),
        ("a number for a name", with_row("name = 12"), &[], 1),
        ("a date for a name", with_row("name = 2026-01-01"), &[], 1),
        ("a table for a name", with_row("name = {a = 1}"), &[], 1),
        ("infinity", with_row("operator = \"=\"\nvalue = inf"), &[], 1),
        ("escape characters in a name", row(shown("\\u001b[31m红\\u0007")), &["<1B>[31m"], 1),
        ("a direction override", row(shown("甲\\u202e乙")), &[], 1),
        ("lines in a name", row(shown("甲\\n乙")), &[], 1),
        ("a name of blanks", row(shown("   ")), &[], 1),
        ("unknown keys", with_row("name = \"a\"\nwhat = 1"), &[], 1),
        ("unknown tables", text("year = 2026\n[what]\na = 1\n"), &[], 1),
        ("a Chinese key in quotes", text("\"年度\" = 2026\n"), &[], 1),
        ("an empty row", with_row(""), &[], 1),
        ("CRLF", text("schema = 1\r\nyear = 2026\r\n"), &[], 1),
        ("a byte order mark", text("\u{feff}year = 2026\n"), &[], 1),
        ("numbers with underscores", with_row("value = 1_000"), &[], 1),
        (
            "a sentence of 2000 characters",
            with_row(&format!("rule = \"{}\"", "每超1分扣1分，".repeat(250))),
            &[],
            1,
        ),
        ("a million in words", with_row("operator = \"=\"\nvalue = \"一百万\""), &[], 1),
        ("an emoji", with_row("name = \"👨‍👩‍👧 𠮷\""), &[], 1),
    ]
}

fn hold(cases: Vec<Case>) {
    let folder = tempfile::tempdir().expect("a folder");
    let faults: Vec<String> = cases.into_iter().filter_map(|case| fault(folder.path(), case)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// What is wrong with how the program takes a file.
fn fault(folder: &Path, (name, bytes, words, code): Case) -> Option<String> {
    let path = folder.join("表.toml");
    fs::write(&path, &bytes).expect("writes");
    let start = Instant::now();
    let output = jixiao(&[Path::new("check"), &path]);
    let told = out(&output) + &err(&output);
    let raw = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    let what = match () {
        () if output.status.code() != Some(code) => format!("ends with {:?}", output.status.code()),
        () if told.trim().is_empty() => "says nothing".to_owned(),
        () if !words.iter().all(|word| told.contains(word)) => format!("does not say {words:?}"),
        () if told.contains(raw) => "writes control characters".to_owned(),
        () if start.elapsed() > Duration::from_secs(60) => "takes too long".to_owned(),
        () if fs::read(&path).expect("reads") != bytes => "was changed".to_owned(),
        () => return None,
    };
    Some(format!("{name} {what}: {told:.600?}"))
}

#[test]
fn broken_files_are_explained() {
    hold(broken());
}

#[test]
fn drafts_with_nonsense_in_them_are_checked() {
    hold(drafts());
}

#[test]
fn what_is_no_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for command in ["check", "score", "fmt", "import"] {
        let missing = jixiao(&[Path::new(command), &path("没有.toml")]);
        assert_eq!(missing.status.code(), Some(2), "{command}");
        assert!(err(&missing).contains("找不到文件"), "{command}: {}", err(&missing));
        let is_folder = jixiao(&[Path::new(command), folder.path()]);
        assert_eq!(is_folder.status.code(), Some(2), "{command}");
        assert!(err(&is_folder).contains("文件夹"), "{command}: {}", err(&is_folder));
    }
    let missing = jixiao(&[&path("没有.toml")]);
    assert_eq!(missing.status.code(), Some(2), "the editor does not open what is not there");
    assert!(err(&missing).contains("找不到文件"));
    let strange = jixiao(&[Path::new("check"), &path("a\u{1b}[31m.toml")]);
    assert!(!err(&strange).contains('\u{1b}'), "{:?}", err(&strange));
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_refused() {
    let device = jixiao(&["check", "/dev/zero"]);
    assert_eq!(device.status.code(), Some(2));
    assert!(err(&device).contains("不是普通文件"), "{}", err(&device));
}

#[test]
fn sources_that_are_no_text_are_not_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: &[(&[u8], &str)] = &[
        (b"", "没有读出内容"),
        (b"   \n", "没有读出内容"),
        (b"%PDF-1.7 \xff", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        (b"\x89PNG\r\n\x1a\n\0", "图片"),
        (b"\0\x01\x02", "不是文本"),
        (b"schema = 1\nyear = 2026\n", "不用导入"),
    ];
    for (bytes, words) in cases {
        let path = folder.path().join("来源");
        fs::write(&path, bytes).expect("writes");
        let output = jixiao(&[Path::new("import"), &path]);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(err(&output).contains(words), "{words}: {}", err(&output));
    }
}
