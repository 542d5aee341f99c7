//! # 文字里写的是别的年度
//!
//! ## 问题
//! 目标、名称、解释或评分标准里写着别的年份，与本表的年度不同。
//!
//! ## 为什么
//! 多半是照抄去年的表忘了改。年份不对，整张表的真实性都会被怀疑。
//!
//! ## 怎么改
//! 改成本年度。与上年比较的（较2025年增长、比2025年下降）、规划期和文件号不会提示。
//!
//! ## 例
//! 坏：
//! ```toml
//! explanation = "2025年由乡纪委组织的宣传活动场数，以签到和照片记录为准。"
//! ```
//! 好：
//! ```toml
//! explanation = "2026年由乡纪委组织的宣传活动场数，比2025年增加1场。"
//! ```

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::signs::Signs;
use crate::lint::{CellView, Findings, RowView, Rule, Which, prose};

pub(super) const CODE: &str = "wrong-year";
pub(super) const LINT: Rule = Rule::cells(Which::WordsWith(Signs::YEAR), Severity::Warning, check);

/// Words near a year that make it one of comparison, of a plan or of a document.
const BEFORE: &[&str] = &["较", "比", "与", "从", "自", "截至", "截止", "至", "到", "-", "—", "～", "~", "以", "对照", "相对", "于", "第"];
const AFTER: &[&str] = &[
    "相比", "同期", "以来", "基数", "结转", "规划", "至", "到", "-", "—", "～", "~", "起", "底数", "文件", "印发", "修订", "及以前", "以前",
    "水平", "数据", "年末", "末", "决算", "审计", "、", "和", "增长", "完成数", "实际",
];
/// Years that far from the form's are most likely not meant as the form's.
const NEAR: i16 = 3;

fn check(cell: &CellView<'_>, findings: &mut Findings<'_>) {
    let (spot, Some(text)) = (cell.spot, cell.prose()) else { return };
    let Some(year) = cell.form.year_number() else { return };
    let is_dated = |row: RowView<'_>| matches!(row.target(), Ok(Target::Deadline(_)));
    let dated = spot.field == Field::Rule && cell.row.is_some_and(is_dated);
    if dated || matches!(spot.field, Field::Duties | Field::Remark | Field::DeviationReason) {
        return;
    }
    let wrong = wrong(text, year);
    if let Some((first, _)) = wrong.first() {
        let message = format!("这里写的是{}年，本表是{year}年度，请核对。", &text[first.clone()]);
        let edit = Edit::set(spot, prose::spliced(text, &wrong));
        findings.at(spot, message).span(first.clone()).fix(format!("改为{year}年"), vec![edit]);
    }
}

/// The years of a text that are neither the form's nor excused by what stands around them.
fn wrong(text: &str, year: i16) -> Vec<(Range<usize>, String)> {
    let found = |(at, _): (usize, &str)| {
        let start = at.checked_sub(4)?;
        let digits = text.get(start..at).filter(|digits| digits.starts_with("20"))?;
        let other: i16 = digits.parse().ok()?;
        let before = text.get(..start)?.trim_end();
        let after = text.get(at + "年".len()..)?.trim_start_matches('度').trim_start();
        let longer = before.ends_with(|c: char| c.is_ascii_digit());
        let excused = BEFORE.iter().any(|word| before.ends_with(word)) || AFTER.iter().any(|word| after.starts_with(word));
        let near = other != year && (other - year).abs() <= NEAR;
        (near && !longer && !excused).then(|| (start..at, year.to_string()))
    };
    text.match_indices('年').filter_map(found).collect()
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn last_years_text_is_found() {
        fixes("wrong-year", "name = '2025年度宣传活动场次'", Field::Name, "2026年度宣传活动场次");
        fires("wrong-year", "annual_goals = '2027年完成山塘维修'", "2027");
    }

    #[test]
    fn comparisons_plans_and_documents_are_right() {
        for text in ["较2025年增长5%", "2025年基数", "2024—2027年三年行动", "2025年至2027年", "到2028年", "2021年印发", "12025年", "2026年"] {
            silent("wrong-year", &format!("explanation = '{text}'"));
        }
        silent("wrong-year", "year = ''\nname = '2025年活动'");
        silent("wrong-year", "operator = '定性'\nvalue = '2026年6月30日前'\nrule = '2025年6月30日前完成得4分'");
    }
}
