//! Puts credentials on a request.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Credential, Identity, Stamp};
use crate::probe::{
    environment::KeyPlace,
    exchange::{Credentials, Request},
};

/// Stands where a real credential would, when none is meant to be right.
const INVALID: &str = "contract-probe-invalid";

/// What a request carries on the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Dressed {
    /// With a key in its query, where that is its place.
    pub url: String,
    /// The request's own, and those of the credentials.
    pub headers: Vec<(String, String)>,
}

impl Identity {
    /// Adds the credentials that a request asks for, with these tokens, and signs what comes out.
    ///
    /// Of several credentials for one header, the first by the names of their schemes is sent.
    #[must_use]
    pub fn dress(
        &self,
        request: &Request,
        tokens: &BTreeMap<String, SecretString>,
        stamp: &Stamp,
    ) -> Dressed {
        let mut dressed = Dressed {
            url: request.url.clone(),
            headers: request.headers.clone(),
        };
        let mut taken = Vec::new();
        match &request.credentials {
            Credentials::None => return dressed,
            Credentials::Invalid => {
                for credential in self.schemes.values() {
                    let made_up = || INVALID.to_owned();
                    match credential {
                        Credential::ApiKey(_, place) => {
                            dressed.put_key(place, INVALID, &mut taken);
                        }
                        Credential::Basic(..) => {
                            dressed.authorize(&basic(INVALID, INVALID), &mut taken);
                        }
                        Credential::Bearer(_) | Credential::OAuth2(_) => {
                            dressed.authorize(&format!("Bearer {}", made_up()), &mut taken);
                        }
                    }
                }
            }
            asked @ (Credentials::All | Credentials::Of(_)) => {
                for (name, credential) in self.of(asked) {
                    match credential {
                        Credential::ApiKey(key, place) => {
                            dressed.put_key(place, key.expose_secret(), &mut taken);
                        }
                        Credential::Basic(user, password) => {
                            let password = password.as_ref();
                            let password = password.map_or("", ExposeSecret::expose_secret);
                            dressed.authorize(&basic(user.expose_secret(), password), &mut taken);
                        }
                        Credential::Bearer(token) => dressed.bearer(token, &mut taken),
                        Credential::OAuth2(_) => {
                            if let Some(token) = tokens.get(name) {
                                dressed.bearer(token, &mut taken);
                            }
                        }
                    }
                }
            }
        }
        if let Some(signer) = &self.signer {
            let real = request.credentials != Credentials::Invalid;
            let key = if real { None } else { Some(INVALID) };
            let signed = signer.sign(
                key,
                &request.method,
                &dressed.url,
                request.body.as_deref(),
                stamp,
            );
            for (name, value) in signed {
                dressed.put_header(&name, value, &mut taken);
            }
        }
        dressed
    }
}

impl Dressed {
    fn bearer(&mut self, token: &SecretString, taken: &mut Vec<String>) {
        self.authorize(&format!("Bearer {}", token.expose_secret()), taken);
    }

    fn authorize(&mut self, value: &str, taken: &mut Vec<String>) {
        self.put_header("Authorization", value.to_owned(), taken);
    }

    /// A credential replaces what the request brought along, but not another credential.
    fn put_header(&mut self, name: &str, value: String, taken: &mut Vec<String>) {
        let lower = name.to_ascii_lowercase();
        if taken.contains(&lower) {
            return;
        }
        taken.push(lower);
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value));
    }

    fn put_key(&mut self, place: &KeyPlace, key: &str, taken: &mut Vec<String>) {
        match place {
            KeyPlace::Header(name) => self.put_header(name, key.to_owned(), taken),
            KeyPlace::Query(name) => {
                // A URL that is none is refused where it would be sent.
                if let Ok(mut url) = Url::parse(&self.url) {
                    url.query_pairs_mut().append_pair(name, key);
                    self.url = url.into();
                }
            }
            KeyPlace::Cookie(name) => {
                let cookie = format!("{name}={key}");
                let known = self
                    .headers
                    .iter_mut()
                    .find(|(known, _)| known.eq_ignore_ascii_case("cookie"));
                match known {
                    Some((_, cookies)) => {
                        cookies.push_str("; ");
                        cookies.push_str(&cookie);
                    }
                    None => self.headers.push(("Cookie".to_owned(), cookie)),
                }
            }
        }
    }
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}
