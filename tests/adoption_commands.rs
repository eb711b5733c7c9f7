//! The commands that lead to a policy, and that look at what came of it, run as the real binary in real repositories.
//!
//! `SNAPSHOTS=overwrite cargo test --test adoption_commands` writes `adoption/expected/` anew; read the difference before
//! committing it.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests start the binary, and write the files it reads"
)]

#[allow(dead_code, reason = "each test file uses its own part")]
#[path = "common/governed.rs"]
mod governed;

#[path = "adoption/audit.rs"]
mod audit;
#[path = "adoption/deprecations.rs"]
mod deprecations;
#[path = "adoption/init.rs"]
mod init;
#[path = "adoption/settings.rs"]
mod settings;
#[path = "adoption/template.rs"]
mod template;

use governed::{Output, Repo};
use std::{env, fs, path::Path, process::Command};

/// Compares with a file of `adoption/expected/`; ids of the named commits are replaced by words.
#[track_caller]
fn matches(name: &str, found: &str, repo: &Repo, commits: &[(&str, &str)]) {
    let mut found = found.to_owned();
    for (rev, word) in commits {
        let id = id(repo, rev);
        found = found.replace(&id, word).replace(&id[..10], word);
    }
    matches_with(name, &found, &[]);
}

/// The same; these words of the moment are replaced by COMMIT.
#[track_caller]
fn matches_with(name: &str, found: &str, moment: &[&str]) {
    let mut found = found.to_owned();
    for word in moment {
        found = found.replace(word, "COMMIT");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/adoption/expected")
        .join(name);
    if env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&file, &found).expect("writable");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "{name} differs");
}

/// The id of a commit.
fn id(repo: &Repo, rev: &str) -> String {
    let mut git = Command::new("git");
    git.current_dir(repo.path()).args(["rev-parse", rev]);
    let output = governed::run(&mut git);
    output.ends(0).stdout.trim().to_owned()
}

/// A contract whose answer has an enum, and a member that only is deprecated.
const LIVELY: &str = "\
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /v1/orders:
    get:
      parameters:
        - name: page
          in: query
          schema: {type: integer}
          deprecated: true
          x-deprecation: {since: '2026-04-01', sunset: '2026-08-01', replacement: none, reason: cursors now, guide: docs/page.md}
        - name: limit
          in: query
          schema: {type: integer}
          deprecated: true
          x-deprecation: {since: '2026-12-01', sunset: '2027-04-01', replacement: 'op:GET /v1/orders > param:query:size'}
        - {name: size, in: query, schema: {type: integer}}
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Order'}}
  /v1/orders/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: An order
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: string}
        total: {type: string}
        legacyTotal: {type: string, deprecated: true}
        status:
          type: string
          enum: [OPEN, PENDING, DONE]
          x-enum-deprecations:
            PENDING: {since: '2026-10-01', sunset: '2027-01-01', replacement: none, reason: unused}
";

/// A repository whose contract deprecates in every way that there is.
fn lively() -> Repo {
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", LIVELY);
    repo.write("docs/page.md", "Use cursors.\n");
    repo.write(
        ".contract/consumers.yaml",
        "schema: contract.consumers/v1\n\
         consumers:\n\
         \x20 - {id: mobile-app, tier: critical, approvers: [dana@mobile], uses: [{contract: orders}]}\n\
         \x20 - {id: acme, approvers: [api@acme], uses: [{contract: orders, usage: usage/acme.yaml}]}\n",
    );
    repo.write(
        ".contract/usage/acme.yaml",
        "schema: contract.usage/v1\n\
         consumer: acme\n\
         contract: orders\n\
         source: declared\n\
         complete: true\n\
         operations:\n\
         \x20 - op: GET /v1/orders/{}\n\
         \x20   reads: {'200': ['.legacyTotal']}\n",
    );
    repo.write(
        ".contract/deprecations.yaml",
        "schema: contract.deprecations/v1\n\
         deprecations:\n\
         \x20 - contract: orders\n\
         \x20   element: 'op:GET /v1/orders > resp:200'\n\
         \x20   since: '2026-05-01'\n\
         \x20   sunset: '2026-11-10'\n\
         \x20 - contract: orders\n\
         \x20   element: 'op:GET /v1/orders > param:query:size'\n\
         \x20   kind: change\n\
         \x20   after: 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'\n\
         \x20   since: '2026-11-01'\n\
         \x20   sunset: '2027-02-01'\n\
         \x20 - contract: orders\n\
         \x20   element: 'op:GET /v1/orders > param:query:old'\n\
         \x20   since: '2026-01-01'\n\
         \x20   sunset: '2026-02-01'\n\
         \x20 - contract: orders\n\
         \x20   element: 'op:GET /v1/orders > resp:200 > media:application/json > body > [].legacyTotal'\n\
         \x20   grandfathered: true\n\
         \x20   sunset: unset\n\
         \x20 - contract: billing\n\
         \x20   element: 'contract:billing'\n\
         \x20   since: '2026-01-01'\n\
         \x20   sunset: '2026-02-01'\n",
    );
    repo
}

fn told(output: &Output) -> serde_json::Value {
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:#?}"))
}
