//! What one question costs: a few pairs that stand for many, and all of `$CONTRACT_CORPUS/inclusion/cases.jsonl.gz` once,
//! with the median, the 99th percentile, and the most.

#![allow(
    missing_docs,
    reason = "the macros of the harness write undocumented functions"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the corpus is read from disk, and its figures are for people"
)]

use contract::{
    inclusion::{Prover, Side},
    spec::{Assume, Bundle, Draft, Lowering, Unavailable},
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use serde_json::Value;
use std::{
    fs::File,
    hint::black_box,
    io::{BufRead, BufReader},
    path::PathBuf,
    time::{Duration, Instant},
};

/// Pairs of draft 2020-12: what is asked, the first schema, the second.
const PAIRS: [(&str, &str, &str); 8] = [
    (
        "object",
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "size": {"type": "integer", "maximum": 9}}, "required": ["id"]}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "size": {"type": "integer", "maximum": 10}}}"#,
    ),
    (
        "closed",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}"#,
    ),
    (
        "branches",
        r#"{"oneOf": [{"required": ["k"], "properties": {"k": {"const": "a"}, "n": {"type": "integer"}}}, {"required": ["k"], "properties": {"k": {"const": "b"}}}]}"#,
        r#"{"anyOf": [{"required": ["k"], "properties": {"k": {"const": "b"}}}, {"required": ["k"], "properties": {"k": {"const": "a"}, "n": {"type": "number"}}}]}"#,
    ),
    (
        "pattern",
        r#"{"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}$"}"#,
        r#"{"type": "string", "pattern": "^[0-9a-f-]+$", "maxLength": 13}"#,
    ),
    (
        "multiple",
        r#"{"type": "number", "multipleOf": 0.3, "minimum": 0, "maximum": 100}"#,
        r#"{"type": "number", "multipleOf": 0.1}"#,
    ),
    (
        "contains",
        r#"{"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": true, "minItems": 3}"#,
        r#"{"type": "array", "contains": {"const": 2}, "maxItems": 3}"#,
    ),
    (
        "recursive",
        r##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"$ref": "#/$defs/n"}, "v": {"type": "integer"}}, "required": ["v"]}}}"##,
        r##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"$ref": "#/$defs/n"}, "v": {"type": "number"}}}}}"##,
    ),
    (
        "unevaluated",
        r#"{"allOf": [{"properties": {"a": {}}}, {"anyOf": [{"properties": {"b": {"type": "null"}}}, {"required": ["c"]}]}], "unevaluatedProperties": false}"#,
        r#"{"properties": {"a": {}, "b": {"type": "null"}}, "additionalProperties": false}"#,
    ),
];

fn bundle(schema: &str, draft: Draft) -> Bundle {
    let assume = Assume {
        schema: true,
        draft: Some(draft),
    };
    Bundle::load(
        "schema.json",
        "schema.json",
        assume,
        &|path: &str| -> Result<Vec<u8>, Unavailable> {
            if path == "schema.json" {
                return Ok(schema.as_bytes().to_vec());
            }
            Err(Unavailable {
                message: format!("no such file: {path}"),
                help: None,
                refused: false,
                exit: 2,
            })
        },
    )
    .expect("a schema loads")
}

/// Lowers both and asks.
fn answer(small: &Bundle, large: &Bundle) -> Side {
    let mut prover = Prover::default();
    let small = Lowering::new(small, false).node(prover.arena(), small.root(), None);
    let large = Lowering::new(large, false).node(prover.arena(), large.root(), None);
    prover.included(small, large)
}

fn pairs(c: &mut Criterion) {
    let mut group = c.benchmark_group("inclusion");
    for (name, small, large) in PAIRS {
        let both = (bundle(small, Draft::D2020), bundle(large, Draft::D2020));
        for (way, one, other) in [("there", &both.0, &both.1), ("back", &both.1, &both.0)] {
            group.bench_with_input(
                BenchmarkId::new(name, way),
                &(one, other),
                |b, (one, other)| {
                    b.iter(|| black_box(answer(one, other)));
                },
            );
        }
    }
    group.finish();
}

/// The labelled cases, once each.
fn corpus(_: &mut Criterion) {
    let Some(folder) = std::env::var_os("CONTRACT_CORPUS") else {
        println!("skipped the corpus: CONTRACT_CORPUS is not set");
        return;
    };
    let path = PathBuf::from(folder).join("inclusion/cases.jsonl.gz");
    let Ok(file) = File::open(&path) else {
        println!("skipped the corpus: no {}", path.display());
        return;
    };
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let mut times: Vec<(Duration, String)> =
        lines.map(|line| time(&line.expect("readable"))).collect();
    times.sort();
    let Some(last) = times.len().checked_sub(1) else {
        return;
    };
    let total: Duration = times.iter().map(|(time, _)| *time).sum();
    println!("inclusion/corpus: {} cases in {total:?}", times.len());
    for (name, place) in [
        ("median", last / 2),
        ("p99", last * 99 / 100),
        ("most", last),
    ] {
        let (time, id) = &times[place];
        println!("  {name:<8} {time:>12?}  {id}");
    }
}

/// How long lowering and asking take; reading the schemas does not count.
fn time(line: &str) -> (Duration, String) {
    let json: Value = serde_json::from_str(line).expect("JSON");
    let draft = Draft::ALL
        .into_iter()
        .find(|draft| json["draft"] == draft.word())
        .expect("a draft");
    let (small, large) = (
        bundle(&json["s1"].to_string(), draft),
        bundle(&json["s2"].to_string(), draft),
    );
    let start = Instant::now();
    black_box(answer(&small, &large));
    let id = json["id"].as_str().unwrap_or_default();
    (start.elapsed(), id.to_owned())
}

criterion_group!(benches, pairs, corpus);
criterion_main!(benches);
