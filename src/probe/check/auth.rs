//! Whether a vendor asks who is there.

use super::{Check, Place, Verdict, unreachable};
use crate::probe::exchange::{Credentials, Exchange};
use crate::spec::Operation;

/// An answer to nobody, or to somebody who does not exist: 401 or 403, or the vendor does not look.
#[must_use]
pub fn auth_enforced(operation: &Operation<'_>, exchange: &Exchange) -> Check {
    let id = "auth-enforced";
    let who = match exchange.request.credentials {
        Credentials::None => "without credentials",
        Credentials::Invalid => "with made-up credentials",
        Credentials::All | Credentials::Of(_) => {
            let message = "the request carried real credentials";
            return Check::new(id, Verdict::Skipped, message);
        }
    };
    let open = operation.security.alternatives.iter();
    let open = open.clone().count() == 0 || open.clone().any(|one| one.schemes.is_empty());
    let Some(response) = exchange.answer() else {
        return Check {
            id,
            ..unreachable(exchange)
        };
    };
    let status = response.status;
    let check = match status {
        401 | 403 | 407 => Check::pass(id, format!("a request {who} is refused with {status}")),
        _ if open => {
            let message = "the contract says that the operation is open to all";
            Check::new(id, Verdict::Skipped, message)
        }
        200..=399 => Check::fail(id, format!("a request {who} is answered with {status}")),
        _ => {
            let message = format!("a request {who} gives {status}, which does not tell why");
            Check::new(id, Verdict::Inconclusive, message)
        }
    };
    check
        .at(Place::Status)
        .expected(vec![401, 403])
        .found(status)
}
