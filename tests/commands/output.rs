//! Where reports go, and how they look.

use crate::folder::{Folder, api, run};
use std::{fs::File, io::Read, process::Stdio};

fn pair() -> Folder {
    let folder = Folder::new();
    folder
        .write("old.yaml", api("Orders", &["note"]))
        .write("new.yaml", api("Orders", &["note"]));
    folder
}

#[test]
fn one_run_writes_many_reports() {
    let folder = pair();
    let ran = folder.run(&[
        "diff",
        "old.yaml",
        "new.yaml",
        "--today",
        "2026-01-31",
        "--output",
        "json:one.json",
        "--output",
        "text:two.txt",
    ]);
    ran.passes();
    assert_eq!(ran.out, folder.read("two.txt"));
    let report: serde_json::Value =
        serde_json::from_str(&folder.read("one.json")).expect("a report");
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["today"], "2026-01-31");
    assert_eq!(report["verdict"], "pass");
    let printed = folder.run(&["diff", "old.yaml", "new.yaml", "--output", "json:-"]);
    assert_eq!(printed.json()["schema_version"], 1);
}

#[test]
fn two_runs_say_the_same() {
    let folder = pair();
    let args = [
        "diff",
        "old.yaml",
        "new.yaml",
        "--format",
        "json",
        "--today",
        "2026-01-31",
    ];
    assert_eq!(folder.run(&args).out, folder.run(&args).out);
}

#[test]
fn what_cannot_be_written_is_no_verdict_and_the_rest_is_written() {
    let folder = pair();
    let ran = folder.run(&[
        "diff",
        "old.yaml",
        "new.yaml",
        "--output",
        "json:absent/one.json",
        "--output",
        "json:two.json",
    ]);
    ran.says(
        3,
        &[
            "absent/one.json cannot be written",
            "help: create the folder first",
        ],
    );
    assert!(!ran.out.is_empty());
    assert!(folder.read("two.json").contains("schema_version"));
    folder
        .run(&["diff", "old.yaml", "new.yaml", "--output", "json:."])
        .says(3, &["cannot be written"]);
}

#[test]
fn a_reader_that_left_is_no_error() {
    let folder = pair();
    let mut child = folder
        .command(&["diff", "old.yaml", "new.yaml", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let mut said = String::new();
    let mut err = child.stderr.take().expect("a pipe");
    err.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(0), "{said}");
    assert_eq!(said, "");
    // The catalogue, help, and completions are longer than a pipe holds at once.
    let mut child = folder
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_verdict_and_a_read_only_output_no_crash() {
    let folder = pair();
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    run(folder
        .command(&["diff", "old.yaml", "new.yaml"])
        .stdout(full))
    .says(3, &["standard output cannot be written"]);
    let read_only = File::open("/dev/null").expect("a device");
    run(folder
        .command(&["diff", "old.yaml", "new.yaml"])
        .stdout(read_only))
    .says(0, &[]);
}

#[test]
fn colour_is_asked_for_or_not_there() {
    let folder = pair();
    let coloured = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = folder.command(&[&["diff", "absent.yaml", "new.yaml"], args].concat());
        command.envs(set.iter().copied());
        run(&mut command).err.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(coloured(&[("FORCE_COLOR", "1")], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "1")], &["--color", "never"]));
}

#[test]
fn ascii_is_for_terminals_that_have_no_more() {
    let folder = Folder::new();
    folder.write("a.yaml", "openapi: 3.1.0\nopenapi: 3.1.0\n");
    let args = ["diff", "a.yaml", "a.yaml"];
    assert!(folder.run(&args).err.contains('│'));
    assert!(
        folder
            .run(&["diff", "a.yaml", "a.yaml", "--ascii"])
            .err
            .is_ascii()
    );
    assert!(run(folder.command(&args).env("LC_ALL", "C")).err.is_ascii());
}

#[test]
fn quiet_is_one_line() {
    let folder = pair();
    let ran = folder.run(&["diff", "old.yaml", "new.yaml", "-q"]);
    ran.passes();
    assert_eq!(ran.out.lines().count(), 1, "{ran:#?}");
}
