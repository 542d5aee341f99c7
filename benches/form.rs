//! What a key, a load, a save and a check cost as the form grows. `cargo bench`; the figures of one
//! run are compared with each other, never with a clock of another machine.

use std::hint::black_box;
use std::path::Path;

use divan::{Bencher, counter::BytesCount};
use jixiao::document::{Change, Document};
use jixiao::form::Form;
use jixiao::form::edit::{Edit, Spot};
use jixiao::form::field::Field;
use jixiao::format::toml::{self, Limits};
use jixiao::score::Scores;
use jixiao::tui::headless::Headless;
use jixiao::{lint, rule};

const ROWS: &[usize] = &[17, 1_000, 10_000];

fn main() {
    divan::main();
}

/// The clean sample with its rows repeated under other names.
fn form(rows: usize) -> Form {
    let mut form = loaded(include_bytes!("../forms/clean-2026.toml"));
    let sample = std::mem::take(&mut form.indicators);
    form.indicators = (0..rows).map(|at| sample[at % sample.len()].clone()).collect();
    for (at, row) in form.indicators.iter_mut().enumerate() {
        row.id = jixiao::form::RowId::default();
        row.name.push_str(&format!("（{}）", at + 1));
    }
    loaded(text(&form).as_bytes())
}

fn text(form: &Form) -> String {
    String::from_utf8(toml::write(form, None).bytes).unwrap_or_default()
}

fn limits() -> Limits {
    Limits { bytes: 512 << 20, rows: 1 << 20, tokens: usize::MAX, ..Limits::default() }
}

fn loaded(bytes: &[u8]) -> Form {
    toml::read(bytes, &limits()).map(|loaded| loaded.form).unwrap_or_default()
}

#[divan::bench(args = ROWS)]
fn load(bencher: Bencher<'_, '_>, rows: usize) {
    let text = text(&form(rows));
    bencher.counter(BytesCount::of_str(&text)).bench(|| loaded(black_box(text.as_bytes())));
}

/// The floor of `load`: the same bytes through the plain parser.
#[divan::bench(args = ROWS)]
fn load_plain_toml(bencher: Bencher<'_, '_>, rows: usize) {
    let text = text(&form(rows));
    bencher.counter(BytesCount::of_str(&text)).bench(|| black_box(text.as_str()).parse::<::toml::Table>());
}

#[divan::bench(args = ROWS)]
fn score(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    bencher.bench(|| Scores::of(black_box(&form)));
}

#[divan::bench(args = ROWS)]
fn check(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    let scores = Scores::of(&form);
    bencher.bench(|| lint::run(black_box(&form), &scores));
}

/// One character typed into a value: commit, points, checks.
#[divan::bench(args = ROWS)]
fn keystroke(bencher: Bencher<'_, '_>, rows: usize) {
    let mut document = Document::new(form(rows));
    let spot = Spot::row(rows / 2, Field::Value);
    let mut digit = 0_u8;
    bencher.bench_local(|| {
        digit = (digit + 1) % 10;
        let edit = Edit::set(spot, format!("4{digit}"));
        let _ = document.commit(Change::whole(vec![edit]));
    });
}

/// 500 characters typed into the middle of a text of 100 kB, in one line or in many; each is
/// committed, checked and drawn.
#[divan::bench(args = ["one line", "many lines"], sample_count = 3, sample_size = 1)]
fn typing_500_characters_into_100_kb(bencher: Bencher<'_, '_>, lines: &str) {
    let sentence = "达到计划值得满分2分，否则按“完成率×分值”计分，低于60％不得分；农村道路巡查≥4次。";
    let mut text = String::new();
    while text.len() < 100 << 10 {
        text.push_str(sentence);
        if lines == "many lines" {
            text.push('\n');
        }
    }
    let open = || {
        let form = Path::new("forms/clean-2026.toml");
        let mut editor = Headless::open(Some(form), 80, 24).unwrap_or_else(|error| panic!("{error}"));
        editor.keys("<Down><Enter><Ctrl+A>").paste(&text).keys("<PageUp*20>");
        editor
    };
    bencher.with_inputs(open).bench_local_values(|mut editor| {
        for _ in 0..500 {
            editor.keys("字");
            black_box(editor.draw());
        }
    });
}

#[divan::bench]
fn sentence() -> rule::Parsed {
    rule::parse(black_box("达到计划值得满分2分，超额完成不加分，否则按实际值÷计划值×指标分值计分。"))
}
