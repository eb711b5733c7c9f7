//! What the reports say, read as people and machines read them.
//!
//! `SNAPSHOTS=overwrite cargo test --test report` writes `expected/` anew; read the difference before committing it.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

#[path = "../common/mod.rs"]
#[allow(unreachable_pub, reason = "several test crates share it")]
mod common;
mod json;
mod made;
mod text;

use std::{fs, path::Path};

/// Compares with a file of `expected/`.
fn expect(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/report/expected")
        .join(name);
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(&file, found).expect("writable");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "{name} differs");
}
