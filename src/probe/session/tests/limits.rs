//! What ends a run, and what goes on.

use super::*;

#[test]
fn a_vendor_that_wants_to_be_left_alone_for_a_day_is() {
    let later = with(429, &[("Retry-After", "86400")], "");
    let (world, mut session) = begin(&environment(), WRITING, [Ok(later)]);
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 429, and asks to wait 86400 s, longer than retry_after_cap (60s) [429]"
    );
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "unavailable: the vendor wants to be left alone for another 86400 s, longer than retry_after_cap (60 s)"
    );
    assert_eq!(exchange.attempts, []);
    assert_eq!(world.asked().len(), 1);
    assert_eq!(world.elapsed(), Duration::from_millis(100));
}

#[test]
fn a_vendor_that_is_down_is_asked_until_the_breaker_opens() {
    let mut environment = environment();
    environment.budget.duration = Some(1000 * S);
    let down = (0..99).map(|_| Ok(answer(503)));
    let (world, mut session) = begin(&environment, WRITING, down);
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and so it did after 3 retries [503]"
    );
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and the vendor failed too often in a row to be asked again now [503]"
    );
    let open = "breaker-open: `a.example` failed 5 times in a row, and is left alone for 30 s";
    assert_eq!(told(&session.send(get())), open);
    assert_eq!(world.asked().len(), 5);
    world.0.lock().unwrap().elapsed += 31 * S;
    world.0.lock().unwrap().answers.clear();
    assert_eq!(told(&session.send(get())), "200");
    assert_eq!(told(&session.send(get())), "200");
}

#[test]
fn the_budget_ends_a_run_but_not_its_clean_up() {
    let mut environment = environment();
    environment.budget = Budget {
        requests: Some(2),
        duration: Some(10 * S),
    };
    let (world, mut session) = begin(&environment, WRITING, []);
    session.send(get());
    session.send(get());
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "budget-spent: the run has sent its 2 requests"
    );
    assert_eq!(exchange.attempts, []);
    let mut delete = get();
    delete.method = "DELETE".to_owned();
    assert_eq!(told(&session.cleaning().send(delete.clone())), "200");
    world.0.lock().unwrap().elapsed = 11 * S;
    assert_eq!(
        told(&session.send(get())),
        "timeout-run: the run has taken its 10 s"
    );
    assert_eq!(told(&session.cleaning().send(delete.clone())), "200");
    world.0.lock().unwrap().elapsed = 71 * S;
    assert_eq!(
        told(&session.cleaning().send(delete)),
        "timeout-run: the run has taken its 10 s"
    );
    assert_eq!(world.asked().len(), 4);
}

#[test]
fn a_retry_is_not_awaited_beyond_the_run() {
    let mut environment = environment();
    environment.budget.duration = Some(S);
    let (world, mut session) = begin(
        &environment,
        WRITING,
        [Ok(with(503, &[("retry-after", "30")], ""))],
    );
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and the run's time would be over before the next attempt [503]"
    );
    assert_eq!(world.elapsed(), Duration::from_millis(100));
}

#[test]
fn an_interrupt_stops_the_run_and_not_its_clean_up() {
    let (world, mut session) = begin(&environment(), WRITING, []);
    world.0.lock().unwrap().interrupt_at = Some(2);
    assert_eq!(told(&session.send(get())), "200");
    assert_eq!(
        told(&session.send(get())),
        "interrupted: the run was interrupted"
    );
    assert!(session.is_interrupted());
    let exchange = session.send(get());
    assert_eq!(told(&exchange), "interrupted: the run was interrupted");
    assert_eq!(exchange.attempts, []);
    let mut cleaning = session.cleaning();
    assert_eq!(told(&cleaning.send(post())), "200");
    session.shared.interrupt.raise();
    assert_eq!(
        told(&cleaning.send(post())),
        "interrupted: the run was interrupted"
    );
    assert_eq!(world.asked().len(), 3);
}

#[test]
fn requests_keep_their_distance() {
    let mut environment = environment();
    environment.rate.rate.requests = 2;
    environment.rate.burst = 1;
    let (world, mut session) = begin(&environment, WRITING, []);
    for _ in 0..3 {
        session.send(get());
    }
    let exchange = session.send(get());
    let at: Vec<String> = world.asked();
    let at: Vec<&str> = at
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(at, ["0ns", "500ms", "1s", "1.5s"]);
    assert_eq!(
        (exchange.attempts[0].at, exchange.attempts[0].held),
        (1_500_000, 400_000)
    );
}
