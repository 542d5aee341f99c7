//! Consoles that know no control sequences, as that of Windows 7: what
//! [`Screen`](super::frame::Screen) sends, as calls. Bold and underlined text is plain there.

#[cfg(windows)]
use std::io::{self, Write};

use crossterm::style::Color;

/// One thing that a frame does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call<'a> {
    /// The cursor goes to a column and a row, from 0.
    Move(u16, u16),
    /// The cursor goes to a column of its row, from 0.
    Column(u16),
    /// So many cells from the cursor on are emptied.
    Blanks(usize),
    /// What follows has these colours.
    Look { text: Color, ground: Color },
    /// The cursor is shown or hidden.
    Cursor(bool),
    /// Text is written.
    Text(&'a str),
}

/// Does what a frame says.
///
/// # Errors
/// What the console reported.
#[cfg(windows)]
pub(super) fn play(output: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    use crossterm::style::{Print, SetBackgroundColor, SetForegroundColor};
    use crossterm::{cursor, queue};
    for call in calls(&String::from_utf8_lossy(frame)) {
        match call {
            Call::Move(column, row) => queue!(output, cursor::MoveTo(column, row))?,
            Call::Column(column) => queue!(output, cursor::MoveToColumn(column))?,
            Call::Blanks(count) => queue!(output, Print(" ".repeat(count)))?,
            Call::Look { text, ground } => {
                queue!(output, SetForegroundColor(text), SetBackgroundColor(ground))?;
            }
            Call::Cursor(true) => queue!(output, cursor::Show)?,
            Call::Cursor(false) => queue!(output, cursor::Hide)?,
            Call::Text(text) => queue!(output, Print(text))?,
        }
    }
    Ok(())
}

/// What a frame does, one after the other.
pub(super) fn calls(frame: &str) -> Vec<Call<'_>> {
    let mut parts = frame.split("\x1b[");
    let mut calls: Vec<Call<'_>> = parts.next().into_iter().map(Call::Text).collect();
    for part in parts {
        let end = part.find(|c| matches!(c, '@'..='~')).unwrap_or(part.len());
        let (codes, rest) = part.split_at(end);
        let mut rest = rest.chars();
        let last = rest.next();
        let number = |at: usize| codes.split(';').nth(at).and_then(|code| code.parse().ok()).unwrap_or(1_u16);
        calls.extend(match last {
            Some('H') => Some(Call::Move(number(1).saturating_sub(1), number(0).saturating_sub(1))),
            Some('G') => Some(Call::Column(number(0).saturating_sub(1))),
            Some('X') => Some(Call::Blanks(number(0).into())),
            Some('m') => Some(look(codes)),
            Some('h') if codes == "?25" => Some(Call::Cursor(true)),
            Some('l') if codes == "?25" => Some(Call::Cursor(false)),
            _ => None,
        });
        calls.push(Call::Text(rest.as_str()));
    }
    calls.retain(|call| *call != Call::Text(""));
    calls
}

/// Colours of the console; what is reversed has the opposite of its usual ones.
fn look(codes: &str) -> Call<'static> {
    let (mut text, mut ground, mut reversed) = (Color::Reset, Color::Reset, false);
    for code in codes.split(';').filter_map(|code| code.parse::<u16>().ok()) {
        match code {
            0 => (text, ground, reversed) = (Color::Reset, Color::Reset, false),
            7 => reversed = true,
            30..=37 | 90..=97 => text = colour(code),
            40..=47 | 100..=107 => ground = colour(code - 10),
            _ => {}
        }
    }
    match (reversed, text, ground) {
        (false, ..) => Call::Look { text, ground },
        // The console cannot tell what its usual colours are.
        (true, Color::Reset, Color::Reset) => Call::Look { text: Color::Black, ground: Color::Grey },
        (true, text, Color::Reset) => Call::Look { text: Color::Black, ground: text },
        (true, Color::Reset, ground) => Call::Look { text: ground, ground: Color::Grey },
        (true, ..) => Call::Look { text: ground, ground: text },
    }
}

fn colour(code: u16) -> Color {
    match code {
        30 => Color::Black,
        31 => Color::DarkRed,
        32 => Color::DarkGreen,
        33 => Color::DarkYellow,
        34 => Color::DarkBlue,
        35 => Color::DarkMagenta,
        36 => Color::DarkCyan,
        37 => Color::Grey,
        90 => Color::DarkGrey,
        91 => Color::Red,
        92 => Color::Green,
        93 => Color::Yellow,
        94 => Color::Blue,
        95 => Color::Magenta,
        96 => Color::Cyan,
        _ => Color::White,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Policy;
    use crate::tui::frame::Screen;
    use crate::tui::paint::Painter;
    use ratatui::layout::Position;
    use ratatui::style::{Color as Drawn, Modifier, Style};

    #[test]
    fn a_frame_is_calls() {
        let mut screen = Screen::new((30, 3));
        let frame = screen.draw(|buffer| {
            let area = buffer.area;
            let mut painter = Painter::new(buffer, Policy::Narrow);
            painter.print(area, 1, 2, "农村道路≥95", Style::new().fg(Drawn::LightRed));
            painter.print(area, 2, 0, "目录", Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD));
            Some(Position { x: 4, y: 1 })
        });
        let frame = String::from_utf8_lossy(frame);
        let plain = Call::Look { text: Color::Reset, ground: Color::Reset };
        let told = [
            Call::Move(2, 1),
            Call::Look { text: Color::Red, ground: Color::Reset },
            Call::Text("农村道路≥"),
            Call::Column(11),
            Call::Text("95"),
            Call::Move(0, 2),
            Call::Look { text: Color::Black, ground: Color::Grey },
            Call::Text("目录"),
            plain,
            Call::Move(4, 1),
            Call::Cursor(true),
        ];
        assert_eq!(calls(&frame), told, "{frame:?}");
        let emptied = String::from_utf8_lossy(screen.draw(|_| None)).into_owned();
        let told = calls(&emptied);
        assert!(told.contains(&Call::Blanks(11)) && told.ends_with(&[Call::Cursor(false)]), "{emptied:?}");
    }
}
