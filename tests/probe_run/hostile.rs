//! Everything that a server can do to a client, from below HTTP up to answers that lie: each ends in time, with the verdict of `hostile.tsv`.

#![expect(
    clippy::disallowed_methods,
    reason = "tests have files and start the binary"
)]

use std::{collections::BTreeSet, fmt::Write, fs, process::Command, time::Duration};

use serde_json::{Value, json};

use super::{
    common::{Ended, ended, loud},
    secrets,
};
use crate::sandbox::{Authority, Sandbox};

const TABLE: &str = include_str!("hostile.tsv");
/// What a row may take, the start of the program included.
const BUDGET: Duration = Duration::from_secs(8);

/// A row of the table.
struct Row {
    server: &'static str,
    asks: &'static str,
    expected: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut columns = line.splitn(3, '\t');
            let mut column = || {
                columns
                    .next()
                    .unwrap_or_else(|| panic!("a column lacks: {line}"))
            };
            Row {
                server: column(),
                asks: column(),
                expected: column(),
            }
        })
        .collect()
}

/// The servers of a row: the one that is asked, and one that must not be.
struct Servers {
    asked: Sandbox,
    other: Sandbox,
    auth: String,
    files: Vec<(&'static str, String)>,
}

impl Servers {
    fn start(kind: &str) -> Self {
        let authority = Authority::new();
        let trusted = "certificate_authority: {file: ca.pem}".to_owned();
        let files = vec![("ca.pem", authority.pem.clone())];
        let plain = |asked| (asked, String::new(), Vec::new());
        let (asked, auth, files) = match kind {
            "raw" => plain(Sandbox::start_raw()),
            "http" => plain(Sandbox::start_prepared()),
            "oauth" => {
                let asked = Sandbox::start();
                let auth = format!(
                    "acme: {{oauth2_client_credentials: {{token_url: '{}', client_id: {{env: ID}}, client_secret: {{env: SECRET}}}}}}",
                    asked.url("/oauth/TOKEN")
                );
                (asked, auth, Vec::new())
            }
            "tls" => {
                let certificate = authority.server(&["127.0.0.1"]);
                (Sandbox::start_tls(&certificate, None), trusted, files)
            }
            "tls-other-name" => {
                let certificate = authority.server(&["other.example"]);
                (Sandbox::start_tls(&certificate, None), trusted, files)
            }
            "tls-expired" => {
                let certificate = authority.expired(&["127.0.0.1"]);
                (Sandbox::start_tls(&certificate, None), trusted, files)
            }
            "tls-unknown" => {
                let certificate = Authority::new().server(&["127.0.0.1"]);
                (Sandbox::start_tls(&certificate, None), trusted, files)
            }
            "tls-mutual" => {
                let certificate = authority.server(&["127.0.0.1"]);
                let asked = Sandbox::start_tls(&certificate, Some(&authority));
                (asked, trusted, files)
            }
            other => panic!("there is no server `{other}`"),
        };
        Self {
            asked,
            other: Sandbox::start(),
            auth,
            files,
        }
    }
}

/// Asks for one path in a repository of its own, and says what came of it as the table does.
fn came(row: &Row) -> String {
    let servers = Servers::start(row.server);
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    for (name, text) in &servers.files {
        write(name, text);
    }
    let (asks, token) = row
        .asks
        .split_once(" token ")
        .unwrap_or((row.asks, "token"));
    let (asks, samples) = match asks.strip_suffix(" twice") {
        Some(asks) => (asks, "2"),
        None => (asks, "1"),
    };
    let mut auth = servers.auth.replace("TOKEN", token);
    if !auth.is_empty() {
        auth = format!("    auth: {{{auth}}}\n");
    }
    let url = servers.asked.url("");
    write(
        ".contract/contract.yaml",
        &format!(
            "schema: contract.policy/v1\nenvironments:\n  hostile:\n    base_url: {url}\n    kind: sandbox\n    \
             rate_limit: {{per_second: 1000}}\n    retry: {{max: 1, base: 1ms, cap: 5ms, jitter: none, retry_after_cap: 2s}}\n    \
             timeouts: {{connect: 700ms, response: 700ms}}\n    breaker: {{open_after: 50, window: 1s}}\n{auth}"
        ),
    );
    write(
        "hostile.openapi.json",
        &contract(asks, &servers).to_string(),
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
    command
        .args([
            "probe",
            "run",
            "--environment",
            "hostile",
            "--contract",
            "hostile.openapi.json",
        ])
        .args([
            "--format",
            "json",
            "--samples",
            samples,
            "--record",
            "a.cassette",
        ])
        .args(["--output", "junit:a.xml", "--output", "text:a.txt"])
        .current_dir(folder.path())
        .env_clear()
        .envs([("ID", "acme-client"), ("SECRET", "s3cr3t/of+acme")]);
    let Ended { code, out, err } = ended(&mut command, BUDGET);
    assert!(!err.contains("panicked"), "{asks}: {err}");
    let report: Value =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{asks}: {error}\n{out}\n{err}"));
    assert_eq!(servers.other.count(), 0, "{asks} left the list");
    secrets::assert_none_in(folder.path());
    told(code, &report, servers.asked.count())
}

fn contract(asks: &str, servers: &Servers) -> Value {
    let (path, query) = asks.split_once('?').unwrap_or((asks, ""));
    let others = servers.other.host();
    let parameters: Vec<Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| {
            let value = value.replace("OTHER", &others);
            json!({ "name": name, "in": "query", "required": true, "schema": { "type": "string" }, "example": value })
        })
        .collect();
    let media = json!({ "application/json": { "schema": { "type": "object" } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "hostile", "version": "1" },
        "paths": { path: { "get": {
            "operationId": "ask",
            "parameters": parameters,
            "responses": { "200": { "description": "what it says", "content": media } },
        } } },
    })
}

/// As the last five columns of the table.
fn told(code: i32, report: &Value, requests: usize) -> String {
    let answers = report["scenarios"].as_array().into_iter().flatten();
    let answers = answers.flat_map(|one| one["steps"].as_array().into_iter().flatten());
    let mut answers = answers.flat_map(|step| step["answers"].as_array().into_iter().flatten());
    let end = answers.next_back().map_or_else(String::new, |answer| {
        match (answer["failure"].as_str(), answer["status"].as_u64()) {
            (Some(kind), _) => kind.to_owned(),
            (None, Some(status)) => status.to_string(),
            (None, None) => "nothing".to_owned(),
        }
    });
    let mut checks: Vec<String> = loud(report)
        .iter()
        .filter_map(|check| Some(check.split_once(':')?.0.to_owned()))
        .collect();
    checks.dedup();
    if checks.is_empty() {
        checks.push("-".to_owned());
    }
    let verdict = report["verdict"].as_str().unwrap_or("?");
    format!(
        "{code}\t{verdict}\t{end}\t{requests}\t{}",
        checks.join(", ")
    )
}

/// An end may be one of several, where the system decides which comes first.
fn settled(expected: &str, found: &str) -> String {
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let (wanted, mut columns) = (columns(expected), columns(found));
    if let (Some(ends), Some(end)) = (wanted.get(2), columns.get_mut(2))
        && ends.split('|').any(|one| one == end)
    {
        end.clone_from(ends);
    }
    columns.join("\t")
}

/// All rows of some servers, told together, so that one run shows all that differ.
fn hold(servers: &[&str]) {
    let (mut expected, mut found) = (String::new(), String::new());
    for row in rows().iter().filter(|row| servers.contains(&row.server)) {
        let place = format!("{}\t{}", row.server, row.asks);
        writeln!(expected, "{place}\t{}", row.expected).expect("in memory");
        let came = settled(row.expected, &came(row));
        writeln!(found, "{place}\t{came}").expect("in memory");
    }
    assert!(!expected.is_empty(), "the table has no {servers:?}");
    assert_eq!(expected, found, "found:\n{found}");
}

#[test]
fn below_http() {
    hold(&["raw"]);
}

#[test]
fn within_http() {
    hold(&["http"]);
}

#[test]
fn in_what_tokens_are_given() {
    hold(&["oauth"]);
}

#[test]
fn in_whom_a_connection_leads_to() {
    hold(&[
        "tls",
        "tls-other-name",
        "tls-expired",
        "tls-unknown",
        "tls-mutual",
    ]);
}

#[test]
fn the_table_has_forty_behaviours_at_least() {
    let rows = rows();
    let distinct: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row.server, row.asks)).collect();
    assert_eq!(distinct.len(), rows.len(), "a behaviour stands there twice");
    assert!(rows.len() >= 40, "there are {}", rows.len());
}
