//! How the cost of a comparison grows: 100, 1,000, and 10,000 operations, each with an edit in every tenth schema.

#![allow(
    missing_docs,
    reason = "the macros of the harness write undocumented functions"
)]

use contract::{
    diff::{self, Options},
    judge,
    spec::{self, Assume, Bundle, Unavailable},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{fmt::Write, hint::black_box};

/// A JSON contract with `operations` operations, each with a request and a response schema that refer to each other.
fn contract(operations: usize, edited: bool) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for index in 0..operations {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(
            paths,
            r##"{comma}"/things{index}/{{id}}":{{"put":{{"operationId":"put{index}","parameters":[{{"name":"id","in":"path","required":true,"schema":{{"type":"string"}}}},{{"name":"limit","in":"query","schema":{{"type":"integer","maximum":100}}}}],"requestBody":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Thing{index}"}}}}}}}},"responses":{{"200":{{"description":"Done","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Thing{index}"}}}}}}}}}}}}}}"##
        );
        let next = (index + 1) % operations;
        let maximum = if edited && index % 10 == 0 { 50 } else { 100 };
        let _ = write!(
            schemas,
            r##"{comma}"Thing{index}":{{"type":"object","required":["id"],"properties":{{"id":{{"type":"string","maxLength":{maximum}}},"state":{{"type":"string","enum":["open","closed"]}},"tags":{{"type":"array","items":{{"type":"string"}}}},"next":{{"$ref":"#/components/schemas/Link{next}"}}}}}},"Link{index}":{{"type":"object","properties":{{"href":{{"type":"string"}}}}}}"##
        );
    }
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Things","version":"1"}},"paths":{{{paths}}},"components":{{"schemas":{{{schemas}}}}}}}"#
    )
}

fn load(text: &str) -> Bundle {
    Bundle::load(
        "things.json",
        "things.json",
        Assume::default(),
        &|_: &str| -> Result<Vec<u8>, Unavailable> { Ok(text.as_bytes().to_vec()) },
    )
    .expect("a generated contract loads")
}

fn compare(c: &mut Criterion) {
    let mut group = c.benchmark_group("diff");
    group.sample_size(10);
    for operations in [100, 1_000, 10_000] {
        let (old, new) = (contract(operations, false), contract(operations, true));
        group.throughput(Throughput::Elements(operations as u64));
        group.bench_with_input(BenchmarkId::new("read", operations), &old, |b, text| {
            b.iter(|| black_box(load(text).files.len()));
        });
        group.bench_with_input(BenchmarkId::new("same", operations), &old, |b, text| {
            b.iter(|| black_box(findings(text, text)));
        });
        group.bench_with_input(
            BenchmarkId::new("edited", operations),
            &(&old, &new),
            |b, (old, new)| {
                b.iter(|| black_box(findings(old, new)));
            },
        );
    }
    group.finish();
}

fn findings(old: &str, new: &str) -> usize {
    let (old, new) = (load(old), load(new));
    let (before, after) = (spec::read(&old), spec::read(&new));
    judge::judge(&diff::compare(&before, &after, Options::default())).len()
}

criterion_group!(benches, compare);
criterion_main!(benches);
