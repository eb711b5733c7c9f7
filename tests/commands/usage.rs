//! The command line itself.

use crate::folder::Folder;

#[test]
fn no_command_is_a_question_that_the_help_answers() {
    Folder::new()
        .run(&[])
        .says(2, &["Usage: contract", "Commands:", "Exit codes:"]);
    let help = Folder::new().run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in [
        "diff",
        "check",
        "signoff",
        "waiver",
        "consumer",
        "rules",
        "explain",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}");
        let one = Folder::new().run(&["help", command]);
        assert_eq!(one.code, 0, "{one:#?}");
        assert!(one.out.contains(&format!("Usage: contract {command}")));
    }
}

#[test]
fn the_version_is_the_package_s() {
    let version = Folder::new().run(&["--version"]);
    version.passes();
    assert_eq!(
        version.out,
        concat!("contract ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_typing_error_gets_the_nearest_word() {
    let folder = Folder::new();
    folder.run(&["dif", "a", "b"]).says(2, &["'diff'"]);
    folder
        .run(&["git-diff-drive"])
        .says(2, &["'git-diff-driver'"]);
    folder.run(&["check", "--fixx"]).says(2, &["'--fix'"]);
    folder
        .run(&["init", "--template", "openap"])
        .says(2, &["'openapi'"]);
    folder.run(&["check", "--dry-run"]).says(2, &["--fix"]);
    folder
        .run(&["check", "--bse", "main"])
        .says(2, &["'--base'"]);
    folder
        .run(&["diff", "a", "b", "--draft", "5"])
        .says(2, &["possible values: 4, 6, 7, 2019-09, 2020-12"]);
    folder
        .run(&["diff", "a", "b", "--fail-on", "info"])
        .says(2, &["error, warning, note, never"]);
    folder
        .run(&["diff", "a", "b", "--today", "31.01.2026"])
        .says(2, &["write YYYY-MM-DD"]);
    folder.run(&["diff", "a"]).says(2, &["2 values required"]);
    folder
        .run(&["diff", "-q", "-v", "a", "b"])
        .says(2, &["cannot be used with"]);
    folder
        .run(&["diff", "a", "b", "--allow-host", "https://example.com/x"])
        .says(2, &["is not a host", "help: write api.example.com"]);
}

#[test]
fn an_output_is_a_format_and_a_path() {
    let folder = Folder::new();
    for (value, word) in [
        ("json", "write FORMAT:PATH"),
        ("pdf:x", "`pdf` is not a format"),
        ("json:", "the path is empty"),
    ] {
        folder
            .run(&["diff", "a", "b", "--output", value])
            .says(2, &[word]);
    }
    folder
        .run(&["diff", "a", "b", "--output", "json:-", "--output", "text:-"])
        .says(2, &["cannot both go to standard output"]);
}
