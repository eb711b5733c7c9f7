//! Signatures are judged as `ssh-keygen -Y verify` judges them, where it is installed.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it cannot go on, and says what it skips"
)]

use contract::policy::signature::{AllowedSigners, NAMESPACE, RevokedKeys, Signed, sign, verify};
use jiff::civil::{Date, date};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/signatures");

/// One question to both verifiers.
struct Case {
    name: &'static str,
    signers: String,
    revoked: Option<String>,
    bytes: Vec<u8>,
    signature: String,
    today: Date,
    counts: bool,
}

fn fixture(name: &str) -> String {
    let path = Path::new(FIXTURES).join(name);
    #[expect(clippy::disallowed_methods, reason = "tests read their own fixtures")]
    std::fs::read_to_string(&path).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "ssh-keygen is the oracle of this test"
)]
fn ssh_keygen() -> Command {
    Command::new("ssh-keygen")
}

/// Whether ssh-keygen can be asked; says why not.
fn is_installed() -> bool {
    let asked = ssh_keygen()
        .arg("-?")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if let Err(error) = &asked {
        println!("skipped: ssh-keygen cannot be started: {error}");
    }
    asked.is_ok()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // ssh-keygen refuses a private key that others can read.
        options.mode(0o600);
    }
    options.open(&path).unwrap().write_all(bytes).unwrap();
    path
}

/// What ssh-keygen says at one second of the day.
fn theirs(case: &Case, time: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut command = ssh_keygen();
    command
        .args(["-Y", "verify", "-I", "dana@mobile", "-n", NAMESPACE, "-f"])
        .arg(write(path, "allowed_signers", case.signers.as_bytes()))
        .arg("-s")
        .arg(write(path, "signature", case.signature.as_bytes()))
        .arg(format!(
            "-Overify-time={}{time}Z",
            case.today.strftime("%Y%m%d")
        ));
    if let Some(revoked) = &case.revoked {
        command
            .arg("-r")
            .arg(write(path, "revoked", revoked.as_bytes()));
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A verifier that has seen enough may close its end early.
    let _ = child.stdin.take().unwrap().write_all(&case.bytes);
    child.wait().unwrap().success()
}

fn ours(case: &Case) -> bool {
    let (signers, faults) = AllowedSigners::read("allowed_signers", case.signers.as_bytes());
    assert_eq!(faults, [], "{}", case.name);
    let (revoked, faults) = RevokedKeys::read(
        "revoked_keys",
        case.revoked.as_deref().unwrap_or("").as_bytes(),
    );
    assert_eq!(faults, [], "{}", case.name);
    let signed = Signed {
        bytes: &case.bytes,
        signature: case.signature.as_bytes(),
    };
    verify(
        &signers,
        &revoked,
        NAMESPACE,
        "dana@mobile",
        signed,
        case.today,
    )
    .is_ok()
}

/// The good one; what differs from it is the case.
fn good() -> Case {
    Case {
        name: "good",
        signers: with_key(
            &format!("namespaces=\"{NAMESPACE}\",valid-before=\"20270101Z\" "),
            "dana.pub",
        ),
        revoked: Some(fixture("lee.pub")),
        bytes: fixture("signoff.yaml").into_bytes(),
        signature: fixture("dana.sig"),
        today: date(2026, 11, 20),
        counts: true,
    }
}

fn bad() -> Case {
    Case {
        counts: false,
        ..good()
    }
}

fn with_key(options: &str, key: &str) -> String {
    format!("dana@mobile {options}{}", fixture(key))
}

/// The seven ways of a signature.
fn seven() -> Vec<Case> {
    let mut one_byte = good().bytes;
    one_byte[10] ^= 1;
    let windows = fixture("signoff.yaml").replace('\n', "\r\n").into_bytes();
    vec![
        good(),
        Case {
            name: "wrong namespace",
            signature: fixture("dana.file.sig"),
            ..bad()
        },
        Case {
            name: "one byte changed",
            bytes: one_byte,
            ..bad()
        },
        Case {
            name: "LF to CRLF",
            bytes: windows,
            ..bad()
        },
        Case {
            name: "other signer",
            signers: format!(
                "lee@mobile {}{}",
                fixture("dana.pub"),
                with_key("", "lee.pub")
            ),
            ..bad()
        },
        Case {
            name: "expired",
            today: date(2027, 1, 2),
            ..bad()
        },
        Case {
            name: "revoked",
            revoked: Some(fixture("dana.pub")),
            ..bad()
        },
    ]
}

/// Other kinds of keys, and what the options of a line say.
fn more() -> Vec<Case> {
    let dana = fixture("dana.pub");
    vec![
        Case {
            name: "SHA-256 inside",
            signature: fixture("dana.sha256.sig"),
            ..good()
        },
        Case {
            name: "ecdsa",
            signers: with_key("", "lee.pub"),
            signature: fixture("lee.sig"),
            revoked: None,
            ..good()
        },
        Case {
            name: "ed25519 in a security key",
            signers: with_key("", "skye.pub"),
            signature: fixture("skye.sig"),
            ..good()
        },
        Case {
            name: "ecdsa in a security key",
            signers: with_key("", "skip.pub"),
            signature: fixture("skip.sig"),
            ..good()
        },
        Case {
            name: "key for other purposes",
            signers: with_key("namespaces=\"git,file\" ", "dana.pub"),
            ..bad()
        },
        Case {
            name: "namespaces by pattern",
            signers: with_key("namespaces=\"git,contract-*\" ", "dana.pub"),
            ..good()
        },
        Case {
            name: "principals by pattern, quoted",
            signers: format!("\"lee@mobile,d?n*@mobile\" {dana}"),
            ..good()
        },
        Case {
            name: "principal excluded",
            signers: format!("*@mobile,!dana@* {dana}"),
            ..bad()
        },
        Case {
            name: "excluded first",
            signers: format!("!dana@*,*@mobile {dana}"),
            ..bad()
        },
        Case {
            name: "second line allows it",
            signers: format!(
                "{}{}",
                with_key("namespaces=\"git\" ", "dana.pub"),
                with_key("", "dana.pub")
            ),
            ..good()
        },
        Case {
            name: "valid from noon",
            signers: with_key("valid-after=\"202611201200Z\" ", "dana.pub"),
            ..bad()
        },
        Case {
            name: "valid from midnight",
            signers: with_key("valid-after=\"20261120Z\" ", "dana.pub"),
            ..good()
        },
        Case {
            name: "valid until midnight",
            signers: with_key("valid-before=\"20261121Z\" ", "dana.pub"),
            ..good()
        },
        Case {
            name: "valid until this midnight",
            signers: with_key("valid-before=\"20261120Z\" ", "dana.pub"),
            ..bad()
        },
        Case {
            name: "valid until the last second",
            signers: with_key("valid-before=\"20261120235959Z\" ", "dana.pub"),
            ..good()
        },
    ]
}

#[test]
fn verdicts_are_those_of_ssh_keygen_at_both_ends_of_the_day() {
    let cases: Vec<Case> = seven().into_iter().chain(more()).collect();
    for case in &cases {
        assert_eq!(ours(case), case.counts, "{}", case.name);
    }
    if is_installed() {
        for case in &cases {
            let all_day = theirs(case, "000000") && theirs(case, "235959");
            assert_eq!(all_day, case.counts, "ssh-keygen: {}", case.name);
        }
    }
}

#[test]
fn ssh_keygen_accepts_what_is_signed_here() {
    for (key, public) in [("dana", "dana.pub"), ("lee", "lee.pub")] {
        let bytes = fixture("signoff.yaml").into_bytes();
        let case = Case {
            name: key,
            signers: format!("dana@mobile {}", fixture(public)),
            revoked: None,
            signature: sign(fixture(key).as_bytes(), NAMESPACE, &bytes).unwrap(),
            bytes,
            today: date(2026, 11, 20),
            counts: true,
        };
        assert!(ours(&case), "{key}");
        if is_installed() {
            assert!(theirs(&case, "120000"), "ssh-keygen: {key}");
        }
    }
}
