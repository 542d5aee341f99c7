//! What is generated from the arguments: completions of shells and the man page.

use super::arguments::command;
use super::{Outcome, Streams};

/// The script that completes arguments in a shell.
pub(super) fn completions(shell: clap_complete::Shell, streams: &mut Streams<'_>) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "jixiao", &mut script);
    streams.out.write_all(&script)?;
    Ok(0)
}

/// What the library writes into a man page by itself.
const MAN_WORDS: &[(&str, &str)] = &[
    ("NAME\n", "名称\n"),
    ("SYNOPSIS\n", "用法\n"),
    ("DESCRIPTION\n", "说明\n"),
    ("OPTIONS\n", "选项\n"),
    ("EXTRA\n", "其他\n"),
    ("VERSION\n", "版本\n"),
    ("Possible values:", "可选："),
    ("[possible values: ", "[可选："),
];

/// The man page, with a part for each command.
pub(super) fn man(streams: &mut Streams<'_>) -> Outcome {
    let mut command = super::arguments::command();
    command.build();
    let page = |command: &clap::Command| clap_mangen::Man::new(command.clone()).manual("jixiao 绩效");
    let mut whole = Vec::new();
    page(&command).render(&mut whole)?;
    // The commands are parts of this page, not pages of their own.
    let mut text = String::from_utf8_lossy(&whole).replace("\njixiao\\-", "\njixiao ").replace("(1)\n", "\n");
    for task in command.get_subcommands().filter(|task| !task.is_hide_set()) {
        let mut part = Vec::new();
        page(task).render_synopsis_section(&mut part)?;
        page(task).render_options_section(&mut part)?;
        let part = String::from_utf8_lossy(&part).replace(".SH ", ".SS ");
        let about = task.get_about().cloned().unwrap_or_default();
        text.push_str(&format!(".SH jixiao {}\n{about}\n{part}", task.get_name()));
    }
    let text = MAN_WORDS.iter().fold(text, |text, (english, chinese)| text.replace(english, chinese));
    streams.out.write_all(text.as_bytes())?;
    Ok(0)
}
