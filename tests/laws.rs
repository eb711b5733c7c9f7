//! The laws of the verdicts, over every fixture, and over the corpus when `CONTRACT_CORPUS` names a folder with it.
//! That a narrowing turned round is a widening stands in `rules.rs`, where each fixture is mounted in both directions.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use common::corpus;
use contract::{
    diff::Options,
    spec::Bundle,
    tree::{Kind, NodeId, Tree},
};
use std::path::{Path, PathBuf};

/// Every document of the repository that is a contract by itself.
fn documents() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for pair in common::pairs(&fixtures.join("contracts")) {
        found.extend([pair.0, pair.1]);
    }
    for pair in common::pairs(&fixtures.join("rules")) {
        found.extend([pair.0, pair.1]);
    }
    found
}

fn nothing_changed(old: &Bundle, new: &Bundle) -> Result<(), String> {
    let found = common::changes(old, new, Options::default());
    if found.is_empty() { Ok(()) } else { Err(found) }
}

#[test]
fn a_document_against_itself_has_no_change() {
    for path in documents().into_iter().chain(corpus::documents()) {
        let (old, new) = (common::load(&path), common::load(&path));
        nothing_changed(&old, &new).unwrap_or_else(|found| panic!("{}\n{found}", path.display()));
    }
}

#[test]
fn a_document_against_its_own_json_has_no_change() {
    for path in documents().into_iter().chain(corpus::documents()) {
        let old = common::load(&path);
        let new = common::load_as(&path, &|tree| {
            let mut text = String::new();
            tree.write_json(tree.root(), &mut text).expect("not a bomb");
            text
        });
        nothing_changed(&old, &new).unwrap_or_else(|found| panic!("{}\n{found}", path.display()));
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for path in documents().into_iter().chain(corpus::documents()) {
        let old = common::load(&path);
        let new = common::load_as(&path, &|tree| {
            let mut text = String::new();
            reversed(tree, tree.root(), &mut text);
            text
        });
        nothing_changed(&old, &new).unwrap_or_else(|found| panic!("{}\n{found}", path.display()));
    }
}

/// The document as JSON with the keys of every object in reverse.
fn reversed(tree: &Tree, node: NodeId, out: &mut String) {
    match tree.kind(node) {
        Kind::Map => {
            out.push('{');
            let entries: Vec<_> = tree.entries(node).collect();
            for (index, entry) in entries.iter().rev().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::Value::from(tree.key(entry.key)).to_string());
                out.push(':');
                reversed(tree, entry.value, out);
            }
            out.push('}');
        }
        Kind::Seq => {
            out.push('[');
            for (index, item) in tree.items(node).iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                reversed(tree, *item, out);
            }
            out.push(']');
        }
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => {
            tree.write_json(node, out).expect("a scalar");
        }
    }
}

#[test]
fn two_runs_find_the_same_in_the_same_order() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let all = common::pairs(&fixtures.join("contracts"));
    for (old, new) in all
        .into_iter()
        .chain(common::pairs(&fixtures.join("rules")))
        .chain(corpus::pairs())
    {
        let run = || {
            let (old, new) = (common::load(&old), common::load(&new));
            common::everything(&old, &new)
        };
        assert_eq!(run(), run(), "{}", old.display());
    }
}
