//! Patterns that explode.

use super::sheet::Sheet;
use serde_json::json;

#[test]
fn patterns_that_explode() {
    let mut sheet = Sheet::default();
    let pattern = |text: &str| json!({"type": "string", "pattern": text});
    sheet.ask(
        [&pattern("^(a+)+$"), &pattern("^a+$")],
        "included",
        &["pattern-changed additive :: compatible"],
    );
    sheet.ask(
        [
            &pattern("^(a|b)*a(a|b){24}$"),
            &pattern("^(a|b)*b(a|b){24}$"),
        ],
        r#"not "aaaaaaaaaaaaaaaaaaaaaaaaa""#,
        &[r#"pattern-changed breaking :: not "aaaaaaaaaaaaaaaaaaaaaaaaa""#],
    );
    sheet.ask(
        [
            &pattern("^(a|b)*a(a|b){24}(a|c)$"),
            &pattern("^[abc]*a[abc]{24}[ac]$"),
        ],
        "open: the patterns `^(a|b)*a(a|b){24}(a|c)$` and `^[abc]*a[abc]{24}[ac]$` need more than 1000000 steps", &["pattern-changed undecided :: open: the patterns `^(a|b)*a(a|b){24}(a|c)$` and `^[abc]*a[abc]{24}[ac]$` need more than 1000000 steps"],
    );
    sheet.ask(
        [
            &pattern("^((a{1,1000}){1,1000}){1,1000}$"),
            &pattern("^a{1,999999999}$"),
        ],
        "open: the patterns `^((a{1,1000}){1,1000}){1,1000}$` and `^a{1,999999999}$` need more than 1000000 steps", &["pattern-changed undecided :: open: the patterns `^((a{1,1000}){1,1000}){1,1000}$` and `^a{1,999999999}$` need more than 1000000 steps"],
    );
    sheet.ask(
        [
            &pattern("^(?=.*a.{20}$)(?=.*b.{21}$)(?=.*c.{22}$)[abc]+$"),
            &pattern("^(?=.*c.{22}$)(?=.*b.{21}$)[abc]+$"),
        ],
        "open: the patterns `^(?=.*a.{20}$)(?=.*b.{21}$)(?=.*c.{22}$)[abc]+$` and `^(?=.*c.{22}$)(?=.*b.{21}$)[abc]+$` need more than 10000 states", &["pattern-changed undecided :: open: the patterns `^(?=.*a.{20}$)(?=.*b.{21}$)(?=.*c.{22}$)[abc]+$` and `^(?=.*c.{22}$)(?=.*b.{21}$)[abc]+$` need more than 10000 states"],
    );
    sheet.ask([&pattern(&"(".repeat(500)), &pattern("a")], "open: the pattern `(((((((((((((((((((((((((((((((((((((((((((((((((((((((((...` nests too deep", &["pattern-changed undecided :: open: the pattern `(((((((((((((((((((((((((((((((((((((((((((((((((((((((((...` nests too deep"]);
    sheet.ask(
        [
            &pattern(&format!("{}a{}", "(".repeat(2_000), ")".repeat(2_000))),
            &pattern("a"),
        ],
        "open: the pattern `(((((((((((((((((((((((((((((((((((((((((((((((((((((((((...` nests too deep", &["pattern-changed undecided :: open: the pattern `(((((((((((((((((((((((((((((((((((((((((((((((((((((((((...` nests too deep"],
    );
    sheet.ask(
        [&pattern("^(a?){200}a{200}$"), &pattern("^a{1,399}$")],
        "not of 402 bytes",
        &["pattern-changed breaking :: not of 402 bytes"],
    );
    sheet.ask(
        [&pattern("^(|b){9999}$"), &pattern("^(\\b|c){9999}$")],
        r#"not """#,
        &[r#"pattern-changed breaking :: not """#],
    );
}
