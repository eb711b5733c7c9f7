//! Sign-offs, waivers, and consumers from the command line, in real repositories with real keys.

#![allow(
    clippy::disallowed_methods,
    reason = "tests build repositories and start the program"
)]

#[path = "../common/mod.rs"]
mod common;

mod bundles;
mod consumers;
mod files;
mod requests;
mod round_trip;
mod selections;

use common::governed::{Output, Repo, fixture_path, orders};

/// The day after the sunset of the governed repository's deprecated member.
const TODAY: &str = "2026-06-02";

/// What is left of the contract once the deprecated member is gone.
const TOTAL: &str = "total: {type: string}";

/// The governed repository, with the deprecated member gone from the working tree.
fn removed() -> Repo {
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", &orders(&[TOTAL]));
    repo
}

/// `contract ARGS --today 2026-06-02`, without the note about which contracts are compared.
fn run(repo: &Repo, args: &str) -> Output {
    let key = |word: &str| match word.strip_prefix("KEY:") {
        Some(name) => fixture_path(&format!("signatures/{name}")),
        // A space in a word.
        None => word.replace('~', " "),
    };
    let mut words: Vec<String> = args.split_whitespace().map(key).collect();
    words.extend(["--today".to_owned(), TODAY.to_owned()]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    repo.contract(&words)
}
