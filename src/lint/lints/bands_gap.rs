//! # 分段之间有空档
//!
//! ## 问题
//! 评分标准按区间给分，两个区间之间有一段没有写得几分。
//!
//! ## 为什么
//! 实际值落在空档里就没有分可给，自评时只能各说各话。
//!
//! ## 怎么改
//! 让前一段的下限就是后一段的上限，并用“含”“不含”写明归哪一段。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "≥90%得4分；70%（含）-80%得3分；70%以下不得分。"
//! ```
//! 好：
//! ```toml
//! rule = "≥90%得4分；70%（含）-90%得3分；70%以下不得分。"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, Rule, RowView, bands};
use crate::vocabulary::number::plain;

pub(super) const CODE: &str = "bands-gap";
pub(super) const LINT: Rule = Rule::row(Severity::Warning, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let Some((bands, unit)) = bands::of(row) else { return };
    if let Some((to, from)) = bands.windows(2).find_map(|pair| bands::gap(pair[0], pair[1], unit)) {
        let message = format!("{}{unit}到{}{unit}之间没有写得几分，请补上。", plain(to), plain(from));
        findings.at(row.spot(Field::Rule), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn gaps_between_bands() {
        fires("bands-gap", "rule = '≥90%得4分；60%-80%得3分；<60%得0分。'", "80%到90%");
        silent("bands-gap", "rule = '≥90%得4分；80%-90%得3分；60%-80%得2分；<60%不得分。'");
        silent("bands-gap", "rule = '完成50场以上得4分，40-49场得3分，30-39场得2分，不足30场不得分'");
    }
}
