//! From branches to a rule: what they amount to together, the points, and what is left open.

use std::ops::Range;

use rust_decimal::Decimal;

use super::assemble::{Branch, Condition, Outcome, Reading};
use super::clause::Every;
use super::condition::{LATE, TIME};
use super::formula::Formula;
use super::interval::{Edge, Interval};
use super::normal::Normal;
use super::number::Quantity;
use super::{Band, Direction, Grade, Item, Note, Parsed, Part, PartKind, Rule, Share, Worth};
use crate::vocabulary::number::plain;

/// Everything that a sentence is understood to say.
pub(super) fn parsed(reading: &Reading, normal: &Normal, sentence: &str) -> Parsed {
    let judge = Judge { reading, normal, sentence };
    let rule = judge.rule();
    let (points, mut notes) = judge.points(&rule);
    let rule = settle(rule, points);
    let parts = judge.parts();
    notes.extend(judge.open_ends(&rule));
    notes.extend(judge.rests(&parts, &rule));
    Parsed { rule, points, parts, notes }
}

struct Judge<'a> {
    reading: &'a Reading,
    normal: &'a Normal,
    sentence: &'a str,
}

impl Judge<'_> {
    fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.reading.branches.iter()
    }

    fn awards(&self) -> impl Iterator<Item = (&Condition, Worth)> {
        self.branches().filter_map(|branch| match &branch.then {
            Outcome::Award { worth, .. } => Some((&branch.when, *worth)),
            _ => None,
        })
    }

    fn zeros(&self) -> impl Iterator<Item = &Condition> {
        self.branches().filter(|branch| matches!(branch.then, Outcome::Zero)).map(|branch| &branch.when)
    }

    fn formula(&self) -> Option<(&Condition, &Formula)> {
        self.branches().find_map(|branch| match &branch.then {
            Outcome::Formula(formula) => Some((&branch.when, formula)),
            _ => None,
        })
    }

    fn has(&self, wanted: fn(&Outcome) -> bool) -> bool {
        self.branches().any(|branch| wanted(&branch.then))
    }

    fn rule(&self) -> Rule {
        let stated = self.awards().count();
        let listed = self.checklist();
        let rule = self
            .graded_ranges()
            .or_else(|| self.step(listed.as_ref()))
            .or_else(|| self.bands())
            .or_else(|| self.formula_rule())
            .or_else(|| (stated > 1 || listed.is_some()).then(|| self.named(listed)).flatten())
            .or_else(|| self.penalty());
        if let Some(rule) = rule {
            return rule;
        }
        let vague = self.has(|then| matches!(then, Outcome::Vague)) && stated > 0;
        let discretion = vague || self.has(|then| matches!(then, Outcome::Discretion)) || self.reading.ladder;
        if discretion {
            return Rule::Discretionary;
        }
        self.direct().unwrap_or(Rule::Unknown)
    }

    fn graded_ranges(&self) -> Option<Rule> {
        let ranges = self.share_ranges().or_else(|| self.awarded_ranges())?;
        let bands = bands_of(ranges.into_iter().map(|interval| (interval, Worth::FULL)).collect());
        let share = |band: Band| {
            Some(Share {
                from: band.from?,
                from_inclusive: band.from_inclusive,
                to: band.to?,
                to_inclusive: band.to_inclusive,
            })
        };
        let mut ranges: Vec<Share> = bands.into_iter().filter_map(share).collect();
        ranges.sort_by_key(|range| std::cmp::Reverse(range.from));
        Some(Rule::GradedRanges { ranges })
    }

    /// Ranges of percentages that earn no points of their own are ranges of the points.
    fn share_ranges(&self) -> Option<Vec<Interval>> {
        let ends = |interval: &Interval| (interval.from.is_some(), interval.to.is_some());
        let percent = |interval: &&Interval| interval.unit == "%" && ends(interval).1;
        let ranges: Vec<Interval> = self.reading.intervals.iter().filter(percent).cloned().collect();
        let closed = ranges.iter().filter(|interval| ends(interval).0).count();
        let bound = self.branches().filter(|branch| bound_of(&branch.when).is_some()).count();
        let said = self.reading.ladder || self.reading.shares.len() > 1 || bound < 2;
        let zero = Edge { value: Decimal::ZERO, inclusive: None };
        let floored = |interval: Interval| Interval { from: interval.from.or(Some(zero)), ..interval };
        let meant =
            said && closed > 1 && !self.has(|then| matches!(then, Outcome::Zero | Outcome::Deduct(_)));
        meant.then(|| ranges.into_iter().map(floored).collect())
    }

    /// 得8-10分, 得5-7分 as shares of the highest.
    fn awarded_ranges(&self) -> Option<Vec<Interval>> {
        let ranged = self.has(|then| matches!(then, Outcome::AwardRange(..)));
        let ranges: Vec<(Decimal, Decimal)> = self
            .branches()
            .filter_map(|branch| match branch.then {
                Outcome::AwardRange(low, high) => Some((low, high)),
                Outcome::Award { worth: Worth::Points(points), .. } if ranged => Some((points, points)),
                _ => None,
            })
            .collect();
        let full = ranges.iter().map(|(_, high)| *high).max().filter(|full| !full.is_zero())?;
        let edge = |points: Decimal| {
            let share = (points * Decimal::ONE_HUNDRED / full).round_dp(4).normalize();
            Some(Edge { value: share, inclusive: Some(true) })
        };
        let share = |&(low, high): &(Decimal, Decimal)| Interval {
            from: edge(low),
            to: edge(high),
            unit: "%".into(),
        };
        (ranged && ranges.len() > 1).then(|| ranges.iter().map(share).collect())
    }

    fn step(&self, listed: Option<&Vec<Item>>) -> Option<Rule> {
        let (branch, every, deduct) = self.branches().find_map(|branch| match branch.then {
            Outcome::Deduct(worth) => stepped(&branch.when).map(|every| (branch, every, worth)),
            _ => None,
        })?;
        if let Some(items) = listed {
            return Some(Rule::Checklist { items: items.clone(), deduct: Some(deduct) });
        }
        let started = self.reading.partial;
        let timed = TIME.contains(&every.unit.as_str());
        let date = self.branches().find_map(|branch| branch.when.date).or(self.reading.date);
        let by_time = || {
            self.branches().any(|branch| {
                ["时间", "按时", "按期", "及时", "期限", "规定时", "进度"]
                    .iter()
                    .any(|word| branch.when.words.contains(word))
            })
        };
        if timed && (every.late || date.is_some() || by_time()) {
            return Some(Rule::Deadline {
                date: date.flatten(),
                step: every.step,
                step_unit: every.unit,
                deduct,
                started,
            });
        }
        let limit = self.limit(branch, &every);
        let direction = every.direction.unwrap_or_else(|| match &limit {
            Some((_, from)) => {
                if *from {
                    Direction::Down
                } else {
                    Direction::Up
                }
            }
            None => leaning(&branch.when.words),
        });
        let limit_unit = limit.as_ref().map(|(quantity, _)| quantity.unit.clone());
        let same =
            |unit: &String| *unit == every.unit || (unit == "%" && is_ratio(&every.unit)) || unit.is_empty();
        Some(Rule::StepDeduction {
            direction,
            step: every.step,
            step_unit: every.unit.clone(),
            deduct,
            limit: limit.map(|(quantity, _)| quantity.number),
            limit_unit: limit_unit.filter(|unit| !same(unit)),
            zero_below: self.zero_below(),
            started,
        })
    }

    /// The value inside which nothing is lost, and whether it is a lower bound.
    fn limit(&self, stepped: &Branch, every: &Every) -> Option<(Quantity, bool)> {
        let own = stepped.when.intervals.last().cloned();
        let intervals = self.awards().filter_map(|(when, _)| bound_of(when)).chain(own);
        let mut limits = intervals.filter_map(|interval| {
            let quantity = |edge: Edge| Quantity { number: edge.value, unit: interval.unit.clone() };
            match (interval.from, interval.to, every.direction) {
                (Some(from), Some(to), _) if from.value == to.value => {
                    Some((quantity(from), every.direction != Some(Direction::Up)))
                }
                (_, Some(to), Some(Direction::Up)) => Some((quantity(to), false)),
                (Some(from), _, Some(Direction::Down)) => Some((quantity(from), true)),
                (Some(edge), _, _) | (_, Some(edge), _) if every.direction == Some(Direction::Down) => {
                    Some((quantity(edge), true))
                }
                (Some(from), None, _) => Some((quantity(from), true)),
                (None, Some(to), _) => Some((quantity(to), false)),
                _ => None,
            }
        });
        limits.next()
    }

    fn zero_below(&self) -> Option<Decimal> {
        let below = |when: &Condition| {
            let interval = when.intervals.iter().find(|interval| interval.from.is_none())?;
            interval.to.map(|edge| edge.value)
        };
        self.zeros().find_map(below)
    }

    fn bands(&self) -> Option<Rule> {
        let mut pairs: Vec<(Interval, Worth)> = Vec::new();
        let mut otherwise = false;
        for branch in self.branches() {
            let worth = match &branch.then {
                Outcome::Award { worth, .. } => *worth,
                Outcome::Zero => Worth::Points(Decimal::ZERO),
                _ => continue,
            };
            match bound_of(&branch.when) {
                Some(interval) => pairs.push((interval, worth)),
                None if branch.when.otherwise || worth == Worth::Points(Decimal::ZERO) => otherwise = true,
                None => return None,
            }
        }
        let earning = pairs.iter().filter(|(_, worth)| *worth != Worth::Points(Decimal::ZERO)).count();
        let split = earning == 1 && pairs.len() > 1 && !complementary(&pairs);
        if earning < 2 && !(split && self.formula().is_none()) {
            return None;
        }
        let unit = pairs
            .iter()
            .map(|(interval, _)| interval.unit.clone())
            .find(|unit| !unit.is_empty())
            .unwrap_or_default();
        cascade(&mut pairs);
        let mut bands = bands_of(pairs);
        if otherwise {
            bands.extend(rest_below(&bands));
        }
        Some(Rule::Bands { unit, bands })
    }

    fn formula_rule(&self) -> Option<Rule> {
        let (when, formula) = self.formula()?;
        let zero_below = self.zero_below();
        let full = self.awards().map(|(when, _)| when).find_map(|when| {
            when.intervals.iter().find_map(|interval| interval.from.map(|edge| quantity_of(interval, edge)))
        });
        let exact = self
            .awards()
            .filter(|(when, _)| when.intervals.is_empty())
            .find_map(|(when, _)| when.quantity.clone().filter(|quantity| !quantity.unit.is_empty()));
        let below = when.intervals.iter().find_map(|interval| {
            interval.to.filter(|_| interval.from.is_none()).map(|edge| quantity_of(interval, edge))
        });
        let threshold = full
            .or(exact)
            .or_else(|| formula.threshold.clone())
            .or(below)
            .filter(|threshold| threshold.number > Decimal::ZERO);
        Some(match threshold {
            Some(Quantity { number, unit }) => Rule::Threshold { threshold: number, unit, zero_below },
            None => Rule::Proportional { zero_below },
        })
    }

    /// Grades or a list: several awards with words for conditions.
    fn named(&self, listed: Option<Vec<Item>>) -> Option<Rule> {
        if let Some(items) = listed {
            return Some(Rule::Checklist { items, deduct: None });
        }
        let full = self.awards().filter_map(|(_, worth)| worth.points()).max();
        let grade = |branch: &Branch| {
            let points = match &branch.then {
                Outcome::Award { worth, .. } => *worth,
                Outcome::Zero => Worth::Points(Decimal::ZERO),
                Outcome::Deduct(Worth::Points(loss)) => Worth::Points((full? - *loss).max(Decimal::ZERO)),
                _ => return None,
            };
            Some(Grade { name: self.name(&branch.when), points })
        };
        let grades: Vec<Grade> =
            self.branches().filter_map(grade).filter(|grade| !grade.name.is_empty()).collect();
        (grades.len() > 1).then_some(Rule::Graded { grades })
    }

    /// 有方案、有总结各1分.
    fn shared_out(&self) -> Option<Vec<Item>> {
        let mut shared = self.awards().filter(|(when, _)| shares_out(when));
        let (when, worth) = shared.next().filter(|_| self.awards().count() == 1)?;
        let name = self.name(when);
        let listed = name.trim_end_matches(['各', '占', '计', '得', '均']);
        let mut names: Vec<&str> = listed.split(['、', '，', ',', '；', ';']).collect();
        // A、B和C: only before the last may 和 stand for a comma
        if let Some((before, last)) =
            names.pop().map(|last| last.rsplit_once(['和', '及']).unwrap_or(("", last)))
        {
            names.extend([before, last]);
        }
        let names: Vec<String> = names.into_iter().map(clean).filter(|name| !name.is_empty()).collect();
        (names.len() > 1).then(|| names.into_iter().map(|text| Item { text, points: worth }).collect())
    }

    /// The items, where the awards are parts that add up and not grades of one thing.
    fn checklist(&self) -> Option<Vec<Item>> {
        if let Some(items) = self.shared_out() {
            return Some(items);
        }
        let parts: Vec<(&Condition, Worth)> = self.awards().filter(|(when, _)| !when.is_empty()).collect();
        let points: Vec<Decimal> = parts.iter().filter_map(|(_, worth)| worth.points()).collect();
        if parts.len() < 2
            || points.len() < parts.len()
            || parts.iter().any(|(when, _)| bound_of(when).is_some() || when.otherwise)
        {
            return None;
        }
        let sum: Decimal = points.iter().sum();
        let most = points.iter().max().copied().unwrap_or_default();
        let total = self.stated();
        let adds = total == Some(sum) && total != Some(most);
        let numbered = parts.iter().filter(|(when, _)| when.item).count() + 1 >= parts.len();
        let names: Vec<String> = parts.iter().map(|(when, _)| self.name(when)).collect();
        let falling = points.windows(2).all(|pair| pair.first() > pair.last());
        let degrees = names.iter().filter(|name| is_degree(name)).count();
        let degrees_only = names.iter().all(|name| is_degree(name) && name.chars().count() <= 6);
        let leveled = degrees * 2 >= names.len() || self.zeros().count() > 0;
        let graded = total == Some(most) || (falling && (degrees_only || (leveled && !numbered)));
        let listed = adds || (!graded && (numbered || !falling || degrees == 0));
        let item = |(text, points)| Item { text, points: Worth::Points(points) };
        listed.then(|| names.into_iter().zip(points).map(item).collect())
    }

    /// A single loss without a step: 完成得5分，未完成扣2分.
    fn penalty(&self) -> Option<Rule> {
        let mut losses = self.branches().filter_map(|branch| match branch.then {
            Outcome::Deduct(worth) => Some((&branch.when, worth)),
            _ => None,
        });
        let (when, loss) = losses.next()?;
        if losses.next().is_some() {
            return Some(Rule::Unknown);
        }
        let full = self.awards().find_map(|(_, worth)| worth.points()).or(self.stated());
        let name = self.name(when);
        match (full, loss) {
            (Some(full), Worth::Points(loss)) if loss == full => Some(Rule::Direct { veto: occurs(when) }),
            (Some(full), Worth::Points(loss)) if loss < full && !self.reading.cap => {
                let good =
                    self.awards().next().map(|(when, _)| self.name(when)).filter(|name| !name.is_empty());
                let grades = vec![
                    Grade {
                        name: good.unwrap_or_else(|| "达到要求".into()), points: Worth::Points(full)
                    },
                    Grade { name, points: Worth::Points(full - loss) },
                ];
                Some(Rule::Graded { grades })
            }
            _ if self.reading.cap && !when.is_empty() => Some(Rule::StepDeduction {
                direction: Direction::Each,
                step: Decimal::ONE,
                step_unit: "次".into(),
                deduct: loss,
                limit: None,
                limit_unit: None,
                zero_below: None,
                started: None,
            }),
            _ => Some(Rule::Unknown),
        }
    }

    fn direct(&self) -> Option<Rule> {
        // 工作（8分） only names the points, it says nothing of when they are earned
        let conditional = self.branches().any(|branch| match branch.then {
            Outcome::Award { stated, .. } => stated && !branch.when.is_empty(),
            _ => false,
        });
        let nothing = self.zeros().next().is_some() || self.reading.veto;
        let veto = self.reading.veto || self.zeros().any(occurs);
        (conditional || nothing).then_some(Rule::Direct { veto })
    }

    /// The points that the sentence states for the whole row.
    fn stated(&self) -> Option<Decimal> {
        let full = self.branches().find_map(|branch| match branch.then {
            Outcome::Award { worth: Worth::Points(points), full: true, .. } => Some(points),
            _ => None,
        });
        self.reading.totals.first().map(|(points, _)| *points).or(full)
    }

    fn points(&self, rule: &Rule) -> (Option<Decimal>, Vec<Note>) {
        let mut notes = Vec::new();
        let awarded: Vec<Decimal> = self.awards().filter_map(|(_, worth)| worth.points()).collect();
        let open = self.awards().any(|(_, worth)| worth.points().is_none());
        let most = awarded.iter().copied().max().filter(|_| !open);
        let ranged = self.branches().filter_map(|branch| match branch.then {
            Outcome::AwardRange(_, high) => Some(high),
            _ => None,
        });
        let by_formula = self.branches().find_map(|branch| match &branch.then {
            Outcome::Formula(formula) => formula.points,
            _ => None,
        });
        let derived = match rule {
            Rule::Checklist { items, .. } => items.iter().map(|item| item.points.points()).sum(),
            // 各1分 of an unknown number of things
            _ if self.awards().any(|(when, _)| shares_out(when)) => None,
            _ => most.max(ranged.max()).or(by_formula),
        };
        let stated = self.stated();
        let differing = self.reading.totals.iter().any(|(points, _)| Some(*points) != stated);
        let points = stated.or(derived).or(self.reading.cap_points);
        match (rule, stated, derived) {
            (Rule::Checklist { .. }, Some(stated), Some(sum)) if stated != sum => notes.push(note(
                "parts-do-not-add-up",
                format!("各项分值合计{}分，与满分{}分不一致", plain(sum), plain(stated)),
                None,
            )),
            (_, Some(stated), Some(derived))
                if derived > stated
                    || (most == Some(derived) && derived != stated && self.awards().count() == 1) =>
            {
                notes.push(note(
                    "points-conflict",
                    format!("句中分值前后不一致：{}分与{}分", plain(stated), plain(derived)),
                    None,
                ))
            }
            _ if differing => notes.push(note("points-conflict", "句中写了几个不同的总分".into(), None)),
            _ => {}
        }
        let certain = points
            .filter(|points| *points > Decimal::ZERO && *points <= Decimal::ONE_HUNDRED)
            .filter(|_| !differing);
        if certain.is_none() {
            notes.push(note("no-points", "句中没有写明本指标的分值".into(), None));
        }
        (certain, notes)
    }

    fn open_ends(&self, rule: &Rule) -> Vec<Note> {
        let mut notes = Vec::new();
        let (step, unit, started) = match rule {
            Rule::StepDeduction { step, step_unit, started, .. }
            | Rule::Deadline { step, step_unit, started, .. } => (*step, step_unit, *started),
            Rule::Bands { unit, bands } => {
                notes.extend(band_faults(unit, bands));
                return notes;
            }
            _ => return notes,
        };
        let span = self.span_of(PartKind::Step);
        if !self.reading.cap {
            notes.push(note(
                "no-cap",
                "没有写“扣完为止”，扣分可能超过本项分值".into(),
                self.span_of(PartKind::Deduction),
            ));
        }
        if started.is_none() && step > Decimal::ONE {
            let size = format!("{}{unit}", plain(step));
            let (code, message) = match rule {
                Rule::Deadline { .. } => {
                    ("partial-steps-open", format!("不足{size}如何扣分没有写明，按整{size}计算"))
                }
                _ => ("free-zone", format!("不满{size}的部分不扣分，偏差接近{size}仍得满分")),
            };
            notes.push(note(code, message, span));
        }
        notes
    }

    fn span_of(&self, kind: PartKind) -> Option<Range<usize>> {
        let part = self.reading.parts.iter().find(|(part, _)| *part == kind);
        part.map(|(_, span)| self.normal.original(span))
    }

    /// Parts in the original sentence; the marks at their ends are not theirs.
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (kind, span) in &self.reading.parts {
            let span = self.trimmed(self.normal.original(span));
            match parts.last_mut() {
                Some(last)
                    if last.kind == PartKind::Rest
                        && *kind == PartKind::Rest
                        && last.span.end == span.start =>
                {
                    last.span.end = span.end;
                }
                Some(last) if last.span.end > span.start => {}
                _ if span.is_empty() => {}
                _ => parts.push(Part { kind: *kind, span }),
            }
        }
        parts
    }

    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let text = self.sentence.get(span.clone()).unwrap_or_default();
        let mark =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '%' || "，。；、：".contains(c);
        let front = text.len() - text.trim_start_matches(mark).len();
        let back = text.trim_end_matches(|c: char| c.is_whitespace()).len();
        span.start + front.min(back)..span.start + back
    }

    fn rests(&self, parts: &[Part], rule: &Rule) -> Vec<Note> {
        let quote = |span: &Range<usize>| self.sentence.get(span.clone()).unwrap_or_default().to_owned();
        let long = |span: &Range<usize>| quote(span).chars().filter(|c| c.is_alphanumeric()).count() > 1;
        let rest = parts.iter().filter(|part| part.kind == PartKind::Rest && long(&part.span));
        let mut notes: Vec<Note> = rest
            .map(|part| {
                note("not-understood", format!("没有看懂：{}", quote(&part.span)), Some(part.span.clone()))
            })
            .collect();
        let blank = self.sentence.trim().is_empty();
        if *rule == Rule::Unknown && !blank && notes.is_empty() {
            notes.push(note("not-understood", "没有看懂评分办法".into(), None));
        }
        notes
    }

    /// The words of a condition as they were typed, without fillers at the ends.
    fn name(&self, when: &Condition) -> String {
        if when.otherwise {
            return "否则".into();
        }
        let Some(span) = &when.span else { return String::new() };
        let typed = self.sentence.get(self.normal.original(span)).unwrap_or_default();
        let name = clean(typed);
        let last = name.rsplit(['，', ',']).next().unwrap_or_default();
        let preface = when.first && last.len() < name.len() && is_degree(last) && last.chars().count() <= 8;
        if preface { clean(last) } else { name }
    }
}

fn note(code: &'static str, message: String, span: Option<Range<usize>>) -> Note {
    Note { code, message, span }
}

/// A name without line breaks, quotation marks, brackets with remarks, and fillers at its ends.
pub(super) fn clean(typed: &str) -> String {
    let unseen = |c: &char| !c.is_whitespace() && !crate::text::is_unsafe(*c) && !"\"“”‘’'".contains(*c);
    let flat: String = typed.chars().filter(unseen).collect();
    let remark = |(bare, remark): (&'_ str, &str)| {
        remark.contains(|c: char| c.is_ascii_digit()).then(|| bare.to_owned())
    };
    let bare = flat.split_once(['（', '(']).and_then(remark).unwrap_or_else(|| flat.clone());
    let mut name = if bare.is_empty() { flat.as_str() } else { bare.as_str() };
    loop {
        let shorter = name
            .trim_matches(|c: char| "，,。；;：:、-—=/→ ".contains(c))
            .trim_start_matches(['）', ')'])
            .trim_end_matches(['（', '('])
            .trim_start_matches(['的', '若', '如', '则', '为'])
            .trim_end_matches(['的', '者', '时', '则', '为', '，'])
            .trim_start_matches("如果")
            .trim_start_matches("其中");
        let shorter = after_verdict(shorter);
        if shorter == name || shorter.is_empty() {
            return name.to_owned();
        }
        name = shorter;
    }
}

/// 优秀 in 评价等次为优秀.
fn after_verdict(name: &str) -> &str {
    const GRADES: &[&str] = &[
        "优秀",
        "优",
        "良好",
        "良",
        "中等",
        "中",
        "合格",
        "不合格",
        "一般",
        "较好",
        "好",
        "较差",
        "差",
        "明显",
        "显著",
    ];
    let verdict = name.rsplit_once('为').map(|(_, grade)| grade).or_else(|| name.strip_prefix("达到"));
    verdict.filter(|grade| GRADES.contains(grade)).unwrap_or(name)
}

/// The step of a deduction: written with 每, or as one occurrence.
fn stepped(when: &Condition) -> Option<Every> {
    if let Some(every) = &when.every {
        return Some(every.clone());
    }
    let quantity = when.quantity.as_ref().filter(|quantity| quantity.number > Decimal::ZERO)?;
    let late = LATE.iter().any(|word| when.words.contains(word));
    let counted = !quantity.unit.is_empty() && quantity.unit != "分";
    let direction = match is_ratio(&quantity.unit) {
        true => leaning(&when.words),
        false => Direction::Each,
    };
    let every =
        Every { direction: Some(direction), step: quantity.number, unit: quantity.unit.clone(), late };
    (counted && when.intervals.is_empty()).then_some(every)
}

fn is_ratio(unit: &str) -> bool {
    matches!(unit, "%" | "个百分点" | "‰")
}

/// Which way a deviation goes that is written without a verb of its own.
fn leaning(words: &str) -> Direction {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let down = has(&["低", "不足", "未达", "未完成", "少", "降", "不到"]);
    let up = has(&["超", "高", "增", "多"]);
    match (up, down) {
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        _ => Direction::Each,
    }
}

/// Whether a condition speaks of something that happens: 发现一例.
fn occurs(when: &Condition) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| when.words.contains(word));
    let once = when
        .quantity
        .as_ref()
        .is_some_and(|quantity| !is_ratio(&quantity.unit) && quantity.number == Decimal::ONE);
    once || (has(&["发现", "出现", "发生", "存在", "有一", "凡", "任何", "任一", "之一"])
        && !has(&["未发生", "未出现", "未发现", "无"]))
}

/// The interval that a condition sets, also by a quantity alone: 100%计满分.
fn bound_of(when: &Condition) -> Option<Interval> {
    if when.tail.chars().filter(|c| c.is_alphanumeric()).count() > 4 {
        return None;
    }
    if let [.., first, second] = when.intervals.as_slice()
        && let Some(both) = first.clone().join(second.clone())
    {
        return Some(both);
    }
    if let Some(interval) = when.intervals.last() {
        return Some(interval.clone());
    }
    let quantity = when.quantity.as_ref()?;
    let reached = ["达到", "达", "完成", "实现"].iter().any(|word| when.words.ends_with(word));
    let only = Interval::only(quantity);
    Some(if reached && !quantity.unit.is_empty() { Interval { to: None, ..only } } else { only })
}

/// Whether an award is for each of several things: …各1分.
fn shares_out(when: &Condition) -> bool {
    ["各", "各占", "各计", "各得", "均"].iter().any(|word| when.words.ends_with(word))
}

fn quantity_of(interval: &Interval, edge: Edge) -> Quantity {
    Quantity { number: edge.value, unit: interval.unit.clone() }
}

/// Words that name a degree of one thing.
fn is_degree(name: &str) -> bool {
    const DEGREES: &[&str] = &[
        "优",
        "良",
        "中等",
        "差",
        "好",
        "一般",
        "较",
        "明显",
        "显著",
        "基本",
        "部分",
        "合格",
        "未",
        "不",
        "完全",
        "全部",
        "很",
        "非常",
        "满意",
        "有效",
        "及时",
        "高",
        "低",
        "无",
        "第一",
        "第二",
        "国家级",
        "省级",
        "市级",
        "县级",
        "一等",
        "二等",
        "三等",
        "以上",
        "完成",
    ];
    DEGREES.iter().any(|degree| name.contains(degree))
}

/// Whether two intervals only cut the line in two: ≥90% and 低于90%.
fn complementary(pairs: &[(Interval, Worth)]) -> bool {
    let [(first, _), (second, _)] = pairs else { return false };
    let value = |edge: Option<Edge>| edge.map(|edge| edge.value);
    let open = |interval: &Interval| {
        interval.from.is_none() || interval.to.is_none() || interval.from == interval.to
    };
    let meet = (first.from.is_some() && value(first.from) == value(second.to))
        || (first.to.is_some() && value(first.to) == value(second.from));
    open(first) && open(second) && meet
}

/// ≥90%得5分，≥80%得4分: each band ends where the next better one begins.
fn cascade(pairs: &mut [(Interval, Worth)]) {
    let froms: Vec<Edge> = pairs
        .iter()
        .filter(|(interval, _)| interval.to.is_none())
        .filter_map(|(interval, _)| interval.from)
        .collect();
    let tos: Vec<Edge> = pairs
        .iter()
        .filter(|(interval, _)| interval.from.is_none())
        .filter_map(|(interval, _)| interval.to)
        .collect();
    let other =
        |edge: &Edge| Some(Edge { value: edge.value, inclusive: Some(edge.inclusive == Some(false)) });
    for (interval, worth) in pairs.iter_mut() {
        match (interval.from, interval.to) {
            (Some(from), None) if froms.len() > 1 => {
                let next = froms.iter().filter(|edge| edge.value > from.value).min_by_key(|edge| edge.value);
                interval.to = next.and_then(other);
            }
            (None, Some(to)) if tos.len() > 1 && !worth.is_nothing() => {
                let next = tos.iter().filter(|edge| edge.value < to.value).max_by_key(|edge| edge.value);
                interval.from = next.and_then(other);
            }
            _ => {}
        }
    }
}

/// Bands with their bounds settled: what one leaves open its neighbour decides; between two that
/// both leave it open, the upper band has the bound.
fn bands_of(pairs: Vec<(Interval, Worth)>) -> Vec<Band> {
    let edges: Vec<Interval> = pairs.iter().map(|(interval, _)| interval.clone()).collect();
    let claimed = |value: Decimal, own: usize, side: fn(&Interval) -> Option<Edge>| {
        let others = edges.iter().enumerate().filter(|(at, _)| *at != own);
        others.filter_map(|(_, interval)| side(interval)).find(|edge| edge.value == value)
    };
    let settle = |(at, (interval, points)): (usize, (Interval, Worth))| {
        let single = interval.from.map(|edge| edge.value) == interval.to.map(|edge| edge.value);
        let from_inclusive = interval.from.is_some_and(|edge| {
            edge.inclusive.unwrap_or_else(|| {
                let below = claimed(edge.value, at, |other| {
                    other.to.filter(|to| other.from.is_none_or(|from| from.value <= to.value))
                });
                below.and_then(|below| below.inclusive) != Some(true)
            })
        });
        let to_inclusive = interval.to.is_some_and(|edge| {
            edge.inclusive.unwrap_or_else(|| {
                let above = claimed(edge.value, at, |other| other.from);
                above.is_none_or(|above| above.inclusive == Some(false)) || single
            })
        });
        Band {
            from: interval.from.map(|edge| edge.value),
            from_inclusive,
            to: interval.to.map(|edge| edge.value),
            to_inclusive,
            points,
        }
    };
    pairs.into_iter().enumerate().map(settle).collect()
}

/// 否则不得分 after bands: everything below the lowest bound.
fn rest_below(bands: &[Band]) -> Option<Band> {
    let lowest = bands
        .iter()
        .filter_map(|band| band.from.map(|from| (from, band.from_inclusive)))
        .min_by_key(|(from, _)| *from);
    let open_below = bands.iter().any(|band| band.from.is_none());
    let zero = Worth::Points(Decimal::ZERO);
    match (open_below, lowest) {
        (false, Some((from, inclusive))) => Some(Band {
            from: None,
            from_inclusive: false,
            to: Some(from),
            to_inclusive: !inclusive,
            points: zero,
        }),
        _ => {
            let highest = bands
                .iter()
                .filter_map(|band| band.to.map(|to| (to, band.to_inclusive)))
                .max_by_key(|(to, _)| *to)?;
            Some(Band {
                from: Some(highest.0),
                from_inclusive: !highest.1,
                to: None,
                to_inclusive: false,
                points: zero,
            })
        }
    }
}

fn band_faults(unit: &str, bands: &[Band]) -> Vec<Note> {
    let mut sorted: Vec<&Band> = bands.iter().collect();
    sorted.sort_by_key(|band| (band.from.unwrap_or(Decimal::MIN), band.to.unwrap_or(Decimal::MAX)));
    let fault = |pair: &[&Band]| {
        let [low, high] = pair else { return None };
        let (to, from) = (low.to.unwrap_or(Decimal::MAX), high.from.unwrap_or(Decimal::MIN));
        let text = |number: Decimal| format!("{}{unit}", plain(number));
        // 80-89 and 90-100 leave no gap where only whole numbers occur
        let whole =
            unit != "%" && to.is_integer() && from.is_integer() && low.to_inclusive && high.from_inclusive;
        if whole && from.saturating_sub(to) == Decimal::ONE {
            return None;
        }
        if to < from || (to == from && !low.to_inclusive && !high.from_inclusive) {
            return Some(note("bands-gap", format!("{}到{}之间没有规定得分", text(to), text(from)), None));
        }
        let overlap = to > from || (low.to_inclusive && high.from_inclusive);
        overlap.then(|| note("bands-overlap", format!("{}附近的分档重叠", text(from)), None))
    };
    sorted.windows(2).filter_map(fault).collect()
}

/// Shares that the points of the row make into numbers stay shares; nothing else is left to do
/// than to write 满分 as the number where every other grade has one.
fn settle(mut rule: Rule, points: Option<Decimal>) -> Rule {
    let Some(points) = points else { return rule };
    let number = |worth: &mut Worth| {
        if let Worth::Share(share) = *worth {
            *worth = Worth::Points((points * share / Decimal::ONE_HUNDRED).normalize());
        }
    };
    match &mut rule {
        Rule::Graded { grades } => grades.iter_mut().for_each(|grade| number(&mut grade.points)),
        Rule::Bands { bands, .. } => bands.iter_mut().for_each(|band| number(&mut band.points)),
        Rule::Checklist { items, deduct } => {
            items.iter_mut().for_each(|item| number(&mut item.points));
            deduct.iter_mut().for_each(number);
        }
        Rule::StepDeduction { deduct, .. } | Rule::Deadline { deduct, .. } => number(deduct),
        _ => {}
    }
    rule
}
