//! The whole contracts of fixtures/contracts, down to the last finding: `<name>/expected.txt`.
//!
//! fixtures/contracts/README.md has the table that each golden agrees with, row by row.
//! `SNAPSHOTS=overwrite cargo test --test contracts` writes them anew; read the difference, and the table, before
//! committing it.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::diff::Options;
use std::{env, fs, path::Path};

/// Verdict, verdicts by direction, rule, element, number of places, and message; then the diagnostics.
fn golden(name: &str, old: &str, new: &str) {
    let (old, new) = (
        common::contract_file(&format!("{name}/{old}")),
        common::contract_file(&format!("{name}/{new}")),
    );
    // Bare schemas travel both ways by default, as `--direction both` says.
    let found = common::counted(&old, &new, Options::default());
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/contracts")
        .join(name)
        .join("expected.txt");
    if env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(&file, &found).expect("writable");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "--- {name}\nexpected\n{expected}\nfound\n{found}"
    );
}

#[test]
fn payments() {
    golden("payments", "base/openapi.yaml", "head/openapi.yaml");
}

#[test]
fn order_events() {
    golden("order-events", "old.schema.json", "new.schema.json");
}

#[test]
fn legacy_orders() {
    golden("legacy-orders", "old.yaml", "new.yaml");
}

#[test]
fn catalogue() {
    golden("catalogue", "old/openapi.yaml", "new/openapi.yaml");
}
