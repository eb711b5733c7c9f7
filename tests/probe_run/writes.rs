//! What a run creates, it removes, whatever happens.

#![expect(clippy::disallowed_methods, reason = "tests send signals")]

use std::{
    fmt::Write,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::common::{honest, repository, steps};
use crate::sandbox::vendor::Options;

const MANY: &str = "\
probe: contract-probe/1
id: many
contract: acme-payments
environment: acme-sandbox
mode: write
steps:
";

/// A scenario that makes so many payments.
fn many(count: usize) -> String {
    let mut text = MANY.to_owned();
    for number in 0..count {
        // Writing to a text does not fail.
        let _ = write!(
            text,
            "  - id: create-{number}\n    operation: createPayment\n    \
             body: {{example: small, set: {{$.reference: '${{run.ref}}'}}}}\n    \
             capture: {{id-{number}: {{jsonpath: $.id}}}}\n    \
             cleanup: {{operation: deletePayment, path: {{id: '${{id-{number}}}'}}}}\n"
        );
    }
    text
}

#[test]
fn an_interrupt_in_the_middle_leaves_nothing_behind() {
    for (signal, beside) in [("-INT", 1), ("-TERM", 1), ("-INT", 3)] {
        let repository = repository(Options {
            delay: Duration::from_millis(120),
            ..honest()
        });
        for number in 0..beside {
            let file = format!(".contract/probes/many-{number}.probe.yaml");
            let text = many(20).replace("id: many", &format!("id: many-{number}"));
            repository.write(&file, &text);
        }
        let limit = format!("kind: sandbox\n    concurrency: {beside}");
        repository.replace(".contract/contract.yaml", "kind: sandbox", &limit);
        let ids: Vec<String> = (0..beside).map(|number| format!("many-{number}")).collect();
        let mut run = vec!["run", "--environment", "acme-sandbox", "--allow-writes"];
        run.extend(["--format", "json"]);
        run.extend(ids.iter().map(String::as_str));
        let child = repository.start(&run);
        let began = Instant::now();
        while repository.books.made() < 3 {
            assert!(
                began.elapsed() < Duration::from_secs(10),
                "it makes no payments"
            );
            thread::sleep(Duration::from_millis(10));
        }
        let sent = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        let output = child.wait_with_output().expect("it ends");
        assert!(began.elapsed() < Duration::from_secs(15));
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        assert_eq!(
            (output.status.code(), &report["reason"], &report["leaks"]),
            (Some(3), &json!("the run was interrupted"), &json!([]))
        );
        let made = repository.books.made();
        assert!((3..20 * beside).contains(&made), "{made}");
        assert_eq!(repository.books.references(), Vec::<String>::new());
    }
}

#[test]
fn a_second_interrupt_ends_at_once_and_lists_what_is_left() {
    let repository = repository(Options {
        delay: Duration::from_millis(250),
        ..honest()
    });
    repository.write(".contract/probes/many.probe.yaml", &many(20));
    let mut run = vec!["run", "many", "--environment", "acme-sandbox"];
    run.extend(["--allow-writes", "--format", "json"]);
    let child = repository.start(&run);
    let began = Instant::now();
    let wait = |made: &dyn Fn() -> bool| {
        while !made() {
            assert!(
                began.elapsed() < Duration::from_secs(15),
                "it takes too long"
            );
            thread::sleep(Duration::from_millis(10));
        }
    };
    let interrupt = || {
        let sent = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    };
    wait(&|| repository.books.made() >= 6);
    interrupt();
    let removing = || {
        repository
            .sandbox
            .asked()
            .iter()
            .any(|asked| asked.method == "DELETE")
    };
    wait(&removing);
    interrupt();
    let second = Instant::now();
    let output = child.wait_with_output().expect("it ends");
    assert!(second.elapsed() < Duration::from_secs(2));
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let leaks = report["leaks"].as_array().expect("a list");
    assert_eq!(
        (output.status.code(), &report["reason"]),
        (Some(4), &json!("the run was interrupted"))
    );
    // What was being removed may be gone, and is listed too.
    let left = repository.books.references().len();
    assert!(left >= 4, "{left}");
    assert!(
        (left..=left + 1).contains(&leaks.len()),
        "{leaks:?}, {left}"
    );
    assert_eq!(
        repository
            .read(".contract/probes/leaks.jsonl")
            .lines()
            .count(),
        leaks.len()
    );
}

#[test]
fn what_cannot_be_removed_is_written_down() {
    let repository = repository(Options {
        deletes: false,
        ..honest()
    });
    let (code, report) = repository.run(&["payments", "--allow-writes", "--today", "2026-11-20"]);
    assert_eq!(code, 4);
    let run = report["run"].as_str().expect("an id").to_owned();
    let url = repository.sandbox.url("/v1/payments/pay_1");
    let line: Value =
        serde_json::from_str(&repository.read(".contract/probes/leaks.jsonl")).expect("one line");
    assert_eq!(
        line,
        json!({
            "schema": "contract.leak/v1",
            "environment": "acme-sandbox",
            "date": "2026-11-20",
            "run": run,
            "step": "create",
            "request": format!("DELETE {url}"),
            "why": "the vendor answers 409",
        })
    );
    let left = repository.books.references();
    assert_eq!(left.len(), 1);
    assert!(left[0].starts_with(&run), "{left:?}");
}

#[test]
fn without_leave_to_write_nothing_is_written() {
    let repository = repository(honest());
    let (code, report) = repository.run(&[]);
    let done = [
        "payments/create skipped",
        "acme-payments/getPayment pass",
        "acme-payments/listPayments pass",
        "acme-payments/getStatus pass",
    ];
    assert_eq!(code, 0);
    assert_eq!(steps(&report), done);
    let methods = repository.sandbox.asked();
    assert!(
        methods.iter().all(|asked| asked.method == "GET"),
        "{methods:?}"
    );
}
