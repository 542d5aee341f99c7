//! # 指标类型的写法不规范
//!
//! ## 问题
//! 指标类型写成了 `>=`、`＞＝`、不低于 这样的写法，意思看得懂，但不是表上用的符号。
//!
//! ## 为什么
//! 导入一体化系统时只认 =、≥、≤、>、< 和 定性；全表写法统一，审核的人也看得快。
//!
//! ## 怎么改
//! 用快速修复换成规范的符号，意思不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! operator = ">="
//! ```
//! 好：
//! ```toml
//! operator = "≥"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::short;
use crate::lint::{Findings, Rule, RowView};

pub(super) const CODE: &str = "operator-not-canonical";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    let (Some(typed), Some(operator)) = (row.cell(Field::Operator), row.row.operator()) else { return };
    let sign = operator.sign();
    if typed != sign {
        let message = format!("指标类型“{}”应写成“{sign}”。", short(typed));
        let edits = vec![row.set(Field::Operator, sign)];
        findings.at(row.spot(Field::Operator), message).safe_fix(format!("写成 {sign}"), edits);
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn other_writings_become_the_sign() {
        fires("operator-not-canonical", "operator = '不低于'", "应写成“≥”");
        fixes("operator-not-canonical", "operator = '＞＝'", Field::Operator, "≥");
        fixes("operator-not-canonical", "operator = '定 性'", Field::Operator, "定性");
        silent("operator-not-canonical", "operator = ' ≥ '");
        silent("operator-not-canonical", "operator = '大概'");
    }
}
