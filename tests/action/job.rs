//! A job with one step: the action.

use crate::{
    definition::{self, names},
    expressions::{Scope, filled, holds},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// What surrounds the action: inputs, the event, and programs.
pub(crate) struct Job {
    keep: TempDir,
    home: PathBuf,
    workspace: PathBuf,
    inputs: BTreeMap<String, String>,
    github: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
    /// Whether the real `contract` is on PATH.
    has_contract: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) log: String,
    pub(crate) outputs: BTreeMap<String, String>,
    pub(crate) summary: String,
    /// The steps that ran, by name, and how each of them ended.
    pub(crate) ran: Vec<(String, i32)>,
    /// What was given to the actions that were used.
    pub(crate) used: Vec<BTreeMap<String, String>>,
}

impl Job {
    /// A job in a working tree, whose action takes `contract` from PATH.
    pub(crate) fn new(workspace: &Path) -> Self {
        let keep = tempfile::tempdir().expect("a temporary folder");
        let home = fs::canonicalize(keep.path()).expect("it was just made");
        for folder in ["stubs", "temp", "actions"] {
            fs::create_dir(home.join(folder)).expect("a new folder");
        }
        let mut job = Self {
            keep,
            home,
            workspace: workspace.to_owned(),
            inputs: BTreeMap::new(),
            github: BTreeMap::new(),
            env: BTreeMap::new(),
            has_contract: true,
        };
        job.input("version", "path");
        job.input("token", "s3cr3t");
        job.env("RUNNER_TEMP", &job.path("temp"));
        job.env("GITHUB_ACTION_PATH", &job.path("actions"));
        job.env("GITHUB_SERVER_URL", "https://github.example");
        for (name, value) in [
            ("repository", "acme/shop"),
            ("workflow", "gate"),
            ("job", "check"),
            ("event_name", "push"),
            ("ref", "refs/heads/main"),
            ("sha", ""),
        ] {
            job.github(name, value);
        }
        job
    }

    /// A path below the home folder.
    pub(crate) fn path(&self, below: &str) -> String {
        self.home.join(below).to_string_lossy().into_owned()
    }

    pub(crate) fn input(&mut self, name: &str, value: &str) -> &mut Self {
        self.inputs.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A value of the context `github`, and of its variable where it has one.
    pub(crate) fn github(&mut self, name: &str, value: &str) -> &mut Self {
        self.github.insert(name.to_owned(), value.to_owned());
        if !name.contains('.') && !["workflow", "job"].contains(&name) {
            self.env(&format!("GITHUB_{}", name.to_uppercase()), value);
        }
        self
    }

    pub(crate) fn env(&mut self, name: &str, value: &str) -> &mut Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A program on PATH before all others. It may append to `$HOME/log`.
    pub(crate) fn stub(&mut self, name: &str, script: &str) -> &mut Self {
        let file = self.home.join("stubs").join(name);
        executable(&file, script);
        self
    }

    pub(crate) fn without_contract(&mut self) -> &mut Self {
        self.has_contract = false;
        self
    }

    /// A `contract` that answers for its version, writes down its arguments, and then does this.
    pub(crate) fn contract(&mut self, script: &str) -> &mut Self {
        let script = format!(
            "if [[ $1 == --version ]]; then echo 'contract 0.1.0'; exit; fi\n\
             printf '%s\\n' \"$@\" >> \"$HOME/log\"\n{script}"
        );
        self.without_contract().stub("contract", &script)
    }

    /// What stubs have written down.
    pub(crate) fn log(&self) -> Vec<String> {
        let log = fs::read_to_string(self.home.join("log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// Runs every step whose condition holds.
    pub(crate) fn run(&self) -> Outcome {
        assert!(self.keep.path().exists());
        let definition = definition::action();
        let mut inputs = BTreeMap::new();
        for name in names(&definition["inputs"]) {
            let default = definition["inputs"][&name]["default"].as_str();
            inputs.insert(name, default.unwrap_or_default().to_owned());
        }
        for (name, value) in &self.inputs {
            let known = inputs.insert(name.clone(), value.clone());
            assert!(known.is_some(), "there is no input {name}");
        }
        let mut outcome = Outcome::default();
        let mut steps = BTreeMap::new();
        for step in definition::steps() {
            let lookup = |name: &str| self.lookup(name, &inputs, &steps);
            let scope = Scope {
                lookup: &lookup,
                failed: outcome.code != 0,
            };
            if !holds(step["if"].as_str(), &scope) {
                continue;
            }
            let name = step["name"].as_str().expect("every step has a name");
            if step["uses"].is_string() {
                let with = &step["with"];
                let given = |key: String| {
                    let value = filled(with[&key].as_str().expect("a text"), &scope);
                    (key, value)
                };
                outcome
                    .used
                    .push(names(with).into_iter().map(given).collect());
                outcome.ran.push((name.to_owned(), 0));
                continue;
            }
            let (code, written) = self.step(&step, &scope, &mut outcome);
            outcome.ran.push((name.to_owned(), code));
            if outcome.code == 0 {
                outcome.code = code;
            }
            if let Some(id) = step["id"].as_str() {
                for (key, value) in written {
                    steps.insert(format!("steps.{id}.outputs.{key}"), value);
                }
            }
        }
        let lookup = |name: &str| self.lookup(name, &inputs, &steps);
        for name in names(&definition["outputs"]) {
            let value = definition["outputs"][&name]["value"].as_str();
            let scope = Scope {
                lookup: &lookup,
                failed: false,
            };
            let value = filled(value.expect("every output has a value"), &scope);
            outcome.outputs.insert(name, value);
        }
        outcome
    }

    /// Runs one step of a workflow, with what it may know of other steps.
    pub(crate) fn run_step(&self, step: &Value, known: &[(&str, &str)]) -> Outcome {
        let mut outcome = Outcome::default();
        let lookup = |name: &str| {
            let known = known.iter().find(|(known, _)| *known == name);
            known.map_or_else(
                || self.lookup(name, &BTreeMap::new(), &BTreeMap::new()),
                |(_, value)| (*value).to_owned(),
            )
        };
        let scope = Scope {
            lookup: &lookup,
            failed: false,
        };
        (outcome.code, _) = self.step(step, &scope, &mut outcome);
        outcome
    }

    fn lookup(
        &self,
        name: &str,
        inputs: &BTreeMap<String, String>,
        steps: &BTreeMap<String, String>,
    ) -> String {
        let value = match name.split_once('.') {
            Some(("inputs", input)) => {
                assert!(inputs.contains_key(input), "there is no input {input}");
                inputs.get(input)
            }
            Some(("steps", _)) => steps.get(name),
            Some(("github", rest)) => self.github.get(rest),
            _ => panic!("nothing is known as {name}"),
        };
        value.cloned().unwrap_or_default()
    }

    /// One script, as a runner starts it, and what it wrote as outputs.
    fn step(
        &self,
        step: &Value,
        scope: &Scope<'_>,
        outcome: &mut Outcome,
    ) -> (i32, Vec<(String, String)>) {
        // The shell of a workflow on Linux is bash as well.
        assert!(step["shell"] == "bash" || step["shell"].is_null());
        let script = self.home.join("script.sh");
        let (written, summary) = (self.home.join("output"), self.home.join("summary"));
        let run = step["run"].as_str().expect("a script");
        fs::write(&script, run).expect("writable");
        fs::write(&written, "").expect("writable");
        fs::write(&summary, "").expect("writable");
        let folder = step["working-directory"].as_str();
        let folder = filled(folder.unwrap_or("."), scope);
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(&script)
            .current_dir(self.workspace.join(folder))
            .env_clear()
            .env("PATH", self.programs())
            .env("HOME", &self.home)
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GITHUB_OUTPUT", &written)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .envs(&self.env)
            .stdin(Stdio::null());
        if step["env"].is_object() {
            for name in names(&step["env"]) {
                let value = step["env"][&name].as_str().expect("a text");
                command.env(name, filled(value, scope));
            }
        }
        let output = command.output().expect("bash is there");
        outcome.log += &String::from_utf8_lossy(&output.stdout);
        outcome.log += &String::from_utf8_lossy(&output.stderr);
        outcome.summary += &fs::read_to_string(summary).expect("UTF-8");
        let written = fs::read_to_string(written).expect("UTF-8");
        let pair = |line: &str| {
            let (name, value) = line.split_once('=').expect("NAME=VALUE");
            (name.to_owned(), value.to_owned())
        };
        let code = output.status.code().expect("bash ends by itself");
        (code, written.lines().map(pair).collect())
    }

    fn programs(&self) -> String {
        let stubs = self.path("stubs");
        let real = Path::new(env!("CARGO_BIN_EXE_contract"));
        let real = real.parent().expect("it is in a folder").to_string_lossy();
        let all = std::env::var("PATH").expect("a PATH");
        // Whoever runs the tests may have it installed.
        let system = all
            .split(':')
            .filter(|folder| !Path::new(folder).join("contract").exists());
        let system = system.collect::<Vec<_>>().join(":");
        if self.has_contract {
            format!("{stubs}:{real}:{system}")
        } else {
            format!("{stubs}:{system}")
        }
    }
}

pub(crate) fn executable(file: &Path, script: &str) {
    fs::write(file, format!("#!/usr/bin/env bash\n{script}\n")).expect("writable");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("our file");
}

impl Outcome {
    /// The job ended with this code, and these are the outputs of the action, but for its folders.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, status: &str, exit_code: &str) -> &Self {
        let said = [self.output("status"), self.output("exit-code")];
        assert_eq!(
            (self.code, said),
            (code, [status, exit_code]),
            "{}",
            self.log
        );
        self
    }

    pub(crate) fn output(&self, name: &str) -> &str {
        self.outputs.get(name).expect("an output of the action")
    }

    /// The errors and notices that the log shows as such.
    pub(crate) fn said(&self) -> Vec<&str> {
        let lines = self.log.lines();
        lines
            .filter_map(|line| {
                let error = line.strip_prefix("::error title=contract::");
                error.or_else(|| line.strip_prefix("::notice title=contract::"))
            })
            .collect()
    }
}
