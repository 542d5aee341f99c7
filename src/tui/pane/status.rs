//! The title row, the row of points, and the hints, which are generated from the command table.

use ratatui::layout::Rect;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::tui::app::App;
use crate::tui::command::{COMMANDS, Command, CommandInfo};
use crate::tui::paint::Painter;
use crate::vocabulary::number::plain;

/// The title row: what is edited, and whether it is saved.
pub(crate) fn draw_title(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let form = app.document.form();
    let name = app
        .file
        .path
        .as_ref()
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "新表".into());
    let agency = if form.agency.trim().is_empty() { "（单位名称未填）" } else { form.agency.trim() };
    let state = state_words(app);
    let columns = area.width.saturating_sub(app.policy.width(&state) as u16 + 3);
    let text = format!(" 绩效目标表 {}年度  {agency}  {name}", form.year.trim());
    painter.cut(area, 0, 0, columns, &text.replace('\n', " "), app.theme.title());
    painter.right(
        area,
        0,
        1,
        &state,
        if app.document.is_dirty() { app.theme.changed() } else { app.theme.dim() },
    );
}

fn state_words(app: &App) -> String {
    let mode = if app.is_self_evaluation() { "自评  " } else { "" };
    let saved = match (app.file.read_only.is_some(), app.document.unsaved_steps()) {
        (true, 0) => "只读".to_owned(),
        (true, n) => format!("只读 已改{n}处"),
        (false, 0) if app.file.path.is_some() => "已保存".to_owned(),
        (false, 0) => "未保存".to_owned(),
        (false, n) => format!("已改{n}处 未保存"),
    };
    format!("{mode}{saved}")
}

/// The row of points: the total against the profile, a bar, and the classes.
pub(crate) fn draw_score(app: &App, painter: &mut Painter<'_>, area: Rect) {
    if app.is_self_evaluation() {
        return draw_achieved(app, painter, area);
    }
    let scores = app.document.scores();
    let (total, expected) = (scores.total, scores.expected());
    let style = app.theme.points(total == expected);
    let mut x = painter.print(area, 0, 1, &format!("总分 {}/{} ", plain(total), plain(expected)), style);
    if area.width >= 80 {
        x = painter.print(area, 0, x, &bar(total, expected, usize::from(area.width / 6)), style);
    }
    let off = match total.cmp(&expected) {
        std::cmp::Ordering::Less => format!(" 差{}分 ", plain(expected - total)),
        std::cmp::Ordering::Equal => " 正好 ".to_owned(),
        std::cmp::Ordering::Greater => format!(" 多{}分 ", plain(total - expected)),
    };
    x = painter.print(area, 0, x, &off, style);
    for class in &scores.classes {
        let name = class.name.strip_suffix("指标").unwrap_or(&class.name);
        let (text, right) = match class.expected {
            Some(expected) => {
                (format!(" {name}{}/{}", plain(class.points), plain(expected)), class.points == expected)
            }
            None => (format!(" {name}{}", plain(class.points)), true),
        };
        let width = app.policy.width(&text) as u16;
        if x + width > area.width {
            break;
        }
        x = painter.print(area, 0, x, &text, if right { app.theme.text() } else { app.theme.points(false) });
    }
}

fn draw_achieved(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let (achieved, scores) = (app.document.achieved(), app.document.scores());
    let missing = achieved.open;
    let mut text =
        format!(" 自评得分 {} / {}", plain(achieved.total), plain(scores.total + scores.profile.execution));
    match &achieved.execution {
        Some(execution) => {
            text += &format!("  执行率 {}% 得{}分", plain(execution.rate), plain(execution.score))
        }
        None if !scores.profile.execution.is_zero() => text += "  预算执行数未填",
        None => {}
    }
    match achieved.grade() {
        Some(grade) => text += &format!("  等级 {grade}"),
        None if missing > 0 => text += &format!("  还有{missing}条没有得分"),
        None => {}
    }
    painter.cut(area, 0, 0, area.width, &text, app.theme.title());
}

/// `[####....]`, `columns` wide inside.
fn bar(total: Decimal, expected: Decimal, columns: usize) -> String {
    let share = total.max(Decimal::ZERO).checked_div(expected).unwrap_or_default().min(Decimal::ONE);
    let full = (share * Decimal::from(columns)).to_usize().unwrap_or(0);
    format!("[{}{}]", "#".repeat(full), ".".repeat(columns - full))
}

/// A hint: a key and what it does.
struct Hint {
    key: String,
    words: &'static str,
}

/// The hints that apply now, the most important first.
fn hints(app: &App) -> Vec<Hint> {
    if let Some(popup) = app.popups.last() {
        let parts = popup.hints().iter().map(|(keys, words)| Hint { key: (*keys).to_owned(), words });
        return parts.collect();
    }
    let mut rows: Vec<&CommandInfo> = COMMANDS
        .iter()
        .filter(|info| info.rank > 0 && app.works(info.command) && info.works_in(app.scope()))
        // Where Enter goes to the next field, Tab need not be named as well.
        .filter(|info| info.command != Command::NextField || !app.works(Command::Accept))
        .collect();
    rows.sort_by_key(|info| info.rank);
    let hint = |info: &&CommandInfo| {
        let key =
            app.keymap.keys(info).iter().copied().find(|key| app.command_of(*key) == Some(info.command))?;
        Some(Hint { key: key.label(), words: info.hint })
    };
    rows.iter().filter_map(hint).collect()
}

/// One or two rows of hints; only whole ones, the first is never dropped. A notice takes the first
/// row's place until the next key.
pub(crate) fn draw_hints(app: &App, painter: &mut Painter<'_>, area: Rect) {
    let mut row = 0;
    if let Some(notice) = &app.notice {
        let style = if notice.grave { app.theme.points(false) } else { app.theme.title() };
        painter.cut(area, 0, 1, area.width - 2, &notice.text.replace('\n', " "), style);
        row = 1;
    }
    let mut x = 1;
    for hint in hints(app) {
        let width = app.policy.width(&hint.key) + app.policy.width(hint.words) + 2;
        if x + width as u16 > area.width && x > 1 {
            row += 1;
            x = 1;
        }
        if row >= area.height {
            return;
        }
        x = painter.print(area, row, x, &hint.key, app.theme.key());
        x = painter.print(area, row, x, hint.words, app.theme.text()) + 2;
    }
}
