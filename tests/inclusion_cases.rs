//! Our own labelled pairs in `fixtures/inclusion`, a file for each topic: the prover decides each of them, and rightly.
//!
//! A line is `{name, draft, old, new, included}`. `draft` is one draft, several, or `"all"`; `back` is the label of the
//! other direction; `undecided: true` marks what the prover cannot decide, which is not one case more or less than so marked.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use common::sets;
use contract::{
    inclusion::{Prover, Side},
    spec::{Draft, Lowering},
};
use serde::Deserialize;
use serde_json::Value as Json;
use std::{collections::BTreeSet, fs, path::Path};

/// A labelled pair.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    draft: Drafts,
    old: Json,
    new: Json,
    /// Whether every value of `old` belongs to `new`.
    included: bool,
    /// Whether every value of `new` belongs to `old`.
    back: Option<bool>,
    #[serde(default)]
    undecided: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Drafts {
    One(String),
    Several(Vec<String>),
}

impl Drafts {
    fn list(&self) -> Vec<Draft> {
        match self {
            Self::One(all) if all == "all" => Draft::ALL.to_vec(),
            Self::One(word) => vec![sets::draft(word)],
            Self::Several(words) => words.iter().map(|word| sets::draft(word)).collect(),
        }
    }
}

/// The cases of one topic.
fn cases(topic: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/inclusion")
        .join(topic)
        .with_extension("jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{topic}: {error}"));
    (1..)
        .zip(text.lines())
        .map(|(line, text)| {
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{topic}:{line}: {error}"))
        })
        .collect()
}

/// What is wrong with the answer to one question; nothing when it is the expected one.
fn fault(draft: Draft, schemas: [&Json; 2], expected: Option<bool>) -> Option<String> {
    let bundles = schemas.map(|schema| sets::schema(schema, draft));
    let mut prover = Prover::default();
    let [small, large] = bundles
        .each_ref()
        .map(|bundle| Lowering::new(bundle, false).node(prover.arena(), bundle.root(), None));
    match (prover.included(small, large), expected) {
        (Side::Included(_), Some(true)) | (Side::Unknown { .. }, None) => None,
        (Side::NotIncluded(value), Some(false)) => (!sets::tells_apart(draft, schemas, &value))
            .then(|| format!("the validator does not confirm {value}")),
        (answer, _) => Some(format!("expected {expected:?}, found {answer:?}")),
    }
}

fn check(topic: &str) {
    let mut wrong = Vec::new();
    for case in cases(topic) {
        for draft in case.draft.list() {
            let label = (!case.undecided).then_some(case.included);
            let mut note = |way: &str, fault: Option<String>| {
                wrong.extend(
                    fault.map(|fault| format!("{} ({} {way}): {fault}", case.name, draft.word())),
                );
            };
            note("there", fault(draft, [&case.old, &case.new], label));
            if let Some(back) = case.back {
                note("back", fault(draft, [&case.new, &case.old], Some(back)));
            }
        }
    }
    assert!(wrong.is_empty(), "{topic}:\n{}", wrong.join("\n"));
}

macro_rules! topics {
    ($($topic:ident)+) => {
        $(
            #[test]
            fn $topic() {
                check(stringify!($topic));
            }
        )+

        #[test]
        fn every_topic_is_checked() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inclusion");
            let held: BTreeSet<String> = fs::read_dir(folder)
                .expect("fixtures/inclusion is there")
                .filter_map(|entry| entry.expect("readable").file_name().into_string().ok())
                .collect();
            let checked: BTreeSet<String> = [$(concat!(stringify!($topic), ".jsonl")),+].map(str::to_owned).into();
            assert_eq!(held, checked);
        }
    };
}

topics! {
    annotations arrays combinations conditions constants contains numbers objects recursion references strings types
    unevaluated unique
}

#[test]
fn names_are_used_once() {
    for topic in ["numbers", "objects"] {
        let mut names = BTreeSet::new();
        for case in cases(topic) {
            assert!(names.insert(case.name.clone()), "{topic}: {}", case.name);
        }
    }
}
