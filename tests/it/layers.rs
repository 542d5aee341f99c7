//! The sources keep to the layers of the crate's documentation.

use std::fs;
use std::path::{Path, PathBuf};

/// Top modules and their layers, as in the crate doc.
const LAYERS: &[(&str, usize)] = &[
    ("text", 0),
    ("vocabulary", 1),
    ("form", 2),
    ("rule", 2),
    ("manual", 4),
    ("score", 3),
    ("library", 3),
    ("settings", 3),
    ("diagnostic", 3),
    ("format", 4),
    ("lint", 4),
    ("compare", 4),
    ("document", 5),
    ("store", 6),
    ("cli", 7),
    ("tui", 7),
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("is there") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

/// Every source of the program, test modules left out, with its top module and its text without
/// comments and tests.
fn modules() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let texts = found.iter().map(|path| fs::read_to_string(path).expect("reads")).collect::<String>();
    let is_test = |path: &Path| {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        texts.contains(&format!("#[cfg(test)]\nmod {stem};\n"))
            || path.components().any(|part| part.as_os_str() == "tests")
    };
    found.retain(|path| !is_test(path.strip_prefix(&root).expect("is inside")));
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&root).expect("is inside").to_owned();
        let top = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("reads");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let code =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        (top.trim_end_matches(".rs").to_owned(), inside, code)
    };
    found.into_iter().map(read).filter(|(top, ..)| top != "lib" && top != "main").collect()
}

/// The top modules that a source names after `crate::`, alone or in braces.
fn used(code: &str) -> Vec<&str> {
    code.split("crate::").skip(1).flat_map(first_names).collect()
}

/// The first name of a path, or of each path of a group in braces.
fn first_names(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else { return vec![first_name(path)] };
    let (mut names, mut depth, mut start) = (Vec::new(), 1, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && c == ',' {
            names.push(first_name(&group[start..at]));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn first_name(path: &str) -> &str {
    path.trim_start().split(|c: char| c != '_' && !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

#[test]
fn names_in_braces_are_seen() {
    assert_eq!(used("use crate::{form::{a, b}, text};\nuse crate::lint;"), ["form", "text", "lint"]);
    assert_eq!(used("use crate::{\n    store,\n    tui::Options,\n};"), ["store", "tui", ""]);
}

#[test]
fn a_module_uses_only_modules_of_lower_layers() {
    for (top, path, code) in modules() {
        let own = layer(&top).unwrap_or_else(|| panic!("{top} has no layer"));
        for name in used(&code).into_iter().filter(|name| *name != top) {
            assert!(layer(name).is_none_or(|other| other < own), "{} uses {name}", path.display());
        }
    }
}

#[test]
fn the_crate_doc_names_the_layers() {
    let doc = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("reads");
    for (name, layer) in LAYERS {
        let row = doc.lines().find(|line| line.starts_with(&format!("//! | {layer} |"))).expect("a row");
        assert!(row.contains(&format!("[`{name}`]")), "{name} is not in layer {layer} of the crate doc");
    }
}

#[test]
fn files_are_touched_by_the_store_alone_and_the_terminal_by_the_editor_alone() {
    for (top, path, code) in modules() {
        let used = |word: &str| code.contains(word);
        assert!(top == "store" || !used("std::fs") && !used("fs::"), "{} touches files", path.display());
        let terminal = used("ratatui") || used("crossterm");
        assert!(top == "tui" || !terminal, "{} knows the terminal", path.display());
        assert!(!used("std::net"), "{} knows the network", path.display());
    }
}

#[test]
fn nothing_that_talks_to_a_network_is_linked() {
    const NETWORK: &[&str] = &[
        "async-std",
        "curl",
        "h2",
        "hickory-resolver",
        "hyper",
        "isahc",
        "native-tls",
        "openssl",
        "quinn",
        "reqwest",
        "rustls",
        "smol",
        "socket2",
        "ssh2",
        "surf",
        "tokio",
        "tungstenite",
        "ureq",
    ];
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("reads");
    let names: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains(&"crossterm"), "the list of crates is read");
    for name in names {
        assert!(!NETWORK.contains(&name), "{name} is linked");
    }
}
