//! `contract diff`.

use crate::folder::{Folder, api};
use serde_json::json;

#[test]
fn a_document_against_itself_has_no_change() {
    let folder = Folder::new();
    folder.write("a.yaml", api("Orders", &[]));
    let ran = folder.run(&["diff", "a.yaml", "a.yaml", "--format", "json"]);
    ran.passes();
    assert_eq!(ran.rules(), [""; 0]);
}

#[test]
fn line_endings_byte_order_marks_and_syntax_are_no_change() {
    let folder = Folder::new();
    let text = api("Orders", &["note"]);
    folder
        .write("a.yaml", &text)
        .write("crlf.yaml", text.replace('\n', "\r\n"))
        .write("bom.yaml", format!("\u{feff}{text}"));
    for other in ["crlf.yaml", "bom.yaml"] {
        let ran = folder.run(&["diff", "a.yaml", other, "--format", "json"]);
        ran.passes();
        assert_eq!(ran.rules(), [""; 0], "{other}");
    }
}

#[test]
fn a_side_is_a_path_a_ref_or_standard_input() {
    let folder = Folder::repository();
    folder
        .write("api v2/größe.yaml", api("Orders", &[]))
        .commit();
    folder.git(&["tag", "v1.0"]);
    folder.write("api v2/größe.yaml", api("Orders", &["note"]));
    for old in [
        "HEAD:api v2/größe.yaml",
        "v1.0:api v2/größe.yaml",
        "main:./api v2/größe.yaml",
    ] {
        let ran = folder.run(&["diff", old, "api v2/größe.yaml", "--format", "json"]);
        ran.passes();
        assert_eq!(
            ran.json()["base"]["commit"].as_str().map(str::len),
            Some(40)
        );
    }
    folder
        .run_with(
            &["diff", "HEAD:api v2/größe.yaml", "-"],
            &api("Orders", &[]),
        )
        .passes();
}

#[test]
fn standard_input_is_one_document() {
    let folder = Folder::new();
    folder
        .run_with(&["diff", "-", "-"], &api("Orders", &[]))
        .says(
            2,
            &[
                "standard input can be only one of the two",
                "help: write one of them to a file",
            ],
        );
}

#[test]
fn a_folder_wants_check() {
    let folder = Folder::new();
    folder
        .write("old/a.yaml", api("Orders", &[]))
        .write("new/a.yaml", api("Orders", &[]));
    folder
        .run(&["diff", "old", "new"])
        .says(2, &["`old` is a folder", "contract check new --base old"]);
}

#[test]
fn an_api_and_a_bare_schema_are_not_compared() {
    let folder = Folder::new();
    folder
        .write("api.yaml", api("Orders", &[]))
        .write("schema.json", r#"{"type": "object"}"#);
    folder.run(&["diff", "api.yaml", "schema.json"]).says(
        2,
        &[
            "`api.yaml` is an API (OpenAPI 3.1)",
            "`schema.json` is a bare schema",
        ],
    );
}

#[test]
fn a_bare_schema_is_known_by_its_keywords_or_by_an_option() {
    let folder = Folder::new();
    folder
        .write("typed.json", r#"{"type": "object"}"#)
        .write("odd.json", r#"{"title": "x"}"#)
        .write("true.json", "true");
    folder.run(&["diff", "typed.json", "typed.json"]).passes();
    for odd in ["odd.json", "true.json"] {
        folder.run(&["diff", odd, odd]).says(
            2,
            &["neither an OpenAPI document nor a JSON Schema", "--draft"],
        );
        for option in [
            ["--direction", "consumer"],
            ["--direction", "producer"],
            ["--direction", "both"],
            ["--content-model", "strict"],
            ["--content-model", "tolerant"],
            ["--draft", "7"],
            ["--draft", "2019-09"],
        ] {
            folder
                .run(&[&["diff", odd, odd], option.as_slice()].concat())
                .passes();
        }
    }
    folder
        .run(&[
            "diff",
            "typed.json",
            "typed.json",
            "--assert-format",
            "--contract",
            "orders",
        ])
        .passes();
}

#[test]
fn more_than_two_are_compared_each_with_all_before() {
    let folder = Folder::new();
    for name in ["v1.yaml", "v2.yaml", "v3.yaml"] {
        folder.write(name, api("Orders", &[]));
    }
    let three = ["diff", "v1.yaml", "v2.yaml", "v3.yaml"];
    folder.run(&three).says(2, &["3 documents", "--transitive"]);
    let ran = folder.run(&[three.as_slice(), &["--transitive", "--format", "json"]].concat());
    ran.passes();
    let report = ran.json();
    assert_eq!(report["schema_version"], 1);
    let sides: Vec<_> = report["comparisons"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| json!([one["base"]["label"], one["head"]["label"]]))
        .collect();
    assert_eq!(
        sides,
        [
            json!(["v1.yaml", "v2.yaml"]),
            json!(["v1.yaml", "v3.yaml"]),
            json!(["v2.yaml", "v3.yaml"])
        ]
    );
    let two = folder.run(&[
        "diff",
        "v1.yaml",
        "v2.yaml",
        "--transitive",
        "--format",
        "json",
    ]);
    assert_eq!(two.json()["comparisons"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_fault_that_head_brings_fails_and_an_old_one_does_not() {
    let folder = Folder::new();
    let dangling =
        api("Orders", &[]).replace("{type: string}", "{$ref: '#/components/schemas/Absent'}");
    folder
        .write("good.yaml", api("Orders", &[]))
        .write("bad.yaml", &dangling);
    let ran = folder.run(&["diff", "good.yaml", "bad.yaml", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    let complaints = &ran.json()["diagnostics"];
    assert_eq!(complaints.as_array().map(Vec::len), Some(1));
    assert_eq!(complaints[0]["level"], "error");
    for (level, code) in [("error", 1), ("warning", 1), ("note", 1), ("never", 0)] {
        let ran = folder.run(&["diff", "good.yaml", "bad.yaml", "--fail-on", level]);
        assert_eq!(ran.code, code, "{level}");
    }
    for (level, code) in [("error", 0), ("warning", 1), ("never", 0)] {
        let ran = folder.run(&["diff", "bad.yaml", "bad.yaml", "--fail-on", level]);
        assert_eq!(ran.code, code, "{level}");
    }
}

#[test]
fn what_breaks_fails_as_loudly_as_asked() {
    let folder = Folder::new();
    folder
        .write("old.yaml", api("Orders", &["note"]))
        .write("new.yaml", api("Orders", &[]));
    let ran = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert_eq!(ran.rules(), ["property-removed"]);
    let back = folder.run(&["diff", "new.yaml", "old.yaml"]);
    assert_eq!(back.code, 0, "{back:#?}");
    for (level, code) in [("warning", 0), ("note", 1), ("never", 0)] {
        let ran = folder.run(&["diff", "new.yaml", "old.yaml", "--fail-on", level]);
        assert_eq!(ran.code, code, "{level}");
    }
    // The worst of all comparisons is the verdict.
    let all = ["diff", "new.yaml", "old.yaml", "new.yaml", "--transitive"];
    assert_eq!(folder.run(&all).code, 1);
}

#[test]
fn who_writes_decides_what_a_bare_schema_breaks() {
    let folder = Folder::new();
    folder
        .write("old.json", r#"{"type": "integer", "maximum": 5}"#)
        .write("new.json", r#"{"type": "integer", "maximum": 4}"#);
    for (direction, code) in [("consumer", 1), ("producer", 0), ("both", 1)] {
        let ran = folder.run(&["diff", "old.json", "new.json", "--direction", direction]);
        assert_eq!(ran.code, code, "{direction}: {ran:#?}");
        let ran = folder.run(&["diff", "new.json", "old.json", "--direction", direction]);
        assert_eq!(ran.code, i32::from(direction != "consumer"), "{direction}");
    }
}

#[test]
fn an_id_is_part_of_the_fingerprint() {
    let folder = Folder::new();
    folder
        .write("old.yaml", api("Orders", &["note"]))
        .write("new.yaml", api("Orders", &[]));
    let fingerprint = |args: &[&str]| {
        let ran =
            folder.run(&[&["diff", "old.yaml", "new.yaml", "--format", "json"], args].concat());
        ran.json()["changes"][0]["fingerprint"].clone()
    };
    assert_eq!(fingerprint(&[]), fingerprint(&["--contract", ""]));
    assert_ne!(fingerprint(&[]), fingerprint(&["--contract", "orders"]));
}

#[test]
fn what_is_absent_has_the_place_around_it() {
    let folder = Folder::new();
    let plain = "openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\npaths:\n  /orders:\n    get:\n      responses:\n        '200': {description: Orders}\n";
    let more = format!("{plain}        '202': {{description: Later}}\n");
    folder.write("old.yaml", plain).write("new.yaml", more);
    let ran = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    let old = &ran.json()["changes"][0]["old"];
    assert_eq!(
        (&old["line"], &old["absent"]),
        (&json!(5), &json!(true)),
        "{ran:#?}"
    );
}
