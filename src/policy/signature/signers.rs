//! `.contract/allowed_signers`: whose keys may sign, in the format of ssh-keygen(1), ALLOWED SIGNERS.

use super::{
    line::{Line, lines},
    moment,
    options::{self, Options},
    pattern::list_names,
};
use crate::policy::files::Fault;
use jiff::civil::Date;
use ssh_key::{Algorithm, EcdsaCurve, PublicKey, public::KeyData};

/// Who may sign with which key, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedSigners {
    entries: Vec<Entry>,
}

/// Until when something is valid, the sooner the less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expiry {
    /// This is the last day.
    On(Date),
    /// For good.
    Never,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// A pattern list.
    pub(super) principals: String,
    pub(super) options: Options,
    pub(super) key: KeyData,
}

const FORM: &str = "write: PRINCIPAL[,PRINCIPAL] [namespaces=\"contract-signoff@v1\",valid-before=\"YYYYMMDDZ\"] ssh-ed25519 KEY";

impl AllowedSigners {
    /// Reads the file.
    ///
    /// A line that cannot be read is a fault and vouches for nobody; the other lines stand. Nothing is skipped without a
    /// fault but empty lines and comments.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> (Self, Vec<Fault>) {
        let lines = match lines(file, bytes) {
            Ok(lines) => lines,
            Err(fault) => return (Self::default(), vec![fault]),
        };
        let mut signers = Self::default();
        let mut faults = Vec::new();
        for line in &lines {
            match entry(line) {
                Ok(entry) => signers.entries.push(entry),
                Err(options::Bad(message, help)) => faults.push(line.fault(file, message, help)),
            }
        }
        (signers, faults)
    }

    /// Whether some key is this principal's for the namespace, valid today or not.
    #[must_use]
    pub fn names(&self, principal: &str, namespace: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.is_for(principal) && entry.allows(namespace))
    }

    /// Until when this principal can sign for the namespace with the keys that are valid today; `None` with none.
    #[must_use]
    pub fn expiry(&self, principal: &str, namespace: &str, today: Date) -> Option<Expiry> {
        self.entries
            .iter()
            .filter(|entry| {
                entry.is_for(principal) && entry.allows(namespace) && entry.covers(today)
            })
            .map(Entry::expiry)
            .max()
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn with_key(&self, key: &KeyData) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.key == *key)
    }
}

impl Entry {
    pub(super) fn is_for(&self, principal: &str) -> bool {
        list_names(&self.principals, principal)
    }

    pub(super) fn allows(&self, namespace: &str) -> bool {
        self.options
            .namespaces
            .as_ref()
            .is_none_or(|list| list_names(list, namespace))
    }

    /// The first whole day of the key; `None` when it has always been valid.
    pub(super) fn first(&self) -> Option<Date> {
        self.options
            .after
            .map(|after| moment::first_day(after).unwrap_or(Date::MAX))
    }

    pub(super) fn expiry(&self) -> Expiry {
        self.last().map_or(Expiry::Never, Expiry::On)
    }

    /// The last whole day of the key; `None` when it never expires.
    pub(super) fn last(&self) -> Option<Date> {
        self.options
            .before
            .map(|before| moment::last_day(before).unwrap_or(Date::MIN))
    }

    /// Whether the key is valid on any whole day at all.
    pub(super) fn has_a_day(&self) -> bool {
        let first = self.first().unwrap_or(Date::MIN);
        self.last().is_none_or(|last| first <= last)
    }

    pub(super) fn covers(&self, day: Date) -> bool {
        self.first().is_none_or(|first| first <= day) && self.last().is_none_or(|last| day <= last)
    }
}

fn entry(line: &Line<'_>) -> Result<Entry, options::Bad> {
    let (principals, rest) = principals(line.text)
        .ok_or_else(|| options::Bad("a quote is not closed".to_owned(), FORM))?;
    if principals.is_empty() {
        return Err(options::Bad("there is no principal".to_owned(), FORM));
    }
    if rest.is_empty() {
        return Err(options::Bad("there is no key".to_owned(), FORM));
    }
    // As in ssh-keygen, options are what is not a key.
    let (options, key) = if starts_with_key_type(rest) {
        (Options::default(), key(rest)?)
    } else {
        let end = options::end(rest)
            .ok_or_else(|| options::Bad("a quote is not closed".to_owned(), FORM))?;
        let (text, after) = rest.split_at(end);
        let options = Options::read(text)?;
        let after = after.trim_start_matches([' ', '\t']);
        if after.is_empty() {
            return Err(options::Bad(
                "there is no key after the options".to_owned(),
                FORM,
            ));
        }
        (options, key(after)?)
    };
    Ok(Entry {
        principals,
        options,
        key,
    })
}

/// The first word, in which double quotes may hold spaces, and what follows it.
fn principals(text: &str) -> Option<(String, &str)> {
    let end = text.find([' ', '\t', '"']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let (word, rest) = match rest.strip_prefix('"') {
        None => (word.to_owned(), rest),
        Some(quoted) => {
            let (inside, rest) = quoted.split_once('"')?;
            (format!("{word}{inside}"), rest)
        }
    };
    Some((word, rest.trim_start_matches([' ', '\t'])))
}

fn starts_with_key_type(text: &str) -> bool {
    let word = text.split([' ', '\t']).next().unwrap_or(text);
    ["ssh-", "sk-", "ecdsa-"]
        .iter()
        .any(|start| word.starts_with(start))
}

fn key(text: &str) -> Result<KeyData, options::Bad> {
    let key = public_key(text).ok_or_else(|| {
        options::Bad(
            "the key cannot be read".to_owned(),
            "copy the whole line of the .pub file",
        )
    })?;
    match unsupported(&key) {
        None => Ok(key),
        Some(why) => Err(options::Bad(
            why,
            "use an ed25519 key (ssh-keygen -t ed25519) or an ecdsa key of 256 bits",
        )),
    }
}

/// A public key as OpenSSH writes it: type, base64, and a comment.
pub(super) fn public_key(text: &str) -> Option<KeyData> {
    let mut words = text.split([' ', '\t']).filter(|word| !word.is_empty());
    // Tabs and runs of spaces are allowed there, and the comment is nobody's business.
    let line = format!("{} {}", words.next()?, words.next()?);
    PublicKey::from_openssh(&line)
        .ok()
        .map(|key| key.key_data().clone())
}

/// Why signatures of this key are not verified here; `None` when they are.
pub(super) fn unsupported(key: &KeyData) -> Option<String> {
    match key.algorithm() {
        Algorithm::Ed25519
        | Algorithm::SkEd25519
        | Algorithm::SkEcdsaSha2NistP256
        | Algorithm::Ecdsa {
            curve: EcdsaCurve::NistP256,
        } => None,
        Algorithm::Rsa { .. } => Some("not supported: rsa keys are not verified".to_owned()),
        other => Some(format!("not supported: {other} keys are not verified")),
    }
}

/// The key's fingerprint as ssh-keygen prints it: `SHA256:` and base64.
pub(super) fn fingerprint(key: &KeyData) -> String {
    key.fingerprint(ssh_key::HashAlg::Sha256).to_string()
}
