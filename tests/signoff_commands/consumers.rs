//! The registry: consumers are added, and held against the contracts.

use crate::{Output, Repo};

const USAGE: &str = "schema: contract.usage/v1\nconsumer: kiosk\ncontract: orders\ncomplete: true\noperations:\n\
                     \x20 - op: \"GET /v1/orders/{}\"\n\x20   sends: {path: [id]}\n\x20   reads: {\"200\": [.id, .total]}\n";

fn run(repo: &Repo, args: &str) -> Output {
    let words: Vec<String> = args.split(' ').map(|word| word.replace('~', " ")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    repo.contract(&words)
}

#[test]
fn a_consumer_is_added_and_the_rest_stays() {
    let repo = Repo::governed();
    let before = repo.read(".contract/consumers.yaml");
    let before = format!("# Who uses what.\n{before}# The end.\n");
    repo.write(".contract/consumers.yaml", &before);
    repo.write(".contract/usage/kiosk.yaml", USAGE);
    run(
        &repo,
        "consumer add kiosk --contract orders --approver kim@kiosk --approver lou@kiosk --quorum 2 --tier best-effort \
         --kind partner --name Self~service --contact kiosk@example.com --min-window 180d --usage .contract/usage/kiosk.yaml",
    )
    .is(
        0,
        "kiosk: added it to .contract/consumers.yaml\n\
         its word counts once that has landed on the base; `contract consumer check` says what is missing\n",
        "",
    );
    let entry = "  - id: kiosk\n    name: \"Self service\"\n    tier: best-effort\n    kind: partner\n    \
                 contact: kiosk@example.com\n    approvers: [kim@kiosk, lou@kiosk]\n    quorum: 2\n    min_window: 180\n    \
                 uses:\n      - contract: orders\n        usage: usage/kiosk.yaml\n";
    let (start, end) = before.split_at(before.len() - "# The end.\n".len());
    assert_eq!(
        repo.read(".contract/consumers.yaml"),
        format!("{start}{entry}{end}")
    );
    run(&repo, "consumer check").is(0, "2 consumers: nothing is wrong\n", "");
    run(&repo, "consumer add kiosk --contract orders --approver kim@kiosk").is(
        2,
        "",
        "error: the registry has the consumer `kiosk` already\n  --> .contract/consumers.yaml:10:5\n  \
         help: edit its entry, or give another id\n",
    );
}

#[test]
fn the_first_consumer_brings_the_file() {
    let repo = Repo::new();
    repo.write("orders.yaml", &crate::orders(&[]));
    run(&repo, "consumer add kiosk --contract orders --approver kim@kiosk").is(
        0,
        "kiosk: wrote .contract/consumers.yaml\n\
         its word counts once that has landed on the base; `contract consumer check` says what is missing\n",
        "",
    );
    assert_eq!(
        repo.read(".contract/consumers.yaml"),
        "schema: contract.consumers/v1\nconsumers:\n  - id: kiosk\n    tier: standard\n    kind: internal\n    \
         approvers: [kim@kiosk]\n    quorum: 1\n    uses:\n      - contract: orders\n"
    );
}

#[test]
fn what_is_added_has_to_make_sense() {
    let repo = Repo::governed();
    repo.write(".contract/usage/kiosk.yaml", USAGE);
    repo.write("kiosk.yaml", USAGE);
    let before = repo.read(".contract/consumers.yaml");
    let with = |more: &str| format!("consumer add {more} --approver kim@kiosk");
    for (args, error) in [
        (
            with("kiosk --contract order"),
            "error: there is no contract `order`\n  help: did you mean `orders`?\n",
        ),
        (
            with("Kiosk --contract orders"),
            "error: `id` cannot be `Kiosk`\n  \
             help: use small letters, digits, and hyphens between them: `mobile-app`\n",
        ),
        (
            with("kiosk --contract orders --quorum 2"),
            "error: its quorum is 2, and it has 1 approvers\n  help: add approvers, or lower `quorum`\n",
        ),
        (
            with("kiosk --contract orders --usage kiosk.yaml"),
            "error: kiosk.yaml is not below .contract\n  help: move it to .contract/usage/\n",
        ),
        (
            with("app --contract orders --usage .contract/usage/kiosk.yaml"),
            "error: .contract/usage/kiosk.yaml is about the consumer `kiosk`\n  \
             help: write `consumer: app` there, or name another file\n",
        ),
    ] {
        run(&repo, &args).is(2, "", error);
        assert_eq!(repo.read(".contract/consumers.yaml"), before);
    }
}

#[test]
fn the_registry_is_held_against_the_contracts() {
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}signoff: {{trust: signed}}\n"),
    );
    let registry = repo.read(".contract/consumers.yaml");
    let more = "  - id: kiosk\n    approvers: [kim@kiosk]\n    uses:\n      - {contract: orders, usage: usage/kiosk.yaml}\n      \
                - {contract: catalogue}\n  - id: desk\n    approvers: [sam@orders]\n    uses:\n      - {contract: orders, usage: usage/kiosk.yaml}\n";
    repo.write(".contract/consumers.yaml", &format!("{registry}{more}"));
    let operations = "  - op: GET /v1/order/{}\n  - op: \"GET /v1/orders/{}\"\n    \
                      sends: {query: [page], path: [id]}\n    \
                      reads: {\"200\": [.id, .totals, \"header:ETag\", .total/**], \"404\": [.code]}\n";
    let usage = USAGE.split("  - op").next().expect("a start");
    repo.write(
        ".contract/usage/kiosk.yaml",
        &format!("{usage}{operations}"),
    );
    run(&repo, "consumer check").is(
        1,
        ".contract/usage/kiosk.yaml:6:5: `GET /v1/order/{}` is not in orders\n  \
         did you mean `GET /v1/orders/{}`?\n\
         .contract/usage/kiosk.yaml:7:5: `GET /v1/orders/{}` takes no `page` in its query\n\
         .contract/usage/kiosk.yaml:7:5: `GET /v1/orders/{}` has no `.totals` in its response 200\n\
         .contract/usage/kiosk.yaml:7:5: `GET /v1/orders/{}` has no `header:etag` in its response 200\n\
         .contract/usage/kiosk.yaml:7:5: `GET /v1/orders/{}` has no response 404\n\
         .contract/consumers.yaml:13:9: there is no contract `catalogue`\n  there are orders\n\
         .contract/consumers.yaml:9:5: kim@kiosk has no key in .contract/allowed_signers\n  \
         add: kim@kiosk namespaces=\"contract-signoff@v1\" ssh-ed25519 KEY\n\
         .contract/consumers.yaml:17:9: `desk` needs 1 whose word counts for orders, and has 0: the others answer for the contract itself\n  \
         name somebody else, or set `allow_self_approval` in the policy\n\
         .contract/consumers.yaml:17:9: .contract/usage/kiosk.yaml is about the consumer `kiosk`, not about `desk`\n  \
         until then it proves nothing, and everything counts as used\n\
         .contract/consumers.yaml:14:5: sam@orders has no key in .contract/allowed_signers\n  \
         add: sam@orders namespaces=\"contract-signoff@v1\" ssh-ed25519 KEY\n\
         3 consumers: 10 faults\n",
        "",
    );
}

#[test]
fn a_malformed_registry_is_told_with_its_place() {
    let repo = Repo::governed();
    let registry = repo.read(".contract/consumers.yaml");
    repo.write(
        ".contract/consumers.yaml",
        &registry.replace("tier: critical", "tier: citical"),
    );
    run(&repo, "consumer check").is(
        2,
        "",
        "error: .contract/consumers.yaml cannot be read: `tier` cannot be `citical`\n  \
         --> .contract/consumers.yaml:4:11\n  help: did you mean `critical`?\n",
    );
}
