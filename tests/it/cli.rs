//! Command lines in; exit codes, words and files out. The real program is run.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs the program, without the settings of whoever runs the tests.
pub(crate) fn jixiao<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.env("JIXIAO_CONFIG", env!("CARGO_TARGET_TMPDIR"));
    command.args(arguments).stdin(Stdio::null()).output().expect("runs")
}

pub(crate) fn sample(name: &str) -> String {
    format!("{}/forms/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("is text")
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("is text")
}

fn json(arguments: &[&str]) -> Value {
    let output = jixiao(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", err(&output)))
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sample_is_ten_points_short() {
    let value = json(&["check", "--format", "json", &sample("xiaoping-2026.toml")]);
    let points = &value["files"][0]["points"];
    assert_eq!((&points["total"], &points["expected"]), (&"80".into(), &"90".into()));
    for (class, got, wanted) in [
        ("产出指标", "30", "40"),
        ("效益指标", "20", "20"),
        ("满意度指标", "10", "10"),
        ("成本指标", "20", "20"),
    ] {
        let class = &points["level1"][class];
        assert_eq!((&class["points"], &class["expected"]), (&got.into(), &wanted.into()));
    }
    let short = value["files"][0]["diagnostics"].as_array().expect("a list").iter();
    assert!(short.clone().any(|found| found["code"] == "points-off-profile" && found["line"].is_number()));
    assert!(short.clone().any(|found| found["code"] == "target-against-sentence" && found["indicator"] == 5));
    assert_eq!(jixiao(&["check", &sample("xiaoping-2026.toml")]).status.code(), Some(1));
}

#[test]
fn the_clean_sample_has_no_findings() {
    let output = jixiao(&["check", "--deny", "warnings", &sample("clean-2026.toml")]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("合计 90/90"), "{}", out(&output));
    assert!(out(&output).contains("错误 0，警告 0，建议 0"), "{}", out(&output));
}

#[test]
fn the_caret_stands_under_the_culprit_in_chinese_text() {
    let shown = out(&jixiao(&["check", &sample("xiaoping-2026.toml")]));
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.contains("[target-against-sentence]")).expect("is found");
    let (text, caret) = (lines[at + 3], lines[at + 4]);
    let width = |text: &str| jixiao::text::Policy::Narrow.width(text);
    let start = text.find("100").expect("names 100%");
    assert_eq!(
        width(&text[..start]),
        width(&caret[..caret.find('^').expect("a caret")]),
        "\n{text}\n{caret}"
    );
    assert!(!shown.contains('\u{1b}'), "no colours outside of a terminal");
}

#[test]
fn warnings_can_be_denied_and_several_files_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.toml");
    let clean = std::fs::read_to_string(sample("clean-2026.toml")).expect("reads");
    let warned = clean.replacen("name = \"", "name = \"工作工作", 1);
    std::fs::write(&path, warned).expect("writes");
    let path = path.to_str().expect("is text");
    assert_eq!(jixiao(&["check", path]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", path, "--deny", "warnings"]).status.code(), Some(1));
    let both = jixiao(&["check", path, "不在.toml", &sample("clean-2026.toml"), "--format", "json"]);
    assert_eq!(both.status.code(), Some(2));
    let value: Value = serde_json::from_slice(&both.stdout).expect("is JSON");
    assert_eq!(value["files"].as_array().map(Vec::len), Some(3));
    assert!(value["files"][1]["error"].as_str().expect("says why").contains("找不到文件"));
}

#[test]
fn sarif_names_rules_places_and_levels() {
    let log = json(&["check", "--format", "sarif", &sample("xiaoping-2026.toml")]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            place["artifactLocation"]["uri"].as_str().expect("a uri").ends_with("forms/xiaoping-2026.toml")
        );
        let region = &place["region"];
        assert!(region.is_null() || region["startLine"].as_u64() >= Some(1));
    }
}

#[test]
fn every_lint_is_listed_and_explained() {
    let list = out(&jixiao(&["explain"]));
    assert_eq!(list.lines().count(), jixiao::lint::ALL.len());
    for lint in jixiao::lint::ALL {
        assert!(list.contains(lint.code));
    }
    let text = out(&jixiao(&["explain", "points-off-profile"]));
    assert!(["## 问题", "## 为什么", "## 怎么改", "## 例"].iter().all(|part| text.contains(part)), "{text}");
    assert_eq!(jixiao(&["explain", "无此代码"]).status.code(), Some(2));
}

#[test]
fn sentences_from_a_pipe_are_answered_line_by_line() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["rule", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    let lines = "达到90%得5分，每降低1个百分点扣0.5分，扣完为止\n\n看情况\n";
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("writes");
    let output = child.wait_with_output().expect("ends");
    let values: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    assert_eq!(values.len(), 3, "an empty line is a sentence, too");
    assert_eq!(values[0]["kind"], "step-deduction");
    assert_eq!((&values[0]["points"], &values[0]["deduct"]), (&"5".into(), &"0.5".into()));
    assert_eq!((&values[2]["kind"], &values[2]["points"]), (&"unknown".into(), &Value::Null));
    let words = out(&jixiao(&["rule", "按完成比例得分，满分3分"]));
    assert!(words.contains("3分"), "{words}");
}

#[test]
fn scores_come_with_their_trail() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    let text = std::fs::read_to_string(sample("xiaoping-2026.toml")).expect("reads");
    let name = "name = \"农村道路安全巡查劝导\"\n";
    std::fs::write(&path, text.replacen(name, &format!("{name}actual = \"40\"\n"), 1)).expect("writes");
    let value = json(&["score", "--format", "json", path.to_str().expect("is text")]);
    let row = &value["indicators"][3];
    assert_eq!(
        (&row["score"], &row["points"], &row["rule"]),
        (&"1.67".into(), &"2".into(), &"proportional".into())
    );
    assert!(row["trail"][0].as_str().expect("a trail").contains("40"));
    assert_eq!((&value["achieved"]["total"], &value["achieved"]["grade"]), (&"1.67".into(), &Value::Null));
    assert!(out(&jixiao(&["score", path.to_str().expect("is text")])).contains("1.67 / 2"));
}

#[test]
fn a_flattened_table_becomes_a_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("导入.toml");
    let target = path.to_str().expect("is text");
    let output = jixiao(&["import", &fixture("flattened.txt"), "-o", target]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("读出17条指标"), "{}", err(&output));
    let value = json(&["check", "--format", "json", target]);
    assert_eq!(value["files"][0]["points"]["total"], "80");
    let refused = jixiao(&["import", &fixture("flattened.txt"), "-o", target]);
    assert_eq!(refused.status.code(), Some(2), "a file that is there is not replaced unasked");
    assert!(err(&refused).contains("--force"), "{}", err(&refused));
    assert_eq!(
        jixiao(&["import", &fixture("flattened.txt"), "-o", target, "--force"]).status.code(),
        Some(0)
    );
    let value = json(&["import", &fixture("flattened.txt"), "--format", "json"]);
    let rows = value["form"]["indicator"].as_array().expect("rows");
    let classes: Vec<(&str, usize)> = ["产出指标", "效益指标", "满意度指标", "成本指标"]
        .map(|class| (class, rows.iter().filter(|row| row["level1"] == class).count()))
        .into();
    assert_eq!(classes, [("产出指标", 11), ("效益指标", 4), ("满意度指标", 1), ("成本指标", 1)]);
    assert_eq!(value["form"]["agency"], "某某县柳溪乡人民政府");
    assert!(
        value["notes"].as_array().expect("notes").iter().any(|note| note["code"] == "agency-from-heading")
    );
    assert!(!value["form"]["duties"].as_str().expect("text").contains("<p>"));
}

#[test]
fn a_new_form_from_a_template_and_from_last_year() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("is text").to_owned();
    let new = jixiao(&["new", &path("a.toml"), "--year", "2027", "--agency", "某乡人民政府"]);
    assert_eq!(new.status.code(), Some(0), "{}", err(&new));
    let text = std::fs::read_to_string(path("a.toml")).expect("reads");
    assert!(text.contains("year = 2027") && text.contains("agency = \"某乡人民政府\"") && text.contains('#'));
    let last = sample("xiaoping-2026.toml");
    let from = jixiao(&["new", &path("b.toml"), "--year", "2027", "--agency", "某乡", "--from", &last]);
    assert_eq!(from.status.code(), Some(0), "{}", err(&from));
    let text = std::fs::read_to_string(path("b.toml")).expect("reads");
    assert!(text.contains("在2027年12月31日前完成") && !text.contains("2026年12月31日"));
    assert_eq!(jixiao(&["new", &path("b.toml"), "--year", "2027", "--agency", "x"]).status.code(), Some(2));
    let wrong = jixiao(&["new", &path("c.toml"), "--year", "今年", "--agency", "x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!Path::new(&path("c.toml")).exists());
}

#[test]
fn what_differs_between_two_forms() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.toml");
    let text = std::fs::read_to_string(sample("xiaoping-2026.toml")).expect("reads");
    std::fs::write(&path, text.replacen("value = \"48\"", "value = \"60\"", 1)).expect("writes");
    let (old, new) = (sample("xiaoping-2026.toml"), path.to_str().expect("is text"));
    let words = out(&jixiao(&["diff", &old, new]));
    assert!(
        words.contains("改 第4条 农村道路安全巡查劝导") && words.contains("- 48") && words.contains("+ 60"),
        "{words}"
    );
    let value = json(&["diff", "--format", "json", &old, new]);
    assert_eq!(value["indicators"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["indicators"][0]["fields"][0]["new"], "60");
    assert!(out(&jixiao(&["diff", &old, &old])).contains("两张表内容相同"));
}

#[test]
fn every_sample_is_canonical_but_for_comments_and_survives_fmt() {
    for entry in std::fs::read_dir(sample("")).expect("is there") {
        let path: PathBuf = entry.expect("an entry").path();
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("a.toml");
        std::fs::copy(&path, &copy).expect("copies");
        let output = jixiao(&[OsStr::new("fmt"), copy.as_os_str()]);
        assert_eq!(output.status.code(), Some(0), "{}: {}", path.display(), err(&output));
        let same = jixiao(&[OsStr::new("diff"), path.as_os_str(), copy.as_os_str()]);
        assert!(out(&same).contains("两张表内容相同"), "{}", path.display());
        let again = jixiao(&[OsStr::new("fmt"), OsStr::new("--check"), copy.as_os_str()]);
        assert_eq!(again.status.code(), Some(0), "{}", path.display());
    }
}

#[test]
fn help_and_refusals_are_chinese() {
    for arguments in [&["--help"][..], &["check", "--help"], &["import", "--help"], &["rule", "--help"]] {
        let output = jixiao(arguments);
        assert_eq!(output.status.code(), Some(0));
        let text = out(&output);
        assert!(text.contains("用法："), "{text}");
        for english in ["Usage", "Options", "Arguments", "Possible", "possible", "Print"] {
            assert!(!text.contains(english), "{text}");
        }
    }
    for (arguments, words) in [
        (&["check"][..], "缺少参数"),
        (&["check", "--format", "x", "f"], "可选：text json sarif"),
        (&["check", "--what", "f"], "不认识的参数“--what”"),
        (&["new", "f", "--year"], "缺少内容"),
        (&["a.toml", "check"], "要打开的表和命令不能一起用"),
    ] {
        let output = jixiao(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(words), "{}", err(&output));
        assert!(!err(&output).contains("error:"), "{}", err(&output));
    }
    assert!(out(&jixiao(&["--version"])).starts_with("jixiao "));
    assert!(out(&jixiao(&["completions", "bash"])).contains("jixiao"));
}

#[test]
fn a_help_has_each_heading_once() {
    for command in ["new", "check", "collect", "import", "export", "score", "rule", "diff", "explain", "fmt"]
    {
        let text = out(&jixiao(&[command, "--help"]));
        assert_eq!(text.matches("选项：").count(), 1, "{command}: {text}");
    }
}

#[test]
fn the_columns_of_a_help_are_straight_though_its_names_are_chinese() {
    use jixiao::text::Policy::Narrow;
    let text = out(&jixiao(&["new", "--help"]));
    let options = text.lines().filter(|line| line.trim_start().starts_with("--"));
    let starts: Vec<usize> = options
        .map(|line| {
            let start = line.rfind("  ").expect("two columns") + 2;
            Narrow.width(&line[..start])
        })
        .collect();
    assert!(starts.len() > 3 && starts.iter().all(|start| *start == starts[0]), "{text}");
}

#[test]
fn the_manual_has_a_page_for_each_topic_and_knows_every_key() {
    let list = out(&jixiao(&["help"]));
    for topic in ["键盘", "评分标准的写法", "权重", "导入导出", "恢复", "命令行"] {
        assert!(list.contains(topic), "{list}");
        let page = jixiao(&["help", topic]);
        assert!(page.status.success() && out(&page).starts_with("# "), "{topic}: {}", err(&page));
    }
    let keys = out(&jixiao(&["help", "keys"]));
    assert!(["Ctrl+S", "F8", "F12", "Tab"].iter().all(|key| keys.contains(key)), "{keys}");
    assert!(out(&jixiao(&["help", "check"])).contains("--deny"));
    let unknown = jixiao(&["help", "没有这一页"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("jixiao help"), "{}", err(&unknown));
}

#[test]
fn the_commands_that_the_manual_shows_are_commands() {
    use jixiao::cli::request;
    for topic in ["命令行", "导入导出"] {
        let page = out(&jixiao(&["help", topic]));
        let shown: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("    jixiao ")).collect();
        assert!(!shown.is_empty());
        for line in shown {
            let command = line.split(" > ").next().expect("a command");
            let words = std::iter::once("jixiao").chain(command.split_whitespace());
            assert!(request(words.map(Into::into)).is_ok(), "{command}");
        }
    }
}

#[test]
fn the_man_page_names_every_command_in_chinese() {
    let page = out(&jixiao(&["man"]));
    for command in ["new", "check", "collect", "import", "export", "score", "rule", "diff", "help"] {
        assert!(page.contains(&format!(".SH jixiao {command}\n")), "{page}");
    }
    for english in ["SYNOPSIS", "OPTIONS", "DESCRIPTION", "Possible values", "Print help"] {
        assert!(!page.contains(english), "{english}: {page}");
    }
}

#[test]
fn a_form_named_like_a_command_is_reached_by_its_folder() {
    use jixiao::cli::{Request, request};
    let asked = |argument: &str| request(["jixiao", argument].map(Into::into));
    assert!(matches!(asked("./check"), Ok(Request::Edit { file: Some(_), .. })));
    assert!(matches!(asked("explain"), Ok(Request::Run(_))));
    assert!(matches!(asked("表.toml"), Ok(Request::Edit { file: Some(_), .. })));
}

#[test]
fn a_cell_too_long_for_a_form_is_cut_and_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("is text").to_owned();
    let text = std::fs::read_to_string(fixture("flattened.txt")).expect("reads");
    let long = text.replacen("守住耕地红线", &"长".repeat(30_000), 1);
    std::fs::write(path("a.txt"), long).expect("writes");
    let output = jixiao(&["import", &path("a.txt"), "-o", &path("a.toml")]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("超过64KB"), "{}", err(&output));
    let read = json(&["check", "--format", "json", &path("a.toml")]);
    assert_eq!(read["files"][0]["error"], Value::Null);
}

#[cfg(unix)]
#[test]
fn colours_are_for_terminals_and_not_for_those_who_want_none() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let coloured = |no_color: &str, term: &str| {
        let size = PtySize { rows: 24, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(["check", &sample("xiaoping-2026.toml")]);
        command.env("NO_COLOR", no_color);
        command.env("TERM", term);
        let mut child = pty.slave.spawn_command(command).expect("runs");
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let mut shown = Vec::new();
        // A terminal whose program has ended may answer with an error instead of an end.
        let _ = std::io::Read::read_to_end(&mut reader, &mut shown);
        assert_eq!(child.wait().expect("ends").exit_code(), 1);
        assert!(String::from_utf8_lossy(&shown).contains("points-off-profile"));
        shown.contains(&0x1b)
    };
    assert!(coloured("", "xterm"), "an empty NO_COLOR counts as none");
    assert!(!coloured("1", "xterm"));
    assert!(!coloured("", "dumb"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_chinese() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("is there");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let child = command.args(["explain"]).stdout(full).stderr(Stdio::piped()).spawn().expect("runs");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("磁盘已满") && !err(&output).contains("os error"), "{}", err(&output));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}
