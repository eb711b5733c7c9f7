//! References that lead out of a contract, round in a circle, or nowhere; and schemas that mean nothing.

use crate::folder::{Folder, Ran, api};
use std::fmt::Write;

/// A document whose one schema is this.
fn with_schema(schema: &str) -> String {
    api("Orders", &[]).replace("{type: string}", schema)
}

fn both(document: &str) -> (Folder, Ran) {
    let folder = Folder::new();
    folder.write("a/api.yaml", document);
    let ran = folder.run(&["diff", "a/api.yaml", "a/api.yaml", "--format", "json"]);
    (folder, ran)
}

#[track_caller]
fn refused(target: &str, words: &[&str]) {
    let (_, ran) = both(&with_schema(&format!("{{$ref: '{target}'}}")));
    ran.says(2, words).says(2, &["--> a/api.yaml:14:"]);
    assert_eq!(ran.out, "");
}

/// The document is compared, and what is wrong with it is told.
#[track_caller]
fn complained(document: &str) -> serde_json::Value {
    let (_, ran) = both(document);
    ran.says(0, &[]);
    ran.json()["diagnostics"].clone()
}

#[cfg(feature = "probe")]
#[test]
fn other_hosts_are_not_asked() {
    refused(
        "http://169.254.169.254/latest/meta-data",
        &["was not allowed", "help:"],
    );
    refused(
        "https://example.com/a.yaml#/x",
        &["--allow-host example.com"],
    );
    refused("file:///etc/passwd", &["only http and https"]);
    let folder = Folder::new();
    folder.write("a.yaml", with_schema("{$ref: 'http://169.254.169.254/x'}"));
    folder
        .run(&[
            "diff",
            "a.yaml",
            "a.yaml",
            "--allow-host",
            "169.254.169.254",
        ])
        .says(2, &["169.254.169.254 is not a public address"]);
}

#[cfg(not(feature = "probe"))]
#[test]
fn a_build_without_the_network_asks_nobody() {
    refused("https://example.com/a.yaml#/x", &["this build has none"]);
}

#[test]
fn nothing_outside_of_the_root_is_read() {
    refused("../../etc/passwd", &["leaves the root"]);
    refused("../../../../../../etc/passwd", &["leaves the root"]);
    refused("%2e%2e/%2e%2e/etc/passwd", &["leaves the root"]);
    refused("/etc/passwd", &["`/etc/passwd`"]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_root_is_not_followed() {
    let (folder, outside) = (Folder::new(), Folder::new());
    outside.write("secret.yaml", "type: string\n");
    folder.write("a.yaml", with_schema("{$ref: link.yaml}"));
    std::os::unix::fs::symlink(
        outside.path().join("secret.yaml"),
        folder.path().join("link.yaml"),
    )
    .expect("a link");
    folder
        .run(&["diff", "a.yaml", "a.yaml"])
        .says(2, &["symbolic link that leaves the root", "--> a.yaml:14:"]);
}

#[test]
fn the_root_can_be_widened() {
    let folder = Folder::new();
    folder
        .write("shared/id.yaml", "type: string\n")
        .write("api/a.yaml", with_schema("{$ref: ../shared/id.yaml}"));
    folder
        .run(&["diff", "api/a.yaml", "api/a.yaml"])
        .says(2, &["leaves the root"]);
    folder
        .run(&["diff", "api/a.yaml", "api/a.yaml", "--root", "."])
        .passes();
}

#[test]
fn a_reference_that_dangles_is_told_and_the_rest_is_compared() {
    for target in ["#/components/schemas/Absent", "absent.yaml#/x", "a.yaml"] {
        let told = complained(&with_schema(&format!("{{$ref: '{target}'}}")));
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    }
}

#[test]
fn a_broken_part_is_an_error_in_the_part() {
    let folder = Folder::new();
    folder
        .write("a/api.yaml", with_schema("{$ref: parts/id.yaml}"))
        .write("a/parts/id.yaml", "type: string\ntype: number\n");
    folder
        .run(&["diff", "a/api.yaml", "a/api.yaml"])
        .says(2, &["--> a/parts/id.yaml:2:1", "2 │ type: number"]);
}

#[test]
fn circles_of_references_only_end() {
    let circle = with_schema("{$ref: '#/components/schemas/A'}")
        + "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n";
    let told = complained(&circle);
    assert!(!told.as_array().expect("a list").is_empty());
    complained(&with_schema("{$ref: api.yaml}"));
}

#[test]
fn schemas_that_mean_nothing_do_not_stop_a_comparison() {
    let digits = "9".repeat(400);
    for schema in [
        "{type: strng}",
        "{type: 5}",
        &format!("{{type: number, maximum: {digits}}}"),
        &format!("{{type: number, maximum: 1e{digits}}}"),
        "{type: string, pattern: '(['}",
        "{type: string, pattern: '^(a+)+$'}",
        "{type: string, maxLength: -1}",
        "{enum: []}",
        "{required: id}",
        "7",
    ] {
        complained(&with_schema(schema));
    }
}

#[test]
fn two_operations_that_are_one() {
    let mut text = api("Orders", &[]);
    for name in ["a", "b"] {
        let _ = write!(
            text,
            "  /orders/{{{name}}}:\n    get:\n      operationId: same\n      parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]\n      responses: {{'200': {{description: One}}}}\n"
        );
    }
    complained(&text);
}
