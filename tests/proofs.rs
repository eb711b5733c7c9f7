//! What the proof engine makes of edits whose shape misleads: `fixtures/proofs/<case>/{old,new}.yaml` gives exactly the
//! findings of `expected.txt`, with what each verdict rests on.
//!
//! A bare schema is mounted in a request and in a response. `SNAPSHOTS=overwrite cargo test --test proofs` writes
//! `expected.txt` anew; read the difference before committing it.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{
    diff::Options,
    judge::{Finding, Proof},
    variance::Verdict,
};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/proofs");
    let mut folders: Vec<_> = fs::read_dir(&root)
        .expect("fixtures/proofs is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    folders.sort();
    folders
}

fn line(finding: &Finding) -> String {
    let word = |verdict: Option<Verdict>| verdict.map_or("-", Verdict::word);
    let proof = match &finding.proof {
        Proof::Witness(witness) => format!(
            "witness {} `{}` at \"{}\"",
            witness.payload, witness.keyword, witness.at
        ),
        Proof::Undecided(reason) => format!("undecided: {reason}"),
        other => other.word().to_owned(),
    };
    format!(
        "{} input {} output {} :: {proof}\n",
        finding.rule.id,
        word(finding.input),
        word(finding.output),
    )
}

#[test]
fn every_fixture_gives_exactly_its_findings_and_proofs() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = String::new();
    for folder in folders() {
        let side = |name: &str| {
            let text = fs::read_to_string(folder.join(name)).expect("both sides are there");
            common::bundle("fixture", &common::mounted(&text))
        };
        let (old, new) = (side("old.yaml"), side("new.yaml"));
        let mut found = String::new();
        common::each(&old, &new, Options::default(), &mut |finding| {
            found.push_str(&line(finding));
        });
        let file = folder.join("expected.txt");
        if overwrite {
            fs::write(&file, &found).expect("writable");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            let name = folder.file_name().unwrap_or_default().display();
            let _ = write!(wrong, "--- {name}\nexpected\n{expected}found\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_break_beneath_not_is_shown_as_the_request_that_carries_it() {
    let version = |values: &str| {
        let schema = format!(
            "type: object\nproperties:\n  state: {{type: string, not: {{enum: [{values}]}}}}\n"
        );
        common::bundle("fixture", &common::mounted(&schema))
    };
    let mut shown = Vec::new();
    common::each(
        &version("lost"),
        &version("lost, late"),
        Options::default(),
        &mut |finding| {
            if let Proof::Witness(witness) = &finding.proof {
                let exchange = witness.exchange.as_ref().expect("an API");
                shown.push(format!("{}\n{}", exchange.text, exchange.why));
            }
        },
    );
    let expected = "POST /fixture\ncontent-type: application/json\n{\"state\":\"late\"}\n`not` at /state of the request body";
    assert_eq!(shown, [expected]);
}
