//! Why a signature does not count, or cannot be made.

use jiff::civil::Date;

/// Why a signature does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// No OpenSSH signature.
    #[error("this is not a signature that ssh-keygen made")]
    Malformed,
    /// A key of a kind that is not verified.
    #[error("{algorithm} signatures are not verified")]
    Unsupported {
        /// `ssh-rsa` and the like.
        algorithm: String,
    },
    /// Made for something else.
    #[error("the signature was made for `{found}`, not for `{wanted}`")]
    WrongNamespace {
        /// What the signature names.
        found: String,
        /// What it has to name.
        wanted: String,
    },
    /// The file is not what was signed.
    #[error("the file is not what was signed")]
    ContentChanged,
    /// The file is what was signed but for its line endings.
    #[error("the file is not what was signed: its line endings were changed")]
    LineEndingsChanged,
    /// A key that nobody vouches for.
    #[error("the key {fingerprint} is not in allowed_signers")]
    UnknownKey {
        /// `SHA256:` and base64.
        fingerprint: String,
    },
    /// Somebody else's key.
    #[error("the key {fingerprint} is that of {owner}, not of {principal}")]
    OtherPrincipal {
        /// `SHA256:` and base64.
        fingerprint: String,
        /// The principals of the key, as `allowed_signers` has them.
        owner: String,
        /// Who was to sign.
        principal: String,
    },
    /// The key may sign other things only.
    #[error("the key of {principal} may not sign for `{namespace}`")]
    NotForNamespace {
        /// Whose key.
        principal: String,
        /// For what.
        namespace: String,
    },
    /// The key is not valid yet.
    #[error("the key of {principal} is valid from {from} on")]
    NotYetValid {
        /// Whose key.
        principal: String,
        /// Its first day.
        from: Date,
    },
    /// The key is valid no longer.
    #[error("the key of {principal} was valid until {until}")]
    Expired {
        /// Whose key.
        principal: String,
        /// Its last day.
        until: Date,
    },
    /// The key is revoked.
    #[error("the key {fingerprint} is revoked")]
    Revoked {
        /// `SHA256:` and base64.
        fingerprint: String,
    },
    /// Any key may be revoked.
    #[error("revoked_keys has lines that cannot be read, so any key may be revoked")]
    RevocationUnreadable,
}

impl SignatureError {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Malformed => {
                "sign the file with `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`"
            }
            Self::Unsupported { .. } => {
                "sign with an ed25519 key, an ecdsa key of 256 bits, or a security key"
            }
            Self::WrongNamespace { .. } => "sign the file again, with `-n contract-signoff@v1`",
            Self::ContentChanged => "sign the file again, or restore the bytes that were signed",
            Self::LineEndingsChanged => {
                "keep git from changing it: `.contract/signoffs/** -text` and `.contract/waivers/** -text` in .gitattributes"
            }
            Self::UnknownKey { .. } => {
                "add the key to .contract/allowed_signers in a change of its own, and land it first"
            }
            Self::OtherPrincipal { .. } => {
                "let the approver that the file names sign it, or name the one who did"
            }
            Self::NotForNamespace { .. } => {
                "add contract-signoff@v1 to the key's namespaces, and land that first"
            }
            Self::NotYetValid { .. } => "wait for that day, or sign with another key",
            Self::Expired { .. } => {
                "renew the key in .contract/allowed_signers, land that first, and sign again"
            }
            Self::Revoked { .. } => "sign with another key",
            Self::RevocationUnreadable => "mend .contract/revoked_keys, and land that first",
        }
    }
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The public half.
    #[error("this is a public key; signing takes the private one")]
    Public,
    /// Some other format.
    #[error("this is not a private key in the format of OpenSSH")]
    NotOpenSsh,
    /// Protected by a passphrase.
    #[error("the key is protected by a passphrase")]
    Encrypted,
    /// In a security key.
    #[error("the key is in a security key")]
    Hardware,
    /// A key of a kind that cannot be verified either.
    #[error("{algorithm} keys do not sign here")]
    Unsupported {
        /// `ssh-rsa` and the like.
        algorithm: String,
    },
}

impl SignError {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Public => {
                "name the file without .pub; for a key that an agent holds, run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY.pub FILE`"
            }
            Self::NotOpenSsh => {
                "make one with `ssh-keygen -t ed25519`, or convert this one with `ssh-keygen -p -f KEY`"
            }
            Self::Encrypted | Self::Hardware => {
                "run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, which asks for it"
            }
            Self::Unsupported { .. } => {
                "use an ed25519 key (ssh-keygen -t ed25519) or an ecdsa key of 256 bits"
            }
        }
    }
}
