//! How long the gate takes: two hundred contracts, two thousand sign-offs, and one contract that changed.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "a benchmark builds a repository and starts the program"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::{
    fmt::Write,
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
};

const CONTRACTS: usize = 200;
const OPERATIONS: usize = 20;
const CONSUMERS: usize = 40;
const SIGNOFFS: usize = 2_000;

/// One API of twenty operations and as many schemas.
fn contract(number: usize) -> String {
    let mut text = format!("openapi: 3.0.3\ninfo: {{title: API {number}, version: '1'}}\npaths:\n");
    for operation in 0..OPERATIONS {
        let _ = write!(
            text,
            "  /v1/things{operation}/{{id}}:\n    get:\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
             responses:\n        '200':\n          description: A thing\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/T{operation}'}}}}}}\n"
        );
    }
    text.push_str("components:\n  schemas:\n");
    for schema in 0..OPERATIONS {
        let _ = write!(
            text,
            "    T{schema}:\n      type: object\n      required: [id]\n      properties:\n        id: {{type: string}}\n        name: {{type: string, maxLength: 40}}\n        \
             items: {{type: array, items: {{type: object, properties: {{sku: {{type: string}}, count: {{type: integer, minimum: 0}}}}}}}}\n"
        );
    }
    text
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    fs::write(path, text).expect("writable");
}

fn repository(root: &Path) {
    let mut policy = String::from(
        "schema: contract.policy/v1\nteams:\n  owners: {principals: [sam@owners]}\ncontracts:\n",
    );
    for number in 0..CONTRACTS {
        write(
            root,
            &format!("apis/{number}/openapi.yaml"),
            &contract(number),
        );
        let _ = writeln!(
            policy,
            "  - {{id: api-{number}, path: apis/{number}/openapi.yaml, owner: owners, closed: true}}"
        );
    }
    write(root, ".contract/contract.yaml", &policy);
    let mut registry = String::from("schema: contract.consumers/v1\nconsumers:\n");
    for consumer in 0..CONSUMERS {
        let uses: Vec<String> = (0..10)
            .map(|step| format!("{{contract: api-{}}}", (consumer * 5 + step) % CONTRACTS))
            .collect();
        let _ = writeln!(
            registry,
            "  - {{id: app-{consumer}, approvers: [p{consumer}@app], uses: [{}]}}",
            uses.join(", ")
        );
    }
    write(root, ".contract/consumers.yaml", &registry);
    for number in 0..SIGNOFFS {
        let consumer = number % CONSUMERS;
        let contract = (consumer * 5) % CONTRACTS;
        let text = format!(
            "schema: contract.signoff/v1\nconsumer: app-{consumer}\napprover: p{consumer}@app\ndecision: accept\ncontract: api-{contract}\nchanges:\n  \
             - {{fingerprint: \"cf1:{number:040x}\", rule: property-removed, element: \"op:GET /v1/things1/{{}} > resp:200 > media:application/json > body > .old{number}\"}}\n\
             reason: not read\nissued: \"2026-10-01\"\nexpires: \"2027-02-01\"\n"
        );
        write(
            root,
            &format!(".contract/signoffs/app-{consumer}/{number}.yaml"),
            &text,
        );
    }
    git(root, &["init", "--quiet", "--initial-branch=main", "."]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "Publish"]);
    let changed = contract(7).replacen("        name: {type: string, maxLength: 40}\n", "", 1);
    write(root, "apis/7/openapi.yaml", &changed);
}

fn git(root: &Path, args: &[&str]) {
    let status = Command::new("git")
        .current_dir(root)
        .args([
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .env("GIT_COMMITTER_DATE", "2026-10-05T00:00:00Z")
        .status()
        .expect("git is installed");
    assert!(status.success(), "git {args:?}");
}

fn gate(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    repository(folder.path());
    criterion.bench_function("gate/200 contracts, 2000 sign-offs, 1 change", |bencher| {
        bencher.iter(|| {
            let status = Command::new(env!("CARGO_BIN_EXE_contract"))
                .current_dir(folder.path())
                .args([
                    "check",
                    "--base",
                    "HEAD",
                    "--today",
                    "2026-11-20",
                    "--quiet",
                ])
                .env_remove("CI")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .expect("it starts");
            assert_eq!(black_box(status).code(), Some(1), "the removal is refused");
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = gate
}
criterion_main!(benches);
