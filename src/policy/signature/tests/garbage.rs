//! No bytes make a reader panic, and none that were not signed count.

use super::{super::*, *};
use proptest::prelude::*;

/// Bytes, and good text with something else in its middle.
fn bytes(good: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        (
            0..good.len(),
            0..40usize,
            prop::collection::vec(any::<u8>(), 0..8)
        )
            .prop_map(move |(at, skipped, put)| {
                let mut bytes = good.as_bytes().to_vec();
                let end = (at + skipped).min(bytes.len());
                bytes.splice(at..end, put);
                bytes
            }),
    ]
}

const LINE: &str = concat!(
    "dana@mobile,\"*@web\" namespaces=\"contract-signoff@v1\",valid-after=\"20260101Z\",valid-before=\"20270101Z\" ",
    include_str!("../../../../fixtures/signatures/dana.pub"),
);

proptest! {
    #[test]
    fn reading_signers_never_panics_and_skips_nothing_in_silence(bytes in bytes(LINE)) {
        let (signers, faults) = AllowedSigners::read("f", &bytes);
        for fault in &faults {
            prop_assert!(fault.place.is_some());
        }
        if let Ok(text) = str::from_utf8(&bytes) && !text.starts_with('\u{feff}') {
            let blank = [' ', '\t', '\r'];
            let lines = text.lines().map(|line| line.trim_matches(blank));
            let said = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count();
            prop_assert_eq!(signers.count() + faults.len(), said);
        } else {
            prop_assert_eq!(faults.len(), 1);
        }
    }

    #[test]
    fn reading_revocations_never_panics(bytes in bytes(DANA)) {
        let (list, faults) = RevokedKeys::read("f", &bytes);
        prop_assert_eq!(list == RevokedKeys::default(), is_blank(&bytes));
        prop_assert!(faults.is_empty() || !is_blank(&bytes));
    }

    #[test]
    fn no_other_signature_counts(bytes in bytes(DANA_SIGNED)) {
        let signers = signers(&format!("dana@mobile {DANA}"));
        let signed = Signed { bytes: SIGNOFF.as_bytes(), signature: &bytes };
        let verdict = verify(&signers, &RevokedKeys::default(), NAMESPACE, "dana@mobile", signed, TODAY);
        let letters = |bytes: &[u8]| bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect::<Vec<_>>();
        prop_assert!(verdict.is_err() || letters(&bytes) == letters(DANA_SIGNED.as_bytes()));
    }

    #[test]
    fn signing_never_panics(bytes in bytes(fixture!("dana"))) {
        let _ = sign(&bytes, NAMESPACE, b"text");
    }
}

/// Whether a file of keys says nothing.
fn is_blank(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| {
        text.lines().all(|line| {
            let line = line.trim_matches([' ', '\t', '\r']);
            line.is_empty() || line.starts_with('#')
        })
    })
}
