//! Files of a commit, read from git's objects.

use std::{sync::Arc, thread};

use contract::world::{GitError, ReadError, Snapshot};

use crate::repository::{Folder, text};

#[test]
fn each_commit_keeps_its_own_files() {
    let repository = Folder::history();
    for (rev, expected) in [
        ("HEAD", "three"),
        ("main", "three"),
        ("HEAD^", "two"),
        ("main~2", "one"),
        ("HEAD^{/one}", "one"),
    ] {
        assert_eq!(text(&repository.at(rev), "api/x.yaml"), expected, "{rev}");
    }
    let id = repository.git(&["rev-parse", "HEAD"]);
    let head = repository.at("HEAD");
    assert_eq!(head.commit_id(), Some(id.as_str()));
    assert_eq!(head.label(), id[..10]);
    assert_eq!(repository.at(&id[..8]).commit_id(), Some(id.as_str()));
    assert_eq!(head.root(), None);
    repository.git(&["tag", "-a", "-m", "annotated", "v1", "HEAD^"]);
    assert_eq!(text(&repository.at("v1"), "api/x.yaml"), "two");
}

#[test]
fn any_name_that_git_can_hold_is_read() {
    let repository = Folder::repository();
    let names = [
        "a b/ä ß.yaml",
        "line\nbreak/x\n.yaml",
        "-dash.yaml",
        "quote\"'.yaml",
        "back\\slash.yaml",
        "日本語.yaml",
    ];
    for name in names {
        repository.write(name, name);
    }
    repository.commit("names").write("big.yaml", "unsaved");
    let head = repository.at("HEAD");
    for name in names {
        assert_eq!(text(&head, name), name);
        assert!(head.exists(name));
    }
    assert!(!head.exists("big.yaml"));
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    assert_eq!(head.list("").expect("files"), sorted);
}

#[test]
fn a_large_file_and_an_empty_one_come_whole() {
    let repository = Folder::repository();
    let large = "0123456789abcde\n".repeat(1 << 17);
    repository
        .write("large.yaml", &large)
        .write("empty.yaml", "")
        .commit("sizes");
    let head = repository.at("HEAD");
    assert!(text(&head, "large.yaml") == large);
    assert_eq!(text(&head, "empty.yaml"), "");
    assert!(text(&head, "large.yaml") == large);
}

#[test]
fn what_a_commit_does_not_hold_is_absent() {
    let repository = Folder::history();
    let head = repository.at("HEAD");
    for path in ["y.yaml", "api/y.yaml", "api/x.yaml/z"] {
        let error = head.read(path).expect_err("absent");
        assert!(matches!(error, ReadError::Absent { .. }), "{path}: {error}");
    }
    assert!(matches!(head.read("api"), Err(ReadError::Folder { .. })));
    assert!(matches!(
        head.read("../x.yaml"),
        Err(ReadError::LeavesRoot { .. })
    ));
    assert!(matches!(
        head.read("/etc/passwd"),
        Err(ReadError::Absolute { .. })
    ));
    assert_eq!(text(&head, "api/x.yaml"), "three");
}

#[test]
#[cfg(unix)]
fn links_are_followed_inside_the_tree_only() {
    let repository = Folder::repository();
    repository
        .write("real/deep/x.yaml", "in")
        .link("file.yaml", "real/deep/x.yaml")
        .link("folder", "./real")
        .link("real/up.yaml", "../file.yaml")
        .link("out.yaml", "../outside.yaml")
        .link("real/deep/out.yaml", "../../../outside.yaml")
        .link("passwd", "/etc/passwd")
        .link("one", "two")
        .link("two", "one")
        .link("dangling", "nowhere")
        .commit("links");
    let head = repository.at("HEAD");
    for path in ["file.yaml", "folder/deep/x.yaml", "folder/up.yaml"] {
        assert_eq!(text(&head, path), "in", "{path}");
    }
    assert!(head.is_folder("folder/deep").expect("an answer"));
    for path in ["out.yaml", "folder/deep/out.yaml", "passwd"] {
        let error = head.read(path).expect_err("refused");
        assert!(
            matches!(error, ReadError::LinkLeavesRoot { .. }),
            "{path}: {error}"
        );
        assert_eq!(error.exit_code(), 2);
    }
    assert!(matches!(head.read("one"), Err(ReadError::LinkLoop { .. })));
    assert!(matches!(
        head.read("dangling"),
        Err(ReadError::Absent { .. })
    ));
    assert_eq!(head.list("").expect("files"), ["real/deep/x.yaml"]);
}

#[test]
fn a_submodule_is_another_repository() {
    let inner = Folder::history();
    let outer = Folder::repository();
    let url = inner.path().to_str().expect("UTF-8");
    outer.git(&["submodule", "--quiet", "add", url, "vendor/api"]);
    outer.commit("submodule");
    let head = outer.at("HEAD");
    for path in ["vendor/api", "vendor/api/api/x.yaml"] {
        let error = head.read(path).expect_err("another repository");
        assert!(matches!(error, ReadError::Submodule { .. }), "{error}");
    }
    assert!(head.list("").expect("files").is_empty());
}

#[test]
fn a_pointer_to_a_large_file_is_not_the_file() {
    let repository = Folder::repository();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n";
    repository.write("x.yaml", pointer).commit("pointer");
    let error = repository.at("HEAD").read("x.yaml").expect_err("a pointer");
    assert!(matches!(error, ReadError::LargeFilePointer { .. }));
    assert_eq!(error.exit_code(), 3);
}

#[test]
fn a_replaced_object_is_not_read_in_place_of_the_real_one() {
    let repository = Folder::history();
    let ids = repository.git(&["rev-parse", "HEAD:api/x.yaml", "HEAD^:api/x.yaml"]);
    let (real, other) = ids.split_once('\n').expect("two ids");
    repository.git(&["replace", real, other]);
    assert_eq!(text(&repository.at("HEAD"), "api/x.yaml"), "three");
}

#[test]
fn what_is_no_revision_is_refused() {
    let repository = Folder::history();
    let none = "0".repeat(40);
    for rev in [
        "",
        &none,
        "--all",
        "-x",
        "HEAD\nHEAD",
        "HEAD\0",
        "HEAD^..HEAD",
    ] {
        let error = Snapshot::commit(repository.path(), rev).err();
        let error = error.expect("refused");
        assert!(matches!(error, GitError::BadRevision { .. }), "{error}");
        assert_eq!(error.exit_code(), 2);
    }
    let outside = Folder::new();
    let error = Snapshot::commit(outside.path(), "HEAD").err();
    let error = error.expect("no repository");
    assert!(matches!(error, GitError::NoRepository { .. }), "{error}");
}

#[test]
fn a_snapshot_serves_several_threads() {
    let repository = Folder::history();
    let head = Arc::new(repository.at("HEAD"));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let head = Arc::clone(&head);
            thread::spawn(move || {
                for _ in 0..50 {
                    assert_eq!(text(&head, "api/x.yaml"), "three");
                }
            })
        })
        .collect();
    for reader in readers {
        reader.join().expect("no panic");
    }
}
