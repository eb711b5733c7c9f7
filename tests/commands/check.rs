//! `contract check`.

use crate::folder::{Folder, Ran, api, run};
use serde_json::Value;

/// A repository with one committed API.
fn published() -> Folder {
    let folder = Folder::repository();
    folder.write("api/orders.yaml", api("Orders", &[])).commit();
    folder
}

fn schema(id: &str, rest: &str) -> String {
    format!(
        r#"{{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/{id}"{rest}}}"#
    )
}

fn change<'r>(report: &'r Value, rule: &str) -> &'r Value {
    let changes = report["changes"].as_array().expect("a list");
    changes
        .iter()
        .find(|change| change["rule"] == rule)
        .unwrap_or_else(|| panic!("no {rule} in {report:#}"))
}

#[track_caller]
fn finds(ran: &Ran, code: i32, rules: &[&str]) {
    assert_eq!(ran.code, code, "{ran:#?}");
    assert_eq!(ran.rules(), rules, "{ran:#?}");
}

#[test]
fn without_a_base_the_working_tree_is_compared_with_head() {
    let folder = published();
    let ran = folder.run(&["check"]);
    ran.says(
        0,
        &[
            "1 contract in working tree, compared with ",
            "api/orders.yaml",
        ],
    );
    folder.write("api/items.yaml", api("Items", &[]));
    let ran = folder.run(&["check", "--format", "json"]);
    finds(&ran, 0, &["contract-added"]);
    let report = ran.json();
    assert_eq!(report["head"]["label"], "working tree");
    assert_eq!(report["base"]["commit"].as_str().map(str::len), Some(40));
    let added = change(&report, "contract-added");
    assert_eq!(added["verdict"], "additive");
    assert_eq!(added["contract"], "api/items");
    assert_eq!(added["element"], "contract:api/items");
}

#[test]
fn a_contract_that_went_is_breaking() {
    let folder = published();
    folder.write("api/items.yaml", api("Items", &[])).commit();
    folder.remove("api/orders.yaml");
    let ran = folder.run(&["check", "--format", "json"]);
    finds(&ran, 1, &["contract-removed"]);
    let report = ran.json();
    let removed = change(&report, "contract-removed");
    assert_eq!(removed["verdict"], "breaking");
    assert_eq!(removed["level"], "error");
    let fingerprint = removed["fingerprint"].as_str().expect("a fingerprint");
    assert!(fingerprint.starts_with("cf1:") && fingerprint.len() == 44);
    // Named alone, also when nothing else is left.
    let ran = folder.run(&["check", "api/orders.yaml", "--format", "json"]);
    finds(&ran, 1, &["contract-removed"]);
    assert_eq!(folder.run(&["check", "--fail-on", "never"]).code, 0);
}

#[test]
fn a_contract_that_moved_is_compared_with_its_old_place() {
    let folder = published();
    folder.write("api/items.yaml", api("Items", &[])).commit();
    folder
        .remove("api/orders.yaml")
        .write("api/v1/orders.yml", api("Orders", &["note"]));
    let ran = folder.run(&["check", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    ran.says(0, &["HEAD:api/orders.yaml moved to api/v1/orders.yml"]);
    let rules = ran.rules();
    assert!(
        rules.iter().all(|rule| !rule.starts_with("contract-")),
        "{rules:?}"
    );
}

#[test]
fn the_base_is_a_commit_read_without_a_checkout() {
    let folder = published();
    folder.git(&["tag", "v1"]);
    folder
        .remove("api/orders.yaml")
        .write("README.md", "gone\n")
        .commit();
    finds(
        &folder.run(&["check", "--base", "v1", "--format", "json"]),
        1,
        &["contract-removed"],
    );
    folder
        .run(&["check", "--base", "v2"])
        .says(3, &["git has no commit `v2`", "no folder of that name"]);
    folder
        .run(&["check", "--base=-x"])
        .says(2, &["`-x` is not a revision"]);
}

#[test]
fn the_base_is_a_folder_that_stands_for_path() {
    let folder = Folder::new();
    folder
        .write("base/a.yaml", api("A", &[]))
        .write("base/gone.yaml", api("Gone", &[]))
        .write("head/a.yaml", api("A", &[]))
        .write("head/come.json", schema("come", ""));
    let ran = folder.run(&["check", "head", "--base", "base", "--format", "json"]);
    finds(&ran, 1, &["contract-added", "contract-removed"]);
    assert_eq!(change(&ran.json(), "contract-removed")["contract"], "gone");
    // One file of the folder, from inside of it.
    let ran = run(folder
        .command(&["check", "a.yaml", "--base", "../base"])
        .current_dir(folder.path().join("head")));
    ran.says(0, &["1 contract in a.yaml, compared with ../base: a.yaml"]);
    folder
        .run(&["check", "head/a.yaml", "--base", "base/a.yaml"])
        .says(2, &["is a file", "contract diff"]);
    folder
        .run(&["check", "head", "base", "--base", "base"])
        .says(2, &["different trees"]);
    folder
        .run(&["check", "head", "base", "--base", "base", "--root", "."])
        .says(2, &["stands for one PATH"]);
    // The base is no part of what it is the base of.
    let ran = folder.run(&[
        "check", ".", "--base", "base", "--root", ".", "--format", "json",
    ]);
    assert!(!ran.err.contains("base/a.yaml,"), "{ran:#?}");
}

#[test]
fn a_base_without_contracts_is_worth_a_look() {
    let folder = Folder::new();
    folder
        .write("base/readme.md", "")
        .write("head/a.yaml", api("A", &[]));
    folder
        .run(&["check", "head", "--base", "base"])
        .says(0, &["warning: the base base has no contract"]);
}

#[test]
fn no_base_at_all_is_an_error() {
    let folder = Folder::new();
    folder.write("a.yaml", api("A", &[]));
    folder
        .run(&["check"])
        .says(2, &["there is nothing to compare with", "--base"]);
    folder
        .run(&["check", "--base", "main"])
        .says(2, &["no folder `main`", "not inside a git repository"]);
    folder.git(&["init", "--quiet"]);
    folder.run(&["check"]).says(2, &["no commit yet"]);
}

#[test]
fn no_contract_is_an_error_unless_it_may_be() {
    let folder = Folder::repository();
    folder
        .write("package.json", r#"{"name": "x"}"#)
        .write("ci.yaml", "on: push\n")
        .write("node_modules/x/a.yaml", api("A", &[]))
        .write("target/a.yaml", api("A", &[]))
        .write(".hidden/a.yaml", api("A", &[]))
        .write("ignored/a.yaml", api("A", &[]))
        .write(".gitignore", "/ignored\n")
        .commit();
    folder
        .run(&["check"])
        .says(2, &["there is no contract", "--allow-empty"]);
    let ran = folder.run(&["check", "--allow-empty", "--format", "json"]);
    ran.passes();
    assert_eq!(ran.json()["verdict"], "pass");
    // What was named on purpose is checked, wherever it lies.
    folder.run(&["check", ".hidden"]).says(0, &["1 contract"]);
    folder
        .run(&["check", "absent"])
        .says(2, &["`absent` is neither here nor in the base"]);
    folder.run(&["check", "package.json"]).says(
        2,
        &[
            "neither an OpenAPI document nor a JSON Schema",
            "--> package.json:1:1",
        ],
    );
}

#[test]
fn a_file_that_another_contract_refers_to_is_part_of_it() {
    let folder = Folder::repository();
    folder
        .write(
            "order.json",
            schema(
                "order",
                r#", "properties": {"price": {"$ref": "money.json"}}"#,
            ),
        )
        .write("money.json", schema("money", r#", "type": "integer""#))
        .write(
            "one.json",
            schema("one", r#", "properties": {"next": {"$ref": "two.json"}}"#),
        )
        .write(
            "two.json",
            schema("two", r#", "properties": {"next": {"$ref": "one.json"}}"#),
        )
        .commit();
    let ran = folder.run(&["check"]);
    ran.says(
        0,
        &["2 contracts in working tree", ": one.json, order.json\n"],
    );
    // A contract does not stop to be one because something starts to refer to it.
    folder.write(
        "new.json",
        schema(
            "new",
            r#", "properties": {"order": {"$ref": "order.json"}}"#,
        ),
    );
    folder
        .run(&["check"])
        .says(0, &[": new.json, one.json, order.json\n"]);
    folder
        .run(&["check", "money.json"])
        .says(0, &["1 contract in money.json"]);
}

#[test]
fn a_contract_that_cannot_be_read_does_not_hide_the_others() {
    let folder = published();
    folder.write("api/items.yaml", api("Items", &[])).commit();
    folder
        .write("api/items.yaml", "openapi: 3.1.0\nopenapi: 3.1.0\n")
        .write("api/more.yaml", api("More", &[]));
    let ran = folder.run(&["check", "--format", "json", "--output", "text:report.txt"]);
    ran.says(
        2,
        &[
            "error: ",
            "--> api/items.yaml:2:1",
            "1 contract could not be compared",
        ],
    );
    assert_eq!(ran.rules(), ["contract-added"]);
    assert!(!folder.read("report.txt").is_empty());
    // What the base calls a contract does not vanish by being no document any more.
    folder.write("api/items.yaml", "nothing: here\n");
    folder.run(&["check"]).says(
        2,
        &[
            "neither an OpenAPI document nor a JSON Schema",
            "--> api/items.yaml:1:1",
        ],
    );
    // All of them: then there is no report.
    let ran = folder.run(&["check", "api/items.yaml"]);
    ran.says(2, &["--> api/items.yaml:1:1"]);
    assert_eq!(ran.out, "");
}

#[test]
fn a_file_that_becomes_a_contract_is_new() {
    let folder = published();
    folder
        .write("api/items.yaml", "todo: everything\n")
        .commit();
    folder.write("api/items.yaml", api("Items", &[]));
    finds(
        &folder.run(&["check", "--format", "json"]),
        0,
        &["contract-added"],
    );
}

#[test]
fn an_api_that_becomes_a_schema_is_not_compared() {
    let folder = published();
    folder.write("api/orders.yaml", schema("orders", ""));
    folder
        .run(&["check"])
        .says(2, &["is an API", "is a bare schema"]);
}

#[test]
fn one_contract_may_be_given_an_id() {
    let folder = published();
    folder.remove("api/orders.yaml");
    let ran = folder.run(&["check", "--contract", "orders", "--format", "json"]);
    assert_eq!(
        change(&ran.json(), "contract-removed")["contract"],
        "orders"
    );
    folder
        .write("api/a.yaml", api("A", &[]))
        .write("api/b.yaml", api("B", &[]));
    folder
        .run(&["check", "--contract", "orders"])
        .says(2, &["--contract names one contract, and 3 were found"]);
}

#[test]
fn a_reference_is_read_from_the_side_it_stands_in() {
    let folder = Folder::repository();
    let text = api("Orders", &[]).replace("{type: string}", "{$ref: 'parts/größe x.yaml'}");
    folder
        .write("api/orders.yaml", text)
        .write("api/parts/größe x.yaml", "type: string\n")
        .commit();
    folder.remove("api/parts/größe x.yaml");
    let ran = folder.run(&["check", "api", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert_eq!(ran.json()["diagnostics"][0]["level"], "error");
}

#[test]
fn from_a_folder_below_files_are_called_as_seen_from_there() {
    let folder = published();
    let ran = run(folder
        .command(&["check"])
        .current_dir(folder.path().join("api")));
    ran.says(0, &[": orders.yaml\n"]);
}

#[test]
fn a_narrow_root_finds_the_same_files_in_the_commit() {
    let folder = published();
    let ran = folder.run(&["check", "api", "--root", "api", "--format", "json"]);
    finds(&ran, 0, &[]);
}

#[test]
fn the_main_job_of_the_readme_finds_what_breaks() {
    let root = env!("CARGO_MANIFEST_DIR");
    let folder = Folder::new();
    let ran = run(folder
        .command(&[
            "check",
            "fixtures/contracts/payments/head",
            "--base",
            "fixtures/contracts/payments/base",
        ])
        .current_dir(root));
    ran.says(1, &["1 contract in fixtures/contracts/payments/head"]);
    assert!(
        ran.out
            .contains("fixtures/contracts/payments/head/openapi.yaml:"),
        "{ran:#?}"
    );
}
