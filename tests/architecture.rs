//! The structure as the crate's doc promises it: layers, no web outside the shell, small files.

#![allow(clippy::expect_used)] // A tree that cannot be read fails the test, and that is right.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers in order: a module may use only those above it.
const LAYERS: &[&str] = &[
    "base",
    "ingest",
    "orders",
    "accounts",
    "models",
    "assumptions",
    "metrics",
    "value",
    "actions",
    "deals",
    "registry",
    "scenario",
    "growth",
    "commission",
    "document",
    "codec",
    "jobs",
    "view",
    "web",
];

/// Uses that run against the order, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Files that are tables of data, which may be long.
const DATA: &[&str] = &["src/ingest/stage/synonyms.rs"];

/// Where drawn markup, not text, reaches the page: the chart kit's own SVG, made by `view::chart`,
/// which escapes every text (tested there) and is the same that a download holds.
const DRAWN: &[&str] = &["web/ui/chart.rs"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable source folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Path below src, the layer, and the code without comments and test modules.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .to_string();
            let text = fs::read_to_string(&path).expect("UTF-8 source");
            let code: Vec<&str> = text
                .split("#[cfg(test)]\nmod ")
                .next()
                .unwrap_or_default()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            let layer = name
                .split(['/', '.'])
                .next()
                .unwrap_or_default()
                .to_string();
            (name, layer, code.join("\n"))
        })
        .collect()
}

fn shell(name: &str) -> bool {
    name.starts_with("web/") || name.starts_with("bin/") || name == "main.rs"
}

#[test]
fn a_module_uses_only_those_above_it() {
    let rank = |layer: &str| LAYERS.iter().position(|l| *l == layer);
    let mut wrong = Vec::new();
    for (name, layer, code) in sources() {
        let Some(own) = rank(&layer) else { continue };
        // A list of several layers in one use would not be seen below.
        if code.contains("crate::{") {
            wrong.push(format!("{name}: a use of its own for each layer"));
        }
        for used in LAYERS {
            let excepted = EXCEPTIONS
                .iter()
                .any(|(file, of, _)| *file == name && of == used);
            if rank(used) > Some(own) && code.contains(&format!("crate::{used}::")) && !excepted {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the layer order:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_is_in_the_layer_list() {
    for (name, layer, _) in sources() {
        let known = LAYERS.contains(&layer.as_str()) || name == "lib.rs" || shell(&name);
        assert!(known, "{name} is in no layer");
    }
}

#[test]
fn the_library_names_no_browser_no_clock_and_no_chance() {
    let banned = [
        "leptos",
        "web_sys",
        "wasm_bindgen",
        "js_sys",
        "gloo",
        "SystemTime",
        "Instant",
        "getrandom",
        "thread_rng",
        "Local::now",
        "Utc::now",
    ];
    for (name, _, code) in sources() {
        if shell(&name) || name == "lib.rs" {
            continue;
        }
        for word in banned {
            assert!(!code.contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn floating_point_functions_come_from_libm() {
    let banned = [
        ".powf(",
        ".powi(",
        ".exp()",
        ".ln()",
        ".log10()",
        ".log2()",
        ".exp_m1()",
        ".ln_1p()",
    ];
    for (name, _, code) in sources() {
        if shell(&name) {
            continue;
        }
        for call in banned {
            assert!(
                !code.contains(call),
                "{name} calls {call}: its bits differ between platforms"
            );
        }
    }
}

#[test]
fn markup_sets_no_style_attributes_and_no_inner_html() {
    for (name, _, code) in sources() {
        assert!(
            !code.contains("style=\""),
            "{name}: the page's policy blocks style attributes"
        );
        assert!(
            !code.contains("inner_html") || DRAWN.contains(&name.as_str()),
            "{name}: text reaches the page as text nodes only"
        );
    }
}

#[test]
fn files_stay_small_and_say_what_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    for path in files {
        let text = fs::read_to_string(&path).expect("UTF-8 source");
        assert!(
            text.starts_with("//!"),
            "{} has no module doc",
            path.display()
        );
        let lines = text.lines().count();
        let data = DATA.iter().any(|table| path.ends_with(table));
        assert!(lines <= 600 || data, "{} has {lines} lines", path.display());
    }
}
