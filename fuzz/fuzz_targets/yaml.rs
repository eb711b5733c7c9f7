//! The YAML reader takes any bytes, and what it accepts is the same once written as JSON.
#![no_main]

use contract::{text::Source, tree::{Syntax, parse, parse_bytes}};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(tree) = parse_bytes("input.yaml", bytes.to_vec()) else { return };
    let mut written = String::new();
    if tree.write_json(tree.root(), &mut written).is_err() {
        return;
    }
    let again = parse(Source::new("again.json", written), Syntax::Json).expect("what was written reads");
    assert!(tree.same(tree.root(), &again, again.root()));
    for node in tree.nodes() {
        let position = tree.source().locate(tree.span(node).start);
        assert!(position.line >= 1 && position.column >= 1);
    }
});
