//! 指标类型: how the actual value is held against the target.

use crate::text;

/// The six operators of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`
    Eq,
    /// `≥`
    Ge,
    /// `≤`
    Le,
    /// `>`
    Gt,
    /// `<`
    Lt,
    /// 定性: the target is a text or a deadline.
    Qualitative,
}

/// What is to be known of one operator.
#[derive(Debug)]
pub struct OperatorInfo {
    /// The sign stored in files: `≥`, `定性`.
    pub sign: &'static str,
    /// The operator itself.
    pub operator: Operator,
    /// Chinese name: 大于等于.
    pub label: &'static str,
    /// How a sentence reads it: 不少于. Empty for 定性.
    pub reading: &'static str,
    /// When to choose it.
    pub help: &'static str,
    aliases: &'static [&'static str],
}

impl OperatorInfo {
    /// Everything it may be looked for by.
    pub fn search_words(&self) -> String {
        format!("{} {} {}", self.label, self.reading, self.aliases.join(" "))
    }
}

/// Aliases are what people type and paste, in half width.
const TABLE: &[OperatorInfo] = &[
    OperatorInfo {
        sign: "=",
        operator: Operator::Eq,
        label: "等于",
        reading: "等于",
        help: "固定数量，做到这个数得满分",
        aliases: &["==", "等于", "为", "是", "达到", "达", "﹦"],
    },
    OperatorInfo {
        sign: "≥",
        operator: Operator::Ge,
        label: "大于等于",
        reading: "不少于",
        help: "至少要达到，越高越好",
        aliases: &[
            ">=",
            "=>",
            "≧",
            "⩾",
            "﹥=",
            "大于等于",
            "大于或等于",
            "不低于",
            "不少于",
            "不小于",
            "至少",
            "正向",
        ],
    },
    OperatorInfo {
        sign: "≤",
        operator: Operator::Le,
        label: "小于等于",
        reading: "不超过",
        help: "不能超过，越低越好",
        aliases: &[
            "<=",
            "=<",
            "≦",
            "⩽",
            "小于等于",
            "小于或等于",
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "至多",
            "最多",
            "以内",
            "控制在",
            "反向",
        ],
    },
    OperatorInfo {
        sign: ">",
        operator: Operator::Gt,
        label: "大于",
        reading: "大于",
        help: "要超过这个数",
        aliases: &["大于", "高于", "多于", "超过", "﹥"],
    },
    OperatorInfo {
        sign: "<",
        operator: Operator::Lt,
        label: "小于",
        reading: "小于",
        help: "要低于这个数",
        aliases: &["小于", "低于", "少于", "﹤"],
    },
    OperatorInfo {
        sign: "定性",
        operator: Operator::Qualitative,
        label: "定性",
        reading: "",
        help: "填文字结论或完成时限，不填单位",
        aliases: &["定性指标", "文字", "描述", "文字描述"],
    },
];

/// All operators in the order of the picker.
pub fn all() -> &'static [OperatorInfo] {
    TABLE
}

impl Operator {
    /// Reads what was typed or pasted: `>=`, `＞＝`, 不低于. `None` when it is no operator.
    pub fn parse(typed: &str) -> Option<Self> {
        if let Some(info) = TABLE.iter().find(|info| info.sign == typed) {
            return Some(info.operator);
        }
        let compact = text::compact(typed);
        let found = |info: &&OperatorInfo| info.sign == compact || info.aliases.contains(&compact.as_ref());
        TABLE.iter().find(found).map(|info| info.operator)
    }

    /// Splits a leading operator off a cell such as `≥95%`: the operator and the rest.
    /// Words count only when a digit follows, so that prose is left whole.
    pub fn split_prefix(typed: &str) -> Option<(Self, String)> {
        let compact = text::compact(typed);
        let mut best: Option<(Self, &str)> = None;
        for info in all() {
            for alias in std::iter::once(&info.sign).chain(info.aliases) {
                let Some(rest) = compact.strip_prefix(*alias) else { continue };
                let sign = alias.chars().all(|c| !c.is_alphabetic());
                let plausible = rest.starts_with(|c: char| c.is_ascii_digit() || (sign && c == '-'));
                if plausible && best.is_none_or(|(_, shortest)| rest.len() < shortest.len()) {
                    best = Some((info.operator, rest));
                }
            }
        }
        best.map(|(operator, rest)| (operator, rest.to_owned()))
    }

    /// What the table says of this operator.
    pub fn info(self) -> &'static OperatorInfo {
        let found = TABLE.iter().find(|info| info.operator == self);
        found.unwrap_or_else(|| unreachable!("the table lists every operator"))
    }

    /// The sign stored in files.
    pub fn sign(self) -> &'static str {
        self.info().sign
    }

    /// The code for machines: eq ge le gt lt qualitative.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ge => "ge",
            Self::Le => "le",
            Self::Gt => "gt",
            Self::Lt => "lt",
            Self::Qualitative => "qualitative",
        }
    }

    /// Whether less is better (`≤`, `<`): the 反向 rows.
    pub fn is_reverse(self) -> bool {
        matches!(self, Self::Le | Self::Lt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_and_pasted_forms() {
        for (typed, operator) in [
            (">=", Operator::Ge),
            ("=>", Operator::Ge),
            ("＞＝", Operator::Ge),
            (" ≧ ", Operator::Ge),
            ("不低于", Operator::Ge),
            ("<=", Operator::Le),
            ("＜＝", Operator::Le),
            ("不超过", Operator::Le),
            ("＝", Operator::Eq),
            ("定 性", Operator::Qualitative),
        ] {
            assert_eq!(Operator::parse(typed), Some(operator), "{typed}");
        }
        assert_eq!(Operator::parse("大概"), None);
        assert_eq!(Operator::parse(""), None);
    }

    #[test]
    fn every_operator_has_a_row_and_its_sign_reads_back() {
        for info in all() {
            assert_eq!(Operator::parse(info.sign), Some(info.operator));
            assert_eq!(info.operator.info().sign, info.sign);
        }
        assert_eq!(all().len(), 6);
    }

    #[test]
    fn a_glued_cell_splits() {
        assert_eq!(Operator::split_prefix("≥95%"), Some((Operator::Ge, "95%".into())));
        assert_eq!(Operator::split_prefix("＞＝９５％"), Some((Operator::Ge, "95%".into())));
        assert_eq!(Operator::split_prefix("=8个"), Some((Operator::Eq, "8个".into())));
        assert_eq!(Operator::split_prefix("不低于90"), Some((Operator::Ge, "90".into())));
        assert_eq!(Operator::split_prefix("达到标准"), None);
        assert_eq!(Operator::split_prefix("95%"), None);
    }
}
