//! Files of sign-offs: what each is worth, and which may go.

use crate::{Repo, removed, run};
use serde_json::json;

const FILE: &str = ".contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml";

fn signed() -> Repo {
    let repo = removed();
    run(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine --expires 2026-06-10 --sign KEY:dana",
    )
    .ends(0);
    repo
}

#[test]
fn a_list_says_what_each_file_is_worth() {
    let repo = signed();
    let said = format!(
        "{FILE}\n  accept for mobile-app by dana@mobile, 1 place of orders, issued 2026-06-02\n  \
         counts until 2026-06-10 (signed)\n  the sign-off counts until 2026-06-10\n"
    );
    run(&repo, "signoff list").is(0, &said, "");
    run(&repo, "signoff list --expiring 8d").is(0, &said, "");
    run(&repo, "signoff list --expiring 7").is(0, "there is no such sign-off or waiver\n", "");
    run(&repo, "signoff list --pending").is(0, "nobody's word is wanting\n", "");
    let listed = run(&repo, "signoff list --format json").stdout;
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(
        listed,
        json!({
            "schema_version": 1,
            "today": "2026-06-02",
            "files": [{
                "file": FILE,
                "kind": "signoff",
                "consumer": "mobile-app",
                "decision": "accept",
                "approver": "dana@mobile",
                "contract": "orders",
                "changes": ["cf1:0a8c7794f218dc4ab07a20dec75d4cafd337e228"],
                "issued": "2026-06-02",
                "expires": "2026-06-10",
                "counts": true,
                "assurance": "signed",
                "until": "2026-06-10",
                "why": null,
                "matches": true,
                "notice": "signoff-expiring",
            }],
        })
    );
    // One byte more, and it is nothing.
    let text = repo.read(FILE);
    repo.write(FILE, &format!("{text}\n"));
    run(&repo, "signoff list").is(
        0,
        &format!(
            "{FILE}\n  accept for mobile-app by dana@mobile, 1 place of orders, issued 2026-06-02\n  \
             does not count: the file is not what was signed\n"
        ),
        "",
    );
}

#[test]
fn files_are_verified_one_by_one() {
    let repo = signed();
    run(&repo, &format!("signoff verify {FILE}")).is(
        0,
        &format!("{FILE}: counts until 2026-06-10\n"),
        "",
    );
    run(&repo, "signoff verify nowhere.yaml").ends(2);
    repo.write("bad.yaml", "schema: contract.signoff/v1\nconsumer: [\n");
    let bad = run(&repo, "signoff verify bad.yaml");
    assert_eq!((bad.code, bad.stdout.as_str()), (2, ""));
    let place = bad.stderr.lines().nth(1);
    assert_eq!(place, Some("  --> bad.yaml:2:11"));
    // Unsigned, and nowhere on the base.
    repo.write("copy.yaml", &repo.read(FILE));
    run(&repo, "signoff verify copy.yaml").is(
        1,
        "copy.yaml: does not count: it is neither signed nor on the base\n",
        "",
    );
    // The change is taken back.
    repo.git(
        &["checkout", "--quiet", "contracts/orders.yaml"],
        "2026-06-02",
    );
    run(&repo, &format!("signoff verify {FILE}")).is(
        1,
        &format!("{FILE}: matches no change between base and head\n"),
        "",
    );
    run(&repo, "signoff prune").is(
        0,
        &format!(
            "removed {FILE}\nremoved {FILE}.sig\n  it matches no change of this tree, and has not landed\n"
        ),
        "",
    );
}

#[test]
fn what_cannot_be_read_is_malformed() {
    let repo = signed();
    repo.write(FILE, "schema: contract.signoff/v1\nconsumer: mobile-app\n");
    let verified = run(&repo, "signoff verify");
    assert_eq!(verified.code, 2);
    let listed = run(&repo, "signoff list");
    assert_eq!(
        listed.stdout.lines().next(),
        Some(".contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml:1:1")
    );
}

#[test]
fn only_what_can_match_nothing_any_more_is_pruned() {
    let repo = signed();
    let forged = repo.read(FILE).replace("fine", "forged");
    let other = ".contract/signoffs/mobile-app/forged.yaml";
    repo.write(other, &forged);
    repo.write(".contract/signoffs/README.md", "Ask dana.\n");
    run(&repo, "signoff prune").is(0, "nothing to prune\n", "");
    repo.contract(&["signoff", "prune", "--today", "2026-06-10"])
        .is(0, "nothing to prune\n", "");
    repo.contract(&["signoff", "prune", "--today", "2026-06-11"])
        .is(
            0,
            &format!(
                "removed {FILE}\nremoved {FILE}.sig\n  it counted until 2026-06-10\nremoved {other}\n  it counted until 2026-06-10\n"
            ),
            "",
        );
    assert_eq!(
        repo.files(".contract/signoffs"),
        [".contract/signoffs/README.md"]
    );
}
