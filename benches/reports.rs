//! How long a report of five thousand changes takes in every format, in seconds of one processor.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark asks the system for its time, and prints it"
)]

use contract::{
    diff::{self, Options},
    judge,
    report::{self, Compared, Look, Report, Verbosity, Version},
    spec::{self, Assume, Bundle, Level},
};
use serde_json::{Map, json};
use std::{fs, hint::black_box, io, time::Instant};

/// Operations, each with five changes of its own.
const OPERATIONS: usize = 1_000;

/// What a report may take, in seconds.
const MOST: f64 = 1.0;

fn api(is_new: bool) -> String {
    let mut paths = Map::new();
    for number in 0..OPERATIONS {
        let mut members = json!({ "id": { "type": "string" } });
        members[format!("{}{number}", if is_new { "more" } else { "gone" })] =
            json!({ "type": "string" });
        let states = ["open", "paid", "lost"];
        let states = &states[..if is_new { 2 } else { 3 }];
        let most = if is_new { 50 } else { 100 };
        let item = json!({ "post": {
            "parameters": [
                { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": most + number } },
                { "name": "offset", "in": "query", "schema": { "type": "integer", "default": most + number } },
            ],
            "requestBody": { "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { format!("state{number}"): { "enum": states } },
            } } } },
            "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": {
                "type": "object",
                "properties": members,
            } } } } },
        } });
        paths.insert(format!("/items{number}"), item);
    }
    let api =
        json!({ "openapi": "3.1.0", "info": { "title": "Many", "version": "1" }, "paths": paths });
    serde_json::to_string_pretty(&api).expect("it is JSON")
}

fn bundle(name: &str, text: &str) -> Bundle {
    let fetch = |_: &str| Ok(text.as_bytes().to_vec());
    Bundle::load(name, name, Assume::default(), &fetch).expect("a contract")
}

/// Seconds that this thread has run; the clock's where the system does not count them.
fn seconds(start: Instant) -> f64 {
    let counted = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

type Render<'r> = Box<dyn Fn(&mut dyn io::Write) -> io::Result<()> + 'r>;

fn main() {
    let (old, new) = (
        bundle("old.json", &api(false)),
        bundle("new.json", &api(true)),
    );
    let findings = {
        let (old, new) = (spec::read(&old), spec::read(&new));
        judge::judge(&diff::compare(&old, &new, Options::default()))
    };
    let changes = findings.len();
    let version = |label: &str| Version {
        label: label.to_owned(),
        commit: None,
    };
    let report = Report {
        base: version("old.json"),
        head: version("new.json"),
        today: "2026-11-20".to_owned(),
        fail_on: Some(Level::Error),
        contracts: vec![Compared {
            name: "new.json".to_owned(),
            contract: String::new(),
            old: Some(&old),
            new: Some(&new),
            operations: OPERATIONS,
            reading: diff::Reading::default(),
            findings,
            complaints: Vec::new(),
            rulings: Vec::new(),
        }],
        governance: None,
    };
    let reports = std::slice::from_ref(&report);
    let look = Look {
        width: 100,
        unicode: true,
        color: false,
        verbosity: Verbosity::Verbose,
    };
    let formats: Vec<(&str, Render<'_>)> = vec![
        ("text", Box::new(|out| report::text(&report, look, out))),
        ("json", Box::new(|out| report::json(&report, out))),
        ("sarif", Box::new(|out| report::sarif(reports, out))),
        ("github", Box::new(|out| report::github(reports, out))),
        ("junit", Box::new(|out| report::junit(reports, out))),
        ("markdown", Box::new(|out| report::markdown(reports, out))),
        ("html", Box::new(|out| report::html(reports, out))),
        ("gitlab", Box::new(|out| report::gitlab(reports, out))),
        ("azure", Box::new(|out| report::azure(reports, out))),
    ];
    println!("{changes} changes");
    assert!(
        changes >= 5_000,
        "the contracts are to differ in more places"
    );
    let mut slow = Vec::new();
    for (name, render) in &formats {
        let start = Instant::now();
        let before = seconds(start);
        let mut bytes = Vec::new();
        render(&mut bytes).expect("memory can be written");
        let took = seconds(start) - before;
        println!(
            "{name:8}  {took:6.3} s  {:6} kB",
            black_box(&bytes).len() / 1_000
        );
        if took > MOST {
            slow.push(*name);
        }
    }
    assert!(slow.is_empty(), "more than {MOST} s: {slow:?}");
}
