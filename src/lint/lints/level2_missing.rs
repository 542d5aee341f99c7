//! # 产出指标缺数量、质量或时效
//!
//! ## 问题
//! 产出指标下没有数量、质量、时效中的某一种。
//!
//! ## 为什么
//! 一般要求产出指标从数量、质量、时效三方面设置，只写数量看不出做得好不好、按不按时。
//!
//! ## 怎么改
//! 补上缺的那一种。例如为做的事补一条合格率（质量）或完成时间（时效）。
//!
//! ## 例
//! 坏：
//! ```toml
//! [[indicator]]
//! level2 = "数量指标"
//! [[indicator]]
//! level2 = "质量指标"
//! ```
//! 好：
//! ```toml
//! remark = "三种齐全"
//! ```

use crate::diagnostic::Severity;
use crate::lint::{Findings, FormView, Rule};

pub(super) const CODE: &str = "level2-missing";
pub(super) const LINT: Rule = Rule::form(&[], Severity::Warning, check);

const OUTPUT: &str = "产出指标";
const WANTED: [&str; 3] = ["数量指标", "质量指标", "时效指标"];

fn check(view: &FormView<'_>, findings: &mut Findings<'_>) {
    let output = view.facts.rows.iter().filter(|row| row.own.level1 == Some(OUTPUT));
    let output: Vec<Option<&str>> = output.map(|row| row.own.level2).collect();
    if output.is_empty() || output.contains(&None) {
        return;
    }
    let missing: Vec<&str> = WANTED.into_iter().filter(|wanted| !output.contains(&Some(wanted))).collect();
    if !missing.is_empty() {
        findings.class(OUTPUT, format!("产出指标没有{}，请补上。", missing.join("、")));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{fires, silent};

    #[test]
    fn all_three_are_wanted_once_there_is_output() {
        fires("level2-missing", "[[indicator]]", "质量指标、时效指标");
        silent("level2-missing", "[[indicator]]\nlevel1 = '效益'\nlevel2 = '社会效益'");
        silent("level2-missing", "[[indicator]]\nlevel2 = ''");
    }
}
