//! The network, against a server on this machine.

use std::{
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use contract::world::{Wire, WireError};

/// A server that gives its answers in turn and ends, at the latest after ten seconds.
struct Server {
    host: String,
    asked: JoinHandle<Vec<String>>,
}

impl Server {
    fn start(answers: impl FnOnce(&str) -> Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a mode");
        let host = listener.local_addr().expect("bound").to_string();
        let answers = answers(&host);
        let asked = thread::spawn(move || {
            let end = Instant::now() + Duration::from_secs(10);
            let mut asked = Vec::new();
            for answer in answers {
                match accept(&listener, end) {
                    Some(stream) => asked.push(serve(stream, &answer)),
                    None => break,
                }
            }
            asked
        });
        Self { host, asked }
    }

    fn url(&self) -> String {
        format!("http://{}/x.yaml", self.host)
    }

    /// The requests' first lines, once all answers are given.
    fn asked(self) -> Vec<String> {
        self.asked.join().expect("no panic")
    }
}

fn accept(listener: &TcpListener, end: Instant) -> Option<TcpStream> {
    while Instant::now() < end {
        match listener.accept() {
            Ok((stream, _)) => return Some(stream),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(2));
            }
            Err(_) => return None,
        }
    }
    None
}

fn serve(mut stream: TcpStream, answer: &[u8]) -> String {
    stream.set_nonblocking(false).expect("a mode");
    let limit = Some(Duration::from_secs(5));
    stream.set_read_timeout(limit).expect("a limit");
    let mut request = Vec::new();
    let mut chunk = [0; 1024];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(count) if count > 0 => request.extend_from_slice(&chunk[..count]),
            _ => break,
        }
    }
    // The reader may leave early, as with a document that is too large.
    let _ = stream.write_all(answer);
    let request = String::from_utf8_lossy(&request);
    request.lines().next().unwrap_or_default().to_owned()
}

fn ok(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").into()
}

fn redirect(to: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
    .into()
}

fn wire(hosts: &[&str]) -> Wire {
    let hosts: Vec<_> = hosts.iter().map(ToString::to_string).collect();
    Wire::new(&hosts).expect("hosts").with_loopback()
}

#[test]
fn an_allowed_host_is_asked() {
    let server = Server::start(|_| vec![ok("openapi: 3.1.0")]);
    let wire = wire(&[&server.host]);
    assert!(wire.allows(&server.url()));
    let bytes = wire.fetch(&server.url()).expect("fetched");
    assert_eq!(bytes, b"openapi: 3.1.0");
    assert_eq!(server.asked(), ["GET /x.yaml HTTP/1.1"]);
}

#[test]
fn another_host_is_refused_before_any_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a mode");
    let host = listener.local_addr().expect("bound");
    let url = format!("http://{host}/x.yaml");
    for hosts in [&[][..], &["127.0.0.1"], &["api.example.com"]] {
        let error = wire(hosts).fetch(&url).expect_err("refused");
        assert!(matches!(error, WireError::NotAllowed { .. }), "{error}");
        assert_eq!(error.exit_code(), 2);
        let help = error.help().expect("advice");
        assert!(help.starts_with(&format!("--allow-host {host} ")), "{help}");
    }
    let nobody = listener.accept().expect_err("nobody came");
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
}

#[test]
fn this_machine_and_the_network_around_it_are_refused() {
    for host in [
        "127.0.0.1",
        "localhost",
        "169.254.169.254",
        "10.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "0x7f.1",
        "2130706433",
    ] {
        let wire = Wire::new(&[host.to_owned()]).expect("a host");
        let error = wire.fetch(&format!("http://{host}/latest/meta-data"));
        let error = error.expect_err("refused");
        assert!(
            matches!(error, WireError::NotPublic { .. }),
            "{host}: {error}"
        );
        assert_eq!(error.exit_code(), 2);
    }
}

#[test]
fn a_redirect_is_followed_on_allowed_hosts_only() {
    let server = Server::start(|_| vec![redirect("/y.yaml"), ok("moved")]);
    let bytes = wire(&[&server.host])
        .fetch(&server.url())
        .expect("followed");
    assert_eq!(bytes, b"moved");
    assert_eq!(
        server.asked(),
        ["GET /x.yaml HTTP/1.1", "GET /y.yaml HTTP/1.1"]
    );
    for to in [
        "http://api.example.com/x.yaml",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "//user:secret@127.0.0.1/",
    ] {
        let server = Server::start(|_| vec![redirect(to)]);
        let error = wire(&[&server.host, "169.254.169.254"]).fetch(&server.url());
        let error = error.expect_err("refused");
        assert!(matches!(error, WireError::Redirect { .. }), "{to}: {error}");
        assert_eq!(error.exit_code(), 2);
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn redirects_come_to_an_end() {
    let server = Server::start(|_| vec![redirect("/x.yaml"); 4]);
    let error = wire(&[&server.host]).fetch(&server.url());
    assert!(matches!(error, Err(WireError::Redirect { .. })));
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_document_that_is_too_large_is_refused() {
    for (body, fine) in [("x".repeat(1000), true), ("x".repeat(1001), false)] {
        let server = Server::start(|_| vec![ok(&body)]);
        let wire = wire(&[&server.host]).with_largest(1000);
        match wire.fetch(&server.url()) {
            Ok(bytes) => assert!(fine && bytes.len() == 1000),
            Err(error) => {
                assert!(
                    !fine && matches!(error, WireError::TooLarge { .. }),
                    "{error}"
                );
            }
        }
        server.asked();
    }
}

#[test]
fn an_answer_without_a_document_could_not_complete() {
    let missing = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\nshort";
    for answer in [&missing[..], cut, b"no http at all\r\n\r\n"] {
        let server = Server::start(|_| vec![answer.to_vec()]);
        let error = wire(&[&server.host]).fetch(&server.url());
        assert_eq!(error.expect_err("no document").exit_code(), 3);
        server.asked();
    }
}

#[test]
fn a_silent_server_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("bound").to_string();
    let wire = wire(&[&host]).with_longest(Duration::from_millis(200));
    let error = wire.fetch(&format!("http://{host}/"));
    assert!(matches!(error, Err(WireError::Failed { .. })));
}

#[test]
fn a_dripping_server_is_left_when_the_time_is_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("bound").to_string();
    let wire = wire(&[&host]).with_longest(Duration::from_millis(300));
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a reader");
        let mut drops = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        // At most five seconds, and less once the reader has gone.
        for _ in 0..100 {
            if stream.write_all(&drops).is_err() {
                return true;
            }
            drops = vec![b'x'];
            thread::sleep(Duration::from_millis(50));
        }
        false
    });
    let error = wire.fetch(&format!("http://{host}/"));
    assert!(matches!(error, Err(WireError::Failed { .. })));
    assert!(server.join().expect("no panic"), "the reader left early");
}

#[test]
fn only_plain_web_addresses_are_fetched() {
    let wire = wire(&["example.com"]);
    for url in [
        "ftp://example.com/x.yaml",
        "file:///etc/passwd",
        "not a URL",
        "https://ada:secret@example.com/",
    ] {
        let error = wire.fetch(url).expect_err("refused");
        assert!(matches!(error, WireError::BadUrl { .. }), "{url}: {error}");
        assert!(url.starts_with("not") || !error.to_string().contains("secret"));
        assert!(!wire.allows(url));
    }
}
