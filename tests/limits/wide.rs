//! Many branches, long values, large numbers.

use super::sheet::Sheet;
use serde_json::{Value as Json, json};

#[test]
fn one_of_five_hundred_branches() {
    let mut sheet = Sheet::default();
    let values = |count: usize| -> Vec<Json> {
        (0..count).map(|value| json!(format!("v{value}"))).collect()
    };
    let branches = |count: usize| -> Vec<Json> {
        values(count)
            .into_iter()
            .map(|value| json!({"const": value}))
            .collect()
    };
    let one = |count: usize| json!({"oneOf": branches(count)});
    sheet.ask([&one(500), &json!({"enum": values(500)})], "included", &[]);
    sheet.ask(
        [&json!({"anyOf": branches(500)}), &one(500)],
        "included",
        &[],
    );
    sheet.ask(
        [&one(500), &one(499)],
        r#"not "v499""#,
        &[r#"enum-value-removed breaking :: not "v499""#],
    );
    sheet.ask(
        [&one(499), &one(500)],
        "included",
        &["enum-value-added additive :: rule"],
    );
    let kinds = |most: usize| -> Json {
        let branch = |kind: usize| json!({"type": "object", "required": ["kind"], "properties": {"kind": {"const": format!("k{kind}")}, "size": {"type": "integer", "maximum": most + kind}}});
        json!({"oneOf": (0..500).map(branch).collect::<Vec<_>>()})
    };
    sheet.ask(
        [&kinds(10), &kinds(11)],
        "included",
        &["500 times maximum-raised additive :: rule"],
    );
    sheet.ask(
        [&kinds(11), &kinds(10)],
        r#"not {"kind":"k0","size":11}"#,
        &["500 times maximum-lowered breaking :: witness"],
    );
    let steps = |count: usize| -> Json {
        json!({"type": "integer", "oneOf": (0..count).map(|step| json!({"minimum": step})).collect::<Vec<_>>()})
    };
    sheet.ask(
        [&steps(500), &json!({"const": 0})],
        "included",
        &[
            "one-of-removed additive :: rule",
            "const-added additive :: compatible",
        ],
    );
    sheet.ask(
        [&json!({"const": 0}), &steps(500)],
        "included",
        &[
            "const-removed additive :: rule",
            "one-of-added additive :: compatible",
        ],
    );
    sheet.ask(
        [&json!({"type": "integer", "minimum": 0}), &steps(500)],
        "not 1",
        &[
            "one-of-added breaking :: not 1",
            "minimum-removed additive :: rule",
        ],
    );
}

#[test]
fn long_values() {
    let mut sheet = Sheet::default();
    let endless: usize = 1_000_000_000_000;
    for (keyword, rule, bytes, open) in [
        (
            "minItems",
            "min-items",
            163_616,
            "an array of 1000000000000 items is too long to show",
        ),
        (
            "minLength",
            "min-length",
            32_725,
            "the shortest text has 1000000000000 characters",
        ),
        (
            "minProperties",
            "min-properties",
            396_514,
            "an object of 1000000000000 members is too large to show",
        ),
    ] {
        let at_least = |count: usize| {
            let mut schema = json!({});
            schema[keyword] = json!(count);
            schema
        };
        sheet.ask(
            [&at_least(32_724), &at_least(32_723)],
            "included",
            &[&format!("{rule}-lowered additive :: rule")],
        );
        let witness = format!("not of {bytes} bytes");
        sheet.ask(
            [&at_least(32_723), &at_least(32_724)],
            &witness,
            &[&format!("{rule}-raised breaking :: {witness}")],
        );
        let open = format!("open: {open}");
        sheet.ask(
            [&at_least(endless), &at_least(endless + 1)],
            &open,
            &[&format!("{rule}-raised undecided :: {open}")],
        );
    }
    let unique = |count: usize| json!({"type": "array", "minItems": count, "uniqueItems": true, "items": {"type": "string"}});
    sheet.ask(
        [&unique(32_723), &unique(32_724)],
        "open: uniqueItems over more than 64 values",
        &["min-items-raised undecided :: open: uniqueItems over more than 64 values"],
    );
    sheet.ask(
        [&unique(32_724), &unique(32_723)],
        "included",
        &["min-items-lowered additive :: rule"],
    );
    let contains = |count: usize| json!({"type": "array", "contains": {"type": "string"}, "minContains": count});
    sheet.ask(
        [&contains(32_723), &contains(32_724)],
        "not of 98170 bytes",
        &["min-contains-raised breaking :: not of 98170 bytes"],
    );
    sheet.ask(
        [&contains(32_724), &contains(32_723)],
        "included",
        &["min-contains-lowered additive :: rule"],
    );
}

#[test]
fn large_numbers() {
    let mut sheet = Sheet::default();
    let minimum = |text: &str| -> Json {
        serde_json::from_str(&format!(r#"{{"type":"integer","minimum":{text}}}"#)).expect("JSON")
    };
    sheet.ask(
        [&minimum("9007199254740993"), &minimum("9007199254740992")],
        "included",
        &["minimum-lowered additive :: rule"],
    );
    sheet.ask(
        [&minimum("9007199254740992"), &minimum("9007199254740993")],
        "not 9007199254740992",
        &["minimum-raised breaking :: not 9007199254740992"],
    );
    sheet.ask(
        [
            &minimum("18446744073709551616"),
            &minimum("18446744073709551617"),
        ],
        "not 18446744073709551616",
        &["minimum-raised breaking :: not 18446744073709551616"],
    );
    sheet.ask(
        [&minimum("1e400"), &minimum("1e401")],
        "not of 401 bytes",
        &["minimum-raised breaking :: not of 401 bytes"],
    );
    sheet.ask(
        [&minimum("1e20000"), &minimum("1")],
        "open: nothing is known of `minimum` 1e+20000 is too large a number",
        &["minimum-lowered additive :: rule"],
    );
}

#[test]
fn hundreds_of_patterns() {
    let mut sheet = Sheet::default();
    let names = |last: &str| {
        let mut patterns: serde_json::Map<String, Json> = (0..200)
            .map(|number| (format!("^x{number}_[a-z]+$"), json!({"type": "string"})))
            .collect();
        patterns.insert("^y".to_owned(), json!({"type": last}));
        json!({"type": "object", "patternProperties": patterns})
    };
    sheet.ask(
        [&names("integer"), &names("number")],
        "open: more than 20000 steps of search",
        &["type-widened additive :: compatible"],
    );
    sheet.ask(
        [&names("number"), &names("integer")],
        r#"not {"y":0.5}"#,
        &["type-narrowed breaking :: not 0.5"],
    );
    let texts = |count: usize| {
        let pattern = |number: usize| json!({"pattern": format!("x{number}[a-z]*y{number}")});
        json!({"type": "string", "allOf": (0..count).map(pattern).collect::<Vec<_>>()})
    };
    sheet.ask(
        [&texts(200), &texts(199)],
        "included",
        &["pattern-removed additive :: rule"],
    );
    sheet.ask([&texts(40), &texts(41)], "open: the patterns `x0[a-z]*y0` and `x10[a-z]*y10` need more than 1000000 steps", &["pattern-added undecided :: open: the patterns `x0[a-z]*y0` and `x10[a-z]*y10` need more than 1000000 steps"]);
}
