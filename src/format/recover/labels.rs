//! The labels around the table: whose form it is, its long texts, its budget and its foot.

use crate::{form::field::Field, text};

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A field of the form.
    Of(Field),
    /// 单位：万元, or the unit's name.
    Unit,
    /// 资金总额: the whole budget, without saying at which time of the year.
    Total,
    /// 预期目标, 实际完成情况: columns under the annual goals.
    Goal,
    /// The other such column.
    Outcome,
}

use Label::{Goal, Of, Outcome, Total, Unit};

#[rustfmt::skip]
const LABELS: &[(Label, &[&str])] = &[
    (Of(Field::Agency), &["部门(单位)名称", "单位(部门)名称", "部门单位名称", "单位名称", "部门名称", "预算单位名称",
        "预算单位", "预算部门", "填报单位", "填报单位名称", "填报部门", "填报部门(单位)", "编报单位", "申报单位", "填报单位(盖章)", "实施单位", "项目单位"]),
    (Of(Field::Year), &["年度", "预算年度"]),
    (Of(Field::Duties), &["部门(单位)职责", "部门单位职责", "单位(部门)职责", "部门职责", "单位职责", "主要职责", "部门主要职责", "单位主要职责",
        "部门(单位)主要职责", "部门职能", "单位职能", "部门(单位)职能", "部门主要职能", "主要职能", "部门职能概述", "部门职责概述",
        "单位职能概述", "部门(单位)职能概述", "部门(单位)职责概述", "部门职能职责", "职能职责", "职能职责概述", "职责"]),
    (Of(Field::AnnualGoals), &["年度履职目标", "年度总体目标", "年度绩效目标", "年度总体绩效目标", "年度目标", "总体目标",
        "总体绩效目标", "整体绩效目标", "年度整体绩效目标", "整体支出绩效目标", "部门整体支出绩效目标", "绩效目标", "年度主要目标", "履职目标",
        "年度工作目标", "部门整体绩效目标", "年度任务目标", "年度总体目标完成情况", "总体目标完成情况"]),
    (Of(Field::Initial), &["年初预算数", "年初预算", "年初批复预算数"]),
    (Of(Field::Adjusted), &["全年预算数", "全年预算", "调整预算数", "调整后预算数"]),
    (Of(Field::Executed), &["全年执行数", "执行数", "全年支出数", "全年执行", "实际支出数", "决算数"]),
    (Of(Field::PreparedBy), &["填表人", "填报人", "制表人", "经办人", "填表人员", "填表人姓名", "编制人", "联系人", "部门联系人"]),
    (Of(Field::Phone), &["联系电话", "电话", "联系方式", "填表人联系电话", "填报人联系电话", "填表人电话", "办公电话"]),
    (Of(Field::PreparedOn), &["填表日期", "填报日期", "填表时间", "填报时间", "制表日期", "编制日期", "制表时间", "日期"]),
    (Of(Field::Head), &["单位负责人", "部门负责人", "部门(单位)负责人", "单位(部门)负责人", "单位负责人签字", "主要负责人", "负责人", "单位领导"]),
    (Of(Field::BusinessReview), &["业务股室审核", "业务科室审核", "业务处室审核", "业务股室审核意见", "业务科室审核意见", "财政业务股室审核", "业务股审核"]),
    (Of(Field::PerformanceReview), &["绩效股审核", "绩效科审核", "绩效处审核", "绩效股室审核", "绩效管理股审核", "绩效股审核意见", "绩效评价股审核", "绩效中心审核"]),
    (Unit, &["单位", "金额单位"]),
    (Total, &["资金总额", "年度资金总额", "年度预算总额", "预算总额", "部门预算总额", "整体支出预算", "预算资金总额", "年度总金额", "部门预算"]),
    (Goal, &["预期目标", "年初设定目标", "年初目标", "预期绩效目标"]),
    (Outcome, &["实际完成情况", "目标实际完成情况", "全年实际完成情况", "年度目标完成情况"]),
];

impl Label {
    /// The field that text under this label fills.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Of(field) => Some(field),
            Goal => Some(Field::AnnualGoals),
            Total => Some(Field::Initial),
            Unit | Outcome => None,
        }
    }

    /// Whether the text under it runs over paragraphs.
    pub(super) fn is_long(self) -> bool {
        matches!(self, Of(Field::Duties | Field::AnnualGoals) | Goal)
    }

    /// Whether it announces an amount.
    pub(super) fn is_amount(self) -> bool {
        matches!(self, Of(Field::Initial | Field::Adjusted | Field::Executed) | Total)
    }
}

/// The label that a whole cell is; a colon and a remark in brackets may follow it.
pub(super) fn exact(cell: &str) -> Option<Label> {
    const LONGEST: usize = 150;
    if cell.is_empty() || cell.len() > LONGEST {
        return None;
    }
    let compact = text::compact(cell);
    let bare = compact.trim_start_matches(['*', '★']).trim_end_matches(':');
    find(bare).or_else(|| find(bare.strip_suffix(')')?.rsplit_once('(')?.0))
}

fn find(key: &str) -> Option<Label> {
    LABELS.iter().find(|(_, words)| words.contains(&key)).map(|(label, _)| *label)
}

/// Whether a cell is, or begins with, a label of the form.
pub(crate) fn is_labelled(cell: &str) -> bool {
    exact(cell).is_some() || inline(cell).is_some_and(|parts| parts.before.is_empty())
}

/// Whether a cell is a label of the sign-off, and nothing else.
pub(super) fn is_sign_off(cell: &str) -> bool {
    use Field::{BusinessReview, Head, PerformanceReview, Phone, PreparedBy, PreparedOn};
    let signs = [BusinessReview, Head, PerformanceReview, Phone, PreparedBy, PreparedOn];
    exact(cell).is_some_and(|label| label.field().is_some_and(|field| signs.contains(&field)))
}

/// A cell that holds labels with their texts.
pub(super) struct Inline {
    /// What stands before the first label.
    pub(super) before: String,
    /// Each label with the text up to the next one.
    pub(super) parts: Vec<(Label, String)>,
}

/// A label found in a text: where it begins and where its text begins, in bytes.
#[derive(Clone, Copy)]
struct Found {
    label: Label,
    start: usize,
    end: usize,
}

/// Reads `填表人：甲 联系电话：…`; `None` where no label with a colon stands there. In a long
/// cell only a label at its beginning counts.
pub(super) fn inline(cell: &str) -> Option<Inline> {
    const WINDOW: usize = 600;
    if !cell.contains([':', '：']) {
        return None;
    }
    let is_long = cell.len() > WINDOW;
    let window = if is_long { prefix(cell, WINDOW) } else { cell };
    let mut found = occurrences(window);
    if is_long || found.first().is_some_and(|first| first.start == 0 && first.label.is_long()) {
        found.retain(|found| found.start == 0 && found.label.is_long());
    }
    let first = found.first()?;
    let before = cell[..first.start].trim().to_owned();
    let ends = found.iter().skip(1).map(|next| next.start).chain([cell.len()]);
    let part = |(found, end): (&Found, usize)| (found.label, filled_in(&cell[found.end..end]));
    Some(Inline { before, parts: found.iter().zip(ends).map(part).collect() })
}

/// The beginning of a text, at most so many bytes.
pub(super) fn prefix(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// What was written after a label; the line to write on is no text.
fn filled_in(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || c == '_').to_owned()
}

/// All labels before a colon, from the left, none within another.
fn occurrences(cell: &str) -> Vec<Found> {
    const MOST: usize = 16;
    let (compact, places) = compacted(cell);
    let mut found: Vec<Found> = Vec::new();
    for (colon, _) in compact.match_indices(':').take(MOST) {
        let free = found.last().map_or(0, |last| last.end);
        let occurrence = occurrence(&compact, colon, &places);
        found.extend(occurrence.filter(|found| found.start >= free));
    }
    found
}

/// The longest label that ends at a colon; a remark in brackets may stand between.
fn occurrence(compact: &str, colon: usize, places: &[usize]) -> Option<Found> {
    let whole = &compact[..colon];
    let bare =
        whole.strip_suffix(')').and_then(|remark| remark.rsplit_once('(')).map_or(whole, |(bare, _)| bare);
    let (label, start, length) = [whole, bare].into_iter().find_map(ending)?;
    // 项目负责人： is no 负责人：; longer words are plain enough to follow a name without a space.
    const SHORT: usize = 9;
    let runs_on = compact[..start].ends_with(char::is_alphanumeric) && places[start - 1] + 3 >= places[start];
    let end = *places.get(colon + 1)?;
    (!runs_on || length > SHORT).then_some(Found { label, start: places[start], end })
}

/// The longest label at the end of a text, with its place and length.
fn ending(text: &str) -> Option<(Label, usize, usize)> {
    let words = LABELS.iter().flat_map(|(label, words)| words.iter().map(move |word| (*label, *word)));
    let longest = words.filter(|(_, word)| text.ends_with(word)).max_by_key(|(_, word)| word.len())?;
    Some((longest.0, text.len() - longest.1.len(), longest.1.len()))
}

/// The text compacted, and for each of its bytes (and its end) the place in the original.
fn compacted(cell: &str) -> (String, Vec<usize>) {
    let mut compact = String::with_capacity(cell.len());
    let mut places = Vec::with_capacity(cell.len() + 1);
    for (at, c) in cell.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        compact.push(text::halfwidth_char(c));
        places.resize(compact.len(), at);
    }
    places.push(cell.len());
    (compact, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(cell: &str) -> Vec<(Label, String)> {
        inline(cell).expect("has labels").parts
    }

    #[test]
    fn whole_cells() {
        assert_eq!(exact("部门（单位）\n名称"), Some(Of(Field::Agency)));
        assert_eq!(exact("填 表 人（签字）："), Some(Of(Field::PreparedBy)));
        assert_eq!(exact("全年预算数（A）"), Some(Of(Field::Adjusted)));
        assert_eq!(exact("产出指标"), None);
        assert_eq!(exact(""), None);
    }

    #[test]
    fn several_on_one_line() {
        let line = "填 表 人：甲   联系 电话：0745-0000000　填表日期：2025.12.12 单位负责人（签章）：____";
        let expected = [
            (Of(Field::PreparedBy), "甲".to_owned()),
            (Of(Field::Phone), "0745-0000000".to_owned()),
            (Of(Field::PreparedOn), "2025.12.12".to_owned()),
            (Of(Field::Head), String::new()),
        ];
        assert_eq!(parts(line), expected);
        assert_eq!(parts("填报单位：示例局  单位：万元")[1], (Unit, "万元".to_owned()));
        assert_eq!(inline("共3页 填表人：甲").expect("has labels").before, "共3页");
        assert!(inline("时间：9点").is_none());
        assert!(inline("：").is_none());
    }

    #[test]
    fn a_long_text_keeps_its_colons() {
        let text = format!("部门职责：（一）{}联系电话：公开。", "做事。".repeat(300));
        assert_eq!(parts(&text).len(), 1);
        assert_eq!(parts("年度目标：做好联系电话：公开")[0].1, "做好联系电话：公开");
    }
}
