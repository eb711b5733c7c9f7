//! The labelled cases of `$CONTRACT_CORPUS/inclusion/cases.jsonl.gz`: how many the prover decides, and that none is wrong.
//!
//! `CONTRACT_CORPUS=... cargo test --release --test inclusion -- --nocapture` prints the scores.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the scores are for people, and a skipped test says why"
)]

use contract::{
    inclusion::{Prover, Side, Value},
    spec::{Assume, Bundle, Draft, Lowering, Unavailable},
};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
    time::{Duration, Instant},
};

/// One labelled pair.
struct Case {
    id: String,
    source: String,
    draft: Draft,
    schemas: [Json; 2],
    small: Bundle,
    large: Bundle,
    included: bool,
    witness: Option<Json>,
}

fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("CONTRACT_CORPUS") else {
        eprintln!("skipped for the corpus: CONTRACT_CORPUS is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("inclusion/cases.jsonl.gz");
    if !path.exists() {
        eprintln!("skipped for the corpus: it has no inclusion/cases.jsonl.gz");
        return None;
    }
    Some(path)
}

fn cases() -> Vec<Case> {
    let Some(path) = corpus() else {
        return Vec::new();
    };
    let file = File::open(path).expect("readable");
    BufReader::new(flate2::read::GzDecoder::new(file))
        .lines()
        .map(|line| case(&line.expect("readable")))
        .collect()
}

fn case(line: &str) -> Case {
    let json: Json = serde_json::from_str(line).expect("JSON");
    let text = |key: &str| json[key].as_str().expect("a string").to_owned();
    let draft = Draft::ALL
        .into_iter()
        .find(|draft| draft.word() == text("draft"))
        .expect("a draft");
    Case {
        id: text("id"),
        source: text("source"),
        draft,
        schemas: [json["s1"].clone(), json["s2"].clone()],
        small: bundle(&json["s1"], draft),
        large: bundle(&json["s2"], draft),
        included: json["included"].as_bool().expect("a label"),
        witness: json.get("witness").cloned(),
    }
}

fn bundle(schema: &Json, draft: Draft) -> Bundle {
    let assume = Assume {
        schema: true,
        draft: Some(draft),
    };
    Bundle::load("schema.json", "schema.json", assume, &|path: &str| {
        if path == "schema.json" {
            return Ok(schema.to_string().into_bytes());
        }
        Err(Unavailable {
            message: format!("no such file: {path}"),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

/// The validators of both schemas.
fn validators(case: &Case) -> [jsonschema::Validator; 2] {
    let draft = match case.draft {
        Draft::D4 => jsonschema::Draft::Draft4,
        Draft::D6 => jsonschema::Draft::Draft6,
        Draft::D7 => jsonschema::Draft::Draft7,
        Draft::D2019 => jsonschema::Draft::Draft201909,
        Draft::D2020 => jsonschema::Draft::Draft202012,
    };
    case.schemas.each_ref().map(|schema| {
        jsonschema::options()
            .with_draft(draft)
            .should_validate_formats(false)
            .build(schema)
            .unwrap_or_else(|error| panic!("{}: {error}", case.id))
    })
}

/// Whether a validator, too, puts a value into the first schema and not into the second.
fn is_confirmed(case: &Case, value: &Value) -> bool {
    let value = Json::from(value);
    let [small, large] = validators(case);
    small.is_valid(&value) && !large.is_valid(&value)
}

/// Answers of one kind.
#[derive(Default)]
struct Score {
    right: usize,
    unknown: usize,
    wrong: Vec<String>,
    /// A witness that the validator confirms, where the label says that there is none.
    label: Vec<String>,
}

fn print(title: &str, scores: &BTreeMap<String, Score>) {
    println!("\n{title:<40} right  unknown  wrong  label wrong");
    for (name, score) in scores {
        println!(
            "{name:<40} {:>5} {:>8} {:>6} {:>12}",
            score.right,
            score.unknown,
            score.wrong.len(),
            score.label.len()
        );
    }
}

fn print_times(mut times: Vec<(Duration, String)>) {
    times.sort();
    let Some(last) = times.len().checked_sub(1) else {
        return;
    };
    println!();
    for (name, place) in [
        ("median", last / 2),
        ("p99", last * 99 / 100),
        ("most", last),
    ] {
        println!("{name:<8} {:>12?}  {}", times[place].0, times[place].1);
    }
}

#[test]
fn no_answer_is_wrong() {
    let mut by_source: BTreeMap<String, Score> = BTreeMap::new();
    let mut reasons: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut times = Vec::new();
    let cases = cases();
    for case in &cases {
        let start = Instant::now();
        let mut prover = Prover::default();
        let small = Lowering::new(&case.small, false).node(prover.arena(), case.small.root(), None);
        let large = Lowering::new(&case.large, false).node(prover.arena(), case.large.root(), None);
        let answer = prover.included(small, large);
        times.push((start.elapsed(), case.id.clone()));
        let score = by_source.entry(case.source.clone()).or_default();
        match answer {
            Side::Included(_) if case.included => score.right += 1,
            Side::Included(proof) => score.wrong.push(format!("{} {proof:?}", case.id)),
            Side::NotIncluded(value) if !is_confirmed(case, &value) => {
                score.wrong.push(format!("{} {value}", case.id));
            }
            Side::NotIncluded(_) if !case.included => score.right += 1,
            Side::NotIncluded(value) => score.label.push(format!("{} {value}", case.id)),
            Side::Unknown { reason, .. } => {
                score.unknown += 1;
                let held = reasons
                    .entry(reason.0.into_owned())
                    .or_insert_with(|| (0, case.id.clone()));
                held.0 += 1;
            }
        }
    }
    print("source", &by_source);
    println!();
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (reason, (count, id)) in reasons {
        println!("{count:>6}  {reason}  ({id})");
    }
    print_times(times);
    for label in by_source.values().flat_map(|score| &score.label) {
        println!("the label is wrong, as the validator confirms: {label}");
    }
    let wrong: Vec<&String> = by_source.values().flat_map(|score| &score.wrong).collect();
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

#[test]
fn given_witnesses_tell_the_schemas_apart() {
    let mut seen: BTreeMap<String, Score> = BTreeMap::new();
    for case in cases() {
        let Some(witness) = &case.witness else {
            continue;
        };
        let Some(value) = Value::from_json(witness) else {
            continue;
        };
        let mut prover = Prover::default();
        let arena = prover.arena();
        let small = Lowering::new(&case.small, false).node(arena, case.small.root(), None);
        let large = Lowering::new(&case.large, false).node(arena, case.large.root(), None);
        let answers = (prover.holds(small, &value), prover.holds(large, &value));
        let score = seen.entry(case.source.clone()).or_default();
        match answers {
            (Some(true), Some(false)) => score.right += 1,
            (Some(false), _) | (_, Some(true)) => {
                score.wrong.push(format!("{} {answers:?}", case.id));
            }
            (None, _) | (_, None) => score.unknown += 1,
        }
    }
    print("witnesses", &seen);
    let wrong: Vec<&String> = seen.values().flat_map(|score| &score.wrong).collect();
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

/// How many values try to refute each proof: what `CONTRACT_LONG` says, or 1,000 where it says no number above 1.
fn attempts() -> Option<usize> {
    let Some(said) = std::env::var_os("CONTRACT_LONG") else {
        eprintln!("skipped the refutation of proofs: CONTRACT_LONG is not set");
        return None;
    };
    let number = said.to_str().and_then(|said| said.parse().ok());
    Some(number.filter(|number| *number > 1).unwrap_or(1_000))
}

#[test]
fn no_instance_refutes_a_proof() {
    let Some(attempts) = attempts() else {
        return;
    };
    let (mut proofs, mut tried, mut silent) = (0, 0, 0);
    let mut refuted = Vec::new();
    for case in cases() {
        let mut prover = Prover::default();
        let small = Lowering::new(&case.small, false).node(prover.arena(), case.small.root(), None);
        let large = Lowering::new(&case.large, false).node(prover.arena(), case.large.root(), None);
        let Side::Included(proof) = prover.included(small, large) else {
            continue;
        };
        proofs += 1;
        let [first, second] = validators(&case);
        let samples = prover.samples(small, attempts, 11);
        silent += usize::from(samples.is_empty());
        tried += samples.len();
        let against = samples.iter().find(|sample| {
            let json = Json::from(*sample);
            first.is_valid(&json) && !second.is_valid(&json)
        });
        if let Some(value) = against {
            refuted.push(format!("{} {proof:?} but {value}", case.id));
        }
    }
    println!("{proofs} proofs, {tried} values tried, none found for {silent}");
    assert!(refuted.is_empty(), "refuted: {refuted:#?}");
}
