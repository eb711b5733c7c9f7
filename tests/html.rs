//! The HTML report in a browser: `tests/html/check.mjs` asks the questions.
//!
//! Set `CONTRACT_BROWSER` to a Chromium, and run `npm ci` in `tests/html` once.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "these tests start the binary and a browser, and write the files they read; what is skipped says why"
)]

#[path = "commands/folder.rs"]
#[expect(dead_code, reason = "the tests of commands use the rest")]
mod folder;

use folder::Folder;
use serde_json::{Value, json};
use std::{fmt::Write as _, path::Path, process::Command};

/// A folder with the pages to look at.
fn pages() -> Folder {
    let folder = Folder::new();
    let page = |old: &str, new: &str, page: &str| {
        let output = format!("html:{page}");
        let args = [
            "diff",
            old,
            new,
            "--today",
            "2026-11-21",
            "-q",
            "--output",
            &output,
        ];
        folder.run(&args).says(1, &[]);
    };
    let payments = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/payments");
    let side = |side: &str| {
        payments
            .join(side)
            .join("openapi.yaml")
            .display()
            .to_string()
    };
    page(&side("base"), &side("head"), "payments.html");
    let hostile = |limit: u32| {
        let text = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> @everyone \u{202e}\u{1b} \"' </style>";
        json!({
            "openapi": "3.1.0",
            "info": { "title": text, "version": "1" },
            "paths": { format!("/a{}", text.replace('/', "")): { "get": {
                "parameters": [{ "in": "query", "name": text, "schema": { "type": "integer", "maximum": limit } }],
                "responses": { "200": { "description": text } },
            } } },
        })
    };
    folder
        .write("h0.json", hostile(9).to_string())
        .write("h1.json", hostile(8).to_string());
    page("h0.json", "h1.json", "hostile.html");
    folder
        .write("m0.yaml", many(100, 100))
        .write("m1.yaml", many(100, 50));
    page("m0.yaml", "m1.yaml", "many.html");
    let size = folder.read("many.html").len();
    assert!(size < 200_000, "100 changes take {size} bytes");
    folder
}

/// So many parameters with a limit.
fn many(count: usize, limit: u32) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Many, version: '1'}\npaths:\n".to_owned();
    for number in 0..count {
        let _ = writeln!(
            text,
            "  /items{number}:\n    get:\n      parameters:\n        - name: limit\n          in: query\n          \
             schema: {{type: integer, maximum: {limit}}}\n      responses:\n        '200': {{description: ok}}"
        );
    }
    text
}

#[test]
fn the_page_works_in_a_browser() {
    let folder = pages();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/check.mjs");
    if std::env::var_os("CONTRACT_BROWSER").is_none() {
        println!("skipped: CONTRACT_BROWSER does not name a browser");
        return;
    }
    if !script.with_file_name("node_modules").is_dir() {
        println!("skipped: playwright-core is not installed (npm ci in tests/html)");
        return;
    }
    folder
        .write("t0.yaml", many(5_000, 100))
        .write("t1.yaml", many(5_000, 50));
    let page = [
        "diff",
        "t0.yaml",
        "t1.yaml",
        "-q",
        "--output",
        "html:thousands.html",
    ];
    folder.run(&page).says(1, &[]);
    let ran = Command::new("node")
        .arg(&script)
        .args([
            "payments.html",
            "hostile.html",
            "many.html",
            "thousands.html",
        ])
        .current_dir(folder.path())
        .output();
    let Ok(ran) = ran else {
        println!("skipped: node is not installed");
        return;
    };
    println!("{}", String::from_utf8_lossy(&ran.stdout));
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn the_tool_for_browsers_is_pinned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html");
    let read = |name: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(name)).expect("readable");
        serde_json::from_str(&text).expect("JSON")
    };
    let wanted = &read("package.json")["devDependencies"]["playwright-core"];
    let locked = &read("package-lock.json")["packages"]["node_modules/playwright-core"]["version"];
    assert_eq!(wanted, locked);
}
