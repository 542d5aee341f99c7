//! The table of fields. TOML keys, form pane, required checks, table columns and undo derive
//! from it; a new field is one row here and its member in [`Form`] or [`Indicator`].

use super::{Form, Indicator};

/// Where a field stands in the TOML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// At the top of the file.
    Root,
    /// `[options]`
    Options,
    /// `[budget]`
    Budget,
    /// `[[indicator]]`
    Indicator,
    /// `[sign_off]`
    SignOff,
}

impl Table {
    /// All tables in the order of the canonical file.
    pub const ALL: [Self; 5] = [Self::Root, Self::Options, Self::Budget, Self::Indicator, Self::SignOff];

    /// The table's TOML name; empty for the root.
    pub fn key(self) -> &'static str {
        match self {
            Self::Root => "",
            Self::Options => "options",
            Self::Budget => "budget",
            Self::Indicator => "indicator",
            Self::SignOff => "sign_off",
        }
    }
}

/// What a field holds, which decides how it is edited, checked and stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Text of several lines.
    Text,
    /// A plain decimal number; stored as a string.
    Number,
    /// A year; stored as an integer while it is one.
    Year,
    /// A day; stored as a TOML date while it is one.
    Date,
    /// A phone number.
    Phone,
    /// 指标类型, picked from the operators.
    Operator,
    /// 计量单位, picked from the units or typed.
    Unit,
    /// 一级指标.
    Level1,
    /// 二级指标.
    Level2,
    /// 分值权重, picked from the profiles or written out.
    Profile,
    /// One of a few stored words, each with what the clerk reads.
    Choice(&'static [(&'static str, &'static str)]),
    /// One entry a line; stored as an array of strings.
    List,
}

impl Kind {
    /// Whether its text may hold line feeds.
    pub fn is_multi_line(self) -> bool {
        matches!(self, Self::Text | Self::List)
    }

    /// Whether it is filled from a list.
    pub fn is_picked(self) -> bool {
        matches!(
            self,
            Self::Operator | Self::Unit | Self::Level1 | Self::Level2 | Self::Profile | Self::Choice(_)
        )
    }
}

/// When a field must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// At self-evaluation (自评).
    SelfEvaluation,
}

/// What the table says of a field.
#[derive(Debug)]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its table in the file.
    pub table: Table,
    /// Its key in that table.
    pub key: &'static str,
    /// What the clerk reads, as printed: 评（扣）分标准.
    pub label: &'static str,
    /// The label within [`SHORT_LABEL`] columns: 评分标准.
    pub short: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The most characters the integrated system takes.
    pub limit: usize,
    /// When it must be filled.
    pub need: Need,
    /// How to fill it, for F1.
    pub help: &'static str,
}

/// Columns of the widest short label.
pub const SHORT_LABEL: usize = 8;

/// Steps that were begun, or only whole ones, cost points.
pub const PARTIAL_STEPS: &[(&str, &str)] =
    &[("whole", "只算整档（不足一档不扣）"), ("started", "不足一档按一档扣")];

/// How a ≤ row without a formula of its own is scored.
pub const REVERSE_FORMULA: &[(&str, &str)] =
    &[("one-minus", "一体化公式：（1－（实际－目标）÷目标）×分值"), ("ratio", "目标÷实际×分值")];

macro_rules! fields {
    ($($owner:ident { $($field:ident = $($member:ident).+, $table:ident $key:literal, $label:literal $short:literal,
        $kind:expr, $limit:literal, $need:ident, $help:literal;)* })*) => {
        /// Every field of the form and of an indicator.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Field { $($($field,)*)* }

        /// All fields, in the order of the canonical file within each table.
        pub const FIELDS: &[FieldInfo] = &[$($(FieldInfo {
            field: Field::$field, table: Table::$table, key: $key, label: $label, short: $short,
            kind: $kind, limit: $limit, need: Need::$need, help: $help,
        },)*)*];

        impl Field {
            /// The field with this key in this table.
            pub fn find(table: Table, key: &str) -> Option<Self> {
                match (table, key) {
                    $($((Table::$table, $key) => Some(Self::$field),)*)*
                    _ => None,
                }
            }
        }

        fields!(@slots $($owner { $($field = $($member).+;)* })*);
    };
    (@slots form { $($f:ident = $($fm:ident).+;)* } indicator { $($i:ident = $($im:ident).+;)* }) => {
        impl Form {
            /// The text of one of the form's own fields; `None` for a field of an indicator.
            pub fn text(&self, field: Field) -> Option<&String> {
                match field { $(Field::$f => Some(&self.$($fm).+),)* _ => None }
            }

            pub(super) fn text_mut(&mut self, field: Field) -> Option<&mut String> {
                match field { $(Field::$f => Some(&mut self.$($fm).+),)* _ => None }
            }
        }

        impl Indicator {
            /// The text of a field of this row; `None` for a field of the form.
            pub fn text(&self, field: Field) -> Option<&String> {
                match field { $(Field::$i => Some(&self.$($im).+),)* _ => None }
            }

            /// The same to be changed, for rows that are not yet part of a form; a form changes
            /// only through an [`Edit`](super::edit::Edit).
            pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
                match field { $(Field::$i => Some(&mut self.$($im).+),)* _ => None }
            }
        }
    };
}

fields! {
    form {
        Year = year, Root "year", "年度" "年度", Kind::Year, 4, Required, "填预算年度，四位数字，如 2026。";
        Agency = agency, Root "agency", "部门（单位）名称" "单位名称", Kind::Line, 100, Required, "填单位全称，与公章一致。";
        Profile = profile, Root "profile", "分值权重" "分值权重", Kind::Profile, 200, Optional,
            "各一级指标应占的分数。留空时按101号文：有成本指标为40/20/10/20，没有为50/30/10。本县另有规定的，可直接写：产出40 效益20 满意度10 成本20。";
        Duties = duties, Root "duties", "部门（单位）职责" "单位职责", Kind::Text, 4000, Required, "按三定方案填写，一段一条，用（一）（二）编号。";
        AnnualGoals = annual_goals, Root "annual_goals", "年度履职目标" "年度目标", Kind::Text, 4000, Required,
            "写本年度要办成的主要事项，每一项都应有指标对应。";
        Allow = allow, Root "allow", "不再提示" "不再提示", Kind::List, 2000, Optional,
            "全表不再提示的检查，一行一条：检查代码，空格，理由。";
        PartialSteps = options.partial_steps, Options "partial_steps", "扣分不足一档" "不足一档", Kind::Choice(PARTIAL_STEPS), 20, Optional,
            "“每超出10%扣2分”遇到超出9.9%时怎么算。留空为只算整档。";
        ReverseFormula = options.reverse_formula, Options "reverse_formula", "≤ 指标算法" "反向算法", Kind::Choice(REVERSE_FORMULA), 20, Optional,
            "评分标准没有写公式的 ≤ 指标，超过目标时怎么算。留空为一体化公式。";
        Initial = budget.initial, Budget "initial", "年初预算数" "年初预算", Kind::Number, 30, SelfEvaluation, "年初批复的预算，万元。";
        Adjusted = budget.adjusted, Budget "adjusted", "全年预算数" "全年预算", Kind::Number, 30, SelfEvaluation, "调整后的全年预算，万元。执行率以它为分母。";
        Executed = budget.executed, Budget "executed", "全年执行数" "全年执行", Kind::Number, 30, SelfEvaluation, "全年实际支出，万元。";
        PreparedBy = sign_off.prepared_by, SignOff "prepared_by", "填表人" "填表人", Kind::Line, 50, Required, "填表人姓名。";
        Phone = sign_off.phone, SignOff "phone", "联系电话" "联系电话", Kind::Phone, 30, Required, "座机写区号，如 0745-1234567；手机写11位。";
        PreparedOn = sign_off.prepared_on, SignOff "prepared_on", "填表日期" "填表日期", Kind::Date, 30, Required, "如 2025-12-12，也可以写 2025.12.12。";
        Head = sign_off.head, SignOff "head", "单位负责人" "负责人", Kind::Line, 50, Required, "单位负责人姓名。";
        BusinessReview = sign_off.business_review, SignOff "business_review", "业务股室审核" "业务审核", Kind::Line, 200, Optional, "由财政局业务股室填写。";
        PerformanceReview = sign_off.performance_review, SignOff "performance_review", "绩效股审核" "绩效审核", Kind::Line, 200, Optional, "由财政局绩效股填写。";
    }
    indicator {
        Level1 = level1, Indicator "level1", "一级指标" "一级指标", Kind::Level1, 50, Required, "产出、效益、满意度或成本。";
        Level2 = level2, Indicator "level2", "二级指标" "二级指标", Kind::Level2, 50, Required, "一级指标下的分类，如数量指标、社会效益指标。";
        Name = name, Indicator "name", "三级指标" "三级指标", Kind::Line, 100, Required, "要考核的事，一条只写一件，不要写成二级指标的名称。";
        Operator = operator, Indicator "operator", "指标类型" "指标类型", Kind::Operator, 20, Required,
            "“至少要达到”选 ≥，“不能超过”选 ≤，固定数量选 =；填文字结论或完成时限选 定性。";
        Value = value, Indicator "value", "指标值" "指标值", Kind::Line, 1000, Required,
            "定量指标只填数字，单位另选；定性指标填文字结论，如 效果明显、2026年12月31日前。";
        Unit = unit, Indicator "unit", "计量单位" "计量单位", Kind::Unit, 30, Optional, "定量指标必填；定性指标留空。";
        Explanation = explanation, Indicator "explanation", "指标解释" "指标解释", Kind::Text, 2000, Required,
            "说明统计什么、范围多大、怎么算；不要照抄指标名称。";
        Rule = rule, Indicator "rule", "评（扣）分标准" "评分标准", Kind::Text, 2000, Required,
            "写明满分多少、怎样得满分、达不到怎么扣。如：达到计划值得2分，否则按实际值÷计划值×2分计。";
        Points = points, Indicator "points", "分值" "分值", Kind::Number, 20, Optional,
            "评分标准里写明了分数的不用填；没有写明的在这里填。";
        Remark = remark, Indicator "remark", "备注" "备注", Kind::Text, 2000, Optional, "需要说明的其他情况。";
        Actual = actual, Indicator "actual", "实际完成值" "实际值", Kind::Line, 1000, SelfEvaluation, "年末自评时填。数量填数字，定性填结论，时限填完成日期。";
        ManualScore = manual_score, Indicator "manual_score", "评定得分" "评定得分", Kind::Number, 20, Optional,
            "酌情扣分、分档评定的指标由人工评定得分，填在这里。";
        DeviationReason = deviation_reason, Indicator "deviation_reason", "偏差原因及改进措施" "偏差原因", Kind::Text, 2000, Optional,
            "没有得满分、超额完成三成以上时必填。";
        RowAllow = allow, Indicator "allow", "不再提示" "不再提示", Kind::List, 2000, Optional,
            "本条不再提示的检查，一行一条：检查代码，空格，理由。";
    }
}

/// The fields of the form itself, which come first.
pub const OWN_FIELDS: &[FieldInfo] = FIELDS.split_at(Field::Level1 as usize).0;

/// The fields of an indicator.
pub const ROW_FIELDS: &[FieldInfo] = FIELDS.split_at(Field::Level1 as usize).1;

impl Field {
    /// What the table says of this field.
    pub fn info(self) -> &'static FieldInfo {
        &FIELDS[self as usize]
    }

    /// The Chinese label.
    pub fn label(self) -> &'static str {
        self.info().label
    }

    /// Whether it belongs to an indicator rather than to the form.
    pub fn is_of_indicator(self) -> bool {
        self.info().table == Table::Indicator
    }

    /// Whether it is one of the two classes of an indicator.
    pub fn is_class(self) -> bool {
        matches!(self, Self::Level1 | Self::Level2)
    }

    /// The fields of one table, in file order.
    pub fn of(table: Table) -> impl DoubleEndedIterator<Item = Self> {
        FIELDS.iter().filter(move |info| info.table == table).map(|info| info.field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (at, info) in FIELDS.iter().enumerate() {
            assert_eq!(info.field as usize, at);
            assert_eq!(Field::find(info.table, info.key), Some(info.field));
            assert!(crate::text::Policy::Wide.width(info.short) <= SHORT_LABEL + 1);
            assert!(info.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
        }
    }

    #[test]
    fn the_fields_of_a_row_follow_those_of_the_form() {
        assert!(OWN_FIELDS.iter().all(|info| !info.field.is_of_indicator()));
        assert!(ROW_FIELDS.iter().all(|info| info.field.is_of_indicator()));
    }

    #[test]
    fn every_field_has_its_own_slot() {
        let mut form = Form::default();
        let mut row = Indicator::default();
        for info in FIELDS {
            let slot = match info.field.is_of_indicator() {
                true => row.text_mut(info.field),
                false => form.text_mut(info.field),
            };
            let slot = slot.expect("has a slot");
            assert_eq!(slot, "", "{} shares a slot", info.key);
            slot.push_str(info.key);
        }
    }
}
