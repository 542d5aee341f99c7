//! A rule in words: the canonical sentence, which reads back as the same rule, and one line for a
//! person.

use rust_decimal::Decimal;

use super::{Band, Direction, Rule, Share, Worth, value};
use crate::vocabulary::date;
use crate::vocabulary::number::plain;
use crate::vocabulary::operator::Operator;

impl Rule {
    /// The canonical scoring sentence; without `points` it says 满分 and leaves the number open.
    pub fn sentence(&self, points: Option<Decimal>) -> String {
        let full = full(points);
        match self {
            Self::Proportional { full_at: Some(plan), zero_below } => {
                let least = floor(*zero_below, "完成率", "%");
                format!("完成{plan}得{full}，未完成的按完成比例计分{least}。")
            }
            Self::Proportional { full_at: None, zero_below } => {
                format!(
                    "达到目标值得{full}，未达到目标值按实际值/目标值×分值计分{}。",
                    floor(*zero_below, "完成率", "%")
                )
            }
            Self::Threshold { threshold, unit, zero_below } => {
                let bound = format!("{}{unit}", plain(*threshold));
                format!(
                    "达到{bound}得{full}，低于{bound}按实际值/{bound}×分值计分{}。",
                    floor(*zero_below, "", unit)
                )
            }
            Self::StepDeduction { step, step_unit, deduct, zero_below, started, .. } => {
                let step = format!("{}{step_unit}", plain(*step));
                let unit = if value::is_ratio(step_unit) { "%" } else { step_unit };
                let partial = partial(*started, &step);
                format!(
                    "{}得{full}，{}{step}扣{}{partial}{}，扣完为止。",
                    self.inside(),
                    self.each(),
                    loss(*deduct),
                    floor(*zero_below, "", unit)
                )
            }
            Self::Deadline { date, step, step_unit, deduct, started } => {
                let due = date.map_or_else(|| "按期".to_owned(), |date| format!("{}前", date::chinese(date)));
                let step = format!("{}{step_unit}", plain(*step));
                format!(
                    "{due}完成得{full}，每推迟{step}扣{}{}，扣完为止。",
                    loss(*deduct),
                    partial(*started, &step)
                )
            }
            Self::Graded { grades } => {
                let most = grades.iter().filter_map(|grade| grade.points.points()).max();
                let grades = grades.iter().map(|grade| format!("{}{}", grade.name, earning(grade.points)));
                format!("{}{}。", total(points, most), joined(grades, "，"))
            }
            Self::Bands { unit, bands } => {
                let most = bands.iter().filter_map(|band| band.points.points()).max();
                let bands = bands.iter().map(|band| format!("{}{}", band.text(unit), earning(band.points)));
                format!("{}{}。", total(points, most), joined(bands, "，"))
            }
            Self::Direct { veto: false } => format!("达到要求得{full}，否则不得分。"),
            Self::Direct { veto: true } => format!("符合要求得{full}，发现1例不符合要求的不得分。"),
            Self::Checklist { items, deduct } => {
                let sum = items
                    .iter()
                    .filter_map(|item| item.points.points())
                    .fold(Decimal::ZERO, Decimal::saturating_add);
                let missing = deduct.map(|deduct| format!("；每少1项扣{}", loss(deduct))).unwrap_or_default();
                let items = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| format!("（{}）{}{}", at + 1, item.text, earning(item.points)));
                format!("{}{}{missing}。", total(points, Some(sum)), joined(items, "；"))
            }
            Self::GradedRanges { ranges } => {
                let points = points.map(|points| format!("，满分{}分", plain(points))).unwrap_or_default();
                format!(
                    "分档评分，在分值的{}内合理确定得分{points}。",
                    joined(ranges.iter().map(Share::text), "、")
                )
            }
            Self::Discretionary => format!("达到目标值得{full}，未达到目标值酌情扣分。"),
            Self::Unknown => points.map(|points| format!("满分{}分。", plain(points))).unwrap_or_default(),
        }
    }

    /// Where a step deduction leaves the points full.
    fn inside(&self) -> String {
        let Self::StepDeduction { direction, step_unit, limit, limit_unit, .. } = self else {
            return String::new();
        };
        let unit = if value::is_ratio(step_unit) { "%" } else { step_unit };
        let limit = limit.map(|limit| format!("{}{}", plain(limit), limit_unit.as_deref().unwrap_or(unit)));
        match (direction, limit) {
            (Direction::Up, Some(limit)) => format!("不超过{limit}"),
            (_, Some(limit)) => format!("达到{limit}"),
            (Direction::Up, None) => "控制在目标值以内".into(),
            (Direction::Down, None) => "达到目标值".into(),
            (Direction::Each, None) => "符合要求".into(),
        }
    }

    fn each(&self) -> &'static str {
        match self {
            Self::StepDeduction { direction: Direction::Up, .. } => "每超出",
            Self::StepDeduction { direction: Direction::Down, .. } => "每降低",
            Self::StepDeduction { step_unit, .. } if value::is_ratio(step_unit) => "每偏离",
            _ => "每发现",
        }
    }

    /// One line for a person: 达到 48 次得 2 分，不足按比例.
    pub fn explain(&self, points: Option<Decimal>, operator: &str, value: &str, unit: &str) -> String {
        let full = points.map_or_else(|| "满分".to_owned(), |points| format!(" {} 分", plain(points)));
        let reverse = Operator::parse(operator).is_some_and(Operator::is_reverse);
        let target = target_text(operator, value, unit);
        match self {
            Self::Proportional { full_at, zero_below } => {
                let target = full_at.as_ref().map_or(target, |plan| format!("达到 {plan} "));
                let short = if reverse { "超出按比例扣减" } else { "不足按比例" };
                format!("{target}得{full}，{short}{}", below(*zero_below, "%"))
            }
            Self::Threshold { threshold, unit, zero_below } => {
                format!("达到 {}{unit} 得{full}，不足按比例{}", plain(*threshold), below(*zero_below, unit))
            }
            Self::StepDeduction { step, step_unit, deduct, limit, .. } => {
                let inside = if limit.is_some() { self.inside() } else { target };
                format!(
                    "{inside}得{full}，{} {} {step_unit}扣 {}，扣完为止",
                    self.each(),
                    plain(*step),
                    loss(*deduct)
                )
            }
            Self::Deadline { date, step, step_unit, deduct, .. } => {
                let due = date.map_or(target, |date| format!("{}前完成", date::chinese(date)));
                format!("{due}得{full}，每迟 {} {step_unit}扣 {}", plain(*step), loss(*deduct))
            }
            Self::Graded { grades } => {
                joined(grades.iter().map(|grade| format!("{}{}", grade.name, earning(grade.points))), "，")
            }
            Self::Bands { unit, bands } => {
                joined(bands.iter().map(|band| format!("{}{}", band.text(unit), earning(band.points))), "，")
            }
            Self::Direct { veto: false } => format!("{target}得{full}，否则不得分"),
            Self::Direct { veto: true } => format!("{target}得{full}，发现一例不得分"),
            Self::Checklist { items, .. } => format!("{} 项逐项得分，共{full}", items.len()),
            Self::GradedRanges { ranges } => format!("共{full}，分 {} 档在区间内人工打分", ranges.len()),
            Self::Discretionary => format!("{target}得{full}，否则由评分人酌情打分"),
            Self::Unknown => "没有看懂评分办法，需要人工打分".into(),
        }
    }
}

fn target_text(operator: &str, typed: &str, unit: &str) -> String {
    let typed = typed.trim();
    match Operator::parse(operator) {
        _ if typed.is_empty() => "达到目标".into(),
        Some(Operator::Le | Operator::Lt) => format!("不超过 {typed} {unit}"),
        Some(Operator::Qualitative) | None => format!("达到“{typed}”"),
        Some(_) => format!("达到 {typed} {unit}"),
    }
}

fn below(least: Option<Decimal>, unit: &str) -> String {
    least.map(|least| format!("，低于 {}{unit} 不得分", plain(least))).unwrap_or_default()
}

fn full(points: Option<Decimal>) -> String {
    points.map_or_else(|| "满分".to_owned(), |points| format!("满分{}分", plain(points)))
}

/// The total in front, where the parts do not say it themselves.
fn total(points: Option<Decimal>, own: Option<Decimal>) -> String {
    let stated = points.filter(|points| Some(*points) != own);
    stated.map(|points| format!("满分{}分。", plain(points))).unwrap_or_default()
}

fn earning(worth: Worth) -> String {
    match worth {
        Worth::Points(points) if points.is_zero() => "不得分".into(),
        Worth::Points(points) => format!("得{}分", plain(points)),
        full if full == Worth::FULL => "得满分".into(),
        Worth::Share(share) => format!("得分值的{}%", plain(share)),
    }
}

fn loss(worth: Worth) -> String {
    match worth {
        Worth::Points(points) => format!("{}分", plain(points)),
        Worth::Share(share) => format!("分值的{}%", plain(share)),
    }
}

fn floor(least: Option<Decimal>, what: &str, unit: &str) -> String {
    least.map(|least| format!("，{what}低于{}{unit}不得分", plain(least))).unwrap_or_default()
}

fn partial(started: Option<bool>, step: &str) -> String {
    match started {
        Some(true) => format!("，不足{step}按{step}计"),
        Some(false) => format!("，不足{step}不扣分"),
        None => String::new(),
    }
}

fn joined(parts: impl Iterator<Item = String>, mark: &str) -> String {
    parts.collect::<Vec<_>>().join(mark)
}

impl Band {
    /// `80%（含）-90%（不含）`.
    pub(super) fn text(&self, unit: &str) -> String {
        let end = |number: Decimal| format!("{}{unit}", plain(number));
        let sign =
            |inclusive: bool, closed: &'static str, open: &'static str| if inclusive { closed } else { open };
        let above = sign(self.from_inclusive, "≥", ">");
        let below = sign(self.to_inclusive, "≤", "<");
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => format!("={}", end(from)),
            (Some(from), Some(to)) if from.is_sign_negative() => {
                format!("{above}{}且{below}{}", end(from), end(to))
            }
            (Some(from), Some(to)) => {
                let remark = |inclusive| sign(inclusive, "（含）", "（不含）");
                format!(
                    "{}{}-{}{}",
                    end(from),
                    remark(self.from_inclusive),
                    end(to),
                    remark(self.to_inclusive)
                )
            }
            (Some(from), None) => format!("{above}{}", end(from)),
            (None, Some(to)) => format!("{below}{}", end(to)),
            (None, None) => "其他".into(),
        }
    }
}

impl Share {
    fn text(&self) -> String {
        let remark = |inclusive| if inclusive { "（含）" } else { "（不含）" };
        format!(
            "{}%{}-{}%{}",
            plain(self.from),
            remark(self.from_inclusive),
            plain(self.to),
            remark(self.to_inclusive)
        )
    }
}
