//! Runs a law over pairs, the same ones in every run.

#![allow(clippy::print_stderr, reason = "the counts are for people")]
#![allow(clippy::disallowed_methods, reason = "tests read the environment")]

use super::{Recipe, recipes};
use proptest::{
    prelude::TestCaseError,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::{cell::RefCell, collections::BTreeMap};

/// Where the drawing of pairs starts, unless `CONTRACT_SEED` says otherwise.
const SEED: u8 = 3;

/// How often something came to pass.
#[derive(Default)]
pub(crate) struct Counts(RefCell<BTreeMap<String, usize>>);

impl Counts {
    pub(crate) fn add(&self, what: &str) {
        *self.0.borrow_mut().entry(what.to_owned()).or_default() += 1;
    }

    fn print(&self) {
        for (what, count) in &*self.0.borrow() {
            eprintln!("{count:>7}  {what}");
        }
    }
}

/// Whether a law holds for many pairs where time is given, for few otherwise.
pub(crate) fn run(few: u32, law: impl Fn(&Recipe, &Counts) -> Result<(), TestCaseError>) {
    let cases = match std::env::var("CONTRACT_LONG") {
        Ok(said) => said.parse().unwrap_or(1).max(5_000),
        Err(_) => few,
    };
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let counts = Counts::default();
    let seed = std::env::var("CONTRACT_SEED");
    let seed = seed.map_or(SEED, |said| said.parse().expect("a number up to 255"));
    // The same pairs in every run.
    let mut runner = TestRunner::new_with_rng(
        config,
        TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
    );
    let done = runner.run(&recipes(), |recipe| law(&recipe, &counts));
    counts.print();
    if let Err(error) = done {
        panic!("{error}");
    }
}
