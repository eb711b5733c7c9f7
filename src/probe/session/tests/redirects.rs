//! Where an answer leads, and what counts as one.

use super::*;

#[test]
fn nothing_leaves_the_list() {
    let elsewhere = Environment {
        base: Base::fixed("https://evil.example"),
        ..environment()
    };
    let error = try_begin(&elsewhere, WRITING, &World::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: `base_url` cannot be asked: not among the allowed hosts"
    );
    let location = [("location", "https://evil.example/a")];
    let (world, mut session) = begin(&environment(), WRITING, [Ok(with(302, &location, ""))]);
    let mut request = get();
    request.url = "https://evil.example/a".to_owned();
    assert_eq!(
        told(&session.send(request)),
        "not-allowed: not among the allowed hosts"
    );
    assert_eq!(world.asked(), [""; 0]);
    assert_eq!(
        told(&session.send(get())),
        "redirect-off-host: the redirect (302) is not followed: not among the allowed hosts [302]"
    );
    assert_eq!(world.asked(), ["0ns GET https://a.example/a"]);
}

#[test]
fn redirects_follow_the_rules_of_their_status_and_leave_credentials_behind() {
    let mut environment = environment();
    let bearer = Scheme::Bearer(Secret::Variable("T0KEN".into()));
    environment.access.schemes.insert("B".into(), bearer);
    for (status, method, to, expected) in [
        (
            302,
            "POST",
            "/b?c",
            "GET https://a.example/b?c | X: 1 | Authorization: Bearer t0ken",
        ),
        (
            303,
            "PUT",
            "/b",
            "GET https://a.example/b | X: 1 | Authorization: Bearer t0ken",
        ),
        (
            301,
            "PUT",
            "b",
            "PUT https://a.example/b | X: 1 | Content-Type: a/b | Authorization: Bearer t0ken | body",
        ),
        (
            307,
            "POST",
            "https://b.example/b",
            "POST https://b.example/b | X: 1 | Content-Type: a/b | body",
        ),
    ] {
        let redirect = with(status, &[("Location", to)], "");
        let (world, mut session) = begin(&environment, WRITING, [Ok(redirect)]);
        let mut request = post();
        request.method = method.to_owned();
        request.body = Some(b"body".to_vec());
        request.headers = vec![
            ("X".into(), "1".into()),
            ("Content-Type".into(), "a/b".into()),
        ];
        let exchange = session.send(request);
        assert_eq!(told(&exchange), "200");
        assert_eq!(exchange.attempts[0].redirects.len(), 1);
        assert_eq!(world.asked()[1], format!("100ms {expected}"), "{status}");
    }
}

#[test]
fn redirects_end() {
    let to = |place: &str| Ok(with(302, &[("location", place)], ""));
    for (answers, requests, end) in [
        (
            vec![to("/b"), to("/a")],
            2,
            "redirect-loop: the server points back to where it pointed away from [302]",
        ),
        (
            (0..9).map(|number| to(&format!("/{number}"))).collect(),
            6,
            "redirect-loop: the server points elsewhere more than 5 times [302]",
        ),
        (
            vec![to("http://a.example/a")],
            1,
            "redirect-off-host: the redirect leaves https [302]",
        ),
        (
            vec![to("https://[")],
            1,
            "malformed: the server points to something that is no URL [302]",
        ),
        (vec![Ok(answer(302))], 1, "302"),
        (vec![Ok(with(304, &[("location", "/b")], ""))], 1, "304"),
    ] {
        let patient = Environment {
            retry: crate::probe::environment::RetryLimits {
                max: 0,
                ..environment().retry
            },
            ..environment()
        };
        let (world, mut session) = begin(&patient, WRITING, answers);
        let found = told(&session.send(get()));
        let end_of_retries = ", and nothing is tried again [302]";
        assert_eq!(found.replace(end_of_retries, " [302]"), end);
        assert_eq!(world.asked().len(), requests, "{end}");
    }
    let (world, mut session) = begin(&environment(), WRITING, [to("/b")]);
    let mut request = get();
    request.redirects = Redirects::Stay;
    assert_eq!(told(&session.send(request)), "302");
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn a_body_that_was_cut_off_is_no_evidence() {
    let json = [("content-type", "application/json; charset=utf-8")];
    let problem = [("content-type", "application/problem+json")];
    let text = [("content-type", "text/plain")];
    for (headers, body, end) in [
        (
            &json,
            "{\"a\":[1,2",
            "malformed: the body is JSON that ends in its middle [200]",
        ),
        (
            &problem,
            "\"abc",
            "malformed: the body is JSON that ends in its middle [200]",
        ),
        (&json, "{\"a\":1}", "200"),
        // Wrong, and whole: that is for the checks to say.
        (&json, "<html>", "200"),
        (&json, "", "200"),
        (&text, "{\"a\":", "200"),
    ] {
        let mut environment = environment();
        environment.retry.max = 0;
        let (_, mut session) = begin(&environment, WRITING, [Ok(with(200, headers, body))]);
        let found = told(&session.send(get())).replace(", and nothing is tried again", "");
        assert_eq!(found, end, "{body}");
    }
    let endless = Response {
        truncated: true,
        ..with(200, &text, "abc")
    };
    let (world, mut session) = begin(&environment(), WRITING, [Ok(endless)]);
    assert_eq!(
        told(&session.send(get())),
        "too-large: the body is larger than 3 bytes [200]"
    );
    assert_eq!(world.asked().len(), 1);
}
