//! The JSON report and its schema.

use super::{expect, made};
use contract::report::{Report, json, report_schema, transitive_json};
use made::Pair;
use serde_json::Value;

fn written(report: &Report<'_>) -> String {
    let mut out = Vec::new();
    json(report, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn check(text: &str) -> Value {
    let schema: Value = serde_json::from_str(report_schema()).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is a schema");
    let value: Value = serde_json::from_str(text).expect("the report is JSON");
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

#[test]
fn the_report_fits_its_schema() {
    let pair = Pair::payments();
    let mut compared = pair.compared(pair.findings());
    compared.complaints = pair.complaints();
    let report = made::report(vec![compared]);
    let text = written(&report);
    expect("report.json", &text);
    let value = check(&text);
    assert_eq!(value["verdict"], "fail");
    assert_eq!(value["changes"][0]["new"]["absent"], true);
    assert_eq!(
        value["changes"][1]["also_at"].as_array().map(Vec::len),
        Some(1)
    );

    let mut both = Vec::new();
    transitive_json([&report, &made::report(Vec::new())], &mut both).expect("written");
    let value = check(&String::from_utf8(both).expect("UTF-8"));
    assert_eq!(value["comparisons"][1]["verdict"], "pass");
    assert_eq!(value["comparisons"][1]["changes"], Value::Array(Vec::new()));
}

#[test]
fn every_field_of_the_schema_is_described() {
    fn walk(at: &str, value: &Value, missing: &mut Vec<String>) {
        let Value::Object(map) = value else { return };
        if let Some(Value::Object(properties)) = map.get("properties") {
            for (name, schema) in properties {
                let at = format!("{at}/{name}");
                if schema.get("description").is_none() && schema.get("$ref").is_none() {
                    missing.push(at.clone());
                }
                walk(&at, schema, missing);
            }
        }
        if let Some(items) = map.get("items") {
            walk(&format!("{at}/items"), items, missing);
        }
    }
    let schema: Value = serde_json::from_str(report_schema()).expect("JSON");
    let mut missing = Vec::new();
    for (name, definition) in schema["$defs"].as_object().expect("definitions") {
        if definition.get("description").is_none() {
            missing.push(name.clone());
        }
        walk(name, definition, &mut missing);
    }
    assert!(missing.is_empty(), "{missing:?}");
}
