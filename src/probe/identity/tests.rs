//! What goes on the wire for each kind of credential.

use std::{collections::BTreeMap, path::Path, time::Duration};

use secrecy::{ExposeSecret, SecretString};

use super::*;
use crate::probe::{
    environment::{self, ApiKey, Base, OAuth2, Secret, TokenClient},
    exchange::{Response, Timings},
};

/// Every variable holds its own name in small letters.
struct Fake;

impl Surroundings for Fake {
    fn variable(&self, name: &str) -> Result<String, String> {
        Ok(name.to_ascii_lowercase())
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        Ok(path.display().to_string().into_bytes())
    }
}

fn variable(name: &str) -> Secret {
    Secret::Variable(name.to_owned())
}

fn identity(schemes: impl IntoIterator<Item = (&'static str, Scheme)>) -> Identity {
    let schemes = schemes
        .into_iter()
        .map(|(name, scheme)| (name.to_owned(), scheme));
    let access = Access {
        schemes: schemes.collect(),
        ..Access::default()
    };
    Identity::open(&access, &Fake).unwrap()
}

fn key(place: KeyPlace) -> Scheme {
    Scheme::ApiKey(ApiKey {
        secret: variable("MY_KEY"),
        place: Some(place),
    })
}

fn basic() -> Scheme {
    Scheme::Basic {
        username: variable("ALADDIN"),
        password: Some(variable("OPEN_SESAME")),
    }
}

fn stamp() -> Stamp {
    Stamp {
        timestamp: 1_795_168_800,
        nonce: "n0nce".to_owned(),
    }
}

fn request() -> Request {
    Request::new("op:GET /v1/a", "s", "GET", "https://a.example/v1/a?b=1")
}

fn sent(identity: &Identity, request: &Request) -> (String, Vec<String>) {
    let dressed = identity.dress(request, &BTreeMap::new(), &stamp());
    let headers = dressed.headers.into_iter();
    (
        dressed.url,
        headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect(),
    )
}

#[test]
fn each_credential_goes_to_its_place() {
    let plain = "https://a.example/v1/a?b=1";
    for (scheme, url, header) in [
        (
            key(KeyPlace::Header("X-Key".into())),
            plain,
            Some("X-Key: my_key"),
        ),
        (
            key(KeyPlace::Query("key".into())),
            "https://a.example/v1/a?b=1&key=my_key",
            None,
        ),
        (
            key(KeyPlace::Cookie("sid".into())),
            plain,
            Some("Cookie: sid=my_key"),
        ),
        (
            basic(),
            plain,
            Some("Authorization: Basic YWxhZGRpbjpvcGVuX3Nlc2FtZQ=="),
        ),
        (
            Scheme::Bearer(variable("MY_TOKEN")),
            plain,
            Some("Authorization: Bearer my_token"),
        ),
    ] {
        let headers: Vec<String> = header.into_iter().map(str::to_owned).collect();
        assert_eq!(
            sent(&identity([("A", scheme)]), &request()),
            (url.to_owned(), headers)
        );
    }
}

#[test]
fn a_request_says_which_credentials_it_carries() {
    let identity = identity([
        ("A", key(KeyPlace::Header("X-Key".into()))),
        ("B", Scheme::Bearer(variable("MY_TOKEN"))),
        ("C", basic()),
    ]);
    for (credentials, headers) in [
        // Both B and C go into one header: the first one does.
        (
            Credentials::All,
            vec!["X-Key: my_key", "Authorization: Bearer my_token"],
        ),
        (Credentials::Of(vec!["A".into()]), vec!["X-Key: my_key"]),
        (
            Credentials::Of(vec!["C".into()]),
            vec!["Authorization: Basic YWxhZGRpbjpvcGVuX3Nlc2FtZQ=="],
        ),
        (Credentials::None, vec![]),
        (
            Credentials::Invalid,
            vec![
                "X-Key: contract-probe-invalid",
                "Authorization: Bearer contract-probe-invalid",
            ],
        ),
    ] {
        let mut request = request();
        request.credentials = credentials;
        assert_eq!(sent(&identity, &request).1, headers);
    }
}

#[test]
fn a_credential_replaces_what_the_request_brought_and_joins_its_cookies() {
    let identity = identity([
        ("A", key(KeyPlace::Cookie("sid".into()))),
        ("B", Scheme::Bearer(variable("MY_TOKEN"))),
    ]);
    let mut request = request();
    request.headers = vec![
        ("authorization".into(), "Bearer mine".into()),
        ("cookie".into(), "a=b".into()),
    ];
    assert_eq!(
        sent(&identity, &request).1,
        ["cookie: a=b; sid=my_key", "Authorization: Bearer my_token"]
    );
}

fn signing(template: &str, format: &str) -> Identity {
    let access = Access {
        signature: Some(environment::Hmac {
            key: variable("JEFE"),
            template: Format::parse(template, Format::SIGNED).unwrap(),
            header: "X-Sig".into(),
            format: Format::parse(format, Format::HEADER).unwrap(),
            timestamp_header: Some("X-Time".into()),
            nonce_header: None,
        }),
        ..Access::default()
    };
    Identity::open(&access, &Fake).unwrap()
}

#[test]
fn a_signature_is_the_hmac_of_what_its_template_says() {
    // Both as `openssl dgst -sha256 -hmac jefe` makes them.
    let mut asked = request();
    asked.method = "POST".into();
    asked.body = Some(b"what do ya want for nothing?".to_vec());
    let hex = "0535eeea9ac8bf10aebdcaa1d292d5cc07873564d15062c99b938e6416a45cb7";
    let identity = signing("${timestamp}.${body}", "t=${timestamp},v1=${hex}");
    assert_eq!(
        sent(&identity, &asked).1,
        [
            format!("X-Sig: t=1795168800,v1={hex}"),
            "X-Time: 1795168800".to_owned()
        ]
    );
    let base64 = "DUKp6Ar0nZwaChq7nfU/wcbcVIzDgsGADfpBeaDESYI=";
    let identity = signing("${method}\n${path}?${query}\n${nonce}", "${base64}");
    assert_eq!(
        sent(&identity, &asked).1,
        [format!("X-Sig: {base64}"), "X-Time: 1795168800".to_owned()]
    );
}

fn server(client: TokenClient, secret: Option<Secret>) -> Identity {
    identity([(
        "O",
        Scheme::OAuth2(OAuth2 {
            token_url: Base::fixed("https://auth.a.example/token"),
            client_id: variable("MY_ID"),
            client_secret: secret,
            scopes: vec!["pay".into(), "read".into()],
            audience: Some("https://api".into()),
            client,
        }),
    )])
}

fn token_request(identity: &Identity) -> Request {
    let request = request();
    let mut servers = identity.token_servers(&request);
    let (name, server) = servers.next().unwrap();
    assert!(servers.next().is_none());
    server.request(name)
}

#[test]
fn a_token_is_asked_for_as_rfc_6749_says() {
    let form = "grant_type=client_credentials&scope=pay+read&audience=https%3A%2F%2Fapi";
    let secret = || Some(variable("MY_SECRET"));
    for (client, secret, authorization, rest) in [
        (
            TokenClient::Basic,
            secret(),
            Some("Basic bXlfaWQ6bXlfc2VjcmV0"),
            "",
        ),
        (
            TokenClient::Body,
            secret(),
            None,
            "&client_id=my_id&client_secret=my_secret",
        ),
        (TokenClient::Basic, None, None, "&client_id=my_id"),
    ] {
        let asked = token_request(&server(client, secret));
        let mut expected = Request::new("token:O", "token", "POST", "https://auth.a.example/token");
        expected.credentials = Credentials::None;
        expected.headers = vec![
            ("Accept".into(), "application/json".into()),
            (
                "Content-Type".into(),
                "application/x-www-form-urlencoded".into(),
            ),
        ];
        if let Some(value) = authorization {
            expected
                .headers
                .push(("Authorization".into(), value.into()));
        }
        expected.body = Some(format!("{form}{rest}").into_bytes());
        assert_eq!(asked, expected);
    }
}

fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
        truncated: false,
        timings: Timings::default(),
    }
}

#[test]
fn what_is_no_token_is_told_without_what_it_said() {
    for (status, body, error) in [
        (
            401,
            r#"{"error":"invalid_client","error_description":"my_secret"}"#,
            "the token server answered 401 (invalid_client)",
        ),
        (
            400,
            r#"{"error":"my secret is s3cret"}"#,
            "the token server answered 400",
        ),
        (500, "", "the token server answered 500"),
        (
            200,
            "<html>",
            "the token server answered something that is no JSON",
        ),
        (
            200,
            "{}",
            "the token server answered without an access_token",
        ),
        (
            200,
            r#"{"access_token":"t","token_type":"mac"}"#,
            "the token server answered with a token that is no bearer token",
        ),
    ] {
        let found = Token::read(&answer(status, body)).unwrap_err();
        assert_eq!(found.to_string(), error);
    }
}

#[test]
fn a_token_is_renewed_at_four_fifths_of_its_life_or_when_it_is_refused() {
    let read = |body: &str| Token::read(&answer(200, body)).unwrap();
    let s = Duration::from_secs;
    let held = |tokens: &Tokens, now| {
        let token = tokens.fresh("O", s(now));
        token.map(|token| token.expose_secret().to_owned())
    };
    let mut tokens = Tokens::default();
    assert_eq!(held(&tokens, 0), None);
    tokens.keep(
        "O",
        read(r#"{"access_token":"one","token_type":"Bearer","expires_in":"100"}"#),
        s(10),
    );
    assert_eq!(held(&tokens, 89), Some("one".into()));
    assert_eq!(held(&tokens, 90), None);
    tokens.keep("O", read(r#"{"access_token":"two"}"#), s(90));
    assert_eq!(held(&tokens, 90_000), Some("two".into()));
    // Somebody else's refusal of the old one does not cost the new one.
    tokens.refused("O", &SecretString::from("one"));
    assert_eq!(held(&tokens, 91), Some("two".into()));
    tokens.refused("O", &SecretString::from("two"));
    assert_eq!(held(&tokens, 91), None);
    let identity = server(TokenClient::Basic, None);
    let carried = BTreeMap::from([("O".to_owned(), SecretString::from("t0ken"))]);
    let dressed = identity.dress(&request(), &carried, &stamp());
    assert_eq!(
        dressed.headers,
        [("Authorization".to_owned(), "Bearer t0ken".to_owned())]
    );
}

#[test]
fn a_key_without_a_place_is_refused() {
    let scheme = Scheme::ApiKey(ApiKey {
        secret: variable("MY_KEY"),
        place: None,
    });
    let access = Access {
        schemes: BTreeMap::from([("A".to_owned(), scheme)]),
        ..Access::default()
    };
    let error = Identity::open(&access, &Fake).unwrap_err();
    assert_eq!(error, IdentityError::NoPlace { scheme: "A".into() });
}

#[test]
fn every_secret_is_known_to_whoever_hides_it() {
    let identity = identity([
        ("A", key(KeyPlace::Header("X-Key".into()))),
        ("B", Scheme::Bearer(variable("MY_TOKEN"))),
        ("C", basic()),
    ]);
    let known: Vec<&str> = identity
        .secrets()
        .map(ExposeSecret::expose_secret)
        .collect();
    assert_eq!(known, ["my_key", "my_token", "open_sesame"]);
    let key_as_name = Scheme::Basic {
        username: variable("SK_TEST"),
        password: None,
    };
    let stripe = super::tests::identity([("A", key_as_name)]);
    let known: Vec<&str> = stripe.secrets().map(ExposeSecret::expose_secret).collect();
    assert_eq!(known, ["sk_test"]);
    let server = server(TokenClient::Basic, Some(variable("MY_SECRET")));
    let known: Vec<&str> = server.secrets().map(ExposeSecret::expose_secret).collect();
    assert_eq!(known, ["my_secret"]);
    let signing = signing("${body}", "${hex}");
    let known: Vec<&str> = signing.secrets().map(ExposeSecret::expose_secret).collect();
    assert_eq!(known, ["jefe"]);
}
