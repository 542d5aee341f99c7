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

/// More faults inside a file: a name, the bytes, words of the message.
fn more() -> Vec<Case> {
    let line2 = |line: &str| text(&format!("schema = 1\n{line}\n"));
    vec![
        ("a cut character", b"schema = 1\nagency = \"\xe6\x9f\"\n".to_vec(), &["UTF-8"], 2),
        ("half GBK, half UTF-8", [text("agency = \"某乡"), vec![0xd3, 0xd0, 0x22]].concat(), &["UTF-8"], 2),
        ("UTF-16 big endian", b"\xfe\xff\x00a\x00=\x001".to_vec(), &["UTF-16"], 2),
        ("an open literal string", line2("agency = 'a"), &[":2:"], 2),
        ("a line in a string", line2("agency = \"a\nb\""), &[":2:"], 2),
        ("curly single quotes", line2("agency = ‘某乡’"), &[":2:10"], 2),
        ("a colon for the equals sign", line2("year: 2026"), &[":2:"], 2),
        ("a chinese comma in an array", line2("allow = [\"a\"，\"b\"]"), &[":2:"], 2),
        ("a missing comma", line2("allow = [\"a\" \"b\"]"), &[":2:"], 2),
        ("a comment of another language", line2("// 说明"), &[":2:1"], 2),
        ("a word for a value", line2("year = 二〇二六"), &[":2:8"], 2),
        ("a date that is none", line2("year = 2026-02-30"), &[":2:"], 2),
        ("two dots in a number", line2("year = 1.2.3"), &[":2:"], 2),
        ("two dots in a key", line2("a..b = 1"), &[":2:"], 2),
        ("two values", line2("year = 2026, 2027"), &[":2:"], 2),
        ("an empty header", line2("[]"), &[":2:"], 2),
        ("an empty key in a header", line2("[a.]"), &[":2:"], 2),
        ("words after a header", line2("[budget] 预算"), &[":2:"], 2),
        ("a key in two tables", line2("[budget]\nplanned = 1\nplanned = 2"), &[":4:1"], 2),
        ("a value made a table", line2("a = 1\n[a.b]\nc = 2"), &[":3:"], 2),
        ("an escape of eight digits too far", line2("agency = \"\\UFFFFFFFF\""), &[":2:"], 2),
        ("an escape without digits", line2("agency = \"\\u00g0\""), &[":2:"], 2),
        ("a rest of a merge", text("<<<<<<< a\nyear = 2026\n=======\n"), &[":1:"], 2),
        ("JSON", text("{\"year\": 2026}"), &[":1:1"], 2),
        ("CSV", text("指标,值\n巡查,48\n"), &[":1:"], 2),
        ("a web page", text("<html><body>表</body></html>"), &[":1:1"], 2),
    ]
}

#[test]
fn more_broken_files_are_explained() {
    hold(more());
}

#[test]
fn every_command_that_reads_a_form_names_the_place_and_leaves_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.toml");
    let target = folder.path().join("出.txt");
    let good = super::cli::sample("clean-2026.toml");
    let (path_name, target_name) =
        (path.to_string_lossy().into_owned(), target.to_string_lossy().into_owned());
    let commands: &[&[&str]] = &[
        &["check", &path_name],
        &["check", "--format", "json", &path_name],
        &["score", &path_name],
        &["diff", &path_name, &good],
        &["diff", &good, &path_name],
        &["fmt", &path_name],
        &["fmt", "--check", &path_name],
        &["export", "-o", &target_name, &path_name],
    ];
    for (name, bytes, words, code) in more().into_iter().chain(broken()).step_by(4) {
        fs::write(&path, &bytes).expect("writes");
        for command in commands {
            let output = jixiao(command);
            let told = out(&output) + &err(&output);
            assert_eq!(output.status.code(), Some(code), "{name} {command:?}: {told}");
            assert!(words.iter().all(|word| told.contains(word)), "{name} {command:?}: {told}");
            assert!(told.contains("表.toml"), "{name} {command:?} names no file: {told}");
        }
        assert!(!target.exists() && fs::read(&path).expect("reads") == bytes, "{name}");
    }
}

/// These take text of any kind, so a broken form may be a source to them, or a sentence.
#[test]
fn commands_that_take_any_text_answer_and_leave_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (path, target) = (name("表.toml"), name("新.toml"));
    for (case, bytes, ..) in more().into_iter().chain(broken()).chain(drafts()).step_by(3) {
        fs::write(&path, &bytes).expect("writes");
        let text: String = String::from_utf8_lossy(&bytes).replace('\0', "").chars().take(30_000).collect();
        let commands: &[&[&str]] = &[
            &["import", &path],
            &["import", "-o", &target, &path],
            &["new", "--year", "2026", "--agency", "某乡", "--from", &path, &target],
            &["rule", "--", &text],
            &["explain", "--", &text],
            &["new", "--year", &text, "--agency", &text, &target],
        ];
        for command in commands {
            let start = Instant::now();
            let output = jixiao(command);
            let (told, warned) = (out(&output), err(&output));
            let what = format!("{case} {:?}: {told:.300}\n{warned:.600}", command[0]);
            let code = output.status.code().expect("was not killed");
            assert!((0..=2).contains(&code), "ends with {code}: {what}");
            assert!(code != 2 || !warned.trim().is_empty(), "says nothing: {what}");
            assert!(!(told + &warned).contains(['\u{1b}', '\u{7}', '\u{202e}']), "writes controls: {what}");
            assert!(start.elapsed() < Duration::from_secs(60), "takes too long: {what}");
            assert_eq!(fs::read(&path).expect("reads"), bytes, "was changed: {what}");
            assert!(code != 2 || !Path::new(&target).exists(), "wrote and failed: {what}");
            let _ = fs::remove_file(&target);
        }
    }
}

#[test]
fn arguments_that_make_no_sense_are_answered_with_what_would() {
    let form = super::cli::sample("clean-2026.toml");
    let cases: &[(&[&str], &str)] = &[
        (&["--what"], "不认识的参数"),
        (&["check"], "缺少参数"),
        (&["check", "--format", "x", &form], "text json sarif"),
        (&["check", "--deny", "x", &form], "可选"),
        (&["explain", "nothing"], "没有问题代码"),
        (&["diff", &form], "缺少参数"),
        (&["rule"], "缺少参数"),
        (&["frob"], "找不到文件"),
        (&["new"], "缺少参数"),
        (&["export", &form], "--output"),
        (&["export", "-o", "a.exe", &form], "扩展名"),
        (&["export", "-o", "", &form], ""),
        (&["completions", "x"], "bash"),
        (&["a.toml", "b.toml"], "不能一起"),
        (&["score", "-o"], "不认识的参数"),
        (&["--ambiguous-width", "3", &form], "可选"),
        (&["new", "--year", "二", "--agency", "某乡", "/nowhere/a.toml"], ""),
        (&["check", "/nowhere/\u{202e}表.toml"], "找不到文件"),
        (&["check", ""], ""),
    ];
    for (arguments, words) in cases {
        let output = jixiao(arguments);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(
            told.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{arguments:?} is not told in Chinese: {told}"
        );
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{arguments:?}: {told:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_cannot_be_read_or_written_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::os::unix::fs::symlink("环.toml", folder.path().join("环.toml")).expect("links");
    std::os::unix::fs::symlink("没有.toml", folder.path().join("断.toml")).expect("links");
    fs::write(folder.path().join("文件"), "x").expect("writes");
    assert!(std::process::Command::new("mkfifo").arg(name("管.toml")).status().expect("runs").success());
    let good = super::cli::sample("clean-2026.toml");
    let (long, inside) = ("长".repeat(100) + ".toml", name("文件/表.toml"));
    let new = ["new", "--year", "2026", "--agency", "某乡"];
    let cases: Vec<(Vec<String>, &str)> = vec![
        (vec!["check".into(), name("环.toml")], "环.toml"),
        (vec!["check".into(), name("断.toml")], "找不到文件"),
        (vec!["check".into(), name("管.toml")], "不是普通文件"),
        (vec!["check".into(), name(&long)], "长"),
        (vec!["check".into(), inside.clone()], "表.toml"),
        (vec!["check".into(), name("两\n行.toml")], "找不到文件"),
        ([&new.map(String::from)[..], &[name("没有/表.toml")]].concat(), "文件夹"),
        ([&new.map(String::from)[..], &[name(&long)]].concat(), "太长"),
        ([&new.map(String::from)[..], &[inside]].concat(), "没有保存到"),
        ([&new.map(String::from)[..], &[name("断.toml")]].concat(), "已经有"),
        (vec!["export".into(), "-o".into(), name("没有/出.txt"), good.clone()], "文件夹"),
        (vec!["export".into(), "-o".into(), name("文件"), good], "扩展名"),
    ];
    for (arguments, words) in cases {
        let output = jixiao(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
}
