//! 分值权重: how many points each level-1 class must hold in the target table.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{number, taxonomy};
use crate::text;

/// A weight profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// Stored in files: `2021-with-cost`.
    pub id: String,
    /// Chinese description with the points.
    pub label: String,
    /// Points the target table sums to.
    pub total: Decimal,
    /// Points of 预算执行率 at self-evaluation.
    pub execution: Decimal,
    /// Who holds how much; empty when only the total is fixed.
    pub shares: Vec<Share>,
}

/// Points that one class, or several together, must hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// Canonical level-1 names.
    pub classes: Vec<String>,
    /// Points.
    pub points: Decimal,
}

#[derive(Deserialize)]
struct File {
    profile: Vec<Profile>,
}

static TABLE: LazyLock<Vec<Profile>> =
    LazyLock::new(|| super::table::<File>(include_str!("../../assets/profiles.toml")).profile);

/// The built-in profiles, the usual one first.
pub fn all() -> &'static [Profile] {
    &TABLE
}

/// The profile a form names: a built-in id, or the county's own written out as
/// `产出40 效益20 满意度10 成本20` (points per class; 预算执行率 fills up to 100).
/// `None` for anything else.
pub fn find(typed: &str) -> Option<Cow<'static, Profile>> {
    let id = text::compact(typed);
    let built_in = TABLE.iter().find(|profile| profile.id == id);
    built_in.map(Cow::Borrowed).or_else(|| written_out(typed).map(Cow::Owned))
}

/// The profile of a form that names none: 101号 with cost where there is a 成本 row, else without.
pub fn default_for(has_cost: bool) -> &'static Profile {
    let id = if has_cost { "2021-with-cost" } else { "2021-without-cost" };
    let found = TABLE.iter().find(|profile| profile.id == id);
    found.unwrap_or_else(|| unreachable!("assets/profiles.toml has {id}"))
}

fn written_out(typed: &str) -> Option<Profile> {
    let half = text::halfwidth(typed);
    let words = half.split([' ', ',', ';', '、', '\t']).filter(|word| !word.is_empty());
    let shares: Vec<Share> = words.map(share).collect::<Option<_>>()?;
    let total: Decimal = shares.iter().map(|share| share.points).sum();
    let mut classes: Vec<&String> = shares.iter().flat_map(|share| &share.classes).collect();
    let named = classes.len();
    classes.sort();
    classes.dedup();
    let hundred = Decimal::ONE_HUNDRED;
    let right = named > 0 && classes.len() == named && total > Decimal::ZERO && total <= hundred;
    right.then(|| Profile {
        id: typed.trim().to_owned(),
        label: format!("自定：{}", typed.trim()),
        total,
        execution: hundred - total,
        shares,
    })
}

/// `产出40`, `产出=40`, `效益+满意度40`.
fn share(word: &str) -> Option<Share> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (names, points) = word.split_at(at);
    let points = number::parse(points.trim_end_matches('分')).ok()?;
    let names = names.trim_end_matches(['=', ':']);
    let classes = names.split('+').map(|name| taxonomy::level1(name).map(|class| class.name.clone()));
    Some(Share { classes: classes.collect::<Option<_>>()?, points })
}

impl Profile {
    /// The share that a level-1 class belongs to.
    pub fn share_of(&self, level1: &str) -> Option<&Share> {
        self.shares.iter().find(|share| share.classes.iter().any(|class| class == level1))
    }

    /// Points the class must hold alone; `None` where it shares them with others or none are set.
    pub fn expected(&self, level1: &str) -> Option<Decimal> {
        self.share_of(level1).filter(|share| share.classes.len() == 1).map(|share| share.points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_add_up() {
        for profile in all() {
            let sum: Decimal = profile.shares.iter().map(|share| share.points).sum();
            assert!(profile.shares.is_empty() || sum == profile.total, "{}", profile.id);
            assert_eq!(profile.total + profile.execution, Decimal::ONE_HUNDRED, "{}", profile.id);
            for class in profile.shares.iter().flat_map(|share| &share.classes) {
                assert_eq!(taxonomy::level1(class).map(|class| &class.name), Some(class));
            }
        }
    }

    #[test]
    fn a_county_writes_its_own() {
        let own = find("产出 45").or_else(|| find("产出45，效益25，满意度10，成本10分")).expect("reads");
        assert_eq!(own.total, Decimal::from(90));
        assert_eq!(own.expected("产出指标"), Some(Decimal::from(45)));
        let joint = find("产出40 效益+满意度=40").expect("reads");
        assert_eq!(joint.expected("效益指标"), None);
        assert_eq!(joint.execution, Decimal::from(20));
        assert!(find("随便").is_none());
        assert!(find("产出40 产出40").is_none());
        assert!(find("产出400").is_none());
    }
}
