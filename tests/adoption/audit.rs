//! `contract audit --history`

use super::{
    governed::{self, Repo, deprecated, orders},
    id, matches, told,
};

const HISTORY: [&str; 2] = ["audit", "--history"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args: Vec<&str> = HISTORY.to_vec();
    args.extend(more);
    args
}

/// What landed on a governed branch: a lawful deprecation, a removal a day too early, something else, and a merge.
fn landed() -> Repo {
    let repo = Repo::governed();
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    let total = deprecated("total", "2026-04-01", "2026-08-01");
    repo.write("contracts/orders.yaml", &orders(&[&total, &legacy]));
    repo.commit("Deprecate the total", "2026-04-01");
    repo.write("contracts/orders.yaml", &orders(&[&total]));
    repo.commit("Remove the legacy total", "2026-05-31");
    repo.write("README.md", "Orders.\n");
    repo.commit("Write a README", "2026-06-01");
    let (day, note) = ("2026-06-02", "note: {type: string}");
    repo.git(&["checkout", "--quiet", "-b", "work"], day);
    repo.write("contracts/orders.yaml", &orders(&[&total, note]));
    repo.commit("Add a note", day);
    repo.write("contracts/orders.yaml", &orders(&[note]));
    repo.commit("Drop the total", day);
    repo.git(&["checkout", "--quiet", "main"], day);
    let merge = [
        "merge",
        "--quiet",
        "--no-ff",
        "--message",
        "Merge the note",
        "work",
    ];
    repo.git(&merge, day);
    repo
}

const NAMES: [(&str, &str); 5] = [
    ("HEAD", "MERGE"),
    ("HEAD~1", "README"),
    ("HEAD~2", "REMOVAL"),
    ("HEAD~3", "DEPRECATION"),
    ("HEAD~4", "START"),
];

#[test]
fn merges_that_the_gate_would_have_refused_are_told() {
    let repo = landed();
    let ran = repo.contract(&HISTORY);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    matches("audit.txt", &ran.stdout, &repo, &NAMES);
    let ran = repo.contract(&with(&["--format", "json"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    matches("audit.json", &ran.stdout, &repo, &NAMES);
}

#[test]
fn days_and_ranges_limit_what_is_replayed() {
    let repo = landed();
    let subjects = |more: &[&str]| {
        let mut args = with(more);
        args.extend(["--format", "json"]);
        let ran = repo.contract(&args);
        let commits = told(&ran)["commits"].as_array().cloned();
        let subjects: Vec<String> = commits
            .unwrap_or_default()
            .iter()
            .map(|commit| commit["subject"].as_str().unwrap_or_default().to_owned())
            .collect();
        (ran.code, subjects)
    };
    let merge = || vec!["Merge the note".to_owned()];
    let removal = || vec!["Remove the legacy total".to_owned()];
    assert_eq!(subjects(&["--since", "2026-06-01"]), (1, merge()));
    assert_eq!(subjects(&["--since", "2026-06-03"]), (0, vec![]));
    assert_eq!(subjects(&["--range", "HEAD~4..HEAD~3"]), (0, vec![]));
    assert_eq!(subjects(&["--range", "HEAD~3..HEAD~1"]), (1, removal()));
    assert_eq!(subjects(&["--range", "HEAD~2.."]), (1, merge()));
}

#[test]
fn a_gap_of_unreadable_contracts_is_told_and_bridged() {
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", "openapi: 3.1.0\ninfo: [\n");
    repo.commit("Break the contract", "2026-04-01");
    repo.write("README.md", "Orders.\n");
    repo.commit("Write a README", "2026-04-02");
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.commit("Mend the contract, and remove a member", "2026-04-03");
    let ran = repo.contract(&HISTORY);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let names = [("HEAD", "MENDED"), ("HEAD~2", "BROKEN")];
    matches("audit-unreadable.txt", &ran.stdout, &repo, &names);
}

#[test]
fn a_gap_of_an_unreadable_policy_is_told_and_bridged() {
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(".contract/contract.yaml", &format!("{policy}nonsense: 1\n"));
    repo.commit("Break the policy", "2026-04-01");
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.commit("Remove all", "2026-04-02");
    repo.write(".contract/contract.yaml", &policy);
    repo.commit("Mend the policy", "2026-04-03");
    let ran = repo.contract(&HISTORY);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let names = [
        ("HEAD", "MENDED"),
        ("HEAD~1", "REMOVAL"),
        ("HEAD~2", "BROKEN"),
    ];
    matches("audit-policy.txt", &ran.stdout, &repo, &names);
}

#[test]
fn a_shallow_clone_says_where_history_ends() {
    let origin = landed();
    let keep = Repo::new();
    let from = format!("file://{}", origin.path().display());
    let clone = ["clone", "--quiet", "--depth=3", &from, "clone"];
    keep.git(&clone, "2026-01-01");
    let run = |args: &[&str]| {
        let mut command = keep.command(args);
        governed::run(command.current_dir(keep.path().join("clone")))
    };
    let ran = run(&HISTORY);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    matches("audit-shallow.txt", &ran.stdout, &origin, &NAMES);
    // What was not asked for is not missed.
    let ran = run(&with(&["--since", "2026-06-01"]));
    let last = ran.stdout.lines().last();
    assert_eq!(last, Some("the gate would have refused 1 of 1 commit"));
}

#[test]
fn what_came_before_a_policy_is_counted_and_not_judged() {
    let repo = Repo::new();
    repo.write("api.yaml", &orders(&["total: {type: string}"]));
    repo.commit("Publish", "2026-01-01");
    repo.write("api.yaml", &orders(&[]));
    repo.commit("Remove the total", "2026-01-02");
    repo.contract(&HISTORY).is(
        0,
        "no commit changed a contract or what governs it; 1 came before there was a policy\n",
        "",
    );
}

#[test]
fn a_dirty_tree_does_not_matter() {
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", "not: [");
    repo.contract(&HISTORY)
        .is(0, "no commit changed a contract or what governs it\n", "");
}

#[test]
fn what_cannot_be_replayed_is_an_error() {
    let repo = Repo::governed();
    let head = id(&repo, "HEAD");
    for (more, code, message) in [
        (
            &["--since", "2026-02-30"][..],
            2,
            "error: invalid value '2026-02-30' for '--since <DATE>': write YYYY-MM-DD, such as 2026-01-31",
        ),
        (
            &["--since", "2999-01-01"],
            2,
            "error: 2999-01-01 is still to come: nothing can have landed since",
        ),
        (
            &["--range", "HEAD"],
            2,
            "error: invalid value 'HEAD' for '--range <A..B>': write A..B, such as v1.0..main",
        ),
        (
            &["--range", "a...b"],
            2,
            "error: invalid value 'a...b' for '--range <A..B>': write A..B, such as v1.0..main",
        ),
        (
            &["--range", "nowhere..HEAD"],
            3,
            "error: git has no commit `nowhere` here",
        ),
        (
            &["--range", &format!("{head}..nowhere")],
            3,
            "error: git has no commit `nowhere` here",
        ),
    ] {
        let ran = repo.contract(&with(more));
        assert_eq!((ran.code, ran.stdout.as_str()), (code, ""), "{more:?}");
        assert_eq!(ran.stderr.lines().next(), Some(message), "{more:?}");
    }
    Repo::new().contract(&HISTORY).is(
        2,
        "",
        "error: there is no history to replay: the repository has no commit yet\n  \
         help: commit the contracts first\n",
    );
}
