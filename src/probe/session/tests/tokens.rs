//! Tokens that are fetched, renewed, and refused.

use super::*;

fn with_oauth() -> Environment {
    let mut environment = environment();
    let client = Scheme::OAuth2(OAuth2 {
        token_url: Base::fixed("https://auth.example/token"),
        client_id: Secret::Variable("MY_ID".into()),
        client_secret: Some(Secret::Variable("MY_SECRET".into())),
        scopes: Vec::new(),
        audience: None,
        client: TokenClient::Basic,
    });
    environment.access.schemes.insert("O".into(), client);
    environment
}

fn token(value: &str) -> Response {
    let body = format!(r#"{{"access_token":"{value}","token_type":"Bearer","expires_in":100}}"#);
    with(200, &[("content-type", "application/json")], &body)
}

/// Who was asked with which token, without the times.
fn carried(world: &World) -> Vec<String> {
    let line = |line: &String| {
        let path = line.split(' ').nth(2).unwrap().rsplit('/').next().unwrap();
        let bearer = line.split("Bearer ").nth(1).unwrap_or("-");
        format!("{path} {bearer}")
    };
    world.asked().iter().map(line).collect()
}

#[test]
fn a_token_is_fetched_once_renewed_before_it_ends_and_once_when_it_is_refused() {
    let (world, mut session) = begin(
        &with_oauth(),
        WRITING,
        [
            Ok(token("tok-1")),
            Ok(answer(200)),
            Ok(answer(200)),
            Ok(token("tok-2")),
            Ok(answer(200)),
            Ok(answer(401)),
            Ok(token("tok-3")),
            Ok(answer(401)),
        ],
    );
    session.send(get());
    session.send(get());
    world.0.lock().unwrap().elapsed = 80 * S;
    session.send(get());
    let exchange = session.send(post());
    assert_eq!(told(&exchange), "401");
    assert_eq!(
        exchange.attempts[0].then,
        Then::Retried {
            after: 0,
            why: "the token was refused".to_owned()
        }
    );
    assert_eq!(
        carried(&world),
        [
            "token -", "a tok-1", "a tok-1", "token -", "a tok-2", "a tok-2", "token -", "a tok-3"
        ]
    );
    assert_eq!(
        session.redactor().text("tok-1 tok-2 tok-3 my_secret"),
        "‹***› ‹***› ‹***› ‹***›"
    );
    let mut anonymous = get();
    anonymous.credentials = Credentials::None;
    session.send(anonymous);
    assert_eq!(carried(&world)[8], "a -");
}

#[test]
fn without_a_token_nothing_is_asked() {
    let refused = with(401, &[], r#"{"error":"invalid_client"}"#);
    let (world, mut session) = begin(&with_oauth(), WRITING, [Ok(refused)]);
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "no-credential: the token server answered 401 (invalid_client)"
    );
    assert_eq!(exchange.attempts, []);
    assert_eq!(world.asked().len(), 1);
    let gone = Fell::new(FailureKind::ConnectRefused, "nobody listens");
    let (_, mut session) = begin(&with_oauth(), WRITING, vec![Err(gone); 9]);
    assert_eq!(
        told(&session.send(get())),
        "connect-refused: no token: nobody listens, and so it did after 3 retries"
    );
}

#[test]
fn a_token_server_that_is_not_on_the_list_is_told_before_anything_is_sent() {
    let mut environment = with_oauth();
    let Some(Scheme::OAuth2(client)) = environment.access.schemes.get_mut("O") else {
        panic!("it was put there");
    };
    client.token_url = Base::fixed("https://evil.example/token");
    let world = World::default();
    let error = try_begin(&environment, WRITING, &world).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: the token server of `O` cannot be asked: not among the allowed hosts"
    );
    assert_eq!(world.asked().len(), 0);
}
