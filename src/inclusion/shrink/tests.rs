use super::*;
use serde_json::{Value as Json, json};

fn shrunk(json: &Json, shows: impl Fn(&Json) -> bool) -> String {
    let value = Value::from_json(json).unwrap();
    shrink(value, &mut |value| shows(&Json::from(value)), 2_000).to_string()
}

#[test]
fn what_does_not_matter_goes() {
    let json = json!({"a": [1, 2, {"b": "text"}], "c": 500, "d": null});
    assert_eq!(shrunk(&json, |_| true), "{}");
    assert_eq!(
        shrunk(&json, |json| json["c"].as_u64().is_some_and(|c| c > 100)),
        r#"{"c":101}"#
    );
    assert_eq!(
        shrunk(&json, |json| json["a"]
            .as_array()
            .is_some_and(|a| a.len() > 1)),
        r#"{"a":[null,null]}"#
    );
    assert_eq!(
        shrunk(&json, |json| json.get("a").is_some()),
        r#"{"a":null}"#
    );
}

#[test]
fn a_part_that_shows_it_stands_for_the_whole() {
    let json = json!([{"x": 1}, {"x": [true, "long enough"]}]);
    assert_eq!(
        shrunk(&json, |json| json.to_string().contains("ong")),
        r#""ong""#
    );
}

#[test]
fn numbers_go_toward_zero() {
    let above = |limit: f64| move |json: &Json| json.as_f64().is_some_and(|number| number > limit);
    assert_eq!(shrunk(&json!(987_654_321), above(500.0)), "501");
    assert_eq!(shrunk(&json!(12.345), above(3.0)), "4");
    assert_eq!(shrunk(&json!(-3), Json::is_number), "0");
    assert_eq!(
        shrunk(&json!(-30), |json| json.as_i64().is_some_and(|n| n < -7)),
        "-8"
    );
    assert_eq!(
        shrunk(&json!(7.25), |json| json.is_number()
            && json.as_i64().is_none()),
        "0.2"
    );
}

#[test]
fn strings_get_short_and_plain() {
    assert_eq!(
        shrunk(&json!("h\u{e9}llo\n"), |json| json
            .as_str()
            .is_some_and(|s| s.len() > 2)),
        r#""loa""#
    );
    assert_eq!(
        shrunk(&json!("\n"), |json| json
            .as_str()
            .is_some_and(|s| !s.is_empty())),
        r#""a""#
    );
    assert_eq!(
        shrunk(&json!("a\n"), |json| json
            .as_str()
            .is_some_and(|s| s.contains('\n'))),
        "\"\\n\""
    );
}

#[test]
fn the_budget_ends_it() {
    let mut asked = 0;
    let items: Vec<Value> = (0..30_000_i64).map(|n| Value::Number(n.into())).collect();
    let long = Value::Array(items.into());
    let kept = shrink(
        long.clone(),
        &mut |_| {
            asked += 1;
            false
        },
        100,
    );
    assert_eq!((kept, asked), (long, 100));
}
