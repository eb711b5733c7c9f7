//! A repository of its own for each test, and what the binary says there.

#![expect(
    clippy::disallowed_methods,
    reason = "tests have files and start the binary"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::secrets;
use crate::sandbox::{
    Sandbox,
    vendor::{Books, Options},
};

pub(crate) const KEY: &str = "sk_acme/8Yq+Rz0v==";

/// The repository of `fixtures/probe`, and a vendor for it.
pub(crate) struct Repository {
    pub(crate) folder: TempDir,
    pub(crate) sandbox: Sandbox,
    pub(crate) books: Books,
    pub(crate) key: Option<&'static str>,
}

/// What a run of the binary came to.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A vendor that wants the key.
pub(crate) fn honest() -> Options {
    Options {
        key: Some(KEY.to_owned()),
        ..Options::default()
    }
}

pub(crate) fn repository(options: Options) -> Repository {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/probe");
    copy(&fixture, folder.path());
    let (sandbox, books) = Sandbox::start_acme(options);
    Repository {
        folder,
        sandbox,
        books,
        key: Some(KEY),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the fixture") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Runs the binary, which has to end in time.
pub(crate) fn ended(command: &mut Command, within: Duration) -> Ended {
    let began = Instant::now();
    let output = command.output().expect("the binary runs");
    let took = began.elapsed();
    assert!(took < within, "{command:?} took {took:?}");
    secrets::assert_none("standard output", &output.stdout);
    secrets::assert_none("standard error", &output.stderr);
    Ended {
        code: output.status.code().expect("not killed"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Whatever a test was about, nothing that it left behind has a secret in it.
impl Drop for Repository {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            secrets::assert_none_in(self.folder.path());
        }
    }
}

impl Repository {
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).expect("written");
    }

    /// Writes a file anew, with one text in place of another.
    pub(crate) fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replacen(old, new, 1));
    }

    /// Another vendor takes the place of the one that was there.
    pub(crate) fn now(&mut self, options: Options) {
        (self.sandbox, self.books) = Sandbox::start_acme(options);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
        command
            .arg("probe")
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("NO_COLOR", "1")
            .env("ACME_URL", self.sandbox.url(""))
            .env("USER", "kim")
            .stdin(Stdio::null());
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if let Some(key) = self.key {
            command.env("ACME_KEY", key);
        }
        command
    }

    /// `contract probe …`, which has to end in time.
    pub(crate) fn probe(&self, args: &[&str]) -> Ended {
        ended(&mut self.command(args), Duration::from_secs(20))
    }

    /// The same, on its way.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the binary runs")
    }

    /// A run of the sandbox, as JSON.
    pub(crate) fn run(&self, args: &[&str]) -> (i32, Value) {
        let mut all = vec!["run", "--environment", "acme-sandbox", "--format", "json"];
        all.extend(args);
        let ended = self.probe(&all);
        let report = serde_json::from_str(&ended.out);
        let report = report.unwrap_or_else(|error| panic!("{error}\n{}\n{}", ended.out, ended.err));
        (ended.code, report)
    }
}

/// `workflow/step verdict` of each step.
pub(crate) fn steps(report: &Value) -> Vec<String> {
    let all = report["scenarios"].as_array().into_iter().flatten();
    let all = all.flat_map(|one| one["steps"].as_array().into_iter().flatten());
    all.map(|step| {
        let text = |key: &str| step[key].as_str().unwrap_or("?").to_owned();
        format!("{}/{} {}", text("workflow"), text("step"), text("verdict"))
    })
    .collect()
}

/// `id verdict: message` of each check that does not simply pass.
pub(crate) fn loud(report: &Value) -> Vec<String> {
    let all = report["scenarios"].as_array().into_iter().flatten();
    let all = all.flat_map(|one| one["steps"].as_array().into_iter().flatten());
    let all = all.flat_map(|step| step["checks"].as_array().into_iter().flatten());
    all.filter(|check| check["verdict"] != "pass" && check["verdict"] != "skipped")
        .map(|check| {
            let text = |key: &str| check[key].as_str().unwrap_or("?").to_owned();
            format!("{} {}: {}", text("id"), text("verdict"), text("message"))
        })
        .collect()
}

/// What drifted; how fast this machine is at the time says nothing.
pub(crate) fn shifts(report: &Value) -> impl Iterator<Item = &Value> {
    let all = report["drifts"].as_array().into_iter().flatten();
    all.filter(|drift| drift["kind"] != "latency-shift")
}

/// `verdict kind: changes; consumers` of each drift.
pub(crate) fn drifts(report: &Value) -> Vec<String> {
    let all = shifts(report);
    all.map(|drift| {
        let text = |key: &str| drift[key].as_str().unwrap_or("?").to_owned();
        let changes = drift["changes"].as_array().into_iter().flatten();
        let changes: Vec<String> = changes
            .map(|change| {
                let text = |key: &str| change[key].as_str().unwrap_or("?").to_owned();
                format!(
                    "{} {} at {}",
                    text("verdict"),
                    text("rule"),
                    text("element")
                )
            })
            .collect();
        let affects = drift["affects"].as_array().into_iter().flatten();
        let affects: Vec<&str> = affects.filter_map(Value::as_str).collect();
        format!(
            "{} {}: {}; affects {}",
            text("verdict"),
            text("kind"),
            changes.join(", "),
            affects.join(", ")
        )
    })
    .collect()
}
