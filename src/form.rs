//! The document as a value: a form with its indicators. Fields hold what was typed, right or
//! wrong; typed views are derived. A form changes only through [`edit::Edit`].

pub mod edit;
pub mod field;
pub mod successor;
pub mod target;
pub mod tree;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::vocabulary::{number, operator::Operator};
use edit::Spot;
use field::{Field, Table};

/// The schema this program writes.
pub const SCHEMA: i64 = 1;

/// 部门（单位）整体支出绩效目标表 of one unit and year. Equality is by content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Version of the file's schema.
    pub schema: i64,
    /// 年度
    pub year: String,
    /// 部门（单位）名称
    pub agency: String,
    /// 分值权重: a profile's id, one written out, or empty for the default.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// 部门（单位）职责
    pub duties: String,
    /// 年度履职目标
    pub annual_goals: String,
    /// Lints silenced for the whole form, one a line: code, space, reason.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub allow: String,
    /// How scores are calculated where the sentence leaves it open.
    #[serde(skip_serializing_if = "Options::is_empty")]
    pub options: Options,
    /// Amounts in 万元.
    #[serde(skip_serializing_if = "Budget::is_empty")]
    pub budget: Budget,
    /// The rows in the order of the printed table.
    #[serde(rename = "indicator")]
    pub indicators: Vec<Row>,
    /// The foot of the form.
    pub sign_off: SignOff,
    #[serde(skip)]
    next_id: u32,
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        let own = field::FIELDS.iter().filter(|info| !info.field.is_of_indicator());
        self.schema == other.schema
            && own.map(|info| info.field).all(|field| self.text(field) == other.text(field))
            && self.indicators == other.indicators
    }
}

impl Default for Form {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            year: String::new(),
            agency: String::new(),
            profile: String::new(),
            duties: String::new(),
            annual_goals: String::new(),
            allow: String::new(),
            options: Options::default(),
            budget: Budget::default(),
            indicators: Vec::new(),
            sign_off: SignOff::default(),
            next_id: 0,
        }
    }
}

/// Choices of calculation; empty means the usual one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// One of [`field::PARTIAL_STEPS`].
    pub partial_steps: String,
    /// One of [`field::REVERSE_FORMULA`].
    pub reverse_formula: String,
}

impl Options {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// 预算执行, 万元.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Budget {
    /// 年初预算数
    pub initial: String,
    /// 全年预算数
    pub adjusted: String,
    /// 全年执行数
    pub executed: String,
}

impl Budget {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The foot of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignOff {
    /// 填表人
    pub prepared_by: String,
    /// 联系电话
    pub phone: String,
    /// 填表日期
    pub prepared_on: String,
    /// 单位负责人
    pub head: String,
    /// 业务股室审核
    pub business_review: String,
    /// 绩效股审核
    pub performance_review: String,
}

/// Identity of a row within one form while it is in memory; 0 before the row is part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct RowId(pub u32);

/// One row of the table. Equality is by content, not by [`RowId`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Indicator {
    /// Given by the form when the row enters it, kept through moves and undo.
    #[serde(skip)]
    pub id: RowId,
    /// 一级指标
    pub level1: String,
    /// 二级指标
    pub level2: String,
    /// 三级指标
    pub name: String,
    /// 指标类型
    pub operator: String,
    /// 指标值
    pub value: String,
    /// 计量单位
    pub unit: String,
    /// 指标解释
    pub explanation: String,
    /// 评（扣）分标准
    pub rule: String,
    /// 分值, where the sentence does not say it
    #[serde(skip_serializing_if = "String::is_empty")]
    pub points: String,
    /// 备注
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// 实际完成值
    #[serde(skip_serializing_if = "String::is_empty")]
    pub actual: String,
    /// 评定得分 of rows that no formula scores
    #[serde(skip_serializing_if = "String::is_empty")]
    pub manual_score: String,
    /// 偏差原因分析及改进措施
    #[serde(skip_serializing_if = "String::is_empty")]
    pub deviation_reason: String,
    /// Lints silenced for this row, one a line: code, space, reason
    #[serde(skip_serializing_if = "String::is_empty")]
    pub allow: String,
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Self) -> bool {
        Field::of(Table::Indicator).all(|field| self.text(field) == other.text(field))
    }
}

/// A row in a form. Copies of the form share it until one of them changes it: what was saved, what
/// was read and what is edited differ in few rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Row(Arc<Indicator>);

impl Deref for Row {
    type Target = Indicator;

    fn deref(&self) -> &Indicator {
        &self.0
    }
}

impl DerefMut for Row {
    fn deref_mut(&mut self) -> &mut Indicator {
        Arc::make_mut(&mut self.0)
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl From<Indicator> for Row {
    fn from(indicator: Indicator) -> Self {
        Self(Arc::new(indicator))
    }
}

impl Indicator {
    /// A copy that is no row of a form yet.
    pub fn copy(&self) -> Self {
        Self { id: RowId::default(), ..self.clone() }
    }

    /// The operator as typed, read; `None` while it is none.
    pub fn operator(&self) -> Option<Operator> {
        Operator::parse(&self.operator)
    }

    /// Operator and value read together.
    ///
    /// # Errors
    /// Says what is wrong with the operator or the value.
    pub fn target(&self) -> Result<target::Target, target::TargetFault> {
        target::read(&self.operator, &self.value)
    }

    /// The explicit points, where a readable number stands there.
    pub fn explicit_points(&self) -> Option<Decimal> {
        number::parse(&self.points).ok()
    }

    /// The name, or 未命名指标.
    pub fn title(&self) -> &str {
        match self.name.trim() {
            "" => "未命名指标",
            name => name,
        }
    }
}

impl Form {
    /// The form's own fields, without rows.
    pub fn head(&self) -> Self {
        Self {
            schema: self.schema,
            year: self.year.clone(),
            agency: self.agency.clone(),
            profile: self.profile.clone(),
            duties: self.duties.clone(),
            annual_goals: self.annual_goals.clone(),
            allow: self.allow.clone(),
            options: self.options.clone(),
            budget: self.budget.clone(),
            indicators: Vec::new(),
            sign_off: self.sign_off.clone(),
            next_id: self.next_id,
        }
    }

    /// The budget year as a number, where one was typed.
    pub fn year_number(&self) -> Option<i16> {
        let compact = crate::text::compact(&self.year);
        compact.parse().ok().filter(|year| (1000..=9999).contains(year))
    }

    /// The text at a spot; `None` where there is no such row or field.
    pub fn at(&self, spot: Spot) -> Option<&str> {
        let text = match spot.row {
            Some(row) => self.indicators.get(row)?.text(spot.field),
            None => self.text(spot.field),
        };
        text.map(String::as_str)
    }

    /// The position of the row with this identity.
    pub fn position(&self, id: RowId) -> Option<usize> {
        self.indicators.iter().position(|row| row.id == id)
    }

    /// A form of these rows, each with an identity; for readers of files.
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = impl Into<Row>>) -> Self {
        self.indicators = rows.into_iter().map(Into::into).collect();
        // Rows take the place of whole indicators.
        self.indicators.shrink_to_fit();
        self.next_id = 0;
        for row in &mut self.indicators {
            self.next_id += 1;
            row.id = RowId(self.next_id);
        }
        self
    }

    /// Sets one of the form's own fields while a reader builds it; later changes are edits.
    pub fn set_while_reading(&mut self, field: Field, text: String) {
        if let Some(slot) = self.text_mut(field) {
            *slot = text;
        }
    }

    fn fresh_id(&mut self) -> RowId {
        self.next_id += 1;
        RowId(self.next_id)
    }
}
