//! What is written about the action, and with it: pins, inputs, the README, and workflows to copy.

use crate::definition::{action, names, read, root, steps, yaml};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The workflows of this repository, and those that it shows, from the root.
fn workflows() -> Vec<String> {
    let mut found = Vec::new();
    for folder in [".github/workflows", "examples/workflows"] {
        let entries = fs::read_dir(root().join(folder)).expect("it is there");
        let paths = entries.map(|entry| entry.expect("readable").path());
        let inside = |path: PathBuf| {
            let path = path.strip_prefix(root()).expect("below the root");
            path.to_string_lossy().into_owned()
        };
        found.extend(paths.map(inside));
    }
    found.retain(|name| name != "examples/workflows/gitlab-ci.yml");
    found.sort();
    assert_eq!(found.len(), 5, "{found:?}");
    found
}

fn steps_of(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_object().expect("jobs");
    let steps = jobs.values().filter_map(|job| job["steps"].as_array());
    steps.flatten().cloned().collect()
}

/// Every step of the action and of all workflows, with the file it is in.
fn all_steps() -> Vec<(String, Value)> {
    let mut all: Vec<_> = steps()
        .into_iter()
        .map(|step| ("action.yml".to_owned(), step))
        .collect();
    for name in workflows() {
        let workflow = yaml(&name, &read(&name));
        all.extend(
            steps_of(&workflow)
                .into_iter()
                .map(|step| (name.clone(), step)),
        );
    }
    all
}

#[test]
fn what_is_used_is_pinned_to_a_commit_and_says_its_version() {
    let mut pins = 0;
    for name in workflows().into_iter().chain(["action.yml".to_owned()]) {
        for line in read(&name).lines() {
            let line = line.trim_start().trim_start_matches("- ");
            let Some(used) = line.strip_prefix("uses: ") else {
                continue;
            };
            if used.starts_with("./ ") {
                continue;
            }
            let (_, pin) = used.split_once('@').expect("a revision");
            let (commit, comment) = pin.split_once(" # ").expect("a version");
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit, "{name}: {line}");
            let is_version = comment.starts_with('v') && comment.split('.').count() == 3;
            let is_ours = used.starts_with("OWNER/contract@000");
            assert!(is_version || is_ours, "{name}: {line}");
            pins += 1;
        }
    }
    assert!(pins > 10, "{pins}");
}

#[test]
fn nothing_is_interpolated_into_a_script() {
    for (name, step) in all_steps() {
        if let Some(script) = step["run"].as_str() {
            assert!(!script.contains("${{"), "{name}: {script}");
        }
        assert!(
            step["uses"].is_string() != step["run"].is_string(),
            "{name}"
        );
    }
    for step in steps() {
        assert!(step["run"].is_null() || step["shell"] == "bash");
        assert!(step["name"].is_string());
    }
}

/// `.ci/run` gives these to shellcheck.
#[test]
fn the_scripts_are_laid_out_for_shellcheck() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scripts");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("ours");
    }
    fs::create_dir_all(&folder).expect("writable");
    let mut count = 0;
    for (name, step) in all_steps() {
        // What is in one line and has no shell of its own may be for another one than bash, and has nothing to check.
        let Some(script) = step["run"].as_str().filter(|script| script.contains('\n')) else {
            continue;
        };
        count += 1;
        let file = format!("{count:02}-{}.sh", name.replace('/', "-"));
        let text = format!("#!/usr/bin/env bash\n{script}");
        fs::write(folder.join(file), text).expect("writable");
    }
    assert!(count > 12, "{count}");
}

#[test]
fn the_readme_names_every_input_and_output() {
    let readme = read("README.md");
    let action = action();
    let rows = |from: &str| -> Vec<String> {
        let table = readme.split(from).nth(1).expect("the table is there");
        let rows = table
            .lines()
            .skip(1)
            .take_while(|line| line.starts_with('|'));
        let cell = |row: &'_ str| row.split('|').nth(1).expect("a cell").to_owned();
        let cells: String = rows.map(cell).collect();
        let mut names: Vec<String> = cells
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        rows("| input | it is | default |\n"),
        sorted(names(&action["inputs"]))
    );
    assert_eq!(
        rows("| output | it is |\n"),
        sorted(names(&action["outputs"]))
    );
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[test]
fn the_readme_shows_the_workflow_for_pull_requests() {
    let workflow = read("examples/workflows/pull-request.yml");
    let shown = format!("```yaml\n{workflow}```\n");
    assert!(read("README.md").contains(&shown));
}

#[test]
fn workflows_give_the_action_only_inputs_that_it_has() {
    let inputs = names(&action()["inputs"]);
    let outputs = names(&action()["outputs"]);
    let mut used = 0;
    for (file, step) in all_steps() {
        let text = step.to_string();
        for output in text.split("steps.contract.outputs.").skip(1) {
            let end = |c: char| !(c.is_ascii_lowercase() || c == '-');
            let name = &output[..output.find(end).unwrap_or(output.len())];
            assert!(outputs.iter().any(|known| known == name), "{file}: {name}");
        }
        let is_ours = step["uses"]
            .as_str()
            .is_some_and(|uses| uses == "./" || uses.starts_with("OWNER/contract@"));
        if is_ours {
            used += 1;
            for name in names(&step["with"]) {
                assert!(inputs.contains(&name), "{file}: {name}");
            }
        }
    }
    assert_eq!(used, 3);
}

#[test]
fn every_job_has_an_end_and_no_more_permissions_than_it_names() {
    for name in workflows() {
        let workflow = yaml(&name, &read(&name));
        assert_eq!(workflow["permissions"].to_string(), "{}", "{name}");
        let jobs = workflow["jobs"].as_object().expect("jobs");
        for (job, definition) in jobs {
            assert!(definition["timeout-minutes"].is_number(), "{name}: {job}");
            assert!(definition["permissions"].is_object(), "{name}: {job}");
        }
    }
}

#[test]
fn the_hook_for_pre_commit_checks_the_working_tree() {
    let hooks = yaml("hooks", &read(".pre-commit-hooks.yaml"));
    let hook = &hooks.as_array().expect("a list")[0];
    assert_eq!(hook["id"], "contract");
    assert_eq!(hook["entry"], "contract check");
    assert_eq!(hook["language"], "rust");
    assert_eq!(hook["pass_filenames"], false);
}
