//! Many forms at once: `check` and `collect` of a folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli::{err, jixiao, out, sample};

/// A county: forms in folders, some with faults, one that cannot be read, and what is no form.
fn county(units: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = ["xiaoping-2026.toml", "clean-2026.toml"]
        .map(|name| std::fs::read_to_string(sample(name)).expect("reads"));
    for at in 0..units {
        let inside = folder.path().join(format!("片区{}", at % 3));
        std::fs::create_dir_all(&inside).expect("creates");
        let text = samples[at % 2].replacen("agency = \"", &format!("agency = \"第{at}"), 1);
        std::fs::write(inside.join(format!("{at:05}.toml")), text).expect("writes");
    }
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("writes");
    write("坏.toml", "schema = 1\nagency = \"没有\n");
    write("说明.txt", "不是表");
    write(".隐藏.toml", "也不是");
    folder
}

fn collect(folder: &Path, output: &str) -> (std::process::Output, PathBuf) {
    let output = folder.join(output);
    let [from, to] = [folder, &output].map(|path| path.to_str().expect("is text").to_owned());
    (jixiao(&["collect", &from, "-o", &to]), output)
}

/// The lines of a CSV file without breaks in its cells, as cells.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("reads");
    let text = text.strip_prefix('\u{feff}').expect("has a mark");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_county_becomes_one_line_a_unit_with_its_indicators() {
    let folder = county(20);
    let (output, path) = collect(folder.path(), "汇总.jsonl");
    assert_eq!(output.status.code(), Some(1), "one form is left out: {}", err(&output));
    assert!(err(&output).contains("汇总了 20 张表、"), "{}", err(&output));
    assert!(err(&output).contains("没有汇总的 1 张"), "{}", err(&output));
    assert!(err(&output).contains("坏.toml：第 2 行"), "{}", err(&output));
    let text = std::fs::read_to_string(&path).expect("reads");
    let units: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    assert_eq!(units.len(), 21);
    let paths: Vec<&str> = units.iter().map(|unit| unit["path"].as_str().expect("a path")).collect();
    assert!(paths.is_sorted(), "{paths:?}");
    let first = &units.iter().find(|unit| unit["path"].as_str().expect("a path").ends_with("00000.toml"));
    let first = first.expect("is there");
    let checked = out(&jixiao(&["check", "--format", "json", &sample("xiaoping-2026.toml")]));
    let checked: Value = serde_json::from_str(&checked).expect("is JSON");
    assert_eq!(first["points"], checked["files"][0]["points"]);
    assert_eq!(first["indicators"].as_array().map(Vec::len), Some(17));
    let found = checked["files"][0]["diagnostics"].as_array().expect("a list");
    let errors = found.iter().filter(|found| found["severity"] == "error").count();
    // The sample leaves the agency empty; here it is filled in.
    assert_eq!(first["findings"]["error"], errors - 1);
    let row = &first["indicators"][5]["findings"];
    assert!(row.as_array().expect("a list").contains(&"target-against-sentence".into()), "{row}");
    let broken = units.iter().find(|unit| !unit["error"].is_null()).expect("is told");
    assert!(broken["path"].as_str().expect("a path").ends_with("坏.toml"));
}

#[test]
fn csv_is_a_row_an_indicator_and_beside_it_a_row_a_unit() {
    let folder = county(6);
    let (output, path) = collect(folder.path(), "汇总.csv");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let units = table(&folder.path().join("汇总-单位.csv"));
    let column = |name: &str| units[0].iter().position(|head| head == name).expect("a column");
    assert_eq!(units.len(), 1 + 6 + 1);
    assert!(units.iter().all(|cells| cells.len() == units[0].len()));
    let clean = units.iter().find(|cells| cells[0].ends_with("00001.toml")).expect("is there");
    assert_eq!(clean[column("分值合计")], "90");
    assert_eq!((&*clean[column("错误")], &*clean[column("产出指标分值")]), ("0", "40"));
    let broken = units.iter().find(|cells| cells[0].ends_with("坏.toml")).expect("is told");
    assert!(broken[column("没有汇总的原因")].contains("第 2 行"), "{broken:?}");
    let rows = std::fs::read_to_string(&path).expect("reads");
    let of_sample = rows.lines().filter(|line| line.contains("00000.toml,")).count();
    assert_eq!(of_sample, 17);
    let again = collect(folder.path(), "汇总.csv").0;
    assert_eq!(again.status.code(), Some(2), "a summary that is there is kept");
    assert!(err(&again).contains("--force"), "{}", err(&again));
}

#[test]
fn a_list_of_files_comes_from_the_input_and_other_formats_are_refused() {
    let folder = county(2);
    let list = folder.path().join("名单.txt");
    let forms = [sample("clean-2026.toml"), "不在.toml".into()].join("\r\n");
    std::fs::write(&list, forms).expect("writes");
    let path = folder.path().join("a.jsonl");
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["collect", "-", "-o", path.to_str().expect("is text")])
        .stdin(std::fs::File::open(&list).expect("opens"))
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("找不到文件"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&path).expect("reads").lines().count(), 2);
    let refused = collect(folder.path(), "a.pdf").0;
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("csv jsonl"), "{}", err(&refused));
}

#[test]
fn a_folder_is_checked_in_the_order_of_its_forms_whatever_the_threads() {
    let folder = county(40);
    let checked = |threads: &str, format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(["check", "--format", format]).arg(folder.path()).env("RAYON_NUM_THREADS", threads);
        let output = command.output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "one cannot be read");
        output.stdout
    };
    assert_eq!(checked("1", "text"), checked("4", "text"));
    let json: Value = serde_json::from_slice(&checked("4", "json")).expect("is JSON");
    let files = json["files"].as_array().expect("a list");
    let paths: Vec<&str> = files.iter().map(|file| file["path"].as_str().expect("a path")).collect();
    assert!(paths.len() == 41 && paths.is_sorted());
    let log: Value = serde_json::from_slice(&checked("4", "sarif")).expect("is JSON");
    let run = &log["runs"][0];
    let notes = &run["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notes.as_array().map(Vec::len), Some(1));
    let of_json = files.iter().flat_map(|file| file["diagnostics"].as_array().expect("a list")).count();
    assert_eq!(run["results"].as_array().map(Vec::len), Some(of_json));
    let empty = tempfile::tempdir().expect("a folder");
    let nothing = jixiao(&["check", empty.path().to_str().expect("is text")]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(err(&nothing).contains("没有 .toml 表"), "{}", err(&nothing));
}

#[test]
fn findings_are_in_the_exit_code_though_nobody_reads_them() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["check", &sample("xiaoping-2026.toml")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""));
}

/// A unit whose name is code to a page and a formula to a spreadsheet.
fn with_a_hostile_name(folder: &Path) {
    let text = std::fs::read_to_string(sample("clean-2026.toml")).expect("reads");
    let text = text.replacen("agency = \"", "agency = \"=1+1<script>alert(1)</script>&", 1);
    std::fs::write(folder.join("注.toml"), text).expect("writes");
}

#[test]
fn a_county_becomes_a_workbook_with_what_needs_attention_first() {
    use calamine::{Data, Reader};
    let folder = county(20);
    with_a_hostile_name(folder.path());
    let (output, path) = collect(folder.path(), "汇总.xlsx");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).expect("opens");
    assert_eq!(book.sheet_names(), ["汇总", "单位", "指标"]);
    let units = book.worksheet_range("单位").expect("is there");
    let rows: Vec<&[Data]> = units.rows().collect();
    let text = |row: usize, name: &str| {
        let column = rows[0].iter().position(|cell| *cell == name).expect("has the column");
        rows[row][column].to_string()
    };
    assert!(text(1, "文件").contains("片区") && text(1, "要看") == "要看" && text(1, "分值合计") == "80");
    let column = rows[0].iter().position(|cell| *cell == "分值合计").expect("has the column");
    assert!(matches!(rows[1][column], Data::Float(_)), "{:?}", rows[1][column]);
    assert_eq!((text(11, "要看").as_str(), text(11, "错误").as_str()), ("", "0"));
    let last = rows.last().expect("has rows");
    assert_eq!(last[0].to_string(), "没有汇总");
    assert!(last.iter().any(|cell| cell.to_string().contains("坏.toml")));
    assert!((1..rows.len()).any(|row| text(row, "单位").starts_with("=1+1<script>")));
    for sheet in ["汇总", "单位", "指标"] {
        let formulas = book.worksheet_formula(sheet).expect("is there");
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{sheet}");
    }
    let indicators = book.worksheet_range("指标").expect("is there");
    assert_eq!(indicators.rows().count(), 1 + 10 * 17 + 11 * 18);
    let overview = book.worksheet_range("汇总").expect("is there");
    let has = |label: &str, value: &str| {
        overview.rows().any(|row| row[0] == label && format!("{}", row[1]) == value)
    };
    assert!(has("单位", "21") && has("要看的单位（有错误或分值不对）", "10") && has("没有汇总的文件", "1"));
    assert!(has("points-off-profile", "20"), "{:?}", overview.rows().collect::<Vec<_>>());
}

#[test]
fn a_county_becomes_a_page_that_runs_nothing_and_loads_nothing() {
    let folder = county(60);
    with_a_hostile_name(folder.path());
    let (output, path) = collect(folder.path(), "汇总.html");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let page = std::fs::read_to_string(&path).expect("reads");
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;"));
    assert!(page.contains("要看的单位（30个）") && page.contains("画的是最要看的40个，另外21个"));
    assert!(page.contains("没有汇总的文件") && page.contains("坏.toml"));
    assert_eq!(page.matches("<svg").count(), 2);
    // It is well formed, as far as a reader of XML can tell without its first line.
    let body = &page[page.find("<body>").expect("has a body")..page.rfind("</html>").expect("ends")];
    roxmltree::Document::parse(body).expect("is well formed");
    let first = page.find("<tbody>").map(|at| &page[at..at + 200]).expect("has a table");
    assert!(first.contains("错误") || first.contains("bad"), "{first}");
}
