//! Where the program comes from, and that nothing else is taken for it.

use crate::{
    fixture::Forge,
    job::{Job, Outcome, executable},
};
use sha2::{Digest, Sha256};
use std::{fs, path::Path, process::Command};

#[track_caller]
fn refused(outcome: &Outcome, code: i32, why: &str) {
    assert_eq!(outcome.said(), [why], "{}", outcome.log);
    outcome.is(code, "", "");
    assert_eq!(outcome.output("path"), "");
    // Whatever failed, the last step says that there is no verdict.
    let last = outcome.ran.last().expect("steps ran");
    assert_eq!(last, &("Verdict".to_owned(), 3));
}

/// A job that installs, and does nothing else.
fn installs(version: &str) -> Job {
    let nowhere = std::env::temp_dir();
    let mut job = Job::new(&nowhere);
    job.input("command", "none").input("version", version);
    job
}

/// Makes a release of the stub of gh: an archive that holds one program, and a checksum.
fn released(job: &mut Job, target: &str, program: &str, checksum: Option<&str>) {
    let release = job.path("release");
    fs::create_dir(&release).expect("a new folder");
    let release = Path::new(&release);
    executable(&release.join(program), "echo 'contract 1.2.3'");
    let archive = format!("contract-{target}.tar.gz");
    let status = Command::new("tar")
        .current_dir(release)
        .args(["-czf", &archive, program])
        .status()
        .expect("tar is there");
    assert!(status.success());
    let bytes = fs::read(release.join(&archive)).expect("just written");
    let digest: String = Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |all, byte| all + &format!("{byte:02x}"));
    let checksum = checksum.unwrap_or(&digest);
    fs::write(
        release.join(format!("{archive}.sha256")),
        format!("{checksum}  {archive}\n"),
    )
    .expect("writable");
    job.stub(
        "gh",
        "printf '%s\\n' \"$*\" >> \"$HOME/log\"\ncp \"$HOME\"/release/*.tar.gz* .",
    );
}

fn on(job: &mut Job, system: &str, machine: &str) {
    let script = format!(
        "case $1 in -s) echo {system} ;; -m) echo {machine} ;; *) echo {system} {machine} ;; esac"
    );
    job.stub("uname", &script);
}

#[test]
fn the_source_is_built_where_the_workspace_has_no_say() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    let cargo = format!(
        "{{ pwd; printf '%s\\n' \"$*\"; env | grep -c s3cr3t; }} >> \"$HOME/log\"\n\
         mkdir -p \"$CARGO_TARGET_DIR/release\"\n\
         cp '{}' \"$CARGO_TARGET_DIR/release/contract\"",
        env!("CARGO_BIN_EXE_contract")
    );
    job.without_contract()
        .input("version", "source")
        .stub("cargo", &cargo);
    let outcome = job.run();
    outcome.is(1, "fail", "1");
    assert_eq!(
        outcome.output("path"),
        job.path("temp/contract-target/release/contract")
    );
    let expected = [
        job.path("actions"),
        "build --release --locked --bin contract".to_owned(),
        // The token is in no variable.
        "0".to_owned(),
    ];
    assert_eq!(job.log(), expected);
}

#[test]
fn without_the_program_there_is_no_verdict() {
    let mut job = installs("path");
    job.without_contract().input("command", "check");
    refused(&job.run(), 3, "there is no contract on PATH");
    let mut job = installs("path");
    job.without_contract()
        .input("command", "check")
        .stub("contract", "echo 'another tool 2.0'");
    refused(&job.run(), 3, "the program that was found is not contract");
    let mut job = installs("path");
    job.without_contract()
        .input("command", "check")
        .stub("contract", "kill -ABRT $$");
    refused(&job.run(), 3, "the program that was found is not contract");
}

#[test]
fn a_release_is_downloaded_from_the_repository_of_the_action() {
    let target = "aarch64-unknown-linux-musl";
    let mut job = installs("1.2.3");
    job.github("action_repository", "acme/contract");
    on(&mut job, "Linux", "aarch64");
    released(&mut job, target, "contract", None);
    let outcome = job.run();
    outcome.is(0, "", "");
    assert_eq!(
        outcome.output("path"),
        job.path("temp/contract-bin/contract")
    );
    let expected = format!(
        "release download v1.2.3 --repo acme/contract --clobber --pattern contract-{target}.tar.gz --pattern \
         contract-{target}.tar.gz.sha256"
    );
    assert_eq!(job.log(), [expected]);
}

#[test]
fn on_windows_paths_have_the_form_that_every_shell_understands() {
    let target = "x86_64-pc-windows-msvc";
    let mut job = installs("latest");
    // The runner says nothing, so the path of the action has to tell.
    job.env("GITHUB_ACTION_PATH", r"D:\a\_actions\acme\contract\v1\");
    on(&mut job, "MINGW64_NT-10.0-26100", "x86_64");
    released(&mut job, target, "contract.exe", None);
    // Two slashes at the front are one to Linux, and show that cygpath was asked.
    job.stub("cygpath", "[[ $1 == -m ]] && echo \"/$2\"");
    let outcome = job.run();
    outcome.is(0, "", "");
    let path = job.path("temp/contract-bin/contract.exe");
    assert_eq!(outcome.output("path"), format!("/{path}"));
    let expected = format!(
        "release download --repo acme/contract --clobber --pattern contract-{target}.tar.gz --pattern \
         contract-{target}.tar.gz.sha256"
    );
    assert_eq!(job.log(), [expected]);
}

#[test]
fn a_release_that_is_not_what_it_says_is_refused() {
    let target = "x86_64-apple-darwin";
    let darwin = |version: &str| {
        let mut job = installs(version);
        job.input("command", "check")
            .github("action_repository", "acme/contract");
        on(&mut job, "Darwin", "x86_64");
        job
    };
    for checksum in ["", &"0".repeat(64), "$(touch pwned)"] {
        let mut job = darwin("1.2.3");
        released(&mut job, target, "contract", Some(checksum));
        refused(&job.run(), 3, "the checksum of the release is wrong");
    }
    let mut job = darwin("1.2.4");
    released(&mut job, target, "contract", None);
    refused(&job.run(), 3, "the program of the release is another one");
    let mut job = darwin("1.2.3");
    on(&mut job, "Plan9", "mips");
    refused(
        &job.run(),
        3,
        "there is no release for Plan9 mips; set 'version' to source",
    );
    let mut job = darwin("1.2.3");
    job.stub("gh", "").github("action_repository", "");
    refused(
        &job.run(),
        3,
        "a local copy of the action does not know where its releases are; set 'version' to source",
    );
}

#[test]
fn inputs_have_the_values_that_they_may_have() {
    let cases = [
        ("command", "check; touch pwned", "check probe none"),
        ("command", "", "check probe none"),
        ("fail-on", "$(touch pwned)", "error warning note never"),
        ("annotations", "yes", "true false"),
        ("summary", "True", "true false"),
        ("sarif", "`touch pwned`", "true false auto"),
        ("comment", "true false", "true false"),
    ];
    for (input, value, allowed) in cases {
        let mut job = installs("path");
        job.input("command", "check").input(input, value);
        let outcome = job.run();
        let why = format!("the input '{input}' must be one of: {allowed}");
        refused(&outcome, 2, &why);
        assert_eq!(outcome.ran.len(), 2, "{:?}", outcome.ran);
    }
    let versions = [
        "",
        "1.0",
        "v1.0.0",
        "1.0.0; touch pwned",
        "1.0.0\nlatest",
        "1.0.0\n",
        "../1.0.0",
        "-1",
    ];
    for version in versions {
        let mut job = installs(version);
        job.input("command", "check");
        let why = "the input 'version' must be source, path, latest, or X.Y.Z";
        refused(&job.run(), 2, why);
    }
}

#[test]
fn installing_alone_gives_no_verdict_and_does_not_fail() {
    let mut job = installs("path");
    job.without_contract();
    job.stub("contract", "echo 'contract 0.1.0'");
    let outcome = job.run();
    outcome.is(0, "", "");
    assert_eq!(outcome.output("path"), job.path("stubs/contract"));
    let ran: Vec<&str> = outcome.ran.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(ran, ["Look at the inputs", "Build contract"]);
}
