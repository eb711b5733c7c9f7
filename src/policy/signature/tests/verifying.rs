//! When a signature counts.

use super::{super::*, *};

/// Verifies `signature` over the sign-off as dana's, on the usual day.
fn dana(signers: &AllowedSigners, signature: &str) -> Result<Verified, SignatureError> {
    check(
        signers,
        &RevokedKeys::default(),
        SIGNOFF.as_bytes(),
        signature,
        TODAY,
    )
}

fn check(
    signers: &AllowedSigners,
    revoked: &RevokedKeys,
    bytes: &[u8],
    signature: &str,
    today: Date,
) -> Result<Verified, SignatureError> {
    let signed = Signed {
        bytes,
        signature: signature.as_bytes(),
    };
    verify(signers, revoked, NAMESPACE, "dana@mobile", signed, today)
}

fn verified(until: Expiry) -> Verified {
    Verified {
        principal: "dana@mobile".to_owned(),
        fingerprint: DANA_FINGERPRINT.to_owned(),
        until,
    }
}

#[test]
fn a_signature_counts_for_its_bytes_its_purpose_and_its_principal() {
    let signers = signers(&format!(
        "dana@mobile namespaces=\"contract-signoff@v1\" {DANA}"
    ));
    assert_eq!(dana(&signers, DANA_SIGNED), Ok(verified(Expiry::Never)));
    assert_eq!(
        dana(&signers, fixture!("dana.sha256.sig")),
        Ok(verified(Expiry::Never))
    );
}

#[test]
fn a_signature_for_something_else_does_not_count() {
    assert_eq!(
        dana(
            &signers(&format!("dana@mobile {DANA}")),
            fixture!("dana.file.sig")
        ),
        Err(SignatureError::WrongNamespace {
            found: "file".to_owned(),
            wanted: NAMESPACE.to_owned(),
        })
    );
}

#[test]
fn one_changed_byte_undoes_a_signature() {
    let signers = signers(&format!("dana@mobile {DANA}"));
    for at in [0, SIGNOFF.len() / 2, SIGNOFF.len() - 2] {
        let mut bytes = SIGNOFF.as_bytes().to_vec();
        bytes[at] ^= 1;
        assert_eq!(
            check(
                &signers,
                &RevokedKeys::default(),
                &bytes,
                DANA_SIGNED,
                TODAY
            ),
            Err(SignatureError::ContentChanged)
        );
    }
}

#[test]
fn changed_line_endings_undo_a_signature_and_are_named() {
    let signers = signers(&format!("dana@mobile {DANA}"));
    let windows = SIGNOFF.replace('\n', "\r\n");
    assert_eq!(
        check(
            &signers,
            &RevokedKeys::default(),
            windows.as_bytes(),
            DANA_SIGNED,
            TODAY
        ),
        Err(SignatureError::LineEndingsChanged)
    );
    let signature = sign(fixture!("dana").as_bytes(), NAMESPACE, windows.as_bytes()).unwrap();
    assert_eq!(
        dana(&signers, &signature),
        Err(SignatureError::LineEndingsChanged)
    );
}

#[test]
fn a_key_that_nobody_vouches_for_does_not_count() {
    assert_eq!(
        dana(&signers(&format!("dana@mobile {LEE}")), DANA_SIGNED),
        Err(SignatureError::UnknownKey {
            fingerprint: DANA_FINGERPRINT.to_owned(),
        })
    );
}

#[test]
fn somebody_elses_key_does_not_count_and_its_owner_is_named() {
    assert_eq!(
        dana(
            &signers(&format!("dana@mobile {LEE}kim@web,*@desk {DANA}")),
            DANA_SIGNED
        ),
        Err(SignatureError::OtherPrincipal {
            fingerprint: DANA_FINGERPRINT.to_owned(),
            owner: "kim@web,*@desk".to_owned(),
            principal: "dana@mobile".to_owned(),
        })
    );
    let excluded = signers(&format!("*@mobile,!dana@mobile {DANA}"));
    assert!(matches!(
        dana(&excluded, DANA_SIGNED),
        Err(SignatureError::OtherPrincipal { .. })
    ));
}

#[test]
fn a_key_for_other_purposes_does_not_count() {
    let other = format!("dana@mobile namespaces=\"file,git\" {DANA}");
    assert_eq!(
        dana(&signers(&other), DANA_SIGNED),
        Err(SignatureError::NotForNamespace {
            principal: "dana@mobile".to_owned(),
            namespace: NAMESPACE.to_owned(),
        })
    );
    // Another line of the same key may allow it.
    let second = format!("{other}dana@mobile namespaces=\"contract-*\" {DANA}");
    assert_eq!(
        dana(&signers(&second), DANA_SIGNED),
        Ok(verified(Expiry::Never))
    );
}

#[test]
fn a_key_counts_on_the_whole_days_of_its_validity() {
    let signers = signers(&format!(
        "dana@mobile valid-after=\"20261101Z\",valid-before=\"20270101Z\" {DANA}"
    ));
    let on = |day| {
        check(
            &signers,
            &RevokedKeys::default(),
            SIGNOFF.as_bytes(),
            DANA_SIGNED,
            day,
        )
    };
    let principal = || "dana@mobile".to_owned();
    let last = date(2026, 12, 31);
    assert_eq!(
        on(date(2026, 10, 31)),
        Err(SignatureError::NotYetValid {
            principal: principal(),
            from: date(2026, 11, 1),
        })
    );
    assert_eq!(on(date(2026, 11, 1)), Ok(verified(Expiry::On(last))));
    assert_eq!(on(last), Ok(verified(Expiry::On(last))));
    assert_eq!(
        on(date(2027, 1, 1)),
        Err(SignatureError::Expired {
            principal: principal(),
            until: last,
        })
    );
}

#[test]
fn the_longest_of_several_lines_decides_how_long_a_key_is_valid() {
    let two = format!(
        "dana@mobile valid-before=\"20261201Z\" {DANA}dana@mobile valid-before=\"20270101Z\" {DANA}"
    );
    assert_eq!(
        dana(&signers(&two), DANA_SIGNED),
        Ok(verified(Expiry::On(date(2026, 12, 31))))
    );
    assert_eq!(
        signers(&two).expiry("dana@mobile", NAMESPACE, TODAY),
        Some(Expiry::On(date(2026, 12, 31)))
    );
    let three = format!("{two}dana@mobile {DANA}");
    assert_eq!(
        dana(&signers(&three), DANA_SIGNED),
        Ok(verified(Expiry::Never))
    );
    assert_eq!(
        signers(&three).expiry("dana@mobile", NAMESPACE, TODAY),
        Some(Expiry::Never)
    );
    assert_eq!(signers(&three).expiry("lee@mobile", NAMESPACE, TODAY), None);
}

#[test]
fn a_key_without_a_whole_day_never_counts() {
    let signers = signers(&format!(
        "dana@mobile valid-after=\"202611201200Z\",valid-before=\"202611202359Z\" {DANA}"
    ));
    for day in [date(2026, 11, 19), TODAY, date(2026, 11, 21)] {
        assert_eq!(
            check(
                &signers,
                &RevokedKeys::default(),
                SIGNOFF.as_bytes(),
                DANA_SIGNED,
                day
            ),
            Err(SignatureError::Expired {
                principal: "dana@mobile".to_owned(),
                until: date(2026, 11, 19),
            })
        );
    }
}

#[test]
fn a_revoked_key_does_not_count() {
    let signers = signers(&format!("dana@mobile {DANA}"));
    let hex = format!("hash: {DANA_FINGERPRINT}\n");
    for list in [DANA, DANA_FINGERPRINT, &hex] {
        assert_eq!(
            check(
                &signers,
                &revoked(list),
                SIGNOFF.as_bytes(),
                DANA_SIGNED,
                TODAY
            ),
            Err(SignatureError::Revoked {
                fingerprint: DANA_FINGERPRINT.to_owned(),
            })
        );
    }
    assert_eq!(
        check(
            &signers,
            &revoked(LEE),
            SIGNOFF.as_bytes(),
            DANA_SIGNED,
            TODAY
        ),
        Ok(verified(Expiry::Never))
    );
}

#[test]
fn no_key_counts_while_the_revocations_cannot_be_read() {
    let signers = signers(&format!("dana@mobile {DANA}"));
    for broken in [
        b"SSHKRL\n\0\0\0\0\x01".as_slice(),
        b"SHA256:short\n",
        b"\xff",
    ] {
        let (list, faults) = RevokedKeys::read("revoked_keys", broken);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            check(&signers, &list, SIGNOFF.as_bytes(), DANA_SIGNED, TODAY),
            Err(SignatureError::RevocationUnreadable)
        );
    }
}

#[test]
fn keys_of_ecdsa_and_security_keys_sign_and_rsa_keys_do_not() {
    for (name, public, signature) in [
        ("ecdsa", LEE, fixture!("lee.sig")),
        ("sk-ed25519", fixture!("skye.pub"), fixture!("skye.sig")),
        ("sk-ecdsa", fixture!("skip.pub"), fixture!("skip.sig")),
    ] {
        let signers = signers(&format!("dana@mobile {public}"));
        assert!(dana(&signers, signature).is_ok(), "{name}");
        assert_eq!(
            check(
                &signers,
                &RevokedKeys::default(),
                b"other",
                signature,
                TODAY
            ),
            Err(SignatureError::ContentChanged),
            "{name}"
        );
    }
    for (signature, algorithm) in [
        (fixture!("rita.sig"), "ssh-rsa"),
        (fixture!("max.sig"), "ecdsa-sha2-nistp384"),
    ] {
        assert_eq!(
            dana(&signers(&format!("dana@mobile {DANA}")), signature),
            Err(SignatureError::Unsupported {
                algorithm: algorithm.to_owned(),
            })
        );
    }
}

#[test]
fn only_a_whole_signature_is_read_however_its_lines_break() {
    let signers = signers(&format!("dana@mobile {DANA}"));
    let body = DANA_SIGNED
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect::<String>();
    let armour = |body: &str| {
        format!("-----BEGIN SSH SIGNATURE-----\n{body}\n-----END SSH SIGNATURE-----\n")
    };
    for good in [
        DANA_SIGNED.replace('\n', "\r\n"),
        DANA_SIGNED.trim_end().to_owned(),
        armour(&body),
    ] {
        assert_eq!(dana(&signers, &good), Ok(verified(Expiry::Never)), "{good}");
    }
    for bad in [
        String::new(),
        SIGNOFF.to_owned(),
        armour(""),
        armour(&body[..body.len() - 4]),
        armour(&format!("{body}AAAA")),
        armour(&body.replace('A', "é")),
        armour(&"A".repeat(100_000)),
        DANA_SIGNED.replace("SSH SIGNATURE", "SIGNATURE"),
    ] {
        assert_eq!(
            dana(&signers, &bad),
            Err(SignatureError::Malformed),
            "{bad}"
        );
    }
}
