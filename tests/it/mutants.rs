//! Valid files, damaged at random: the readers of forms, drafts and sources answer and never panic.
//! `JIXIAO_FUZZ` is the number of mutants of each reader, `JIXIAO_SEED` the first one.

// The figures of a run.
#![allow(clippy::print_stderr)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use jixiao::form::edit::{Edit, Spot};
use jixiao::form::field::Field;
use jixiao::form::{Form, Indicator};
use jixiao::format::toml::{self, Limits};
use jixiao::format::{self, TARGETS, printed::Variant};
use jixiao::store::draft::{Claim, claim, left_behind};

/// Mutants of a plain `cargo test`.
const MUTANTS: u64 = 100;

/// What breaks readers where it stands in the wrong place.
const WORDS: &[&str] = &[
    "\"",
    "\"\"\"",
    "'",
    "[[indicator]]",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "#",
    "\u{feff}",
    "\u{202e}",
    "\\u0000",
    "9999999999999999999999",
    "-1",
    "1e999",
    "nan",
    "2026-02-30",
    "，",
    "；",
    "：",
    "％",
    "≥",
    "≤",
    "一",
    "一级指标",
    "三级指标",
    "指标值",
    "评分标准",
    "得满分2分",
    "每少1次扣1分",
    "部门职责",
    "<table>",
    "</td>",
    "&#0;",
    ",",
    "\",\"",
    "null",
    "{\"edit\":",
    "\"row\":18446744073709551615",
    "\"at\":0",
    "𠮷",
    "👨‍👩‍👧",
];

/// SplitMix64: a mutant is known by its number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }

    fn range(&mut self, bytes: &[u8], longest: usize) -> std::ops::Range<usize> {
        let start = self.roll(bytes.len() + 1);
        start..(start + self.roll(longest)).min(bytes.len())
    }
}

fn mutant(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..1 + dice.roll(4) {
        let range = dice.range(&bytes, 80);
        let other = &seeds[dice.roll(seeds.len())];
        let put = match dice.roll(7) {
            0 => bytes[range.clone()].iter().map(|byte| byte ^ (1 << dice.roll(8))).collect(),
            1 => vec![],
            2 => bytes[range.clone()].repeat(2 + dice.roll(30)),
            3 => other[dice.range(other, 400)].to_vec(),
            4 => {
                bytes.truncate(range.start);
                continue;
            }
            _ => WORDS[dice.roll(WORDS.len())].repeat(1 + dice.roll(3)).into_bytes(),
        };
        let gap = if dice.roll(2) == 0 { range } else { range.start..range.start };
        bytes.splice(gap, put);
    }
    bytes
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Feeds mutants to a reader, which answers whether it could read them.
fn feed(name: &str, seeds: &[Vec<u8>], mut reader: impl FnMut(&[u8], &mut Dice) -> bool) {
    let (first, count) = (number("JIXIAO_SEED").unwrap_or(0), number("JIXIAO_FUZZ").unwrap_or(MUTANTS));
    let mut read = 0;
    for mutant_number in first..first + count {
        let mut dice = Dice(mutant_number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let bytes = mutant(seeds, &mut dice);
        let answer = catch_unwind(AssertUnwindSafe(|| reader(&bytes, &mut dice)));
        assert!(answer.is_ok(), "{name}: JIXIAO_SEED={mutant_number} {:?}", String::from_utf8_lossy(&bytes));
        read += u64::from(answer.is_ok_and(|answer| answer));
    }
    assert!(read > 0 && read < count, "{name}: mutants are neither all good nor all bad: {read} of {count}");
    eprintln!("{name}: {count} mutants, {read} of them read");
}

fn forms() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("forms"), root.join("tests/fixtures/forms")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("reads")).collect()
}

#[test]
fn damaged_forms() {
    feed("forms", &forms(), |bytes, _| {
        let Ok(loaded) = toml::read(bytes, &Limits::default()) else { return false };
        let written = toml::write(&loaded.form, Some(&loaded.source));
        let again = toml::read(&written.bytes, &Limits::default()).expect("reads what was written");
        assert_eq!(again.form, loaded.form);
        true
    });
}

#[test]
fn damaged_drafts() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.toml");
    let form = toml::read(&forms()[0], &Limits::default()).expect("reads").form;
    let Ok(Claim::Ours(mut draft, _)) = claim(folder.path(), Some(&path), &form) else { panic!("is free") };
    let edits = vec![
        Edit::set(Spot::row(0, Field::Value), "48"),
        Edit::insert(1, Indicator { name: "新增".into(), ..Indicator::default() }),
        Edit::Move { from: 1, to: 0 },
        Edit::Remove { at: 2 },
        Edit::set(Spot::form(Field::Duties), "一\n二"),
    ];
    draft.record(edits).expect("records");
    let seed = fs::read(draft.path()).expect("reads");
    feed("drafts", &[seed], |bytes, dice| {
        // Half of the drafts have right checksums, so that what they say is looked at.
        let bytes = if dice.roll(2) == 0 { sealed(bytes) } else { bytes.to_vec() };
        fs::write(draft.path(), bytes).expect("writes");
        left_behind(folder.path(), &path).is_some_and(|found| found.form != Form::default())
    });
}

/// The lines with the checksums that they should have.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let seal = |line: &[u8]| {
        let text = line.get(9..).unwrap_or_default();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        [format!("{:08x} ", crc32fast::hash(text)).as_bytes(), text, b"\n"].concat()
    };
    lines.flat_map(seal).collect()
}

#[test]
fn damaged_sources() {
    let form = toml::read(&forms()[0], &Limits::default()).expect("reads").form;
    let texts = TARGETS.iter().filter(|target| ["txt", "html", "csv"].contains(&target.extension));
    let mut seeds: Vec<Vec<u8>> =
        texts.map(|target| target.write(&form, Variant::Target).expect("writes")).collect();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/flattened.txt");
    seeds.push(fs::read(fixture).expect("reads"));
    feed("sources", &seeds, |bytes, _| {
        let imported = format::import(bytes);
        imported.is_ok_and(|recovered| !recovered.form.indicators.is_empty())
    });
}
