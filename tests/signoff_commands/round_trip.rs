//! Refused, asked, signed, let through; and one removal more is refused again.

use crate::{TODAY, TOTAL, common::governed::orders, removed, run};

const REQUESTED: &str = r#"schema: contract.request/v1
contract: orders
issued: "2026-06-02"
changes:
  - fingerprint: cf1:0a8c7794f218dc4ab07a20dec75d4cafd337e228
    rule: property-removed
    element: "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal"
    summary: "the application/json body of GET /v1/orders/{id} no longer has member `legacyTotal`"
    consumers: [mobile-app]
"#;

const PAGE: &str = r#"## mobile-app: your word on orders

1 change of orders against BASE would hurt mobile-app (mobile@example.com). Nothing of it lands before dana@mobile agrees.

| change | what | before | after | when | so far |
|---|---|---|---|---|---|
| `cf1:0a8c7794f218` | the application/json body of GET /v1/orders/{id} no longer has member \`legacyTotal\`<br>`op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal` | `{"type":"string"}` | nothing | its sunset was 2026-06-01 | missing |

To agree:

    contract signoff add --base main --consumer mobile-app --change cf1:0a8c7794f218 --request sr-2026-06-02-orders --reason "..." --sign KEY

To refuse:

    contract signoff object --base main --consumer mobile-app --change cf1:0a8c7794f218 --request sr-2026-06-02-orders --reason "..." --sign KEY
"#;

const ADDED: &str = r#"orders: property-removed (breaking)
  the application/json body of GET /v1/orders/{id} no longer has member `legacyTotal`
  at      op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal
  before  {"type":"string"}
  after   nothing
  window  its sunset was 2026-06-01
  change  cf1:0a8c7794f218dc4ab07a20dec75d4cafd337e228

dana@mobile accepts this for mobile-app, until 2026-11-29: 8.2 reads .total
wrote .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml
wrote .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml.sig
it counts until 2026-11-29: commit it, and push
"#;

const SIGNED: &str = r#"schema: contract.signoff/v1
consumer: mobile-app
approver: dana@mobile
decision: accept
contract: orders
request: sr-2026-06-02-orders
changes:
  - fingerprint: cf1:0a8c7794f218dc4ab07a20dec75d4cafd337e228
    rule: property-removed
    element: "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal"
    summary: "the application/json body of GET /v1/orders/{id} no longer has member `legacyTotal`"
reason: "8.2 reads .total"
issued: "2026-06-02"
expires: "2026-11-29"
conditions:
  - "not before 8.3"
"#;

#[test]
fn a_removal_is_refused_until_its_consumer_agrees() {
    let repo = removed();
    run(&repo, "check --base main").ends(1);
    run(&repo, "signoff verify --base main").is(
        1,
        "mobile-app: missing: orders cf1:0a8c7794f218\n  \
         the application/json body of GET /v1/orders/{id} no longer has member `legacyTotal`\n  \
         contract signoff add --base main --consumer mobile-app --change cf1:0a8c7794f218 --reason \"...\" --sign KEY\n",
        "",
    );

    let asked = run(&repo, "signoff request --base main");
    let base = asked.stdout.split("against ").nth(1).expect("a base");
    let base = base.split(' ').next().expect("a word").to_owned();
    asked.is(
        0,
        &PAGE.replace("BASE", &base),
        "wrote .contract/requests/sr-2026-06-02-orders.yaml\n",
    );
    assert_eq!(
        repo.read(".contract/requests/sr-2026-06-02-orders.yaml"),
        REQUESTED
    );

    run(
        &repo,
        "signoff add --base main --consumer mobile-app --change cf1:0a8c7794f218 --request sr-2026-06-02-orders \
         --reason 8.2~reads~.total --condition not~before~8.3 --sign KEY:dana",
    )
    .is(0, ADDED, "");
    let file = ".contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml";
    assert_eq!(repo.read(file), SIGNED);
    run(&repo, "signoff verify --base main").is(0, "every word that is needed is there\n", "");
    run(&repo, "signoff request --base main").is(0, "", "nobody's word is wanting\n");
    run(&repo, "check --base main --quiet").ends(0);

    // One removal more, in the same change.
    repo.write("contracts/orders.yaml", &orders(&[]));
    run(&repo, "check --base main --quiet").ends(1);
    repo.write("contracts/orders.yaml", &orders(&[TOTAL]));

    // It lands, and another change finds the sign-off spent.
    repo.commit("Remove legacyTotal", TODAY);
    let prune = "removed .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml\n\
                 removed .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml.sig\n  \
                 it is spent: what it is about is gone on the base\n";
    let would = prune.replace("removed", "would remove");
    run(&repo, "signoff prune --dry-run").is(0, &would, "");
    assert!(repo.exists(file));
    run(&repo, "signoff prune").is(0, prune, "");
    assert_eq!(repo.files(".contract/signoffs"), [""; 0]);
    run(&repo, "signoff prune").is(0, "nothing to prune\n", "");
}

#[test]
fn what_landed_on_the_base_counts_without_a_signature() {
    let repo = removed();
    let gone = repo.read("contracts/orders.yaml");
    run(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine",
    )
    .ends(0);
    run(&repo, "signoff verify").ends(1);
    // The sign-off lands in a change of its own, and is kept until the change that it allows.
    repo.git(&["checkout", "--quiet", "contracts/orders.yaml"], TODAY);
    repo.commit("Agree", TODAY);
    let kept = "kept .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml\n  \
                it matches no change yet, and may still: it landed before what it allows\n\
                nothing to prune\n";
    run(&repo, "signoff prune").is(0, kept, "");
    repo.write("contracts/orders.yaml", &gone);
    run(&repo, "check --quiet").ends(0);
    run(&repo, "signoff list").is(
        0,
        ".contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml\n  \
         accept for mobile-app by dana@mobile, 1 place of orders, issued 2026-06-02\n  \
         counts until 2026-11-29 (base)\n",
        "",
    );
}

#[test]
fn an_objection_blocks_until_it_is_answered() {
    let repo = removed();
    let object =
        "signoff object --consumer mobile-app --change 0a8c --reason 8.1~shows~it --sign KEY:dana";
    let said = run(&repo, object);
    said.ends(0);
    let end = "dana@mobile objects to this for mobile-app, until 2026-11-29: 8.1 shows it\n\
               wrote .contract/signoffs/mobile-app/2026-06-02-object-legacy-total.yaml\n\
               wrote .contract/signoffs/mobile-app/2026-06-02-object-legacy-total.yaml.sig\n\
               it counts until 2026-11-29: commit it, and push\n";
    assert_eq!(said.stdout.split_once("\n\n").expect("two blocks").1, end);
    let pending = run(&repo, "signoff list --pending");
    assert_eq!(
        pending.stdout.lines().next(),
        Some("mobile-app: objected (dana@mobile: 8.1 shows it): orders cf1:0a8c7794f218")
    );
}

#[test]
fn a_waiver_opens_the_gate() {
    let repo = removed();
    let waived = run(
        &repo,
        "waiver add --kind security --change cf1:0a8c --reason CVE-2026-1 --sign KEY:lee",
    );
    waived.ends(0);
    let end = "lee@governance waives this (security), until 2026-07-02: CVE-2026-1\n\
               wrote .contract/waivers/2026-06-02-security-legacy-total.yaml\n\
               wrote .contract/waivers/2026-06-02-security-legacy-total.yaml.sig\n\
               it counts until 2026-07-02: commit it, and push\n";
    assert_eq!(waived.stdout.split_once("\n\n").expect("two blocks").1, end);
    run(&repo, "check --quiet").ends(0);
    run(&repo, "signoff verify").is(0, "every word that is needed is there\n", "");
    run(&repo, "signoff list").is(
        0,
        ".contract/waivers/2026-06-02-security-legacy-total.yaml\n  \
         waiver (security) by lee@governance, 1 place of orders, issued 2026-06-02\n  \
         counts until 2026-07-02 (signed)\n",
        "",
    );
    run(&repo, "waiver add --kind legal --all --reason again").is(
        2,
        "",
        "error: there is no change that the gate refuses, so none to waive\n  help: is --base what is published?\n",
    );
}
