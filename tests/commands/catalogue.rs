//! Commands that need no contract.

use crate::folder::Folder;

#[test]
fn the_catalogue_is_listed_in_three_forms() {
    let folder = Folder::new();
    for format in ["text", "markdown", "json"] {
        let listed = folder.run(&["rules", "--format", format]);
        listed.passes();
        assert!(listed.out.contains("contract-removed"), "{format}");
    }
    folder.run(&["rules", "--format", "json"]).json();
}

#[test]
fn a_rule_is_explained_offline_and_a_typing_error_is_answered() {
    let folder = Folder::new();
    let explained = folder.run(&["explain", "contract-removed"]);
    explained.passes();
    assert!(
        explained
            .out
            .contains("A contract that the base has is gone")
    );
    folder.run(&["explain", "contract-remvoed"]).says(
        2,
        &["there is no rule `contract-remvoed`", "`contract-removed`"],
    );
    folder
        .run(&["explain", "zzz"])
        .says(2, &["help: `contract rules` lists all of them"]);
}

#[test]
fn the_schema_of_the_report_is_a_schema() {
    let schema = Folder::new().run(&["schema", "report"]);
    schema.passes();
    assert!(schema.json()["$schema"].is_string());
    Folder::new()
        .run(&["schema", "nothing"])
        .says(2, &["report", "policy", "consumers"]);
}

#[test]
fn shells_complete_and_man_has_pages() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let completions = folder.run(&["completions", shell]);
        completions.passes();
        assert!(completions.out.contains("allow-host"), "{shell}");
    }
    let page = folder.run(&["man"]);
    page.passes();
    assert!(page.out.contains(".TH contract"));
    folder.run(&["man", "--dir", "."]).passes();
    let page = folder.read("contract-check.1");
    assert!(
        page.contains("contract\\-check") && page.contains("allow\\-empty"),
        "{page}"
    );
    folder
        .run(&["man", "--dir", "absent"])
        .says(3, &["cannot be written", "create the folder first"]);
}
