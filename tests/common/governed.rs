//! Repositories with a policy, and the real binary run in them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// Policy and registry of a small organisation: the team `orders` owns one contract, and `mobile-app` uses it.
const GOVERNANCE: &[(&str, &str)] = &[
    (
        ".contract/contract.yaml",
        "schema: contract.policy/v1\n\
         teams:\n\
         \x20 orders: {contact: orders@example.com, principals: [sam@orders]}\n\
         \x20 governance: {contact: api@example.com, principals: [lee@governance]}\n\
         contracts:\n\
         \x20 - id: orders\n\
         \x20   path: contracts/orders.yaml\n\
         \x20   owner: orders\n\
         \x20   audience: partner\n\
         \x20   closed: true\n\
         waivers:\n\
         \x20 approvers: {team: governance, count: 1}\n",
    ),
    (
        ".contract/consumers.yaml",
        "schema: contract.consumers/v1\n\
         consumers:\n\
         \x20 - id: mobile-app\n\
         \x20   tier: critical\n\
         \x20   contact: mobile@example.com\n\
         \x20   approvers: [dana@mobile]\n\
         \x20   uses:\n\
         \x20     - contract: orders\n",
    ),
    (
        ".gitattributes",
        ".contract/signoffs/** -text\n.contract/waivers/** -text\n",
    ),
];

/// A git repository in a temporary folder, gone at the end of the test.
pub(crate) struct Repo {
    keep: TempDir,
    path: PathBuf,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The text of a contract with one operation, whose answer has these members, in YAML each.
pub(crate) fn orders(members: &[&str]) -> String {
    let mut text = String::from(
        "openapi: 3.1.0\n\
         info: {title: Orders, version: '1'}\n\
         paths:\n\
         \x20 /v1/orders/{id}:\n\
         \x20   get:\n\
         \x20     parameters:\n\
         \x20       - {name: id, in: path, required: true, schema: {type: string}}\n\
         \x20     responses:\n\
         \x20       '200':\n\
         \x20         description: An order\n\
         \x20         content:\n\
         \x20           application/json:\n\
         \x20             schema:\n\
         \x20               type: object\n\
         \x20               properties:\n\
         \x20                 id: {type: string}\n",
    );
    for member in members {
        text.push_str("                  ");
        text.push_str(member);
        text.push('\n');
    }
    text
}

/// A member that is deprecated, as lawfully as can be.
pub(crate) fn deprecated(name: &str, since: &str, sunset: &str) -> String {
    format!(
        "{name}: {{type: string, deprecated: true, x-deprecation: {{since: \"{since}\", sunset: \"{sunset}\", \
         replacement: none, reason: nobody needs it, guide: docs/migration.md}}}}"
    )
}

impl Repo {
    /// An empty repository on the branch `main`.
    pub(crate) fn new() -> Self {
        let keep = tempfile::tempdir().expect("a temporary folder");
        let path = fs::canonicalize(keep.path()).expect("it was just made");
        let repo = Self { keep, path };
        repo.git(&["init", "--quiet", "--initial-branch=main"], "2026-01-01");
        repo
    }

    /// A governed repository: the contract `orders` with the members `total` and, deprecated since 2026-03-01 with the sunset
    /// 2026-06-01, `legacyTotal`, all of it on the base.
    pub(crate) fn governed() -> Self {
        let repo = Self::new();
        for (path, text) in GOVERNANCE {
            repo.write(path, text);
        }
        let key = |name: &str, principal: &str| {
            let key = fixture(&format!("signatures/{name}.pub"));
            let key: Vec<&str> = key.split_whitespace().take(2).collect();
            let key = key.join(" ");
            format!("{principal} namespaces=\"contract-signoff@v1\" {key}\n")
        };
        let signers = [key("dana", "dana@mobile"), key("lee", "lee@governance")];
        let legacy = deprecated("legacyTotal", "2026-03-01", "2026-06-01");
        repo.write(".contract/allowed_signers", &signers.concat());
        repo.write("docs/migration.md", "Read total.\n");
        repo.write(
            "contracts/orders.yaml",
            &orders(&["total: {type: string}", &legacy]),
        );
        repo.commit("Publish orders", "2026-03-01");
        repo
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let full = self.path.join(path);
        fs::create_dir_all(full.parent().expect("below the folder")).expect("a folder");
        fs::write(full, text).expect("writable");
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path.join(path).exists()
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.path.join(path)).expect("it was there");
        self
    }

    /// Every file below a folder, sorted, as paths from the root.
    pub(crate) fn files(&self, below: &str) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.path.join(below)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let path = path.strip_prefix(&self.path).expect("below the root");
                    files.push(path.to_string_lossy().into_owned());
                }
            }
        }
        files.sort();
        files
    }

    /// Commits everything on a day.
    pub(crate) fn commit(&self, message: &str, date: &str) -> &Self {
        self.git(&["add", "--all"], date)
            .git(&["commit", "--quiet", "--message", message], date)
    }

    pub(crate) fn git(&self, args: &[&str], date: &str) -> &Self {
        let date = format!("{date}T00:00:00Z");
        let identity = [
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let status = plain("git", &self.path)
            .args(identity)
            .args(args)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .stdout(Stdio::null())
            .status()
            .expect("git is installed");
        assert!(status.success(), "git {args:?}");
        self
    }

    /// The binary, in an environment that says nothing of terminals and CI.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = plain(env!("CARGO_BIN_EXE_contract"), &self.path);
        command.args(args).env("LC_ALL", "C.UTF-8");
        for name in ["CI", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn contract(&self, args: &[&str]) -> Output {
        run(self.command(args).stdin(Stdio::null()))
    }
}

impl Output {
    /// The run ended with this code, and said exactly this on standard output and standard error.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, stdout: &str, stderr: &str) {
        assert_eq!(self.code, code, "{self:#?}");
        assert_eq!(self.stdout, stdout, "{}", self.stderr);
        assert_eq!(self.stderr, stderr);
    }

    /// The run ended with this code.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    let output = command.output().expect("the binary starts");
    Output {
        code: output.status.code().expect("it exits by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The place of a file of the fixtures, such as a private key: `signatures/dana`.
pub(crate) fn fixture_path(name: &str) -> String {
    format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> String {
    fs::read_to_string(fixture_path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn plain(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env(
            "GIT_CEILING_DIRECTORIES",
            folder.parent().expect("not the root"),
        );
    command
}
