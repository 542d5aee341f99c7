//! Popups: panes on a stack. The topmost takes every key; what it decides it answers as actions.

pub(super) mod choose;
pub(super) mod confirm;
pub(super) mod import;
mod keytest;
pub(super) mod menu;
pub(super) mod page;
pub(super) mod pick;
mod preview;
pub(super) mod prompt;
pub(super) mod replace;
pub(super) mod rule;
pub(super) mod start;
mod tour;

use ratatui::layout::Rect;

use super::action::Action;
use super::app::App;
use super::input::Key;
use super::mouse::Target;
use super::paint::Painter;

pub(super) use choose::Choose;
pub(super) use confirm::Confirm;
pub(super) use import::{Import, Way};
pub(super) use keytest::KeyTest;
pub(super) use menu::MenuBar;
pub(super) use page::Page;
pub(super) use pick::Pick;
pub(super) use prompt::Prompt;
pub(super) use replace::Replace;
pub(super) use rule::RuleEditor;
pub(super) use start::Start;
pub(super) use tour::Tour;

/// What a popup answers to a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reply {
    /// It stays.
    Stay,
    /// It closes and nothing happens.
    Close,
    /// It closes and this happens.
    Act(Vec<Action>),
    /// It stays and this happens.
    Over(Vec<Action>),
}

/// The popups.
#[derive(Debug)]
pub(super) enum Popup {
    /// A list to choose from, filtered while typing.
    Choose(Choose),
    /// A question with a few answers.
    Confirm(Confirm),
    /// What was read out of a file.
    Import(Box<Import>),
    /// Which keys reach the program.
    KeyTest(KeyTest),
    /// The menu bar.
    Menu(MenuBar),
    /// A text to read.
    Page(Page),
    /// Two versions, to pick from.
    Pick(Pick),
    /// A line to type.
    Prompt(Prompt),
    /// Words to find and to replace.
    Replace(Box<Replace>),
    /// A scoring rule.
    Rule(Box<RuleEditor>),
    /// The start page.
    Start(Start),
    /// The tour.
    Tour(Tour),
}

impl Popup {
    /// Takes a key.
    pub(super) fn key(&mut self, key: Key) -> Reply {
        match self {
            Self::Choose(popup) => popup.key(key),
            Self::Confirm(popup) => popup.key(key),
            Self::Import(popup) => popup.key(key),
            Self::KeyTest(popup) => popup.key(key),
            Self::Menu(popup) => popup.key(key),
            Self::Page(popup) => popup.key(key),
            Self::Pick(popup) => popup.key(key),
            Self::Prompt(popup) => popup.key(key),
            Self::Replace(popup) => popup.key(key),
            Self::Rule(popup) => popup.key(key),
            Self::Start(popup) => popup.key(key),
            Self::Tour(popup) => popup.key(key),
        }
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        match self {
            Self::Choose(popup) => popup.paste(text),
            Self::Prompt(popup) => popup.paste(text),
            Self::Replace(popup) => popup.paste(text),
            Self::Rule(popup) => popup.paste(text),
            Self::Start(popup) => popup.paste(text),
            _ => {}
        }
    }

    /// Takes a click on something in it, or beside it, which closes what Esc closes unchanged.
    pub(super) fn click(&mut self, target: Option<Target>) -> Reply {
        match (self, target) {
            (Self::Choose(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Confirm(popup), Some(Target::Entry(at))) => popup.answer(at),
            (Self::Import(popup), Some(Target::Entry(at))) => popup.select(at),
            (Self::Import(popup), Some(Target::Title(at))) => popup.click_title(at),
            (Self::Menu(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Menu(popup), Some(Target::Title(at))) => popup.open(at),
            (Self::Pick(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Replace(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Rule(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Start(popup), Some(Target::Entry(at))) => popup.click(at),
            (Self::Choose(_) | Self::Menu(_) | Self::Page(_), None) => Reply::Close,
            _ => Reply::Stay,
        }
    }

    /// Takes a notch of the wheel, downwards where positive.
    pub(super) fn wheel(&mut self, by: isize) {
        match self {
            Self::Choose(popup) => popup.step(by),
            Self::Import(popup) => popup.step(by),
            Self::Menu(popup) => popup.step(by),
            Self::Page(popup) => popup.scroll(by * 3),
            Self::Pick(popup) => popup.step(by),
            Self::Replace(popup) => popup.step(by),
            Self::Start(popup) => popup.step(by),
            Self::Tour(popup) => popup.step(by),
            _ => {}
        }
    }

    /// Draws it over what is there.
    pub(super) fn draw(&self, app: &App, painter: &mut Painter<'_>) {
        match self {
            Self::Choose(popup) => popup.draw(app, painter),
            Self::Confirm(popup) => popup.draw(app, painter),
            Self::Import(popup) => popup.draw(app, painter),
            Self::KeyTest(popup) => popup.draw(app, painter),
            Self::Menu(popup) => popup.draw(app, painter),
            Self::Page(popup) => popup.draw(app, painter),
            Self::Pick(popup) => popup.draw(app, painter),
            Self::Prompt(popup) => popup.draw(app, painter),
            Self::Replace(popup) => popup.draw(app, painter),
            Self::Rule(popup) => popup.draw(app, painter),
            Self::Start(popup) => popup.draw(app, painter),
            Self::Tour(popup) => popup.draw(app, painter),
        }
    }

    /// The keys it takes, for the hints, the most important first.
    pub(super) fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Choose(_) => choose::HINTS,
            Self::Confirm(_) => confirm::HINTS,
            Self::Import(_) => import::HINTS,
            Self::KeyTest(_) => keytest::HINTS,
            Self::Menu(_) => menu::HINTS,
            Self::Page(_) => page::HINTS,
            Self::Pick(_) => pick::HINTS,
            Self::Prompt(_) => prompt::HINTS,
            Self::Replace(_) => replace::HINTS,
            Self::Rule(_) => rule::HINTS,
            Self::Start(_) => start::HINTS,
            Self::Tour(_) => tour::HINTS,
        }
    }
}

/// A box of at most this many columns and rows in the middle of the screen, above the hints.
pub(super) fn centred(screen: Rect, columns: u16, rows: u16) -> Rect {
    let hints = 2.min(screen.height / 6);
    let height = rows.min(screen.height.saturating_sub(hints + 1));
    let width = columns.min(screen.width);
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height.saturating_sub(hints).saturating_sub(height)) / 2,
        width,
        height,
    }
}
