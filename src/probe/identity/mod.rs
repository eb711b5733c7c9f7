//! Who asks: what credentials add to a request.

mod dress;
mod format;
mod oauth;
mod sign;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use thiserror::Error;

use super::{
    environment::{Access, BaseError, KeyPlace, Scheme, SecretError, Surroundings},
    exchange::{Credentials, Request},
};
pub use dress::Dressed;
pub use format::{Format, Hole};
pub use oauth::{Token, TokenError, TokenServer, Tokens};
pub(crate) use sign::hex;
pub use sign::{Signer, Stamp};

/// The credentials of an environment, with their secrets.
#[derive(Debug)]
pub struct Identity {
    schemes: BTreeMap<String, Credential>,
    signer: Option<Signer>,
    certificate: Option<SecretSlice<u8>>,
    authority: Option<Vec<u8>>,
}

#[derive(Debug)]
enum Credential {
    ApiKey(SecretString, KeyPlace),
    Basic(SecretString, Option<SecretString>),
    Bearer(SecretString),
    OAuth2(TokenServer),
}

/// The credentials cannot be had.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum IdentityError {
    /// A variable or a file does not hold what it should.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The URL of a token server is none.
    #[error("the token server of `{scheme}`: {error}")]
    TokenUrl {
        /// The security scheme.
        scheme: String,
        /// What is wrong with it.
        error: BaseError,
    },
    /// Nobody says where a key goes.
    #[error("nothing says where the API key of `{scheme}` goes")]
    NoPlace {
        /// The security scheme.
        scheme: String,
    },
}

impl IdentityError {
    /// The security scheme that it is about, if it is one's.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        match self {
            Self::Secret(error) => error.what.split('`').nth(1),
            Self::TokenUrl { scheme, .. } | Self::NoPlace { scheme } => Some(scheme),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Secret(_) => {
                Some("set the variable, or write the file, where this runs".to_owned())
            }
            Self::TokenUrl { .. } => None,
            Self::NoPlace { scheme } => Some(format!(
                "the contract has no API key named `{scheme}`; add `in` and `name` beside the key"
            )),
        }
    }
}

impl Identity {
    /// Reads all secrets at once, so that a run does not find out in its middle that one is missing.
    ///
    /// # Errors
    ///
    /// One cannot be had, or nothing says where a key goes.
    pub fn open(access: &Access, from: &dyn Surroundings) -> Result<Self, IdentityError> {
        let mut schemes = BTreeMap::new();
        for (name, scheme) in &access.schemes {
            schemes.insert(name.clone(), Credential::open(name, scheme, from)?);
        }
        let signer = match &access.signature {
            None => None,
            Some(hmac) => Some(Signer::open(hmac, from)?),
        };
        let certificate = match &access.tls.identity {
            None => None,
            Some((certificate, key)) => {
                let mut pem = certificate.bytes(from, "the client certificate")?;
                pem.push(b'\n');
                pem.extend(key.bytes(from, "the key of the client certificate")?);
                Some(SecretSlice::from(pem))
            }
        };
        let authority = access.tls.authority.as_ref();
        let authority = authority.map(|file| file.bytes(from, "the certificate authority"));
        Ok(Self {
            schemes,
            signer,
            certificate,
            authority: authority.transpose()?,
        })
    }

    /// Every secret, for whoever keeps them out of reports.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        let of_schemes = self
            .schemes
            .values()
            .flat_map(|credential| match credential {
                Credential::ApiKey(secret, _) | Credential::Bearer(secret) => vec![secret],
                // Some vendors take a key for a name; beside a password a name is a name, and may be a word that stands everywhere.
                Credential::Basic(name, password) => vec![password.as_ref().unwrap_or(name)],
                Credential::OAuth2(server) => server.secrets().collect(),
            });
        of_schemes.chain(self.signer.iter().map(Signer::key))
    }

    /// The client's certificate and its key, PEM.
    #[must_use]
    pub fn certificate(&self) -> Option<&[u8]> {
        self.certificate.as_ref().map(ExposeSecret::expose_secret)
    }

    /// An authority to trust, PEM.
    #[must_use]
    pub fn authority(&self) -> Option<&[u8]> {
        self.authority.as_deref()
    }

    /// Whether there is any credential at all: without one, answers say little about what the vendor does for those who have one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.schemes.is_empty() && self.signer.is_none() && self.certificate.is_none()
    }

    /// The token servers whose tokens a request carries, by their schemes.
    pub fn token_servers<'a>(
        &'a self,
        request: &'a Request,
    ) -> impl Iterator<Item = (&'a str, &'a TokenServer)> {
        self.of(&request.credentials)
            .filter_map(|(name, credential)| match credential {
                Credential::OAuth2(server) => Some((name, server)),
                Credential::ApiKey(..) | Credential::Basic(..) | Credential::Bearer(_) => None,
            })
    }

    /// The URLs of all token servers, by their schemes.
    pub(crate) fn all_token_servers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schemes
            .iter()
            .filter_map(|(name, credential)| match credential {
                Credential::OAuth2(server) => Some((name.as_str(), server.url.as_str())),
                Credential::ApiKey(..) | Credential::Basic(..) | Credential::Bearer(_) => None,
            })
    }

    /// The real credentials that are asked for.
    fn of<'a>(&'a self, asked: &'a Credentials) -> impl Iterator<Item = (&'a str, &'a Credential)> {
        let carries = move |name: &str| match asked {
            Credentials::All => true,
            Credentials::Of(names) => names.iter().any(|asked| asked == name),
            Credentials::None | Credentials::Invalid => false,
        };
        self.schemes
            .iter()
            .map(|(name, credential)| (name.as_str(), credential))
            .filter(move |(name, _)| carries(name))
    }
}

impl Credential {
    fn open(name: &str, scheme: &Scheme, from: &dyn Surroundings) -> Result<Self, IdentityError> {
        let what = |part: &str| format!("the {part} of `{name}`");
        Ok(match scheme {
            Scheme::ApiKey(key) => {
                let place = key.place.clone().ok_or_else(|| IdentityError::NoPlace {
                    scheme: name.to_owned(),
                })?;
                Self::ApiKey(key.secret.text(from, &what("key"))?, place)
            }
            Scheme::Basic { username, password } => {
                let (name, what_name) = (username, what("user name"));
                match password {
                    Some(password) => Self::Basic(
                        SecretString::from(name.name(from, &what_name)?),
                        Some(password.text(from, &what("password"))?),
                    ),
                    None => Self::Basic(name.text(from, &what_name)?, None),
                }
            }
            Scheme::Bearer(secret) => Self::Bearer(secret.text(from, &what("token"))?),
            Scheme::OAuth2(client) => {
                let url = client.token_url.url(from);
                let url = url.map_err(|error| IdentityError::TokenUrl {
                    scheme: name.to_owned(),
                    error,
                })?;
                let secret = client.client_secret.as_ref();
                let secret = secret.map(|secret| secret.text(from, &what("client secret")));
                Self::OAuth2(TokenServer {
                    url,
                    id: client.client_id.name(from, &what("client id"))?,
                    secret: secret.transpose()?,
                    scopes: client.scopes.clone(),
                    audience: client.audience.clone(),
                    client: client.client,
                })
            }
        })
    }
}
