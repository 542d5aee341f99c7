//! The head row: which column holds what.

use super::look::Look;
use super::sheet::SheetRow;
use crate::{form::field::Field, text};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 序号, or the repeated words at the left edge: consumed, never read.
    Decor,
    /// A column of an indicator.
    Of(Field),
    /// A column that repeats a field of the form in every row.
    Repeated(Field),
    /// 绩效指标: decor, or the names where no other column has them.
    Group,
    /// 指标内容: the explanation, or the names where no other column has them.
    Content,
    /// 指标值类型: the operator where another column has the values, else the values.
    ValueKind,
    /// 指标方向: the operator where no other column has it, else only its confirmation.
    Direction,
    /// 上年, 半年, 中期: targets of other times, left out.
    OtherYear,
}

use Role::{Content, Decor, Direction, Group, Of, OtherYear, Repeated, ValueKind};

#[rustfmt::skip]
const WORDS: &[(Role, &[&str])] = &[
    (Decor, &["序号", "编号", "计算分值", "计算得分"]),
    (Repeated(Field::Year), &["年度", "预算年度"]),
    (Repeated(Field::Agency), &["部门单位名称", "单位名称", "预算单位名称"]),
    (Group, &["绩效指标", "考核指标", "指标", "指标体系", "年度绩效指标", "年度绩效指标完成情况", "绩效指标完成情况"]),
    (Content, &["指标内容"]),
    (ValueKind, &["指标值类型"]),
    (OtherYear, &["前年", "上年", "去年", "上年完成值", "上年实际", "上年实际值", "上年度", "上年度完成值", "历史值", "近两年指标值",
        "前年实际", "前年完成值", "上年指标值", "上年完成情况", "前三年平均值", "半年", "半年指标值", "半年目标值", "半年计划值",
        "半年程指标值", "半年程目标值", "实施周期指标值", "实施期指标值", "中期指标值", "长期指标值", "总体指标值", "总指标值"]),
    (Direction, &["指标方向", "指标方向性", "指标属性", "方向性"]),
    (Of(Field::Level1), &["指标类别", "指标分类", "一级"]),
    (Of(Field::Level2), &["二级"]),
    (Of(Field::Name), &["指标名称", "具体指标", "三级", "明细指标"]),
    (Of(Field::Operator), &["指标类型", "指标性质", "计算符号", "运算符号", "比较符号", "指标符号",
        "关系符号", "指标值性质", "比较符", "运算符", "符号"]),
    (Of(Field::Value), &["指标值", "年度指标值", "目标值", "年度目标值", "计划值", "年初目标值", "年度计划值",
        "年初指标值", "年初设定值", "预期当年实现值", "当年预期实现值", "预期实现值", "当年预期值", "全年程指标值", "全年程目标值", "值", "数值", "预期指标值", "预期目标值", "预期值", "指标目标值", "全年目标值", "本年指标值",
        "当年指标值", "绩效目标值", "设定目标值", "目标"]),
    (Of(Field::Unit), &["计量单位", "度量单位", "单位", "指标单位", "指标值单位", "数量单位"]),
    (Of(Field::Explanation), &["指标解释", "指标说明", "指标释义", "指标解释及说明", "指标内涵", "指标定义",
        "指标解释说明", "三级指标解释", "指标值说明", "解释", "说明"]),
    (Of(Field::Rule), &["评扣分标准", "评分标准", "评分规则", "考核标准", "扣分标准", "评分细则", "评分办法",
        "计分标准", "评价标准", "计分规则", "计分方法", "评分方法", "得分标准", "打分标准", "评分依据", "评扣分细则",
        "绩效标准", "评价要点", "得分计算方法", "指标得分计算方法", "评分说明"]),
    (Of(Field::Points), &["分值", "权重", "分值权重", "权重分值", "指标分值", "指标权重", "标准分", "标准分值",
        "设定分值", "满分", "分数"]),
    (Of(Field::Remark), &["备注"]),
    (Of(Field::Actual), &["实际完成值", "完成值", "全年实际值", "实际值", "全年完成值", "年度完成值", "指标完成值",
        "实际完成情况", "完成情况", "全年实际完成值", "实际完成", "年度实际完成值"]),
    (Of(Field::ManualScore), &["得分", "自评得分", "自评分", "评价得分", "考核得分", "评定得分", "实际得分", "评分"]),
    (Of(Field::DeviationReason), &["原因分析", "改进措施"]),
];

/// The meaning of a header cell; brackets, marks and line breaks are ignored.
fn role(typed: &str) -> Option<Role> {
    const LONGEST: usize = 120;
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let compact = text::compact(typed);
    let bare: String =
        compact.chars().filter(|c| !matches!(c, '(' | ')' | '*' | '★' | ':' | '/' | '%')).collect();
    let cut = compact.trim_start_matches(['*', '★']).split(['(', '[', '【', ':']).next().unwrap_or_default();
    word(&bare).or_else(|| word(cut))
}

fn word(key: &str) -> Option<Role> {
    if key.starts_with("偏差") || key.starts_with("未完成原因") || key.starts_with("未完成或") {
        return Some(Of(Field::DeviationReason));
    }
    let is_actual = key.ends_with("完成值") && !key.starts_with(['上', '前', '去']);
    listed(key)
        .or_else(|| level(key))
        .or_else(|| is_actual.then_some(Of(Field::Actual)))
        .or_else(|| (key.ends_with("绩效指标") || key.ends_with("绩效指标完成情况")).then_some(Group))
        .or_else(|| qualified(key))
}

fn listed(key: &str) -> Option<Role> {
    WORDS.iter().find(|(_, words)| words.contains(&key)).map(|(role, _)| *role)
}

/// 一级指标 in all its forms: 绩效指标一级, 一级绩效指标名称.
fn level(key: &str) -> Option<Role> {
    const LEVELS: [(&str, Field); 3] =
        [("一级", Field::Level1), ("二级", Field::Level2), ("三级", Field::Name)];
    let (word, field) = LEVELS.into_iter().find(|(word, _)| key.contains(word))?;
    let rest = key.replacen(word, "", 1);
    let rest = rest.trim_end_matches("名称").trim_end_matches("类别");
    matches!(rest, "指标" | "绩效指标" | "考核指标" | "评价指标" | "目标").then_some(Of(field))
}

/// A word with what it is of before it: 本年绩效指标值, 绩效度量单位.
fn qualified(key: &str) -> Option<Role> {
    const OF: [&str; 10] = ["绩效", "年度", "本年度", "本年", "当年", "全年", "项目", "部门", "评价", "考核"];
    let mut rest = key;
    while let Some(shorter) = OF.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
        // These words alone say too little: 年度目标, 项目单位.
        if !matches!(
            rest,
            "目标"
                | "指标"
                | "说明"
                | "单位"
                | "解释"
                | "备注"
                | "评分"
                | "值"
                | "年度"
                | "单位名称"
                | "编号"
        ) && let Some(role) = listed(rest)
        {
            return Some(role);
        }
    }
    None
}

/// Whether a column tells rows apart: such a column has no second head.
fn is_of_rows(role: Role) -> bool {
    matches!(role, Of(Field::Level1 | Field::Level2 | Field::Name))
}

/// Whether a cell is a word of a head row.
pub(crate) fn is_header_word(cell: &str) -> bool {
    role(cell).is_some()
}

/// A head row as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The meaning of each column; `None` where it has none.
    pub(super) columns: Vec<Option<Role>>,
}

impl Header {
    /// The head row, where this row is one: three different words of which one names a class,
    /// the indicators or their values, and little else in the row.
    pub(super) fn of(row: &SheetRow) -> Option<Self> {
        let columns: Vec<Option<Role>> = row.cells.iter().map(|cell| role(&cell.text)).collect();
        let named = columns.iter().flatten().filter(|role| **role != Decor).count();
        let header = Self { columns }.settled();
        let fields = header.columns.iter().flatten().filter(|role| matches!(role, Of(_))).count();
        let anchored =
            [Field::Name, Field::Value, Field::Level2].iter().any(|field| header.column(*field).is_some());
        (named >= 3 && fields >= 2 && anchored && named * 2 >= row.filled().count()).then_some(header)
    }

    /// The columns of today's printed form, for rows that came without a head row.
    pub(super) fn printed() -> Self {
        use Field::{Explanation, Level1, Level2, Name, Operator, Remark, Rule, Unit, Value};
        let fields = [Level1, Level2, Name, Operator, Value, Unit, Explanation, Rule, Remark];
        Self { columns: fields.map(|field| Some(Of(field))).to_vec() }
    }

    /// The same with sign, value and unit in one cell.
    pub(super) fn glued() -> Self {
        use Field::{Explanation, Level1, Level2, Name, Remark, Rule, Value};
        let fields = [Level1, Level2, Name, Value, Explanation, Rule, Remark];
        Self { columns: fields.map(|field| Some(Of(field))).to_vec() }
    }

    /// The columns of a row that shows them without a head: both classes, a name, a target.
    pub(super) fn of_content(row: &SheetRow) -> Option<Self> {
        let cells: Vec<(usize, Look)> = row.filled().map(|(at, text)| (at, Look::of(text))).collect();
        let level1 = cells.iter().position(|(_, look)| look.level1)?;
        let [(_, level2), (_, name), (_, value), ..] = cells.get(level1 + 1..)? else { return None };
        if !level2.level2 || name.is_class() || name.value || name.operator || !value.value || value.number {
            return None;
        }
        // Cells side by side from the left are rows of the printed order.
        if cells.iter().take(4).map(|(at, _)| *at).eq(0..4) && level1 == 0 {
            return None;
        }
        let mut columns = vec![None; row.cells.len()];
        for (place, field) in
            [Field::Level1, Field::Level2, Field::Name, Field::Value].into_iter().enumerate()
        {
            columns[cells[level1 + place].0] = Some(Of(field));
        }
        Some(Self { columns })
    }

    /// Takes the words of a second head row over: under merged cells stand words of a head, or
    /// columns that mean nothing here, and nothing that could be of an indicator.
    pub(super) fn overlay(&mut self, row: &SheetRow) -> bool {
        let words: Vec<(usize, Option<Role>)> = row.filled().map(|(at, text)| (at, role(text))).collect();
        let known = words.iter().filter(|(_, role)| role.is_some()).count();
        let is_under =
            |at: usize| self.columns.get(at).copied().flatten().is_none_or(|role| !is_of_rows(role));
        let is_word = |(at, text): (usize, &str)| {
            let look = Look::of(text);
            role(text).is_some()
                || (is_under(at) && !look.is_class() && !look.value && !look.operator && !look.long)
        };
        if known == 0 || words.len() < 2 || !row.filled().all(is_word) {
            return false;
        }
        for (at, role) in words {
            if at >= self.columns.len() {
                self.columns.resize(at + 1, None);
            }
            if self.columns[at] != role {
                self.columns.iter_mut().filter(|other| **other == role).for_each(|other| *other = None);
            }
            self.columns[at] = role;
        }
        *self = self.clone().settled();
        true
    }

    /// Decides the ambiguous words by what the other columns hold, and lets the first of two
    /// equal columns win.
    fn settled(mut self) -> Self {
        self.settle(ValueKind, Field::Operator, Field::Value, self.column(Field::Value).is_some());
        self.settle_direction();
        self.settle(Content, Field::Explanation, Field::Name, self.column(Field::Name).is_some());
        let nameless = self.column(Field::Name).is_none();
        for at in 0..self.columns.len() {
            if self.columns[at] == Some(Group) {
                let is_name = nameless && at > 0 && self.column(Field::Name).is_none();
                self.columns[at] = Some(if is_name { Of(Field::Name) } else { Decor });
            }
        }
        self.points_of_rows();
        self.second_of_two_halves();
        for at in 1..self.columns.len() {
            let again =
                matches!(self.columns[at], Some(Of(_))) && self.columns[..at].contains(&self.columns[at]);
            if again {
                self.columns[at] = None;
            }
        }
        self
    }

    /// 分值 may stand beside every level: that of a row is the first right of its name.
    fn points_of_rows(&mut self) {
        let points = Some(Of(Field::Points));
        let name = self.name_column();
        if self.columns.iter().skip(name).any(|role| *role == points) {
            self.columns[..name].iter_mut().filter(|role| **role == points).for_each(|role| *role = None);
        }
    }

    /// Two tables side by side, of years to come and of the year: the second is that of the year.
    fn second_of_two_halves(&mut self) {
        let twice = |field: Field| self.columns.iter().filter(|role| **role == Some(Of(field))).count() == 2;
        if !twice(Field::Name) || !twice(Field::Value) {
            return;
        }
        for field in [Field::Level1, Field::Level2, Field::Name, Field::Value]
            .into_iter()
            .filter(|field| twice(*field))
            .collect::<Vec<_>>()
        {
            if let Some(first) = self.column(field) {
                self.columns[first] = Some(OtherYear);
            }
        }
    }

    /// 指标类型 may head the classes and not the signs: the rows below tell.
    pub(super) fn refine(&mut self, below: &[SheetRow]) {
        const ENOUGH: usize = 12;
        let Some(at) = self.column(Field::Operator).filter(|_| self.column(Field::Level2).is_none()) else {
            return;
        };
        let looks = || below.iter().take(ENOUGH).map(|row| Look::of(row.text(at)));
        let classes = looks().filter(|look| look.is_class()).count();
        if classes > looks().filter(|look| look.operator || look.quantity).count() {
            let level2 = looks().filter(|look| look.level2).count();
            let field = if level2 * 2 >= classes { Field::Level2 } else { Field::Level1 };
            self.columns[at] = Some(Of(field));
        }
    }

    fn settle(&mut self, word: Role, usual: Field, otherwise: Field, is_usual: bool) {
        let field = if is_usual { usual } else { otherwise };
        self.columns.iter_mut().filter(|role| **role == Some(word)).for_each(|role| *role = Some(Of(field)));
    }

    fn settle_direction(&mut self) {
        if self.column(Field::Operator).is_none() {
            self.settle(Direction, Field::Operator, Field::Operator, true);
        }
    }

    /// What the head row calls its table, beside the names of its columns.
    pub(super) fn label(&self, row: &SheetRow) -> String {
        let of_table = |at: &usize| self.columns.get(*at).copied().flatten() == Some(Decor);
        row.filled().filter(|(at, _)| of_table(at)).map(|(_, typed)| text::compact(typed)).collect()
    }

    /// The field of each column.
    pub(super) fn fields(&self) -> Vec<Option<Field>> {
        let field = |role: &Option<Role>| match role {
            Some(Of(field)) => Some(*field),
            _ => None,
        };
        self.columns.iter().map(field).collect()
    }

    /// The column of a field.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|role| *role == Some(Of(field)))
    }

    /// The column of the names, or where they must stand.
    pub(super) fn name_column(&self) -> usize {
        let after = |field| self.column(field).map(|at| at + 1);
        let found =
            self.column(Field::Name).or_else(|| after(Field::Level2)).or_else(|| after(Field::Level1));
        found.unwrap_or_default()
    }

    /// The meaning of a column of a row that stands `shift` cells beside its header.
    pub(super) fn role_at(&self, at: usize, shift: isize) -> Option<Role> {
        let column = usize::try_from(at as isize - shift).ok()?;
        self.columns.get(column).copied().flatten()
    }
}
