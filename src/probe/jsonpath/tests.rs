//! The examples of RFC 9535, and what is asked beyond them.

use super::{JsonPath, Selected, Singular};
use serde_json::{Value, json};

/// The pointers and values that a query selects.
fn selected(value: &Value, query: &str) -> Vec<Value> {
    let path = JsonPath::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let found = path.select(value);
    found.into_iter().map(|one| one.value.clone()).collect()
}

fn check(value: &Value, cases: &[(&str, Value)]) {
    for (query, expected) in cases {
        assert_eq!(Value::Array(selected(value, query)), *expected, "{query}");
    }
}

/// RFC 9535 figure 1.
fn store() -> Value {
    json!({ "store": {
        "book": [
            { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
            { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
            { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
            { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99 }
        ],
        "bicycle": { "color": "red", "price": 399 }
    }})
}

#[test]
fn the_examples_of_rfc_9535_section_1_5_come_out() {
    let store = store();
    let book = |index: usize| store["store"]["book"][index].clone();
    let authors = json!([
        "Nigel Rees",
        "Evelyn Waugh",
        "Herman Melville",
        "J. R. R. Tolkien"
    ]);
    check(
        &store,
        &[
            ("$.store.book[*].author", authors.clone()),
            ("$..author", authors),
            ("$..book[2]", json!([book(2)])),
            ("$..book[2].author", json!(["Herman Melville"])),
            ("$..book[2].publisher", json!([])),
            ("$..book[-1]", json!([book(3)])),
            ("$..book[0,1]", json!([book(0), book(1)])),
            ("$..book[:2]", json!([book(0), book(1)])),
            ("$..book[?@.isbn]", json!([book(2), book(3)])),
            ("$..book[?@.price<10]", json!([book(0), book(2)])),
        ],
    );
    assert_eq!(selected(&store, "$.store.*").len(), 2);
    assert_eq!(selected(&store, "$..price").len(), 5);
    assert_eq!(selected(&store, "$..*").len(), 27);
}

#[test]
fn the_examples_of_rfc_9535_section_2_3_come_out() {
    check(
        &json!({ "o": { "j j": { "k.k": 3 } }, "'": { "@": 2 } }),
        &[
            ("$.o['j j']", json!([{ "k.k": 3 }])),
            ("$.o['j j']['k.k']", json!([3])),
            ("$.o[\"j j\"][\"k.k\"]", json!([3])),
            ("$[\"'\"][\"@\"]", json!([2])),
        ],
    );
    let letters = json!(["a", "b", "c", "d", "e", "f", "g"]);
    check(
        &letters,
        &[
            ("$[1]", json!(["b"])),
            ("$[-2]", json!(["f"])),
            ("$[1:3]", json!(["b", "c"])),
            ("$[5:]", json!(["f", "g"])),
            ("$[1:5:2]", json!(["b", "d"])),
            ("$[5:1:-2]", json!(["f", "d"])),
            ("$[::-1]", json!(["g", "f", "e", "d", "c", "b", "a"])),
            ("$[0, 3]", json!(["a", "d"])),
            ("$[0:2, 5]", json!(["a", "b", "f"])),
            ("$[0, 0]", json!(["a", "a"])),
        ],
    );
}

#[test]
fn the_filters_of_rfc_9535_section_2_3_5_come_out() {
    let value = json!({
        "a": [3, 5, 1, 2, 4, 6, { "b": "j" }, { "b": "k" }, { "b": {} }, { "b": "kilo" }],
        "o": { "p": 1, "q": 2, "r": 3, "s": 5, "t": { "u": 6 } },
        "e": "f"
    });
    let (a, o) = (&value["a"], &value["o"]);
    check(
        &value,
        &[
            ("$.a[?@.b == 'kilo']", json!([{ "b": "kilo" }])),
            ("$.a[?(@.b == 'kilo')]", json!([{ "b": "kilo" }])),
            ("$.a[?@>3.5]", json!([5, 4, 6])),
            (
                "$.a[?@.b]",
                json!([{ "b": "j" }, { "b": "k" }, { "b": {} }, { "b": "kilo" }]),
            ),
            ("$[?@.*]", json!([a, o])),
            ("$[?@[?@.b]]", json!([a])),
            ("$.o[?@<3, ?@<3]", json!([1, 2, 1, 2])),
            ("$.a[?@<2 || @.b == \"k\"]", json!([1, { "b": "k" }])),
            (
                "$.a[?match(@.b, \"[jk]\")]",
                json!([{ "b": "j" }, { "b": "k" }]),
            ),
            (
                "$.a[?search(@.b, \"[jk]\")]",
                json!([{ "b": "j" }, { "b": "k" }, { "b": "kilo" }]),
            ),
            ("$.o[?@>1 && @<4]", json!([2, 3])),
            ("$.o[?@.u || @.x]", json!([{ "u": 6 }])),
            ("$.a[?@.b == $.x]", json!([3, 5, 1, 2, 4, 6])),
            (
                "$.a[?@ == @]",
                a.as_array().cloned().map(Value::Array).expect("an array"),
            ),
            // Section 2.4.5: the count of an empty nodelist is 0, not nothing.
            ("$.a[?count(@.*) == 0]", json!([3, 5, 1, 2, 4, 6])),
        ],
    );
}

#[test]
fn descendants_and_null_of_rfc_9535_sections_2_5_2_and_2_6_come_out() {
    let value = json!({ "o": { "j": 1, "k": 2 }, "a": [5, 3, [{ "j": 4 }, { "k": 6 }]] });
    assert_eq!(selected(&value, "$..[0]"), [json!(5), json!({ "j": 4 })]);
    assert_eq!(selected(&value, "$..j").len(), 2);
    assert_eq!(selected(&value, "$.a..[0, 1]").len(), 4);
    check(
        &json!({ "a": null, "b": [null], "c": [{}], "null": 1 }),
        &[
            ("$.a", json!([null])),
            ("$.a[0]", json!([])),
            ("$.a.d", json!([])),
            ("$.b[0]", json!([null])),
            ("$.b[*]", json!([null])),
            ("$.b[?@]", json!([null])),
            ("$.b[?@==null]", json!([null])),
            ("$.c[?@.d==null]", json!([])),
            ("$.null", json!([1])),
        ],
    );
}

#[test]
fn what_rfc_9535_calls_ill_typed_or_ill_formed_is_refused() {
    for query in [
        "$[?length(@.*) < 3]",
        "$[?count(1) == 1]",
        "$[?count(foo(@.*)) == 1]",
        "$[?match(@.timezone, 'Europe/.*') == true]",
        "$[?value(@..color)]",
        "$[01]",
        "$ ",
        " $",
        "a.b",
        "$.",
        "",
    ] {
        assert!(JsonPath::parse(query).is_err(), "{query}");
    }
    for query in [
        "$[?length(@) < 3]",
        "$[?count(@.*) == 1]",
        "$[?match(@.timezone, 'Europe/.*')]",
        "$[?value(@..color) == \"red\"]",
    ] {
        assert!(JsonPath::parse(query).is_ok(), "{query}");
    }
}

#[test]
fn matching_nothing_is_an_answer_of_its_own() {
    let value = json!({ "a": [1, null] });
    let one = |query: &str| match JsonPath::parse(query).expect("a query").one(&value) {
        Selected::Nothing => "nothing".to_owned(),
        Selected::One(found) => format!("{} at {}", found.value, found.at),
        Selected::Several(count) => format!("{count} values"),
    };
    assert_eq!(one("$.b"), "nothing");
    assert_eq!(one("$.a[1]"), "null at /a/1");
    assert_eq!(one("$.a.*"), "2 values");
}

#[test]
fn queries_nobody_writes_are_refused_before_they_are_parsed() {
    let deep = format!("$[?{}@{}]", "(".repeat(5_000), ")".repeat(5_000));
    let refused = |query: &str| JsonPath::parse(query).expect_err("too much").message;
    assert_eq!(refused(&deep), "a JSONPath of more than 1024 bytes");
    let deep = format!("$[?{}@{}]", "(".repeat(100), ")".repeat(100));
    assert_eq!(refused(&deep), "a JSONPath that nests deeper than 16");
    assert_eq!(refused("$..a..b..c..d"), "a JSONPath with more than 3 `..`");
    assert!(JsonPath::parse("$['((((((((((((((((((((']").is_ok());
}

#[test]
fn a_singular_query_puts_a_value_where_it_points() {
    let put = |query: &str, value: Value| {
        let mut root = json!({ "a": { "b": [1] }, "n": null, "s": "text" });
        let path = Singular::parse(query).map_err(|error| error.message)?;
        path.put(&mut root, value)?;
        Ok::<_, String>(root)
    };
    let base = |a: Value, n: Value| json!({ "a": a, "n": n, "s": "text" });
    assert_eq!(
        put("$.a.b[0]", json!(2)),
        Ok(base(json!({ "b": [2] }), Value::Null))
    );
    assert_eq!(
        put("$.a['b'][1]", json!(2)),
        Ok(base(json!({ "b": [1, 2] }), Value::Null))
    );
    assert_eq!(
        put("$['n'][\"x y\"].z", json!(true)),
        Ok(base(json!({ "b": [1] }), json!({ "x y": { "z": true } })))
    );
    assert_eq!(put("$", json!(7)), Ok(json!(7)));
    assert_eq!(
        put("$.s.t", json!(1)),
        Err("`$.s.t`: nothing there has a member `t`".to_owned())
    );
    assert_eq!(
        put("$.a.b[5]", json!(1)),
        Err("`$.a.b[5]`: nothing there has an item 5".to_owned())
    );
    assert_eq!(
        put("$.a.*", json!(1)),
        Err("`$.a.*` does not name one place, as `$.a.b[0]` does".to_owned())
    );
    assert_eq!(
        put("$['it\\'s \\u00e4']", json!(1)).map(|root| root["it's ä"].clone()),
        Ok(json!(1))
    );
}

#[test]
fn a_value_in_an_envelope_is_found_where_it_is_alone() {
    let path = JsonPath::parse("$.id").expect("a query");
    let at = |body: Value| match path.one_within(&body) {
        super::Selected::One(found) => found.at.to_string(),
        super::Selected::Nothing => "nothing".to_owned(),
        super::Selected::Several(count) => count.to_string(),
    };
    assert_eq!(at(json!({ "id": 1, "data": { "id": 2 } })), "/id");
    assert_eq!(
        at(json!({ "data": { "id": 2 }, "permissions": {} })),
        "/data/id"
    );
    assert_eq!(at(json!({ "a/b": { "id": 2 } })), "/a~1b/id");
    assert_eq!(
        at(json!({ "data": { "id": 2 }, "owner": { "id": 3 } })),
        "nothing"
    );
    assert_eq!(at(json!([{ "id": 2 }])), "nothing");
}
