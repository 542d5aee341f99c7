//! Scores in proportion: to the target, or to a threshold.

use rust_decimal::Decimal;

use super::{Reverse, Sheet, times_over};
use crate::rule::{Amount, value};
use crate::vocabulary::number::{plain, round_points};

impl Sheet<'_> {
    pub(super) fn proportional(
        &mut self,
        plan: Option<&Amount>,
        zero_below: Option<Decimal>,
    ) -> Option<Decimal> {
        let same =
            |plan: &&Amount| value::same_unit(&plan.unit, self.case.unit) && plan.value > Decimal::ZERO;
        let target = plan.filter(same).map(|plan| plan.value).or(self.target());
        let (Some(actual), Some(target)) = (self.actual(), target) else { return self.by_words() };
        self.flag_overshoot(actual, target);
        if self.reached(actual, target) {
            return self.everything(&format!("实际 {} 达到目标 {}", plain(actual), plain(target)));
        }
        let rate = match value::is_ratio(self.case.unit) {
            true => Some(actual),
            false => times_over(actual, Decimal::ONE_HUNDRED, target),
        };
        if let (Some(rate), Some(least)) = (rate, zero_below)
            && rate < least
        {
            return self.nothing(&format!("完成率 {}% 低于 {}%", plain(round_points(rate)), plain(least)));
        }
        self.in_proportion(actual, target, "目标")
    }

    pub(super) fn threshold(
        &mut self,
        threshold: Decimal,
        unit: &str,
        zero_below: Option<Decimal>,
    ) -> Option<Decimal> {
        let Some(actual) = self.held_against(unit) else { return self.by_words() };
        let reached = if self.is_reverse() { actual <= threshold } else { actual >= threshold };
        if reached {
            return self.everything(&format!(
                "实际 {} 达到 {}",
                plain(round_points(actual)),
                plain(threshold)
            ));
        }
        if zero_below.is_some_and(|least| actual < least) {
            return self.nothing(&format!("实际 {} 低于下限", plain(round_points(actual))));
        }
        self.in_proportion(actual, threshold, "目标")
    }

    /// actual ÷ target × points, or the reverse formula where less is better.
    fn in_proportion(&mut self, actual: Decimal, target: Decimal, name: &str) -> Option<Decimal> {
        if !self.is_reverse() {
            let points =
                if target > Decimal::ZERO { times_over(actual, self.full, target)? } else { Decimal::ZERO };
            self.say(format!(
                "实际 {} ÷ {name} {} × {} = {}",
                plain(actual),
                plain(target),
                plain(self.full),
                plain(round_points(points))
            ));
            return Some(points);
        }
        if target <= Decimal::ZERO {
            return self.nothing(&format!("{name}为 0，实际 {}", plain(actual)));
        }
        let over = actual.saturating_sub(target);
        let (points, formula) = match self.options.reverse {
            Reverse::OneMinus => {
                let lost = times_over(over, self.full, target)?;
                let formula = format!(
                    "（1 －（实际 {} － {name} {}）÷ {}）× {}",
                    plain(actual),
                    plain(target),
                    plain(target),
                    plain(self.full)
                );
                (self.full.saturating_sub(lost).max(Decimal::ZERO), formula)
            }
            Reverse::Ratio => {
                let formula =
                    format!("{name} {} ÷ 实际 {} × {}", plain(target), plain(actual), plain(self.full));
                (times_over(target, self.full, actual)?, formula)
            }
        };
        self.say(format!("{formula} = {}", plain(round_points(points))));
        Some(points)
    }

    /// Where there is nothing to divide: done is everything, anything else is for a person.
    fn by_words(&mut self) -> Option<Decimal> {
        match value::verdict(self.case.actual, self.case.value) {
            Some(true) => self.everything(&format!("实际“{}”，达到目标", self.case.actual.trim())),
            _ => self.open("实际值或目标值不是数字，不能按比例计算".into(), false),
        }
    }
}
