//! Whether a signature counts: for these bytes, by this person, for this purpose, on this day.

use super::{
    error::SignatureError,
    revoked::{Revoked, RevokedKeys},
    signers::{AllowedSigners, Entry, Expiry, fingerprint, unsupported},
};
use jiff::civil::Date;
use ssh_key::{PublicKey, SshSig};

/// A file and the signature below it.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The file as it is stored.
    pub bytes: &'a [u8],
    /// The text of the `.sig` file.
    pub signature: &'a [u8],
}

/// A signature that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whose it is.
    pub principal: String,
    /// The key's fingerprint, `SHA256:` and base64.
    pub fingerprint: String,
    /// Until when the key is valid.
    pub until: Expiry,
}

/// More than any signature needs.
const MOST: usize = 64 * 1024;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// A signature that holds for its bytes, by a key of `allowed_signers` that is not revoked. Whose it is comes next.
#[derive(Clone, Debug)]
pub struct Authentic<'a> {
    namespace: &'a str,
    fingerprint: String,
    /// The lines of the key; never empty.
    entries: Vec<&'a Entry>,
}

/// Verifies a signature as `ssh-keygen -Y verify` does, with a day for a time: a key counts on a day when it is valid
/// from its first to its last second, in UTC.
///
/// A signature has no time of its own. So it is judged by today's keys, and a key that expires takes its old approvals
/// with it.
///
/// # Errors
///
/// Those of [`authenticate`], then those of [`Authentic::by`].
pub fn verify(
    signers: &AllowedSigners,
    revoked: &RevokedKeys,
    namespace: &str,
    principal: &str,
    signed: Signed<'_>,
    today: Date,
) -> Result<Verified, SignatureError> {
    authenticate(signers, revoked, namespace, signed)?.by(principal, today)
}

/// Whether a signature holds for its bytes, before anything in them is believed, or even read.
///
/// # Errors
///
/// In this order: malformed, of a kind that is not verified, made for something else, for other bytes, with a revoked
/// key, and with one that nobody vouches for.
pub fn authenticate<'a>(
    signers: &'a AllowedSigners,
    revoked: &RevokedKeys,
    namespace: &'a str,
    signed: Signed<'_>,
) -> Result<Authentic<'a>, SignatureError> {
    let signature = read(signed.signature).ok_or(SignatureError::Malformed)?;
    let key = signature.public_key();
    if unsupported(key).is_some() {
        return Err(SignatureError::Unsupported {
            algorithm: key.algorithm().to_string(),
        });
    }
    if signature.namespace() != namespace {
        return Err(SignatureError::WrongNamespace {
            found: signature.namespace().to_owned(),
            wanted: namespace.to_owned(),
        });
    }
    let public = PublicKey::from(key.clone());
    let holds_for = |bytes: &[u8]| public.verify(namespace, bytes, &signature).is_ok();
    if !holds_for(signed.bytes) {
        let others = other_line_endings(signed.bytes);
        return Err(if others.iter().any(|bytes| holds_for(bytes)) {
            SignatureError::LineEndingsChanged
        } else {
            SignatureError::ContentChanged
        });
    }
    let fingerprint = fingerprint(key);
    match revoked.has(key) {
        Revoked::No => {}
        Revoked::Yes => return Err(SignatureError::Revoked { fingerprint }),
        Revoked::Unknown => return Err(SignatureError::RevocationUnreadable),
    }
    let entries: Vec<&Entry> = signers.with_key(key).collect();
    if entries.is_empty() {
        return Err(SignatureError::UnknownKey { fingerprint });
    }
    Ok(Authentic {
        namespace,
        fingerprint,
        entries,
    })
}

impl Authentic<'_> {
    /// Whether the signature is this principal's, on this day.
    ///
    /// # Errors
    ///
    /// In this order: the key is somebody else's, may not sign for this, not yet, or no longer.
    pub fn by(&self, principal: &str, today: Date) -> Result<Verified, SignatureError> {
        let own = || {
            self.entries
                .iter()
                .copied()
                .filter(|entry| entry.is_for(principal))
        };
        if own().next().is_none() {
            let owners: Vec<&str> = self
                .entries
                .iter()
                .map(|entry| entry.principals.as_str())
                .collect();
            return Err(SignatureError::OtherPrincipal {
                fingerprint: self.fingerprint.clone(),
                owner: owners.join(","),
                principal: principal.to_owned(),
            });
        }
        let fit: Vec<&Entry> = own().filter(|entry| entry.allows(self.namespace)).collect();
        if fit.is_empty() {
            return Err(SignatureError::NotForNamespace {
                principal: principal.to_owned(),
                namespace: self.namespace.to_owned(),
            });
        }
        let valid = fit.iter().copied().filter(|entry| entry.covers(today));
        match valid.map(Entry::expiry).max() {
            Some(until) => Ok(Verified {
                principal: principal.to_owned(),
                fingerprint: self.fingerprint.clone(),
                until,
            }),
            None => Err(not_today(&fit, principal, today)),
        }
    }
}

/// Why none of the lines is valid today; what will be valid is the better news.
fn not_today(lines: &[&Entry], principal: &str, today: Date) -> SignatureError {
    let principal = principal.to_owned();
    let coming = lines
        .iter()
        .filter(|entry| entry.has_a_day())
        .filter_map(|entry| entry.first());
    match coming.filter(|from| *from > today).min() {
        Some(from) => SignatureError::NotYetValid { principal, from },
        None => SignatureError::Expired {
            principal,
            until: lines
                .iter()
                .filter_map(|entry| entry.last())
                .max()
                .unwrap_or(Date::MIN),
        },
    }
}

/// The signature in its armour; spaces and line breaks inside may fall anywhere, as ssh-keygen has it.
fn read(text: &[u8]) -> Option<SshSig> {
    if text.len() > MOST {
        return None;
    }
    let text = str::from_utf8(text).ok()?.trim();
    let body: String = text
        .strip_prefix(BEGIN)?
        .strip_suffix(END)?
        .split_ascii_whitespace()
        .collect();
    let mut pem = format!("{BEGIN}\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        // Not ASCII is not base64: the reader refuses it, and no character is cut in two.
        let (line, after) = rest.split_at_checked(70).unwrap_or((rest, ""));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str(END);
    pem.push('\n');
    SshSig::from_pem(pem).ok()
}

/// The bytes with the line endings of the other systems, where that makes a difference.
fn other_line_endings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut unix = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            unix.push(*byte);
        }
    }
    let mut windows = Vec::with_capacity(bytes.len());
    for byte in &unix {
        if *byte == b'\n' {
            windows.push(b'\r');
        }
        windows.push(*byte);
    }
    vec![unix, windows]
}
