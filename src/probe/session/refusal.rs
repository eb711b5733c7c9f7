//! Which requests are not sent at all.

use super::{Line, Session};
use crate::probe::{
    environment::Kind,
    exchange::{Failure, FailureKind, Request},
};

impl Session {
    /// Why a request is not sent at all.
    pub(super) fn refusal(&self, line: &Line, request: &Request) -> Option<Failure> {
        if !request.is_safe() {
            let method = &request.method;
            let name = &line.environment.name;
            let why = match line.environment.kind {
                Kind::Production => {
                    Some(format!("`{name}` is production, which is never written to"))
                }
                Kind::Staging => Some(format!(
                    "`{name}` is staging, and only a sandbox is written to"
                )),
                Kind::Sandbox if !line.settings.allow_writes => {
                    Some("the run was not told that it may write (`--allow-writes`)".to_owned())
                }
                Kind::Sandbox if !self.writes => {
                    Some("its scenario only reads (`mode: read`)".to_owned())
                }
                Kind::Sandbox => None,
            };
            if let Some(why) = why {
                let detail = format!("{method} is not sent: {why}");
                return Some(Failure::new(FailureKind::WriteRefused, detail));
            }
        }
        line.transport.check(&request.url).err()
    }
}
