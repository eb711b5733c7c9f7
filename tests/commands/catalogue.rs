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

/// The words of a list in a help text: what stands first in the lines below its heading.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let (_, list) = help.split_once(heading).expect("it has the list");
    let lines = list
        .lines()
        .skip(1)
        .take_while(|line| !line.trim().is_empty());
    let first = lines.filter_map(|line| {
        let word = line.strip_prefix("  ")?;
        word.starts_with(|c: char| c.is_ascii_lowercase()).then(|| {
            word.split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        })
    });
    first.collect()
}

#[test]
fn every_command_has_its_page_and_its_completion() {
    let folder = Folder::new();
    folder.run(&["man", "--dir", "."]).passes();
    let completions: Vec<String> = ["bash", "zsh", "fish", "elvish", "powershell"]
        .iter()
        .map(|shell| folder.run(&["completions", shell]).passes().out.clone())
        .collect();
    let commands = listed(&folder.run(&["--help"]).out, "Commands:");
    for wanted in ["baseline", "git-diff-driver", "changelog", "check", "init"] {
        assert!(commands.iter().any(|one| one == wanted), "{commands:?}");
    }
    let mut pages = 0;
    for command in commands.iter().filter(|one| *one != "help") {
        let mut all = vec![vec![command.clone()]];
        let help = folder.run(&[command, "--help"]).out;
        if help.contains("\nCommands:") {
            let nested = listed(&help, "Commands:").into_iter();
            all.extend(
                nested
                    .filter(|one| one != "help")
                    .map(|one| vec![command.clone(), one]),
            );
        }
        for path in all {
            let page = folder.read(&format!("contract-{}.1", path.join("-")));
            assert!(page.contains(".SH OPTIONS"), "{path:?}");
            let last = path.last().expect("one at least");
            for text in &completions {
                assert!(text.contains(last.as_str()), "{path:?}");
            }
            pages += 1;
        }
    }
    assert!(pages >= 25, "{pages} pages");
    for option in ["allow-dirty", "dry-run", "template"] {
        for text in &completions {
            assert!(text.contains(option), "{option}");
        }
    }
}

#[test]
fn every_file_that_people_write_has_a_schema() {
    let folder = Folder::new();
    for kind in [
        "report",
        "policy",
        "consumers",
        "usage",
        "deprecations",
        "signoff",
        "waiver",
        "request",
        "baseline",
        "scenario",
        "probe-report",
    ] {
        let schema = folder.run(&["schema", kind]).passes().json();
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
}
