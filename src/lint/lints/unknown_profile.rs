//! # 分值权重不认识
//!
//! ## 问题
//! “分值权重”填的不是内置的方案，也不是“产出40 效益20 满意度10 成本20”这样写明的分数。
//!
//! ## 为什么
//! 看不懂权重，只能按101号文的默认权重检查，合计对不对就说不准了。
//!
//! ## 怎么改
//! 在“分值权重”上按空格选一种；本县另有规定的，按“产出40 效益20 满意度10 成本20”的样子写明。
//!
//! ## 例
//! 坏：
//! ```toml
//! profile = "按县里的"
//! ```
//! 好：
//! ```toml
//! profile = "产出40 效益20 满意度10 成本20"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::lint::cell::{of_form, short};
use crate::lint::{Findings, FormView, Rule};
use crate::vocabulary::profile;

pub(super) const CODE: &str = "unknown-profile";
pub(super) const LINT: Rule = Rule::form(&[Field::Profile], Severity::Error, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let typed = of_form(view.form, Field::Profile).filter(|typed| profile::find(typed).is_none());
    let Some(typed) = typed else { return };
    let spot = Spot::form(Field::Profile);
    let message = format!("分值权重“{}”不认识，请从列表中选，或写明各类分数。", short(typed));
    let default = &view.scores.profile;
    findings.at(spot, message).fix(format!("用{}", default.label), vec![Edit::set(spot, default.id.as_ref())]);
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn built_in_or_written_out() {
        fixes("unknown-profile", "profile = '产出40 产出50'", Field::Profile, "2021-with-cost");
        silent("unknown-profile", "profile = ''");
        silent("unknown-profile", "profile = 'hubei'");
        silent("unknown-profile", "profile = '产出45，效益25，满意度10，成本10分'");
    }
}
