//! Scores by grades, bands, lists and plain yes or no.

use rust_decimal::Decimal;

use super::{Flag, Sheet};
use crate::rule::{Band, Grade, Item, Worth, value};
use crate::text;
use crate::vocabulary::date;
use crate::vocabulary::number::{plain, round_points};

impl Sheet<'_> {
    pub(super) fn graded(&mut self, grades: &[Grade]) -> Option<Decimal> {
        let found = grade_in(grades, &text::compact(self.case.actual));
        if let Some(grade) = found.or_else(|| self.grade_by_number(grades)) {
            let points = grade.points.of(self.full);
            self.say(format!("属于“{}”，得 {}", grade.name, plain(round_points(points))));
            return Some(points);
        }
        let names: Vec<&str> = grades.iter().map(|grade| grade.name.as_str()).collect();
        self.open(format!("实际值“{}”不是任何一级（{}）", self.case.actual.trim(), names.join("、")), false)
    }

    /// Two grades and two numbers: reached is the first.
    fn grade_by_number<'a>(&mut self, grades: &'a [Grade]) -> Option<&'a Grade> {
        let [first, second] = grades else { return None };
        let (actual, target) = (self.actual()?, self.target()?);
        Some(if self.reached(actual, target) { first } else { second })
    }

    pub(super) fn banded(&mut self, unit: &str, bands: &[Band]) -> Option<Decimal> {
        let Some(actual) = self.held_against(unit) else {
            return self.open("实际完成值不是数字，不能分段".into(), false);
        };
        let found = bands
            .iter()
            .find(|band| band.contains(actual))
            .or_else(|| between(actual, bands))
            .or_else(|| self.top(actual, bands));
        let Some(band) = found else {
            return self.open(format!("实际 {} 不在任何一段内", plain(round_points(actual))), false);
        };
        let points = band.points.of(self.full);
        self.say(format!(
            "实际 {}{unit} 在 {} 一段，得 {}",
            plain(round_points(actual)),
            band.text(unit),
            plain(round_points(points))
        ));
        Some(points)
    }

    /// More than the best band is still the best where more is better.
    fn top<'a>(&self, actual: Decimal, bands: &'a [Band]) -> Option<&'a Band> {
        let best = bands.iter().max_by_key(|band| band.points.of(self.full))?;
        let highest = bands.iter().all(|band| band.to <= best.to);
        let beyond = best.to.is_some_and(|to| actual > to)
            && bands.iter().all(|band| band.to.is_some() || band == best);
        (beyond && highest && !self.is_reverse()).then_some(best)
    }

    pub(super) fn direct(&mut self, veto: bool) -> Option<Decimal> {
        if let (Some(actual), Some(target)) = (self.actual(), self.target()) {
            self.flag_overshoot(actual, target);
            let line = format!("实际 {}，目标 {}", plain(actual), plain(target));
            return if self.reached(actual, target) { self.everything(&line) } else { self.nothing(&line) };
        }
        let due = date::deadline(self.case.value, self.case.year);
        if let (Some(due), Some(done)) = (due, value::day_in(self.case.actual, self.case.year)) {
            let line = format!("应于 {}，实际 {}", date::chinese(due), date::chinese(done));
            return if done <= due { self.everything(&line) } else { self.nothing(&line) };
        }
        let count = value::cases(self.case.actual).filter(|_| veto);
        let good = count
            .map(|count| count <= Decimal::ZERO)
            .or_else(|| value::verdict(self.case.actual, self.case.value));
        let line = format!("实际“{}”", self.case.actual.trim());
        match good {
            Some(true) => self.everything(&line),
            Some(false) => self.nothing(&line),
            None => self.open(format!("{line}看不出是否达到，需要人工打分"), false),
        }
    }

    pub(super) fn checklist(&mut self, items: &[Item], deduct: Option<Worth>) -> Option<Decimal> {
        if let (Some(actual), Some(target)) = (self.actual(), self.target()) {
            if self.reached(actual, target) {
                return self.everything(&format!("实际 {}，目标 {}", plain(actual), plain(target)));
            }
            if let Some(deduct) = deduct.filter(|_| !value::is_ratio(self.case.unit)) {
                let missing = target.saturating_sub(actual).max(Decimal::ZERO).floor();
                let price = deduct.of(self.full);
                let points = self.full.saturating_sub(missing.saturating_mul(price));
                self.say(format!(
                    "少 {} 项 × {} 分，得 {}",
                    plain(missing),
                    plain(price),
                    plain(points.max(Decimal::ZERO))
                ));
                return Some(points);
            }
        }
        let actual = text::compact(self.case.actual);
        let named: Vec<&Item> = items
            .iter()
            .filter(|item| !item.text.is_empty() && actual.contains(text::compact(&item.text).as_ref()))
            .collect();
        if !named.is_empty() {
            let points =
                named.iter().fold(Decimal::ZERO, |sum, item| sum.saturating_add(item.points.of(self.full)));
            self.say(format!("有 {} 项，得 {}", named.len(), plain(points)));
            return Some(points);
        }
        match value::verdict(&actual, self.case.value) {
            Some(true) => self.everything("各项都有"),
            _ => self.open("看不出缺哪几项，需要人工打分".into(), false),
        }
    }

    pub(super) fn discretionary(&mut self) -> Option<Decimal> {
        let reached = match (self.actual(), self.target()) {
            (Some(actual), Some(target)) => Some(self.reached(actual, target)),
            _ => value::verdict(self.case.actual, self.case.value),
        };
        if reached == Some(true) && !self.flags.contains(&Flag::NegativeActual) {
            return self.everything("达到目标");
        }
        self.open("未达到目标，由评分人酌情打分".into(), false)
    }
}

/// A value between 89 and 90 where the bands are written for whole numbers: the lower one.
fn between(actual: Decimal, bands: &[Band]) -> Option<&Band> {
    let below = bands
        .iter()
        .filter(|band| band.to.is_some_and(|to| to < actual && actual < to.saturating_add(Decimal::ONE)));
    let lower = below.max_by_key(|band| band.to)?;
    let next = lower.to?.saturating_add(Decimal::ONE);
    bands.iter().any(|band| band.from == Some(next) && band.from_inclusive).then_some(lower)
}

/// The grade that the actual value names: the same words, the longest name in it, or the shortest
/// name around it. 否则 catches what says 不 or 未 in so many words.
fn grade_in<'a>(grades: &'a [Grade], actual: &str) -> Option<&'a Grade> {
    let name = |grade: &Grade| text::compact(&grade.name).into_owned();
    let exact = grades.iter().find(|grade| name(grade) == actual);
    let inside =
        || grades.iter().filter(|grade| affirms(actual, &name(grade))).max_by_key(|grade| grade.name.len());
    let around = || {
        grades
            .iter()
            .filter(|grade| actual.chars().count() > 1 && affirms(&name(grade), actual))
            .min_by_key(|grade| grade.name.len())
    };
    let refused = || {
        let denies = ["不", "未", "没有", "无"]
            .iter()
            .any(|word| actual.starts_with(word) || actual.contains("效果不"));
        grades.iter().find(|grade| grade.name == "否则").filter(|_| denies)
    };
    exact.or_else(inside).or_else(around).or_else(refused)
}

/// Whether `text` contains `name` without a 不 or 未 before it.
fn affirms(text: &str, name: &str) -> bool {
    let (true, Some(at)) = (!name.is_empty(), text.find(name)) else { return false };
    let before = text.get(..at).unwrap_or_default();
    !before.ends_with(['不', '未', '无', '欠', '非'])
}

impl Band {
    fn contains(&self, value: Decimal) -> bool {
        let above = self.from.is_none_or(|from| value > from || (self.from_inclusive && value == from));
        let below = self.to.is_none_or(|to| value < to || (self.to_inclusive && value == to));
        above && below
    }
}
