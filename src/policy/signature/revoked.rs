//! `.contract/revoked_keys`: keys whose signatures count no longer.

use super::{
    line::{Line, lines},
    signers::{fingerprint, public_key},
};
use crate::policy::files::Fault;
use ssh_key::{Fingerprint, public::KeyData};
use std::collections::BTreeSet;

/// Revoked keys, by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevokedKeys {
    fingerprints: BTreeSet<String>,
    /// Whether something could not be read: then any key may be meant, and none counts.
    unreadable: bool,
}

/// Whether a key is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Revoked {
    Yes,
    No,
    /// The list has faults.
    Unknown,
}

/// What starts a binary key revocation list (PROTOCOL.krl).
const KRL: &[u8] = b"SSHKRL\n\0";

const HELP: &str = "write one public key or one SHA256: fingerprint per line";
const KRL_HELP: &str =
    "list the public keys, or their fingerprints from `ssh-keygen -l`, one per line";

impl RevokedKeys {
    /// Reads the file: public keys, `SHA256:` fingerprints, and the directives `key`, `sha256`, and `hash` of
    /// ssh-keygen(1), KEY REVOCATION LISTS, one per line.
    ///
    /// With a fault, no signature counts until the file is mended: the line may mean any key.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> (Self, Vec<Fault>) {
        let unreadable = |faults: Vec<Fault>| {
            let revoked = Self {
                fingerprints: BTreeSet::new(),
                unreadable: true,
            };
            (revoked, faults)
        };
        if bytes.starts_with(KRL) {
            return unreadable(vec![Fault {
                file: file.to_owned(),
                place: None,
                message: "binary key revocation lists are not read".to_owned(),
                help: Some(KRL_HELP.to_owned()),
            }]);
        }
        let lines = match lines(file, bytes) {
            Ok(lines) => lines,
            Err(fault) => return unreadable(vec![fault]),
        };
        let mut revoked = Self::default();
        let mut faults = Vec::new();
        for line in &lines {
            match entry(line) {
                Ok(fingerprint) => {
                    revoked.fingerprints.insert(fingerprint);
                }
                Err((message, help)) => {
                    revoked.unreadable = true;
                    faults.push(line.fault(file, message, help));
                }
            }
        }
        (revoked, faults)
    }

    pub(super) fn has(&self, key: &KeyData) -> Revoked {
        if self.fingerprints.contains(&fingerprint(key)) {
            Revoked::Yes
        } else if self.unreadable {
            Revoked::Unknown
        } else {
            Revoked::No
        }
    }
}

fn entry(line: &Line<'_>) -> Result<String, (&'static str, &'static str)> {
    // A fingerprint looks like the directive `sha256:`, but for the space after it.
    if line
        .text
        .strip_prefix("SHA256:")
        .is_some_and(|rest| !rest.starts_with([' ', '\t']))
    {
        return hash(line.text);
    }
    let Some((directive, rest)) = line
        .text
        .split_once(':')
        .filter(|(word, _)| !word.contains([' ', '\t']))
    else {
        return key(line.text);
    };
    let rest = rest.trim_start_matches([' ', '\t']);
    match directive.to_ascii_lowercase().as_str() {
        "hash" => hash(rest),
        // ssh-keygen takes a public key here; the fingerprint itself can mean nothing else.
        "sha256" if rest.starts_with("SHA256:") => hash(rest),
        "key" | "sha256" => key(rest),
        "sha1" => Err(("fingerprints by SHA-1 are not read", HELP)),
        "serial" | "id" => Err((
            "this revokes a certificate, and certificates are not verified",
            "remove the line; only keys sign here",
        )),
        _ => Err(("the line is neither a public key nor a fingerprint", HELP)),
    }
}

fn key(text: &str) -> Result<String, (&'static str, &'static str)> {
    public_key(text).map(|key| fingerprint(&key)).ok_or((
        "the key cannot be read",
        "copy the whole line of the .pub file",
    ))
}

fn hash(text: &str) -> Result<String, (&'static str, &'static str)> {
    let word = text.split([' ', '\t']).next().unwrap_or(text);
    word.trim_end_matches('=')
        .parse()
        .ok()
        .filter(|fingerprint: &Fingerprint| fingerprint.is_sha256())
        .map(|fingerprint| fingerprint.to_string())
        .ok_or((
            "the fingerprint cannot be read",
            "write SHA256: and the 43 characters that `ssh-keygen -l` prints",
        ))
}
