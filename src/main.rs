//! The program: arguments in, exit code out.

use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use jixiao::cli::{self, Request, Streams};
use jixiao::tui::{self, AmbiguousWidth};

fn main() -> ExitCode {
    #[cfg(unix)]
    leave_no_core();
    match cli::request(std::env::args_os()) {
        Ok(Request::Edit { file, ambiguous_width, large }) => {
            let ambiguous_width =
                ambiguous_width.as_deref().and_then(AmbiguousWidth::parse).unwrap_or_default();
            match tui::run(file.as_deref(), tui::Options { ambiguous_width, is_large: large }) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    let _ = writeln!(stderr(), "{error}");
                    ExitCode::from(2)
                }
            }
        }
        Ok(Request::Keys) => {
            // A reader that left early has read enough.
            let _ = write!(stdout(), "{}", tui::keys());
            ExitCode::SUCCESS
        }
        Ok(Request::Run(task)) => {
            let color = stdout().is_terminal() && may_colour();
            let progress = stderr().is_terminal();
            let (mut out, mut input) = (std::io::BufWriter::new(stdout().lock()), stdin().lock());
            let mut streams =
                Streams { out: &mut out, err: &mut stderr(), input: &mut input, color, progress };
            ExitCode::from(cli::run(&task, &mut streams))
        }
        Err(words) => {
            let _ = match words.code {
                0 => write!(stdout(), "{}", words.text),
                _ => write!(stderr(), "{}", words.text),
            };
            ExitCode::from(words.code)
        }
    }
}

/// Forms name people: where the program dies, no image of its memory shall be left on the disk.
#[cfg(unix)]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Whether the user and the terminal want colours.
fn may_colour() -> bool {
    let is_unset = |name| std::env::var_os(name).is_none_or(|value| value.is_empty());
    // The console of Windows 7 shows the codes instead of colours.
    #[cfg(windows)]
    if !crossterm::ansi_support::supports_ansi() {
        return false;
    }
    is_unset("NO_COLOR") && std::env::var_os("TERM").is_none_or(|name| name != "dumb")
}
