//! # 留有网页代码
//!
//! ## 问题
//! 文字里留着 `<p>`、`<br>`、`&nbsp;` 之类的网页代码。
//!
//! ## 为什么
//! 从网页或系统导出时带来的。打印出来就是一串乱码，系统也可能拒收。
//!
//! ## 怎么改
//! 用“去掉网页代码”一键改好，换行会保留，文字不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "<p>全年由乡纪委组织的宣传活动场数，&nbsp;以签到和照片记录为准。</p>"
//! ```
//! 好：
//! ```toml
//! explanation = "全年由乡纪委组织的宣传活动场数，以签到和照片记录为准。"
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, Rule, Which, prose};

pub(super) const CODE: &str = "markup-left";
pub(super) const LINT: Rule = Rule::cells(Which::With(Signs::MARKUP), Severity::Warning, check);

const TAGS: &str = " p br span div b i u a em strong font td tr th table tbody li ul ol h1 h2 h3 h4 h5 h6 img sup sub o:p ";
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&mdash;", "—"),
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("&times;", "×"),
    ("&divide;", "÷"),
    ("&#160;", " "),
];
/// The longest tag that is looked for, in bytes.
const LONGEST: usize = 300;

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, info, .. } = *cell;
    if !cell.signs.has(Signs::MARKUP) {
        return;
    }
    let markup = markup(text, info.kind.is_multi_line());
    if let Some((first, _)) = markup.first() {
        let message = format!("留有网页代码“{}”，请去掉。", prose::short(&text[first.clone()]));
        let edit = Edit::set(spot, tidy(&prose::spliced(text, &markup)));
        findings.at(spot, message).span(first.clone()).safe_fix("去掉网页代码", vec![edit]);
    }
}

fn markup(text: &str, lines: bool) -> Vec<(Range<usize>, String)> {
    let at = |(at, mark): (usize, &str)| {
        let rest = &text[at..];
        let (len, new) = if mark == "<" { tag(rest, lines)? } else { entity(rest)? };
        Some((at..at + len, new.to_owned()))
    };
    text.match_indices(['<', '&']).filter_map(at).collect()
}

/// The length of the tag at the start, and what stands for it.
fn tag(rest: &str, lines: bool) -> Option<(usize, &'static str)> {
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inner = &rest[1..end];
    let name: String = inner.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
    let name = name.to_ascii_lowercase();
    let closes = matches!(name.as_str(), "p" | "div" | "li" | "tr") && inner.starts_with('/');
    let known = !name.is_empty() && TAGS.contains(&format!(" {name} ")) && !inner.contains(['<', '\n']);
    known.then_some((end + 1, if lines && (closes || name == "br") { "\n" } else { "" }))
}

fn entity(rest: &str) -> Option<(usize, &'static str)> {
    ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)).map(|(entity, new)| (entity.len(), *new))
}

/// Without the empty lines and blanks at the ends that the tags leave behind.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn tags_become_lines() {
        fixes("markup-left", "duties = '<p>（一）甲。</p><P style=\"x\">（二）乙。<br/></p>'", Field::Duties, "（一）甲。\n（二）乙。");
        fixes("markup-left", "name = '宣传&nbsp;<b>活动'", Field::Name, "宣传 活动");
        fires("markup-left", "[sign_off]\nhead = '<span>乙</span>'", "<span>");
    }

    #[test]
    fn less_than_is_no_tag() {
        silent("markup-left", "remark = '<60%不得分，甲<乙>丙，A&B，< p>'");
    }
}
