//! The vendor as it should be, and the record of it.

use contract::{
    probe::{cassette::Cassette, exchange::Exchange, session::Session},
    world::http::Interrupt,
};

use super::common::{body, get, of, request, session, told};
use crate::sandbox::Sandbox;

fn post(session: &mut Session, path: &str, sent: &str, key: Option<&str>) -> Exchange {
    let mut request = request(session, "POST", path);
    request
        .headers
        .push(("Content-Type".into(), "application/json".into()));
    if let Some(key) = key {
        request
            .headers
            .push(("Idempotency-Key".into(), key.to_owned()));
    }
    request.idempotency_key = key.map(str::to_owned);
    request.body = Some(sent.as_bytes().to_vec());
    session.send(request)
}

/// A whole flow: what each step ended with, and said.
fn flow(session: &mut Session) -> Vec<String> {
    let sent = r#"{"amount":5,"reference":"run-1"}"#;
    let mut steps = Vec::new();
    let mut note = |exchange: Exchange| {
        let response = exchange.response();
        let body = response.map(|response| String::from_utf8_lossy(&response.body).into_owned());
        steps.push(format!("{} {}", told(&exchange), body.unwrap_or_default()));
    };
    note(post(session, "/v1/payments", sent, Some("k1")));
    note(post(session, "/v1/payments", sent, Some("k1")));
    note(post(session, "/v1/payments", r#"{"amount":6}"#, Some("k1")));
    note(post(session, "/ignoring/payments", sent, Some("k2")));
    note(post(session, "/ignoring/payments", sent, Some("k2")));
    note(get(session, "/v1/payments/pay_0"));
    note(get(session, "/v1/payments?limit=2"));
    note(get(session, "/v1/payments?limit=2&cursor=2"));
    note(get(session, "/repeating/payments?cursor=again"));
    note(post(session, "/v1/payments/pay_0/cancel", "", None));
    note(post(session, "/v1/exports", "", None));
    for _ in 0..3 {
        note(get(session, "/v1/exports/0"));
    }
    note(get(session, "/v1/payments/none"));
    steps
}

const EXPECTED: [&str; 15] = [
    r#"201 x1 {"amount":5,"id":"pay_0","reference":"run-1","status":"pending"}"#,
    r#"201 x1 {"amount":5,"id":"pay_0","reference":"run-1","status":"pending"}"#,
    r#"422 x1 {"code":"key_reused","status":422,"title":"key_reused"}"#,
    r#"201 x1 {"amount":5,"id":"pay_1","reference":"run-1","status":"pending"}"#,
    r#"201 x1 {"amount":5,"id":"pay_2","reference":"run-1","status":"pending"}"#,
    r#"200 x1 {"amount":5,"id":"pay_0","reference":"run-1","status":"pending"}"#,
    r#"200 x1 {"data":[{"amount":5,"id":"pay_0","reference":"run-1","status":"pending"},{"amount":5,"id":"pay_1","reference":"run-1","status":"pending"}],"next_cursor":"2"}"#,
    r#"200 x1 {"data":[{"amount":5,"id":"pay_2","reference":"run-1","status":"pending"}],"next_cursor":null}"#,
    r#"200 x1 {"data":[{"id":"pay_0"}],"next_cursor":"again"}"#,
    r#"200 x1 {"amount":5,"id":"pay_0","reference":"run-1","status":"cancelled"}"#,
    r#"202 x1 {"status":"pending"}"#,
    r#"202 x1 {"status":"pending"}"#,
    r#"202 x1 {"status":"pending"}"#,
    r#"200 x1 {"rows":2,"status":"done"}"#,
    r#"404 x1 {"code":"no_payment","status":404,"title":"no_payment"}"#,
];

#[test]
fn a_flow_comes_back_from_its_record_as_it_was() {
    let sandbox = Sandbox::start();
    let mut live = session(&of(&sandbox));
    assert_eq!(flow(&mut live), EXPECTED);
    assert_eq!(sandbox.payments(), 3);
    let file = live.recording();
    let cassette = Cassette::read(&file).unwrap();
    let mut replay = Session::replay(cassette, sandbox.url(""), Interrupt::new());
    let asked = sandbox.count();
    assert_eq!(flow(&mut replay), EXPECTED);
    assert_eq!((sandbox.count(), replay.sent()), (asked, 0));
}

#[test]
fn webhooks_come_signed_or_not() {
    let (sandbox, receiver) = (Sandbox::start(), Sandbox::start());
    let mut session = session(&of(&sandbox));
    for signed in [true, false] {
        let sent = format!(r#"{{"to":"{}","signed":{signed}}}"#, receiver.host());
        let exchange = post(&mut session, "/v1/webhooks", &sent, None);
        assert_eq!(body(&exchange), r#"{"status":"HTTP/1.1 404 Not Found"}"#);
    }
    let asked = receiver.asked();
    let message = r#"{"id":"pay_0","type":"payment.captured"}"#;
    let bodies: Vec<&str> = asked.iter().map(|asked| asked.body.as_str()).collect();
    assert_eq!(bodies, [message, message]);
    let signatures: Vec<Option<&str>> = asked
        .iter()
        .map(|asked| asked.header("acme-signature"))
        .collect();
    // As `openssl dgst -sha256 -hmac whsec_of_acme` signs it.
    assert_eq!(
        signatures,
        [
            Some(
                "t=1795168800,v1=5074e2d412b95903a7e6add492394316dadd894f83c97cd334a311e71bbd7f1e"
            ),
            None
        ]
    );
}
