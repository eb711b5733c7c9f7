//! Signing with a private key that lies in a file.

use super::{error::SignError, signers::unsupported};
use ssh_key::{Error, HashAlg, LineEnding, PrivateKey};

/// Signs the bytes, as `ssh-keygen -Y sign` does: the same key, namespace, and bytes give the same signature.
///
/// `key` is the text of a private key in the format of OpenSSH, without a passphrase.
///
/// # Errors
///
/// A key with a passphrase, in a security key, of a kind that is not verified, or in another format. [`SignError::help`]
/// names the command that serves it.
pub fn sign(key: &[u8], namespace: &str, bytes: &[u8]) -> Result<String, SignError> {
    if super::line::lines("", key).is_ok_and(|lines| {
        lines
            .first()
            .is_some_and(|line| super::signers::public_key(line.text).is_some())
    }) {
        return Err(SignError::Public);
    }
    let key = PrivateKey::from_openssh(key).map_err(|_| SignError::NotOpenSsh)?;
    if key.is_encrypted() {
        return Err(SignError::Encrypted);
    }
    let public = key.public_key().key_data();
    if public.is_sk_ed25519() || public.is_sk_ecdsa_p256() {
        return Err(SignError::Hardware);
    }
    let refused = || SignError::Unsupported {
        algorithm: key.algorithm().to_string(),
    };
    if unsupported(public).is_some() {
        return Err(refused());
    }
    key.sign(namespace, HashAlg::Sha512, bytes)
        .and_then(|signature| signature.to_pem(LineEnding::LF))
        .map_err(|error| match error {
            Error::Encrypted => SignError::Encrypted,
            _ => refused(),
        })
}
