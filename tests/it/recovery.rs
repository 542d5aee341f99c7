//! The real program in a real terminal, killed in the middle: what was typed is offered again.
#![cfg(unix)]
// The figures of a run.
#![allow(clippy::print_stderr)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// The editor in a terminal of 80x24.
pub(crate) struct Window {
    child: Box<dyn Child + Send + Sync>,
    keys: Option<Box<dyn Write + Send>>,
    screen: Arc<Mutex<vt100::Parser>>,
    reader: Option<std::thread::JoinHandle<()>>,
    is_gone: Arc<AtomicBool>,
    terminal: Option<Box<dyn MasterPty + Send>>,
}

const ROWS: NonZeroU16 = NonZeroU16::new(24).expect("is not zero");
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).expect("is not zero");
/// How soon the program ends when it is asked to.
const SOON: Duration = Duration::from_millis(500);
/// As long as anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

impl Window {
    /// Opens a form with its drafts in `state`.
    pub(crate) fn open(form: &Path, state: &Path) -> Self {
        Self::start(Some(form), state, |_| {})
    }

    /// Opens a form, or the start page, by a command that is changed first.
    fn start(form: Option<&Path>, state: &Path, change: impl FnOnce(&mut CommandBuilder)) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(form);
        command.env("JIXIAO_STATE", state);
        command.env("JIXIAO_CONFIG", state);
        command.env("TERM", "xterm-256color");
        command.env("JIXIAO_AMBIGUOUS_WIDTH", "1");
        change(&mut command);
        let child = pair.slave.spawn_command(command).expect("runs");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let shared = Arc::clone(&screen);
        let is_gone = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&is_gone);
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if gone.load(Ordering::SeqCst) {
                    return;
                }
                shared.lock().expect("no panic").process(&bytes[..count]);
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        let (keys, reader, terminal) = (Some(keys), Some(reader), Some(pair.master));
        Self { child, keys, screen, reader, is_gone, terminal }
    }

    pub(crate) fn text(&self) -> String {
        self.screen.lock().expect("no panic").screen().contents()
    }

    /// Waits until the screen shows a text.
    pub(crate) fn shows(&self, text: &str) {
        let start = Instant::now();
        while !self.text().contains(text) {
            assert!(start.elapsed() < PATIENCE, "{text} is not on the screen:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        let writer = self.keys.as_mut().expect("has a terminal");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("writes");
    }

    /// Takes the terminal away; the reader lets go of it with the next frame.
    #[cfg(target_os = "linux")]
    fn vanish(&mut self) {
        self.is_gone.store(true, Ordering::SeqCst);
        self.press(DOWN);
        self.reader.take().expect("runs").join().expect("no panic");
        (self.keys, self.terminal) = (None, None);
    }

    fn signal(&self, signal: Signal) {
        send(self.child.as_ref(), signal);
    }

    fn ends(&mut self) -> portable_pty::ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("waits") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Sends a signal to a program.
pub(crate) fn send(child: &dyn Child, signal: Signal) {
    let id = child.process_id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)).expect("runs");
    kill_process(id, signal).expect("takes the signal");
}

/// A folder with a form and one for the state.
fn place() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let form = folder.path().join("表.toml");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/xiaoping-2026.toml");
    std::fs::copy(sample, &form).expect("copies");
    let state = folder.path().join("state");
    (folder, form, state)
}

const DOWN: &str = "\u{1b}[B";
const SAVE: &str = "\u{13}";
const QUIT: &str = "\u{11}";

/// Into the value of the first indicator.
fn enter_value(window: &mut Window) {
    window.shows("党风廉政");
    window.press(&DOWN.repeat(6));
    window.press("\r\t\t");
}

/// The draft on disk; empty where there is none.
fn draft(state: &Path) -> String {
    let entries = std::fs::read_dir(state.join("drafts")).into_iter().flatten().flatten();
    let mut drafts = entries.filter(|entry| entry.path().extension().is_some_and(|name| name == "draft"));
    drafts.find_map(|entry| std::fs::read_to_string(entry.path()).ok()).unwrap_or_default()
}

/// Waits until the draft on disk holds a text.
fn on_disk(state: &Path, text: &str) {
    let start = Instant::now();
    while !draft(state).contains(text) {
        assert!(start.elapsed() < PATIENCE, "{text} does not reach the disk");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A machine that does something else may take longer; `JIXIAO_STRICT` is for one that does not.
fn soon(what: &str, start: Instant) {
    let took = start.elapsed();
    eprintln!("{what}: ended after {} ms", took.as_millis());
    assert!(took < SOON || std::env::var_os("JIXIAO_STRICT").is_none(), "{what}: {took:?}");
}

#[test]
fn what_was_typed_before_a_kill_is_offered_and_restored() {
    let (_folder, form, state) = place();
    let mut window = Window::open(&form, &state);
    enter_value(&mut window);
    window.press("321农");
    on_disk(&state, "4321农");
    window.signal(Signal::KILL);
    window.ends();
    let before = std::fs::read(&form).expect("reads");
    let mut window = Window::open(&form, &state);
    window.shows("发现没有保存的内容");
    window.shows("4 改为 4321农");
    window.press("\r");
    window.shows("恢复了");
    assert_eq!(std::fs::read(&form).expect("reads"), before, "restoring does not save");
    window.press(SAVE);
    window.shows("已保存到");
    window.press(QUIT);
    assert!(window.ends().success());
    assert!(std::fs::read_to_string(&form).expect("reads").contains("value = \"4321农\""));
    let mut window = Window::open(&form, &state);
    window.shows("党风廉政");
    assert!(!window.text().contains("发现没有保存"), "a saved form has no draft");
    window.press(QUIT);
    assert!(window.ends().success());
}

/// What the screen shows is with the system: no pause, no flush stands between.
#[test]
fn a_key_that_is_on_the_screen_survives_a_kill() {
    let (_folder, form, state) = place();
    let mut wanted = String::from("4");
    for round in 0..5 {
        let mut window = Window::open(&form, &state);
        if round > 0 {
            window.shows(&format!("4 改为 {wanted}"));
            window.press("\r");
            window.shows("恢复了");
        }
        enter_value(&mut window);
        window.press("7");
        wanted.push('7');
        window.shows(&wanted);
        window.signal(Signal::KILL);
        window.ends();
    }
    let window = Window::open(&form, &state);
    window.shows(&format!("4 改为 {wanted}"));
}

#[test]
fn a_signal_ends_the_program_with_the_draft_on_disk() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let (_folder, form, state) = place();
        let mut window = Window::open(&form, &state);
        enter_value(&mut window);
        window.press("7");
        window.shows("已改1处");
        let start = Instant::now();
        window.signal(signal);
        assert_eq!(window.ends().exit_code(), code);
        soon("a signal", start);
        on_disk(&state, "47");
        let window = Window::open(&form, &state);
        window.shows("4 改为 47");
    }
}

/// The form that a signal finds is the one on the screen, not the one the program began with.
#[test]
fn a_form_opened_inside_the_editor_has_its_draft_written_by_a_signal_and_is_locked() {
    let (_folder, form, state) = place();
    let mut window = Window::open(&form, &state);
    window.shows("党风廉政");
    window.press(QUIT);
    assert!(window.ends().success());
    let mut window = Window::start(None, &state, |_| {});
    window.shows("最近打开的表");
    window.press("1");
    enter_value(&mut window);
    window.press("7");
    window.shows("已改1处");
    let second = Window::open(&form, &state);
    second.shows("已经打开");
    drop(second);
    window.signal(Signal::HUP);
    assert_eq!(window.ends().exit_code(), 129);
    on_disk(&state, "47");
    let window = Window::start(None, &state, |_| {});
    window.shows("1处没有保存");
}

#[test]
fn a_draft_of_a_form_whose_file_is_gone_is_offered() {
    let (_folder, form, state) = place();
    let mut window = Window::open(&form, &state);
    enter_value(&mut window);
    window.press("7");
    on_disk(&state, "47");
    window.signal(Signal::KILL);
    window.ends();
    std::fs::remove_file(&form).expect("removes");
    let mut window = Window::open(&form, &state);
    window.shows("4 改为 47");
    window.press("\r");
    window.shows("恢复了");
    window.press(SAVE);
    window.shows("已保存到");
    assert!(std::fs::read_to_string(&form).expect("reads").contains("value = \"47\""));
}

/// Fault injection is compiled into debug builds only.
#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_leaves_the_draft() {
    let (_folder, form, state) = place();
    let mut window = Window::start(Some(&form), &state, |command| {
        command.env("JIXIAO_FAULT", "panic");
        command.env("RUST_BACKTRACE", "0");
    });
    enter_value(&mut window);
    window.press("7");
    let start = Instant::now();
    assert_eq!(window.ends().exit_code(), 101);
    soon("panic", start);
    window.shows("没有保存的内容在草稿里");
    assert!(!window.screen.lock().expect("no panic").screen().alternate_screen());
    let window = Window::open(&form, &state);
    window.shows("4 改为 47");
}

/// A program of another session gets no signal when its terminal goes.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_the_program() {
    let (_folder, form, state) = place();
    let mut window = Window::start(Some(&form), &state, |command| {
        let arguments = ["-c", "setsid \"$0\" \"$@\""].map(std::ffi::OsString::from);
        let argv: Vec<_> =
            ["sh".into()].into_iter().chain(arguments).chain(command.get_argv().clone()).collect();
        *command.get_argv_mut() = argv;
    });
    enter_value(&mut window);
    window.press("7");
    window.shows("已改1处");
    let locks = std::fs::read_dir(state.join("drafts")).expect("lists").flatten();
    let lock =
        locks.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|name| name == "lock"));
    let owner = std::fs::read_to_string(lock.expect("is there")).expect("reads");
    let id = owner.split([' ', '，']).nth(1).expect("a number").to_owned();
    window.vanish();
    let stat = || std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let runs = |stat: &str| stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'));
    // Fields 14 and 15 of the line, in hundredths of a second.
    let spent = |stat: &str| {
        let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ');
        fields.skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum::<u32>()
    };
    let (start, before) = (Instant::now(), spent(&stat()));
    let mut after = before;
    while runs(&stat()) {
        after = after.max(spent(&stat()));
        assert!(start.elapsed() < PATIENCE, "it runs on: {}", stat());
        std::thread::sleep(Duration::from_millis(10));
    }
    soon("vanished terminal", start);
    let spent = after - before;
    assert!(spent < 20, "{spent} hundredths of a second of work without a terminal");
    let window = Window::open(&form, &state);
    window.shows("4 改为 47");
}

#[test]
fn a_second_window_does_not_write_the_form() {
    let (_folder, form, state) = place();
    let first = Window::open(&form, &state);
    first.shows("党风廉政");
    let mut second = Window::open(&form, &state);
    second.shows("正在另一个窗口里编辑");
    second.press("\r");
    second.press(SAVE);
    second.shows("不能保存到原文件");
}

#[test]
fn a_file_that_was_changed_elsewhere_is_merged() {
    let (_folder, form, state) = place();
    let mut window = Window::open(&form, &state);
    enter_value(&mut window);
    window.press("9");
    window.shows("已改1处");
    let text = std::fs::read_to_string(&form).expect("reads");
    std::fs::write(&form, text.replacen("agency = \"\"", "agency = \"某乡人民政府\"", 1)).expect("writes");
    window.press(SAVE);
    window.shows("文件在别处改过");
    window.press("\r");
    window.shows("合在一起了");
    window.press(SAVE);
    window.shows("已保存到");
    let text = std::fs::read_to_string(&form).expect("reads");
    assert!(text.contains("agency = \"某乡人民政府\"") && text.contains("value = \"49\""));
    window.press(QUIT);
    assert!(window.ends().success());
}

#[test]
fn random_kills_tear_nothing() {
    let (_folder, form, state) = place();
    let mut typed = String::from("4");
    let restore = |typed: &mut String| {
        let mut window = Window::open(&form, &state);
        window.shows("发现没有保存的内容");
        window.press("\r");
        window.shows("恢复了");
        // The key at which it was killed is there or not; all before it are.
        let (with, without) = (format!("\"{typed}2\""), format!("\"{typed}\""));
        match draft(&state) {
            text if text.contains(&with) => typed.push('2'),
            text => assert!(text.contains(&without), "{without} is not in {text}"),
        }
        window
    };
    for round in 0..8_u64 {
        let mut window = if round > 0 { restore(&mut typed) } else { Window::open(&form, &state) };
        enter_value(&mut window);
        window.press("1");
        typed.push('1');
        on_disk(&state, &format!("\"{typed}\""));
        window.press("2");
        std::thread::sleep(Duration::from_millis(round * 37 % 120));
        window.signal(Signal::KILL);
        window.ends();
    }
    let mut window = restore(&mut typed);
    window.press(SAVE);
    window.shows("已保存到");
    let text = std::fs::read_to_string(&form).expect("reads");
    assert!(text.contains(&format!("value = \"{typed}\"")), "{typed} is not in {text}");
}

/// Rounds of the test below; `JIXIAO_KILLS=1000` for a long run.
fn rounds() -> u64 {
    std::env::var("JIXIAO_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(10)
}

#[test]
fn a_kill_during_a_save_leaves_a_whole_file_and_loses_nothing() {
    let typed = |wait: Option<u64>| {
        let (folder, form, state) = place();
        let before = std::fs::read(&form).expect("reads");
        let mut window = Window::open(&form, &state);
        enter_value(&mut window);
        window.press("7");
        window.shows("已改1处");
        window.press(SAVE);
        match wait {
            Some(micros) => std::thread::sleep(Duration::from_micros(micros)),
            None => window.shows("已保存到"),
        }
        window.signal(Signal::KILL);
        window.ends();
        (folder, before, std::fs::read(&form).expect("reads"), state)
    };
    let (_folder, _, saved, _) = typed(None);
    let (mut old, mut new) = (0, 0);
    for round in 0..rounds() {
        let (_folder, before, after, state) = typed(Some(round * 1_237 % 12_000));
        if after == before {
            old += 1;
            assert!(draft(&state).contains("\"47\""), "round {round}: not saved and not in the draft");
        } else {
            new += 1;
            assert!(after == saved, "round {round}: the file is neither the old nor the new one");
        }
    }
    let _ = writeln!(std::io::stderr(), "{old} kills before the save, {new} after it");
}
