//! Every format of the report: what a contract says does no harm in it, it is the same from run to run, and it is valid.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "these tests start the binary, write the files it reads, and say what they skip"
)]

#[path = "commands/folder.rs"]
#[expect(dead_code, reason = "the tests of commands use the rest")]
mod folder;

use folder::{Folder, Ran, api};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

const FORMATS: [&str; 9] = [
    "text", "json", "sarif", "github", "junit", "markdown", "html", "gitlab", "azure",
];

/// What would steer a terminal, a runner, a renderer, or a browser.
const HOSTILE: &str = "<script>window.hacked=1</script> --> ]]> ::error::x ##vso[task.complete]y ##[error]z \
                       `tick` | @everyone #1 \u{202e}\u{1b}[31m\r\n::error::w \"quote' &amp; \
                       [x](http://evil.example) </title></style></textarea> $x$ *b* {0} %0A";

/// An API whose every name and description is hostile.
fn hostile(is_new: bool) -> String {
    let long = "x".repeat(1_000_000);
    let path = format!("/a{}", HOSTILE.replace(['{', '}'], ""));
    let values = [format!("{HOSTILE}1"), format!("{HOSTILE}2")];
    let mut members = json!({
        "id": { "type": "string" },
        format!("amount{HOSTILE}"): { "type": "integer", "maximum": if is_new { 5 } else { 10 } },
    });
    if !is_new {
        members[format!("gone{HOSTILE}\0")] = json!({ "type": "string", "description": HOSTILE });
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": HOSTILE, "version": "1" },
        "paths": { path: { "post": {
            "summary": HOSTILE,
            "parameters": [{
                "in": "query",
                "name": format!("q{HOSTILE}"),
                "schema": { "type": "string", "enum": &values[..if is_new { 1 } else { 2 }] },
            }],
            "requestBody": { "content": { "application/json": { "schema": {
                "type": "object", "properties": members,
            } } } },
            "responses": { "200": { "description": HOSTILE, "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { "note": {
                    "type": "string",
                    "description": if is_new { long.as_str() } else { HOSTILE },
                } },
            } } } } },
        } } },
    })
    .to_string()
}

fn hostile_pair() -> Folder {
    let folder = Folder::new();
    folder
        .write("old.json", hostile(false))
        .write("new.json", hostile(true));
    folder
}

fn pair() -> Folder {
    let folder = Folder::new();
    folder
        .write("old.yaml", api("Orders", &["note"]))
        .write("new.yaml", api("Orders", &[]));
    folder
}

/// Writes every format beside the documents, and returns them in the order of [`FORMATS`].
fn reports(folder: &Folder, documents: &[&str], code: i32) -> Vec<String> {
    let outputs: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("{format}:report.{format}"))
        .collect();
    let mut args = vec!["diff", "--today", "2026-01-31"];
    args.extend(documents);
    for output in &outputs {
        args.extend(["--output", output]);
    }
    folder.run(&args).says(code, &[]);
    FORMATS
        .iter()
        .map(|format| folder.read(&format!("report.{format}")))
        .collect()
}

fn one(folder: &Folder, documents: &[&str], format: &str) -> Ran {
    let mut args = vec!["diff", "--today", "2026-01-31", "--format", format];
    args.extend(documents);
    folder.run(&args)
}

#[test]
fn a_hostile_contract_does_no_harm() {
    let folder = hostile_pair();
    let all = reports(&folder, &["old.json", "new.json"], 1);
    for (format, report) in FORMATS.iter().zip(&all) {
        let steers = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
        assert!(!report.contains(steers), "{format} steers a terminal");
        if *format != "json" {
            assert!(
                report.len() < 1_000_000,
                "{format} has {} bytes",
                report.len()
            );
        }
        for line in report.lines() {
            let own = match *format {
                "github" => line.starts_with("::error ") || line.starts_with("::notice "),
                "azure" => {
                    line.starts_with("##vso[task.logissue type=") || line.starts_with("##[section]")
                }
                _ => !line.trim_start().starts_with("::") && !line.contains("##["),
            };
            assert!(own, "{format}: a runner obeys {line}");
            assert!(
                line.matches("##vso[").count() <= usize::from(*format == "azure"),
                "{format}: a runner obeys {line}"
            );
        }
    }
    let of = |format: &str| {
        &all[FORMATS
            .iter()
            .position(|one| *one == format)
            .expect("known")]
    };
    markdown_is_inert(of("markdown"));
    html_is_inert(of("html"));
    let xml = of("junit");
    for forbidden in ["<script", "]]>", "&amp;amp;amp;"] {
        assert!(!xml.contains(forbidden), "{forbidden} in JUnit");
    }
    let sarif: Value = serde_json::from_str(of("sarif")).expect("JSON");
    for result in sarif["runs"][0]["results"].as_array().expect("results") {
        let text = result["message"]["text"].as_str().expect("a message");
        assert!(!text.contains("[x]("), "{text} has a link");
    }
}

fn markdown_is_inert(page: &str) {
    assert!(page.len() <= 60_000);
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        let ticks = line.trim_start();
        let run = ticks.len() - ticks.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks == open => fence = None,
            Some(_) => {}
            None if run >= 3 => fence = Some(&ticks[..run]),
            None => {
                for forbidden in [
                    "<script",
                    "@everyone",
                    "[x](",
                    "http://evil",
                    "</title",
                    " --> ]",
                ] {
                    assert!(!line.contains(forbidden), "{forbidden} in {line}");
                }
            }
        }
    }
    assert_eq!(fence, None, "a block is left open");
}

fn html_is_inert(page: &str) {
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(page.matches("</title>").count(), 1);
    for forbidden in [
        "<img", "<link", "<iframe", "src=", " style=", " onclick", "url(",
    ] {
        assert!(!page.contains(forbidden), "{forbidden} in HTML");
    }
    for target in page.split("href=\"").skip(1) {
        assert!(target.starts_with('#'), "{}", &target[..40]);
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let folder = hostile_pair();
    let documents = ["old.json", "new.json"];
    assert_eq!(
        reports(&folder, &documents, 1),
        reports(&folder, &documents, 1)
    );
}

#[test]
fn a_run_without_changes_passes_in_every_format() {
    let folder = pair();
    let said = |format| {
        one(&folder, &["old.yaml", "old.yaml"], format)
            .passes()
            .out
            .clone()
    };
    assert_eq!(said("github"), "");
    assert_eq!(said("gitlab"), "[]\n");
    assert_eq!(
        said("azure"),
        "##[section]contract: ok: old.yaml  no changes\n"
    );
    assert_eq!(
        said("markdown"),
        "<!-- contract-report -->\n### ✅ Contract check ok: old.yaml  no changes\n\n\
         `old.yaml` · `old.yaml` → `old.yaml` · 2026-01-31\n"
    );
    assert_eq!(
        said("junit"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="contract" tests="1" failures="0" errors="0">
  <testsuite name="old.yaml" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="old.yaml" name="no change breaks its consumers"/>
  </testsuite>
</testsuites>
"#
    );
    let sarif: Value = serde_json::from_str(&said("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"], json!([]));
    assert!(said("html").contains("<p class=\"pill pass\">✓ Pass</p>"));
}

#[test]
fn one_break_in_the_formats_of_runners() {
    let folder = pair();
    let said = |format| {
        let ran = one(&folder, &["old.yaml", "new.yaml"], format);
        ran.says(1, &[]);
        ran.out
    };
    let report: Value = serde_json::from_str(&said("json")).expect("JSON");
    let change = &report["changes"][0];
    let id = change["fingerprint"].as_str().expect("a fingerprint");
    let short = &id[..16];
    let message = change["message"].as_str().expect("a message");
    let (line, column) = (&change["new"]["line"], &change["new"]["column"]);
    assert_eq!(
        message,
        "the application/json body of GET /orders no longer has member `note`"
    );
    assert_eq!(
        said("github"),
        format!(
            "::error file=new.yaml,line={line},col={column},title=property-removed::{message}%0Achange {id}\n"
        )
    );
    assert_eq!(
        said("azure"),
        format!(
            "##vso[task.logissue type=error;sourcepath=new.yaml;linenumber={line};columnnumber={column};\
             code=property-removed;]{message}; change {id}\n##[section]contract: blocked: 1 breaking\n"
        )
    );
    let gitlab: Value = serde_json::from_str(&said("gitlab")).expect("JSON");
    assert_eq!(
        gitlab,
        json!([{
            "description": format!("{message}; change {id}"),
            "check_name": "property-removed",
            "fingerprint": id,
            "severity": "blocker",
            "location": { "path": "new.yaml", "lines": { "begin": line } },
        }])
    );
    let junit = said("junit");
    assert!(junit.contains(&format!(
        "<testcase classname=\"new.yaml\" name=\"{message} [{short}]\">\n      \
         <failure type=\"property-removed\" message=\"{message}\">error[property-removed]: "
    )));
    assert!(said("markdown").contains(&format!(
        "| 🔴 breaking | the application/json body of GET /orders no longer has member `note` | `new.yaml:{line}` | `{short}` |"
    )));
    let sarif: Value = serde_json::from_str(&said("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["partialFingerprints"]["contract/v1"], id);
    assert_eq!(result["level"], "error");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"],
        json!({ "uri": "new.yaml", "uriBaseId": "SRCROOT" })
    );
    assert_eq!(
        result["relatedLocations"][0]["physicalLocation"]["artifactLocation"],
        json!({ "uri": "old.yaml", "uriBaseId": "BASEROOT" })
    );
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules");
    let number = result["ruleIndex"].as_u64().expect("a number");
    assert_eq!(
        rules[usize::try_from(number).expect("small")]["id"],
        "property-removed"
    );
}

#[test]
fn many_comparisons_are_told_in_every_format() {
    let folder = pair();
    let documents = ["old.yaml", "new.yaml", "old.yaml", "--transitive"];
    for (format, report) in FORMATS.iter().zip(reports(&folder, &documents, 1)) {
        assert!(report.contains("new.yaml"), "{format}");
        if ["json", "sarif", "gitlab"].contains(format) {
            let value: Value = serde_json::from_str(&report).expect("JSON");
            assert!(!value.is_null());
        }
    }
    let gitlab: Value = serde_json::from_str(&folder.read("report.gitlab")).expect("JSON");
    let entries = gitlab.as_array().expect("a list");
    let ids: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry["fingerprint"].as_str().expect("a fingerprint"))
        .collect();
    assert_eq!(ids.len(), entries.len(), "GitLab drops equal fingerprints");
}

#[test]
fn annotations_end_at_the_runners_limit() {
    let folder = Folder::new();
    let members: Vec<String> = (0..30).map(|number| format!("m{number}")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    folder
        .write("old.yaml", api("Orders", &members))
        .write("new.yaml", api("Orders", &[]));
    let github = one(&folder, &["old.yaml", "new.yaml"], "github").out;
    assert_eq!(github.matches("::error ").count(), 10);
    assert_eq!(
        github.lines().last(),
        Some(
            "::notice title=contract::20 errors without an annotation here; every report file has them all"
        )
    );
}

#[test]
fn what_cannot_be_written_does_not_keep_the_others() {
    let folder = pair();
    for format in FORMATS {
        let (absent, other) = (
            format!("{format}:absent/it"),
            format!("{format}:other.{format}"),
        );
        let mut args = vec![
            "diff", "old.yaml", "new.yaml", "--output", &absent, "--output", &other,
        ];
        if cfg!(target_os = "linux") {
            args.extend(["--output", "text:/dev/full"]);
        }
        let ran = folder.run(&args);
        ran.says(3, &["absent/it cannot be written"]);
        if cfg!(target_os = "linux") {
            ran.says(3, &["/dev/full cannot be written"]);
        }
        assert!(folder.path().join(format!("other.{format}")).is_file());
        assert!(!ran.out.is_empty());
    }
    folder
        .run(&[
            "diff", "old.yaml", "new.yaml", "--output", "json:a", "--output", "html:a",
        ])
        .says(2, &["two reports cannot both go to a"]);
}

/// A published schema, from the folder that `CONTRACT_SCHEMAS` names; their licences do not let us ship them.
fn schema(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("CONTRACT_SCHEMAS").map(|folder| PathBuf::from(folder).join(name));
    let found = path.filter(|path| path.is_file());
    if found.is_none() {
        println!("skipped: CONTRACT_SCHEMAS names no folder with {name}");
    }
    found
}

#[test]
fn sarif_keeps_to_its_schema() {
    let Some(path) = schema("sarif-schema-2.1.0.json") else {
        return;
    };
    let text = fs::read_to_string(path).expect("readable");
    // As published, one pattern is no regular expression: a bracket is closed that was never opened.
    let text = text.replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for (folder, documents) in [
        (hostile_pair(), ["old.json", "new.json"]),
        (pair(), ["old.yaml", "new.yaml"]),
        (pair(), ["old.yaml", "old.yaml"]),
    ] {
        let report = one(&folder, &documents, "sarif").json();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn junit_keeps_to_its_schema() {
    let Some(path) = schema("junit-10.xsd") else {
        return;
    };
    for (folder, documents) in [
        (hostile_pair(), ["old.json", "new.json"]),
        (pair(), ["old.yaml", "old.yaml"]),
    ] {
        folder.write("report.xml", one(&folder, &documents, "junit").out);
        let Ok(output) = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(&path)
            .arg(folder.path().join("report.xml"))
            .output()
        else {
            println!("skipped: xmllint is not installed");
            return;
        };
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn gitlab_gets_what_its_documentation_asks_for() {
    let folder = hostile_pair();
    let report = one(&folder, &["old.json", "new.json"], "gitlab").json();
    let entries = report.as_array().expect("a list");
    assert!(!entries.is_empty());
    for entry in entries {
        for member in ["description", "check_name", "fingerprint", "severity"] {
            assert!(
                entry[member].as_str().is_some_and(|text| !text.is_empty()),
                "{entry}"
            );
        }
        let severity = entry["severity"].as_str().expect("a word");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        let path = entry["location"]["path"].as_str().expect("a path");
        assert!(!path.starts_with(['/', '.']));
        assert!(
            entry["location"]["lines"]["begin"]
                .as_u64()
                .is_some_and(|line| line > 0)
        );
    }
}
