//! # 填表日期的写法不统一
//!
//! ## 问题
//! 填表日期写成了 2025.12.12、2025年12月12日 这样的写法。
//!
//! ## 为什么
//! 日期看得懂，但系统里存的是 2025-12-12；写法统一，导入时不会出错。
//!
//! ## 怎么改
//! 用快速修复改成 2025-12-12 的写法，日子不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! [sign_off]
//! prepared_on = "2025.12.12"
//! ```
//! 好：
//! ```toml
//! [sign_off]
//! prepared_on = "2025-12-12"
//! ```

use crate::diagnostic::Severity;
use crate::form::edit::{Edit, Spot};
use crate::form::field::Field;
use crate::lint::cell::{of_form, short};
use crate::lint::{Findings, FormView, Rule, days};
use crate::vocabulary::date;

pub(super) const CODE: &str = "date-not-iso";
pub(super) const LINT: Rule = Rule::form(&[Field::PreparedOn], Severity::Hint, check);

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let Some(typed) = of_form(view.form, Field::PreparedOn) else { return };
    let Some(iso) = days::read(typed).map(date::iso).filter(|iso| iso != typed) else { return };
    let spot = Spot::form(Field::PreparedOn);
    let message = format!("填表日期“{}”写成“{iso}”。", short(typed));
    findings.at(spot, message).safe_fix(format!("写成 {iso}"), vec![Edit::set(spot, iso.as_str())]);
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fixes, silent};

    #[test]
    fn the_day_stays_the_same() {
        for typed in ["2025.12.12", "2025/12/12", "2025年12月12日", "二〇二五年十二月十二日"] {
            let patch = format!("[sign_off]\nprepared_on = '{typed}'");
            fixes("date-not-iso", &patch, Field::PreparedOn, "2025-12-12");
        }
        silent("date-not-iso", "[sign_off]\nprepared_on = '昨天'");
        silent("date-not-iso", "[sign_off]\nprepared_on = ''");
    }
}
