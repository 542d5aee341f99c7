//! # 分值不是数字
//!
//! ## 问题
//! “分值”里填的不是数字。
//!
//! ## 为什么
//! 不是数字就加不进合计，这一条等于没有分。
//!
//! ## 怎么改
//! 只填数字，如 4 或 2.5，不写“分”字。
//!
//! ## 例
//! 坏：
//! ```toml
//! points = "四分"
//! ```
//! 好：
//! ```toml
//! points = "4"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{plain_number, short};
use crate::lint::{Findings, Rule, RowView};
use crate::text;
use crate::vocabulary::number;

pub(super) const CODE: &str = "points-not-a-number";
pub(super) const LINT: Rule = Rule::row(Severity::Error, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let points = row.cell(Field::Points).filter(|typed| number::parse(typed).is_err());
    let Some(typed) = points else { return };
    let found = findings.at(row.spot(Field::Points), format!("分值“{}”不是数字。", short(typed)));
    let compact = text::compact(typed);
    let number = compact.strip_suffix('分').filter(|number| number::parse(number).is_ok()).map(plain_number);
    if let Some(number) = number {
        found.safe_fix(format!("写成 {number}"), vec![row.set(Field::Points, number)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn points_are_numbers() {
        fires("points-not-a-number", "points = '四'", "四");
        fixes("points-not-a-number", "points = '４ 分'", Field::Points, "4");
        silent("points-not-a-number", "points = '2.5'");
        silent("points-not-a-number", "points = ''");
    }
}
