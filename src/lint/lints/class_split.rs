//! # 同一类的指标没有排在一起
//!
//! ## 问题
//! 同一个一级或二级指标的几条指标被别的类隔开了。
//!
//! ## 为什么
//! 打印时同类的格子要合并。隔开以后同一类会出现两次，看起来像填错了。
//!
//! ## 怎么改
//! 把这一条移到同类的后面。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[extra]]
//! name = "法治讲座场次"
//! ```
//! 好：
//! ```toml
//! [[indicator]]
//! level2 = "数量指标"
//! [[indicator]]
//! level2 = "数量指标"
//! name = "法治讲座场次"
//! [[indicator]]
//! level2 = "质量指标"
//! name = "群众知晓率"
//! ```

use std::collections::HashMap;

use crate::diagnostic::Severity;
use crate::form::edit::Edit;
use crate::form::field::Field;
use crate::lint::presumed::{self, Presumed};
use crate::lint::{Findings, FormView, Rule};

pub(super) const CODE: &str = "class-split";
pub(super) const LINT: Rule = Rule::form(Severity::Hint, check);

/// Level-1 and level-2 class.
type Class = (&'static str, &'static str);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let presumed = presumed::rows(view);
    let mut last: HashMap<Class, usize> = HashMap::new();
    let mut before = ("", "");
    for (row, own) in view.rows().zip(&presumed) {
        let Some(class) = class(own) else { continue };
        if let (Some(&home), true) = (home(&last, class, before), class != before) {
            let name = if class.0 == before.0 { class.1 } else { class.0 };
            let message = format!("{name}没有排在一起，请移到第{}条后面。", home + 1);
            let edit = Edit::Move { from: row.at, to: home + 1 };
            findings.at(row.spot(Field::Level2), message).fix("移到同类的后面", vec![edit]);
        } else {
            before = class;
            last.insert(class, row.at);
        }
    }
}

fn class(row: &Presumed) -> Option<Class> {
    Some((row.level1?, row.level2?)).filter(|_| row.copy_of.is_none())
}

/// The last row of the class where other rows have come between: of the same level-2 class, or of
/// the same level-1 class where this level-2 class is new.
fn home(
    last: &HashMap<Class, usize>,
    class: Class,
    before: Class,
) -> Option<&usize> {
    let same_level1 = || last.iter().filter(|(other, _)| other.0 == class.0).map(|(_, at)| at).max();
    last.get(&class).or_else(|| same_level1().filter(|_| class.0 != before.0))
}

#[cfg(test)]
mod tests {
    use crate::form::edit::apply_all;
    use crate::lint::testing::{findings, patched, silent};

    #[test]
    fn a_stray_row_moves_home() {
        let patch = "[[extra]]\nname = '法治讲座场次'\n[[extra]]\nlevel2 = '时效'\nname = '完成时间'";
        let found = findings("class-split", patch);
        assert_eq!(found.len(), 2);
        let mut form = patched(patch);
        apply_all(found[0].fixes[0].edits.clone(), &mut form).expect("fits");
        assert_eq!(form.indicators[4].name, "法治讲座场次");
    }

    #[test]
    fn unknown_classes_split_nothing() {
        silent("class-split", "[[indicator]]\n[[indicator]]\nlevel1 = '?'\nlevel2 = '?'\n[[indicator]]\nname = '甲'");
        silent("class-split", "");
    }
}
