use super::{Edit, edited};
use crate::text::{Pointer, Source};
use crate::tree::{Syntax, Tree, parse};

fn tree(text: &str) -> Tree {
    let syntax = if text.trim_start().starts_with(['{', '[']) {
        Syntax::Json
    } else {
        Syntax::Yaml
    };
    parse(Source::new("a", text), syntax).expect("a document")
}

/// What becomes of `text` when the entry comes back that `base` has behind its neighbours at `map`.
fn back(text: &str, base: &str, map: &str, key: &str) -> String {
    let (tree, base) = (tree(text), tree(base));
    let map = Pointer::parse(map).expect("a pointer");
    let holder = base.at_pointer(base.root(), &map).expect("a map");
    let keys = base.entries(holder).map(|entry| base.key(entry.key));
    let before: Vec<&str> = keys.take_while(|one| *one != key).collect();
    let edit = Edit::Entry {
        map: &map,
        after: before.last().copied(),
        from: (&base, holder),
        key,
    };
    edited(&tree, edit).expect("it has a place")
}

#[test]
fn an_entry_comes_back_as_it_was_written() {
    for (text, base) in [
        ("a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("b: 2\n", "a: 1\nb: 2\n"),
        ("a: 1", "a: 1\nb: 2"),
        ("a: 1 # one\n", "a: 1 # one\n# two\nb: 2 # 2\n"),
        ("# top\nb: 2\n", "# top\na: 1\nb: 2\n"),
        (
            "a: 1\r\nc: 3\r\n",
            "a: 1\r\nb:\r\n  d: 2\r\n\r\n  e: 3\r\nc: 3\r\n",
        ),
        (
            "a: |\n  x\n\n  y\nc: 3\n",
            "a: |\n  x\n\n  y\nb: >-\n  z\n   z\nc: 3\n",
        ),
        (
            "a: 1\nc: {d: [1]}\n",
            "a: 1\nb: {d: [1, {e: 2}]}\nc: {d: [1]}\n",
        ),
        ("a: 1\nc: 3\n", "a: 1\nb:\n- x\n- y: 1\n  z: 2\nc: 3\n"),
        ("\u{feff}a: 1\n", "\u{feff}a: 1\nb: 'it''s'\n"),
        (
            "{\"a\": 1, \"c\": 3}",
            "{\"a\": 1, \"b\": [1, 2], \"c\": 3}",
        ),
        ("{\"a\":1,\"c\":3}", "{\"a\":1,\"b\":2,\"c\":3}"),
        (
            "{\n    \"a\": 1,\n    \"c\": 3\n}\n",
            "{\n    \"a\": 1,\n    \"b\": {\n        \"x\": [\n            1\n        ]\n    },\n    \"c\": 3\n}\n",
        ),
        ("{\n\t\"a\": 1\n}", "{\n\t\"a\": 1,\n\t\"b\": 2\n}"),
        (
            "{\r\n  \"b\": 2\r\n}\r\n",
            "{\r\n  \"a\": {\r\n    \"x\": 1\r\n  },\r\n  \"b\": 2\r\n}\r\n",
        ),
    ] {
        let key = if text.contains('a') { "b" } else { "a" };
        assert_eq!(back(text, base, "", key), base, "{text:?}");
    }
}

#[test]
fn a_deeper_place_and_another_way_of_writing_are_kept() {
    let base = "m:\n  a: 1\n  # two\n  b:\n    x: [1, 2]\n";
    assert_eq!(
        back("m:\n      a: 1\nn: 1\n", base, "/m", "b"),
        "m:\n      a: 1\n      # two\n      b:\n        x: [1, 2]\nn: 1\n"
    );
    assert_eq!(
        back("m: {a: 1}\n", base, "/m", "b"),
        "m: {a: 1, b: {x: [1, 2]}}\n"
    );
    assert_eq!(
        back("{\"m\": {\"a\": 1}}", base, "/m", "b"),
        "{\"m\": {\"a\": 1, \"b\": {\"x\":[1,2]}}}"
    );
    assert_eq!(
        back(
            "m:\n  a: 1\n",
            "{\"m\": {\"a\": 1, \"b\": {\"x\": [\"on\", \"it\"], \"z\": {}}}}",
            "/m",
            "b"
        ),
        "m:\n  a: 1\n  b:\n    x:\n      - \"on\"\n      - it\n    z: {}\n"
    );
}

#[test]
fn an_empty_map_takes_its_first_entry() {
    let base = "m:\n  b: 2\n";
    assert_eq!(back("m: {}\n", base, "/m", "b"), "m: {b: 2}\n");
    assert_eq!(
        back("{\n  \"m\": {}\n}\n", base, "/m", "b"),
        "{\n  \"m\": {\n    \"b\": 2\n  }\n}\n"
    );
}

#[test]
fn an_alias_is_written_out() {
    let base = "x: &x {t: 1}\nm:\n  a: 1\n  b: *x\n";
    assert_eq!(
        back("x: &x {t: 1}\nm:\n  a: 1\n", base, "/m", "b"),
        "x: &x {t: 1}\nm:\n  a: 1\n  b:\n    t: 1\n"
    );
}

#[test]
fn an_item_comes_back_at_its_place() {
    for (text, base, place) in [
        ("e: [a, c]\n", "e: [a, b, c]\n", 1),
        ("e: [b]\n", "e: [a, b]\n", 0),
        ("e: []\n", "e: [a]\n", 0),
        (
            "e:\n  - a # 1\n  - c\n",
            "e:\n  - a # 1\n  # two\n  - b # 2\n  - c\n",
            1,
        ),
        ("e:\n- b\n", "e:\n- a\n- b\n", 0),
        ("e:\n  - a", "e:\n  - a\n  - k: 1\n    l: 2", 1),
        (
            "{\n  \"e\": [\n    \"a\"\n  ]\n}",
            "{\n  \"e\": [\n    \"a\",\n    \"b\"\n  ]\n}",
            1,
        ),
        ("{\"e\":[\"a\",\"c\"]}", "{\"e\":[\"a\",\"b\",\"c\"]}", 1),
    ] {
        let (tree, whole) = (tree(text), tree(base));
        let seq = Pointer::parse("/e").expect("a pointer");
        let items = whole
            .at_pointer(whole.root(), &seq)
            .map(|seq| whole.items(seq).to_vec())
            .expect("a sequence");
        let edit = Edit::Item {
            seq: &seq,
            after: usize::checked_sub(place, 1).map(|before| items[before]),
            from: (&whole, items[place]),
        };
        assert_eq!(edited(&tree, edit).as_deref(), Some(base), "{text:?}");
    }
}

#[test]
fn a_scalar_keeps_its_quotes() {
    let day = tree("[\"2027-01-02\"]");
    let day = (&day, day.items(day.root())[0]);
    for (text, after) in [
        ("a: '2026-01-01' # day\n", "a: '2027-01-02' # day\n"),
        ("a: \"2026-01-01\"\n", "a: \"2027-01-02\"\n"),
        ("a: 2026-01-01\n", "a: 2027-01-02\n"),
        ("{\"a\": \"2026-01-01\"}", "{\"a\": \"2027-01-02\"}"),
    ] {
        let at = &Pointer::parse("/a").expect("a pointer");
        let edit = Edit::Scalar { at, from: day };
        assert_eq!(edited(&tree(text), edit).as_deref(), Some(after));
    }
}

#[test]
fn what_has_no_place_is_refused() {
    let base = tree("a: 1\nb: 2\n");
    let root = Pointer::root();
    let entry = |after, key| Edit::Entry {
        map: &root,
        after,
        from: (&base, base.root()),
        key,
    };
    // The key is there; the neighbour is not; the place is no map.
    assert_eq!(edited(&tree("b: 1\n"), entry(None, "b")), None);
    assert_eq!(edited(&tree("c: 1\n"), entry(Some("a"), "b")), None);
    assert_eq!(edited(&tree("- 1\n"), entry(None, "b")), None);
}
