//! `contract config`, `contract schema`, and the base that a policy names.

use super::governed::{Repo, orders};

#[test]
fn try_out() {
    let show = |repo: &Repo, args: &[&str]| {
        let out = repo.contract(args);
        println!(
            "#### {args:?} {}\n{}---\n{}",
            out.code, out.stdout, out.stderr
        );
    };
    let repo = Repo::governed();
    show(&repo, &["config"]);
    let policy = repo.read(".contract/contract.yaml");
    repo.git(&["branch", "published"], "2026-03-01");
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}base: published\n"),
    );
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.commit("Remove all", "2026-04-01");
    show(&repo, &["check", "--today", "2026-04-01"]);
    show(&repo, &["check", "--today", "2026-04-01", "--base", "HEAD"]);
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}base: nowhere\n"),
    );
    show(&repo, &["check", "--today", "2026-04-01"]);
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}bas: nowhere\nmode: x\n"),
    );
    show(&repo, &["config"]);
    show(&Repo::new(), &["config", "--format", "json"]);
}
