//! The file as people write it, and everything that is refused in it.

use std::{collections::BTreeMap, path::Path, time::Duration};

use secrecy::ExposeSecret;

use super::*;

const FULL: &str = r#"
base: main
environments:
  acme-sandbox:
    base_url: ${ACME_SANDBOX_URL:-https://sandbox.acme.example/v1/}
    kind: sandbox
    allow_hosts: [sandbox.acme.example, "auth.acme.example:8443"]
    rate_limit: { per_second: 5, burst: 10, per_operation: { createPayment: 1/s } }
    budget: { requests: 400, duration: 10m }
    retry: { max: 3, base: 500ms, cap: 20s, jitter: full, statuses: [408, 425, 429, 502, 503, 504], retry_after_cap: 60s }
    breaker: { open_after: 5, window: 30s }
    timeouts: { connect: 2s, response: 9s }
    concurrency: 4
    auth:
      AcmeOAuth:
        oauth2_client_credentials:
          token_url: https://auth.acme.example:8443/token
          client_id: {env: ACME_ID}
          client_secret: {file: /run/secrets/acme}
          scopes: [pay, read]
      AcmeKey: { api_key: { env: ACME_KEY } }
      Cookie: { api_key: { env: ACME_KEY, in: cookie, name: sid } }
      Person: { basic: { username: {env: ACME_USER}, password: {env: ACME_PASSWORD} } }
      mtls: { cert: {file: cert.pem}, key: {file: key.pem} }
      certificate_authority: { file: ca.pem }
      sign: { hmac: { alg: sha256, key: {env: ACME_HMAC}, template: "${timestamp}.${body}", header: "X-Sig", format: "t=${timestamp},v1=${hex}" } }
"#;

struct Fake(BTreeMap<&'static str, &'static str>);

impl Surroundings for Fake {
    fn variable(&self, name: &str) -> Result<String, String> {
        let value = self
            .0
            .get(name)
            .ok_or_else(|| format!("`{name}` is not set"))?;
        Ok((*value).to_owned())
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        let value = path.to_str().and_then(|path| self.0.get(path));
        let value = value.ok_or_else(|| "no such file".to_owned())?;
        Ok(value.as_bytes().to_vec())
    }
}

#[test]
fn an_environment_is_read_whole() {
    let variable = |name: &str| Secret::Variable(name.to_owned());
    let file = |path: &str| Secret::File(path.into());
    let mut read = read("contract.yaml", FULL.as_bytes()).unwrap();
    let found = read.remove("acme-sandbox").unwrap();
    assert!(read.is_empty());
    let base = found.base.clone();
    let mut expected = Environment::new("acme-sandbox", base, Kind::Sandbox);
    expected.allow_hosts = vec![
        "sandbox.acme.example".into(),
        "auth.acme.example:8443".into(),
    ];
    let second = |requests| Rate {
        requests,
        per: Duration::from_secs(1),
    };
    expected.rate = RateLimits {
        rate: second(5),
        burst: 10,
        per_operation: BTreeMap::from([("createPayment".into(), second(1))]),
    };
    expected.budget.requests = Some(400);
    expected.timeouts = Timeouts {
        connect: Duration::from_secs(2),
        response: Duration::from_secs(9),
    };
    expected.concurrency = 4;
    let key = |place| {
        Scheme::ApiKey(ApiKey {
            secret: variable("ACME_KEY"),
            place,
        })
    };
    expected.access = Access {
        schemes: BTreeMap::from([
            (
                "AcmeOAuth".into(),
                Scheme::OAuth2(OAuth2 {
                    token_url: Base::fixed("https://auth.acme.example:8443/token"),
                    client_id: variable("ACME_ID"),
                    client_secret: Some(file("/run/secrets/acme")),
                    scopes: vec!["pay".into(), "read".into()],
                    audience: None,
                    client: TokenClient::Basic,
                }),
            ),
            ("AcmeKey".into(), key(None)),
            ("Cookie".into(), key(Some(KeyPlace::Cookie("sid".into())))),
            (
                "Person".into(),
                Scheme::Basic {
                    username: variable("ACME_USER"),
                    password: Some(variable("ACME_PASSWORD")),
                },
            ),
        ]),
        tls: Tls {
            identity: Some((file("cert.pem"), file("key.pem"))),
            authority: Some(file("ca.pem")),
        },
        signature: found.access.signature.clone(),
    };
    assert_eq!(found, expected);
    let signature = found.access.signature.unwrap();
    assert_eq!(signature.key, variable("ACME_HMAC"));
    assert_eq!(signature.header, "X-Sig");
    // All limits that the file gives beyond these are the defaults, so the two agree.
    assert_eq!(found.budget.duration, Some(Duration::from_secs(600)));
}

#[test]
fn a_base_comes_from_its_variable_or_its_default() {
    let read = read("contract.yaml", FULL.as_bytes()).unwrap();
    let base = &read["acme-sandbox"].base;
    let with =
        |pairs: &[(&'static str, &'static str)]| base.url(&Fake(pairs.iter().copied().collect()));
    let default = "https://sandbox.acme.example/v1";
    assert_eq!(with(&[]).unwrap(), default);
    assert_eq!(with(&[("ACME_SANDBOX_URL", "")]).unwrap(), default);
    assert_eq!(
        with(&[("ACME_SANDBOX_URL", "http://127.0.0.1:8080/")]).unwrap(),
        "http://127.0.0.1:8080"
    );
    assert_eq!(
        with(&[("ACME_SANDBOX_URL", "https://me:secret@a.example")]),
        Err(BaseError::Unusable("it holds a user name or a password"))
    );
}

#[test]
fn a_secret_is_what_its_place_holds() {
    let fake = Fake(BTreeMap::from([
        ("KEY", "s3cret-value\n"),
        ("EMPTY", ""),
        ("SHORT", "abc"),
        ("/run/key", "from-a-file\r\n"),
    ]));
    let text = |secret: Secret| {
        let text = secret.text(&fake, "`AcmeKey`");
        text.map(|text| text.expose_secret().to_owned())
            .map_err(|error| error.to_string())
    };
    let variable = |name: &str| text(Secret::Variable(name.into()));
    assert_eq!(variable("KEY"), Ok("s3cret-value".into()));
    assert_eq!(
        text(Secret::File("/run/key".into())),
        Ok("from-a-file".into())
    );
    assert_eq!(
        variable("EMPTY"),
        Err("`AcmeKey` is missing: `EMPTY` is empty".into())
    );
    assert_eq!(
        variable("SHORT"),
        Err("`AcmeKey` is missing: `SHORT` holds less than 4 bytes, which cannot be kept out of reports".into())
    );
    assert_eq!(
        variable("NONE"),
        Err("`AcmeKey` is missing: `NONE` is not set".into())
    );
}

/// Lines of an environment, each with the fault it has.
const FAULTS: &[(&str, &str)] = &[
    (
        "auth: { K: { bearer: sk_live_abcdef } }",
        "5:26 `bearer` is written out, and it is a secret | keep it in an environment variable or a file, and write `{env: NAME}` or `{file: PATH}`; if it was ever committed, change it",
    ),
    (
        "auth: { K: { api_key: sk_live_abcdef } }",
        "5:27 `api_key` is written out, and it is a secret | keep it in an environment variable or a file, and write `{env: NAME}` or `{file: PATH}`; if it was ever committed, change it",
    ),
    (
        "auth: { K: { bearer: { env: sk_live_abcdef } } }",
        "5:33 `env` is not the name of an environment variable | write its name in capitals, such as `ACME_CLIENT_SECRET`",
    ),
    (
        "auth: { K: { bearer: { env: A, file: b } } }",
        "5:26 `bearer` needs either `env` or `file` | write `{env: NAME}` or `{file: PATH}`",
    ),
    (
        "auth: { K: { beerer: { env: A } } }",
        "5:16 `K` needs one way to say who asks | write one of `api_key`, `basic`, `bearer`, or `oauth2_client_credentials`\n\
         5:18 a credential has no key `beerer` | did you mean `bearer`?",
    ),
    (
        "auth: { K: { api_key: { env: A, in: header } } }",
        "5:27 `api_key` needs both `in` and `name`, or neither | without them the contract's security scheme says where the key goes",
    ),
    (
        "auth: { sign: { hmac: { alg: sha256, key: {env: A}, template: \"${env.HOME}\", header: X, format: \"${hex}\" } } }",
        "5:67 `template` has no `${env.HOME}` | there are `${timestamp}`, `${method}`, `${path}`, `${query}`, `${body}`, `${nonce}`",
    ),
    (
        "auth: { sign: { hmac: { alg: sha256, key: {env: A}, template: \"${body}\", header: X, format: \"v1\" } } }",
        "5:97 `format` has no place for the signature | there are `${timestamp}`, `${nonce}`, `${hex}`, `${base64}`",
    ),
    (
        "budget: { duration: 10 }",
        "5:25 `duration` has to be a text, not a number | write it in quotes: \"10\"",
    ),
    (
        "budget: { duration: 10d }",
        "5:25 `duration` cannot be `10d` | write a whole number and `ms`, `s`, `m`, or `h`, such as `500ms` or `10m`; at most `24h`",
    ),
    (
        "timeouts: { connect: 0s }",
        "5:26 `connect` cannot be `0s` | write a whole number and `ms`, `s`, `m`, or `h`, such as `500ms` or `10m`; at most `24h`",
    ),
    (
        "rate_limit: { per_operation: { a: 0/s } }",
        "5:39 `a` cannot be `0/s` | write a rate such as `1/s`, `30/m`, or `500/h`",
    ),
    (
        "retry: { statuses: [200] }",
        "5:25 an item of `statuses` cannot be 200 | write a whole number from 400 to 599",
    ),
    (
        "allow_hosts: [\"https://a.example\"]",
        "5:19 an item of `allow_hosts` is not a host | write `api.example.com` or `api.example.com:8443`, without a scheme, a path, or a `*`",
    ),
    (
        "alow_hosts: []",
        "5:5 an environment has no key `alow_hosts` | did you mean `allow_hosts`?",
    ),
];

fn faults(text: &str) -> Vec<String> {
    let faults = read("contract.yaml", text.as_bytes()).unwrap_err();
    let told = |fault: crate::tree::fields::Fault| {
        let help = fault.help.unwrap_or_default();
        format!("{} {} | {help}", fault.position, fault.message)
    };
    faults.into_iter().map(told).collect()
}

#[test]
fn each_fault_is_told_where_it_is_and_never_repeats_a_secret() {
    for (line, fault) in FAULTS {
        let text = format!(
            "environments:\n  e:\n    base_url: https://a.example\n    kind: sandbox\n    {line}\n"
        );
        assert_eq!(faults(&text).join("\n"), *fault, "{line}");
    }
    for (base, fault) in [
        (
            "ftp://a.example",
            "3:15 `base_url` cannot be used: only http and https are asked | write the scheme, the host, and the path, such as `https://sandbox.example.com/v1`",
        ),
        (
            "https://u:p@a.example",
            "3:15 `base_url` cannot be used: it holds a user name or a password | write the scheme, the host, and the path, such as `https://sandbox.example.com/v1`",
        ),
        (
            "${lower}",
            "3:15 `base_url` has a `${` that is no variable | write `${NAME}` or `${NAME:-default}`, the name in capitals",
        ),
    ] {
        let text = format!("environments:\n  e:\n    base_url: {base}\n    kind: sandbox\n");
        assert_eq!(faults(&text), [fault]);
    }
    let text = "environments:\n  e: {}\n";
    assert_eq!(
        faults(text),
        [
            "2:6 an environment needs the key `base_url` | add `base_url:` with its value",
            "2:6 an environment needs the key `kind` | add `kind:` with its value",
        ]
    );
}

#[test]
fn a_file_without_environments_has_none() {
    assert_eq!(read("contract.yaml", b"base: main\n"), Ok(BTreeMap::new()));
}

#[test]
fn operations_and_keys_get_what_the_contract_says() {
    let mut read = read("contract.yaml", FULL.as_bytes()).unwrap();
    let mut environment = read.remove("acme-sandbox").unwrap();
    assert_eq!(environment.place_keys(|_| None), ["AcmeKey"]);
    let place = KeyPlace::Header("X-Key".into());
    assert!(environment.place_keys(|_| Some(place.clone())).is_empty());
    let Scheme::ApiKey(key) = &environment.access.schemes["AcmeKey"] else {
        panic!("an API key");
    };
    assert_eq!(key.place, Some(place));
    let id = "op:POST /v1/payments";
    let unknown =
        environment.name_operations(|name| (name == "createPayment").then(|| id.to_owned()));
    assert!(unknown.is_empty());
    assert!(environment.rate.per_operation.contains_key(id));
    assert_eq!(environment.name_operations(|_| None), [id]);
}
