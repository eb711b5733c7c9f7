//! What an error of the client means.

use std::{error::Error, io};

use rustls::CertificateError;

use super::{
    fault::{Fault, FaultKind},
    names::NameError,
};

/// The kind of an error, and what its innermost cause says: the outer ones only repeat that something went wrong, and where.
pub(super) fn diagnose(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    let mut kind = None;
    let mut detail = String::new();
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(at) = cause {
        kind = told_by(at).or(kind);
        detail = at.to_string();
        cause = inner(at);
    }
    let kind = kind.unwrap_or_else(|| told_by_client(&error));
    // A timeout says no more than that.
    if error.is_timeout() && error.is_connect() {
        return Fault::new(FaultKind::TimeoutConnect, "no connection in time");
    }
    Fault::new(kind, detail)
}

/// The next cause; an I/O error says only what its content was caused by, and leaves the content out.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(content) => Some(content),
        None => error.source(),
    }
}

fn told_by(error: &(dyn Error + 'static)) -> Option<FaultKind> {
    if let Some(error) = error.downcast_ref::<NameError>() {
        return Some(match error {
            NameError::NotNamed(_) => FaultKind::NotAllowed,
            NameError::NoAddress { .. } => FaultKind::Dns,
        });
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        let name = matches!(
            error,
            rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
            )
        );
        return Some(if name {
            FaultKind::TlsName
        } else {
            FaultKind::TlsOther
        });
    }
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        return told_by_protocol(error);
    }
    error.downcast_ref::<io::Error>().and_then(told_by_system)
}

fn told_by_protocol(error: &hyper::Error) -> Option<FaultKind> {
    if error.is_parse() {
        // Only its text tells this one apart without the server half of hyper.
        let large = error.to_string() == "message head is too large";
        Some(if large {
            FaultKind::TooLarge
        } else {
            FaultKind::Malformed
        })
    } else if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        Some(FaultKind::ClosedEarly)
    } else {
        None
    }
}

fn told_by_system(error: &io::Error) -> Option<FaultKind> {
    use io::ErrorKind as Kind;
    // Any other kind of error, and those of later versions of the system, says nothing of its own.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "not our enum, and not exhaustive"
    )]
    match error.kind() {
        Kind::ConnectionRefused => Some(FaultKind::ConnectRefused),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown => {
            Some(FaultKind::ConnectFailed)
        }
        Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::UnexpectedEof => Some(FaultKind::ClosedEarly),
        Kind::TimedOut => Some(FaultKind::TimeoutResponse),
        Kind::InvalidData => Some(FaultKind::Malformed),
        _ => None,
    }
}

fn told_by_client(error: &reqwest::Error) -> FaultKind {
    if error.is_builder() {
        FaultKind::NotAllowed
    } else if error.is_connect() {
        FaultKind::ConnectFailed
    } else if error.is_decode() {
        FaultKind::Malformed
    } else {
        FaultKind::ClosedEarly
    }
}
