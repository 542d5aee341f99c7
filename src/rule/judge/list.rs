//! Grades and lists: awards that have words for conditions.

use rust_decimal::Decimal;

use super::{Judge, bound_of, occurs};
use crate::rule::assemble::{Branch, Condition, Outcome};
use crate::rule::{Direction, Grade, Item, Rule, Worth};

impl Judge<'_> {
    /// Grades or a list: several awards with words for conditions.
    pub(super) fn named(&self, listed: Option<Vec<Item>>) -> Option<Rule> {
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
    pub(super) fn checklist(&self) -> Option<Vec<Item>> {
        if let Some(items) = self.shared_out() {
            return Some(items);
        }
        let mut parts: Vec<(&Condition, Worth)> =
            self.awards().filter(|(when, _)| !when.is_empty()).collect();
        let mut points: Vec<Decimal> = parts.iter().filter_map(|(_, worth)| worth.points()).collect();
        let bounded = parts.iter().filter(|(when, _)| bound_of(when).is_some()).count();
        let otherwise = parts.iter().any(|(when, _)| when.otherwise);
        let either = otherwise || self.contrasts();
        if parts.len() < 2 || points.len() < parts.len() || bounded * 2 > parts.len() || either {
            return None;
        }
        // 四项齐全得满分3分 after the parts is their total
        let before: Decimal = points.iter().rev().skip(1).sum();
        let all = |when: &Condition| {
            ["齐全", "全部", "合计", "共", "都"].iter().any(|word| when.words.contains(word))
        };
        if parts.len() > 2
            && points.last() == Some(&before)
            && parts.last().is_some_and(|(when, _)| all(when))
        {
            points.pop();
            parts.pop();
        }
        let sum: Decimal = points.iter().sum();
        let most = points.iter().max().copied().unwrap_or_default();
        let total = self.stated().or((points.len() < self.awards().count() && before == sum).then_some(sum));
        let adds = total == Some(sum) && total != Some(most);
        // a mark before the first part alone is the number of the row
        let numbered = parts.iter().filter(|(when, _)| when.item).count() + 1 >= parts.len()
            && parts.iter().skip(1).any(|(when, _)| when.item);
        let names: Vec<String> = parts.iter().map(|(when, _)| self.name(when)).collect();
        let falling = points.windows(2).all(|pair| pair.first() > pair.last());
        let degrees = names.iter().filter(|name| is_degree(name)).count();
        let degrees_only = names.iter().all(|name| is_degree(name) && name.chars().count() <= 6);
        let lesser = names.last().is_some_and(|name| name.starts_with(['仅', '只']) || is_other(name));
        let leveled = degrees * 2 >= names.len() || self.zeros().count() > 0 || lesser;
        let graded = total == Some(most) || (falling && (degrees_only || (leveled && !numbered)));
        let listed = adds || (!graded && (numbered || !falling || degrees == 0));
        let item = |(text, points)| Item { text, points: Worth::Points(points) };
        listed.then(|| names.into_iter().zip(points).map(item).collect())
    }

    /// Whether two awards are for two kinds of applicants, of which one row is only one: 山区得4分，
    /// 非山区得3分.
    pub(super) fn contrasts(&self) -> bool {
        let names: Vec<String> = self.awards().map(|(when, _)| self.name(when)).collect();
        names.windows(2).any(|pair| match pair {
            [one, other] => {
                other.strip_prefix('非').is_some_and(|kind| !kind.is_empty() && one.ends_with(kind))
            }
            _ => false,
        })
    }

    /// A single loss without a step: 完成得5分，未完成扣2分.
    pub(super) fn penalty(&self) -> Option<Rule> {
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

    /// The words of a condition as they were typed, without fillers at the ends.
    pub(super) fn name(&self, when: &Condition) -> String {
        if when.otherwise {
            return "否则".into();
        }
        let Some(span) = &when.span else { return String::new() };
        let typed = self.sentence.get(self.normal.original(span)).unwrap_or_default();
        let mut name = clean(typed);
        for (open, close) in [('（', '）'), ('(', ')')] {
            if name.contains(open) && !name.contains(close) {
                name.push(close);
            }
        }
        let last = name.rsplit(['，', ',']).next().unwrap_or_default();
        let preface = when.first && last.len() < name.len() && is_degree(last) && last.chars().count() <= 8;
        if preface { clean(last) } else { name }
    }
}

/// Whether an award is for each of several things: …各1分.
pub(super) fn shares_out(when: &Condition) -> bool {
    ["各", "各占", "各计", "各得", "均"].iter().any(|word| when.words.ends_with(word))
}

fn is_other(name: &str) -> bool {
    name.starts_with("其他") || name.starts_with("其它")
}

/// Words that name a degree of one thing.
fn is_degree(name: &str) -> bool {
    const DEGREES: &str = "优 良 中等 差 好 一般 较 明显 显著 基本 部分 合格 未 不 完全 全部 很 \
        非常 满意 有效 及时 高 低 无 第一 第二 国家级 省级 市级 县级 一等 二等 三等 以上 完成";
    DEGREES.split_ascii_whitespace().any(|degree| name.contains(degree))
}

/// A name without line breaks, quotation marks, brackets with remarks, and fillers at its ends.
fn clean(typed: &str) -> String {
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
