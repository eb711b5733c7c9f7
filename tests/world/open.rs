//! From what was typed to a document and the files around it.

use std::sync::Arc;

use contract::world::{Location, LocationError, Opened, Opener, ReadError, WorldError};

use crate::repository::{Folder, text};

fn open(opener: &mut Opener, typed: &str) -> Result<Opened, WorldError> {
    let location = opener.locate(typed)?;
    opener.open(&location)
}

fn opened(opener: &mut Opener, typed: &str) -> Opened {
    open(opener, typed).unwrap_or_else(|error| panic!("{typed}: {error}"))
}

fn refused(opener: &mut Opener, typed: &str) -> WorldError {
    open(opener, typed).err().expect("refused")
}

#[test]
fn a_file_in_a_repository_sees_all_of_its_working_tree() {
    let repository = Folder::history();
    repository.write("common.yaml", "common");
    let mut opener = Opener::at(repository.path().join("api"));
    let document = opened(&mut opener, "x.yaml");
    assert_eq!(
        (&*document.entry, &*document.name),
        ("api/x.yaml", "x.yaml")
    );
    assert_eq!(text(&document.snapshot, &document.entry), "three");
    assert_eq!(text(&document.snapshot, "common.yaml"), "common");
    let other = opened(&mut opener, "../common.yaml");
    assert_eq!(other.entry, "common.yaml");
    assert!(Arc::ptr_eq(&document.snapshot, &other.snapshot));
}

#[test]
fn a_file_elsewhere_sees_its_own_folder() {
    let folder = Folder::new();
    folder.write("api/x.yaml", "x").write("secret.yaml", "out");
    let mut opener = Opener::at(folder.path().to_owned());
    let document = opened(&mut opener, "api/x.yaml");
    assert_eq!(document.entry, "x.yaml");
    assert_eq!(document.snapshot.root(), Some(&*folder.path().join("api")));
    assert!(document.snapshot.read("../secret.yaml").is_err());
    let mut opener = Opener::at(folder.path().to_owned()).with_root(folder.path());
    let document = opened(&mut opener, "api/x.yaml");
    assert_eq!(document.entry, "api/x.yaml");
    assert_eq!(text(&document.snapshot, "secret.yaml"), "out");
    let mut opener = Opener::at(folder.path().to_owned()).with_root("api".as_ref());
    let error = refused(&mut opener, "secret.yaml");
    assert!(matches!(
        error,
        WorldError::Read(ReadError::LeavesRoot { .. })
    ));
}

#[test]
fn a_file_of_a_commit_is_named_from_the_repositorys_root() {
    let repository = Folder::history();
    let mut opener = Opener::at(repository.path().join("api"));
    let document = opened(&mut opener, "HEAD^:api/x.yaml");
    assert_eq!(document.name, "HEAD^:api/x.yaml");
    assert_eq!(text(&document.snapshot, &document.entry), "two");
    for typed in ["HEAD^:./x.yaml", "HEAD^:../api/x.yaml"] {
        let near = opened(&mut opener, typed);
        assert_eq!(near.entry, "api/x.yaml", "{typed}");
        assert!(Arc::ptr_eq(&near.snapshot, &document.snapshot));
    }
    let bare = Folder::clone_of(&repository, &["--bare"]);
    let document = opened(&mut Opener::at(bare.path().to_owned()), "main:./api/x.yaml");
    assert_eq!(text(&document.snapshot, &document.entry), "three");
}

#[test]
fn a_file_on_disk_wins_over_a_ref_of_the_same_spelling() {
    let repository = Folder::history();
    repository.write("HEAD:api/x.yaml", "odd");
    let mut opener = Opener::at(repository.path().to_owned());
    let document = opened(&mut opener, "HEAD:api/x.yaml");
    assert_eq!(text(&document.snapshot, &document.entry), "odd");
}

#[test]
fn standard_input_is_read_once() {
    let repository = Folder::history();
    repository.write("common.yaml", "common");
    let mut opener = Opener::at(repository.path().join("api")).with_stdin(b"piped".to_vec());
    let document = opened(&mut opener, "-");
    assert_eq!((&*document.entry, &*document.name), ("api/-", "-"));
    assert_eq!(document.snapshot.label(), "stdin");
    assert_eq!(text(&document.snapshot, "api/-"), "piped");
    assert_eq!(text(&document.snapshot, "api/x.yaml"), "three");
    assert_eq!(text(&document.snapshot, "common.yaml"), "common");
    let error = refused(&mut opener, "-");
    assert!(matches!(error, WorldError::StdinTwice));
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn what_is_no_document_says_so() {
    let folder = Folder::new();
    folder.write("api/x.yaml", "x");
    let mut opener = Opener::at(folder.path().to_owned());
    let absent = refused(&mut opener, "y.yaml");
    assert!(matches!(absent, WorldError::NoFile { .. }));
    assert_eq!(absent.exit_code(), 2);
    assert!(absent.to_string().contains("`y.yaml`"), "{absent}");
    let error = refused(&mut opener, "api");
    assert!(matches!(error, WorldError::Read(ReadError::Folder { .. })));
    let error = refused(&mut opener, "--upload-pack=touch x:a.yaml");
    assert!(matches!(
        error,
        WorldError::Location(LocationError::Dash { .. })
    ));
    let error = refused(&mut opener, "HEAD:x.yaml");
    assert!(error.to_string().contains("not inside a git repository"));
    let option = Location::Git {
        rev: "--help".to_owned(),
        path: "x.yaml".to_owned(),
    };
    let repository = Folder::history();
    let mut opener = Opener::at(repository.path().to_owned());
    assert_eq!(opener.open(&option).err().expect("refused").exit_code(), 2);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_read_once_as_a_document_of_the_current_folder() {
    let repository = Folder::history();
    let pipes = Folder::new();
    let pipe = pipes.path().join("63");
    #[expect(clippy::disallowed_methods, reason = "this builds the outside world")]
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is installed").success());
    let typed = pipe.to_str().expect("UTF-8").to_owned();
    let writer = std::thread::spawn(move || {
        let pipe = std::fs::OpenOptions::new().write(true).open(pipe);
        std::io::Write::write_all(&mut pipe.expect("a reader"), b"piped")
    });
    let mut opener = Opener::at(repository.path().join("api"));
    let document = opened(&mut opener, &typed);
    writer.join().expect("no panic").expect("written");
    assert_eq!((&*document.entry, &*document.name), ("api/63", &*typed));
    for _ in 0..2 {
        assert_eq!(text(&document.snapshot, "api/63"), "piped");
    }
    assert_eq!(text(&document.snapshot, "api/x.yaml"), "three");
}

#[test]
#[cfg(unix)]
fn a_link_named_on_purpose_may_leave_the_repository() {
    let outside = Folder::new();
    outside
        .write("api/x.yaml", "out")
        .write("api/y.yaml", "beside");
    let repository = Folder::history();
    let target = outside.path().join("api/x.yaml");
    repository
        .link("out.yaml", target.to_str().expect("UTF-8"))
        .link("in.yaml", "api/x.yaml");
    let mut opener = Opener::at(repository.path().to_owned());
    let document = opened(&mut opener, "out.yaml");
    assert_eq!((&*document.entry, &*document.name), ("x.yaml", "out.yaml"));
    assert_eq!(text(&document.snapshot, "y.yaml"), "beside");
    let document = opened(&mut opener, "in.yaml");
    assert_eq!(document.entry, "in.yaml");
    assert_eq!(text(&document.snapshot, "in.yaml"), "three");
}
