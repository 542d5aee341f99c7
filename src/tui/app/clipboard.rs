//! Cutting, copying and pasting: text in fields, rows on the tree.

use super::{App, Clip, Focus};
use crate::form::{Indicator, Row};
use crate::format::rows::harmless;
use crate::tui::input;

impl Clip {
    /// As other programs take it: text as it is, rows as a spreadsheet pastes them.
    pub(super) fn for_system(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Rows(rows) => rows.iter().map(|row| line(row) + "\n").collect(),
        }
    }
}

/// A row with tabs between its cells, in the order of the form's columns; none of them a formula to
/// a spreadsheet.
fn line(row: &Indicator) -> String {
    let cells = [
        &row.level1,
        &row.level2,
        &row.name,
        &row.operator,
        &row.value,
        &row.unit,
        &row.explanation,
        &row.rule,
        &row.remark,
    ];
    cells.map(|text| cell(&harmless(text.clone()))).join("\t")
}

/// A cell with tabs, line feeds or quotes stands in quotes, or it would fall apart.
fn cell(text: &str) -> String {
    match text.contains(['\t', '\n', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

impl App {
    pub(super) fn copy(&mut self) {
        match self.focus {
            Focus::Field => {
                match self.detail.edit.as_ref().and_then(|edit| edit.selected().map(str::to_owned)) {
                    Some(text) => {
                        self.say(format!("复制了{}个字。", text.chars().count()));
                        self.keep(Clip::Text(text));
                    }
                    None => self.say("没有选中文字：按住 Shift 用方向键选，或 Ctrl+A 全选。"),
                }
            }
            _ => drop(self.copy_rows()),
        }
    }

    fn copy_rows(&mut self) -> bool {
        let form = self.document.form();
        let chosen = self.chosen();
        let rows: Vec<Row> = chosen.iter().filter_map(|at| form.indicators.get(*at)).cloned().collect();
        if rows.is_empty() {
            self.say("这里没有指标可以复制。");
            return false;
        }
        self.say(format!("复制了{}条指标，到别处按 Ctrl+V 粘贴。", rows.len()));
        self.keep(Clip::Rows(rows));
        true
    }

    pub(super) fn cut(&mut self) {
        if self.focus != Focus::Field {
            if self.copy_rows() {
                let chosen = self.chosen();
                self.remove_all(&chosen);
            }
            return;
        }
        let (before, spot) = (self.caret(), self.current_spot());
        let Some((edit, spot)) = self.detail.edit.as_mut().zip(spot) else { return };
        if let Some(text) = edit.selected().map(str::to_owned) {
            edit.delete_selection();
            self.typed(spot, before);
            self.keep(Clip::Text(text));
        }
    }

    pub(super) fn paste(&mut self) {
        match (self.clip.clone(), self.focus) {
            (Some(Clip::Text(text)), Focus::Field) => self.paste_text(&text),
            (Some(Clip::Rows(rows)), Focus::Field) => {
                let names: Vec<&str> = rows.iter().map(|row| row.title()).collect();
                self.paste_text(&names.join("\n"));
            }
            (Some(Clip::Rows(rows)), _) => self.paste_rows(&rows),
            (Some(Clip::Text(text)), _) => self.pasted(&text),
            (None, _) => {
                self.say("还没有复制过内容。从别的程序复制的，请用终端的粘贴键（多为 Ctrl+Shift+V，或按住 Shift 点右键）。")
            }
        }
    }

    fn paste_rows(&mut self, rows: &[Row]) {
        let at = self.outline.selected().map(|item| item.rows.end).filter(|end| *end > 0);
        let at = at.unwrap_or(self.document.form().indicators.len());
        let count = rows.len();
        let fresh = rows.iter().map(|row| row.copy()).collect();
        self.insert_rows(at, fresh);
        self.say(format!("粘贴了{count}条指标，Ctrl+Z 撤销。"));
    }

    /// Text pasted through the terminal.
    pub(super) fn pasted(&mut self, text: &str) {
        let text = input::pasted(text);
        if let Some(popup) = self.popups.last_mut() {
            return popup.paste(&text);
        }
        match self.focus {
            Focus::Field => self.paste_text(&text),
            Focus::Evaluation => self.paste_actuals(&text),
            _ => self.paste_table(&text),
        }
    }

    fn paste_text(&mut self, text: &str) {
        let (before, spot) = (self.caret(), self.current_spot());
        let Some(spot) = spot else { return };
        let Some(edit) = &mut self.detail.edit else { return self.set_text(spot, text.trim().to_owned()) };
        let flattened = edit.insert(text);
        self.typed(spot, before);
        if flattened {
            self.say("这一格只有一行，粘贴内容里的换行已改成空格。");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_leave_as_a_table() {
        let row = Indicator {
            name: "巡查".into(),
            operator: "≥".into(),
            value: "4".into(),
            rule: "一\n\"二\"".into(),
            remark: "=1+1".into(),
            ..Indicator::default()
        };
        let copied = Clip::Rows(vec![row.clone().into(), row.into()]).for_system();
        let expected = "\t\t巡查\t≥\t4\t\t\t\"一\n\"\"二\"\"\"\t'=1+1\n";
        assert_eq!(copied, expected.repeat(2));
    }
}
