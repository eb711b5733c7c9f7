//! Every golden report keeps to the published schema of its format.
//!
//! `tests/schemas/fetch.sh FOLDER` fetches what others publish, and `CONTRACT_SCHEMAS=FOLDER` says where it is. The schema of
//! the JSON report is our own, and needs neither.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "these tests start the binary, read its reports, and say what they skip"
)]

use jsonschema::Validator;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};
use tempfile::TempDir;

const FORMATS: [&str; 4] = ["json", "sarif", "junit", "gitlab"];

/// What one run wrote.
struct Golden {
    name: String,
    folder: TempDir,
}

impl Golden {
    fn file(&self, format: &str) -> PathBuf {
        self.folder.path().join(format!("report.{format}"))
    }

    fn json(&self, format: &str) -> Value {
        let text = fs::read_to_string(self.file(format)).expect("it was written");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The folders of fixtures that have these two sides, and what `check` is asked besides.
fn fixtures() -> Vec<(PathBuf, [&'static str; 2], String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for kind in ["contracts", "governance"] {
        let entries = fs::read_dir(root.join(kind)).expect("readable");
        let mut folders: Vec<PathBuf> = entries
            .map(|entry| entry.expect("readable").path())
            .collect();
        folders.sort();
        for folder in folders {
            if !folder.join("base").is_dir() || !folder.join("head").is_dir() {
                continue;
            }
            let more = fs::read_to_string(folder.join("run.txt"));
            found.push((
                folder,
                ["base", "head"],
                more.unwrap_or_else(|_| "--today 2026-11-20".to_owned()),
            ));
        }
    }
    found
}

/// All of them, run once for every test.
fn goldens() -> &'static [Golden] {
    static ALL: OnceLock<Vec<Golden>> = OnceLock::new();
    ALL.get_or_init(|| {
        let all: Vec<Golden> = fixtures().into_iter().map(golden).collect();
        assert!(all.len() > 70, "{} fixtures", all.len());
        all
    })
}

fn golden((fixture, [base, head], more): (PathBuf, [&str; 2], String)) -> Golden {
    let golden = Golden {
        name: fixture.display().to_string(),
        folder: tempfile::tempdir().expect("a temporary folder"),
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
    command
        .args(["check", head, "--base", base, "--quiet"])
        .args(more.split_whitespace())
        .current_dir(&fixture)
        // Another day is given than today's, which a policy has to allow in CI.
        .env_remove("CI")
        .env(
            "GIT_CEILING_DIRECTORIES",
            fixture.parent().expect("a folder"),
        );
    for format in FORMATS {
        let target = golden.file(format);
        command.arg(format!("--output={format}:{}", target.display()));
    }
    let ran = command.output().expect("the binary starts");
    assert!(
        matches!(ran.status.code(), Some(0..=2)),
        "{}: {}",
        golden.name,
        String::from_utf8_lossy(&ran.stderr)
    );
    golden
}

/// A published schema, if it is here.
fn published(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("CONTRACT_SCHEMAS").map(|folder| PathBuf::from(folder).join(name));
    let found = path.filter(|path| path.is_file());
    if found.is_none() {
        println!("skipped: CONTRACT_SCHEMAS names no folder with {name} (tests/schemas/fetch.sh)");
    }
    found
}

fn keeps(validator: &Validator, name: &str, report: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(report)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{name}");
}

#[test]
fn json() {
    let schema = Command::new(env!("CARGO_BIN_EXE_contract"))
        .args(["schema", "report"])
        .output()
        .expect("the binary starts");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for golden in goldens() {
        keeps(&validator, &golden.name, &golden.json("json"));
    }
}

#[test]
fn sarif() {
    let Some(path) = published("sarif-schema-2.1.0.json") else {
        return;
    };
    let text = fs::read_to_string(path).expect("readable");
    // As published, one pattern is no regular expression: a bracket is closed that was never opened.
    let schema: Value = serde_json::from_str(&text.replace("{2}]?$", "{2}$")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for golden in goldens() {
        keeps(&validator, &golden.name, &golden.json("sarif"));
    }
}

#[test]
fn gitlab() {
    let Some(path) = published("codeclimate.json") else {
        return;
    };
    let text = fs::read_to_string(path).expect("readable");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for golden in goldens() {
        let report = golden.json("gitlab");
        for entry in report.as_array().expect("a list") {
            keeps(&validator, &golden.name, entry);
        }
    }
}

#[test]
fn junit() {
    let Some(path) = published("junit-10.xsd") else {
        return;
    };
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--schema"]).arg(path);
    for golden in goldens() {
        command.arg(golden.file("junit"));
    }
    match command.output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(_) => println!("skipped: xmllint is not installed"),
    }
}
