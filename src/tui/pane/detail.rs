//! The fields of what is selected in the tree, edited in place, and below them what the checks and
//! the scoring sentence say.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::diagnostic::Severity;
use crate::form::edit::Spot;
use crate::form::field::{Field, Kind, Need, SHORT_LABEL, Table};
use crate::score;
use crate::tui::app::{App, Focus};
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::tui::pane::outline::{self, Node};
use crate::tui::widget::text_edit::TextEdit;
use crate::vocabulary::{number::plain, operator::Operator, profile};

/// The form's own fields on the page 基本信息.
pub(crate) const BASIC: &[Field] =
    &[Field::Year, Field::Agency, Field::Profile, Field::PartialSteps, Field::ReverseFormula, Field::Allow];

/// The fields of a row in the order of editing.
const ROW: &[Field] = &[
    Field::Name,
    Field::Operator,
    Field::Value,
    Field::Unit,
    Field::Points,
    Field::Explanation,
    Field::Rule,
    Field::Remark,
    Field::Level1,
    Field::Level2,
    Field::Actual,
    Field::ManualScore,
    Field::DeviationReason,
    Field::RowAllow,
];

/// Columns left of a field's text: a blank, the label, a blank.
const INDENT: u16 = SHORT_LABEL as u16 + 2;
/// Columns right of a field's text: a blank and one mark, `[v]` or 改.
const MARGIN: u16 = 4;

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Detail {
    /// Index of the field with the caret, of those on the page.
    pub at: usize,
    /// The field being edited, while the pane has the focus and the field is not picked.
    pub edit: Option<TextEdit>,
    /// Whether the wheel chose what is in view.
    pub scrolled: bool,
    top: usize,
}

/// The spots on the page of a node, in order.
pub(crate) fn page(node: &Node, row: Option<usize>) -> Vec<Spot> {
    let of_form = |fields: &mut dyn Iterator<Item = Field>| fields.map(Spot::form).collect();
    match node {
        Node::Basic => of_form(&mut BASIC.iter().copied()),
        Node::Duties => vec![Spot::form(Field::Duties)],
        Node::Goals => vec![Spot::form(Field::AnnualGoals)],
        Node::Budget => of_form(&mut Field::of(Table::Budget)),
        Node::SignOff => of_form(&mut Field::of(Table::SignOff)),
        Node::Row(_) => {
            row.map_or(Vec::new(), |row| ROW.iter().map(|&field| Spot::row(row, field)).collect())
        }
        Node::Indicators | Node::Level1(_) | Node::Level2(..) => Vec::new(),
    }
}

/// A row of the pane.
struct Line {
    /// Index of the field it belongs to, and whether it is the field's first row.
    field: Option<(usize, bool)>,
    /// Bytes of the field's text, or a text of its own.
    body: Body,
}

enum Body {
    Part(Range<usize>),
    Shown(String),
    Heading(String),
    Note(String, Style),
}

/// Columns for the text of a field in a pane this wide; one is kept free for the caret.
pub(crate) fn text_columns(width: u16) -> usize {
    usize::from(width.saturating_sub(INDENT + MARGIN + 1)).max(4)
}

/// What a picked field shows instead of the stored word.
fn shown(field: Field, text: &str) -> Option<String> {
    let stored = text.trim();
    match field.info().kind {
        Kind::Operator => Operator::parse(stored).map(|operator| {
            let info = operator.info();
            if info.sign == stored && info.sign != info.label {
                format!("{}  {}", info.sign, info.label)
            } else {
                text.to_owned()
            }
        }),
        Kind::Choice(choices) => {
            choices.iter().find(|(word, _)| *word == stored).map(|(_, label)| (*label).to_owned())
        }
        Kind::Profile => profile::find(stored).map(|profile| profile.label.to_string()),
        _ => None,
    }
}

fn lines(app: &App, width: u16) -> Vec<Line> {
    let Some(item) = app.outline.selected() else { return Vec::new() };
    let spots = app.page();
    let mut lines = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        if spot.field == Field::Level1 && spot.row.is_some() {
            lines.push(heading(""));
        }
        if spot.field == Field::Actual {
            lines.push(heading("自评"));
        }
        push_field(app, *spot, at, width, &mut lines);
        if let (Field::Unit, Some(row)) = (spot.field, spot.row) {
            push_previous(app, row, width, &mut lines);
        }
    }
    match item.rows.start {
        row if matches!(item.node, Node::Row(_)) => push_row_notes(app, row, width, &mut lines),
        _ if spots.is_empty() => push_class_notes(app, item.rows.clone(), &mut lines),
        _ => push_field_notes(app, &spots, width, &mut lines),
    }
    lines
}

fn heading(title: &str) -> Line {
    Line { field: None, body: Body::Heading(title.to_owned()) }
}

fn push_field(app: &App, spot: Spot, at: usize, width: u16, lines: &mut Vec<Line>) {
    let text = app.document.text(spot);
    let edited = app.detail.edit.as_ref().filter(|_| at == app.detail.at && app.focus == Focus::Field);
    if let Some(shown) = shown(spot.field, text).filter(|_| edited.is_none()) {
        lines.push(Line { field: Some((at, true)), body: Body::Shown(shown) });
        return;
    }
    let rows: Cow<'_, [Range<usize>]> = match edited {
        Some(edit) => edit.rows().into(),
        None => app.policy.wrap(text, text_columns(width)).into(),
    };
    for (index, range) in rows.iter().cloned().enumerate() {
        lines.push(Line { field: Some((at, index == 0)), body: Body::Part(range) });
    }
}

/// What the row was last year, below the target that is set anew.
fn push_previous(app: &App, row: usize, width: u16, lines: &mut Vec<Line>) {
    let Some(previous) = &app.previous else { return };
    let year = previous.year();
    let (note, style) = match previous.row(row) {
        None => (format!("{year} 没有这一条"), app.theme.dim()),
        Some((was, movement)) => {
            let style = match movement.is_doubtful() {
                true => app.theme.severity(Severity::Warning),
                false => app.theme.dim(),
            };
            (format!("{year} {was}；{}", movement.label()), style)
        }
    };
    push_note(app, &note, style, width, lines);
}

/// Findings of the row, and how its sentence scores.
fn push_row_notes(app: &App, row: usize, width: u16, lines: &mut Vec<Line>) {
    let document = &app.document;
    lines.push(heading("本项检查"));
    let mut findings = document.findings_of_row(row).peekable();
    if findings.peek().is_none() {
        push_note(app, "通过。", app.theme.points(true), width, lines);
    }
    for finding in findings {
        let note = format!("{} {}", finding.severity.tag(), finding.message);
        push_note(app, &note, app.theme.severity(finding.severity), width, lines);
    }
    let (Some(indicator), Some(scored)) =
        (document.form().indicators.get(row), document.scores().rows.get(row))
    else {
        return;
    };
    if indicator.rule.trim().is_empty() {
        return;
    }
    lines.push(heading("评分规则"));
    let rule = &scored.parsed.rule;
    let explained = rule.explain(scored.points, &indicator.operator, &indicator.value, &indicator.unit);
    push_note(app, &format!("{}：{explained}", rule.label()), app.theme.text(), width, lines);
    for note in &scored.parsed.notes {
        push_note(app, &note.message, app.theme.dim(), width, lines);
    }
    let options = score::options_of(document.form());
    if let Some(score) =
        score::row_achieved(document.form(), document.scores(), row, &indicator.actual, &options)
    {
        for step in score.trail {
            push_note(app, &step, app.theme.text(), width, lines);
        }
    }
}

fn push_field_notes(app: &App, spots: &[Spot], width: u16, lines: &mut Vec<Line>) {
    let mut findings = spots.iter().flat_map(|spot| app.document.findings_at(*spot)).peekable();
    if findings.peek().is_some() {
        lines.push(heading("本页检查"));
    }
    for finding in findings {
        let note = format!("{} {}", finding.severity.tag(), finding.message);
        push_note(app, &note, app.theme.severity(finding.severity), width, lines);
    }
    if app.outline.selected().is_some_and(|item| item.node == Node::Budget)
        && let Some(execution) = &app.document.achieved().execution
    {
        lines.push(heading("预算执行率"));
        let text = format!(
            "执行率 {}%，得 {} 分（满分 {} 分）。",
            plain(execution.rate),
            plain(execution.score),
            plain(app.document.scores().profile.execution)
        );
        push_note(app, &text, app.theme.text(), width, lines);
    }
}

/// Points of the classes below the selected one.
fn push_class_notes(app: &App, rows: Range<usize>, lines: &mut Vec<Line>) {
    let scores = app.document.scores();
    let note = |text: String, right: bool| Line {
        field: None,
        body: Body::Note(text, if right { app.theme.text() } else { app.theme.points(false) }),
    };
    lines.push(heading("分值"));
    for class in scores.classes.iter().filter(|class| {
        class.rows.iter().any(|row| rows.contains(row)) || rows.len() == app.document.form().indicators.len()
    }) {
        let expected = class.expected.map_or(String::new(), |expected| format!(" / {}", plain(expected)));
        let text = format!(" {}  {} 条  {}{expected} 分", class.name, class.rows.len(), plain(class.points));
        lines.push(note(text, class.expected.is_none_or(|expected| expected == class.points)));
    }
    lines.push(note(
        format!(" 合计 {} / {} 分", plain(scores.total), plain(scores.expected())),
        scores.total == scores.expected(),
    ));
    lines.push(heading("权重"));
    lines.push(note(format!(" {}", scores.profile.label), true));
    lines.push(note(" Ctrl+N 在这里新增指标，Enter 展开或折叠。".into(), true));
}

fn push_note(app: &App, text: &str, style: Style, width: u16, lines: &mut Vec<Line>) {
    let shown = crate::text::visible(text).replace('\n', " ");
    for range in app.policy.wrap(&shown, usize::from(width.saturating_sub(2)).max(4)) {
        lines.push(Line { field: None, body: Body::Note(format!(" {}", &shown[range]), style) });
    }
}

impl Detail {
    /// The first visible line, so that the caret's row, or the field's first, is in view.
    pub(crate) fn settle(app: &mut App, area: Rect) {
        let rows = usize::from(area.height.saturating_sub(1)).max(1);
        let columns = text_columns(area.width);
        let policy = app.policy;
        if let Some(edit) = &mut app.detail.edit {
            edit.set_view(columns, policy);
        }
        let lines = lines(app, area.width);
        let of_field = |line: &Line| line.field.is_some_and(|(at, _)| at == app.detail.at);
        let first = lines.iter().position(of_field).unwrap_or(0);
        let caret = first + app.detail.edit.as_ref().map_or(0, |edit| edit.caret_cell().0);
        let lowest = lines.len().saturating_sub(rows);
        let in_view = app.detail.top.clamp((caret + 1).saturating_sub(rows), caret);
        app.detail.top = if app.focus == Focus::Field && !app.detail.scrolled {
            in_view
        } else {
            app.detail.top.min(lowest)
        };
    }

    /// Shows other lines, for the wheel.
    pub(crate) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.scrolled = true;
    }

    /// Back to the first line, for another page.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Draws the pane with its heading row.
pub(crate) fn draw(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let focused = app.focus == Focus::Field;
    let inside = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let lines = lines(app, area.width);
    let below = lines.len().saturating_sub(app.detail.top + usize::from(inside.height));
    let more = if below > 0 { format!(" 下面还有{below}行 ") } else { String::new() };
    let columns = area.width.saturating_sub(app.policy.width(&more) as u16);
    painter.rule(area, 0, "", app.theme.line(), app.theme.dim());
    painter.rule(
        Rect { width: columns, ..area },
        0,
        &title(app),
        app.theme.line(),
        app.theme.heading(focused),
    );
    painter.right(area, 0, 2, &more, app.theme.dim());
    for (row, line) in lines.iter().skip(app.detail.top).take(usize::from(inside.height)).enumerate() {
        draw_line(app, painter, inside, row as u16, line);
    }
    if focused {
        place_caret(app, painter, inside, &lines);
    }
}

fn title(app: &App) -> String {
    let form = app.document.form();
    let Some(item) = app.outline.selected() else { return String::new() };
    match &item.node {
        Node::Row(_) => {
            let at = item.rows.start;
            let name = form.indicators.get(at).map_or("", |row| row.title());
            format!("指标 {}/{}：{name}", at + 1, form.indicators.len())
        }
        Node::Basic => "基本信息".into(),
        Node::Duties => format!("部门（单位）职责  {}", size(&form.duties)),
        Node::Goals => format!("年度履职目标  {}", size(&form.annual_goals)),
        Node::Indicators => "绩效指标".into(),
        Node::Level1(name) | Node::Level2(_, name) => name.clone(),
        Node::Budget => "预算执行（万元）".into(),
        Node::SignOff => "审核签字".into(),
    }
}

fn size(text: &str) -> String {
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).count();
    format!("{}字/{paragraphs}段", outline::count(text))
}

fn draw_line(app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, line: &Line) {
    match &line.body {
        Body::Heading(title) => painter.rule(area, row, title, app.theme.line(), app.theme.dim()),
        Body::Note(text, style) => {
            painter.print(area, row, 0, text, *style);
        }
        Body::Part(_) | Body::Shown(_) => draw_field_row(app, painter, area, row, line),
    }
}

fn draw_field_row(app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, line: &Line) {
    let Some((at, first)) = line.field else { return };
    let spots = app.page();
    let Some(&spot) = spots.get(at) else { return };
    let info = spot.field.info();
    let focused = app.focus == Focus::Field && at == app.detail.at;
    let bytes = if let Body::Part(range) = &line.body { range.clone() } else { 0..0 };
    let from = area.x + INDENT;
    painter.target(area, row, 0, area.width, Target::Field { at, bytes, from });
    if first {
        let worst = worst_of(app, spot);
        let style = worst.map_or(app.theme.label(), |worst| app.theme.severity(worst));
        painter.print(area, row, 1, info.short, style);
        if focused {
            painter.print(area, row, 0, ">", app.theme.key());
        }
        if info.kind.is_picked() {
            painter.print(area, row, area.width.saturating_sub(3), "[v]", app.theme.dim());
        } else if app.document.is_changed(spot) {
            painter.print(area, row, area.width.saturating_sub(2), "改", app.theme.changed());
        }
    }
    match &line.body {
        Body::Shown(text) => {
            painter.cut(area, row, INDENT, area.width - INDENT - MARGIN, text, app.theme.text());
        }
        Body::Part(range) => draw_text(app, painter, area, row, spot, range.clone(), focused),
        _ => {}
    }
    if focused {
        let columns = area.width.saturating_sub(INDENT + MARGIN);
        painter.restyle(area, row, INDENT, columns, app.theme.field());
    }
}

fn worst_of(app: &App, spot: Spot) -> Option<Severity> {
    app.document.findings_at(spot).map(|diagnostic| diagnostic.severity).min()
}

/// What stands in an empty field: that it must be filled, or what is derived in its place.
fn in_place_of_nothing(app: &App, spot: Spot) -> (String, Style) {
    let derived = match (spot.field, spot.row) {
        (Field::Points, Some(row)) => app.document.scores().rows.get(row).and_then(|row| row.points),
        _ => None,
    };
    match (derived, spot.field.info().need) {
        (Some(points), _) => (format!("（评分标准写明{}分）", plain(points)), app.theme.dim()),
        (None, Need::Required) => ("（未填）".into(), app.theme.severity(Severity::Error)),
        (None, _) => (String::new(), app.theme.dim()),
    }
}

/// One row of a field's text, with the selection and the culprits of findings in their styles.
fn draw_text(
    app: &App,
    painter: &mut Painter<'_>,
    area: Rect,
    row: u16,
    spot: Spot,
    range: Range<usize>,
    focused: bool,
) {
    let text = app.document.text(spot);
    if text.is_empty() && !focused {
        let (words, style) = in_place_of_nothing(app, spot);
        painter.cut(area, row, INDENT, area.width.saturating_sub(INDENT + MARGIN), &words, style);
        return;
    }
    let mut styles: Vec<(Range<usize>, Style)> = Vec::new();
    for diagnostic in app.document.findings_at(spot) {
        styles.extend(diagnostic.span.clone().map(|span| (span, app.theme.culprit(diagnostic.severity))));
    }
    let selection = app.detail.edit.as_ref().filter(|_| focused).and_then(TextEdit::selection);
    styles.extend(selection.map(|range| (range, app.theme.selection())));
    paint_styled(painter, area, row, INDENT, text, range, app.theme.text(), &styles);
}

/// Prints a byte range of a text; later styles win over earlier ones.
#[allow(clippy::too_many_arguments)]
pub(crate) fn paint_styled(
    painter: &mut Painter<'_>,
    area: Rect,
    row: u16,
    x: u16,
    text: &str,
    range: Range<usize>,
    base: Style,
    styles: &[(Range<usize>, Style)],
) -> u16 {
    let mut cuts = vec![range.start, range.end];
    for (span, _) in styles {
        cuts.extend(
            [span.start, span.end].into_iter().filter(|at| range.contains(at) && text.is_char_boundary(*at)),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut column = x;
    for pair in cuts.windows(2) {
        let here = styles.iter().filter(|(span, _)| span.contains(&pair[0]));
        let style = here.fold(base, |style, (_, over)| style.patch(*over));
        column = painter.print(area, row, column, text.get(pair[0]..pair[1]).unwrap_or_default(), style);
    }
    column
}

/// The terminal cursor stands at the caret, or at the start of a picked field: the IME opens there.
fn place_caret(app: &App, painter: &mut Painter<'_>, area: Rect, lines: &[Line]) {
    let first = lines.iter().position(|line| line.field.is_some_and(|(at, _)| at == app.detail.at));
    let Some(first) = first else { return };
    let (row, column) = app.detail.edit.as_ref().map_or((0, 0), TextEdit::caret_cell);
    if let Some(visible) = (first + row).checked_sub(app.detail.top) {
        painter.set_caret(area, visible as u16, INDENT + column as u16);
    }
}
