//! The promises of the codec, each as a property, and every message by example.

use super::*;
use crate::form::edit::{Edit, Spot};
use crate::form::field::{FIELDS, Field, Table};
use crate::form::{Indicator, RowId};

mod example;
mod fault;
mod property;

/// A file as people leave it: comments, unknown keys, odd order, all kinds of quotes.
const SAMPLE: &str = r#"# 表头说明
schema = 1
year = 2026   # 年度
agency = '晓坪乡人民政府'
note = "不认识的键"
duties = """
（一）贯彻执行。
（二）管理事务。
"""

# 预算单独放
[budget]
initial = 526.10 # 万元
"全年预算数" = "526.1"

# 第一条
[[indicator]]
name = "巡查" # 名称
level1 = "产出指标"
value = 48
allow = [
  "E101 理由", # 为什么
  "E102",
]
# 第一条的尾注

# ---- 效益 ----

[[indicator]]
name = "第二"
unknown = { a = 1, b = [1, 2] }
[indicator.history]
year = 2025

# 第三条
[[indicator]]
name = "第三"

# 脚
[sign_off]
phone = "0745-1234567"
prepared_on = 2025-12-12

[extra]
x = 1
# 末尾
"#;

fn load(text: &str) -> Loaded {
    match read(text.as_bytes(), &Limits::default()) {
        Ok(loaded) => loaded,
        Err(broken) => panic!("{}", broken.report("f.toml", false)),
    }
}

fn broken(text: &str) -> Broken {
    match read(text.as_bytes(), &Limits::default()) {
        Ok(_) => panic!("reads without a fault: {text}"),
        Err(broken) => broken,
    }
}

/// The text after edits, having checked that it says what the form says.
fn edited(text: &str, edits: Vec<Edit>) -> String {
    let loaded = load(text);
    let mut form = loaded.form;
    for edit in edits {
        edit.apply(&mut form).expect("fits");
    }
    let written = write(&form, Some(&loaded.source));
    let out = String::from_utf8(written.bytes).expect("UTF-8");
    assert_eq!(load(&out).form, form, "{out}");
    out
}

/// Lines that only the one or only the other text has.
fn diff(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = |lines: &[&str]| lines[head..].iter().rev().map(|line| line.to_string()).collect::<Vec<_>>();
    let (old, new) = (tail(&old), tail(&new));
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = |lines: Vec<String>| lines[same..].iter().rev().cloned().collect();
    (rest(old), rest(new))
}
