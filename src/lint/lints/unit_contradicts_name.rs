//! # 计量单位与指标名称不配
//!
//! ## 问题
//! 名称说的是“率”“满意度”，单位却是 次、人、万元；或者名称说的是“次数”“人数”，单位却是 %。
//!
//! ## 为什么
//! 名称和单位对不上，审核的人不知道考核的是比例还是数量。
//!
//! ## 怎么改
//! 考核比例的用 %；考核数量的用 次、人、件 等，或者改名称。
//!
//! ## 例
//! 坏：
//! ```toml
//! name = "安全隐患整改率"
//! unit = "次"
//! ```
//! 坏：
//! ```toml
//! name = "安全巡查次数"
//! unit = "%"
//! ```
//! 好：
//! ```toml
//! name = "安全隐患整改率"
//! value = "95"
//! unit = "%"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::names;
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::unit::Kind;

pub(super) const CODE: &str = "unit-contradicts-name";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

const COUNTS: &[&str] = &["次数", "人数", "人次", "户数", "场次", "件数", "里程", "面积", "金额"];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(name), Some(unit)) = (row.cell(Field::Name), row.known_unit()) else { return };
    let bare = names::without_bracket(name);
    let wrong = match unit.kind {
        Kind::Ratio => COUNTS.iter().any(|ending| bare.ends_with(ending)),
        Kind::Other => false,
        _ => names::is_ratio(bare),
    };
    if wrong && row.number().is_some() {
        let message = format!("“{}”的计量单位不应是“{}”。", short(name), unit.name);
        let found = findings.at(row.spot(Field::Unit), message);
        if let Some(likely) = names::likely_unit(bare) {
            found.fix(format!("用 {likely}"), vec![row.set(Field::Unit, likely)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn rates_are_ratios_and_counts_are_not() {
        fixes("unit-contradicts-name", "name = '群众满意度'\nunit = '人'", Field::Unit, "%");
        fixes("unit-contradicts-name", "name = '培训人数（人）'\nunit = '%'", Field::Unit, "人");
        silent("unit-contradicts-name", "name = '群众满意度'\nunit = '分'");
        silent("unit-contradicts-name", "name = '出生率'\nunit = '‰'");
        silent("unit-contradicts-name", "name = '巡查频率'\nunit = '次'");
    }
}
