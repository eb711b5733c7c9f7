//! The tokens that a request carries, fetched when they are not at hand.

use std::{
    collections::BTreeMap,
    sync::{MutexGuard, PoisonError},
};

use secrecy::{ExposeSecret, SecretString};

use super::{Fell, Line, Session};
use crate::probe::{
    exchange::{FailureKind, Outcome, Redirects, Request, Response},
    identity::{Token, TokenError, Tokens},
};

impl Session {
    /// All tokens that a request carries, by their schemes.
    pub(super) fn tokens(
        &self,
        line: &Line,
        request: &Request,
    ) -> Result<BTreeMap<String, SecretString>, Fell> {
        let mut found = BTreeMap::new();
        for (scheme, server) in line.identity.token_servers(request) {
            // Held over the fetch: who comes in the meantime waits, and finds the token.
            let mut tokens = held(line);
            let token = if let Some(token) = tokens.fresh(scheme, line.clock.elapsed()) {
                token
            } else {
                let mut asked = server.request(scheme);
                // Two tokens do no more than one: it may be tried again.
                asked.idempotency_key = Some(String::new());
                // It carries a secret, which is for nobody else.
                asked.redirects = Redirects::Stay;
                let sent = line.clock.elapsed();
                let token = self.fetch(line, &asked)?;
                let value = token.value.clone();
                tokens.keep(scheme, token, sent);
                value
            };
            found.insert(scheme.to_owned(), token);
        }
        Ok(found)
    }

    /// Drops tokens that were refused.
    pub(super) fn refuse(line: &Line, tokens: &BTreeMap<String, SecretString>) {
        let mut held = held(line);
        for (scheme, token) in tokens {
            held.refused(scheme, token);
        }
    }

    fn fetch(&self, line: &Line, asked: &Request) -> Result<Token, Fell> {
        let (_, outcome) = self.attempts(line, asked, 0);
        let response: Response = match outcome {
            Outcome::Answered(response) => response,
            Outcome::Failed { failure, .. } => {
                let detail = format!("no token: {}", failure.detail);
                return Err(Fell::new(failure.kind, detail));
            }
        };
        let no_credential = |why: String| Fell::new(FailureKind::NoCredential, why);
        let token = Token::read(&response).map_err(|error| match error {
            TokenError::Refused { status, .. } if status >= 500 => {
                Fell::new(FailureKind::Unavailable, error.to_string())
            }
            TokenError::Refused { .. } | TokenError::Unusable(_) => {
                no_credential(error.to_string())
            }
        })?;
        self.hide(token.value.expose_secret())
            .map_err(|error| no_credential(format!("the token of the token server: {error}")))?;
        Ok(token)
    }
}

/// Nothing that holds the lock can panic, so a poisoned one is whole.
fn held(line: &Line) -> MutexGuard<'_, Tokens> {
    line.tokens.lock().unwrap_or_else(PoisonError::into_inner)
}
