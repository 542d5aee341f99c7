//! Every message by example.

use super::*;

/// A broken line, what the message says, and what the hint says.
const LINES: &[(&str, &str, &str)] = &[
    (
        "指标值 = 1",
        "键名“指标值”没有加引号",
        "中文键名要加引号，写成 \"指标值\" = …。本程序用英文键名，这一项是 value。",
    ),
    ("部门名称 = 1", "键名“部门名称”没有加引号", "这一项是 agency"),
    ("天气 = 1", "键名“天气”没有加引号", "写成 \"天气\" = …。"),
    ("[[指标]]", "表名“指标”没有加引号", "这里是 [[indicator]]"),
    ("【sign_off】", "表头的方括号是全角的", "[sign_off]"),
    ("name ＝ \"a\"", "等号是全角的", "英文的 ="),
    ("name = “农村”", "引号 “ 是中文的", "英文的"),
    ("name = 农村", "值没有加引号", "英文双引号"),
    ("name = \"农村", "引号没有配对", "补上英文双引号"),
    ("name = '农村", "单引号没有配对", "补上英文单引号"),
    ("name = \"a\\q\"", "反斜杠后面的字符不对", "写两个"),
    ("name = \"a\\u12\"", "四位十六进制数", "写两个"),
    ("name = \"a\\ud800\"", "不是一个字符", "写两个"),
    ("name = \"a\u{1b}[2J\"", "看不见的控制字符 <1B>", "删掉"),
    ("name = \"a\u{0}\"", "看不见的控制字符 <00>", "删掉"),
    ("# \u{7}", "看不见的控制字符 <07>", "删掉"),
    ("name: \"a\"", "写的是冒号", "用 ="),
    ("指标值：48", "写的是冒号", "这一项是 value"),
    ("name", "没有等号", "键 = 值"),
    ("name =", "等号后面没有值", "写 \"\""),
    ("= 1", "没有键名", "写上键名"),
    ("phone = 0745", "不能以 0 开头", "引号"),
    ("day = 2026-02-30", "日期不存在", "2025-12-12"),
    ("value = 48 次", "值没有加引号", "英文双引号"),
    ("name = \"a\" \"b\"", "多余的内容", "一行只写一项"),
    ("[[indicator]", "方括号没有配对", "[[indicator]]"),
    ("[sign_off", "方括号没有配对", "[sign_off]"),
    ("sign_off]", "没有等号", "键 = 值"),
    ("]", "少了左方括号", "[sign_off]"),
    ("[]", "没有键名", "键名"),
    ("a = [1 2]", "值没有加引号", "英文双引号"),
    ("a = [\"x\" \"y\"]", "逗号的位置不对", "英文逗号"),
    ("a = [1,, 2]", "逗号的位置不对", "英文逗号"),
    ("a = { x = \"1\" y = 2 }", "逗号的位置不对", "英文逗号"),
    ("a = { = 2 }", "等号前面没有键名", "name = "),
    ("a = { x 2 }", "花括号里的等号不对", "{ 键 = 值"),
    ("a = [1, 2", "方括号没有配对", "]"),
    ("a = { x = 1", "花括号没有配对", "}"),
    ("a == 1", "多了一个等号", "只有一个等号"),
    ("a b = 1", "没有等号", "键 = 值"),
    ("a/b = 1", "键名里有不能用的字符", "加引号"),
    (", a", "行首的符号不对", "键 = 值"),
    ("agency = 1\nagency = 2", "“agency”写了两次，第 2 行已经有了", "留下一处"),
    ("[a]\n[a]", "“a”写了两次，第 2 行已经有了", "留下一处"),
    ("[indicator]\n[indicator]", "第 2 行已经写过，写法不同", "[[indicator]]"),
    ("[schema]", "schema 应是", "schema = 1"),
];

fn first(broken: &Broken) -> (String, String) {
    let fault = broken.faults.first().expect("has a fault");
    (fault.message.clone(), fault.hint.clone().unwrap_or_default())
}

#[test]
fn messages() {
    let mut wrong = String::new();
    for (line, message, hint) in LINES {
        let broken = broken(&format!("schema = 1\n{line}\n"));
        let (found, advice) = first(&broken);
        let extra = line.matches('\n').count();
        let is_right = found.contains(message)
            && advice.contains(hint)
            && broken.salvage.is_some()
            && broken.faults[0].line == 2 + extra;
        if !is_right {
            wrong += &format!("{line:?} wants {message}\n{}\n\n", broken.report("甲.toml", false));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn columns_count_characters_and_the_caret_stands_below() {
    let broken = broken("schema = 1\n\"名称\" = \"农村道路\u{202e}\" 多余\n");
    assert_eq!(broken.summary(), "第 2 行第 16 列：值后面有多余的内容");
    assert_eq!(
        broken.report("表\u{1b}[2J.toml", false),
        "错误: 值后面有多余的内容\n --> 表<1B>[2J.toml:2:16\n  |\n2 | \"名称\" = \"农村道路<202E>\" 多余\n  |                           ^^^^\n  |\n  = 办法: 一行只写一项；说明文字前面加 #；文字要整个放在引号里。"
    );
}

#[test]
fn a_text_that_is_not_ended_does_not_swallow_the_rest() {
    let text = "schema = 1\nduties = \"\"\"\n一\n二\nannual_goals = \"\"\"\n三\n\"\"\"\n\n[[indicator]]\nname = \"a\"\n";
    for text in [text.to_owned(), text.replace("三\n\"\"\"", "三"), text.replace("\"\"\"\n一", "[\n1,")] {
        let broken = broken(&text);
        assert_eq!(broken.faults[0].line, 2, "{}", broken.report("f", false));
        assert!(broken.faults[0].message.contains("没有结束"), "{}", broken.report("f", false));
        let salvage = broken.salvage.expect("is readable");
        assert_eq!(salvage.form.indicators[0].name, "a", "{text}");
        let written = write(&salvage.form, Some(&salvage.source));
        let out = String::from_utf8(written.bytes).expect("UTF-8");
        assert!(out.contains("# 未能读出: 二\n"), "{out}");
        assert_eq!(load(&out).form, salvage.form);
    }
}

#[test]
fn a_salvage_keeps_what_was_not_read() {
    let text = "# 头\nschema = 1\n天气 = 3\nagency = \"甲\"\nagency = \"乙\" # 又\n[[indicator]]\n名称x = 1\n名 = 2\nrule = abc\u{7}\n指标值 = \"48\"\n";
    let broken = broken(text);
    assert_eq!(broken.faults.len(), 6, "{}", broken.report("f", false));
    let salvage = broken.salvage.expect("is readable");
    assert_eq!((&*salvage.form.agency, &*salvage.form.indicators[0].value), ("甲", "48"));
    let written = write(&salvage.form, Some(&salvage.source));
    let out = String::from_utf8(written.bytes).expect("UTF-8");
    for kept in [
        "# 头\n",
        "# 未能读出: agency = \"乙\" # 又\n",
        "# 未能读出: 名 = 2\n",
        "# 未能读出: rule = abc<07>\n",
    ] {
        assert!(out.contains(kept), "{kept} is lost: {out}");
    }
    assert_eq!(load(&out).form, salvage.form);
    assert_eq!(write(&salvage.form, Some(&written.source)).bytes, out.as_bytes());
}

/// A lone carriage return ends a statement but no line, so that the fault is found in the other one.
#[test]
fn a_bad_comment_before_a_lone_carriage_return_is_kept_harmless() {
    let text = "[[indicator]]\nname = \"\" #\0尾\r=value = ' ' # 尾\n";
    let broken = read(text.as_bytes(), &Limits::default()).expect_err("is broken");
    let salvage = broken.salvage.expect("is readable in part");
    let written = write(&salvage.form, Some(&salvage.source));
    let again = read(&written.bytes[..], &Limits::default()).expect("reads");
    assert_eq!(again.form, salvage.form);
    assert!(again.source.text().contains("<00>尾"), "{}", again.source.text());
}

#[test]
fn bytes_that_are_no_form() {
    let gbk = encoding_rs::GB18030.encode("schema = 1\nagency = \"晓坪乡人民政府\"\n").0.into_owned();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (b"PK\x03\x04rest".to_vec(), "xlsx", "import"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "旧版 Office", "import"),
        (b"%PDF-1.7".to_vec(), "PDF", "import"),
        (vec![0; 4096], "零字节", "上一版"),
        (utf16("\u{feff}schema = 1\n"), "UTF-16（小端）", "另存为 UTF-8"),
        (utf16("schema = 1\n"), "UTF-16（小端）", "另存为 UTF-8"),
        (gbk, "GBK", "另存为 UTF-8"),
        (b"agency = \"\xff\"\n".to_vec(), "0xFF", "另存为 UTF-8"),
        ("agency = \"甲".as_bytes()[..12].to_vec(), "没有存完", "上一版"),
        ((0..=255).collect(), "0x80", "另存为 UTF-8"),
        (b"schema = 1\ragency = 2\r".to_vec(), "CR", "LF"),
        (b"  \n".to_vec(), "空的", "新建"),
        (b"\xef\xbb\xbf".to_vec(), "空的", "新建"),
    ];
    for (bytes, message, hint) in cases {
        let broken = read(&bytes, &Limits::default()).expect_err("is no form");
        let (found, advice) = first(&broken);
        assert!(found.contains(message) && advice.contains(hint), "{message}: {found} {advice}");
        assert!(!broken.report("f", true).is_empty());
    }
}

#[test]
fn the_place_of_a_byte_that_is_not_utf8() {
    let bytes = [b"schema = 1\nagency = \"".as_slice(), "甲乙".as_bytes(), b"\xfe\" # x\n"].concat();
    let broken = read(&bytes, &Limits::default()).expect_err("is not UTF-8");
    assert_eq!(broken.summary(), "第 2 行第 13 列：字节 0xFE 不是 UTF-8 文字，文件的编码不对或已损坏");
    let salvage = broken.salvage.expect("is readable");
    assert!(salvage.read_only.is_some());
    assert_eq!(salvage.form.agency, "甲乙\u{fffd}");
}

#[test]
fn limits_name_the_place() {
    let limits = Limits { bytes: 200, rows: 2, field_bytes: 10, ..Limits::default() };
    let rows = "[[indicator]]\n".repeat(3);
    let inline = "indicator = [{}, {},\n {}]".to_owned();
    for (text, line, message) in [
        ("a".repeat(201), 1, "超过"),
        (rows, 3, "指标超过 2 条"),
        (inline, 2, "指标超过 2 条"),
        ("\nagency = \"12345678901\"".to_owned(), 2, "“部门（单位）名称”"),
    ] {
        let broken = read(text.as_bytes(), &limits).expect_err("is too much");
        assert!(broken.salvage.is_none());
        let fault = &broken.faults[0];
        assert!(fault.message.contains(message) && fault.line == line, "{fault:?}");
    }
}

#[test]
fn an_empty_file_can_be_filled() {
    let broken = broken("\u{feff}\r\n");
    let salvage = broken.salvage.expect("is an empty form");
    assert_eq!(salvage.form, Form::default());
    let written = write(&salvage.form, Some(&salvage.source));
    assert!(written.bytes.starts_with("\u{feff}schema = 1\r\n".as_bytes()));
}

#[test]
fn schemas_that_are_none() {
    for text in
        ["schema = \"1\"", "schema = 1.0", "schema = 0", "schema = -3", "schema = 99999999999999999999"]
    {
        assert!(broken(text).faults[0].message.contains("schema 应是"), "{text}");
    }
}

#[test]
fn bombs() {
    let deep = 100_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        "[[a.b]]\n".repeat(deep),
        format!("a = \"{}", "\\".repeat(deep)),
        format!("indicator = [{}]", "1,".repeat(deep)),
        "\"\"\"\n'''\n".repeat(deep),
        "a = \"\"\"\nduties = \"\"\"\n".repeat(deep),
        "]\n".repeat(deep),
        "x = 1\n".repeat(deep),
        "x ".repeat(deep),
        format!("# {}", "\u{7}".repeat(deep)),
        format!("a = [\n{}", "#\n".repeat(deep)),
    ] {
        let start = std::time::Instant::now();
        match read(text.as_bytes(), &Limits::default()) {
            Ok(loaded) => assert_eq!(write(&loaded.form, Some(&loaded.source)).bytes, text.as_bytes()),
            Err(broken) => assert!(!broken.report("f", false).is_empty()),
        }
        assert!(start.elapsed().as_secs() < 4, "{} takes {:?}", &text[..10], start.elapsed());
    }
}

#[test]
fn a_broken_header_still_begins_a_row() {
    for header in
        ["[[indicator]", "[[indicator", "[[indicator]]]", "【【indicator】】", "［［指标］］", "[[指标]]"]
    {
        let broken = broken(&format!("[[indicator]]\nname = \"a\"\n{header}\nname = \"b\"\nvalue = \"1\"\n"));
        assert_eq!(broken.faults.len(), 1, "{}", broken.report("f", false));
        let rows = broken.salvage.expect("is readable").form.indicators;
        assert_eq!(rows.iter().map(|row| &*row.name).collect::<Vec<_>>(), ["a", "b"], "{header}");
    }
}
