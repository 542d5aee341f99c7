//! 分值权重: how many points each level-1 class must hold in the target table.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{number, taxonomy};
use crate::text;

/// A weight profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Stored in files: `2021-with-cost`.
    pub id: Cow<'static, str>,
    /// Chinese description with the points.
    pub label: Cow<'static, str>,
    /// Points the target table sums to.
    pub total: Decimal,
    /// Points of 预算执行率 at self-evaluation.
    pub execution: Decimal,
    /// Who holds how much; empty when only the total is fixed.
    pub shares: Cow<'static, [Share]>,
}

/// Points that one class, or several together, must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Canonical level-1 names.
    pub classes: Cow<'static, [&'static str]>,
    /// Points.
    pub points: Decimal,
}

/// The built-in profiles, the usual one first.
static TABLE: [Profile; 6] = [
    Profile {
        id: Cow::Borrowed("2021-with-cost"),
        label: Cow::Borrowed("101号文，设成本指标（产出40 效益20 满意度10 成本20）"),
        total: points(90),
        execution: points(10),
        shares: Cow::Borrowed(&[
            Share { classes: Cow::Borrowed(&["产出指标"]), points: points(40) },
            Share { classes: Cow::Borrowed(&["效益指标"]), points: points(20) },
            Share { classes: Cow::Borrowed(&["满意度指标"]), points: points(10) },
            Share { classes: Cow::Borrowed(&["成本指标"]), points: points(20) },
        ]),
    },
    Profile {
        id: Cow::Borrowed("2021-without-cost"),
        label: Cow::Borrowed("101号文，不设成本指标（产出50 效益30 满意度10）"),
        total: points(90),
        execution: points(10),
        shares: Cow::Borrowed(&[
            Share { classes: Cow::Borrowed(&["产出指标"]), points: points(50) },
            Share { classes: Cow::Borrowed(&["效益指标"]), points: points(30) },
            Share { classes: Cow::Borrowed(&["满意度指标"]), points: points(10) },
        ]),
    },
    Profile {
        id: Cow::Borrowed("2021-with-cost-without-satisfaction"),
        label: Cow::Borrowed("101号文，设成本、不设满意度（产出40 效益30 成本20）"),
        total: points(90),
        execution: points(10),
        shares: Cow::Borrowed(&[
            Share { classes: Cow::Borrowed(&["产出指标"]), points: points(40) },
            Share { classes: Cow::Borrowed(&["效益指标"]), points: points(30) },
            Share { classes: Cow::Borrowed(&["成本指标"]), points: points(20) },
        ]),
    },
    Profile {
        id: Cow::Borrowed("2021-without-satisfaction"),
        label: Cow::Borrowed("101号文，不设成本、不设满意度（产出50 效益40）"),
        total: points(90),
        execution: points(10),
        shares: Cow::Borrowed(&[
            Share { classes: Cow::Borrowed(&["产出指标"]), points: points(50) },
            Share { classes: Cow::Borrowed(&["效益指标"]), points: points(40) },
        ]),
    },
    Profile {
        id: Cow::Borrowed("hubei"),
        label: Cow::Borrowed("湖北（产出40，效益与满意度合计40，执行率20）"),
        total: points(80),
        execution: points(20),
        shares: Cow::Borrowed(&[
            Share { classes: Cow::Borrowed(&["产出指标"]), points: points(40) },
            Share { classes: Cow::Borrowed(&["效益指标", "满意度指标"]), points: points(40) },
        ]),
    },
    Profile {
        id: Cow::Borrowed("100-points"),
        label: Cow::Borrowed("百分制（合计100，各类自定）"),
        total: points(100),
        execution: points(0),
        shares: Cow::Borrowed(&[]),
    },
];

/// Whole points.
const fn points(points: u32) -> Decimal {
    Decimal::from_parts(points, 0, 0, false, 0)
}

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
    found.unwrap_or_else(|| unreachable!("the table has {id}"))
}

fn written_out(typed: &str) -> Option<Profile> {
    let half = text::halfwidth(typed);
    let words = half.split([' ', ',', ';', '、', '\t']).filter(|word| !word.is_empty());
    let shares: Vec<Share> = words.map(share).collect::<Option<_>>()?;
    let total: Decimal = shares.iter().map(|share| share.points).sum();
    let mut classes: Vec<&str> = shares.iter().flat_map(|share| share.classes.iter().copied()).collect();
    let named = classes.len();
    classes.sort();
    classes.dedup();
    let hundred = Decimal::ONE_HUNDRED;
    let right = named > 0 && classes.len() == named && total > Decimal::ZERO && total <= hundred;
    right.then(|| Profile {
        id: typed.trim().to_owned().into(),
        label: format!("自定：{}", typed.trim()).into(),
        total,
        execution: hundred - total,
        shares: shares.into(),
    })
}

/// `产出40`, `产出=40`, `效益+满意度40`.
fn share(word: &str) -> Option<Share> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (names, points) = word.split_at(at);
    let points = number::parse(points.trim_end_matches('分')).ok()?;
    let names = names.trim_end_matches(['=', ':']);
    let classes = names.split('+').map(|name| taxonomy::level1(name).map(|class| class.name));
    Some(Share { classes: classes.collect::<Option<_>>()?, points })
}

impl Profile {
    /// The share that a level-1 class belongs to.
    pub fn share_of(&self, level1: &str) -> Option<&Share> {
        self.shares.iter().find(|share| share.classes.contains(&level1))
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
            for class in profile.shares.iter().flat_map(|share| share.classes.iter()) {
                assert_eq!(taxonomy::level1(class).map(|class| class.name), Some(*class));
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
