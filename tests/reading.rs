//! Reading: exact places, YAML's own ways, and JSON and YAML as one thing.

use contract::{
    text::Pointer,
    tree::{Kind, NodeId, Tree, parse_bytes},
};
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

fn at(tree: &Tree, pointer: &str) -> NodeId {
    let pointer = Pointer::parse(pointer).expect("a pointer");
    tree.at_pointer(tree.root(), &pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// `line:column` of the start and the end of a value.
fn place(tree: &Tree, pointer: &str) -> String {
    let span = tree.span(at(tree, pointer));
    let source = tree.source();
    format!("{}-{}", source.locate(span.start), source.locate(span.end))
}

#[test]
fn json_places_are_exact_in_characters() {
    for (start, newline) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let lines = [
            "{\"ä€\": [1, \"😀\\n\", {}],",
            " \"😀b\" : -1.5e3 ,",
            " \"c\":null}",
            "",
        ];
        let tree = read("a.json", format!("{start}{}", lines.join(newline)));
        assert_eq!(place(&tree, ""), "1:1-3:11");
        assert_eq!(place(&tree, "/ä€"), "1:8-1:22");
        assert_eq!(place(&tree, "/ä€/1"), "1:12-1:17");
        assert_eq!(place(&tree, "/ä€/2"), "1:19-1:21");
        assert_eq!(place(&tree, "/😀b"), "2:9-2:15");
        assert_eq!(place(&tree, "/c"), "3:6-3:10");
        let key = tree.entry(tree.root(), "😀b").expect("the key is there");
        assert_eq!(key.key_span.of(tree.source().text()), "\"😀b\"");
    }
}

#[test]
fn yaml_places_are_exact_in_characters() {
    for (start, newline) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let lines = [
            "# ä",
            "ä€: [1, \"😀\", {}] # ß",
            "\"😀b\" :",
            "  - 'it''s'",
            "",
            "  # ö",
            "  - x: ä",
            "    y:",
            "list:",
            "- plain",
            "text: |",
            "  öne",
            "  two",
            "",
            "last:",
            "",
        ];
        let tree = read("a.yaml", format!("{start}{}", lines.join(newline)));
        assert_eq!(place(&tree, ""), "2:1-15:6");
        assert_eq!(place(&tree, "/ä€"), "2:5-2:17");
        assert_eq!(place(&tree, "/ä€/1"), "2:9-2:12");
        assert_eq!(place(&tree, "/😀b"), "4:3-8:7");
        assert_eq!(place(&tree, "/😀b/0"), "4:5-4:12");
        assert_eq!(place(&tree, "/😀b/1"), "7:5-8:7");
        assert_eq!(place(&tree, "/😀b/1/x"), "7:8-7:9");
        assert_eq!(place(&tree, "/😀b/1/y"), "8:7-8:7");
        assert_eq!(place(&tree, "/list"), "10:1-10:8");
        assert_eq!(place(&tree, "/text"), "12:3-13:6");
        assert_eq!(place(&tree, "/last"), "15:6-15:6");
        assert_eq!(tree.str(at(&tree, "/text")), Some("öne\ntwo\n"));
        let key = tree.entry(tree.root(), "😀b").expect("the key is there");
        assert_eq!(key.key_span.of(tree.source().text()), "\"😀b\"");
    }
}

/// Each level has the one below ten times over.
fn bomb(levels: usize) -> Tree {
    let mut text = "l0: &l0 lol\n".to_owned();
    for level in 1..=levels {
        let below = vec![format!("*l{}", level - 1); 10].join(", ");
        writeln!(text, "l{level}: &l{level} [{below}]").expect("strings take all");
    }
    read("bomb.yaml", text)
}

#[test]
fn a_billion_laughs_cost_what_their_file_costs() {
    let start = Instant::now();
    for levels in [10, 100] {
        let (one, two) = (bomb(levels), bomb(levels));
        assert_eq!(one.len(), levels + 2);
        assert!(one.has_aliases() && one.subtree(one.root()).is_none());
        assert!(one.weight(one.root()) > 10_000_000_000);
        assert!(one.same(one.root(), &two, two.root()));
        assert_eq!(one.hash(one.root()), two.hash(two.root()));
        assert!(one.to_json(one.root()).is_err());
        assert!(one.write_json(one.root(), &mut String::new()).is_err());
        assert_eq!(one.pointer(at(&one, "/l9/3/4/5")).to_string(), "/l6");
        assert_eq!(one.weight(at(&one, "/l1")), 11);
    }
    assert_eq!(bomb(100).weight(bomb(100).root()), u64::MAX);
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn merge_keys_merge_with_a_warning() {
    let tree = read(
        "a.yaml",
        "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nown:\n  !!merge <<: [*b, *m]\n  x: 0\nplain:\n  \"<<\": 5\n",
    );
    let mut json = String::new();
    tree.write_json(at(&tree, "/own"), &mut json)
        .expect("small");
    assert_eq!(json, r#"{"x":0,"y":2,"z":4}"#);
    assert_eq!(tree.pointer(at(&tree, "/own/z")).to_string(), "/more/z");
    assert_eq!(tree.number(at(&tree, "/plain/<<")), Some("5"));
    let [warning] = tree.warnings() else {
        panic!("one merge, one warning: {:?}", tree.warnings());
    };
    assert_eq!(tree.source().locate(warning.span.start).to_string(), "4:11");
}

#[test]
fn numbers_keep_all_their_digits() {
    let long = "7".repeat(400);
    for name in ["a.json", "a.yaml"] {
        let tree = read(name, format!("[{long}, 1e999999999, -0.10]"));
        assert_eq!(tree.number(at(&tree, "/0")), Some(&*long));
        assert_eq!(tree.number(at(&tree, "/2")), Some("-0.10"));
        assert_eq!(
            tree.decimal(at(&tree, "/1"))
                .map(|number| number.to_string())
                .as_deref(),
            Some("1e+999999999")
        );
        let mut json = String::new();
        tree.write_json(tree.root(), &mut json).expect("small");
        assert_eq!(json, format!("[{long},1e999999999,-0.10]"));
    }
}

#[test]
fn ambiguous_scalars_are_marked_and_others_are_not() {
    let tree = read(
        "a.yaml",
        "[no, 'no', 0777, 777, 2020-01-01, 1_000, yes: on, ~, 012345678, !!str no, 1:30]",
    );
    let marked: Vec<_> = tree
        .ambiguities()
        .map(|id| tree.scalar_text(id).expect("a scalar"))
        .collect();
    assert_eq!(marked, ["no", "0777", "1_000", "on", "012345678", "1:30"]);
    assert!(tree.ambiguous(at(&tree, "/0")).is_some() && tree.ambiguous(at(&tree, "/1")).is_none());
    assert_eq!(tree.kind(at(&tree, "/0")), Kind::String);
    assert_eq!(tree.number(at(&tree, "/2")), Some("777"));
}

/// One document in both syntaxes, with all that YAML can do to dress it up.
#[test]
fn json_and_yaml_of_one_document_are_the_same() {
    let json = read(
        "a.json",
        r#"{"openapi": "3.1.0", "n": [1.0, -0, 1e2, 255, 0.5], "t": "a\nb\n", "none": null, "on": true,
            "deep": {"a": {"b": [[], {}, ""]}}, "200": "ok", "copy": {"b": [[], {}, ""]}}"#,
    );
    let yaml = read(
        "a.yaml",
        "%YAML 1.2\n---\ncopy: &c\n  b:\n  - []\n  - {}\n  - ''\n200: ok # fine\non: True\nnone:\n\
         t: |\n  a\n  b\nn: [1, 0, 100, 0xFF, +.5]\ndeep: {a: *c}\n\"openapi\": 3.1.0\n",
    );
    let flow = read("b.yaml", json.source().text());
    for other in [&yaml, &flow] {
        assert_eq!(json.hash(json.root()), other.hash(other.root()));
        assert!(json.same(json.root(), other, other.root()));
        assert!(other.same(other.root(), &json, json.root()));
    }
    assert!(!json.same(at(&json, "/deep"), &yaml, at(&yaml, "/deep/a")));
    assert!(!json.same(at(&json, "/200"), &yaml, at(&yaml, "/on")));
}
