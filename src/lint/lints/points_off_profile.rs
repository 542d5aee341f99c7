//! # 分值与权重不符
//!
//! ## 问题
//! 某个一级指标的分值合计，或全表的分值合计，与分值权重规定的不一样。
//!
//! ## 为什么
//! 101号文规定了各类指标的权重（有成本指标时：产出40、效益20、满意度10、成本20，合计90；
//! 另外10分是预算执行率）。合计不对的表会被退回，自评时也算不到100分。
//!
//! ## 怎么改
//! 按提示给差分的那一类加分或减分：改评分标准里的满分，或者增减指标。
//! 本县另有规定的，在“分值权重”里写明。
//!
//! ## 例
//! 坏：
//! ```toml
//! rule = "达到计划值得1分，否则按实际值÷计划值×1分计，超额完成不加分。"
//! ```
//! 好：
//! ```toml
//! remark = "分值没有变"
//! ```

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::lint::{Findings, FormView, Rule};
use crate::vocabulary::{number::plain, profile::Share};

pub(super) const CODE: &str = "points-off-profile";
pub(super) const LINT: Rule = Rule::form(Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let scores = view.scores;
    for share in &scores.profile.shares {
        let points = |name: &String| scores.class(name).map_or(Decimal::ZERO, |class| class.points);
        let sum: Decimal = share.classes.iter().map(points).sum();
        if let (true, Some(first)) = (sum != share.points, share.classes.first()) {
            findings.class(first, share_message(share, sum));
        }
    }
    let expected = scores.expected();
    if scores.total != expected {
        let (total, off) = (plain(scores.total), difference(scores.total, expected));
        findings.form(format!("全表分值合计{total}分，应为{}分，{off}。", plain(expected)));
    }
}

fn share_message(share: &Share, sum: Decimal) -> String {
    let (names, off) = (share.classes.join("、"), difference(sum, share.points));
    format!("{names}分值合计{}分，应为{}分，{off}。", plain(sum), plain(share.points))
}

fn difference(sum: Decimal, expected: Decimal) -> String {
    match sum < expected {
        true => format!("差{}分", plain(expected - sum)),
        false => format!("多{}分", plain(sum - expected)),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn sums_are_held_to_the_profile() {
        fires("points-off-profile", "points = '1'", "差");
        fires("points-off-profile", "profile = '100-points'", "合计90分，应为100分");
        silent("points-off-profile", "profile = ''");
    }
}
