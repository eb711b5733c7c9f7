//! Signatures, made with the keys of `fixtures/signatures`, which secure nothing.

mod garbage;
mod keys;
mod signing;
mod verifying;

use super::{AllowedSigners, RevokedKeys};
use jiff::civil::{Date, date};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../../fixtures/signatures/", $name))
    };
}
use fixture;

const TODAY: Date = date(2026, 11, 20);

/// The file that all signatures are about.
const SIGNOFF: &str = fixture!("signoff.yaml");
const DANA: &str = fixture!("dana.pub");
const LEE: &str = fixture!("lee.pub");
const RITA: &str = fixture!("rita.pub");
const DANA_SIGNED: &str = fixture!("dana.sig");

const DANA_FINGERPRINT: &str = "SHA256:ioO5Na1IZVsRKlbTSld8WaopGeyIIMqxhod5U4lGFg8";

/// Reads a file that has no faults.
fn signers(text: &str) -> AllowedSigners {
    let (signers, faults) = AllowedSigners::read("allowed_signers", text.as_bytes());
    assert_eq!(faults, []);
    signers
}

/// Reads a file that has no faults.
fn revoked(text: &str) -> RevokedKeys {
    let (revoked, faults) = RevokedKeys::read("revoked_keys", text.as_bytes());
    assert_eq!(faults, []);
    revoked
}
