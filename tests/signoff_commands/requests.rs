//! Requests: where they go, and who is asked.

use crate::{Repo, TODAY, removed, run};

const ACME: &str = "  - id: acme\n    name: Acme | Co\n    tier: best-effort\n    kind: partner\n    \
                    approvers: [lee@governance, api@acme]\n    uses:\n      - contract: orders\n";

/// The same with a partner whose silence is consent.
fn with_acme() -> Repo {
    let repo = removed();
    let gone = repo.read("contracts/orders.yaml");
    repo.git(&["checkout", "--quiet", "contracts/orders.yaml"], TODAY);
    let registry = repo.read(".contract/consumers.yaml");
    repo.write(".contract/consumers.yaml", &format!("{registry}{ACME}"));
    repo.commit("Register acme", "2026-03-02");
    repo.write("contracts/orders.yaml", &gone);
    repo
}

#[test]
fn a_request_is_written_once_and_where_it_is_wanted() {
    let repo = removed();
    let file = ".contract/requests/sr-2026-06-02-orders.yaml";
    assert_eq!(
        run(&repo, "signoff request").stderr,
        format!("wrote {file}\n")
    );
    assert_eq!(
        run(&repo, "signoff request").stderr,
        format!("{file} asks this already\n")
    );
    let text = repo.read(file);
    run(&repo, "signoff request --out -").is(0, &text, "");
    // Something else of that name stays.
    repo.write(file, &text.replace("[mobile-app]", "[acme]"));
    assert_eq!(
        run(&repo, "signoff request").stderr,
        "wrote .contract/requests/sr-2026-06-02-orders-2.yaml\n"
    );
    run(&repo, &format!("signoff request --out {file}")).is(
        2,
        "",
        &format!(
            "error: {file} is there already, and is not overwritten\n  help: name another file, or remove it\n"
        ),
    );
    assert_eq!(
        run(&repo, "signoff request --out asked.yaml").stderr,
        "wrote asked.yaml\n"
    );
    assert_eq!(repo.read("asked.yaml"), text);
}

#[test]
fn each_consumer_gets_a_section_of_its_own() {
    let repo = with_acme();
    let page = run(&repo, "signoff request --consumer acme");
    let lines: Vec<&str> = page.stdout.lines().collect();
    assert_eq!(lines[0], "## Acme \\| Co: your word on orders");
    assert!(
        lines[2].ends_with(
            "would hurt acme. Nothing of it lands before one of lee@governance, api@acme agrees."
        ),
        "{}",
        lines[2]
    );
    let command = "    contract signoff add --consumer acme --approver YOU --change cf1:0a8c7794f218 \
                   --request sr-2026-06-02-orders --reason \"...\" --sign KEY";
    assert_eq!(lines[10], command);
    let both = run(&repo, "signoff request");
    let titles = both.stdout.lines().filter(|line| line.starts_with("## "));
    assert_eq!(
        titles.collect::<Vec<_>>(),
        [
            "## Acme \\| Co: your word on orders",
            "## mobile-app: your word on orders"
        ]
    );
    run(&repo, "signoff request --bundle all.json").is(
        2,
        "",
        "error: a bundle is for one consumer and about one contract\n  \
         help: name them with --consumer and --contract: acme about orders, mobile-app about orders\n",
    );
    run(&repo, "signoff add --consumer acme --all --reason x").is(
        2,
        "",
        "error: 2 people decide for acme\n  help: name one of them with --approver: lee@governance, api@acme\n",
    );
}

#[test]
fn a_landed_request_starts_the_wait_of_a_lazy_tier() {
    let repo = with_acme();
    let gone = repo.read("contracts/orders.yaml");
    run(&repo, "signoff request --consumer acme").ends(0);
    repo.git(&["checkout", "--quiet", "contracts/orders.yaml"], TODAY);
    repo.commit("Ask acme", TODAY);
    repo.write("contracts/orders.yaml", &gone);
    let first = |today: &str| {
        let args = ["signoff", "list", "--pending", "--today", today];
        let pending = repo.contract(&args).stdout;
        pending.lines().next().expect("a line").to_owned()
    };
    assert_eq!(
        first("2026-06-15"),
        "acme: pending (asked on 2026-06-02; silence is an abstention from 2026-06-16 on): orders cf1:0a8c7794f218"
    );
    assert_eq!(
        first("2026-06-16"),
        "mobile-app: missing: orders cf1:0a8c7794f218"
    );
}
