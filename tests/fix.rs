//! `contract check --fix`: what can be mended without a decision, in the file's own words.

#![allow(
    clippy::disallowed_methods,
    reason = "a test runs git and looks at files"
)]

mod common;

use common::governed::{Repo, deprecated, orders, run};
use std::process::{Command, Stdio};

const TODAY: &str = "2026-06-02";
const FILE: &str = "contracts/orders.yaml";

/// A contract whose schemas people have laid out and commented.
const YAML: &str = "\
# The orders API. Do not reformat.
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
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
  /v1/orders:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Draft'}
      responses:
        '201': {description: Made}
components:
  schemas:
    Order:
      type: object
      required: [id, total]   # what is always there
      properties:
        id: {type: string}
        # Money as text.
        total:
          type: string   # decimal
          pattern: '^[0-9]+$'
        note: {type: string}
    Draft:
      type: object
      additionalProperties: false
      properties:
        channel:
          type: string
          enum:
            # where it comes from
            - web
            - phone   # by a person
            - fax
";

fn write(repo: &Repo, text: &str) {
    repo.write(FILE, text).git(&["add", "--all"], "2026-06-01");
}

/// What a deprecation has to say beside its dates, to the policy of these tests.
const NOTHING: &str = "deprecation: {require_replacement: false, require_guide: []}\n";

/// A repository with a policy that asks of a deprecation no more than its dates.
fn easy() -> Repo {
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(".contract/contract.yaml", &(policy + NOTHING))
        .commit("Ask for dates only", "2026-04-01");
    repo
}

/// The same with this contract on the base.
fn publishes(text: &str) -> Repo {
    let repo = easy();
    repo.write(FILE, text).commit("Publish", "2026-05-01");
    repo
}

/// A repository without a policy.
fn plain(file: &str, text: &str) -> Repo {
    let repo = Repo::new();
    repo.write(file, text).commit("Publish", "2026-05-01");
    repo
}

const FIX: [&str; 4] = ["check", "--fix", "--today", TODAY];

#[test]
fn what_is_gone_comes_back_deprecated_until_the_earliest_lawful_day() {
    let repo = publishes(YAML);
    let broken = YAML
        .replace(", total]", "]")
        .replace(
            "        total:\n          type: string   # decimal\n          pattern: '^[0-9]+$'\n",
            "",
        )
        .replace("            - phone   # by a person\n", "");
    write(&repo, &broken);
    let diff = "\
--- a/contracts/orders.yaml
+++ b/contracts/orders.yaml
@@ -24,10 +24,17 @@
   schemas:
     Order:
       type: object
-      required: [id]   # what is always there
+      required: [id, total]   # what is always there
       properties:
         id: {type: string}
         # Money as text.
+        total:
+          type: string   # decimal
+          pattern: '^[0-9]+$'
+          deprecated: true
+          x-deprecation:
+            since: \"2026-06-02\"
+            sunset: \"2026-08-31\"
         note: {type: string}
     Draft:
       type: object
@@ -38,4 +45,9 @@
           enum:
             # where it comes from
             - web
+            - phone   # by a person
             - fax
+          x-enum-deprecations:
+            phone:
+              since: \"2026-06-02\"
+              sunset: \"2026-08-31\"
";
    let args = [&FIX[..], &["--dry-run"]].concat();
    repo.contract(&args).is(
        1,
        diff,
        "would fix contracts/orders.yaml: member `total` is back, deprecated until 2026-08-31\n\
         would fix contracts/orders.yaml: the value \"phone\" is back, deprecated until 2026-08-31\n\
         with that, nothing fails any more\n",
    );
    assert_eq!(repo.read(FILE), broken);
    let fixed = repo.contract(&FIX);
    fixed.ends(0);
    let told: Vec<&str> = fixed.stderr.lines().take(2).collect();
    assert_eq!(
        told,
        [
            "fixed contracts/orders.yaml: member `total` is back, deprecated until 2026-08-31",
            "fixed contracts/orders.yaml: the value \"phone\" is back, deprecated until 2026-08-31",
        ]
    );
    // The diff that was shown is what was done.
    let written = repo.read(FILE);
    write(&repo, &broken);
    let mut git = Command::new("git");
    git.current_dir(repo.path()).args(["apply", "-"]);
    let mut git = git.stdin(Stdio::piped()).spawn().expect("git is installed");
    let mut pipe = git.stdin.take().expect("it is piped");
    std::io::Write::write_all(&mut pipe, diff.as_bytes()).expect("git reads it");
    drop(pipe);
    assert!(git.wait().expect("it ends").success());
    assert_eq!(repo.read(FILE), written);
}

#[test]
fn what_only_a_person_knows_is_not_made_up() {
    let repo = Repo::governed();
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    let with = |total: &str| orders(&[total, &legacy]);
    write(&repo, &with("other: {type: string}"));
    let fixed = repo.contract(&FIX);
    fixed.ends(0);
    assert_eq!(
        fixed.stderr.lines().next(),
        Some(
            "fixed contracts/orders.yaml: member `total` is back, and not deprecated: the policy asks for more than dates"
        )
    );
    assert_eq!(
        repo.read(FILE),
        orders(&["total: {type: string}", "other: {type: string}", &legacy])
    );
}

#[test]
fn without_a_policy_things_come_back_as_they_were() {
    let repo = plain(FILE, YAML);
    let broken = YAML
        .replace(
            "            - web\n            - phone   # by a person\n",
            "",
        )
        .replace("        # Money as text.\n", "");
    write(&repo, &broken);
    repo.contract(&FIX).ends(0);
    // The comment above the first value is there still, and not doubled.
    assert_eq!(
        repo.read(FILE),
        YAML.replace("        # Money as text.\n", "")
    );
}

#[test]
fn json_keeps_its_indentation_and_its_order() {
    let text = r#"{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "kind"],
    "properties": {
        "id": { "type": "string" },
        "kind": {
            "enum": [
                "card",
                "cash",
                "cheque"
            ]
        },
        "amount": {
            "type": "object",
            "properties": {
                "value": { "type": "string" }
            }
        }
    },
    "additionalProperties": false
}
"#;
    let repo = plain("payment.json", text);
    for (from, to) in [
        ("                \"cash\",\n", ""),
        ("                \"card\",\n                \"cash\",\n", ""),
        (",\n                \"cheque\"", ""),
        (
            ",\n        \"amount\": {\n            \"type\": \"object\",\n            \"properties\": {\n                \"value\": { \"type\": \"string\" }\n            }\n        }",
            "",
        ),
        (
            "{\n                \"value\": { \"type\": \"string\" }\n            }",
            "{}",
        ),
        (
            ",\n            \"properties\": {\n                \"value\": { \"type\": \"string\" }\n            }",
            "",
        ),
    ] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from}");
        repo.write("payment.json", &broken)
            .git(&["add", "--all"], "2026-06-01");
        repo.contract(&FIX).ends(0);
        assert_eq!(repo.read("payment.json"), text, "{from}");
    }
}

#[test]
fn line_ends_of_windows_stay() {
    let text = YAML.replace('\n', "\r\n");
    let repo = plain(FILE, &text);
    repo.git(&["config", "core.autocrlf", "false"], "2026-06-01");
    let broken = text
        .replace(", total]", "]")
        .replace("        total:\r\n          type: string   # decimal\r\n          pattern: '^[0-9]+$'\r\n", "")
        .replace("            - phone   # by a person\r\n", "");
    write(&repo, &broken);
    repo.contract(&FIX).ends(0);
    assert_eq!(repo.read(FILE), text);
}

#[test]
fn a_deprecation_gets_its_earliest_lawful_sunset() {
    let repo = easy();
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    let with = |total: &str| orders(&[total, &legacy]);
    for (total, mended) in [
        (
            "total: {type: string, deprecated: true}",
            "total: {type: string, deprecated: true, x-deprecation: {since: \"2026-06-02\", sunset: \"2026-08-31\"}}",
        ),
        (
            "total: {type: string, deprecated: true, x-deprecation: {since: '2026-06-02', sunset: '2026-07-01'}}",
            "total: {type: string, deprecated: true, x-deprecation: {since: '2026-06-02', sunset: '2026-08-31'}}",
        ),
        (
            "total: {type: string, deprecated: true, x-deprecated-since: 2026-06-02, x-sunset: 2026-07-01}",
            "total: {type: string, deprecated: true, x-deprecated-since: 2026-06-02, x-sunset: 2026-08-31}",
        ),
        (
            "total: {type: string, deprecated: true, x-deprecation: {since: \"2026-06-02\"}}",
            "total: {type: string, deprecated: true, x-deprecation: {since: \"2026-06-02\", sunset: \"2026-08-31\"}}",
        ),
    ] {
        write(&repo, &with(total));
        repo.contract(&["check", "--today", TODAY]).ends(1);
        repo.contract(&FIX).ends(0);
        assert_eq!(repo.read(FILE), with(mended));
    }
}

#[test]
fn a_record_of_the_ledger_gets_it_as_well() {
    let repo = publishes(YAML);
    let ledger = |sunset: &str| {
        format!(
            "schema: contract.deprecations/v1\n\
             deprecations:\n\
             \x20 # by phone\n\
             \x20 - contract: orders\n\
             \x20   element: 'op:POST /v1/orders > req:media:application/json > body > .channel > enum:\"phone\"'\n\
             \x20   kind: removal\n\
             \x20   since: \"2026-06-02\"\n\
             \x20   sunset: \"{sunset}\"   # soon\n"
        )
    };
    repo.write(".contract/deprecations.yaml", &ledger("2026-07-01"))
        .git(&["add", "--all"], "2026-06-01");
    repo.contract(&["check", "--today", TODAY]).ends(1);
    repo.contract(&FIX).ends(0);
    assert_eq!(
        repo.read(".contract/deprecations.yaml"),
        ledger("2026-08-31")
    );
}

#[test]
fn only_what_helps_is_done() {
    let repo = publishes(YAML);
    // A type that changed is a decision; a value that is gone is not.
    let broken = YAML
        .replace(
            "        id: {type: string}\n",
            "        id: {type: integer}\n",
        )
        .replace("            - fax\n", "");
    write(&repo, &broken);
    let args = [&FIX[..], &["--dry-run"]].concat();
    let tried = repo.contract(&args);
    tried.ends(1);
    assert!(
        tried.stderr.ends_with("with that, 1 thing still fails\n"),
        "{}",
        tried.stderr
    );
    repo.contract(&FIX).ends(1);
    let fixed = repo.read(FILE);
    assert!(fixed.contains("id: {type: integer}") && fixed.contains("            - fax\n"));
    // A second run finds nothing, and changes nothing.
    repo.git(&["add", "--all"], "2026-06-01");
    let again = repo.contract(&FIX);
    again.ends(1);
    assert!(
        again
            .stderr
            .starts_with("there is nothing that --fix can mend\n"),
        "{}",
        again.stderr
    );
    assert_eq!(repo.read(FILE), fixed);
}

#[test]
fn a_clean_tree_stays_as_it_is() {
    let repo = publishes(YAML);
    let clean = repo.contract(&FIX);
    clean.ends(0);
    assert!(
        clean
            .stderr
            .starts_with("there is nothing that --fix can mend\n")
    );
    repo.git(&["diff", "--exit-code", "HEAD"], "2026-06-01");
}

#[test]
fn what_git_could_not_bring_back_is_not_touched() {
    let repo = plain(FILE, YAML);
    let broken = YAML.replace("            - fax\n", "");
    repo.write(FILE, &broken);
    let refused = "error: contracts/orders.yaml has changes that git could not bring back\n  \
                   help: `git add contracts/orders.yaml` keeps them for `git restore`; --allow-dirty changes the file nevertheless\n";
    repo.contract(&FIX).is(2, "", refused);
    assert_eq!(repo.read(FILE), broken);
    // A change elsewhere is none of its business.
    repo.git(&["add", "--all"], "2026-06-01");
    repo.write("notes.txt", "not committed");
    repo.contract(&FIX).ends(0);
    assert_eq!(repo.read(FILE), YAML);
    repo.write(FILE, &broken);
    repo.contract(&[&FIX[..], &["--allow-dirty"]].concat())
        .ends(0);
    assert_eq!(repo.read(FILE), YAML);
}

#[test]
fn outside_of_a_repository_it_asks_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (side, text) in [
        ("old", YAML.to_owned()),
        ("new", YAML.replace("            - fax\n", "")),
    ] {
        std::fs::create_dir(folder.path().join(side)).expect("a folder");
        std::fs::write(folder.path().join(side).join("api.yaml"), text).expect("writable");
    }
    let contract = |more: &[&str]| {
        run(Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(folder.path())
            .env("GIT_CEILING_DIRECTORIES", folder.path())
            .args(["check", "new", "--base", "old", "--fix"])
            .args(more))
    };
    let refused = contract(&[]);
    refused.ends(2);
    assert_eq!(
        refused.stderr,
        "error: new/api.yaml is in no git repository, so nothing could bring it back\n  \
         help: look at `contract check --fix --dry-run`, and add --allow-dirty to change it nevertheless\n"
    );
    contract(&["--allow-dirty"]).ends(0);
    let text = std::fs::read_to_string(folder.path().join("new/api.yaml")).expect("readable");
    assert_eq!(text, YAML);
}

#[test]
fn a_stale_sign_off_is_deleted() {
    let repo = Repo::governed();
    let key = common::governed::fixture_path("signatures/dana");
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    repo.write(FILE, &orders(&["total: {type: string}"]));
    let sign = [
        "signoff",
        "add",
        "--consumer",
        "mobile-app",
        "--all",
        "--reason",
        "8.2 reads total",
    ];
    let sign = [&sign[..], &["--sign", &key, "--today", TODAY]].concat();
    repo.contract(&sign).ends(0);
    let signed = repo.files(".contract/signoffs");
    assert_eq!(signed.len(), 2, "{signed:?}");
    // The removal is taken back, and its approval is left over.
    repo.write(FILE, &orders(&["total: {type: string}", &legacy]))
        .git(&["add", "--all"], "2026-06-01");
    let args = [&FIX[..], &["--dry-run"]].concat();
    let tried = repo.contract(&args);
    tried.ends(0);
    assert_eq!(
        tried.stderr,
        format!(
            "would fix {}: deleted, for it matches no change of this tree, and has not landed\n\
             with that, nothing fails any more\n",
            signed[0]
        )
    );
    assert!(tried.stdout.contains("+++ /dev/null\n"), "{}", tried.stdout);
    assert_eq!(repo.files(".contract/signoffs"), signed);
    repo.contract(&FIX).ends(0);
    assert_eq!(repo.files(".contract/signoffs"), [""; 0]);
}
