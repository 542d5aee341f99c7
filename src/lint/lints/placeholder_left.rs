//! # 模板的占位没有换掉
//!
//! ## 问题
//! 格子里还留着模板的占位：`*`、XXX、××村、……、指标2：、____、请填写、待定。
//!
//! ## 为什么
//! 一看就知道表没有填完，会直接退回。
//!
//! ## 怎么改
//! 换成真实内容；用不上的整条删去。为了保密遮住姓名的 〇〇〇 不算占位。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "指标2："
//! ```
//! 坏：
//! ```toml
//! explanation = "全年在××村组织宣传活动的场数。"
//! ```
//! 好：
//! ```toml
//! [sign_off]
//! prepared_by = "〇〇〇"
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::{Kind, Table};
use crate::lint::cell::{is_sound, short};
use crate::lint::{CellView, Findings, Rule, placeholder};

pub(super) const CODE: &str = "placeholder-left";
pub(super) const LINT: Rule = Rule::cell(Severity::Error, check);

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let CellView { spot, text, info, .. } = *cell;
    if !matches!(info.kind, Kind::Line | Kind::Text | Kind::Unit) {
        return;
    }
    let Some(span) = find(cell).filter(|_| is_sound(spot.field, text)) else { return };
    let rest = placeholder::label(text).and_then(|label| text.get(label.end..)).unwrap_or_default().trim();
    let left = short(&text[span.clone()]);
    let found = findings.at(spot, format!("“{left}”是模板的占位，请换成真实内容。")).span(span);
    if !rest.is_empty() {
        found.fix(format!("去掉“{left}”"), vec![Edit::set(spot, rest)]);
    }
}

/// In the sign-off a name may be made partly unreadable: 张××.
fn find(cell: &CellView<'_>) -> Option<Range<usize>> {
    match cell.info.table {
        Table::SignOff => placeholder::whole(cell.text),
        _ => placeholder::find_among(cell.signs, cell.text),
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{findings, fires, fixes, silent};

    #[test]
    fn in_rows_and_in_the_form() {
        fires("placeholder-left", "value = '*'", "*");
        fires("placeholder-left", "unit = 'XX'", "XX");
        fires("placeholder-left", "agency = '××乡人民政府'", "××");
        fires("placeholder-left", r#"annual_goals = "一、抓产业。\n……""#, "……");
        fires("placeholder-left", "[sign_off]\nhead = 'XXX'", "XXX");
        fixes("placeholder-left", "name = '指标1：宣传活动场次'", Field::Name, "宣传活动场次");
        assert_eq!(findings("placeholder-left", "explanation = '在××村'")[0].span, Some(3..7));
    }

    #[test]
    fn formulas_and_redactions() {
        silent("placeholder-left", "rule = '达到计划值得4分，否则按实际值*指标分值÷计划值计，超额不加分。'");
        silent("placeholder-left", "[sign_off]\nhead = '张××'");
        silent("placeholder-left", "unit = '/'");
    }
}
