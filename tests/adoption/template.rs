//! `contract init --template`: from an empty folder to a gate that refuses a break, by the commands that it names.

use super::{
    governed::{self, Output},
    matches_with,
};
use std::{env, fs, path::Path, process::Command};

const API: &str = "contracts/orders/openapi.yaml";

/// A line of a shell in a folder, with the binary on the path and nothing else of this machine that matters.
fn shell(folder: &Path, line: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_contract"));
    let mut path = binary.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let mut bash = Command::new("bash");
    bash.args(["-euc", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env(
            "GIT_CEILING_DIRECTORIES",
            folder.parent().expect("a folder"),
        );
    for (name, value) in [
        ("NAME", "Test"),
        ("EMAIL", "test@example.com"),
        ("DATE", "2026-06-01T00:00:00Z"),
    ] {
        bash.env(format!("GIT_AUTHOR_{name}"), value)
            .env(format!("GIT_COMMITTER_{name}"), value);
    }
    for name in ["CI", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM"] {
        bash.env_remove(name);
    }
    governed::run(&mut bash)
}

/// The commands below `next`.
fn named(said: &str) -> Vec<&str> {
    let (_, next) = said
        .split_once("\nnext\n")
        .expect("it says what comes next");
    let lines = next.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("git ") || line.starts_with("contract "))
        .collect()
}

fn start(template: &str) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = shell(
        folder.path(),
        &format!("contract init --template {template}"),
    );
    said.ends(0);
    (folder, said)
}

#[cfg(unix)]
#[test]
fn an_empty_folder_becomes_a_repository_that_refuses_a_break() {
    let (folder, said) = start("governed-repo");
    matches_with("template-governed.txt", &said.stdout, &[]);
    let commands = named(&said.stdout);
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        shell(folder.path(), command).ends(0);
    }
    let file = folder.path().join(API);
    let text = fs::read_to_string(&file).expect("readable");
    let broken = text
        .replace(
            "        created_at:\n          type: string\n          format: date-time\n",
            "",
        )
        .replace("      - created_at\n", "");
    assert_eq!(text.lines().count() - broken.lines().count(), 4);
    fs::write(&file, &broken).expect("writable");
    let refused = shell(
        folder.path(),
        "contract check --today 2026-06-02 --format markdown",
    );
    refused.ends(1);
    let head = shell(folder.path(), "git rev-parse HEAD");
    matches_with(
        "template-refused.md",
        &refused.stdout,
        &[&head.stdout[..10]],
    );
    // What the comment offers first that needs no decision works.
    shell(
        folder.path(),
        "git add --all && contract check --fix --today 2026-06-02",
    )
    .ends(0);
    assert_eq!(fs::read_to_string(&file).expect("readable"), text);
}

#[cfg(unix)]
#[test]
fn every_template_passes_at_once() {
    for (template, count) in [("openapi", 3), ("json-schema", 2)] {
        let (folder, said) = start(template);
        matches_with(&format!("template-{template}.txt"), &said.stdout, &[]);
        let commands = named(&said.stdout);
        assert_eq!(commands.len(), count, "{commands:?}");
        for command in commands {
            let ran = shell(folder.path(), command);
            ran.ends(0);
        }
        // Nothing is wrong with the starter itself, however quiet.
        shell(
            folder.path(),
            "git rm -q --cached -r contracts && git commit -qm Unpublish",
        )
        .ends(0);
        let ran = shell(
            folder.path(),
            "contract check --today 2026-06-02 --format json",
        );
        let report: serde_json::Value = serde_json::from_str(&ran.ends(0).stdout).expect("JSON");
        assert_eq!(report["diagnostics"], serde_json::json!([]), "{template}");
    }
}

#[cfg(unix)]
#[test]
fn the_starter_has_what_every_api_needs() {
    let (folder, _) = start("openapi");
    let text = fs::read_to_string(folder.path().join(API)).expect("readable");
    matches_with("template-openapi.yaml", &text, &[]);
    // The crate that wrote it reads it as well.
    let tree = contract::tree::parse_bytes("a.yaml", text.into_bytes()).expect("YAML");
    let json = tree.to_json(tree.root()).expect("it is small").to_string();
    let read: openapiv3::OpenAPI = serde_json::from_str(&json).expect("OpenAPI 3.0");
    assert_eq!(read.operations().count(), 4);
    let plan = shell(folder.path(), "contract probe plan --allow-writes");
    matches_with("template-plan.txt", &plan.ends(0).stdout, &[]);
}

#[cfg(unix)]
#[test]
fn a_template_overwrites_nothing() {
    let (folder, _) = start("governed-repo");
    let mine = "# mine\n";
    for file in [
        API,
        ".contract/probes/orders.probe.yaml",
        ".contract/consumers.yaml",
    ] {
        fs::write(folder.path().join(file), mine).expect("writable");
    }
    shell(folder.path(), "git init -q");
    shell(folder.path(), "rm .contract/contract.yaml");
    let policy = "schema: contract.policy/v1\n";
    fs::write(folder.path().join(".contract/contract.yaml"), policy).expect("writable");
    fs::write(
        folder.path().join(".contract/consumers.yaml"),
        "schema: contract.consumers/v1\nconsumers: []\n",
    )
    .expect("writable");
    let again = shell(folder.path(), "contract init --template governed-repo");
    matches_with("template-again.txt", &again.ends(0).stdout, &[]);
    assert_eq!(
        fs::read_to_string(folder.path().join(API)).expect("readable"),
        mine
    );
}
