//! Signing with a key in a file.

use super::{super::*, *};

#[test]
fn a_key_signs_as_ssh_keygen_does() {
    let signature = sign(fixture!("dana").as_bytes(), NAMESPACE, SIGNOFF.as_bytes());
    assert_eq!(signature.as_deref(), Ok(DANA_SIGNED));
}

#[test]
fn what_an_ecdsa_key_signs_is_verified_and_is_the_same_each_time() {
    let once = sign(fixture!("lee").as_bytes(), NAMESPACE, SIGNOFF.as_bytes()).unwrap();
    let again = sign(fixture!("lee").as_bytes(), NAMESPACE, SIGNOFF.as_bytes()).unwrap();
    assert_eq!(once, again);
    let signed = Signed {
        bytes: SIGNOFF.as_bytes(),
        signature: once.as_bytes(),
    };
    let signers = signers(&format!("lee@mobile {LEE}"));
    let verified = verify(
        &signers,
        &RevokedKeys::default(),
        NAMESPACE,
        "lee@mobile",
        signed,
        TODAY,
    );
    assert_eq!(
        verified,
        Ok(Verified {
            principal: "lee@mobile".to_owned(),
            fingerprint: "SHA256:Fa4SG4TWjUIMXkbH+uhmHVH3v1T4/8LlYjLaVPq3CaA".to_owned(),
            until: Expiry::Never,
        })
    );
}

#[test]
fn a_key_that_cannot_sign_here_is_refused_with_the_way_out() {
    let refused = |key: &str| sign(key.as_bytes(), NAMESPACE, b"").unwrap_err();
    assert_eq!(refused(fixture!("pat")), SignError::Encrypted);
    assert_eq!(
        refused(fixture!("pat")).help(),
        "run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, which asks for it"
    );
    assert_eq!(refused(DANA), SignError::Public);
    assert_eq!(
        refused(fixture!("max")),
        SignError::Unsupported {
            algorithm: "ecdsa-sha2-nistp384".to_owned(),
        }
    );
    for text in [
        "",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        &fixture!("dana")[..200],
        DANA_SIGNED,
    ] {
        assert_eq!(refused(text), SignError::NotOpenSsh, "{text}");
    }
}
