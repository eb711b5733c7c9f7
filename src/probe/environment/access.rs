//! Who asks: credentials by the names of security schemes, certificates, and signatures.

use std::collections::BTreeMap;

use super::{given::list, secret::Secret, template::Base};
use crate::probe::identity::Format;
use crate::tree::{Kind, fields::Value};

/// Everything that says who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// By the names of the contract's security schemes.
    pub schemes: BTreeMap<String, Scheme>,
    /// Certificates.
    pub tls: Tls,
    /// A signature over every request.
    pub signature: Option<Hmac>,
}

/// One way to say who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// A key in a header, the query, or a cookie.
    ApiKey(ApiKey),
    /// A name and a password (RFC 7617).
    Basic {
        /// The name.
        username: Secret,
        /// The password; some vendors have none.
        password: Option<Secret>,
    },
    /// A token as it is (RFC 6750).
    Bearer(Secret),
    /// A token that a server gives for a name and a password (RFC 6749, 4.4).
    OAuth2(OAuth2),
}

/// A key, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The key.
    pub secret: Secret,
    /// None until the contract says it.
    pub place: Option<KeyPlace>,
}

/// Where an API key goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
}

/// A client of a token server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth2 {
    /// Where tokens come from; its host has to be among the allowed ones.
    pub token_url: Base,
    /// The client's name.
    pub client_id: Secret,
    /// Its password; without one the certificate says who asks (RFC 8705).
    pub client_secret: Option<Secret>,
    /// What the token is for.
    pub scopes: Vec<String>,
    /// Whom the token is for, where the vendor asks for it.
    pub audience: Option<String>,
    /// How name and password are sent.
    pub client: TokenClient,
}

/// How a client tells a token server who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenClient {
    /// In the header `Authorization`, which every server has to understand (RFC 6749, 2.3.1).
    Basic,
    /// In the body.
    Body,
}

/// Certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// The client's own certificate and its private key.
    pub identity: Option<(Secret, Secret)>,
    /// An authority to trust besides those of the system.
    pub authority: Option<Secret>,
}

/// How requests are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hmac {
    /// The key.
    pub key: Secret,
    /// What is signed.
    pub template: Format,
    /// The header that carries the signature.
    pub header: String,
    /// What stands in it.
    pub format: Format,
    /// A header for the time alone.
    pub timestamp_header: Option<String>,
    /// A header for the nonce alone.
    pub nonce_header: Option<String>,
}

impl Access {
    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let mut access = Self::default();
        for (key, value) in value.entries()? {
            match key.text {
                "mtls" => {
                    let mut fields = value.fields("a client certificate")?;
                    let cert = fields.required("cert").and_then(Secret::read);
                    let key = fields.required("key").and_then(Secret::read);
                    fields.finish();
                    access.tls.identity = Some((cert?, key?));
                }
                "certificate_authority" => access.tls.authority = Some(Secret::read(value)?),
                "sign" => {
                    let mut fields = value.fields("a signature")?;
                    let hmac = fields.required("hmac").and_then(Hmac::read);
                    fields.finish();
                    access.signature = Some(hmac?);
                }
                name => {
                    access.schemes.insert(name.to_owned(), Scheme::read(value)?);
                }
            }
        }
        Some(access)
    }
}

impl Scheme {
    fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a credential")?;
        let ways = [
            fields
                .optional("api_key")
                .map(|value| (value, ApiKey::read as fn(_) -> _)),
            fields
                .optional("basic")
                .map(|value| (value, basic as fn(_) -> _)),
            fields
                .optional("bearer")
                .map(|value| (value, bearer as fn(_) -> _)),
            fields
                .optional("oauth2_client_credentials")
                .map(|value| (value, OAuth2::read as fn(_) -> _)),
        ];
        fields.finish();
        let mut ways = ways.into_iter().flatten();
        let (Some((value, read)), None) = (ways.next(), ways.next()) else {
            value.fault(
                format!("{} needs one way to say who asks", value.name()),
                "write one of `api_key`, `basic`, `bearer`, or `oauth2_client_credentials`",
            );
            return None;
        };
        read(value)
    }
}

fn basic(value: Value<'_>) -> Option<Scheme> {
    let mut fields = value.fields("a name and a password")?;
    let username = fields.required("username").and_then(Secret::read);
    let password = fields.optional("password").map(Secret::read);
    fields.finish();
    Some(Scheme::Basic {
        username: username?,
        password: match password {
            None => None,
            Some(password) => Some(password?),
        },
    })
}

fn bearer(value: Value<'_>) -> Option<Scheme> {
    Secret::read(value).map(Scheme::Bearer)
}

impl ApiKey {
    fn read(value: Value<'_>) -> Option<Scheme> {
        if value.kind() != Kind::Map {
            // Says that a secret is written out.
            Secret::read(value)?;
        }
        let mut fields = value.fields("an API key")?;
        let secret = Secret::of(value, fields.optional("env"), fields.optional("file"));
        let place: Option<fn(String) -> KeyPlace> = match fields.optional("in") {
            None => None,
            Some(place) => Some(place.choice(&[
                ("header", KeyPlace::Header as fn(String) -> KeyPlace),
                ("query", KeyPlace::Query),
                ("cookie", KeyPlace::Cookie),
            ])?),
        };
        let name = fields.optional("name");
        fields.finish();
        let place = match (place, name) {
            (None, None) => None,
            (Some(place), Some(name)) => Some(place(name.line()?.to_owned())),
            (Some(_), None) | (None, Some(_)) => {
                value.fault(
                    format!("{} needs both `in` and `name`, or neither", value.name()),
                    "without them the contract's security scheme says where the key goes",
                );
                return None;
            }
        };
        Some(Scheme::ApiKey(Self {
            secret: secret?,
            place,
        }))
    }
}

impl OAuth2 {
    fn read(value: Value<'_>) -> Option<Scheme> {
        let mut fields = value.fields("a client of a token server")?;
        let token_url = fields.required("token_url").and_then(Base::read);
        let client_id = fields.required("client_id").and_then(Secret::read);
        let client_secret = fields.optional("client_secret").map(Secret::read);
        let scopes = fields
            .optional("scopes")
            .map(|value| list(value, |item| item.line().map(str::to_owned)));
        let audience = fields.optional("audience").map(Value::line);
        let client = fields.optional("client").map(|value| {
            value.choice(&[("basic", TokenClient::Basic), ("body", TokenClient::Body)])
        });
        fields.finish();
        Some(Scheme::OAuth2(Self {
            token_url: token_url?,
            client_id: client_id?,
            client_secret: client_secret.map_or(Some(None), |secret| secret.map(Some))?,
            scopes: scopes.unwrap_or(Some(Vec::new()))?,
            audience: audience.map_or(Some(None), |line| line.map(|line| Some(line.to_owned())))?,
            client: client.unwrap_or(Some(TokenClient::Basic))?,
        }))
    }
}

impl Hmac {
    fn read(value: Value<'_>) -> Option<Self> {
        let mut fields = value.fields("a signature by HMAC")?;
        let alg = fields
            .required("alg")
            .and_then(|value| value.choice(&[("sha256", ())]));
        let key = fields.required("key").and_then(Secret::read);
        let template = fields
            .required("template")
            .and_then(|value| Format::read(value, Format::SIGNED));
        let header = fields.required("header").and_then(Value::line);
        let format = fields
            .required("format")
            .and_then(|value| Format::read(value, Format::HEADER));
        let timestamp_header = fields.optional("timestamp_header").map(Value::line);
        let nonce_header = fields.optional("nonce_header").map(Value::line);
        fields.finish();
        let own = |line: Option<Option<&str>>| match line {
            None => Some(None),
            Some(line) => line.map(|line| Some(line.to_owned())),
        };
        alg?;
        Some(Self {
            key: key?,
            template: template?,
            header: header?.to_owned(),
            format: format?,
            timestamp_header: own(timestamp_header)?,
            nonce_header: own(nonce_header)?,
        })
    }
}
