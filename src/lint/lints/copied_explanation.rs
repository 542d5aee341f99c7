//! # 指标解释是从别的类抄来的
//!
//! ## 问题
//! 不同二级指标下的指标用了同一句解释，或者解释说的是另一类效益，如经济效益指标解释成“给社会发展带来的影响”。
//!
//! ## 为什么
//! 一眼就看出是复制粘贴，没有想过这条指标到底考什么。
//!
//! ## 怎么改
//! 按本指标写解释：统计什么、范围多大、怎么算。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[extra]]
//! level1 = "效益指标"
//! level2 = "经济效益指标"
//! name = "带动农户增收"
//! explanation = "单位履职给社会发展带来的直接或间接影响"
//! ```
//! 好：
//! ```toml
//! [[extra]]
//! level1 = "效益指标"
//! level2 = "经济效益指标"
//! name = "带动农户增收"
//! explanation = "项目区农户因本年项目增加的人均收入，以入户调查为准"
//! ```

use foldhash::{HashMap, HashMapExt};

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::{Findings, FormView, Rule, RowView, digest, prose};

pub(super) const CODE: &str = "copied-explanation";
pub(super) const LINT: Rule = Rule::rows(&[], digested, Severity::Warning, check);

/// A benefit class, its own word, and the phrases that speak of it alone.
const BENEFITS: &[(&str, &str, &[&str])] = &[
    ("经济效益指标", "经济", &["经济效益", "经济发展", "经济增长"]),
    ("社会效益指标", "社会", &["社会效益", "社会发展", "社会稳定"]),
    ("生态效益指标", "生态", &["生态效益", "生态环境", "生态文明"]),
];
fn digested(row: &RowView<'_>) -> u64 {
    let shared = row.facts.shared_explanation(row.at);
    digest((shared, row.own().level2.and_then(|level2| foreign(&row.row.explanation, level2))))
}

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let owners = owners(view);
    for row in view.rows() {
        let Some(level2) = row.own().level2 else { continue };
        let key = row.facts.explanation(row.at);
        let owner = key.and_then(|key| owners.get(&key)).filter(|owner| owner.1 != level2);
        let message = match (owner, foreign(&row.row.explanation, level2)) {
            (Some((at, class)), _) => format!("解释与第{}条（{class}）相同，请按本指标重写。", at + 1),
            (None, Some(class)) => format!("这是{level2}，解释却说的是{class}，请重写。"),
            (None, None) => continue,
        };
        findings.at(row.spot(Field::Explanation), message);
    }
}

/// For each explanation of several rows the one it belongs to: the first whose class it speaks of,
/// else the first.
fn owners(view: &FormView<'_>) -> HashMap<u64, (usize, &'static str)> {
    let mut owners = HashMap::new();
    let mut sure = HashMap::new();
    for row in view.rows() {
        let key = row.facts.shared_explanation(row.at);
        let (Some(level2), Some(key)) = (row.own().level2, key) else { continue };
        if spoken_of(&prose::bare(&row.row.explanation)).is_some_and(|class| class == level2) {
            sure.entry(key).or_insert((row.at, level2));
        }
        owners.entry(key).or_insert((row.at, level2));
    }
    owners.extend(sure);
    owners
}

/// The one benefit class that a text speaks of.
fn spoken_of(text: &str) -> Option<&'static str> {
    let speaks = |(_, _, phrases): &&(&str, &str, &[&str])| phrases.iter().any(|phrase| text.contains(phrase));
    let mut spoken = BENEFITS.iter().filter(speaks).map(|(class, ..)| *class);
    spoken.next().filter(|_| spoken.next().is_none())
}

/// The other benefit class whose effect an explanation describes instead of its own.
fn foreign(text: &str, level2: &str) -> Option<&'static str> {
    let (_, own_word, _) = BENEFITS.iter().find(|(class, ..)| *class == level2)?;
    let effect = text.contains("影响") || text.contains("效益");
    spoken_of(text).filter(|class| effect && *class != level2 && !text.contains(own_word))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{findings, fires, silent};

    fn rows(first: (&str, &str), second: (&str, &str)) -> String {
        let row = |(level2, explanation): (&str, &str)| {
            format!("[[extra]]\nlevel1 = '效益'\nlevel2 = '{level2}'\nname = '甲{level2}'\nexplanation = '{explanation}'\n")
        };
        row(first) + &row(second)
    }

    #[test]
    fn the_copy_is_blamed_not_the_original() {
        let text = "单位履职给社会发展带来的直接或间接影响";
        let found = findings("copied-explanation", &rows(("经济效益指标", text), ("社会效益指标", text)));
        let at: Vec<_> = found.iter().map(|diagnostic| diagnostic.site.row()).collect();
        assert_eq!(at, [Some(18)]);
        fires("copied-explanation", "[[extra]]\nlevel2 = '质量指标'\nname = '甲'", "第1条（数量指标）");
    }

    #[test]
    fn own_words_and_short_ones_are_fine() {
        silent("copied-explanation", &rows(("社会效益指标", "以台账为准"), ("生态效益指标", "以台账为准")));
        silent("copied-explanation", &rows(("社会效益指标", "带动经济社会发展的间接影响程度"), ("生态效益指标", "丙")));
        silent("copied-explanation", "[[extra]]\nname = '甲'");
    }
}
