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

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::diagnostic::{Fix, Severity};
use crate::form::Form;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::presumed::Presumed;
use crate::lint::{COMPARED, Findings, FormView, Rule, RowView, digest, sentence};
use crate::vocabulary::{number::plain, profile};

pub(super) const CODE: &str = "points-off-profile";
pub(super) const LINT: Rule = Rule::rows(&[Field::Profile], digested, Severity::Error, check);

/// Ways to meet the profile that are offered at most.
const OFFERED: usize = 3;

fn digested(row: &RowView<'_>) -> u64 {
    // What the fixes are made of matters only while there are any.
    let words = (is_short(row.form) && !is_met(row)).then_some((&row.row.rule, &row.row.points));
    digest((row.points, row.own().points, words))
}

/// Whether fixes are offered: in a very long form they would be hundreds of edits, and no help.
fn is_short(form: &Form) -> bool {
    form.indicators.len() <= COMPARED
}

/// Whether all classes have the points that the profile wants.
fn is_met(row: &RowView<'_>) -> bool {
    let scores = row.scores;
    let of_share = |share: &profile::Share| {
        let classes = scores.classes.iter().filter(|class| share.classes.contains(&class.name.as_str()));
        classes.map(|class| class.points).sum::<Decimal>() == share.points
    };
    scores.total == scores.expected() && scores.profile.shares.iter().all(of_share)
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let named = view.form.profile.trim();
    if view.form.indicators.is_empty() || !(named.is_empty() || profile::find(named).is_some()) {
        return;
    }
    let mut expected = view.scores.expected();
    for share in view.scores.profile.shares.iter() {
        let rows = Rows::of(view, &share.classes);
        let Some(first) = share.classes.first().filter(|_| !rows.is_missing()) else {
            expected -= share.points;
            continue;
        };
        if rows.are_off(share.points) {
            let names = share.classes.join("、");
            let finding = findings.class(first, message(&names, rows.sum, share.points));
            rows.distributions(view.form, share.points).into_iter().fold(finding, |finding, fix| finding.fix(fix.title, fix.edits));
        }
    }
    let all = Rows::of(view, &[]);
    if all.are_off(expected) {
        let finding = findings.form(message("全表", all.sum, view.scores.expected()));
        let fixes = if view.scores.profile.shares.is_empty() { all.distributions(view.form, expected) } else { Vec::new() };
        fixes.into_iter().fold(finding, |finding, fix| finding.fix(fix.title, fix.edits));
    }
}

fn message(names: &str, sum: Decimal, expected: Decimal) -> String {
    let off = match sum < expected {
        true => format!("差{}分", plain(expected - sum)),
        false => format!("多{}分", plain(sum - expected)),
    };
    format!("{names}分值合计{}分，应为{}分，{off}。", plain(sum), plain(expected))
}

/// The rows that some classes hold together, or all rows.
struct Rows<'a> {
    rows: Vec<(RowView<'a>, Presumed)>,
    /// Their points as they stand.
    sum: Decimal,
    /// Their points once what other checks say is put right.
    put_right: Decimal,
    /// Points of some row are not known yet, or its class is not.
    is_open: bool,
}

impl<'a> Rows<'a> {
    fn of(view: &FormView<'a>, classes: &[&str]) -> Self {
        let of_class = |name: &str| classes.is_empty() || classes.contains(&name);
        let stand = view.scores.classes.iter().filter(|class| of_class(&class.name));
        let sum = stand.map(|class| class.points).sum();
        let belongs = |own: &Presumed| own.level1.map_or(classes.is_empty(), of_class) && own.copy_of.is_none();
        let rows: Vec<_> = view.rows().map(|row| (row, row.own())).filter(|(_, own)| belongs(own)).collect();
        let put_right = rows.iter().filter_map(|(_, own)| own.points).sum();
        let homeless = view.facts.rows.iter().any(|row| row.own.level1.is_none());
        let is_open = homeless || rows.iter().any(|(_, own)| own.points.is_none());
        Self { rows, sum, put_right, is_open }
    }

    /// No row at all, which is told as such.
    fn is_missing(&self) -> bool {
        self.rows.is_empty() && self.sum.is_zero()
    }

    fn are_off(&self, expected: Decimal) -> bool {
        let may_still_fit = self.is_open && self.put_right < expected;
        self.sum != expected && self.put_right != expected && !may_still_fit
    }

    /// Ways to meet the profile by giving equal rows equal points: whole ones first, then those that
    /// most other rows have, then those that most rows share.
    fn distributions(&self, form: &Form, expected: Decimal) -> Vec<Fix> {
        if !is_short(form) || self.is_open || self.sum != self.put_right {
            return Vec::new();
        }
        let mut groups = self.groups();
        let count = |points: Decimal| self.rows.iter().filter(|(_, own)| own.points == Some(points)).count();
        groups.sort_by_key(|group| {
            let points = self.raised(group, expected);
            (!points.is_integer(), std::cmp::Reverse((count(points), group.rows.len())))
        });
        let fits = groups.iter().filter(|group| self.raised(group, expected).scale() <= 1);
        fits.filter_map(|group| group.fix(self.raised(group, expected))).take(OFFERED).collect()
    }

    /// Rows of equal points, in the whole class and within each level-2 class.
    fn groups(&self) -> Vec<Group<'_, 'a>> {
        let mut seen = HashSet::new();
        let keys = self.rows.iter().flat_map(|(_, own)| [(None, own.points), (own.level2, own.points)]);
        let groups = keys.filter(|key| seen.insert(*key)).filter_map(|(level2, points)| {
            let of_group = |(_, own): &&(RowView<'a>, Presumed)| {
                own.points == points && (level2.is_none() || own.level2 == level2)
            };
            Some(Group { level2, points: points?, rows: self.rows.iter().filter(of_group).map(|(row, _)| row).collect() })
        });
        let mut sets = HashSet::new();
        let rows = |group: &Group<'_, 'a>| group.rows.iter().map(|row| row.at).collect::<Vec<_>>();
        groups.filter(|group| sets.insert(rows(group))).collect()
    }

    /// The points that each row of the group must have for the sum to be as expected.
    fn raised(&self, group: &Group<'_, '_>, expected: Decimal) -> Decimal {
        let each = (expected - self.sum).checked_div(Decimal::from(group.rows.len()));
        each.map_or(Decimal::ZERO, |each| (group.points + each).normalize())
    }
}

/// Rows of equal points.
struct Group<'r, 'a> {
    level2: Option<&'static str>,
    points: Decimal,
    rows: Vec<&'r RowView<'a>>,
}

impl Group<'_, '_> {
    fn fix(&self, points: Decimal) -> Option<Fix> {
        let edits: Vec<Vec<Edit>> = self.rows.iter().map(|row| sentence::with_row_points(row, points)).collect();
        if points <= Decimal::ZERO || edits.iter().any(Vec::is_empty) {
            return None;
        }
        let (old, new) = (plain(self.points), plain(points));
        let title = match &self.rows[..] {
            [row] => format!("第{}条由{old}分改为{new}分", row.at + 1),
            rows => format!("{}{}条{old}分的指标各改为{new}分", self.level2.unwrap_or_default(), rows.len()),
        };
        Some(Fix { title, edits: edits.concat(), safe: false })
    }
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, fires, patched, silent};
    use crate::score::Scores;
    use rust_decimal::Decimal;

    const ONE_POINT: &str = "rule = '达到计划值得1分，否则按实际值÷计划值×1分计，超额完成不加分。'";

    #[test]
    fn sums_are_held_to_the_profile() {
        fires("points-off-profile", ONE_POINT, "产出指标分值合计37分，应为40分，差3分");
        fires("points-off-profile", "profile = '100-points'", "合计90分，应为100分");
        silent("points-off-profile", "profile = ''");
    }

    #[test]
    fn what_other_lints_tell_is_not_told_twice() {
        for patch in [
            "points = '1'",
            "level1 = '效益指标'",
            "level1 = ''",
            "level1 = '产处'",
            "rule = ''",
            "rule = '未达到的酌情扣分'",
            "[[extra]]",
            "indicator = []",
            "profile = '乱写'",
        ] {
            silent("points-off-profile", patch);
        }
        fires("points-off-profile", "points = '1'
[[extra]]
name = '法治讲座场次'", "产出");
    }

    #[test]
    fn every_distribution_meets_the_profile() {
        let patch = "profile = '产出50 效益20 满意度10 成本20'";
        let fixes = findings("points-off-profile", patch).into_iter().flat_map(|found| found.fixes);
        let fixes: Vec<_> = fixes.collect();
        assert_eq!(fixes[0].title, "10条4分的指标各改为5分");
        for fix in fixes {
            let mut form = patched(patch);
            apply_all(fix.edits, &mut form).expect("fits");
            let scores = Scores::of(&form);
            assert_eq!(scores.class("产出").map(|class| class.points), Some(Decimal::from(50)), "{}", fix.title);
        }
    }

    #[test]
    fn the_numbers_of_the_sentence_change() {
        let fix = findings("points-off-profile", ONE_POINT).into_iter().flat_map(|found| found.fixes).find(|fix| fix.title.contains("1分改"));
        let mut form = patched(ONE_POINT);
        apply_all(fix.expect("is offered").edits, &mut form).expect("fits");
        assert_eq!(form.indicators[0].rule, "达到计划值得4分，否则按实际值÷计划值×4分计，超额完成不加分。");
    }
}
