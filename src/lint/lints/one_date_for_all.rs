//! # 所有工作用一个完成时间
//!
//! ## 问题
//! 时效指标只有一条笼统的“工作完成时间”，或者几条时效指标都是同一天。
//!
//! ## 为什么
//! 全年所有工作都到12月31日才考核，等于没有考核。审核时会要求按重点工作分别写时限。
//!
//! ## 怎么改
//! 挑两三项重点工作，各写各的完成时间，例如“山塘维修完工时间：2026年9月30日前”。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[indicator]]
//! level2 = "时效指标"
//! name = "工作完成时间"
//! operator = "定性"
//! value = "2026年12月31日前"
//! ```
//! 好：
//! ```toml
//! [[indicator]]
//! level2 = "时效指标"
//! name = "山塘维修完工时间"
//! operator = "定性"
//! value = "2026年9月30日前"
//! ```

use std::sync::LazyLock;

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::form::target::Target;
use crate::lint::words::Words;
use crate::lint::{Findings, FormView, Rule, RowView, digest, prose};
use crate::vocabulary::date;

pub(super) const CODE: &str = "one-date-for-all";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Hint, check);

/// What a name consists of that speaks of no work in particular.
static GENERAL: LazyLock<Words> = LazyLock::new(|| Words::new(&[
    "各项", "全年", "年度", "本年", "整体", "总体", "全部", "所有", "重点", "履职", "工作", "任务", "项目", "目标", "计划", "完成",
    "及时", "按时", "按期", "时间", "时限", "时效", "进度", "情况", "截止", "指标", "率", "性", "的",
]));
/// Deadlines that may fall on one day by chance.
const BY_CHANCE: usize = 2;

fn digested(row: &RowView<'_>) -> u64 {
    if is_timed(row) { digest((deadline(row), is_general(&row.row.name))) } else { 0 }
}

fn is_timed(row: &RowView<'_>) -> bool {
    let own = row.own();
    own.level2 == Some("时效指标") && own.copy_of.is_none()
}

/// Whether a name tells nothing of what is due.
fn is_general(name: &str) -> bool {
    let name = prose::bare(name);
    !name.is_empty() && GENERAL.around_in(&name).next().is_none()
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let rows: Vec<RowView<'_>> = view.rows().filter(is_timed).collect();
    if let [row] = &rows[..] {
        if is_general(&row.row.name) {
            findings.at(row.spot(Field::Name), "全年工作只有一个笼统的时限，请按重点工作分别写。");
        }
        return;
    }
    let days: Vec<_> = rows.iter().map(deadline).collect();
    if let (Some(Some(day)), true) = (days.first(), rows.len() > BY_CHANCE && days.windows(2).all(|pair| pair[0] == pair[1])) {
        let message = format!("{}条时效指标都是{}，请按工作分别写时限。", rows.len(), date::chinese(*day));
        findings.at(rows[0].spot(Field::Value), message);
    }
}

fn deadline(row: &RowView<'_>) -> Option<date::Date> {
    match row.target() {
        Ok(Target::Deadline(day)) => Some(*day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    fn timed(rows: &[(&str, &str)]) -> String {
        let row = |(name, value): &(&str, &str)| {
            format!("[[indicator]]\nlevel2 = '时效'\nname = '{name}'\noperator = '定性'\nvalue = '{value}'\n")
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn a_general_row_or_one_day_for_three() {
        fires("one-date-for-all", &timed(&[("各项工作完成及时率", "及时")]), "笼统");
        let day = "2026年12月31日前";
        fires("one-date-for-all", &timed(&[("甲", day), ("乙", day), ("丙", "2026年底")]), "3条时效指标都是2026年12月31日");
        silent("one-date-for-all", &timed(&[("甲", day), ("乙", day)]));
        silent("one-date-for-all", &timed(&[("甲", day), ("乙", day), ("丙", "2026年6月30日前")]));
        silent("one-date-for-all", &timed(&[("", day)]));
        silent("one-date-for-all", &timed(&[("工作完成时间", day), ("山塘维修时间", "及时")]));
    }
}
