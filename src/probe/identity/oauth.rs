//! Tokens by client credentials (RFC 6749, 4.4): how to ask for one, what came, and how long it is good.

use std::{collections::BTreeMap, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use thiserror::Error;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::probe::{
    environment::TokenClient,
    exchange::{Credentials, Request, Response},
};

/// A token server, and who asks it.
#[derive(Debug)]
pub struct TokenServer {
    pub(super) url: String,
    /// No secret (RFC 6749, 2.2).
    pub(super) id: String,
    pub(super) secret: Option<SecretString>,
    pub(super) scopes: Vec<String>,
    pub(super) audience: Option<String>,
    pub(super) client: TokenClient,
}

/// A token, and how long it is good.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub value: SecretString,
    /// None when the server does not say.
    pub lifetime: Option<Duration>,
}

/// There is no token; no message repeats what the server sent beyond its error code.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TokenError {
    /// The server refused.
    #[error("the token server answered {status}{code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The error code of RFC 6749, 5.2, in brackets after a space, if it is one.
        code: String,
    },
    /// The server granted something else.
    #[error("the token server answered {0}")]
    Unusable(&'static str),
}

impl TokenServer {
    /// The request for a token.
    #[must_use]
    pub fn request(&self, scheme: &str) -> Request {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !self.scopes.is_empty() {
            form.append_pair("scope", &self.scopes.join(" "));
        }
        if let Some(audience) = &self.audience {
            form.append_pair("audience", audience);
        }
        let mut request = Request::new(format!("token:{scheme}"), "token", "POST", &self.url);
        request.credentials = Credentials::None;
        let form_type = "application/x-www-form-urlencoded";
        for (name, value) in [("Accept", "application/json"), ("Content-Type", form_type)] {
            request.headers.push((name.to_owned(), value.to_owned()));
        }
        let id = &self.id;
        match (&self.secret, self.client) {
            (Some(secret), TokenClient::Basic) => {
                // RFC 6749, 2.3.1: both are form-encoded before they are joined.
                let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let joined = format!("{}:{}", encoded(id), encoded(secret.expose_secret()));
                let value = format!("Basic {}", STANDARD.encode(joined));
                request.headers.push(("Authorization".to_owned(), value));
            }
            (Some(secret), TokenClient::Body) => {
                form.append_pair("client_id", id);
                form.append_pair("client_secret", secret.expose_secret());
            }
            (None, TokenClient::Basic | TokenClient::Body) => {
                form.append_pair("client_id", id);
            }
        }
        request.body = Some(form.finish().into_bytes());
        request
    }

    pub(super) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        self.secret.iter()
    }
}

impl Token {
    /// Reads the answer of a token server.
    ///
    /// # Errors
    ///
    /// It refused, or granted no bearer token.
    pub fn read(response: &Response) -> Result<Self, TokenError> {
        let body: Option<Value> = serde_json::from_slice(&response.body).ok();
        let member = |name: &str| body.as_ref().and_then(|body| body.get(name));
        let text = |name: &str| member(name).and_then(Value::as_str);
        if !(200..300).contains(&response.status) {
            // A code is a word of the specification or of an extension; anything else might be anything.
            let is_code = |text: &&str| {
                text.len() <= 40
                    && text
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            };
            let code = text("error").filter(is_code);
            return Err(TokenError::Refused {
                status: response.status,
                code: code.map(|code| format!(" ({code})")).unwrap_or_default(),
            });
        }
        if body.is_none() {
            return Err(TokenError::Unusable("something that is no JSON"));
        }
        let value = text("access_token").filter(|token| !token.is_empty());
        let value = value.ok_or(TokenError::Unusable("without an access_token"))?;
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(TokenError::Unusable("with a token that is no bearer token"));
        }
        // Some servers write the number in quotes.
        let lifetime = member("expires_in").and_then(|seconds| match seconds {
            Value::String(text) => text.parse().ok(),
            seconds => seconds.as_u64(),
        });
        Ok(Self {
            value: SecretString::from(value.to_owned()),
            lifetime: lifetime.map(|seconds| Duration::from_secs(seconds.min(u64::from(u32::MAX)))),
        })
    }
}

/// The tokens that are at hand.
#[derive(Debug, Default)]
pub struct Tokens(BTreeMap<String, Held>);

#[derive(Debug)]
struct Held {
    value: SecretString,
    renew_at: Option<Duration>,
}

impl Tokens {
    /// The token of a scheme, unless it is to be renewed: at 80 % of its life, so that none expires on its way.
    #[must_use]
    pub fn fresh(&self, scheme: &str, now: Duration) -> Option<SecretString> {
        let held = self.0.get(scheme)?;
        let fresh = held.renew_at.is_none_or(|renew_at| now < renew_at);
        fresh.then(|| held.value.clone())
    }

    /// Keeps a token that came at this time.
    pub fn keep(&mut self, scheme: &str, token: Token, now: Duration) {
        let held = Held {
            value: token.value,
            renew_at: token.lifetime.map(|lifetime| now + lifetime / 5 * 4),
        };
        self.0.insert(scheme.to_owned(), held);
    }

    /// Drops a token that was refused, unless somebody has renewed it in the meantime.
    pub fn refused(&mut self, scheme: &str, refused: &SecretString) {
        let held = self.0.get(scheme);
        if held.is_some_and(|held| held.value.expose_secret() == refused.expose_secret()) {
            self.0.remove(scheme);
        }
    }
}
