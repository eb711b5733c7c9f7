//! What is said about the files of keys.

use super::{super::*, *};
use crate::policy::files::{Fault, Place};

fn fault(file: &str, line: u32, column: u32, message: &str, help: &str) -> Fault {
    Fault {
        file: file.to_owned(),
        place: Some(Place { line, column }),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    }
}

const FORM: &str = "write: PRINCIPAL[,PRINCIPAL] [namespaces=\"contract-signoff@v1\",valid-before=\"YYYYMMDDZ\"] ssh-ed25519 KEY";
const QUOTES: &str = "write the value in double quotes: namespaces=\"contract-signoff@v1\"";
const WHOLE: &str = "copy the whole line of the .pub file";

#[test]
fn each_bad_line_of_allowed_signers_is_a_fault_with_its_place_and_the_others_stand() {
    let key = DANA.trim_end();
    let rsa = RITA.trim_end();
    let text = format!(
        "# who may sign\n\n\
         dana@mobile {key}\n\
         \"lee@mobile\" NAMESPACES=\"a b\",valid-before=\"20270101\" {key}\r\n\
         \trita@mobile {rsa}\n\
         max@mobile {max}\n\
         kim@mobile\n\
         kim@mobile namespaces=\"file\"\n\
         kim@mobile namespaces=file {key}\n\
         kim@mobile valid-before=\"20270230Z\" {key}\n\
         kim@mobile valid-after=\"20270101Z\",valid-before=\"20270101Z\" {key}\n\
         kim@mobile valid-after=\"20270101Z\",valid-after=\"20270101Z\" {key}\n\
         kim@mobile cert-authority {key}\n\
         kim@mobile no-touch-required {key}\n\
         kim@mobile namespaces=\"file\"valid-before=\"20270101Z\" {key}\n\
         kim@mobile namespaces=\"file {key}\n\
         \"kim@mobile {key}\n\
         \"\" {key}\n\
         kim@mobile ssh-ed25519 AAAAC3Nz\n\
         kim@mobile ssh-rsa {blob}\n",
        max = fixture!("max.pub").trim_end(),
        blob = key.split(' ').nth(1).unwrap(),
    );
    let (signers, faults) = AllowedSigners::read("allowed_signers", text.as_bytes());
    let other_key = "use an ed25519 key (ssh-keygen -t ed25519) or an ecdsa key of 256 bits";
    let expected: [(u32, u32, &str, &str); 16] = [
        (5, 2, "not supported: rsa keys are not verified", other_key),
        (
            6,
            1,
            "not supported: ecdsa-sha2-nistp384 keys are not verified",
            other_key,
        ),
        (7, 1, "there is no key", FORM),
        (8, 1, "there is no key after the options", FORM),
        (
            9,
            1,
            "the value of namespaces is not in double quotes",
            QUOTES,
        ),
        (
            10,
            1,
            "`20270230Z` is not a time that exists",
            "write YYYYMMDD, or YYYYMMDDHHMM, or YYYYMMDDHHMMSS, and Z; it is read as UTC",
        ),
        (
            11,
            1,
            "valid-before is not later than valid-after, so the key is never valid",
            "let valid-before be the later of the two",
        ),
        (
            12,
            1,
            "the option valid-after stands here twice",
            "give each option once",
        ),
        (
            13,
            1,
            "certificates are not verified, so a certificate authority cannot vouch for anyone",
            "list the people's own keys, one per line, without cert-authority",
        ),
        (
            14,
            1,
            "there is no option `no-touch-required`",
            "the options are namespaces, valid-after, and valid-before",
        ),
        (15, 1, "no comma after the option namespaces", QUOTES),
        (16, 1, "a quote is not closed", FORM),
        (17, 1, "a quote is not closed", FORM),
        (18, 1, "there is no principal", FORM),
        (19, 1, "the key cannot be read", WHOLE),
        (20, 1, "the key cannot be read", WHOLE),
    ];
    let expected: Vec<Fault> = expected
        .into_iter()
        .map(|(line, column, message, help)| fault("allowed_signers", line, column, message, help))
        .collect();
    assert_eq!(faults, expected);

    assert!(signers.names("dana@mobile", NAMESPACE));
    assert!(signers.names("lee@mobile", "a b"));
    assert!(!signers.names("lee@mobile", NAMESPACE));
    assert!(!signers.names("kim@mobile", NAMESPACE));
    assert!(!signers.names("rita@mobile", NAMESPACE));
}

#[test]
fn a_file_that_is_not_text_has_one_fault() {
    let help = "write one public key per line, as `ssh-keygen -y` prints it";
    let expected = vec![fault("f", 2, 3, "the file is not UTF-8 text", help)];
    let (signers, faults) = AllowedSigners::read("f", b"# \xc3\xa9\n\xc3\xa9 \xff");
    assert_eq!(
        (signers, faults),
        (AllowedSigners::default(), expected.clone())
    );
    let help = "save it as UTF-8 without one";
    let marked = fault("f", 1, 1, "the file starts with a byte order mark", help);
    assert_eq!(
        AllowedSigners::read("f", "\u{feff}dana@mobile".as_bytes()).1,
        [marked]
    );
    assert_eq!(
        RevokedKeys::read("f", b"# \xc3\xa9\n\xc3\xa9 \xff").1,
        expected
    );
}

#[test]
fn keys_and_fingerprints_are_revoked_in_each_of_their_forms() {
    let one = revoked(DANA);
    for text in [
        DANA_FINGERPRINT.to_owned(),
        format!("# gone\n\n  {DANA_FINGERPRINT} dana left\n"),
        format!("{DANA_FINGERPRINT}="),
        format!("key: {DANA}"),
        format!("SHA256: {DANA}"),
        format!("sha256:{DANA_FINGERPRINT}"),
        format!("hash: {DANA_FINGERPRINT}"),
    ] {
        assert_eq!(revoked(&text), one, "{text}");
    }
    // A key need not be one that could sign.
    revoked(RITA);
}

#[test]
fn each_bad_line_of_revoked_keys_is_a_fault() {
    let text = "sha1: ssh-ed25519 AAAA\nserial: 1-9\nid: dana\nSHA256:abc\nkey:\nssh-ed25519 AAAA\nwhat: is\nSHA512:abc\n";
    let one = "write one public key or one SHA256: fingerprint per line";
    let remove = "remove the line; only keys sign here";
    let certificate = "this revokes a certificate, and certificates are not verified";
    let neither = "the line is neither a public key nor a fingerprint";
    let expected: Vec<Fault> = [
        (1, "fingerprints by SHA-1 are not read", one),
        (2, certificate, remove),
        (3, certificate, remove),
        (
            4,
            "the fingerprint cannot be read",
            "write SHA256: and the 43 characters that `ssh-keygen -l` prints",
        ),
        (5, "the key cannot be read", WHOLE),
        (6, "the key cannot be read", WHOLE),
        (7, neither, one),
        (8, neither, one),
    ]
    .into_iter()
    .map(|(line, message, help)| fault("revoked_keys", line, 1, message, help))
    .collect();
    assert_eq!(
        RevokedKeys::read("revoked_keys", text.as_bytes()).1,
        expected
    );
    assert_eq!(
        RevokedKeys::read("revoked_keys", b"SSHKRL\n\0....").1,
        [Fault {
            file: "revoked_keys".to_owned(),
            place: None,
            message: "binary key revocation lists are not read".to_owned(),
            help: Some(
                "list the public keys, or their fingerprints from `ssh-keygen -l`, one per line"
                    .to_owned()
            ),
        }]
    );
}
