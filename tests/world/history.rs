//! Clones that lack what was asked for, and repositories of other shapes.

use contract::world::{GitError, ReadError, Repository, Snapshot};

use crate::repository::{Folder, text};

/// The advice that comes with a revision that is not here.
fn advice(folder: &Folder, rev: &str) -> String {
    let error = Snapshot::commit(folder.path(), rev).err();
    let error = error.unwrap_or_else(|| panic!("{rev} should be missing"));
    assert!(matches!(error, GitError::NoCommit { .. }), "{rev}: {error}");
    assert_eq!(error.exit_code(), 3);
    error.help().expect("a line to run")
}

#[test]
fn a_missing_ref_comes_with_the_line_that_fetches_it() {
    let origin = Folder::history();
    let clone = Folder::clone_of(&origin, &[]);
    origin.git(&["branch", "feature/ä"]);
    origin.git(&["tag", "v2.0"]);
    let id = "0123456789012345678901234567890123456789";
    for (rev, line) in [
        ("origin/next", "git fetch origin next"),
        ("refs/remotes/origin/next", "git fetch origin next"),
        ("origin/next~2", "git fetch origin next"),
        ("origin/a;b", "git fetch origin 'a;b'"),
        ("v2.0", "git fetch origin tag v2.0"),
        ("refs/tags/next", "git fetch origin tag next"),
        ("next", "git fetch origin next:next"),
        ("refs/heads/next", "git fetch origin next:next"),
        (id, &format!("git fetch origin {id}")),
        (&id[..10], "git fetch origin"),
        ("HEAD~7", "`HEAD` has no such ancestor; see `git log HEAD`"),
    ] {
        assert_eq!(advice(&clone, rev), line, "{rev}");
    }
    for rev in ["origin/feature/ä", "v2.0"] {
        let line = advice(&clone, rev);
        let words: Vec<_> = line.split(' ').skip(1).collect();
        clone.git(&words);
        assert_eq!(text(&clone.at(rev), "api/x.yaml"), "three", "{rev}");
    }
}

#[test]
fn a_branch_that_only_the_remote_has_is_named() {
    let origin = Folder::history();
    origin.git(&["branch", "next"]);
    let clone = Folder::clone_of(&origin, &[]);
    assert_eq!(
        advice(&clone, "next"),
        "write origin/next: there is no local branch of that name"
    );
}

#[test]
fn without_a_remote_there_is_nothing_to_fetch() {
    let repository = Folder::history();
    assert_eq!(
        advice(&repository, "origin/main"),
        "name a commit that `git rev-parse origin/main` finds; there is no remote to fetch from"
    );
}

#[test]
fn a_shallow_clone_is_deepened() {
    let origin = Folder::history();
    origin.git(&["branch", "next", "HEAD^"]);
    let first = origin.git(&["rev-parse", "HEAD~2"]);
    let clone = Folder::clone_of(&origin, &["--depth", "1"]);
    assert_eq!(text(&clone.at("HEAD"), "api/x.yaml"), "three");
    assert_eq!(text(&clone.at("origin/main"), "api/x.yaml"), "three");
    for (rev, line, expected) in [
        (
            "origin/next",
            "git fetch origin next:refs/remotes/origin/next",
            "two",
        ),
        (&first, &format!("git fetch origin {first}"), "one"),
    ] {
        let clone = Folder::clone_of(&origin, &["--depth", "1"]);
        assert_eq!(advice(&clone, rev), line);
        clone.git(&line.split(' ').skip(1).collect::<Vec<_>>());
        assert_eq!(text(&clone.at(rev), "api/x.yaml"), expected, "{rev}");
    }
    assert_eq!(advice(&clone, &first[..12]), "git fetch --unshallow origin");
    assert_eq!(advice(&clone, "HEAD~2"), "git fetch --deepen=2 origin");
    clone.git(&["fetch", "--quiet", "--deepen=2", "origin"]);
    assert_eq!(text(&clone.at("HEAD~2"), "api/x.yaml"), "one");
}

#[test]
fn a_partial_clone_is_not_filled_behind_our_back() {
    let origin = Folder::history();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Folder::clone_of(&origin, &["--filter=blob:none", "--no-checkout"]);
    let head = clone.at("HEAD");
    assert_eq!(head.list("").expect("trees are here"), ["api/x.yaml"]);
    let error = head.read("api/x.yaml").expect_err("the blob is not");
    assert!(
        matches!(error, ReadError::Git(GitError::NoObject { .. })),
        "{error}"
    );
    assert_eq!(error.exit_code(), 3);
    let line = error.help().expect("a line to run");
    assert_eq!(line, "git fetch --refetch --no-filter origin");
    clone.git(&line.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(text(&clone.at("HEAD"), "api/x.yaml"), "three");
}

#[test]
fn a_bare_repository_has_commits_and_no_working_tree() {
    let origin = Folder::history();
    let bare = Folder::clone_of(&origin, &["--bare"]);
    assert_eq!(text(&bare.at("main~1"), "api/x.yaml"), "two");
    let found = Repository::discover(bare.path()).expect("a repository");
    assert_eq!((found.root(), found.work_tree()), (bare.path(), None));
    assert!(!found.head_dirty().expect("an answer"));
}

#[test]
fn a_linked_working_tree_reads_the_same_objects() {
    let repository = Folder::history();
    let linked = Folder::new();
    let path = linked.path().join("tree");
    let name = path.to_str().expect("UTF-8");
    repository.git(&["worktree", "add", "--quiet", "--detach", name, "HEAD^"]);
    let found = Repository::discover(&path.join("api")).expect("a repository");
    assert_eq!(found.work_tree(), Some(path.as_path()));
    let head = Snapshot::commit(&path, "HEAD").expect("a commit");
    assert_eq!(text(&head, "api/x.yaml"), "two");
    let main = Snapshot::commit(&path.join("api"), "main").expect("a commit");
    assert_eq!(text(&main, "api/x.yaml"), "three");
}

#[test]
fn a_bare_repository_inside_a_working_tree_is_passed_over() {
    let outer = Folder::history();
    let inner = Folder::history();
    let url = inner.path().to_str().expect("UTF-8");
    outer.git(&["clone", "--quiet", "--bare", url, "planted"]);
    let found = Repository::discover(&outer.path().join("planted")).expect("a repository");
    assert_eq!(found.root(), outer.path());
}

#[test]
fn a_changed_working_tree_is_dirty() {
    let repository = Folder::history();
    let dirty = || {
        let found = Repository::discover(&repository.path().join("api")).expect("a repository");
        found.head_dirty().expect("an answer")
    };
    assert!(!dirty());
    repository.write("new.yaml", "new");
    assert!(dirty());
    repository.commit("new");
    assert!(!dirty());
    repository.write("api/x.yaml", "four");
    assert!(dirty());
}

#[test]
fn the_remote_that_was_named_is_fetched_from() {
    let origin = Folder::history();
    let clone = Folder::clone_of(&origin, &[]);
    let url = origin.path().to_str().expect("UTF-8");
    clone.git(&["remote", "add", "fork", url]);
    let line = advice(&clone, "fork/main");
    assert_eq!(line, "git fetch fork main");
    clone.git(&line.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(text(&clone.at("fork/main"), "api/x.yaml"), "three");
}

#[test]
fn longer_ids_are_read_as_well() {
    let repository = Folder::new();
    repository.git(&["init", "--quiet", "--object-format=sha256"]);
    repository.write("api/x.yaml", "x").commit("x");
    let head = repository.at("HEAD");
    assert_eq!(head.commit_id().map(str::len), Some(64));
    assert_eq!(text(&head, "api/x.yaml"), "x");
    assert_eq!(head.list("").expect("files"), ["api/x.yaml"]);
}

/// Runs one of these tests in a process of its own, whose environment is another.
fn again(test: &str, variables: &[(&str, &str)]) {
    let this = std::env::current_exe().expect("a test runs");
    #[expect(
        clippy::disallowed_methods,
        reason = "only a process has its own environment"
    )]
    let output = std::process::Command::new(this)
        .args([test, "--exact", "--include-ignored"])
        .envs(variables.iter().copied())
        .output()
        .expect("the test starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

#[test]
fn variables_that_point_git_elsewhere_are_not_passed_on() {
    let elsewhere = Folder::repository();
    let git = elsewhere.path().join(".git");
    let git = git.to_str().expect("UTF-8");
    let variables = [
        ("GIT_DIR", git),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere/index"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere/objects"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_CONFIG_COUNT", "many"),
        ("GIT_CONFIG_PARAMETERS", "'core.bare'='true'"),
        ("GIT_PAGER", "false"),
    ];
    again("commit::each_commit_keeps_its_own_files", &variables);
    again("listing::what_git_ignores_is_skipped", &variables);
    again("history::a_changed_working_tree_is_dirty", &variables);
}

#[test]
fn without_git_only_git_is_missing() {
    again("history::on_a_machine_without_git", &[("PATH", "/nowhere")]);
}

#[test]
#[ignore = "run by `without_git_only_git_is_missing`"]
fn on_a_machine_without_git() {
    if std::env::var_os("PATH").is_none_or(|path| path != "/nowhere") {
        return;
    }
    let folder = Folder::new();
    folder
        .write(".git/HEAD", "ref: refs/heads/main\n")
        .write("x.yaml", "x");
    let error = Snapshot::commit(folder.path(), "HEAD").err();
    let error = error.expect("no git");
    assert!(matches!(error, GitError::NotInstalled), "{error}");
    assert_eq!(error.exit_code(), 3);
    assert!(error.help().is_some());
    assert_eq!(text(&folder.on_disk(), "x.yaml"), "x");
    assert_eq!(
        folder.on_disk().list("").expect_err("no git").exit_code(),
        3
    );
}

#[test]
fn an_empty_repository_has_no_commit() {
    let repository = Folder::repository();
    let error = Snapshot::commit(repository.path(), "HEAD").err();
    assert!(matches!(error, Some(GitError::NoCommit { .. })));
}
