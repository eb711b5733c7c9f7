//! What the README and the weekly workflow say is what happens.

#![expect(
    clippy::disallowed_methods,
    reason = "tests have files and start programs"
)]

use std::{fs, path::Path, process::Command};

use super::common::{Repository, drifts, honest, loud, repository};
use crate::sandbox::vendor::Options;

fn shipped(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The blocks of the README's part on probes, each with its language.
fn blocks() -> Vec<(String, String)> {
    let readme = shipped("README.md");
    let part = readme
        .split("\n## Probe")
        .nth(1)
        .expect("the part is there");
    let part = part.split("\n## ").next().unwrap_or_default();
    let fenced = part.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (language, text) = block.split_once('\n').expect("a block");
            (language.to_owned(), format!("{text}\n"))
        })
        .collect()
}

/// The commands of a block, without what is said about them.
fn commands(block: &str, program: &str) -> Vec<String> {
    let lines = block.lines().filter(|line| line.starts_with(program));
    lines
        .map(|line| line.split(" #").next().unwrap_or(line).trim().to_owned())
        .collect()
}

fn probe(repository: &Repository, command: &str) -> super::common::Ended {
    let words: Vec<&str> = command.split_whitespace().collect();
    assert_eq!(words[..2], ["contract", "probe"], "{command}");
    repository.probe(&words[2..])
}

#[test]
fn the_scenario_of_the_readme_is_the_one_that_runs() {
    let blocks = blocks();
    let languages: Vec<&str> = blocks
        .iter()
        .map(|(language, _)| language.as_str())
        .collect();
    assert_eq!(languages, ["sh", "yaml", "sh"]);
    let scenario = shipped("fixtures/probe/.contract/probes/payments.probe.yaml");
    assert_eq!(blocks[1].1, scenario);

    let mut repository = repository(honest());
    let first = commands(&blocks[0].1, "contract");
    let plan = "contract probe plan --allow-writes";
    let run = "contract probe run --environment acme-sandbox --allow-writes";
    assert_eq!(first, [plan, run]);
    assert_eq!(
        (probe(&repository, plan).code, repository.sandbox.count()),
        (0, 0)
    );
    let ran = probe(&repository, run);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );

    // The second vendor, as its line says.
    let second = &blocks[2].1;
    let started = "sandbox --port 8899 --key sk_example_5Rk2 --honour-keys false --config true &";
    assert!(second.contains(started), "{second}");
    repository.now(Options {
        honour_keys: false,
        config: true,
        ..honest()
    });
    let history = "contract probe history";
    assert_eq!(commands(second, "contract"), [run, history]);
    let (code, report) = repository.run(&["--allow-writes", "--no-history"]);
    let place = "op:GET /v1/status > resp:200 > media:application/json > body > .config";
    assert_eq!(
        (code, loud(&report), drifts(&report)),
        (
            1,
            vec![
                "idempotency-replay fail: the same key gives another `$.id`: the key is ignored"
                    .to_owned(),
                "idempotency-result warn: differs in the second answer".to_owned(),
                "field-undeclared warn: the contract does not declare `config`".to_owned(),
            ],
            vec![format!(
                "warn field-new: additive property-added at {place}; affects back-office"
            )],
        )
    );
    assert_eq!(probe(&repository, run).code, 1);
    assert_eq!(repository.books.references(), Vec::<String>::new());
    let told = probe(&repository, history);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    let verdicts: Vec<&str> = told
        .out
        .lines()
        .filter(|line| line.contains("verdicts"))
        .collect();
    let held = "  verdicts  ..  2 runs";
    let expected = [
        held,
        held,
        held,
        "  verdicts  .w  2 runs",
        "  verdicts  .F  2 runs",
    ];
    assert_eq!(verdicts, expected);
}

/// The script of the step that probes.
fn script() -> String {
    let workflow = shipped("examples/workflows/weekly-probe.yml");
    let step = workflow.split("- id: probe\n").nth(1).expect("the step");
    let lines = step.split("run: |\n").nth(1).expect("its script").lines();
    let script = lines.map_while(|line| line.strip_prefix("          "));
    script.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_weekly_workflow_runs_as_it_is_and_tells_its_exit_code() {
    let ignoring = Options {
        honour_keys: false,
        ..honest()
    };
    let closed = Options {
        key: Some("another key altogether".to_owned()),
        ..honest()
    };
    let keeping = Options {
        deletes: false,
        ..honest()
    };
    let missing = "no-such-environment";
    for (options, environment, code) in [
        (honest(), "acme-sandbox", 0),
        (ignoring, "acme-sandbox", 1),
        (honest(), missing, 2),
        (closed, "acme-sandbox", 3),
        (keeping, "acme-sandbox", 4),
    ] {
        let repository = repository(options);
        let output = repository.path("output.txt");
        let ended = Command::new("bash")
            .args(["-e", "-c", &script()])
            .current_dir(repository.folder.path())
            .env("CONTRACT", env!("CARGO_BIN_EXE_contract"))
            .env("ENVIRONMENT", environment)
            .env("GITHUB_OUTPUT", &output)
            .env("ACME_URL", repository.sandbox.url(""))
            .env("ACME_KEY", super::common::KEY)
            .output()
            .expect("bash runs");
        assert_eq!(
            ended.status.code(),
            Some(code),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
        assert_eq!(repository.read("output.txt"), format!("code={code}\n"));
        if code != 2 {
            assert!(repository.read("probe.xml").contains("<testsuites "));
            assert!(
                repository
                    .path(".contract/probes/history/acme-sandbox.jsonl")
                    .exists()
            );
        }
    }
}
