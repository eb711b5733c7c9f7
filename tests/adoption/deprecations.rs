//! `contract deprecations`

use super::{governed::Repo, lively, named, told};

#[test]
fn try_out() {
    let repo = lively();
    repo.commit("Deprecate much", "2026-11-01");
    let day = ["--today", "2026-11-20"];
    for extra in [
        &[][..],
        &["--due", "10"],
        &["--format", "json"],
        &["--format", "markdown"],
        &["--contract", "order"],
        &["--at", "HEAD~1"],
        &["-v", "--ascii"],
    ] {
        let mut args = vec!["deprecations"];
        args.extend(day);
        args.extend(extra);
        let out = repo.contract(&args);
        println!(
            "#### {args:?} {}\n{}---\n{}",
            out.code,
            named(&out.stdout, &repo, "HEAD~1", "BASE"),
            out.stderr
        );
    }
    let _ = told;
    let _ = Repo::new;
}
