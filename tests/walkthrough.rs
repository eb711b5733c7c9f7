//! The walk through the gate in README.md, as it is written.
//!
//! `SNAPSHOTS=overwrite cargo test --test walkthrough` writes `walkthrough/expected.txt` anew; read the difference before
//! committing it.

#![allow(
    clippy::disallowed_methods,
    reason = "a test reads the README and starts a shell"
)]

use std::{env, fs, path::Path, process::Command};

/// The section of the README, from its heading to the next one.
fn section(heading: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("there is a README.md");
    let (_, rest) = readme
        .split_once(heading)
        .expect("the README has the walk-through");
    let end = rest.find("\n### ").unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// The lines of the fences of a language, fence by fence.
fn fences<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let open = format!("```{language}\n");
    let fences = text.split(open.as_str()).skip(1);
    fences
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

/// A script that runs each line and says how it ended where the line says how it has to.
fn script(lines: &str) -> String {
    let mut script = String::from("set -u\n");
    for line in lines.lines() {
        // The tests have built it already.
        let line = line
            .strip_prefix("cargo build --release --locked && ")
            .unwrap_or(line);
        script.push_str(line);
        script.push('\n');
        if line.contains("# exits with ") {
            script.push_str("printf 'exit %s\\n' \"$?\"\n");
        }
    }
    script
}

#[cfg(unix)]
#[test]
fn the_walk_through_runs_as_it_is_written() {
    let text = section("### A walk through the gate\n");
    let lines = fences(&text, "sh").join("\n");
    let wanted: Vec<String> = lines
        .lines()
        .filter_map(|line| line.split_once("# exits with "))
        .map(|(_, rest)| format!("exit {}", &rest[..1]))
        .collect();
    assert_eq!(wanted.len(), 6, "{lines}");
    let folder = tempfile::tempdir().expect("a folder");
    let binary = Path::new(env!("CARGO_BIN_EXE_contract"));
    let mut path = binary.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .arg("-c")
        .arg(script(&lines).replace("export PATH=\"$PWD/target/release:$PATH\"", ":"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env("TMPDIR", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("CI")
        .output()
        .expect("bash starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let ends: Vec<&str> = stdout
        .lines()
        .filter(|line| line.starts_with("exit "))
        .collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(ends, wanted, "{stdout}\n{stderr}");
    // What the README shows is what a reader sees.
    let shown = fences(&text, "text");
    assert_eq!(shown.len(), 1);
    assert!(stdout.contains(shown[0]), "{stdout}");
    // Everything a reader sees on the way; the folder has another name each time.
    let seen = stdout
        .replace(&*folder.path().to_string_lossy(), "FOLDER")
        .replace(
            concat!("contract ", env!("CARGO_PKG_VERSION")),
            "contract VERSION",
        );
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/walkthrough/expected.txt");
    if env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::write(&golden, &seen).expect("it can be written");
    }
    assert_eq!(fs::read_to_string(&golden).expect("it is there"), seen);
}
