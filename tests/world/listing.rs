//! What a snapshot lists.

use contract::world::Snapshot;

use crate::repository::Folder;

/// A folder with something to skip of each kind.
fn fill(folder: &Folder) -> &Folder {
    for path in [
        "b.yaml",
        "a/z.yaml",
        "a-b.yaml",
        "ä ö.yaml",
        "target/t.yaml",
        "a/node_modules/n.yaml",
        ".hidden/h.yaml",
        "a/.h.yaml",
        ".contract/signoffs/s.yaml",
    ] {
        folder.write(path, path);
    }
    folder
}

const LISTED: [&str; 4] = ["a-b.yaml", "a/z.yaml", "b.yaml", "ä ö.yaml"];

#[test]
fn files_are_sorted_by_bytes_without_what_is_hidden_or_built() {
    let plain = Folder::new();
    assert_eq!(fill(&plain).on_disk().list("").expect("files"), LISTED);
    let repository = Folder::repository();
    assert_eq!(fill(&repository).on_disk().list("").expect("files"), LISTED);
    repository.commit("all");
    assert_eq!(repository.on_disk().list("").expect("files"), LISTED);
    assert_eq!(repository.at("HEAD").list("").expect("files"), LISTED);
}

#[test]
fn what_was_named_on_purpose_is_listed() {
    let plain = Folder::new();
    let repository = Folder::repository();
    fill(&repository).commit("all");
    for snapshot in [
        fill(&plain).on_disk(),
        repository.on_disk(),
        repository.at("HEAD"),
    ] {
        for (below, expected) in [
            ("a", &["a/z.yaml"][..]),
            ("./a/", &["a/z.yaml"]),
            ("a/z.yaml", &["a/z.yaml"]),
            (".contract", &[".contract/signoffs/s.yaml"]),
            ("target", &["target/t.yaml"]),
            ("a/.h.yaml", &["a/.h.yaml"]),
            ("nowhere", &[]),
        ] {
            assert_eq!(snapshot.list(below).expect("files"), expected, "{below}");
        }
        assert!(snapshot.list("..").is_err());
    }
}

#[test]
fn what_git_ignores_is_skipped() {
    let repository = Folder::repository();
    repository
        .write(".gitignore", "/build/\n*.gen.yaml\n")
        .write("x.yaml", "x")
        .write("y.gen.yaml", "y")
        .write("build/z.yaml", "z")
        .commit("ignore");
    repository.write("new.yaml", "new");
    let disk = repository.on_disk();
    assert_eq!(disk.list("").expect("files"), ["new.yaml", "x.yaml"]);
    assert_eq!(disk.list("build").expect("files"), ["build/z.yaml"]);
    let built = Snapshot::folder(&repository.path().join("build")).expect("a folder");
    assert_eq!(built.list("").expect("files"), ["z.yaml"]);
    let built = built.labelled("base");
    assert_eq!(built.label(), "base");
    let error = built.read("y.yaml").expect_err("absent");
    assert_eq!(error.to_string(), "the base has no file `y.yaml`");
}

#[test]
fn a_folder_inside_a_repository_lists_its_own_files() {
    let repository = Folder::history();
    repository.write("web/y.yaml", "y");
    let api = Snapshot::folder(&repository.path().join("api")).expect("a folder");
    assert_eq!(api.list("").expect("files"), ["x.yaml"]);
}

#[test]
fn a_tracked_file_that_vanished_is_not_listed() {
    let repository = Folder::history();
    repository.write("y.yaml", "y").commit("y");
    std::fs::remove_file(repository.path().join("y.yaml")).expect("it was there");
    let disk = repository.on_disk();
    assert_eq!(disk.list("").expect("files"), ["api/x.yaml"]);
}

#[test]
#[cfg(unix)]
fn links_are_not_listed() {
    let plain = Folder::new();
    let repository = Folder::repository();
    for folder in [&plain, &repository] {
        folder
            .write("real/x.yaml", "x")
            .write("line\nbreak.yaml", "x")
            .link("file.yaml", "real/x.yaml")
            .link("folder", "real")
            .link("real/up", "..");
        let listed = folder.on_disk().list("").expect("files");
        assert_eq!(listed, ["line\nbreak.yaml", "real/x.yaml"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_contract_whose_name_is_not_utf8_is_not_passed_over_in_silence() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    for (name, fine) in [(&b"\xff.yaml"[..], false), (b"\xff.png", true)] {
        let plain = Folder::new();
        let repository = Folder::repository();
        for folder in [&plain, &repository] {
            std::fs::File::create_new(folder.path().join(OsStr::from_bytes(name))).expect("a file");
        }
        repository.commit("names");
        for snapshot in [plain.on_disk(), repository.on_disk(), repository.at("HEAD")] {
            assert_eq!(snapshot.list("").is_ok(), fine);
        }
    }
}
