//! Files on disk, and in memory.

use std::{collections::BTreeMap, fs};

use contract::world::{ReadError, Snapshot};

use crate::repository::{Folder, text};

#[test]
fn a_file_is_read_by_its_path_from_the_root() {
    let folder = Folder::new();
    folder
        .write("api v2/ä ß/x.yaml", "spaced")
        .write("line\nbreak.yaml", "broken");
    let disk = folder.on_disk();
    assert_eq!(text(&disk, "api v2/./ä ß//x.yaml"), "spaced");
    assert_eq!(text(&disk, "api v2/../line\nbreak.yaml"), "broken");
    assert!(disk.exists("api v2/ä ß/x.yaml") && disk.exists("api v2") && disk.exists(""));
    assert!(disk.is_file("api v2/ä ß/x.yaml").expect("an answer"));
    assert!(disk.is_folder("api v2").expect("an answer"));
    assert!(!disk.exists("API V2/x.yaml"));
    assert_eq!(disk.label(), "working tree");
    assert_eq!(disk.commit_id(), None);
    assert_eq!(disk.root(), Some(folder.path()));
}

#[test]
fn what_is_not_there_is_absent() {
    let folder = Folder::new();
    folder.write("a/x.yaml", "x");
    let disk = folder.on_disk();
    for path in ["y.yaml", "a/x.yaml/z", "b/x.yaml"] {
        let error = disk.read(path).expect_err("absent");
        assert!(matches!(error, ReadError::Absent { .. }), "{path}: {error}");
        assert_eq!(error.exit_code(), 2);
    }
    assert!(matches!(disk.read("a"), Err(ReadError::Folder { .. })));
    fs::remove_file(folder.path().join("a/x.yaml")).expect("it was there");
    assert!(matches!(
        disk.read("a/x.yaml"),
        Err(ReadError::Absent { .. })
    ));
    assert!(Snapshot::folder(&folder.path().join("nowhere")).is_err());
}

#[test]
fn nothing_outside_the_root_is_read() {
    let folder = Folder::new();
    folder
        .write("root/x.yaml", "in")
        .write("root/.git/config", "token")
        .write("secret.yaml", "out");
    let disk = Snapshot::folder(&folder.path().join("root")).expect("a folder");
    for path in ["../secret.yaml", "../../etc/passwd", "a/../../secret.yaml"] {
        let error = disk.read(path).expect_err("refused");
        assert!(
            matches!(error, ReadError::LeavesRoot { .. }),
            "{path}: {error}"
        );
        assert_eq!(error.exit_code(), 2);
    }
    let absolute = folder.path().join("root/x.yaml");
    let absolute = absolute.to_str().expect("UTF-8");
    assert!(matches!(
        disk.read(absolute),
        Err(ReadError::Absolute { .. })
    ));
    for path in [".git/config", "a/../.GIT/config"] {
        assert!(matches!(
            disk.read(path),
            Err(ReadError::GitInternals { .. })
        ));
    }
    assert!(!disk.exists("../secret.yaml"));
}

#[test]
#[cfg(unix)]
fn links_are_followed_inside_the_root_only() {
    let folder = Folder::new();
    folder
        .write("root/real/x.yaml", "in")
        .write("root/.git/config", "token")
        .write("outside/secret.yaml", "out")
        .link("root/file.yaml", "real/x.yaml")
        .link("root/folder", "real")
        .link("root/out.yaml", "../outside/secret.yaml")
        .link("root/out", "../outside")
        .link("root/passwd", "/etc/passwd")
        .link("root/loop", "loop")
        .link("root/dangling", "nowhere")
        .link("root/config", ".git/config");
    let disk = Snapshot::folder(&folder.path().join("root")).expect("a folder");
    assert_eq!(text(&disk, "file.yaml"), "in");
    assert_eq!(text(&disk, "folder/x.yaml"), "in");
    for path in ["out.yaml", "out/secret.yaml", "passwd"] {
        let error = disk.read(path).expect_err("refused");
        assert!(
            matches!(error, ReadError::LinkLeavesRoot { .. }),
            "{path}: {error}"
        );
    }
    assert!(matches!(disk.read("loop"), Err(ReadError::LinkLoop { .. })));
    assert!(matches!(
        disk.read("dangling"),
        Err(ReadError::Absent { .. })
    ));
    assert!(matches!(
        disk.read("config"),
        Err(ReadError::GitInternals { .. })
    ));
}

#[test]
#[cfg(unix)]
fn a_socket_is_not_waited_for() {
    let folder = Folder::new();
    let socket = folder.path().join("s");
    let _listening = std::os::unix::net::UnixListener::bind(socket).expect("a socket");
    assert!(matches!(
        folder.on_disk().read("s"),
        Err(ReadError::Special { .. })
    ));
}

#[test]
fn memory_is_a_tree_too() {
    let files = [("api/x.yaml", "x"), (".contract/a.yaml", "a")];
    let files: BTreeMap<_, _> = files
        .map(|(path, text)| (path.to_owned(), text.into()))
        .into();
    let memory = Snapshot::memory(files);
    assert_eq!(text(&memory, "./api/../api/x.yaml"), "x");
    assert!(memory.exists("api") && memory.exists("api/x.yaml") && !memory.exists("ap"));
    assert_eq!(memory.list("").expect("files"), ["api/x.yaml"]);
    assert_eq!(
        memory.list(".contract").expect("files"),
        [".contract/a.yaml"]
    );
    assert!(matches!(
        memory.read("../x"),
        Err(ReadError::LeavesRoot { .. })
    ));
}
