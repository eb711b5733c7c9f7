//! `contract config`, `contract schema`, and the base that a policy names.

use super::{
    governed::{Repo, orders},
    matches, told,
};

#[test]
fn a_policy_is_printed_with_its_defaults() {
    let repo = Repo::governed();
    let ran = repo.contract(&["config"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    matches("config.txt", &ran.stdout, &repo, &[]);
    let json = told(&repo.contract(&["config", "--format", "json"]));
    assert_eq!(json["file"], ".contract/contract.yaml");
    let settings = json["settings"].as_array().expect("a list");
    assert_eq!(settings.len(), ran.stdout.lines().count());
    let owner = settings
        .iter()
        .find(|one| one["path"] == "contracts[0].owner");
    assert_eq!(
        owner,
        Some(&serde_json::json!({
            "path": "contracts[0].owner",
            "value": "orders",
            "from": ".contract/contract.yaml:8",
        }))
    );
}

#[test]
fn without_a_policy_the_defaults_are_printed() {
    let ran = Repo::new().contract(&["config", "--format", "json"]);
    assert_eq!(
        ran.stderr,
        "there is no .contract/contract.yaml: these are the defaults (`contract init` writes a policy)\n"
    );
    let json = told(&ran);
    assert_eq!(json["file"], serde_json::Value::Null);
    let settings = json["settings"].as_array().expect("a list");
    assert!(settings.iter().all(|one| one["from"] == "default"));
}

#[test]
fn every_fault_of_a_policy_is_told() {
    let repo = Repo::governed();
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}bas: main\nmode: x\n"),
    );
    repo.contract(&["config"]).is(
        2,
        "",
        "error: a policy has no key `bas`\n  --> .contract/contract.yaml:13:1\n  help: did you mean `base`?\n\
         error: `mode` cannot be `x`\n  --> .contract/contract.yaml:14:7\n  help: write `enforce` or `warn`\n",
    );
}

#[test]
fn the_base_of_the_policy_is_the_default() {
    let repo = Repo::governed();
    repo.git(&["branch", "published"], "2026-03-01");
    let policy = repo.read(".contract/contract.yaml");
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}base: published\n"),
    );
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.commit("Remove all", "2026-04-01");
    let rules = |more: &[&str]| {
        let mut args = vec!["check", "--today", "2026-04-01", "--format", "json"];
        args.extend(more);
        let ran = repo.contract(&args);
        let json = told(&ran);
        (
            ran.code,
            json["base"]["commit"].clone(),
            json["changes"].as_array().map(Vec::len),
        )
    };
    let id = |rev: &str| serde_json::Value::from(super::id(&repo, rev));
    assert_eq!(rules(&[]), (1, id("published"), Some(2)));
    assert_eq!(rules(&["--base", "HEAD"]), (0, id("HEAD"), Some(0)));
    repo.write(
        ".contract/contract.yaml",
        &format!("{policy}base: nowhere\n"),
    );
    repo.contract(&["check"]).is(
        3,
        "",
        "error: git has no commit `nowhere` here, which is the `base` of the policy\n  \
         help: name a commit that `git rev-parse nowhere` finds; there is no remote to fetch from\n",
    );
}

#[test]
fn a_check_without_a_policy_says_what_one_adds() {
    let repo = Repo::new();
    repo.write("api.yaml", &orders(&[]))
        .commit("Publish", "2026-01-01");
    let ran = repo.contract(&["check"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.stderr.lines().last(),
        Some(
            "there is no policy: one adds deprecation windows and sign-offs of consumers (`contract init` writes one)"
        )
    );
    assert_eq!(repo.contract(&["check", "--quiet"]).stderr, "");
}
