//! Connections: those that cannot be made, whom they lead to, and how they end.

use std::{net::TcpListener, thread, time::Duration};

use contract::{probe::session::Session, world::http::Interrupt};

use super::common::{
    Given, WRITING, at, body, detail, get, of, open, request, session, told, within,
};
use crate::sandbox::{Authority, Sandbox};

#[test]
fn a_server_that_is_not_there_is_told_as_such() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut refused = session(&at(&format!("http://{free}")));
    assert_eq!(told(&get(&mut refused, "/")), "connect-refused x3");
    // RFC 6761 keeps it nobody's. A resolver that nobody answers takes as long as a connection may.
    let mut nowhere = session(&at("https://sandbox.acme.invalid"));
    let exchange = within(3000, || get(&mut nowhere, "/"));
    assert!(
        ["dns x3", "timeout-connect x3"].contains(&told(&exchange).as_str()),
        "{}",
        detail(&exchange)
    );
}

#[test]
fn a_connection_that_nobody_takes_is_given_up() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // Until its queue is full, the system takes connections by itself.
    let (mut taken, mut refused) = (Vec::new(), 0);
    // On a busy machine one may be late although there is room.
    while taken.len() < 64 && refused < 3 {
        match std::net::TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            Ok(stream) => {
                taken.push(stream);
                refused = 0;
            }
            Err(_) => refused += 1,
        }
    }
    let mut session = session(&at(&format!("http://{address}")));
    let exchange = within(3000, || get(&mut session, "/"));
    assert_eq!(
        told(&exchange),
        "timeout-connect x3",
        "{}",
        detail(&exchange)
    );
}

#[test]
fn a_connection_that_was_hung_up_in_the_meantime_costs_nothing() {
    let sandbox = Sandbox::start_raw();
    let mut session = session(&of(&sandbox));
    assert_eq!(told(&get(&mut session, "/hangs-up-later")), "200 x1");
    thread::sleep(Duration::from_millis(200));
    let post = request(&session, "POST", "/fine");
    let exchange = session.send(post);
    assert_eq!(
        (told(&exchange).as_str(), body(&exchange)),
        ("200 x1", "{}")
    );
    // That one hangs up after its answer, which has to arrive before it is asked again.
    thread::sleep(Duration::from_millis(200));
    assert_eq!(
        told(&get(&mut session, "/no-answer-to-the-second")),
        "200 x1"
    );
    let post = request(&session, "POST", "/fine");
    assert_eq!(told(&session.send(post)), "closed-early x1");
}

#[test]
fn an_interrupt_ends_what_is_under_way_and_leaves_time_to_clean_up() {
    let sandbox = Sandbox::start();
    let mut environment = of(&sandbox);
    environment.timeouts.response = Duration::from_secs(60);
    let interrupt = Interrupt::new();
    let session = Session::open(&environment, WRITING, &Given::default(), interrupt.clone());
    let mut session = session.unwrap();
    let raising = interrupt.clone();
    let raiser = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        raising.raise();
    });
    let exchange = within(1500, || get(&mut session, "/hostile/slow-headers"));
    raiser.join().unwrap();
    assert_eq!(told(&exchange), "interrupted x1");
    assert_eq!(told(&get(&mut session, "/hostile/echo")), "interrupted x0");
    let mut cleaning = session.cleaning();
    assert_eq!(told(&get(&mut cleaning, "/hostile/echo")), "200 x1");
    interrupt.raise();
    assert_eq!(told(&get(&mut cleaning, "/hostile/echo")), "interrupted x0");
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "the signal comes from outside")]
fn a_signal_is_an_interrupt() {
    use contract::world::http::{Level, heed_signals};

    let interrupt = Interrupt::new();
    heed_signals(&interrupt).unwrap();
    let me = std::process::id().to_string();
    for (signal, level) in [("-INT", Level::Stop), ("-TERM", Level::Now)] {
        let sent = std::process::Command::new("kill")
            .args([signal, &me])
            .status();
        assert!(sent.unwrap().success());
        within(2000, || {
            while interrupt.level() < level {
                thread::sleep(Duration::from_millis(5));
            }
        });
    }
}

#[test]
fn certificates_are_looked_at() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let good = ours.server(&["localhost", "127.0.0.1"]);
    let (client, stranger) = (ours.client(), theirs.client());
    for (certificate, clients, trusted, shown, end) in [
        (&good, None, Some(&ours), None, "200 x1"),
        (&good, None, None, None, "tls-other x1"),
        (&good, None, Some(&theirs), None, "tls-other x1"),
        (
            &ours.server(&["other.example"]),
            None,
            Some(&ours),
            None,
            "tls-name x1",
        ),
        (
            &ours.expired(&["127.0.0.1"]),
            None,
            Some(&ours),
            None,
            "tls-other x1",
        ),
        (&good, Some(&ours), Some(&ours), Some(&client), "200 x1"),
        (&good, Some(&ours), Some(&ours), None, "tls-other x1"),
        (
            &good,
            Some(&ours),
            Some(&ours),
            Some(&stranger),
            "tls-other x1",
        ),
    ] {
        let sandbox = Sandbox::start_tls(certificate, clients);
        let mut given = Given::default();
        let mut text = format!(
            "environments:\n  acme:\n    base_url: {}\n    kind: sandbox\n    auth:\n      {{",
            sandbox.url("")
        );
        if let Some(authority) = trusted {
            given.0.insert("ca.pem", authority.pem.clone());
            text += "certificate_authority: {file: ca.pem}, ";
        }
        if let Some(client) = shown {
            given.0.insert("cert.pem", client.pem.clone());
            given.0.insert("key.pem", client.key_pem.clone());
            text += "mtls: {cert: {file: cert.pem}, key: {file: key.pem}}";
        }
        text += "}\n";
        let environments = contract::probe::environment::read("contract.yaml", text.as_bytes());
        let mut environment = environments.unwrap().remove("acme").unwrap();
        environment.retry.max = 0;
        let mut session = open(&environment, &given).unwrap();
        let exchange = within(4000, || get(&mut session, "/hostile/echo"));
        // In TLS 1.3 a server refuses the client's certificate after the handshake: its alert and the end of the
        // connection race.
        let refused = clients.is_some() && end != "200 x1" && told(&exchange) == "closed-early x1";
        assert!(refused || told(&exchange) == end, "{}", detail(&exchange));
    }
}

#[test]
fn a_file_that_is_no_certificate_is_told_without_what_it_holds() {
    let sandbox = Sandbox::start();
    let text = format!(
        "environments:\n  acme:\n    base_url: {}\n    kind: sandbox\n    auth: {{mtls: {{cert: {{file: cert.pem}}, key: {{file: key.pem}}}}}}\n",
        sandbox.url("")
    );
    let environments = contract::probe::environment::read("contract.yaml", text.as_bytes());
    let environment = environments.unwrap().remove("acme").unwrap();
    let given = Given::of([("cert.pem", "s3cret"), ("key.pem", "s3cret")]);
    let error = open(&environment, &given).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: the client certificate cannot be used: private key or certificate not found"
    );
    let error = open(&environment, &Given::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: the client certificate is missing: `cert.pem` is not set"
    );
}
