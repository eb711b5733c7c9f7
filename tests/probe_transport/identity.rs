//! Credentials on the wire, tokens that are fetched once, and secrets that are never written down.

use std::{thread, time::Duration};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use contract::probe::{
    environment::{Environment, read},
    exchange::Credentials,
    session::Session,
};

use super::common::{Given, body, detail, get, open, request, told};
use crate::sandbox::Sandbox;

/// An environment with these lines below `auth`, and short waits.
fn environment(sandbox: &Sandbox, auth: &str) -> Environment {
    let text = format!(
        "environments:\n  acme:\n    base_url: {}\n    kind: sandbox\n    rate_limit: {{per_second: 10000}}\n    retry: {{max: 2, base: 1ms, cap: 5ms}}\n    concurrency: 8\n    auth:\n{auth}",
        sandbox.url("")
    );
    let mut read = read("contract.yaml", text.as_bytes()).expect("an environment");
    read.remove("acme").expect("by its name")
}

fn oauth(sandbox: &Sandbox, path: &str) -> Environment {
    let url = sandbox.url(path);
    environment(
        sandbox,
        &format!(
            "      AcmeOAuth: {{oauth2_client_credentials: {{token_url: {url}, client_id: {{env: ID}}, client_secret: {{env: SECRET}}}}}}\n"
        ),
    )
}

fn given() -> Given {
    Given::of([("ID", "acme-client"), ("SECRET", "s3cr3t/of+acme")])
}

#[test]
fn one_token_is_enough_for_all_who_wait_for_it() {
    let sandbox = Sandbox::start();
    let session = open(&oauth(&sandbox, "/oauth/token"), &given()).unwrap();
    let flows: Vec<_> = (0..8)
        .map(|_| {
            let mut session = session.clone();
            thread::spawn(move || told(&get(&mut session, "/v1/protected")))
        })
        .collect();
    for flow in flows {
        assert_eq!(flow.join().unwrap(), "200 x1");
    }
    assert_eq!(sandbox.tokens(), 1);
    assert_eq!(sandbox.count(), 9);
    assert_eq!(session.sent(), 9);
}

#[test]
fn a_token_that_expires_early_is_renewed_once() {
    let sandbox = Sandbox::start();
    let mut session = open(&oauth(&sandbox, "/oauth/token"), &given()).unwrap();
    assert_eq!(told(&get(&mut session, "/v1/protected")), "200 x1");
    sandbox.expire_tokens();
    let post = request(&session, "POST", "/v1/protected");
    assert_eq!(told(&session.send(post)), "200 x2");
    assert_eq!(sandbox.tokens(), 2);
    let mut anonymous = request(&session, "GET", "/v1/protected");
    anonymous.credentials = Credentials::None;
    assert_eq!(told(&session.send(anonymous.clone())), "401 x1");
    anonymous.credentials = Credentials::Invalid;
    assert_eq!(told(&session.send(anonymous)), "401 x1");
    assert_eq!(sandbox.tokens(), 2);
}

#[test]
fn without_a_token_it_is_not_the_vendor_who_is_wrong_unless_it_is() {
    let sandbox = Sandbox::start();
    let wrong = Given::of([("ID", "acme-client"), ("SECRET", "wrong-secret")]);
    let mut session = open(&oauth(&sandbox, "/oauth/token"), &wrong).unwrap();
    let exchange = get(&mut session, "/v1/protected");
    assert_eq!(told(&exchange), "no-credential x0");
    assert_eq!(
        detail(&exchange),
        "the token server answered 401 (invalid_client)"
    );
    let mut session = open(&oauth(&sandbox, "/oauth/down"), &given()).unwrap();
    let exchange = get(&mut session, "/v1/protected");
    assert_eq!(told(&exchange), "unavailable x0");
    assert_eq!(
        detail(&exchange),
        "no token: the vendor answered 503, and so it did after 2 retries"
    );
}

#[test]
fn a_token_server_elsewhere_is_never_asked() {
    let (sandbox, other) = (Sandbox::start(), Sandbox::start());
    let mut environment = oauth(&other, "/oauth/token");
    environment.base = contract::probe::environment::Base::fixed(&sandbox.url(""));
    let error = open(&environment, &given()).unwrap_err();
    let host = other.host();
    assert_eq!(
        error.to_string(),
        format!(
            "`acme`: the token server of `AcmeOAuth` cannot be asked: `{host}` is not among the allowed hosts"
        )
    );
    assert_eq!(other.count(), 0);
}

/// All ways in which a secret could be read out of a file.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![
        secret.to_owned(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    forms.push(url::form_urlencoded::byte_serialize(secret.as_bytes()).collect());
    for before in ["", "a", "ab"] {
        // What the neighbours cannot change.
        let digits = STANDARD_NO_PAD.encode(format!("{before}{secret}"));
        let whole = (before.len() + secret.len()) * 8 / 6;
        forms.push(digits[(before.len() * 8).div_ceil(6)..whole].to_owned());
    }
    forms
}

fn assert_none(file: &[u8], secrets: &[&str]) {
    let text = String::from_utf8_lossy(file);
    for secret in secrets {
        for form in forms(secret) {
            assert!(!text.contains(&form), "{form} of {secret} in {text}");
        }
    }
}

fn record(session: &mut Session, paths: &[&str]) -> Vec<u8> {
    for path in paths {
        assert_eq!(told(&get(session, path)), "200 x1", "{path}");
    }
    session.recording()
}

#[test]
fn no_secret_is_ever_recorded() {
    let sandbox = Sandbox::start();
    let mut session = open(&oauth(&sandbox, "/oauth/token"), &given()).unwrap();
    let file = record(
        &mut session,
        &[
            "/v1/protected",
            "/hostile/echo",
            "/hostile/leaky",
            "/hostile/cookies",
        ],
    );
    assert_none(
        &file,
        &[
            "s3cr3t/of+acme",
            "tok_live_0000_of_acme",
            "c00kie-of-acme",
            "EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
            "4111 1111 1111 1111",
            "5555555555554444",
            "jane.doe@mail.example.com",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
        ],
    );
    let basic = "      A: {basic: {username: {env: ID}, password: {env: SECRET}}}\n      B: {api_key: {env: KEY, in: query, name: key}}\n      C: {api_key: {env: COOKIE, in: cookie, name: sid}}\n";
    let mut more = given();
    more.0.insert("KEY", "qu&ry key/ö".to_owned());
    more.0.insert("COOKIE", "cookie-value-1".to_owned());
    let mut session = open(&environment(&sandbox, basic), &more).unwrap();
    let file = record(&mut session, &["/hostile/echo"]);
    assert_none(&file, &["s3cr3t/of+acme", "qu&ry key/ö", "cookie-value-1"]);
    // They did go out.
    let asked = sandbox.asked().pop().unwrap();
    assert_eq!(asked.path, "/hostile/echo?key=qu%26ry+key%2F%C3%B6");
    assert_eq!(asked.header("cookie"), Some("sid=cookie-value-1"));
    let basic = STANDARD.encode("acme-client:s3cr3t/of+acme");
    assert_eq!(
        asked.header("authorization"),
        Some(format!("Basic {basic}").as_str())
    );
}

#[test]
fn what_a_step_captures_as_a_secret_is_one_from_then_on() {
    let sandbox = Sandbox::start();
    let mut session = open(&environment(&sandbox, "      {}\n"), &Given::default()).unwrap();
    let mut asked = request(&session, "POST", "/hostile/echo");
    asked.body = Some(b"client_secret=pi_captured_1".to_vec());
    assert!(body(&session.send(asked)).contains("pi_captured_1"));
    session.hide("pi_captured_1").unwrap();
    assert_none(&session.recording(), &["pi_captured_1"]);
}

#[test]
fn a_signature_is_over_what_is_sent() {
    let sandbox = Sandbox::start();
    let auth = "      sign: {hmac: {alg: sha256, key: {env: KEY}, template: \"${method} ${path}?${query}\\n${body}\", header: X-Sig, format: \"v1=${hex}\"}}\n      B: {api_key: {env: ID, in: query, name: k}}\n";
    let given = Given::of([("KEY", "signing-key"), ("ID", "key-1")]);
    let mut session = open(&environment(&sandbox, auth), &given).unwrap();
    let mut asked = request(&session, "POST", "/hostile/echo");
    asked.body = Some(b"{\"amount\":1}".to_vec());
    assert_eq!(told(&session.send(asked)), "200 x1");
    let asked = sandbox.asked().pop().unwrap();
    // As `openssl dgst -sha256 -hmac signing-key` signs it.
    assert_eq!(asked.path, "/hostile/echo?k=key-1");
    assert_eq!(
        asked.header("x-sig"),
        Some("v1=1f316a4487919e963d05def67c24538c95495e2416cfa62536c553c9743ca905")
    );
}

#[test]
fn a_nonce_is_never_used_twice() {
    let sandbox = Sandbox::start();
    let auth = "      sign: {hmac: {alg: sha256, key: {env: KEY}, template: \"${nonce}\", header: X-Sig, format: \"${hex}\", nonce_header: X-Nonce, timestamp_header: X-Time}}\n";
    let given = Given::of([("KEY", "signing-key")]);
    let environment = environment(&sandbox, auth);
    for _ in 0..2 {
        let mut session = open(&environment, &given).unwrap();
        get(&mut session, "/hostile/status/503");
        get(&mut session, "/hostile/status/503");
        thread::sleep(Duration::from_millis(2));
    }
    let asked = sandbox.asked();
    let mut nonces: Vec<&str> = asked
        .iter()
        .filter_map(|asked| asked.header("x-nonce"))
        .collect();
    let count = nonces.len();
    nonces.sort_unstable();
    nonces.dedup();
    // The breaker opens at the fifth of each session.
    assert_eq!((count, nonces.len()), (10, 10));
}
