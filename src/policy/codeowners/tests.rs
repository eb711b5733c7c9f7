//! Who owns what.

use super::{Codeowners, Fault};
use crate::policy::files::Place;
use proptest::prelude::*;

fn read(text: &str) -> Codeowners {
    let (read, faults) = Codeowners::read("CODEOWNERS", text.as_bytes());
    assert_eq!(faults, []);
    read
}

#[test]
fn a_pattern_matches_files_and_what_is_below_folders() {
    for (pattern, yes, no) in [
        ("*", "a b/c .contract/signoffs/mobile/x.yaml", ""),
        ("*.js", "a.js b/c.js b.js/c", "a.jsx js"),
        (
            "/build/logs/",
            "build/logs/a build/logs/b/c",
            "build/logs x/build/logs/a",
        ),
        ("docs/*", "docs/a docs/.a", "docs/a/b docs x/docs/a"),
        ("apps/", "apps/a x/apps/a x/apps/y/a", "apps x/apps"),
        ("/docs/", "docs/a docs/b/c", "docs x/docs/a"),
        ("docs", "docs docs/a x/docs x/docs/a", "docs2 xdocs/a"),
        ("/docs", "docs docs/a", "x/docs x/docs/a"),
        ("apps/github", "apps/github apps/github/a", "x/apps/github"),
        ("**/logs", "logs logs/a x/logs x/y/logs/a", "logs2"),
        (
            "/docs/**/*.md",
            "docs/a.md docs/b/c.md docs/b/c/d.md",
            "docs/a.txt a.md",
        ),
        ("/docs/**", "docs/a docs/b/c", "docs docs2/a"),
        ("**", "a a/b", ""),
        (
            "/.contract/signoffs/*/",
            ".contract/signoffs/mobile/a",
            ".contract/signoffs/a",
        ),
        (
            "/.contract/signoffs/m?bile/*.yaml",
            ".contract/signoffs/mobile/a.yaml",
            ".contract/signoffs/mobile/a.sig",
        ),
        ("a*b*c", "aXbXbXc x/abc", "aXbXbX"),
        ("path\\ with\\ spaces/", "path_with_spaces/a", ""),
        ("\\*.js", "*.js", "a.js"),
        ("a**b", "aXb", "a/b"),
    ] {
        let codeowners = read(&format!("{pattern} @one"));
        let owned = |path: &str| !codeowners.owners_of(path).is_empty();
        for path in yes.split_ascii_whitespace() {
            let path = if pattern.contains("\\ ") {
                path.replace('_', " ")
            } else {
                path.to_owned()
            };
            assert!(owned(&path), "{pattern} {path}");
        }
        for path in no.split_ascii_whitespace() {
            assert!(!owned(path), "{pattern} {path}");
        }
    }
}

#[test]
fn the_last_rule_that_matches_decides_and_may_give_nobody() {
    let codeowners = read(
        "# owners\n\n* @org/all\n/.contract/ @org/governance gov@example.com # both\r\n/.contract/signoffs/\n\t/.contract/signoffs/mobile/ @org/mobile @org/mobile\n",
    );
    assert_eq!(codeowners.owners_of("README.md"), ["@org/all"]);
    assert_eq!(
        codeowners.owners_of(".contract/contract.yaml"),
        ["@org/governance", "gov@example.com"]
    );
    assert_eq!(
        codeowners.owners_of(".contract/signoffs/web/a.yaml"),
        [""; 0]
    );
    assert_eq!(
        codeowners.owners_of(".contract/signoffs/mobile/a.yaml"),
        ["@org/mobile"]
    );
}

#[test]
fn sections_decide_each_for_itself() {
    let codeowners = read(
        "[Docs] @org/docs\n*.md\n/internal/ @org/internal\n\n[Mobile][2] @org/mobile\n/app/\n!/app/vendor/\n\n^[Style] @org/style\n*\n\n[Later][0]\n* @org/later\n\n[DOCS]\n/extra/ @org/extra\n",
    );
    assert_eq!(codeowners.owners_of("a.md"), ["@org/docs"]);
    assert_eq!(
        codeowners.owners_of("app/a.md"),
        ["@org/docs", "@org/mobile"]
    );
    assert_eq!(codeowners.owners_of("app/vendor/a.md"), ["@org/docs"]);
    assert_eq!(codeowners.owners_of("internal/a.md"), ["@org/internal"]);
    assert_eq!(codeowners.owners_of("extra/a.md"), ["@org/extra"]);
    assert_eq!(codeowners.owners_of("main.rs"), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_a_fault_and_gives_nobody() {
    let text = "* @org/all\n/a/ someone\n  /b/ @ok @\n/c[0-9]/ @org/c\n/ @org/root\n[Docs @org/docs\n[A] nobody\n/d/\n/e\\";
    let (codeowners, faults) = Codeowners::read("CODEOWNERS", text.as_bytes());
    let owner = "write @user, @org/team, or an e-mail address";
    let path = "write a path with `*`, `?`, and `**`; ranges in brackets are not read";
    let expected: Vec<Fault> = [
        (
            2,
            5,
            "`someone` is no owner, so the line gives nobody",
            owner,
        ),
        (3, 11, "`@` is no owner, so the line gives nobody", owner),
        (4, 1, "the pattern `/c[0-9]/` matches nothing", path),
        (5, 1, "the pattern `/` matches nothing", path),
        (6, 1, "the pattern `[Docs` matches nothing", path),
        (
            7,
            5,
            "`nobody` is no owner, so the line gives nobody",
            owner,
        ),
        (9, 1, "the pattern `/e\\` matches nothing", path),
    ]
    .into_iter()
    .map(|(line, column, message, help)| Fault {
        file: "CODEOWNERS".to_owned(),
        place: Some(Place { line, column }),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    })
    .collect();
    assert_eq!(faults, expected);
    for path in ["a/x", "b/x"] {
        assert_eq!(codeowners.owners_of(path), [""; 0], "{path}");
    }
    assert_eq!(codeowners.owners_of("c0/x"), ["@org/all"]);
    assert_eq!(Codeowners::read("CODEOWNERS", b"* @a\xff").1.len(), 1);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(.{0,12}|[\\[\\]^!@# /*?\\\\a\n]{0,40})", path in "[a/.]{0,12}") {
        let (codeowners, _) = Codeowners::read("CODEOWNERS", text.as_bytes());
        let _ = codeowners.owners_of(&path);
    }

    #[test]
    fn a_folder_owns_all_below_it(folder in "[a-c]{1,2}(/[a-c]{1,2}){0,2}", below in "[a-c]{1,2}(/[a-c]{1,2}){0,2}") {
        let codeowners = read(&format!("/{folder}/ @one"));
        prop_assert_eq!(codeowners.owners_of(&format!("{folder}/{below}")), ["@one"]);
        prop_assert_eq!(codeowners.owners_of(&folder), [""; 0]);
        prop_assert_eq!(codeowners.owners_of(&format!("x/{folder}/{below}")), [""; 0]);
    }
}
