//! Vendors whose answers are well-formed and wrong: what a scenario finds out by asking more than once.

#![expect(
    clippy::disallowed_methods,
    reason = "tests have files and start the binary"
)]

use std::{fs, process::Command, time::Duration};

use serde_json::{Value, json};

use super::{
    common::{ended, loud},
    secrets,
};
use crate::sandbox::Sandbox;

/// A contract with an operation for each path, which gives and takes things.
fn contract() -> Value {
    let thing = json!({ "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } } });
    let answer = |schema: &Value| json!({ "description": "what it says", "content": { "application/json": { "schema": schema } } });
    let page = json!({ "type": "object", "required": ["data"], "properties": {
        "data": { "type": "array", "items": thing }, "next": { "type": "string" },
    } });
    let any = json!({ "type": "object" });
    let problem = json!({ "description": "no", "content": { "application/problem+json": {}, "application/json": {} } });
    let get = |id: &str, schema: &Value| json!({ "operationId": id, "responses": { "200": answer(schema), "4XX": problem } });
    let post = |id: &str| json!({ "operationId": id, "requestBody": { "content": { "application/json": { "schema": any } } }, "responses": { "201": answer(&thing), "202": answer(&any), "4XX": problem } });
    let delete = |id: &str| json!({ "operationId": id, "responses": { "204": { "description": "gone" }, "4XX": problem } });
    let by_id =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    let to = json!([{ "name": "to", "in": "query", "schema": { "type": "string" } }]);
    let mut limited = get("noLimit", &thing);
    limited["responses"]["200"]["headers"] =
        json!({ "X-Limit": { "schema": { "type": "integer" } } });
    let mut open = get("open", &thing);
    open["security"] = json!([{ "key": [] }]);
    json!({
        "openapi": "3.1.0",
        "info": { "title": "lies", "version": "1" },
        "paths": {
            "/lies/things": { "post": post("make"), "get": get("list", &page) },
            "/lies/things/{id}": { "parameters": by_id, "get": get("thing", &thing), "delete": delete("remove") },
            "/lies/invisible": { "post": post("makeInvisible") },
            "/lies/invisible/{id}": { "parameters": by_id, "get": get("invisible", &thing), "delete": delete("removeInvisible") },
            "/lies/silent": { "post": post("makeSilently") },
            "/lies/endless": { "get": get("endless", &page) },
            "/lies/losing": { "post": post("lose"), "get": get("losing", &page) },
            "/lies/linked": { "parameters": to, "get": get("linked", &page) },
            "/lies/accepted": { "parameters": to, "post": post("accept") },
            "/lies/slow": { "get": get("slow", &thing) },
            "/lies/extra": { "get": get("extra", &thing) },
            "/lies/null": { "get": get("null", &thing) },
            "/lies/missing": { "get": get("missing", &thing) },
            "/lies/no-limit": { "get": limited },
            "/lies/error": { "get": get("error", &thing) },
            "/lies/open": { "get": open },
        },
        "components": { "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } },
    })
}

/// What a lie is called, the step that finds it out, the exit code, and what is said of it.
type Lie = (&'static str, &'static str, i32, &'static [&'static str]);

const LIES: &[Lie] = &[
    (
        "the same key makes two",
        "operation: make\n    idempotency: {header: Idempotency-Key, replay: same_result}\n    capture: {id: {jsonpath: $.id}}\n    cleanup: {operation: remove, path: {id: '${id}'}}",
        1,
        &["idempotency-replay fail: the same key gives another `$.id`: the key is ignored"],
    ),
    (
        "the same key takes another payload",
        "operation: make\n    body: {inline: {a: 1}}\n    idempotency: {header: Idempotency-Key, replay: same_result, mismatch: {set: {$.a: 2}}}",
        1,
        &[
            "idempotency-replay fail: the same key gives another `$.id`: the key is ignored",
            "idempotency-mismatch fail: another payload under the same key is taken with 201",
        ],
    ),
    (
        "there are more than were asked for",
        "operation: make\n    idempotency: {header: Idempotency-Key, replay: same_result, count_check: {operation: list, jsonpath: '$.data[*]', equals: 1}}",
        1,
        &[
            "idempotency-replay fail: the same key gives another `$.id`: the key is ignored",
            "idempotency-count fail: `$.data[*]` selects 4, expected 1",
        ],
    ),
    (
        "what is deleted is still there",
        "operation: make\n    capture: {id: {jsonpath: $.id}}\n    cleanup: {operation: remove, path: {id: '${id}'}, gone: {operation: thing, path: {id: '${id}'}}}",
        1,
        &["deleted-gone fail: what was deleted is answered with 200"],
    ),
    (
        "what is made cannot be seen",
        "operation: makeInvisible\n    capture: {id: {jsonpath: $.id}}\n    visible: {operation: invisible, path: {id: '${id}'}}",
        1,
        &["created-visible fail: what was just created is answered with 404"],
    ),
    (
        "what is made is never told",
        "operation: makeSilently\n    capture: {id: {jsonpath: $.id}}\n    cleanup: {operation: remove, path: {id: '${id}'}}",
        4,
        &[
            "evidence inconclusive: no complete answer within 700 ms, and POST without an idempotency key may have had its effect",
        ],
    ),
    (
        "pages repeat what they said",
        "operation: make\n  - id: walk\n    operation: list\n    paginate: {style: cursor, items: '$.data[*]', next: $.next, param: cursor}",
        1,
        &["pagination-duplicates fail: 1 item comes twice; \"thing_1\" is on page 1 both times"],
    ),
    (
        "pages never end",
        "operation: endless\n    paginate: {style: cursor, items: '$.data[*]', next: $.next, param: cursor, pages: 5}",
        0,
        &[],
    ),
    (
        "pages lose what was made",
        "operation: lose\n  - id: walk\n    operation: losing\n    paginate: {style: cursor, items: '$.data[*]', next: $.next, param: cursor, check: [no_loss]}",
        1,
        &["pagination-loss fail: \"thing_1\", which this run created, is on no page"],
    ),
    (
        "the next page is somewhere else",
        "operation: linked\n    query: {to: 'OTHER/page'}\n    paginate: {style: link, items: '$.data[*]'}",
        2,
        &["pagination inconclusive: `OTHER` is not among the allowed hosts"],
    ),
    (
        "it is done somewhere else",
        "operation: accept\n    query: {to: 'OTHER/done'}\n    poll: {follow: location, every: 10ms, max: 1s}",
        2,
        &["evidence inconclusive: `OTHER` is not among the allowed hosts"],
    ),
    (
        "it is never done",
        "operation: accept\n    poll: {follow: location, every: 10ms, max: 100ms}",
        1,
        &["poll-until fail: it is not so after 100ms and 11 requests"],
    ),
    (
        "it takes longer than promised",
        "operation: slow\n    latency: {samples: 3, warmup: 1, p95: 10ms}",
        1,
        &["latency fail: p95 of 3 took …, more than 10ms"],
    ),
    (
        "one answer takes longer than promised",
        "operation: slow\n    expect: {within: 10ms}",
        1,
        &["latency fail: the answer took …, more than 10ms"],
    ),
    (
        "there is more than the contract says",
        "operation: extra",
        0,
        &["field-undeclared warn: the contract does not declare `extra`"],
    ),
    (
        "there is more than the contract says, and that is too much",
        "operation: extra\n    expect: {contract: strict}",
        1,
        &["field-undeclared fail: the contract does not declare `extra`"],
    ),
    (
        "it is null and may not be",
        "operation: 'null'",
        1,
        &["body-schema fail: `type` does not hold"],
    ),
    (
        "what has to be there is not",
        "operation: missing",
        1,
        &["body-schema fail: `id` is missing"],
    ),
    (
        "a header is no number",
        "operation: noLimit",
        1,
        &["header-schema fail: `type` of `x-limit` does not hold"],
    ),
    (
        "an error tells machines nothing",
        "operation: error\n    expect: {status: 400, error_model: {media_type: application/problem+json, code: $.code, correlation: ['header:X-Request-Id']}}",
        1,
        &[
            "error-model fail: the error is `application/json`, not `application/problem+json`",
            "error-model fail: `$.code` matched nothing: a machine cannot tell what went wrong",
            "error-model fail: no `header:X-Request-Id`: support cannot find the request again",
        ],
    ),
    (
        "everybody is let in",
        "operation: open\n    auth: none",
        1,
        &["auth-enforced fail: a request without credentials is answered with 200"],
    ),
];

/// What is said, without what differs from run to run: how long something took, and the port of the other server.
fn still(said: &str, other: &str) -> String {
    let said = said.replace(other, "OTHER");
    match said.split_once(" took ") {
        Some((before, rest)) => {
            let after = rest.split_once(',').map_or("", |(_, after)| after);
            format!("{before} took …,{after}")
        }
        None => said,
    }
}

#[test]
fn each_lie_is_found_out() {
    let mut found = Vec::new();
    for (name, step, ..) in LIES {
        let (sandbox, other) = (Sandbox::start(), Sandbox::start());
        let folder = tempfile::tempdir().expect("a folder");
        let write = |file: &str, text: &str| {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("written");
        };
        write("lies.openapi.json", &contract().to_string());
        write(
            ".contract/contract.yaml",
            &format!(
                "schema: contract.policy/v1\nenvironments:\n  lies:\n    base_url: {}\n    kind: sandbox\n    rate_limit: {{per_second: 1000}}\n    \
                 retry: {{max: 0}}\n    timeouts: {{connect: 700ms, response: 700ms}}\n    auth: {{key: {{api_key: {{env: KEY}}}}}}\n",
                sandbox.url("")
            ),
        );
        let step = step.replace("OTHER", &other.url(""));
        write(
            ".contract/probes/lies.probe.yaml",
            &format!(
                "probe: contract-probe/1\nid: lies\ncontract: lies.openapi.json\nenvironment: lies\nmode: write\nsteps:\n  - id: one\n    {step}\n"
            ),
        );
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
        command
            .args([
                "probe",
                "run",
                "lies",
                "--environment",
                "lies",
                "--allow-writes",
                "--format",
                "json",
            ])
            .current_dir(folder.path())
            .env_clear()
            .env("KEY", "the-key-of-lies");
        let ended = ended(&mut command, Duration::from_secs(8));
        let report: Value = serde_json::from_str(&ended.out)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{}", ended.err));
        assert_eq!(other.count(), 0, "{name}: it left the list");
        assert!(!ended.err.contains("panicked"), "{name}: {}", ended.err);
        secrets::assert_none_in(folder.path());
        let said = loud(&report)
            .iter()
            .map(|said| still(said, &other.host()))
            .collect();
        found.push((*name, ended.code, said));
    }
    let expected: Vec<(&str, i32, Vec<String>)> = LIES
        .iter()
        .map(|(name, _, code, said)| (*name, *code, said.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(found, expected, "{found:#?}");
}
