//! Files that are written whole or not at all.

use std::fs;

use contract::world::write_file_atomically;

use crate::repository::{Folder, text};

#[test]
fn a_file_is_replaced_whole() {
    let folder = Folder::new();
    let path = folder.path().join("ä report.json");
    for bytes in ["first", "the second, which is longer", ""] {
        write_file_atomically(&path, bytes.as_bytes()).expect("written");
        assert_eq!(text(&folder.on_disk(), "ä report.json"), bytes);
    }
    let names = fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(names.count(), 1, "nothing is left beside it");
}

#[test]
fn what_cannot_be_written_is_an_error_of_its_own() {
    let folder = Folder::new();
    folder.write("taken/x", "x");
    for path in ["nowhere/report.json", "taken"] {
        let error = write_file_atomically(&folder.path().join(path), b"x").expect_err("refused");
        assert_eq!(error.exit_code(), 3, "{path}");
    }
    assert!(folder.on_disk().exists("taken/x"));
}

#[test]
#[cfg(unix)]
fn a_link_and_its_targets_mode_are_kept() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    folder
        .write("real.json", "old")
        .link("link.json", "real.json");
    let real = folder.path().join("real.json");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("ours");
    write_file_atomically(&folder.path().join("link.json"), b"new").expect("written");
    assert_eq!(text(&folder.on_disk(), "real.json"), "new");
    let mode = fs::metadata(&real).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let link = fs::symlink_metadata(folder.path().join("link.json")).expect("there");
    assert!(link.is_symlink());
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_is_written_to_and_stays_a_device() {
    write_file_atomically("/dev/null".as_ref(), b"x").expect("written");
    let error = write_file_atomically("/dev/full".as_ref(), b"x").expect_err("full");
    assert_eq!(error.exit_code(), 3);
}
