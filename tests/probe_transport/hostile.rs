//! Every way in which a server can be wrong: how it ends, and that it ends.

use std::time::Duration;

use contract::probe::exchange::Redirects;

use super::common::{Given, at, detail, get, of, request, session, told, within};
use crate::sandbox::Sandbox;

#[test]
fn what_is_wrong_below_http_ends_with_its_kind() {
    let sandbox = Sandbox::start_raw();
    let mut session = session(&of(&sandbox));
    for (path, end) in [
        ("/closes", "closed-early x3"),
        ("/resets", "closed-early x3"),
        ("/half-a-head", "closed-early x3"),
        ("/half-a-body", "closed-early [200] x3"),
        ("/half-closed", "closed-early [200] x3"),
        ("/half-a-chunk", "closed-early [200] x3"),
        ("/bad-chunk", "malformed [200] x3"),
        ("/until-closed", "malformed [200] x3"),
        ("/no-http", "malformed x3"),
        ("/bad-status", "malformed x3"),
        ("/two-lengths", "malformed x3"),
        ("/endless-head", "too-large x1"),
        ("/many-headers", "too-large x1"),
        ("/slow-head", "timeout-response x3"),
        ("/silent", "timeout-response x3"),
        ("/bad-gzip", "malformed [200] x3"),
        ("/cut-gzip", "closed-early [200] x3"),
        ("/fine", "200 x1"),
    ] {
        let exchange = within(3000, || get(&mut session, path));
        assert_eq!(told(&exchange), end, "{path}: {}", detail(&exchange));
    }
    let exchange = get(&mut session, "/latin-1");
    assert_eq!(exchange.answer().unwrap().header("X-Name"), Some("Müller"));
}

#[test]
fn a_write_that_may_have_had_its_effect_is_not_sent_twice() {
    let sandbox = Sandbox::start_raw();
    let mut session = session(&of(&sandbox));
    for (path, key, end, asked) in [
        ("/closes", false, "closed-early x1", 1),
        ("/half-a-body", false, "closed-early [200] x1", 1),
        ("/silent", false, "timeout-response x1", 1),
        ("/closes", true, "closed-early x3", 3),
    ] {
        let before = sandbox.count();
        let mut post = request(&session, "POST", path);
        post.idempotency_key = key.then(|| "key".to_owned());
        assert_eq!(told(&session.send(post)), end, "{path}");
        assert_eq!(sandbox.count() - before, asked, "{path}");
    }
}

#[test]
fn what_is_wrong_within_http_ends_with_its_kind() {
    let sandbox = Sandbox::start();
    let mut session = session(&of(&sandbox));
    for (path, end) in [
        ("/hostile/slow-headers", "timeout-response x3"),
        ("/hostile/drip", "timeout-response x3"),
        ("/hostile/wrong-type", "200 x1"),
        ("/hostile/html-as-json", "200 x1"),
        ("/hostile/no-type", "200 x1"),
        ("/hostile/no-utf8", "200 x1"),
        ("/hostile/truncated-json", "malformed [200] x3"),
        ("/hostile/gzip", "200 x1"),
        ("/hostile/redirect-self", "redirect-loop [302] x1"),
        ("/hostile/redirect-loop/0", "redirect-loop [302] x1"),
        ("/hostile/redirect-chain/5", "200 x1"),
        ("/hostile/redirect-chain/6", "redirect-loop [302] x1"),
        ("/hostile/redirect-to?url=", "redirect-loop [302] x1"),
        ("/hostile/status/500", "500 x1"),
        ("/hostile/status/404", "404 x1"),
        ("/hostile/status/503", "unavailable [503] x3"),
        ("/hostile/later/86400", "unavailable [429] x1"),
    ] {
        let exchange = within(3000, || get(&mut session, path));
        assert_eq!(told(&exchange), end, "{path}: {}", detail(&exchange));
    }
}

#[test]
fn an_answer_without_end_is_cut_where_it_is_too_large() {
    let sandbox = Sandbox::start();
    let mut environment = of(&sandbox);
    environment.timeouts.response = Duration::from_secs(8);
    let mut session = session(&environment);
    for path in ["/hostile/gzip-bomb", "/hostile/endless", "/hostile/large"] {
        let exchange = within(8000, || get(&mut session, path));
        assert_eq!(told(&exchange), "too-large [200] x1", "{path}");
        let kept = exchange.response().unwrap();
        assert_eq!(
            (kept.body.len(), kept.truncated),
            (10 << 20, true),
            "{path}"
        );
    }
}

#[test]
fn a_server_that_asks_to_wait_is_heeded_in_both_forms() {
    let sandbox = Sandbox::start();
    for (path, end) in [
        ("/hostile/later/1", "unavailable [429] x3"),
        ("/hostile/later-date/1", "unavailable [503] x3"),
        ("/hostile/later/86400", "unavailable [429] x1"),
        ("/hostile/later-date/86400", "unavailable [503] x1"),
        (
            "/hostile/later/99999999999999999999",
            "unavailable [429] x1",
        ),
        ("/hostile/later/soon", "unavailable [429] x3"),
    ] {
        let mut session = session(&of(&sandbox));
        let exchange = within(4000, || get(&mut session, path));
        assert_eq!(told(&exchange), end, "{path}: {}", detail(&exchange));
    }
    let mut session = session(&of(&sandbox));
    let exchange = get(&mut session, "/hostile/later/86400");
    assert_eq!(
        detail(&exchange),
        "the vendor answered 429, and asks to wait 86400 s, longer than retry_after_cap (2s)"
    );
}

#[test]
fn a_vendor_that_recovers_passes_and_tells_its_retries() {
    let sandbox = Sandbox::start();
    let mut session = session(&of(&sandbox));
    for (path, end) in [
        ("/hostile/flaky/a/1/503", "200 x2"),
        ("/hostile/flaky/b/2/429", "200 x3"),
        ("/hostile/flaky/c/3/502", "unavailable [502] x3"),
    ] {
        assert_eq!(told(&get(&mut session, path)), end);
    }
}

#[test]
fn no_request_leaves_the_list() {
    let (sandbox, other) = (Sandbox::start(), Sandbox::start());
    let mut session = session(&of(&sandbox));
    for status in [301, 302, 303, 307, 308] {
        for to in [
            other.url("/hostile/echo"),
            format!("//{}/hostile/echo", other.host()),
            format!("http://localhost:{}/hostile/echo", other.address.port()),
            format!("http://user@{}/hostile/echo", sandbox.host()),
            "file:///etc/passwd".to_owned(),
        ] {
            let path = format!("/hostile/redirect-to?status={status}&url={to}");
            for method in ["GET", "POST"] {
                let asked = request(&session, method, &path);
                assert_eq!(
                    told(&session.send(asked)),
                    format!("redirect-off-host [{status}] x1"),
                    "{to}"
                );
            }
        }
    }
    let mut asked = request(&session, "GET", "");
    asked.url = other.url("/v1/payments");
    assert_eq!(told(&session.send(asked)), "not-allowed x0");
    let mut stay = request(&session, "GET", "/hostile/redirect-self");
    stay.redirects = Redirects::Stay;
    assert_eq!(told(&session.send(stay)), "302 x1");
    assert_eq!(other.count(), 0);
    // With the other host on the list, it is asked.
    let mut environment = of(&sandbox);
    environment.allow_hosts = vec![sandbox.host(), other.host()];
    let mut session = super::common::session(&environment);
    let path = format!("/hostile/redirect-to?url={}", other.url("/hostile/echo"));
    assert_eq!(told(&get(&mut session, &path)), "200 x1");
    assert_eq!(other.count(), 1);
}

#[test]
fn plain_http_stays_on_this_machine() {
    let environment = at("http://sandbox.acme.example");
    let error = super::common::open(&environment, &Given::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: `base_url` cannot be asked: plain http would show the request to the network"
    );
}

#[test]
fn what_a_request_may_not_carry_is_not_sent() {
    let sandbox = Sandbox::start();
    let mut session = session(&of(&sandbox));
    for (name, value, why) in [
        (
            "Host",
            "evil.example",
            "the header `Host` is the connection's own",
        ),
        (
            "Content-Length",
            "3",
            "the header `Content-Length` is the connection's own",
        ),
        (
            "Transfer-Encoding",
            "chunked",
            "the header `Transfer-Encoding` is the connection's own",
        ),
        (
            "X-A",
            "b\r\nX-C: d",
            "the header `X-A` has a value with a line break or a control character",
        ),
        ("X A", "b", "`X A` is not the name of a header"),
    ] {
        let mut asked = request(&session, "GET", "/hostile/echo");
        asked.headers.push((name.to_owned(), value.to_owned()));
        let exchange = session.send(asked);
        assert_eq!(told(&exchange), "not-allowed x0");
        assert_eq!(detail(&exchange), why);
    }
    assert_eq!(sandbox.count(), 0);
}
