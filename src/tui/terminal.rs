//! The terminal: entering and leaving it, reading events, one write a frame.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, TryLockError};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture,
};
use crossterm::terminal::{
    self, Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, style::ResetColor};

use super::app::App;
use super::events::Events;
use super::frame::Screen;
use super::input::Input;
use super::probe::{AmbiguousWidth, probe};
use super::{Options, since};
use crate::store::draft::SharedDraft;

/// Runs the editor until the user leaves; the terminal is as before afterwards, also after a panic.
///
/// # Errors
/// What the terminal reported.
pub(super) fn run(mut app: App, options: Options) -> io::Result<()> {
    let hook = std::panic::take_hook();
    let draft = Arc::clone(&app.file.draft);
    std::panic::set_hook(Box::new(move |panic| {
        // The draft first: to print where a panic came from can take a second.
        let said = rescue(&draft);
        let _ = leave();
        hook(panic);
        let _ = writeln!(io::stderr(), "{said}");
    }));
    let resumed = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    obey_signals(Arc::clone(&app.file.draft), Arc::clone(&resumed))?;
    enter()?;
    let result = edit(&mut app, options, &resumed);
    if result.is_ok() {
        app.leave_draft(app.document.is_dirty());
    } else {
        let _ = writeln!(io::stderr(), "{}", rescue(&app.file.draft));
    }
    leave()?;
    let _ = std::panic::take_hook();
    result
}

/// Writes the draft while everything else has failed; answers with words for the user.
fn rescue(draft: &SharedDraft) -> String {
    // The lock may be held by the thread that failed.
    for _ in 0..40 {
        let free = match draft.try_lock() {
            Err(TryLockError::Poisoned(poisoned)) => Ok(poisoned.into_inner()),
            free => free,
        };
        if let Ok(mut draft) = free {
            return match draft.as_mut().map(|draft| (draft.flush(), draft.path())) {
                Some((Ok(()), path)) if path.exists() => {
                    format!(
                        "没有保存的内容在草稿里：{}\n再次打开这张表就能恢复。",
                        crate::store::shown(&path)
                    )
                }
                Some((Err(error), _)) => format!("草稿没有写完：{error}"),
                _ => "没有未保存的内容。".into(),
            };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    "再次打开这张表，会问是否恢复没有保存的内容。".into()
}

/// Ends the program when the system or a closed window asks for it, whatever the editor does at
/// that moment: the draft is written, the terminal given back. Gives it back while the program is
/// stopped, too, and lets it be drawn anew afterwards.
#[cfg(unix)]
fn obey_signals(draft: SharedDraft, resumed: Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::low_level::{emulate_default_handler, raise};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => {
                    let _ = leave();
                    let _ = emulate_default_handler(SIGTSTP);
                }
                SIGCONT => {
                    let _ = enter();
                    resumed.store(true, Ordering::SeqCst);
                    // The loop waits for an event; the size of the screen is one.
                    let _ = raise(SIGWINCH);
                }
                _ => {
                    let said = rescue(&draft);
                    let _ = leave();
                    let _ = writeln!(io::stderr(), "{said}");
                    std::process::exit(128 + signal);
                }
            }
        }
    });
    Ok(())
}

/// Ends the program when its terminal has vanished without a signal, as it does for a program of
/// another session: reading goes on for ever there, at full speed.
#[cfg(unix)]
fn end_without_terminal(draft: SharedDraft) {
    use rustix::event::{PollFd, PollFlags, poll};
    std::thread::spawn(move || {
        let input = io::stdin();
        loop {
            let mut asked = [PollFd::new(&input, PollFlags::empty())];
            match poll(&mut asked, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Ok(1..) if asked[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => break,
                // Some systems cannot wait for a terminal; there the signal has to do.
                _ => return,
            }
        }
        rescue(&draft);
        std::process::exit(128 + signal_hook::consts::SIGHUP);
    });
}

/// Whether control sequences reach the screen as what they mean: not so on Windows 7.
fn knows_sequences() -> bool {
    #[cfg(windows)]
    return crossterm::ansi_support::supports_ansi();
    #[cfg(not(windows))]
    true
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    // The inbox Windows console has no bracketed paste; bursts of keys stand in for it.
    let _ = execute!(io::stdout(), EnableBracketedPaste, EnableFocusChange, EnableMouseCapture);
    if knows_sequences() {
        return execute!(io::stdout(), EnterAlternateScreen);
    }
    // An old console writes to the screen it began with, and scrolls when its last cell is written.
    execute!(io::stdout(), Clear(ClearType::All), DisableLineWrap)
}

fn leave() -> io::Result<()> {
    let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, DisableFocusChange);
    if knows_sequences() {
        execute!(io::stdout(), LeaveAlternateScreen, cursor::Show)?;
    } else {
        execute!(io::stdout(), EnableLineWrap, ResetColor, Clear(ClearType::All), cursor::Show)?;
    }
    disable_raw_mode()
}

fn edit(app: &mut App, options: Options, resumed: &AtomicBool) -> io::Result<()> {
    let start = Instant::now();
    let (columns, rows) = terminal::size()?;
    app.input(Input::Resize(columns, rows), Duration::ZERO);
    measure(app, width_of(app, options), start);
    let mut events = Events::default();
    let mut screen = Screen::new(app.size());
    draw(app, &mut screen)?;
    #[cfg(unix)]
    end_without_terminal(Arc::clone(&app.file.draft));
    // A new size is heard of only once events are waited for; one that came before is asked for.
    event::poll(Duration::ZERO)?;
    let (columns, rows) = terminal::size()?;
    if app.size() != (columns, rows) {
        app.input(Input::Resize(columns, rows), since(start));
        draw_anew(app, &mut screen)?;
    }
    while !app.is_done {
        #[cfg(debug_assertions)]
        fail_where_asked(app);
        let patience = app.deadline().map(|deadline| deadline.saturating_sub(since(start)));
        let inputs = read(&mut events, start, patience)?;
        let is_idle = inputs.is_empty();
        // Also where the size is what it was: a terminal that was smaller for a moment has lost cells.
        let was_resized = inputs.iter().any(|input| matches!(input, Input::Resize(..)));
        for input in inputs {
            app.input(input, since(start));
            if app.is_done {
                return Ok(());
            }
        }
        if !app.tick(since(start)) && is_idle {
            continue;
        }
        if let Some(text) = app.copied.take() {
            // Terminals that keep no clipboard for programs ignore it or say so; the own register remains.
            let _ = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
        }
        let must_measure = std::mem::take(&mut app.must_measure) | resumed.swap(false, Ordering::SeqCst);
        if must_measure {
            let wanted = width_of(app, options);
            measure(app, wanted, start);
        }
        if must_measure || was_resized {
            draw_anew(app, &mut screen)?;
        } else {
            draw(app, &mut screen)?;
        }
    }
    Ok(())
}

/// Lets tests see what becomes of a panic with edits that are not saved.
#[cfg(debug_assertions)]
fn fail_where_asked(app: &App) {
    let asked = std::env::var_os("JIXIAO_FAULT").is_some_and(|fault| fault == "panic");
    assert!(!asked || !app.document.is_dirty(), "a fault that was asked for");
}

/// What the command line says goes before what is set.
fn width_of(app: &App, options: Options) -> AmbiguousWidth {
    match options.ambiguous_width {
        AmbiguousWidth::Auto => app.wanted_width(),
        given => given,
    }
}

/// Asks the terminal for its widths; keys typed meanwhile are taken as usual.
fn measure(app: &mut App, wanted: AmbiguousWidth, start: Instant) {
    let found = probe(wanted);
    app.policy = found.policy;
    app.ascii_lines = found.ascii_lines;
    for key in found.keys {
        app.input(Input::Key(key), since(start));
    }
}

/// Draws on an emptied terminal, whatever it showed.
fn draw_anew(app: &App, screen: &mut Screen) -> io::Result<()> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    *screen = Screen::new(app.size());
    draw(app, screen)
}

fn draw(app: &App, screen: &mut Screen) -> io::Result<()> {
    let mut output = io::stdout().lock();
    let frame = screen.draw(|buffer| app.draw(buffer));
    #[cfg(windows)]
    if !knows_sequences() {
        super::console::play(&mut output, frame)?;
        return output.flush();
    }
    output.write_all(frame)?;
    output.flush()
}

/// Waits for input, no longer than `patience`, and takes everything that is there, so that a held
/// key or a paste is drawn once. Nothing comes of time that passed, or of a mouse that moved.
fn read(events: &mut Events, start: Instant, patience: Option<Duration>) -> io::Result<Vec<Input>> {
    if let Some(patience) = patience
        && !event::poll(patience)?
    {
        return Ok(Vec::new());
    }
    events.take(event::read()?, since(start));
    while event::poll(if events.may_be_a_paste() { Duration::from_millis(1) } else { Duration::ZERO })? {
        events.take(event::read()?, since(start));
    }
    Ok(events.inputs())
}
