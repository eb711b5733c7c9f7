//! Texts that cannot be read: what is said, where, and how soon.

use contract::tree::{Kind, NodeId, ParseError, Syntax, Tree, parse_bytes};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

fn read(name: &str, text: impl AsRef<[u8]>) -> Tree {
    let text = text.as_ref();
    parse_bytes(name, text.to_vec()).unwrap_or_else(|error| {
        panic!("{}:{}: {error}", error.name, error.position);
    })
}

fn refuse(name: &str, text: impl AsRef<[u8]>) -> ParseError {
    match parse_bytes(name, text.as_ref().to_vec()) {
        Ok(_) => panic!("{name} is read, but should be refused"),
        Err(error) => error,
    }
}

/// Place and message of an error, as people see them.
fn told(name: &str, text: impl AsRef<[u8]>) -> String {
    let error = refuse(name, text);
    assert!(error.help.is_some(), "`{error}` does not say what to do");
    match error.also {
        Some((position, what)) => {
            format!("{} {} ({position} {what})", error.position, error.message)
        }
        None => format!("{} {}", error.position, error.message),
    }
}

#[test]
fn files_without_a_document_are_refused() {
    for (name, text) in [("a.json", ""), ("a.yaml", " \r\n\t\n"), ("a", "\u{feff}")] {
        assert_eq!(told(name, text), "1:1 the file is empty");
    }
    let comments = "the file holds only comments, and no document";
    for text in ["# a\n\n# b\n", "---\n# a\n", "---\n...\n"] {
        assert_eq!(told("a.yaml", text), format!("1:1 {comments}"));
    }
    assert_eq!(
        read("a.yaml", "null # really").kind(NodeId::from_index(0)),
        Kind::Null
    );
}

#[test]
fn json_cut_in_the_middle_is_refused_at_the_cut() {
    let cut = "the file ends before the JSON does";
    assert_eq!(
        told("a.json", "{\"a\": [1,\n {\"b\": 2}"),
        format!("2:10 {cut} (1:7 this array is still open)")
    );
    assert_eq!(
        told("a.json", "{\"ä\": \"b"),
        "1:9 the file ends inside a string (1:7 the string starts here)"
    );
    let whole = "{\"a\": [1, 2.5e-3, true, {\"b\\u00e4\": null}], \"c\": \"d\"}";
    for end in 1..whole.len() {
        assert!(
            told("a.json", &whole[..end]).starts_with("1:"),
            "{}",
            &whole[..end]
        );
        refuse("stdin", &whole[..end]);
    }
}

#[test]
fn broken_json_says_what_to_do() {
    for (text, expected) in [
        ("{\"a\": 1,}", "1:8 a comma with nothing after it"),
        (
            "[1 2]",
            "1:4 expected a comma or `]`, found `2` (1:1 in the array that starts here)",
        ),
        ("{a: 1}", "1:2 expected a key, found `a`"),
        ("{'a': 1}", "1:2 expected a key, found `\\'`"),
        ("{\"a\" 1}", "1:6 expected a colon after the key, found `1`"),
        ("[01]", "1:2 `01` is not a number in JSON"),
        ("[1.]", "1:2 `1.` is not a number in JSON"),
        ("[-]", "1:2 `-` is not a number in JSON"),
        ("[NaN]", "1:2 expected a value, found `NaN`"),
        ("[trueish]", "1:2 expected a value, found `trueish`"),
        (
            "[1] // x",
            "1:5 the document is complete, yet more text follows",
        ),
        (
            "[\"a\nb\"]",
            "1:4 a line break inside a string (1:2 the string starts here)",
        ),
        (
            "[\"a\tb\"]",
            "1:4 the control character U+0009 inside a string",
        ),
        ("[\"\\x\"]", "1:3 `\\x` is not an escape in JSON"),
        (
            "[\"\\u12g4\"]",
            "1:3 `\\u` is not followed by four hexadecimal digits",
        ),
        (
            "[\"\\ud800\\u0041\"]",
            "1:3 `\\ud800` is half of a surrogate pair",
        ),
        ("[\"\\udc00\"]", "1:3 `\\udc00` is half of a surrogate pair"),
    ] {
        assert_eq!(told("a.json", text), expected, "{text}");
    }
}

#[test]
fn broken_yaml_says_what_to_do() {
    for (text, expected) in [
        ("a: 1\n\tb: 2\n", "2:1 a tab where YAML wants spaces"),
        ("a: b: c\n", "1:5 a colon where no key can end"),
        ("a: *b\n", "1:4 this alias names no anchor above it"),
        ("a: 'b", "1:4 the quote that opens here is never closed"),
        (
            "a: 'b\nc: 1",
            "2:1 a quoted text goes on in a line that is not indented",
        ),
        ("a: \"b\n  c\n", "3:1 the file ends inside a quoted text"),
        ("a: [1, 2\nb: 3\n", "2:2 a colon where no key can end"),
        ("a: {b: 1\n", "1:4 the `{` is never closed"),
        (
            "a:\n  b: 1\n c: 2\n",
            "3:2 this line belongs neither to the block above nor to one around it",
        ),
        ("a: - b\n", "1:4 a list cannot start here"),
        ("a: 1\n? \n: 2\n", "3:1 an entry without a key"),
        ("a: @b\n", "1:4 no value can start with `@`"),
        (
            "a: !odd b\n",
            "1:4 the tag `!odd` has no meaning in a contract",
        ),
        ("a: !!int b\n", "1:10 `b` does not fit its tag `!!int`"),
        (
            "a: !!map [b]\n",
            "1:4 this value does not fit its tag `!!map`",
        ),
        (
            "a: .inf\n",
            "1:4 `.inf` is a number that JSON does not have",
        ),
        ("? [a]\n: b\n", "1:3 a sequence as a key"),
        ("a: 1\n: b\n", "2:1 an entry without a key"),
        (
            "<<: 1\n",
            "1:1 `<<` merges mappings into this one, but its value has a number",
        ),
    ] {
        assert_eq!(told("a.yaml", text), expected, "{text}");
    }
}

#[test]
fn other_encodings_are_named() {
    let wide = |order: fn(u16) -> [u8; 2], text: &str| {
        text.encode_utf16().flat_map(order).collect::<Vec<_>>()
    };
    let utf_16 = "1:1 the file is UTF-16, not UTF-8";
    for mark in ["\u{feff}", ""] {
        let text = format!("{mark}openapi: 3.1.0");
        assert_eq!(told("a", wide(u16::to_le_bytes, &text)), utf_16);
        assert_eq!(told("a", wide(u16::to_be_bytes, &text)), utf_16);
    }
    assert_eq!(
        told("a", b"\xFF\xFE\0\0{\0\0\0"),
        "1:1 the file is UTF-32, not UTF-8"
    );
    assert_eq!(
        told("a", b"\0\0\0{\0\0\0}"),
        "1:1 the file is UTF-32, not UTF-8"
    );
    assert_eq!(
        told("a", b"a: \xC3\xA4\nb: caf\xE9\n"),
        "2:7 the file is not UTF-8: the byte 0xE9 starts no character here"
    );
    assert_eq!(refuse("a", b"a: \xC3\xA4\nb: caf\xE9\n").offset, 12);
}

#[test]
fn deep_nesting_is_refused_at_once() {
    let start = Instant::now();
    let deep = "values are nested more than 512 levels deep";
    assert_eq!(told("a.json", "[".repeat(100_000)), format!("1:513 {deep}"));
    assert_eq!(told("a.yaml", "[".repeat(100_000)), format!("1:513 {deep}"));
    assert_eq!(
        told("a", "{\"a\":".repeat(100_000)),
        format!("1:2561 {deep}")
    );
    assert!(told("a.yaml", "- ".repeat(100_000)).ends_with(deep));
    assert!(told("a.yaml", "a: {b: [".repeat(100_000)).starts_with("1:"));
    assert!(start.elapsed() < Duration::from_secs(5));
    let fits = "[".repeat(512) + &"]".repeat(512);
    assert!(read("a.json", &fits).same(
        NodeId::from_index(511),
        &read("a.yaml", &fits),
        NodeId::from_index(511)
    ));
}

#[test]
fn duplicate_keys_name_both_places() {
    let first = "the first one is here";
    assert_eq!(
        told("a.json", "{\"ab\": 1,\n \"a\\u0062\": 2}"),
        format!("2:2 duplicate key `ab` (1:2 {first})")
    );
    assert_eq!(
        told("a.yaml", "200: ok\n\"200\": ok\n"),
        format!("2:1 duplicate key `200` (1:1 {first})")
    );
    assert_eq!(
        told("a.yaml", "b: &x {c: 1}\n<<: *x\n<<: *x\n"),
        format!("3:1 duplicate key `<<` (2:1 {first})")
    );
    let mut many = String::new();
    for number in 0..1000 {
        writeln!(many, "k{number}: {{same: 1}}").expect("strings take all");
    }
    assert_eq!(read("a.yaml", &many).len(), 2001);
    many.push_str("k500: 1\n");
    assert_eq!(
        told("a.yaml", many),
        format!("1001:1 duplicate key `k500` (501:1 {first})")
    );
}

#[test]
fn several_documents_and_cycles_are_refused() {
    assert_eq!(
        told("a.yaml", "---\na: 1\n---\nb: 2\n"),
        "3:1 a second document starts here (1:1 the first one starts here)"
    );
    assert_eq!(
        read("a.yaml", "---\na: 1\n...\n").size(NodeId::from_index(1)),
        1
    );
    assert_eq!(
        told("a.yaml", "a: &x\n  b: *x\n"),
        "2:6 the alias `*x` stands for a value that contains it"
    );
}

#[test]
fn chains_of_merges_are_bounded() {
    let mut text = "a0: &a0 {k0: 1}\n".to_owned();
    for number in 1..10_000 {
        writeln!(
            text,
            "a{number}: &a{number} {{<<: *a{}, k{number}: 1}}",
            number - 1
        )
        .expect("strings take all");
    }
    assert!(told("a.yaml", text).ends_with("merge keys add up to millions of entries"));
}

#[test]
fn what_starts_like_json_may_be_yaml_unless_named_json() {
    let flow = "{a: 1, b: [x, y z]} # done";
    assert_eq!(read("a", flow).syntax(), Syntax::Yaml);
    assert_eq!(read("a.yaml", "{\"a\": 1}").syntax(), Syntax::Json);
    assert_eq!(told("a.JSON", flow), "1:2 expected a key, found `a`");
    assert!(told("stdin", "{\"a\": 1, \"b\": tru }x").starts_with("1:20"));
    assert_eq!(
        told("stdin", "{\"a\": {\"b\": 1,\n"),
        told("a.json", "{\"a\": {\"b\": 1,\n")
    );
}
