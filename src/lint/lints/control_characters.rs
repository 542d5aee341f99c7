//! # 有看不见的字符
//!
//! ## 问题
//! 格子里有看不见的控制字符：制表符、零宽空格、文字方向符等，多半是从网页或别的表格粘贴来的。
//!
//! ## 为什么
//! 屏幕上看不出，导入系统时会报错，查找、比对也对不上。
//!
//! ## 怎么改
//! 用快速修复删去，看得见的文字不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "党风廉政\u200b宣传活动场次"
//! ```
//! 坏：
//! ```toml
//! explanation = "全年组织的宣传活动场数，\u0007按季度累计，以活动记录为准。"
//! ```
//! 好：
//! ```toml
//! name = "党风廉政宣传活动场次"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which};
use crate::text;

pub(super) const CODE: &str = "control-characters";
pub(super) const LINT: Rule = Rule::cells(Which::With(Signs::UNSAFE), Severity::Error, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, .. } = *cell;
    if !cell.signs.has(Signs::UNSAFE) {
        return;
    }
    let Some((at, first)) = text.char_indices().find(|(_, c)| is_stray(*c)) else { return };
    let mark = text::mark(first);
    let message = format!("“{}”里有看不见的字符{mark}，应删去。", spot.field.label());
    let edits = vec![Edit::set(spot, without(text))];
    findings.at(spot, message).span(at..at + first.len_utf8()).safe_fix("删去看不见的字符", edits);
}

/// Line feeds in single-line fields are for `line-break-in-cell`.
fn is_stray(c: char) -> bool {
    text::is_unsafe(c) && c != '\n'
}

/// Tabs part words, so they become blanks; the separators of Unicode become line feeds.
fn without(text: &str) -> String {
    let replace = |c: char| match c {
        '\t' => Some(' '),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        _ => (!is_stray(c)).then_some(c),
    };
    text.chars().filter_map(replace).collect()
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    #[test]
    fn what_cannot_be_seen_is_removed() {
        fixes("control-characters", r#"name = "宣传\u202e活动\t场次\r""#, Field::Name, "宣传活动 场次");
        fixes("control-characters", r#"duties = "一、\u2028二、""#, Field::Duties, "一、\n二、");
        fires("control-characters", r#"agency = "示例\u001b[2J乡""#, "<1B>");
        assert_eq!(findings("control-characters", r#"name = "宣传\u200b活动""#)[0].span, Some(6..9));
        silent("control-characters", r#"duties = "一、\n二、""#);
        silent("control-characters", r#"name = "宣传\n活动""#);
    }
}
