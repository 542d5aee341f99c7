//! # 单位名称不像全称
//!
//! ## 问题
//! 部门（单位）名称没有以“政府”“局”“委员会”“中心”等机构名称结尾，像是简称。
//!
//! ## 为什么
//! 系统按全称匹配预算单位，简称对不上号，公开时也不规范。
//!
//! ## 怎么改
//! 填与公章一致的全称，如“某某县财政局”“某某乡人民政府”。
//!
//! ## 例
//! 坏：
//! ```toml
//! agency = "示例乡"
//! ```
//! 好：
//! ```toml
//! agency = "示例乡人民政府"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule, prose};

pub(super) const CODE: &str = "agency-not-full-name";
pub(super) const LINT: Rule = Rule::form(&[Field::Agency], Severity::Hint, check);

/// Beginnings of a name that name a place or a trade, but no body that has a seal.
const SHORT_ENDINGS: &[&str] =
    &["省", "市", "县", "乡", "镇", "街道", "村", "财政", "教育", "农业", "农业农村", "水利", "民政", "卫健", "住建", "交通", "人社", "公安"];

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let agency = view.form.agency.trim();
    let bare = agency.split(['（', '(']).next().unwrap_or_default().trim_end_matches("本级");
    if SHORT_ENDINGS.iter().any(|ending| bare.ends_with(ending)) {
        let message = format!("“{}”不像单位全称，请填与公章一致的名称。", prose::short(agency));
        findings.at(Spot::form(Field::Agency), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn only_names_that_end_in_a_place_or_trade() {
        fires("agency-not-full-name", "agency = '示例县财政'", "示例县财政");
        for agency in ["", "示例县财政局（本级）", "共青团示例县委", "示例县融媒体中心", "示例县第一中学"] {
            silent("agency-not-full-name", &format!("agency = '{agency}'"));
        }
    }
}
