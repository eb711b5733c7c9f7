//! How the author of a file is known.

use crate::policy::{
    files::Trust,
    signature::{Expiry, SignatureError, Verified},
};

/// How the author of a file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// By a signature that is valid today.
    Signed {
        /// Whose.
        principal: String,
        /// Until when the key is valid.
        until: Expiry,
    },
    /// The same bytes have landed on the base.
    OnBase,
    /// The forge has to make these people review the file.
    Codeowners {
        /// Who, as CODEOWNERS names them.
        owners: Vec<String>,
    },
    /// Not at all.
    Refused {
        /// Why: a lower-case fragment without a full stop.
        why: String,
        /// What to do.
        help: String,
    },
}

impl Assurance {
    /// The word used in reports.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Signed { .. } => "signed",
            Self::OnBase => "base",
            Self::Codeowners { .. } => "forge",
            Self::Refused { .. } => "none",
        }
    }
}

const SIGN: &str = "sign it: `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`";
const LAND: &str = "sign it with `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, or land it first in a change of its own";
const OWN: &str =
    "give .contract/signoffs/ and .contract/waivers/ owners in CODEOWNERS, and land that first";

/// How the author of a file is known, under a policy's trust.
///
/// `on_base` says that the base holds the same bytes at the same path; `signature` is what came of the `.sig` file, if
/// there is one; `owners` are those that the base's CODEOWNERS gives the file.
///
/// A signature with a revoked key is worse than none: whatever landed with it may be forged, so nothing else helps.
#[must_use]
pub fn assure(
    trust: Trust,
    on_base: bool,
    signature: Option<Result<Verified, SignatureError>>,
    owners: &[String],
) -> Assurance {
    let bad = match signature {
        Some(Ok(verified)) => {
            return Assurance::Signed {
                principal: verified.principal,
                until: verified.until,
            };
        }
        Some(Err(error)) => Some(error),
        None => None,
    };
    let is_revoked = matches!(
        bad,
        Some(SignatureError::Revoked { .. } | SignatureError::RevocationUnreadable)
    );
    let (by_base, by_forge) = match trust {
        Trust::Signed => (false, false),
        Trust::BaseOrSigned => (true, false),
        Trust::Codeowners => (true, true),
    };
    if !is_revoked && by_base && on_base {
        return Assurance::OnBase;
    }
    if !is_revoked && by_forge && !owners.is_empty() {
        return Assurance::Codeowners {
            owners: owners.to_vec(),
        };
    }
    let (why, help) = match (bad, trust) {
        (Some(error), _) => (error.to_string(), error.help()),
        (None, Trust::Signed) => ("it is not signed".to_owned(), SIGN),
        (None, Trust::BaseOrSigned) => ("it is neither signed nor on the base".to_owned(), LAND),
        (None, Trust::Codeowners) => (
            "it is neither signed nor on the base, and CODEOWNERS gives it no owner".to_owned(),
            OWN,
        ),
    };
    Assurance::Refused {
        why,
        help: help.to_owned(),
    }
}
