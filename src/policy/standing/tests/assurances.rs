//! How the author of a file is known.

use super::*;
use crate::policy::{
    files::Trust,
    signature::{SignatureError, Verified},
};

fn good() -> Verified {
    Verified {
        principal: "dana".to_owned(),
        fingerprint: "SHA256:x".to_owned(),
        until: Expiry::Never,
    }
}

#[test]
fn each_trust_takes_what_it_says_and_nothing_else() {
    let owners = ["@org/mobile".to_owned()];
    let forge = Assurance::Codeowners {
        owners: owners.to_vec(),
    };
    let is_signed = signed("dana", Expiry::Never);
    let changed = || Some(Err(SignatureError::ContentChanged));
    let revoked = || {
        Some(Err(SignatureError::Revoked {
            fingerprint: "SHA256:x".to_owned(),
        }))
    };
    let word = |assurance: &Assurance| assurance.word();
    for trust in [Trust::Signed, Trust::BaseOrSigned, Trust::Codeowners] {
        assert_eq!(assure(trust, true, Some(Ok(good())), &owners), is_signed);
        assert_eq!(word(&assure(trust, false, None, &[])), "none");
        // A revoked key may have signed what landed.
        assert_eq!(word(&assure(trust, true, revoked(), &owners)), "none");
        let unreadable = Some(Err(SignatureError::RevocationUnreadable));
        assert_eq!(word(&assure(trust, true, unreadable, &owners)), "none");
    }
    for bad in [None, changed()] {
        assert_eq!(
            word(&assure(Trust::Signed, true, bad.clone(), &owners)),
            "none"
        );
        assert_eq!(
            assure(Trust::BaseOrSigned, true, bad.clone(), &owners),
            Assurance::OnBase
        );
        assert_eq!(
            word(&assure(Trust::BaseOrSigned, false, bad.clone(), &owners)),
            "none"
        );
        assert_eq!(
            assure(Trust::Codeowners, true, bad.clone(), &owners),
            Assurance::OnBase
        );
        assert_eq!(
            assure(Trust::Codeowners, false, bad.clone(), &owners),
            forge
        );
        assert_eq!(word(&assure(Trust::Codeowners, false, bad, &[])), "none");
    }
    assert_eq!(
        assure(Trust::BaseOrSigned, false, changed(), &owners),
        Assurance::Refused {
            why: "the file is not what was signed".to_owned(),
            help: "sign the file again, or restore the bytes that were signed".to_owned(),
        }
    );
    assert_eq!(
        assure(Trust::BaseOrSigned, false, None, &owners),
        Assurance::Refused {
            why: "it is neither signed nor on the base".to_owned(),
            help: "sign it with `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, or land it first in a change of its own"
                .to_owned(),
        }
    );
}
