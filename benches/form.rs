//! What a key, a load, a save and a check cost as the form grows. `cargo bench`; the figures of one
//! run are compared with each other, never with a clock of another machine.

use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;

use divan::{Bencher, counter::BytesCount};
use jixiao::document::{Change, Document};
use jixiao::form::Form;
use jixiao::form::edit::{Edit, Spot};
use jixiao::form::field::Field;
use jixiao::format::printed::Variant;
use jixiao::format::toml::{self, Limits};
use jixiao::score::Scores;
use jixiao::tui::headless::Headless;
use jixiao::{format, lint, rule, store};

const ROWS: &[usize] = &[17, 1_000, 100_000];
/// Where a hundred thousand rows would say no more.
const FEW: &[usize] = &[17, 1_000];

fn main() {
    divan::main();
}

/// The clean sample with each of its rows repeated under other names.
fn form(rows: usize) -> Form {
    let mut form = loaded(include_bytes!("../forms/clean-2026.toml"));
    let sample = std::mem::take(&mut form.indicators);
    form.indicators = (0..rows).map(|at| sample[at * sample.len() / rows].clone()).collect();
    for (at, row) in form.indicators.iter_mut().enumerate() {
        row.id = jixiao::form::RowId::default();
        row.name.push_str(&format!("（{}）", at + 1));
    }
    loaded(text(&form).as_bytes())
}

fn text(form: &Form) -> String {
    String::from_utf8(toml::write(form, None).bytes).unwrap_or_default()
}

fn loaded(bytes: &[u8]) -> Form {
    toml::read(bytes, &Limits::LARGE).map(|loaded| loaded.form).unwrap_or_default()
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

#[divan::bench(args = ROWS)]
fn open_document(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    bencher.with_inputs(|| form.clone()).bench_local_values(Document::new);
}

/// One character typed into a field in the middle: commit, points, checks.
fn keystroke(bencher: Bencher<'_, '_>, rows: usize, field: Field) {
    let mut document = Document::new(form(rows));
    let spot = Spot::row(rows / 2, field);
    let text = document.text(spot).to_owned();
    let mut digit = 0_u8;
    bencher.bench_local(|| {
        digit = (digit + 1) % 10;
        let edit = Edit::set(spot, format!("{text}{digit}"));
        let _ = document.commit(Change::whole(vec![edit]));
    });
}

#[divan::bench(args = ROWS)]
fn keystroke_in_a_value(bencher: Bencher<'_, '_>, rows: usize) {
    keystroke(bencher, rows, Field::Value);
}

#[divan::bench(args = ROWS)]
fn keystroke_in_a_name(bencher: Bencher<'_, '_>, rows: usize) {
    keystroke(bencher, rows, Field::Name);
}

#[divan::bench(args = ROWS)]
fn keystroke_in_a_sentence(bencher: Bencher<'_, '_>, rows: usize) {
    keystroke(bencher, rows, Field::Rule);
}

#[divan::bench(args = ROWS)]
fn row_put_in_and_taken_out(bencher: Bencher<'_, '_>, rows: usize) {
    let mut document = Document::new(form(rows));
    let row = document.form().indicators[rows / 2].clone();
    bencher.bench_local(|| {
        let edit = Edit::insert(rows / 2, row.copy());
        let _ = document.commit(Change::whole(vec![edit]));
        document.undo()
    });
}

/// The editor on a form of so many rows, its tree in the middle.
fn editor(rows: usize) -> Headless {
    let file = tempfile::NamedTempFile::with_suffix(".toml").unwrap_or_else(|error| panic!("{error}"));
    std::fs::write(file.path(), text(&form(rows))).unwrap_or_else(|error| panic!("{error}"));
    let opened = Headless::open(Some(file.path()), 120, 40);
    let mut editor = opened.unwrap_or_else(|error| panic!("{error}"));
    editor.keys("<Down*12>");
    editor
}

#[divan::bench(args = ROWS)]
fn frame(bencher: Bencher<'_, '_>, rows: usize) {
    let editor = editor(rows);
    bencher.bench_local(|| black_box(editor.draw()));
}

#[divan::bench(args = ROWS)]
fn down_and_up_with_frames(bencher: Bencher<'_, '_>, rows: usize) {
    let mut editor = editor(rows);
    bencher.bench_local(|| {
        for key in ["<Down>", "<Up>"] {
            editor.keys(key);
            black_box(editor.draw());
        }
    });
}

/// A save after one change, without the disk: the change is spliced in and read back.
#[divan::bench(args = ROWS)]
fn save(bencher: Bencher<'_, '_>, rows: usize) {
    let loaded = toml::read(text(&form(rows)).as_bytes(), &Limits::LARGE);
    let loaded = loaded.unwrap_or_else(|error| panic!("{error}"));
    let (mut form, source) = (loaded.form, loaded.source);
    let edit = Edit::set(Spot::row(rows / 2, Field::Value), "5");
    let _ = edit.apply(&mut form);
    bencher.bench_local(|| toml::write(black_box(&form), Some(&source)));
}

/// A save at 17 rows with everything that makes it safe on disk, and its floor.
#[divan::bench(args = ["save", "write and sync"])]
fn to_disk(bencher: Bencher<'_, '_>, how: &str) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let path = folder.path().join("form.toml");
    let bytes = text(&form(17)).into_bytes();
    bencher.bench_local(|| match how {
        "save" => store::save(&path, &bytes, None).map(drop).map_err(|error| error.to_string()),
        _ => {
            let written = File::create(&path).and_then(|mut file| {
                file.write_all(&bytes)?;
                file.sync_all()
            });
            written.map_err(|error| error.to_string())
        }
    });
}

#[divan::bench(args = FEW)]
fn import_csv(bencher: Bencher<'_, '_>, rows: usize) {
    let bytes = export(&form(rows), "csv");
    bencher.bench(|| format::import(black_box(&bytes)));
}

fn export(form: &Form, extension: &str) -> Vec<u8> {
    let target = format::target(extension).unwrap_or_else(|| panic!("{extension} is a format"));
    target.write(form, Variant::Target).unwrap_or_default()
}

#[divan::bench(args = FEW)]
fn export_docx(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    bencher.bench(|| export(black_box(&form), "docx"));
}

#[divan::bench(args = FEW)]
fn export_xlsx(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    bencher.bench(|| export(black_box(&form), "xlsx"));
}

#[divan::bench(args = ROWS)]
fn export_csv(bencher: Bencher<'_, '_>, rows: usize) {
    let form = form(rows);
    bencher.bench(|| export(black_box(&form), "csv"));
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
