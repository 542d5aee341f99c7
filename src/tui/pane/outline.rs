//! 目录: the tree of the form's parts, classes and indicators, with points and marks.

use std::collections::HashSet;
use std::ops::Range;

use ratatui::layout::Rect;

use crate::diagnostic::Site;
use crate::document::Document;
use crate::form::edit::Spot;
use crate::form::field::{Field, Table};
use crate::form::{Form, RowId, tree};
use crate::lint::Tally;
use crate::score::class_name;
use crate::tui::app::{App, Focus};
use crate::tui::mouse::Target;
use crate::tui::paint::Painter;
use crate::vocabulary::number::plain;

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// 基本信息
    Basic,
    /// 部门（单位）职责
    Duties,
    /// 年度履职目标
    Goals,
    /// 绩效指标
    Indicators,
    /// A level-1 class.
    Level1(String),
    /// A level-2 class under its level-1 class.
    Level2(String, String),
    /// An indicator.
    Row(RowId),
    /// 预算执行
    Budget,
    /// 审核签字
    SignOff,
}

/// A visible line with what is shown beside its name.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// What it stands for.
    pub node: Node,
    /// Positions of the rows it covers.
    pub rows: Range<usize>,
    depth: u16,
    folded: Option<bool>,
}

impl Item {
    /// Column of the fold mark, which a row's selection mark shares.
    fn mark_column(&self) -> u16 {
        self.depth.min(2) * 2
    }
}

/// The state of the tree.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    items: Vec<Item>,
    /// The shape of the document that the items were built of.
    shape: usize,
    folded: HashSet<Node>,
    /// Index of the selected item.
    pub at: usize,
    /// Whether the wheel chose what is in view.
    pub scrolled: bool,
    top: usize,
}

/// The findings of a line, counted.
fn tally(item: &Item, document: &Document) -> Tally {
    let report = document.report();
    let of_rows = report.tally_of_rows(item.rows.clone());
    let belongs = |part: &Node| match (&item.node, part) {
        (Node::Row(_) | Node::Level2(..), _) => false,
        (Node::Indicators, Node::Indicators | Node::Level1(_)) => true,
        (Node::Level1(name), Node::Level1(class)) => class == class_name(name),
        (node, part) => node == part,
    };
    let own = report.of_form().filter(|(_, diagnostic)| belongs(&part_of(&diagnostic.site)));
    own.map(|(_, diagnostic)| &diagnostic.severity).collect::<Tally>().plus(of_rows)
}

/// The part of the tree that a finding which is not about a row belongs to.
pub(crate) fn part_of(site: &Site) -> Node {
    match site {
        Site::Class(name) => Node::Level1(name.clone()),
        Site::Form => Node::Indicators,
        Site::Field(Spot { field: Field::Duties, .. }) => Node::Duties,
        Site::Field(Spot { field: Field::AnnualGoals, .. }) => Node::Goals,
        Site::Field(spot) => match spot.field.info().table {
            Table::Budget => Node::Budget,
            Table::SignOff => Node::SignOff,
            _ => Node::Basic,
        },
    }
}

impl Outline {
    /// Builds the lines anew where rows came, went, moved or changed their class.
    pub(crate) fn follow(&mut self, document: &Document) {
        if self.shape != document.shape() {
            self.rebuild(document);
        }
    }

    /// Builds the lines anew; the selection stays on its node, or its place.
    pub(crate) fn rebuild(&mut self, document: &Document) {
        let selected = self.items.get(self.at).map(|item| item.node.clone());
        self.items = self.build(document.form());
        self.shape = document.shape();
        let same = selected.and_then(|node| nearest(&self.items, self.at, |item| item.node == node));
        self.at = same.unwrap_or(self.at).min(self.items.len().saturating_sub(1));
    }

    fn build(&self, form: &Form) -> Vec<Item> {
        let all = 0..form.indicators.len();
        let mut items: Vec<Item> = [Node::Basic, Node::Duties, Node::Goals].map(plain_item).into();
        let head = self.branch(Node::Indicators, all, 0);
        let open = head.folded == Some(false);
        items.push(head);
        if open {
            self.push_classes(form, &mut items);
        }
        items.extend([Node::Budget, Node::SignOff].map(plain_item));
        items
    }

    fn push_classes(&self, form: &Form, items: &mut Vec<Item>) {
        for run in tree::runs(form) {
            let item = self.branch(Node::Level1(run.name.clone()), run.rows.clone(), 1);
            let open = item.folded == Some(false);
            items.push(item);
            for child in run.children.into_iter().filter(|_| open) {
                let item = self.branch(Node::Level2(run.name.clone(), child.name), child.rows.clone(), 2);
                let open = item.folded == Some(false);
                items.push(item);
                let rows = child.rows.filter(|_| open);
                items.extend(rows.map(|at| row_item(form, at)));
            }
        }
    }

    fn branch(&self, node: Node, rows: Range<usize>, depth: u16) -> Item {
        let folded = Some(self.folded.contains(&node));
        Item { node, rows, depth, folded }
    }

    /// The selected item.
    pub(crate) fn selected(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Whether the selected branch is folded.
    pub(crate) fn is_folded(&self) -> bool {
        self.selected().and_then(|item| item.folded).unwrap_or(false)
    }

    /// The position of the selected row.
    pub(crate) fn row(&self) -> Option<usize> {
        let item = self.selected()?;
        matches!(item.node, Node::Row(_)).then_some(item.rows.start)
    }

    /// Moves the selection by a number of lines.
    pub(crate) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.items.len().saturating_sub(1));
    }

    /// Selects the line of a node, unfolding what hides it.
    pub(crate) fn select(&mut self, node: &Node, document: &Document) {
        self.follow(document);
        let is_shown = |item: &Item| item.node == *node;
        if let Node::Row(id) = node
            && nearest(&self.items, self.at, is_shown).is_none()
            && let Some(row) = document.form().indicators.iter().find(|row| row.id == *id)
        {
            self.folded.remove(&Node::Indicators);
            self.folded.remove(&Node::Level1(row.level1.trim().to_owned()));
            self.folded.remove(&Node::Level2(row.level1.trim().to_owned(), row.level2.trim().to_owned()));
            self.rebuild(document);
        }
        if matches!(node, Node::Level1(_) | Node::Level2(..)) && self.folded.remove(&Node::Indicators) {
            self.rebuild(document);
        }
        let same = |item: &Item| match (&item.node, node) {
            (Node::Level1(shown), Node::Level1(wanted)) => class_name(shown) == class_name(wanted),
            (shown, wanted) => shown == wanted,
        };
        let found = nearest(&self.items, self.at, same);
        let fallback = || self.items.iter().position(|item| item.node == Node::Indicators);
        self.at = found.or_else(fallback).unwrap_or(0);
    }

    /// Folds or unfolds the selected branch; on a leaf, or a branch that is folded already,
    /// goes to the parent.
    pub(crate) fn fold(&mut self, fold: bool, document: &Document) {
        let Some(item) = self.selected().cloned() else { return };
        match (item.folded, fold) {
            (Some(false), true) => drop(self.folded.insert(item.node)),
            (Some(true), false) => drop(self.folded.remove(&item.node)),
            (_, true) => {
                let parent = self.items[..self.at].iter().rposition(|above| above.depth < item.depth);
                self.at = parent.unwrap_or(self.at);
            }
            (Some(false), false) => self.step(1),
            (None, false) => {}
        }
        self.rebuild(document);
    }

    /// Folds all level-2 classes, or unfolds everything where all are folded.
    pub(crate) fn fold_all(&mut self, document: &Document) {
        let classes = tree::runs(document.form()).into_iter().flat_map(|run| {
            let name = run.name;
            run.children
                .into_iter()
                .map(move |child| Node::Level2(name.clone(), child.name))
                .collect::<Vec<_>>()
        });
        let classes: HashSet<Node> = classes.collect();
        match classes.is_subset(&self.folded) {
            true => self.folded.clear(),
            false => self.folded.extend(classes),
        }
        self.rebuild(document);
    }

    /// Scrolls so that the selection is in view of `rows` lines.
    pub(crate) fn settle(&mut self, rows: usize) {
        let highest = self.at.saturating_sub(rows.saturating_sub(1));
        let lowest = self.items.len().saturating_sub(rows);
        self.top = self.top.min(lowest);
        if !self.scrolled {
            self.top = self.top.clamp(highest, self.at);
        }
    }

    /// Shows other lines, for the wheel.
    pub(crate) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
        self.scrolled = true;
    }

    /// The item drawn on a row of the pane's inside.
    pub(crate) fn item_at(&self, row: usize) -> Option<usize> {
        Some(self.top + row).filter(|at| *at < self.items.len())
    }
}

fn nearest(items: &[Item], at: usize, wanted: impl Fn(&Item) -> bool) -> Option<usize> {
    let outwards =
        (0..=items.len().max(at)).flat_map(|by| [at.checked_sub(by), at.checked_add(by)]).flatten();
    outwards.into_iter().find(|index| items.get(*index).is_some_and(&wanted))
}

fn plain_item(node: Node) -> Item {
    let depth = u16::from(matches!(node, Node::Duties | Node::Goals));
    Item { node, rows: 0..0, depth, folded: None }
}

fn row_item(form: &Form, at: usize) -> Item {
    Item { node: Node::Row(form.indicators[at].id), rows: at..at + 1, depth: 3, folded: None }
}

/// Draws the tree with its heading row.
pub(crate) fn draw(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let focused = app.focus == Focus::Outline;
    let title = match app.marked().len() {
        0 => "目录".to_owned(),
        count => format!("目录  已选{count}条 {}分", plain(app.marked_points())),
    };
    painter.rule(area, 0, &title, app.theme.line(), app.theme.heading(focused));
    let inside = Rect { y: area.y + 1, height: area.height - 1, ..area };
    for row in 0..inside.height {
        let Some(at) = app.outline.item_at(usize::from(row)) else { break };
        draw_item(app, painter, inside, row, &app.outline.items[at]);
        painter.target(inside, row, 0, inside.width, Target::Item(at));
        if at == app.outline.at {
            painter.print(inside, row, app.outline.items[at].mark_column(), ">", app.theme.key());
            painter.restyle(inside, row, 0, inside.width, app.theme.selected(focused));
        }
    }
}

/// Columns for the points at the right end.
const POINTS: u16 = 6;

fn draw_item(app: &App, painter: &mut Painter<'_>, area: Rect, row: u16, item: &Item) {
    let form = app.document.form();
    let mark = match item.folded {
        Some(true) => "+",
        Some(false) => "-",
        None => " ",
    };
    painter.print(area, row, item.mark_column(), mark, app.theme.dim());
    if matches!(item.node, Node::Row(_)) && app.is_marked(item.rows.clone()) {
        painter.print(area, row, item.mark_column().saturating_sub(1), "*", app.theme.key());
    }
    let (points, style) = points_of(app, item);
    let mut right = area.width.saturating_sub(POINTS.max(app.policy.width(&points) as u16 + 1));
    painter.right(area, row, 0, &points, style);
    if let Some((worst, count)) = tally(item, &app.document).worst() {
        let count = if count > 1 { count.min(99).to_string() } else { String::new() };
        let tag = format!("{}{count}", worst.tag());
        right = right.saturating_sub(app.policy.width(&tag) as u16);
        painter.print(area, row, right, &tag, app.theme.severity(worst));
    }
    if is_changed(app, item) {
        right = right.saturating_sub(2);
        painter.print(area, row, right, "改", app.theme.changed());
    }
    let x = item.mark_column() + 2;
    let style = if matches!(item.node, Node::Row(_)) { app.theme.text() } else { app.theme.title() };
    painter.cut(area, row, x, right.saturating_sub(x + 1), &name_of(item, form), style);
}

fn name_of(item: &Item, form: &Form) -> String {
    match &item.node {
        Node::Basic => "基本信息".into(),
        Node::Duties => "部门职责".into(),
        Node::Goals => "年度目标".into(),
        Node::Indicators => "绩效指标".into(),
        Node::Level1(name) | Node::Level2(_, name) if name.is_empty() => "（未分类）".into(),
        Node::Level1(name) | Node::Level2(_, name) => name.clone(),
        Node::Row(_) => {
            form.indicators.get(item.rows.start).map_or(String::new(), |row| row.title().to_owned())
        }
        Node::Budget => "预算执行".into(),
        Node::SignOff => "审核签字".into(),
    }
}

fn is_changed(app: &App, item: &Item) -> bool {
    let document = &app.document;
    let any = |fields: &[Field]| fields.iter().any(|field| document.is_changed(Spot::form(*field)));
    let of_table = |table| Field::of(table).any(|field| document.is_changed(Spot::form(field)));
    match item.node {
        Node::Row(_) => {
            document.form().indicators.get(item.rows.start).is_some_and(|row| document.is_row_changed(row))
        }
        Node::Duties => any(&[Field::Duties]),
        Node::Goals => any(&[Field::AnnualGoals]),
        Node::Budget => of_table(Table::Budget),
        Node::SignOff => of_table(Table::SignOff),
        Node::Basic => any(super::detail::BASIC),
        _ => false,
    }
}

fn points_of(app: &App, item: &Item) -> (String, ratatui::style::Style) {
    let scores = app.document.scores();
    let against = |points, expected: Option<rust_decimal::Decimal>| match expected {
        Some(expected) => {
            (format!("{}/{}", plain(points), plain(expected)), app.theme.points(points == expected))
        }
        None => (plain(points), app.theme.text()),
    };
    match &item.node {
        Node::Indicators => against(scores.total, Some(scores.expected())),
        Node::Level1(name) => match scores.class(name).filter(|class| class.rows.len() == item.rows.len()) {
            Some(class) => against(class.points, class.expected),
            None => (plain(scores.sum(item.rows.clone())), app.theme.text()),
        },
        Node::Level2(..) => (plain(scores.sum(item.rows.clone())), app.theme.text()),
        Node::Row(_) => match scores.rows.get(item.rows.start).and_then(|row| row.points) {
            Some(points) => (plain(points), app.theme.text()),
            None => ("-".into(), app.theme.dim()),
        },
        Node::Duties => (format!("{}字", count(&app.document.form().duties)), app.theme.dim()),
        Node::Goals => (format!("{}字", count(&app.document.form().annual_goals)), app.theme.dim()),
        _ => (String::new(), app.theme.text()),
    }
}

/// Characters of a text as a clerk counts them: without blanks.
pub(crate) fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
