//! # 单行的格子里有换行
//!
//! ## 问题
//! 三级指标、指标值、单位名称这类只能写一行的格子里有换行，多半是从表格粘贴时带来的。
//!
//! ## 为什么
//! 系统里这些格子只有一行，换行后面的文字可能丢失，查找和归类也会失败。
//!
//! ## 怎么改
//! 用快速修复把几行接成一行。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "党风廉政\n宣传活动场次"
//! ```
//! 好：
//! ```toml
//! name = "党风廉政宣传活动场次"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which};

pub(super) const CODE: &str = "line-break-in-cell";
pub(super) const LINT: Rule = Rule::cells(Which::With(Signs::LINE_FEED), Severity::Warning, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, info, .. } = *cell;
    if info.kind.is_multi_line() {
        return;
    }
    let Some(at) = text.find('\n').filter(|_| !text.trim().is_empty()) else { return };
    let message = format!("“{}”只能写一行，应去掉换行。", info.label);
    let edits = vec![Edit::set(spot, joined(text))];
    findings.at(spot, message).span(at..at + 1).safe_fix("接成一行", edits);
}

/// Chinese lines join without a blank, Latin words with one.
fn joined(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(whole.chars().next_back()) && latin(line.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fixes, silent};

    #[test]
    fn lines_are_joined() {
        fixes("line-break-in-cell", r#"level1 = "产出\n指标\n""#, Field::Level1, "产出指标");
        fixes("line-break-in-cell", r#"name = "使用 APP\nStore 场次""#, Field::Name, "使用 APP Store 场次");
        assert_eq!(findings("line-break-in-cell", r#"name = "宣传\n活动""#)[0].span, Some(6..7));
        silent("line-break-in-cell", r#"explanation = "第一行\n第二行""#);
        silent("line-break-in-cell", r#"name = "\n""#);
    }
}
