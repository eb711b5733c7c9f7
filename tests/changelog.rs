//! `contract changelog`: what is told of a change, how consumers follow, and whether the version says so.

mod common;

use common::governed::{Repo, orders};
use serde_json::{Value, json};

const DOCUMENTS: [&str; 5] = [
    "changelog",
    "main:contracts/orders.yaml",
    "contracts/orders.yaml",
    "--today",
    "2026-06-02",
];

/// The contract with `total` and one more member, at a version.
fn at(version: &str, members: &[&str]) -> String {
    orders(members).replace("version: '1'", &format!("version: '{version}'"))
}

fn published(version: &str, members: &[&str]) -> Repo {
    let repo = Repo::new();
    repo.write("contracts/orders.yaml", &at(version, members))
        .commit("Publish orders", "2026-03-01");
    repo
}

const TOTAL: &str = "total: {type: string}";
const NOTE: &str = "note: {type: string}";
const OLD: &str = "old: {type: string, deprecated: true, x-deprecation: {since: \"2026-03-01\", sunset: \"2026-06-01\", \
                   replacement: 'op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total', \
                   reason: a sum is enough, guide: docs/migration.md}}";

#[test]
fn a_removal_is_told_with_all_that_helps_to_follow() {
    let repo = published("1.4.0", &[TOTAL, OLD]);
    repo.write("contracts/orders.yaml", &at("2.0.0", &[TOTAL, NOTE]));
    repo.contract(&DOCUMENTS).is(
        0,
        r#"# Changelog of `contracts/orders.yaml`

## [2.0.0] - 2026-06-02

From `main:contracts/orders.yaml` to `contracts/orders.yaml`.

`info.version` is `2.0.0`, formerly `1.4.0`, a major step: the changes ask for a major step.

### Added

- the application/json body of GET /v1/orders/{id} has a new optional member `note` (`contracts/orders.yaml:18`)

### Removed

- **Breaking:** the application/json body of GET /v1/orders/{id} no longer has member `old` (`contracts/orders.yaml:13`)

### Migration guide

#### the application/json body of GET /v1/orders/{id} no longer has member `old`

- Where: `op:GET /v1/orders/{} > resp:200 > media:application/json > body > .old`
- Window: deprecated since 2026-03-01, and announced to go from 2026-06-01 on
- Use instead: `op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total`
- Guide: `docs/migration.md`
- Because: a sum is enough
- Without a break: Deprecate the member first, and remove it when its window has passed and nobody uses it.
- Change: `cf1:8913cf9df187`, rule `property-removed`

Before:

```json
{
  "type": "string",
  "deprecated": true,
  "x-deprecation": {
    "since": "2026-03-01",
    "sunset": "2026-06-01",
    "replacement": "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total",
    "reason": "a sum is enough",
    "guide": "docs/migration.md"
  }
}
```

After: nothing
"#,
        "",
    );
}

#[test]
fn a_version_that_moves_too_little_fails() {
    for (new, members, code, message) in [
        (
            "1.4.0",
            &[TOTAL][..],
            0,
            "`info.version` is `1.4.0`, and nothing asks for another",
        ),
        (
            "1.4.0",
            &[TOTAL, NOTE][..],
            1,
            "`info.version` is still `1.4.0`: the changes ask for a minor step, so write `1.5.0`",
        ),
        (
            "1.4.1",
            &[TOTAL, NOTE][..],
            1,
            "`info.version` is `1.4.1`, formerly `1.4.0`, a patch step: the changes ask for a minor step, so write `1.5.0`",
        ),
        (
            "1.5.0",
            &[TOTAL, NOTE][..],
            0,
            "`info.version` is `1.5.0`, formerly `1.4.0`, a minor step: the changes ask for a minor step",
        ),
        (
            "1.5.0",
            &[][..],
            1,
            "`info.version` is `1.5.0`, formerly `1.4.0`, a minor step: the changes ask for a major step, so write `2.0.0`",
        ),
        (
            "1.3.0",
            &[TOTAL][..],
            1,
            "`info.version` went back to `1.3.0`, formerly `1.4.0`: write `1.4.0`",
        ),
        (
            "2026-06-02",
            &[][..],
            0,
            "`info.version` is `2026-06-02`, formerly `1.4.0`: how far that is cannot be told, as not both are semantic versions; the changes ask for a major step",
        ),
    ] {
        let repo = published("1.4.0", &[TOTAL]);
        repo.write("contracts/orders.yaml", &at(new, members));
        let output = repo.contract(&[&DOCUMENTS[..], &["--format", "json"]].concat());
        output.ends(code);
        let told: Value = serde_json::from_str(&output.stdout).expect("JSON");
        assert_eq!(told["contracts"][0]["version"]["message"], message);
        assert_eq!(told["verdict"], if code == 0 { "pass" } else { "fail" });
        let quiet = [&DOCUMENTS[..], &["--fail-on", "never"]].concat();
        repo.contract(&quiet).ends(0);
    }
}

#[test]
fn words_alone_ask_for_a_patch_and_only_warn() {
    let repo = published("1.4.0", &[TOTAL]);
    let reworded = at("1.4.0", &[TOTAL]).replace("An order", "One order");
    repo.write("contracts/orders.yaml", &reworded);
    repo.contract(&DOCUMENTS).is(
        0,
        "# Changelog of `contracts/orders.yaml`\n\n## [Unreleased]\n\n\
         From `main:contracts/orders.yaml` to `contracts/orders.yaml`.\n\n\
         **Warning:** `info.version` is still `1.4.0`: the changes ask for a patch step, so write `1.4.1`.\n\n\
         Nothing changed that consumers notice.\n\n\
         1 more change that nobody has to notice; `-v` tells more.\n",
        "",
    );
    let strict = [&DOCUMENTS[..], &["--fail-on", "warning"]].concat();
    repo.contract(&strict).ends(1);
}

#[test]
fn a_tree_is_told_between_two_commits_with_the_window_of_its_policy() {
    let repo = Repo::governed();
    repo.git(&["tag", "v1"], "2026-03-01");
    repo.write("contracts/orders.yaml", &at("2", &[TOTAL]));
    repo.commit("Remove what is old", "2026-06-02");
    let legacy = "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal";
    let args = [
        "changelog",
        "--base",
        "v1",
        "--format",
        "json",
        "--today",
        "2026-06-02",
    ];
    for head in [&[][..], &["--head", "main"][..]] {
        let output = repo.contract(&[&args[..], head].concat());
        output.ends(0);
        let told: Value = serde_json::from_str(&output.stdout).expect("JSON");
        let one = &told["contracts"][0];
        assert_eq!(one["contract"], "orders");
        assert_eq!(one["migrations"][0]["elements"], json!([legacy]));
        assert_eq!(
            one["migrations"][0]["window"],
            json!({"since": "2026-03-01", "sunset": "2026-06-01", "days": 90})
        );
        assert_eq!(one["migrations"][0]["replacement"], "none");
        assert_eq!(one["version"]["moved"], "major");
    }
}

#[test]
fn one_document_is_too_few() {
    let repo = published("1.4.0", &[TOTAL]);
    repo.contract(&["changelog", "contracts/orders.yaml"]).is(
        2,
        "",
        "error: a changelog tells of two documents, and one is named\n  \
         help: name OLD and NEW; or give --base, which looks for contracts below each PATH\n",
    );
    repo.contract(&["changelog", "--base", "contracts", "--head", "main"])
        .ends(2);
}
