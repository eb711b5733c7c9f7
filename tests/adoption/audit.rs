//! `contract audit --history`

use super::{
    governed::{Repo, deprecated, orders},
    id, named,
};

const TOTAL: &str = "total: {type: string}";

/// What landed on a governed branch: a lawful deprecation, its removal a day too early, something else, and a merge.
fn landed() -> Repo {
    let repo = Repo::governed();
    let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
    let with = |members: &[&str]| orders(members);
    let total = deprecated("total", "2026-04-01", "2026-08-01");
    repo.write("contracts/orders.yaml", &with(&[&total, &legacy]));
    repo.commit("Deprecate the total", "2026-04-01");
    repo.write("contracts/orders.yaml", &with(&[&total]));
    repo.commit("Remove the legacy total", "2026-05-31");
    repo.write("README.md", "Orders.\n");
    repo.commit("Write a README", "2026-06-01");
    let day = "2026-06-02";
    repo.git(&["checkout", "--quiet", "-b", "work"], day);
    repo.write(
        "contracts/orders.yaml",
        &with(&[&total, "note: {type: string}"]),
    );
    repo.commit("Add a note", day);
    repo.write("contracts/orders.yaml", &with(&["note: {type: string}"]));
    repo.commit("Drop the total", day);
    repo.git(&["checkout", "--quiet", "main"], day);
    repo.git(
        &[
            "merge",
            "--quiet",
            "--no-ff",
            "--message",
            "Merge the note",
            "work",
        ],
        day,
    );
    repo
}

#[test]
fn try_out() {
    let show = |repo: &Repo, args: &[&str]| {
        let out = repo.contract(args);
        let mut text = out.stdout.clone();
        for (n, rev) in ["HEAD", "HEAD~1", "HEAD~2", "HEAD~3", "HEAD~4"]
            .iter()
            .enumerate()
        {
            let has = std::process::Command::new("git")
                .current_dir(repo.path())
                .args(["rev-parse", "-q", "--verify", rev])
                .output()
                .unwrap()
                .status
                .success();
            if has {
                text = named(&text, repo, rev, &format!("<{n}>"));
            }
        }
        println!("#### {args:?} {}\n{text}---\n{}", out.code, out.stderr);
    };
    let repo = landed();
    show(&repo, &["audit", "--history"]);
    show(&repo, &["audit", "--history", "--since", "2026-06-01"]);
    show(&repo, &["audit", "--history", "--since", "2026-06-03"]);
    show(&repo, &["audit", "--history", "--range", "HEAD~4..HEAD~3"]);
    show(
        &repo,
        &[
            "audit",
            "--history",
            "--format",
            "json",
            "--range",
            "HEAD~3..HEAD~2",
        ],
    );
    for bad in [
        &["--since", "2026-02-30"][..],
        &["--since", "2999-01-01"],
        &["--range", "HEAD"],
        &["--range", "..HEAD"],
        &["--range", "nope..HEAD"],
        &["--since", "2026-01-01", "--range", "a..b"],
    ] {
        let mut args = vec!["audit", "--history"];
        args.extend(bad);
        show(&repo, &args);
    }
    show(&repo, &["audit"]);
    // broken
    let repo = Repo::governed();
    repo.write("contracts/orders.yaml", "openapi: 3.1.0\ninfo: [\n")
        .commit("Break the contract", "2026-04-01");
    repo.write("README.md", "x")
        .commit("Something", "2026-04-02");
    repo.write("contracts/orders.yaml", &orders(&[]))
        .commit("Mend it", "2026-04-03");
    show(&repo, &["audit", "--history"]);
    // governance broken
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(".contract/contract.yaml", &format!("{policy}nonsense: 1\n"))
        .commit("Break the policy", "2026-04-01");
    repo.write("contracts/orders.yaml", &orders(&[]))
        .commit("Remove all", "2026-04-02");
    repo.write(".contract/contract.yaml", &policy)
        .commit("Mend the policy", "2026-04-03");
    show(&repo, &["audit", "--history"]);
    // shallow
    let origin = landed();
    let keep = Repo::new();
    let from = format!("file://{}", origin.path().display());
    keep.git(
        &["clone", "--quiet", "--depth=3", &from, "clone"],
        "2026-01-01",
    );
    let mut command = keep.command(&["audit", "--history"]);
    command.current_dir(keep.path().join("clone"));
    let out = super::governed::run(&mut command);
    println!(
        "#### shallow {} {}\n{}{}",
        out.code,
        id(&origin, "HEAD~2"),
        out.stdout,
        out.stderr
    );
    let empty = Repo::new();
    show(&empty, &["audit", "--history"]);
}
