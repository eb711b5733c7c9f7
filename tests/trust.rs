//! The gate cannot be talked round: whatever head says about governance, what is refused stays refused (governance 3.6).

#![allow(
    clippy::disallowed_methods,
    reason = "tests build trees and start the program"
)]

use contract::policy::signature::{NAMESPACE, sign};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TODAY: &str = "2027-03-01";

const POLICY: &str = "\
schema: contract.policy/v1
teams:
  orders: {contact: orders@example.com, principals: [sam@orders]}
  governance: {contact: gov@example.com, principals: [gov@example]}
contracts:
  - {id: orders, path: orders.yaml, owner: orders, audience: partner, releases: releases/*.yaml}
waivers: {approvers: {team: governance, count: 1}}
";

const CONSUMERS: &str = "\
schema: contract.consumers/v1
consumers:
  - {id: mobile-app, tier: critical, approvers: [dana@mobile], uses: [{contract: orders}]}
  - {id: batch, tier: best-effort, approvers: [bo@batch], uses: [{contract: orders}]}
";

/// A contract with a member that is deprecated as `record` says, and one more operation.
fn contract(member: Option<&str>, stability: &str) -> String {
    let member = member.map_or_else(String::new, |record| {
        format!("                  legacy: {{type: string{record}}}\n")
    });
    format!(
        "\
openapi: 3.0.3
info: {{title: Orders, version: 1.0.0{stability}}}
paths:
  /orders/{{id}}:
    get:
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
      responses:
        '200':
          description: an order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: {{type: string}}
{member}"
    )
}

const DATED: &str = ", deprecated: true, x-deprecation: {since: \"2026-09-01\", sunset: \"2027-02-01\", replacement: none, reason: unused, guide: guide.md}";
const COMING: &str = ", deprecated: true, x-deprecation: {since: \"2027-02-20\", sunset: \"2027-06-01\", replacement: none, reason: unused, guide: guide.md}";
const NEARER: &str = ", deprecated: true, x-deprecation: {since: \"2027-02-20\", sunset: \"2027-05-31\", replacement: none, reason: unused, guide: guide.md}";

/// Trees as files by path.
type Tree = Vec<(String, Option<Vec<u8>>)>;

fn file(path: &str, text: impl Into<String>) -> (String, Option<Vec<u8>>) {
    (path.to_owned(), Some(text.into().into_bytes()))
}

/// What is refused: the base beside policy and registry, and what head changes of it.
fn refused() -> Vec<(&'static str, Tree, Tree)> {
    let plain = contract(Some(""), "");
    let without = || file("orders.yaml", contract(None, ""));
    let objection = "\
schema: contract.signoff/v1
consumer: mobile-app
approver: dana@mobile
decision: object
contract: orders
changes:
  - {fingerprint: FINGERPRINT, rule: property-removed, element: ELEMENT}
reason: still read
issued: \"2027-02-10\"
expires: \"2027-06-01\"
";
    let expired = objection
        .replace("decision: object", "decision: accept")
        .replace("2027-06-01", "2027-02-28");
    let guide = || file("guide.md", "use id");
    vec![
        ("removed while active", vec![file("orders.yaml", &*plain)], vec![without()]),
        (
            "removed before its sunset",
            vec![file("orders.yaml", contract(Some(COMING), "")), guide()],
            vec![without()],
        ),
        (
            "removed without a sign-off",
            vec![file("orders.yaml", contract(Some(DATED), "")), guide()],
            vec![without()],
        ),
        (
            "removed against an objection",
            vec![
                file("orders.yaml", contract(Some(DATED), "")),
                guide(),
                file(".contract/signoffs/mobile-app/no.yaml", objection),
            ],
            vec![without()],
        ),
        (
            "removed with an expired sign-off",
            vec![
                file("orders.yaml", contract(Some(DATED), "")),
                guide(),
                file(".contract/signoffs/mobile-app/old.yaml", expired),
            ],
            vec![without()],
        ),
        (
            "the sunset moves closer",
            vec![file("orders.yaml", contract(Some(COMING), "")), guide()],
            vec![file("orders.yaml", contract(Some(NEARER), ""))],
        ),
        (
            "the stability falls",
            vec![file("orders.yaml", &*plain)],
            vec![file("orders.yaml", contract(Some(""), ", x-stability-level: alpha"))],
        ),
        (
            "the contract goes",
            vec![file("orders.yaml", &*plain)],
            vec![("orders.yaml".to_owned(), None)],
        ),
        (
            "more is asked for",
            vec![file("orders.yaml", &*plain)],
            vec![file(
                "orders.yaml",
                plain.replace(
                    "      responses:",
                    "        - {name: q, in: query, required: true, schema: {type: string}}\n      responses:",
                ),
            )],
        ),
        (
            "a published version is edited",
            vec![file("orders.yaml", &*plain), file("releases/v1.yaml", &*plain)],
            vec![file("releases/v1.yaml", contract(None, ""))],
        ),
    ]
}

/// What an author may try in head's governance files.
fn cheats(change: &Change) -> Vec<(&'static str, Tree)> {
    let policy = |from: &str, to: &str| {
        let text = POLICY.replace(from, to);
        assert_ne!(text, POLICY, "{from}");
        vec![file(".contract/contract.yaml", text)]
    };
    let more = |text: &str| vec![file(".contract/contract.yaml", format!("{POLICY}{text}"))];
    let registry = |from: &str, to: &str| {
        let text = CONSUMERS.replace(from, to);
        assert_ne!(text, CONSUMERS, "{from}");
        vec![file(".contract/consumers.yaml", text)]
    };
    let paper = |schema: &str, head: &str| {
        format!(
            "schema: {schema}\n{head}contract: orders\nchanges:\n  - {{fingerprint: \"{}\", rule: {}, element: {}}}\nreason: fine\nissued: \"2027-02-20\"\nexpires: \"2027-03-20\"\n",
            change.fingerprint,
            change.rule,
            serde_json::Value::from(change.element.as_str())
        )
    };
    let signoff = |consumer: &str, approver: &str| {
        let head = format!("consumer: {consumer}\napprover: {approver}\ndecision: accept\n");
        paper("contract.signoff/v1", &head)
    };
    let signed = |path: &str, text: String| {
        let key = fs::read(fixture("lee")).expect("a key of our own");
        let signature = sign(&key, NAMESPACE, text.as_bytes()).expect("it signs");
        vec![file(path, text), file(&format!("{path}.sig"), signature)]
    };
    let own_key = {
        let key = fs::read_to_string(fixture("lee.pub")).expect("a key of our own");
        let key: Vec<&str> = key.split(' ').take(2).collect();
        format!("* namespaces=\"{NAMESPACE}\" {}\n", key.join(" "))
    };
    let yes = ".contract/signoffs/mobile-app/yes.yaml";
    let both = |sign_it: bool| -> Tree {
        let mut tree = Vec::new();
        for (consumer, approver) in [("mobile-app", "dana@mobile"), ("batch", "bo@batch")] {
            let path = format!(".contract/signoffs/{consumer}/yes.yaml");
            let text = signoff(consumer, approver);
            if sign_it {
                tree.extend(signed(&path, text));
            } else {
                tree.push(file(&path, text));
            }
        }
        tree
    };
    let gone = |path: &str| vec![(path.to_owned(), None)];
    let waiver = paper(
        "contract.waiver/v1",
        "kind: security\napprover: gov@example\n",
    );
    let usage = "schema: contract.usage/v1\nconsumer: mobile-app\ncontract: orders\nsource: declared\ncomplete: true\noperations: []\n";
    vec![
        ("the policy is deleted", gone(".contract/contract.yaml")),
        ("it only warns", more("mode: warn\nuntil: \"2099-01-01\"\n")),
        (
            "no windows",
            more("windows: {draft: 0, alpha: 0, beta: 0, stable: 0, version: 0}\n"),
        ),
        (
            "rules are off",
            more(
                "levels: {property-removed: off, contract-removed: off, sunset-moved-earlier: off, stability-decreased: off, parameter-required-added: off, release-edited: off}\n",
            ),
        ),
        ("CODEOWNERS is enough", {
            let mut tree = more("signoff: {trust: codeowners}\n");
            tree.push(file(".github/CODEOWNERS", "* @author\n"));
            tree.extend(both(false));
            tree
        }),
        (
            "the owner answers for all",
            more("signoff: {allow_self_approval: true}\n"),
        ),
        ("usage is believed", more("evidence: {mode: strict}\n")),
        ("the day is free", more("clock: {allow_override: true}\n")),
        (
            "the contract is dropped",
            policy(
                "  - {id: orders, path: orders.yaml, owner: orders, audience: partner, releases: releases/*.yaml}\n",
                "  []\n",
            ),
        ),
        ("another file stands for it", {
            let mut tree = policy("path: orders.yaml", "path: decoy.yaml");
            // Under its own name it would be the contract itself, moved.
            let decoy = contract(Some(""), "").replace("title: Orders", "title: Decoy");
            tree.push(file("decoy.yaml", decoy));
            tree
        }),
        (
            "it is somebody else's",
            policy(
                "owner: orders, audience",
                "role: consumed, owner: orders, audience",
            ),
        ),
        (
            "it is an alpha",
            policy("audience: partner", "audience: partner, stability: alpha"),
        ),
        (
            "its consumers are known",
            policy("audience: partner", "audience: partner, closed: true"),
        ),
        (
            "its versions are not looked at",
            policy(", releases: releases/*.yaml", ""),
        ),
        (
            "the author waives",
            policy("principals: [gov@example]", "principals: [lee]"),
        ),
        (
            "the policy is garbage",
            vec![file(".contract/contract.yaml", "\u{1}: [")],
        ),
        ("the registry is deleted", gone(".contract/consumers.yaml")),
        (
            "the registry is garbage",
            vec![file(".contract/consumers.yaml", "{{{")],
        ),
        (
            "nobody uses it",
            registry("uses: [{contract: orders}]", "uses: []"),
        ),
        (
            "the approver is another",
            registry("approvers: [dana@mobile]", "approvers: [lee]"),
        ),
        (
            "silence is consent",
            registry("tier: critical", "tier: best-effort"),
        ),
        ("usage says nothing is used", {
            let mut tree = registry(
                "approvers: [dana@mobile], uses: [{contract: orders}]",
                "approvers: [dana@mobile], uses: [{contract: orders, usage: usage/none.yaml}]",
            );
            tree.push(file(".contract/usage/none.yaml", usage));
            tree
        }),
        (
            "a key of the author's",
            vec![file(".contract/allowed_signers", own_key.clone())],
        ),
        ("sign-offs without a signature", both(false)),
        ("sign-offs that the author signed", {
            let mut tree = both(true);
            tree.push(file(".contract/allowed_signers", own_key.clone()));
            tree
        }),
        ("a signature of another file", {
            let mut tree = signed(yes, signoff("mobile-app", "dana@mobile"));
            tree[0] = file(
                yes,
                signoff("mobile-app", "dana@mobile").replace("fine", "well"),
            );
            tree
        }),
        (
            "objections are deleted",
            gone(".contract/signoffs/mobile-app/no.yaml"),
        ),
        (
            "a waiver without a signature",
            vec![file(".contract/waivers/w.yaml", waiver.clone())],
        ),
        ("a waiver that the author signed", {
            let mut tree = signed(".contract/waivers/w.yaml", waiver);
            tree.push(file(".contract/allowed_signers", own_key));
            tree
        }),
        (
            "a record from long ago",
            vec![file(
                ".contract/deprecations.yaml",
                format!(
                    "schema: contract.deprecations/v1\nrecords:\n  - {{contract: orders, element: {}, kind: removal, since: \"2020-01-01\", sunset: \"2020-06-01\", replacement: none, reason: old, guide: guide.md}}\n",
                    serde_json::Value::from(change.element.as_str())
                ),
            )],
        ),
        (
            "a request from long ago",
            vec![file(
                ".contract/requests/sr-2020-01-01-orders.yaml",
                "schema: contract.request/v1\nid: sr-2020-01-01-orders\ncontract: orders\nissued: \"2020-01-01\"\nchanges: []\n",
            )],
        ),
    ]
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/signatures")
        .join(name)
}

/// The change that is refused, as the report names it.
struct Change {
    fingerprint: String,
    rule: String,
    element: String,
}

struct Trees {
    dir: tempfile::TempDir,
}

impl Trees {
    fn new(base: &Tree, head: &Tree) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let trees = Self { dir };
        let governance = [
            file(".contract/contract.yaml", POLICY),
            file(".contract/consumers.yaml", CONSUMERS),
        ];
        for side in ["base", "head"] {
            trees.apply(side, &governance);
            trees.apply(side, base);
        }
        trees.apply("head", head);
        trees
    }

    fn apply(&self, side: &str, tree: &[(String, Option<Vec<u8>>)]) {
        for (path, bytes) in tree {
            let path = self.dir.path().join(side).join(path);
            match bytes {
                Some(bytes) => {
                    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
                    fs::write(path, bytes).expect("written");
                }
                None => drop(fs::remove_file(path)),
            }
        }
    }

    /// The exit code, and the report.
    fn check(&self) -> (i32, serde_json::Value) {
        let output = Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(self.dir.path())
            .env_remove("CI")
            .args([
                "check", "head", "--base", "base", "--format", "json", "--today", TODAY,
            ])
            .output()
            .expect("it starts");
        let report = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap_or(-1), report)
    }

    fn change(&self) -> Change {
        let (_, report) = self.check();
        let changes = report["changes"].as_array().cloned().unwrap_or_default();
        let change = changes.iter().find(|it| it["level"] == "error");
        let text = |key: &str| {
            let found = change.and_then(|it| it[key].as_str());
            found.unwrap_or("property-removed").to_owned()
        };
        Change {
            fingerprint: text("fingerprint"),
            rule: text("rule"),
            element: text("element"),
        }
    }
}

/// Names the change in sign-offs of the base.
fn bound(tree: &Tree, change: &Change) -> Tree {
    let bind = |bytes: &Vec<u8>| {
        let text = String::from_utf8_lossy(bytes);
        let element = serde_json::Value::from(change.element.as_str()).to_string();
        text.replace("FINGERPRINT", &format!("\"{}\"", change.fingerprint))
            .replace("ELEMENT", &element)
            .into_bytes()
    };
    tree.iter()
        .map(|(path, bytes)| (path.clone(), bytes.as_ref().map(bind)))
        .collect()
}

#[test]
fn no_governance_file_of_head_opens_the_gate() {
    let mut random = 0x5eed_u64;
    let mut next = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).expect("short") % below
    };
    let rounds = if std::env::var("CONTRACT_LONG").is_ok() {
        200
    } else {
        println!("6 rounds of several cheats at once; CONTRACT_LONG=1 tries 200");
        6
    };
    for (name, base, head) in refused() {
        let blank = Change {
            fingerprint: format!("cf1:{}", "0".repeat(40)),
            rule: "property-removed".to_owned(),
            element: "op:GET /orders/{}".to_owned(),
        };
        let change = Trees::new(&bound(&base, &blank), &head).change();
        let base = bound(&base, &change);
        assert_eq!(Trees::new(&base, &head).check().0, 1, "{name} is refused");
        let all = cheats(&change);
        for (cheat, tree) in &all {
            let trees = Trees::new(&base, &head);
            trees.apply("head", tree);
            assert_ne!(trees.check().0, 0, "{name}: {cheat}");
        }
        for _ in 0..rounds {
            let trees = Trees::new(&base, &head);
            let mut used = Vec::new();
            for _ in 0..3 {
                let (cheat, tree) = &all[next(all.len())];
                used.push(*cheat);
                trees.apply("head", tree);
            }
            assert_ne!(trees.check().0, 0, "{name}: {used:?}");
        }
    }
}
