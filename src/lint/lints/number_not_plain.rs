//! # 数字写得不规整
//!
//! ## 问题
//! 数字里有全角数字、千位分隔符、空格、加号，或者开头多了0。
//!
//! ## 为什么
//! 数目看得懂，但导入系统时全角数字和逗号常被拒收。
//!
//! ## 怎么改
//! 用快速修复改成普通写法，数目不变。
//!
//! ## 例
//! 坏：
//! ```toml
//! value = "４"
//! ```
//! 坏：
//! ```toml
//! value = "1,200"
//! ```
//! 好：
//! ```toml
//! value = "1200"
//! ```

use crate::diagnostic::Severity;
use crate::form::field::Field;
use crate::lint::cell::{plain_number, short};
use crate::lint::{Findings, Rule, RowView};
use crate::vocabulary::number;

pub(super) const CODE: &str = "number-not-plain";
pub(super) const LINT: Rule = Rule::row(Severity::Hint, check);

const FIELDS: [Field; 4] = [Field::Value, Field::Points, Field::Actual, Field::ManualScore];

fn check(row: &RowView<'_>, findings: &mut Findings<'_>) {
    for field in FIELDS {
        let number = row.cell(field).filter(|typed| number::parse(typed).is_ok());
        let Some(typed) = number.filter(|_| field != Field::Value || !row.is_qualitative()) else { continue };
        let plain = plain_number(typed);
        if plain != typed {
            let message = format!("{}“{}”写成“{plain}”。", field.label(), short(typed));
            let edits = vec![row.set(field, plain.as_ref())];
            findings.at(row.spot(field), message).safe_fix(format!("写成 {plain}"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::form::field::Field;
    use crate::lint::testing::{fires, fixes, silent};

    #[test]
    fn only_the_writing_changes() {
        fixes("number-not-plain", "value = '０４'", Field::Value, "4");
        fixes("number-not-plain", "value = '1，234.50'", Field::Value, "1234.50");
        fixes("number-not-plain", "points = '＋4'", Field::Points, "4");
        fires("number-not-plain", "actual = '4 8'", "实际完成值");
        silent("number-not-plain", "value = ' 48 '");
        silent("number-not-plain", "value = '0.5'");
        silent("number-not-plain", "value = '４场'");
    }
}
