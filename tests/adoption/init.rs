//! `contract init`

use super::governed::{Repo, orders};

const LEGACY: &str = "legacyTotal: {type: string, deprecated: true}";

#[test]
fn try_out() {
    let show = |repo: &Repo, args: &[&str]| {
        let out = repo.contract(args);
        println!(
            "#### {args:?} {}\n{}---\n{}",
            out.code, out.stdout, out.stderr
        );
    };
    let repo = Repo::new();
    repo.write(
        "api/orders/openapi.yaml",
        &orders(&["legacyTotal: {type: string}"]),
    )
    .commit("Publish", "2026-01-05");
    repo.write("api/orders/openapi.yaml", &orders(&[LEGACY]))
        .commit("Deprecate", "2026-02-01");
    repo.write(
        "api/orders/openapi.yaml",
        &orders(&["legacyTotal: {type: string, deprecated: false}"]),
    )
    .commit("Undeprecate", "2026-02-02");
    repo.write("api/orders/openapi.yaml", &orders(&[LEGACY]))
        .commit("Deprecate again", "2026-02-03");
    repo.write(
        "api/orders/openapi.yaml",
        "openapi: 3.1.0\n deprecated: true\n",
    )
    .commit("Break", "2026-02-04");
    repo.write(
        "api/orders/openapi.yaml",
        &orders(&[LEGACY, "note: {type: string}"]),
    )
    .commit("Mend", "2026-02-05");
    repo.write(
        "api/items.json",
        r#"{"openapi": "3.1.0", "info": {"title": "Items", "version": "1"}, "paths": {}}"#,
    );
    repo.write("api/broken.yaml", "openapi: 3.1.0\ninfo: [\n");
    repo.write("contracts.txt", "x");
    repo.write(".gitattributes", "*.png binary");
    show(&repo, &["check"]);
    show(&repo, &["init", "--from-history"]);
    println!("{}", repo.read(".contract/deprecations.yaml"));
    println!("{:?}", repo.read(".gitattributes"));
    show(&repo, &["check"]);
    show(&repo, &["init"]);
    show(&repo, &["deprecations", "--today", "2026-03-01"]);
    repo.remove("api/broken.yaml")
        .commit("Govern", "2026-03-01");
    show(&repo, &["check"]);
    show(&repo, &["audit", "--history"]);
}
