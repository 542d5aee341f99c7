//! # 分段重叠
//!
//! ## 问题
//! 评分标准按区间给分，两个区间有一段重叠，同一个实际值可以得两种分。
//!
//! ## 为什么
//! 自评的人取高分，审核的人取低分，必有争议。
//!
//! ## 怎么改
//! 让前一段的下限就是后一段的上限，并用“含”“不含”写明归哪一段。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "≥80%得4分；70%（含）-90%得3分；70%以下不得分。"
//! ```
//! 好：
//! ```toml
//! rule = "≥90%得4分；70%（含）-90%得3分；70%以下不得分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, bands};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "bands-overlap";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((bands, unit)) = bands::of(row) else { return };
    if let Some(from) = bands.windows(2).find_map(|pair| bands::overlap(pair[0], pair[1])) {
        let message = format!("{}{unit}处两档重叠，请写明归哪一档。", plain(from));
        findings.at(row.spot(Field::Rule), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn overlapping_bands() {
        fires("bands-overlap", "rule = '≥85%得4分；60%-90%得3分；<60%得0分。'", "重叠");
        silent("bands-overlap", "rule = '≥90%得4分；80%-90%得3分；60%-80%得2分；<60%不得分。'");
        silent("bands-overlap", "rule = '100%得4分，90%以上得2分，80%以上得1分，80%以下不得分'");
    }
}
