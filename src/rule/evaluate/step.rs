//! Scores that lose points by steps: beyond a limit, by occurrence, by days of delay.

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use super::Sheet;
use crate::rule::{Direction, Rule, Worth, value};
use crate::vocabulary::date;
use crate::vocabulary::number::{plain, round_points};

/// A step and its price.
pub(super) struct Stride<'a> {
    pub(super) size: Decimal,
    pub(super) unit: &'a str,
    pub(super) deduct: Worth,
    pub(super) started: Option<bool>,
}

impl Sheet<'_> {
    pub(super) fn steps(&mut self, rule: &Rule) -> Option<Decimal> {
        let Rule::StepDeduction {
            direction,
            step,
            step_unit,
            deduct,
            limit,
            limit_unit,
            zero_below,
            started,
        } = rule
        else {
            return None;
        };
        let stride = Stride { size: *step, unit: step_unit, deduct: *deduct, started: *started };
        let counted = !value::is_ratio(step_unit) && *direction == Direction::Each;
        if counted && !value::same_unit(step_unit, self.case.unit) {
            return self.counted(&stride);
        }
        let relative_limit = limit.is_some() && value::is_ratio(limit_unit.as_deref().unwrap_or(step_unit));
        let Some(actual) = self.held_against(if relative_limit { "%" } else { "" }) else {
            return self.counted(&stride);
        };
        if zero_below.is_some_and(|least| actual < least) {
            return self.nothing(&format!("实际 {} 低于下限", plain(round_points(actual))));
        }
        let target = self.target();
        let Some(base) = limit.or(target) else { return self.counted(&stride) };
        if limit.is_none() {
            self.flag_overshoot(actual, base);
        }
        let beyond = match direction {
            Direction::Up => actual.saturating_sub(base),
            Direction::Down => base.saturating_sub(actual),
            Direction::Each if value::is_ratio(step_unit) => actual.saturating_sub(base).abs(),
            Direction::Each if self.is_reverse() || base.is_zero() => actual.saturating_sub(base),
            Direction::Each => base.saturating_sub(actual),
        };
        let in_points = !value::is_ratio(step_unit) || value::is_ratio(self.case.unit) || relative_limit;
        self.beyond(beyond.max(Decimal::ZERO), base, in_points, &stride)
    }

    /// The deviation in the unit of the step: as it is, or relative to the target.
    fn beyond(
        &mut self,
        beyond: Decimal,
        base: Decimal,
        in_points: bool,
        stride: &Stride,
    ) -> Option<Decimal> {
        if beyond.is_zero() {
            return self.everything("没有超出范围");
        }
        if in_points {
            self.say(format!("偏差 {}{}", plain(round_points(beyond)), stride.unit));
            return self.lose(beyond, stride);
        }
        let Some(percent) = beyond.saturating_mul(Decimal::ONE_HUNDRED).checked_div(base) else {
            return self.open("目标为 0，不能计算偏差比例".into(), false);
        };
        self.say(format!(
            "偏差 {} ÷ 目标 {} = {}%",
            plain(beyond),
            plain(base),
            plain(round_points(percent))
        ));
        self.lose(percent, stride)
    }

    /// Occurrences that the actual value names itself: 发现2处.
    fn counted(&mut self, stride: &Stride) -> Option<Decimal> {
        let number = value::number_in(self.case.actual, self.case.unit).zip(self.target());
        let explicit = value::number_in(self.case.actual, "").is_none() || number.is_none();
        if let Some(count) = value::occurrences(self.case.actual, stride.unit).filter(|_| explicit) {
            self.say(format!("共 {}{}", plain(count), stride.unit));
            return self.lose(count.max(Decimal::ZERO), stride);
        }
        let good = number.is_some_and(|(actual, target)| self.reached(actual, target))
            || value::verdict(self.case.actual, self.case.value) == Some(true);
        match good {
            true => self.everything("达到目标，没有扣分事项"),
            false => self.open(format!("实际值没有写明有几{}，需要人工打分", stride.unit), false),
        }
    }

    /// Full points less what the steps in `beyond` cost.
    fn lose(&mut self, beyond: Decimal, stride: &Stride) -> Option<Decimal> {
        let Some(exact) = beyond.checked_div(stride.size) else {
            return self.open("扣分的步长为 0，不能计算".into(), false);
        };
        let started = stride.started.unwrap_or(self.options.started_steps);
        let steps = if started { exact.ceil() } else { exact.floor() };
        let price = stride.deduct.of(self.full);
        let points = self.full.saturating_sub(steps.saturating_mul(price)).max(Decimal::ZERO);
        let whole = if started { "（不足一步按一步计）" } else { "（只计整步）" };
        self.say(format!(
            "{} ÷ {} = {} 步{}，{} － {} × {} = {}",
            plain(round_points(beyond)),
            plain(stride.size),
            plain(steps),
            if steps == exact { "" } else { whole },
            plain(self.full),
            plain(steps),
            plain(price),
            plain(points)
        ));
        Some(points)
    }

    pub(super) fn deadline(&mut self, day: Option<Date>, stride: &Stride) -> Option<Decimal> {
        let due = day.or_else(|| date::deadline(self.case.value, self.case.year));
        let done = value::day_in(self.case.actual, self.case.year);
        if let (Some(due), Some(done)) = (due, done) {
            let (whole, part) = delay(due, done, stride.unit);
            if whole.is_zero() && !part {
                return self.everything(&format!(
                    "{}前完成，实际 {}",
                    date::chinese(due),
                    date::chinese(done)
                ));
            }
            self.say(format!(
                "应于 {}，实际 {}，迟 {}{}",
                date::chinese(due),
                date::chinese(done),
                plain(whole),
                stride.unit
            ));
            let started = part && stride.started.unwrap_or(self.options.started_steps);
            return self.lose(if started { whole.saturating_add(Decimal::new(5, 1)) } else { whole }, stride);
        }
        if let (Some(actual), Some(target)) = (self.actual(), self.target()) {
            let late = actual.saturating_sub(target).max(Decimal::ZERO);
            self.say(format!(
                "实际 {}，目标 {}，迟 {}{}",
                plain(actual),
                plain(target),
                plain(late),
                stride.unit
            ));
            return self.lose(late, stride);
        }
        self.delay_in_words(stride)
    }

    fn delay_in_words(&mut self, stride: &Stride) -> Option<Decimal> {
        let late =
            ["逾期", "推迟", "延迟", "延期", "迟", "晚"].iter().any(|word| self.case.actual.contains(word));
        if late && let Some(count) = value::occurrences(self.case.actual, stride.unit) {
            return self.lose(count.max(Decimal::ZERO), stride);
        }
        match value::verdict(self.case.actual, self.case.value) {
            Some(true) => self.everything(&format!("实际“{}”，视为按期完成", self.case.actual.trim())),
            Some(false) if !late && self.case.actual.contains("未完成") => self.nothing("没有完成"),
            _ => self.open("实际完成值里没有看到日期".into(), false),
        }
    }
}

/// The delay in whole units, and whether more than that has passed.
fn delay(due: Date, done: Date, unit: &str) -> (Decimal, bool) {
    let days = days_between(due, done).max(0);
    let months = months_between(due, done).max(0);
    let in_days = |length: i64| (Decimal::from(days / length), days % length > 0);
    let in_months = |length: i64| (Decimal::from(months / length), days > 0);
    match unit.trim_start_matches('个') {
        "周" | "星期" => in_days(7),
        "月" => in_months(1),
        "季度" => in_months(3),
        "年" => in_months(12),
        "小时" => (Decimal::from(days.saturating_mul(24)), false),
        "工作日" => (Decimal::from(workdays_between(due, done)), false),
        _ => in_days(1),
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    let number = |date: Date| {
        i64::from(
            date.to_datetime(jiff::civil::Time::midnight())
                .date()
                .since(Date::ZERO)
                .map_or(0, |span| span.get_days()),
        )
    };
    number(to) - number(from)
}

fn months_between(from: Date, to: Date) -> i64 {
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    let last = to == to.last_of_month() && from.day() > to.day();
    months(to) - months(from) - i64::from(to.day() < from.day() && !last)
}

/// Days from Monday to Friday after `from` up to `to`; holidays are not known here.
fn workdays_between(from: Date, to: Date) -> i64 {
    let days = days_between(from, to).max(0);
    let first = i64::from(from.weekday().to_monday_zero_offset());
    let rest = (1..=days % 7)
        .filter(|ahead| (first + ahead) % 7 < i64::from(Weekday::Saturday.to_monday_zero_offset()));
    days / 7 * 5 + i64::try_from(rest.count()).unwrap_or(0)
}
