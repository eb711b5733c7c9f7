//! How a vendor is treated, in real time.

use std::time::{Duration, Instant};

use super::common::{get, of, session, told, within};
use crate::sandbox::Sandbox;

#[test]
fn a_vendor_that_says_what_is_left_never_has_to_refuse() {
    let sandbox = Sandbox::start();
    let mut session = session(&of(&sandbox));
    let began = Instant::now();
    for _ in 0..5 {
        assert_eq!(told(&get(&mut session, "/hostile/limited")), "200 x1");
    }
    let took = began.elapsed();
    assert!(
        (Duration::from_secs(1)..Duration::from_secs(3)).contains(&took),
        "{took:?}"
    );
}

#[test]
fn a_vendor_that_is_down_is_left_alone() {
    let sandbox = Sandbox::start();
    let mut environment = of(&sandbox);
    environment.breaker.open_after = 4;
    environment.breaker.window = Duration::from_millis(300);
    let mut session = session(&environment);
    let ends: Vec<String> = (0..4)
        .map(|_| told(&get(&mut session, "/hostile/status/503")))
        .collect();
    assert_eq!(
        ends,
        [
            "unavailable [503] x3",
            "unavailable [503] x1",
            "breaker-open x0",
            "breaker-open x0"
        ]
    );
    assert_eq!(sandbox.count(), 4);
    std::thread::sleep(Duration::from_millis(350));
    assert_eq!(told(&get(&mut session, "/hostile/echo")), "200 x1");
}

#[test]
fn a_run_has_so_many_requests() {
    let sandbox = Sandbox::start();
    let mut environment = of(&sandbox);
    environment.budget.requests = Some(5);
    let mut session = session(&environment);
    assert_eq!(
        told(&get(&mut session, "/hostile/redirect-chain/2")),
        "200 x1"
    );
    assert_eq!(
        told(&get(&mut session, "/hostile/redirect-chain/2")),
        "budget-spent x1"
    );
    assert_eq!(told(&get(&mut session, "/hostile/echo")), "budget-spent x0");
    assert_eq!(sandbox.count(), 5);
}

#[test]
fn a_run_has_so_much_time() {
    let sandbox = Sandbox::start();
    let mut environment = of(&sandbox);
    environment.budget.duration = Some(Duration::from_millis(300));
    let mut session = session(&environment);
    let exchange = within(1500, || get(&mut session, "/hostile/slow-headers"));
    assert_eq!(told(&exchange), "timeout-run x1");
    assert_eq!(told(&get(&mut session, "/hostile/echo")), "timeout-run x0");
    assert_eq!(
        told(&get(&mut session.cleaning(), "/hostile/echo")),
        "200 x1"
    );
}

#[test]
fn an_exchange_tells_when_things_happened() {
    let sandbox = Sandbox::start();
    let mut session = session(&of(&sandbox));
    let first = get(&mut session, "/hostile/echo").answer().unwrap().timings;
    let second = get(&mut session, "/hostile/echo").answer().unwrap().timings;
    let connected = first.connected.unwrap();
    assert!(0 < connected && connected <= first.first_byte && first.first_byte <= first.total);
    assert_eq!(second.connected, None);
}
