//! Documents that are none, and names that lead nowhere: always an error with a place, never "no changes", never a crash.

use crate::folder::{Folder, api};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Both sides are the same bad document.
#[track_caller]
fn bad(name: &str, bytes: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::new();
    folder.write(name, bytes);
    let started = Instant::now();
    let ran = folder.run(&["diff", name, name]);
    ran.says(2, words);
    assert!(ran.err.starts_with("error: "), "{ran:#?}");
    assert_eq!(ran.out, "", "an error is no report");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_file_without_a_value() {
    bad("a.yaml", "", &["--> a.yaml:1:1", "help:"]);
    bad("a.json", "", &["--> a.json:1:1"]);
    bad("a.yaml", "# nothing\n", &["--> a.yaml:"]);
}

#[test]
fn json_that_ends_too_early() {
    bad(
        "a.json",
        "{\"openapi\": \"3.1.0\",\n \"paths\": {",
        &["--> a.json:2:"],
    );
    bad(
        "a.yaml",
        "{\"openapi\": \"3.1.0\", \"paths\": {",
        &["--> a.yaml:1:"],
    );
}

#[test]
fn bytes_that_are_no_utf_8() {
    bad(
        "a.yaml",
        b"openapi: 3.1.0\ninfo: {title: \xe4}\n",
        &["UTF-8", "--> a.yaml:2:"],
    );
    let wide: Vec<u8> = "\u{feff}openapi: 3.1.0\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bad("a.yaml", wide, &["UTF-16", "--> a.yaml:1:1"]);
}

#[test]
fn a_hundred_thousand_brackets() {
    for name in ["a.json", "a.yaml"] {
        bad(name, "[".repeat(100_000), &["--> a."]);
        bad(
            name,
            format!("{{\"type\":{}", "{\"not\":".repeat(100_000)),
            &["--> a."],
        );
    }
}

#[test]
fn a_billion_laughs_load_and_are_told_for_what_they_are() {
    let mut text = String::from("a0: &a0 [x, x]\n");
    for level in 1..40 {
        let before = level - 1;
        let _ = writeln!(
            text,
            "a{level}: &a{level} [*a{before}, *a{before}, *a{before}]"
        );
    }
    bad(
        "a.yaml",
        &text,
        &["neither an OpenAPI document nor a JSON Schema"],
    );
    let folder = Folder::new();
    let indented = text.trim_end().replace('\n', "\n  ");
    folder.write("b.yaml", format!("type: object\nx-bomb:\n  {indented}\n"));
    folder.run(&["diff", "b.yaml", "b.yaml"]).says(0, &[]);
}

#[test]
fn a_key_that_stands_twice() {
    bad(
        "a.yaml",
        "openapi: 3.1.0\npaths: {}\npaths: {}\n",
        &[
            "`paths`",
            "--> a.yaml:3:1",
            "3 │ paths: {}",
            "note:",
            "--> a.yaml:2:1",
        ],
    );
    bad(
        "a.json",
        "{\"type\": \"object\",\n \"type\": \"string\"}",
        &["--> a.json:2:2"],
    );
}

#[test]
fn kinds_that_are_not_known() {
    let neither = "neither an OpenAPI document nor a JSON Schema";
    bad(
        "a.yaml",
        "name: x\non: push\n",
        &[neither, "--> a.yaml:1:1", "help:"],
    );
    bad("a.json", "[1, 2]", &[neither]);
    bad("a.yaml", "just words", &[neither]);
    bad(
        "a.yaml",
        "openapi: 4.0.0\n",
        &["4.0.0", "--> a.yaml:1:10", "known versions are"],
    );
    bad("a.yaml", "swagger: '1.2'\n", &["1.2"]);
    bad("a.yaml", "asyncapi: 3.0.0\n", &["AsyncAPI"]);
}

#[test]
fn two_documents_in_one_file() {
    bad(
        "a.yaml",
        "openapi: 3.1.0\n---\nopenapi: 3.1.0\n",
        &["--> a.yaml:"],
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = Folder::new();
    folder
        .write("a.json", r#"{"\u001b[31m": 1, "\u001b[31m": 2}"#)
        .write("b.yaml", "openapi: [\u{1b}[31m\u{202e}\n");
    for name in ["a.json", "b.yaml"] {
        let ran = folder.run(&["diff", name, name]);
        ran.says(2, &["\\u{1b}[31m"]);
        assert!(!ran.err.contains('\u{1b}') && !ran.err.contains('\u{202e}'));
    }
}

#[test]
fn names_that_lead_nowhere() {
    let folder = Folder::repository();
    folder.write("a.yaml", api("Orders", &[])).commit();
    let table: &[(&str, i32, &[&str])] = &[
        ("absent.yaml", 2, &["no file `absent.yaml`"]),
        ("", 2, &["the name of a document is empty"]),
        ("nope:a.yaml", 3, &["git has no commit `nope`", "help:"]),
        ("HEAD:absent.yaml", 2, &["no file `absent.yaml`"]),
        ("HEAD:", 2, &["names a ref, but no file"]),
        (":a.yaml", 2, &["git's index", "HEAD:a.yaml"]),
        ("https://example.com/a.yaml", 2, &["is a URL"]),
        ("HEAD:../a.yaml", 2, &["leaves the root"]),
    ];
    for (name, code, words) in table {
        folder.run(&["diff", name, "a.yaml"]).says(*code, words);
    }
    folder
        .run(&["diff", "--", "--output=x:a.yaml", "a.yaml"])
        .says(2, &["starts with `-`"]);
    folder
        .run(&["diff", "-x:a.yaml", "a.yaml"])
        .says(2, &["'-x'"]);
    Folder::new()
        .run(&["diff", "HEAD:a.yaml", "HEAD:a.yaml"])
        .says(2, &["is not inside a git repository"]);
}

#[test]
fn a_run_without_a_folder_says_so() {
    let folder = Folder::new();
    folder.write("a.yaml", api("Orders", &[]));
    folder
        .run(&["diff", "a.yaml", "a.yaml", "--root", "absent"])
        .says(2, &["the folder", "absent"]);
}

#[test]
fn a_ref_is_no_option() {
    let folder = Folder::repository();
    folder.write("a.yaml", api("Orders", &[])).commit();
    let ran = folder.run(&["check", "--base=-x"]);
    ran.says(2, &[]);
    assert_eq!(
        ran.err,
        "error: `-x` is not a revision: it starts with `-`\n  \
         help: name a branch, a tag, or a commit, such as origin/main\n"
    );
}

#[test]
fn names_may_have_spaces_and_any_letters() {
    let folder = Folder::repository();
    let name = "api v2/gr\u{f6}\u{df}e \u{4ef7}.yaml";
    folder.write(name, api("Sizes", &["width"])).commit();
    folder.write(name, api("Sizes", &[]));
    let old = format!("HEAD:{name}");
    for args in [&["diff", &old, name, "-q"][..], &["check", "api v2", "-q"]] {
        let ran = folder.run(args);
        ran.says(1, &[]);
        assert_eq!(ran.out, "blocked: 1 breaking\n");
    }
    let ran = folder.run(&["diff", &old, name]);
    assert!(ran.out.contains(&format!("{old}:")), "{ran:#?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_vanished_behind_its_link() {
    let folder = Folder::new();
    folder.write("a.yaml", api("Orders", &[]));
    std::os::unix::fs::symlink("gone.yaml", folder.path().join("link.yaml")).expect("a link");
    let ran = folder.run(&["diff", "a.yaml", "link.yaml"]);
    ran.says(2, &[]);
    assert_eq!(
        ran.err,
        "error: there is no file `link.yaml`\n  \
         help: name a file, REF:PATH for one of a commit, or - for standard input\n"
    );
}

#[test]
fn numbers_of_four_hundred_digits_are_compared_and_shortened() {
    let folder = Folder::new();
    for last in [8, 9] {
        let digits = "9".repeat(399);
        folder.write(
            &format!("{last}.json"),
            format!("{{\"type\": \"integer\", \"maximum\": {digits}{last}}}"),
        );
    }
    let ran = folder.run(&["diff", "9.json", "8.json", "--format", "json"]);
    ran.says(1, &[]);
    let number = |tail: &str| format!("9.{}\u{2026}{tail}e+399", "9".repeat(38));
    let (old, new) = (number(&"9".repeat(34)), number(&("9".repeat(33) + "8")));
    let message = format!("\"message\":\"the schema is at most {new}, down from {old}\"");
    assert!(ran.out.contains(&message), "{ran:#?}");
    // Before and after keep every digit, for whoever can hold them.
    assert!(
        ran.out
            .contains(&format!("\"after\":9.{}8e+399,", "9".repeat(398)))
    );
}

#[test]
fn a_bare_repository_has_nothing_to_check() {
    let folder = Folder::repository();
    folder.write("a.yaml", api("Orders", &[])).commit();
    folder.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    let bare = folder.path().join("bare.git");
    // Alone, for a bare repository inside a working tree is passed over.
    let alone = Folder::new();
    std::fs::rename(bare, alone.path().join("bare.git")).expect("moved");
    let ran = crate::folder::run(
        alone
            .command(&["check"])
            .current_dir(alone.path().join("bare.git")),
    );
    ran.says(2, &["is bare: it has no working tree to check", "help: "]);
    assert_eq!(ran.out, "");
}
