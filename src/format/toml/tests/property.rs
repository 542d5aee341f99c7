//! The promises of the codec as properties.

use proptest::prelude::*;

use super::*;

/// Text that tries to break out of every kind of quotes.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "\"",
        "\"\"\"",
        "'",
        "'''",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{e0001}",
        "😀",
        "👨\u{200d}👩",
        "#",
        "=",
        "[[indicator]]",
        "\n\n",
        " ",
        "\u{2028}",
        "e\u{301}",
    ];
    let piece = prop_oneof![
        4 => "[a-z一-龥，。≥“” ]{1,6}",
        3 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let values = vec!["2026", "0026", "2025-12-12", "2026-02-30", "12", "1.50", "true"];
    prop_oneof![
        1 => Just(String::new()),
        1 => prop::sample::select(values).prop_map(str::to_owned),
        4 => prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
    ]
}

fn any_row() -> impl Strategy<Value = Indicator> {
    prop::collection::vec(hostile(), Field::of(Table::Indicator).count()).prop_map(|texts| {
        let mut row = Indicator::default();
        for (field, text) in Field::of(Table::Indicator).zip(texts) {
            *row.text_mut(field).expect("is of a row") = text;
        }
        row
    })
}

fn any_form() -> impl Strategy<Value = Form> {
    let texts = prop::collection::vec(hostile(), FIELDS.len());
    (texts, prop::collection::vec(any_row(), 0..4)).prop_map(|(texts, rows)| {
        let mut form = Form::default().with_rows(rows);
        for (info, text) in FIELDS.iter().zip(texts) {
            form.set_while_reading(info.field, text);
        }
        form
    })
}

/// One `key = value` as a hand may write it; `n` tells comments apart.
fn pair(field: Field, text: &str, style: u8, n: usize) -> String {
    let info = field.info();
    let plain = text.replace(|c: char| c.is_control() || "\"'\\".contains(c), "");
    let key = match style % 5 {
        0 => format!("\"{}\"", info.key),
        1 => format!("'{}'", info.label),
        _ => info.key.to_owned(),
    };
    let value = match style % 7 {
        0 => format!("'{plain}'"),
        1 => format!("\"\"\"{plain}\n{plain}\"\"\""),
        2 => format!("'''\n{plain}\n'''"),
        3 => format!("{}.50", n + 1),
        4 => format!("[ '{plain}',\n  # 内{n}\n  \"x\" ]"),
        _ => format!("\"{plain}\""),
    };
    match style % 3 {
        0 => format!("{key} = {value} # 尾{n}\n"),
        1 => format!("  {key}={value}\n"),
        _ => format!("{key}\t=  {value}\n"),
    }
}

fn section(table: Table, style: &[u8], texts: &[String], n: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (nth, field) in Field::of(table).enumerate() {
        let style = style[nth % style.len()];
        let n = n * 100 + nth;
        if style.is_multiple_of(2) {
            lines.push(pair(field, &texts[nth % texts.len()], style / 2, n));
        }
        match style % 11 {
            0 => lines.push(format!("# 注{n}\n")),
            1 => lines.push("\n".to_owned()),
            2 => lines.push(format!("\"未知{nth}\" = {{ a = 1, b = [1, 2] }} # 知{n}\n")),
            3 => lines.push(format!("\n# 段{n}\n\n")),
            _ => {}
        }
    }
    if style[0] % 4 == 1 {
        lines.reverse();
    }
    lines.concat()
}

fn header(table: Table, style: &[u8], n: usize) -> String {
    let header = match (table, style[0] % 3) {
        (Table::Indicator, 0) => "[[ \"indicator\" ]]".to_owned(),
        (Table::Indicator, _) => "[[indicator]]".to_owned(),
        _ => format!("[{}]", table.key()),
    };
    match style[0] % 5 {
        0 => format!("# 上{n}\n{header}\n"),
        1 => format!("# 段{n}\n\n{header} # 头{n}\n"),
        2 => format!("\n{header}\n\n"),
        _ => format!("{header}\n"),
    }
}

fn file(sections: Vec<(usize, Vec<u8>, Vec<String>)>) -> String {
    let mut out = String::new();
    let mut seen = Vec::new();
    for (n, (kind, style, texts)) in sections.into_iter().enumerate() {
        let table = match (n, kind) {
            (0, _) => Table::Root,
            (_, 0) => Table::Budget,
            (_, 1) => Table::SignOff,
            (_, 2) => Table::Options,
            _ => Table::Indicator,
        };
        if n > 0 && kind == 3 {
            let parent = if seen.contains(&Table::Indicator) { "indicator." } else { "" };
            out.push_str(&format!("# 外{n}\n[{parent}extra{n}]\nx = 1 # 里{n}\n"));
            continue;
        }
        if table != Table::Indicator && seen.contains(&table) {
            continue;
        }
        if n > 0 {
            out.push_str(&header(table, &style, n));
        }
        seen.push(table);
        out.push_str(&section(table, &style, &texts, n));
    }
    out
}

/// A file as no program writes it.
fn any_file() -> impl Strategy<Value = String> {
    let style = prop::collection::vec(any::<u8>(), 3..20);
    let texts = prop::collection::vec(hostile(), 1..5);
    let sections = prop::collection::vec((0..8usize, style, texts), 1..8);
    let whole =
        (sections, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(sections, crlf, bom, cut)| {
            let mut out = file(sections);
            if cut {
                out.truncate(out.trim_end().len());
            }
            if crlf {
                out = out.replace('\n', "\r\n");
            }
            if bom {
                out.insert(0, '\u{feff}');
            }
            out
        });
    whole.prop_filter("empty", |text| !text.trim_start_matches('\u{feff}').trim().is_empty())
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<prop::sample::Index>(), 0usize..5, hostile()).prop_map(|(field, row, text)| {
            let field = FIELDS[field.index(FIELDS.len())].field;
            Edit::set(Spot { row: field.is_of_indicator().then_some(row), field }, text)
        }),
        2 => (0usize..5, any_row()).prop_map(|(at, row)| Edit::insert(at, row)),
        1 => (0usize..5).prop_map(|at| Edit::Remove { at }),
        2 => (0usize..5, 0usize..5).prop_map(|(from, to)| Edit::Move { from, to }),
    ]
}

/// The numbered comments of a text, sorted.
fn marks(text: &str) -> Vec<String> {
    let is_mark = |word: &&str| word.starts_with(|c| "注尾内知段上头外里".contains(c));
    let words = text.split("# ").skip(1).filter_map(|rest| rest.split(char::is_whitespace).next());
    let mut marks: Vec<String> = words.filter(is_mark).map(str::to_owned).collect();
    marks.sort();
    marks
}

fn text_of(written: &Written) -> String {
    String::from_utf8(written.bytes.clone()).expect("UTF-8")
}

proptest! {
    #[test]
    fn any_form_is_read_as_it_was_written(form in any_form()) {
        let written = write(&form, None);
        let loaded = read(&written.bytes, &Limits::default()).expect("reads");
        prop_assert_eq!(&loaded.form, &form);
        prop_assert_eq!(loaded.notes, []);
        prop_assert!(!text_of(&written).contains(|c: char| crate::text::is_unsafe(c) && c != '\n'));
        prop_assert_eq!(write(&form, Some(&written.source)).bytes, written.bytes);
    }

    #[test]
    fn an_unchanged_file_is_written_byte_for_byte(text in any_file()) {
        let loaded = load(&text);
        prop_assert_eq!(write(&loaded.form, Some(&loaded.source)).bytes, text.as_bytes());
        prop_assert!(splice::splice(&loaded.form, &loaded.source).is_some_and(|new| new == loaded.source.text()));
    }

    #[test]
    fn one_edit_touches_the_lines_of_one_value(
        text in any_file(), field: prop::sample::Index, row in 0usize..3, to in hostile(),
    ) {
        let loaded = load(&text);
        let field = FIELDS[field.index(FIELDS.len())].field;
        let spot = Spot { row: field.is_of_indicator().then_some(row), field };
        let mut form = loaded.form.clone();
        if Edit::set(spot, to).apply(&mut form).is_err() {
            return Ok(());
        }
        let new = text_of(&write(&form, Some(&loaded.source)));
        prop_assert_eq!(&load(&new).form, &form);
        let place = loaded.source.locate(&loaded.form, spot, None).expect("has a place");
        let old = loaded.source.text();
        let new = new.strip_prefix('\u{feff}').unwrap_or(&new);
        match loaded.source.slot(spot.row, field).is_some() {
            true => {
                prop_assert!(new.starts_with(&old[..place.range.start]), "{}", new);
                prop_assert!(new.ends_with(&old[place.range.end..]), "{}", new);
            }
            false => prop_assert_eq!(diff(old, new).0, [""; 0], "{}", new),
        }
    }

    #[test]
    fn any_edits_are_saved_and_comments_survive(
        text in any_file(), edits in prop::collection::vec(any_edit(), 1..12), stop in 0usize..12,
    ) {
        let loaded = load(&text);
        let (mut form, mut source) = (loaded.form, loaded.source);
        let mut any_gone = false;
        for (nth, edit) in edits.into_iter().enumerate() {
            any_gone |= matches!(edit, Edit::Remove { .. });
            let _ = edit.apply(&mut form);
            if nth == stop {
                source = write(&form, Some(&source)).source;
            }
        }
        let new = text_of(&write(&form, Some(&source)));
        prop_assert_eq!(&load(&new).form, &form, "{}", new);
        prop_assert!(splice::splice(&form, &source).is_some());
        if !any_gone {
            prop_assert_eq!(marks(&text), marks(&new), "{}\n---\n{}", text, new);
        }
        let is_crlf = text.matches("\r\n").count() > 1;
        prop_assert!(!is_crlf || !new.replace("\r\n", "").contains('\n'), "{:?}", new);
    }

    #[test]
    fn tables_in_braces_and_dotted_keys_are_saved_too(
        rows in 0usize..3, cut: bool, edits in prop::collection::vec(any_edit(), 1..8),
    ) {
        let rows = vec!["{ name = 'a', x = [1, # 内1\n 2] }"; rows].join(", # 知2\n");
        let text = format!(
            "# 上1\nsign_off.phone = '1' # 尾1\nsign_off.other = 1 # 尾2\nbudget = {{ initial = 5 }} # 尾3\n\
             options.partial_steps.x = 1 # 尾4\nindicator = [{rows}] # 尾5\n[extra] # 头6\nx = 1 # 尾6{}",
            if cut { "" } else { "\n" }
        );
        let loaded = load(&text);
        let mut form = loaded.form;
        for edit in edits {
            let _ = edit.apply(&mut form);
        }
        let new = text_of(&write(&form, Some(&loaded.source)));
        prop_assert_eq!(&load(&new).form, &form, "{}", new);
        let kept = marks(&new);
        prop_assert!(marks(&text).iter().all(|mark| kept.contains(mark)), "{}", new);
    }

    #[test]
    fn undo_after_a_save_brings_the_comments_back(text in any_file(), at in 0usize..3) {
        let loaded = load(&text);
        let mut form = loaded.form.clone();
        let Ok(back) = Edit::Remove { at }.apply(&mut form) else { return Ok(()) };
        let saved = write(&form, Some(&loaded.source));
        prop_assert_eq!(&load(&text_of(&saved)).form, &form);
        back.apply(&mut form).expect("fits");
        let new = text_of(&write(&form, Some(&saved.source)));
        prop_assert_eq!(marks(&text), marks(&new), "{}\n---\n{}\n---\n{}", text, text_of(&saved), new);
    }

    #[test]
    fn a_text_read_in_portions_is_the_text_read_whole(text in any_file(), lines in prop::collection::vec(
        prop::sample::select(vec![
            "a = [", "[1,", "{ b = 1 },", "]", "c = {", "}", "[x]", "d = [[2],", "[3]]", "'''", "e = '''",
        ]),
        0..9,
    )) {
        let text = format!("{text}\n{}\n{text}", lines.join("\n"));
        let (parted, whole) = (syntax::parse_within(&text, usize::MAX).expect("reads"), syntax::parse(&text));
        prop_assert_eq!(parted.errors.is_empty(), whole.errors.is_empty(), "{}", text);
        if whole.errors.is_empty() {
            prop_assert_eq!(format!("{:?}", parted.statements), format!("{:?}", whole.statements));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(broken) = read(&bytes, &Limits::default()) {
            prop_assert!(!broken.faults.is_empty());
            broken.report("f", true);
        }
    }

    #[test]
    fn no_mutation_makes_it_panic(
        text in any_file(),
        hits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0u8..4, prop::sample::select(b"\"'=[]{}#\n\r\\.,\0 a\xe4\xef".to_vec())),
            1..6,
        ),
    ) {
        let mut bytes = text.into_bytes();
        for (at, how, byte) in hits {
            let at = at.index(bytes.len().max(1));
            match how {
                _ if at >= bytes.len() => {}
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        match read(&bytes, &Limits::default()) {
            Ok(loaded) => {
                prop_assert!(toml::from_str::<toml::Table>(loaded.source.text()).is_ok());
                prop_assert_eq!(write(&loaded.form, Some(&loaded.source)).bytes, bytes);
            }
            Err(broken) => {
                prop_assert!(broken.faults.iter().all(|fault| fault.span.end <= broken.text.len()));
                prop_assert!(!broken.faults.is_empty());
                let report = broken.report("f", false);
                prop_assert!(!report.contains(|c: char| crate::text::is_unsafe(c) && c != '\n'), "{:?}", report);
                if let Some(salvage) = broken.salvage {
                    let written = write(&salvage.form, Some(&salvage.source));
                    let again = read(&written.bytes, &Limits::default()).expect("reads");
                    prop_assert_eq!(again.form, salvage.form);
                }
            }
        }
    }

    #[test]
    fn what_toml_refuses_is_refused_and_nothing_else(lines in prop::collection::vec(prop::sample::select(vec![
        "a = 1", "a.b = 1", "a.b.c = 1", "b = { a = 1, a.b = 2 }", "b = { x.y = 1, x.z = 2 }", "[a]", "[a.b]",
        "[a.b.c]", "[[a]]", "[[a.b]]", "[b]", "b = []", "[[b]]", "c = 07", "'a' = 2", "d = 1979-02-30", "b.a = 1",
        "d = 2026-01-01 07:32:00", "[a.\"b\"]", "e = [1, [2]]", "x = 1", "[x.y]",
    ]), 1..7)) {
        let text = lines.join("\n");
        let theirs = toml::from_str::<toml::Table>(&text).is_ok();
        prop_assert_eq!(read(text.as_bytes(), &Limits::default()).is_ok(), theirs, "{}", text);
    }
}
