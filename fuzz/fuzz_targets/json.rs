//! The JSON reader takes any bytes, and what it accepts it writes back to the same tree.
#![no_main]

use contract::{text::Source, tree::{Syntax, parse}};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(tree) = parse(Source::new("input.json", text), Syntax::Json) else { return };
    let mut written = String::new();
    if tree.write_json(tree.root(), &mut written).is_err() {
        return;
    }
    let again = parse(Source::new("again.json", written), Syntax::Json).expect("what was written reads");
    assert!(tree.same(tree.root(), &again, again.root()));
    // Every strict JSON text is JSON for the standard library of the language, too.
    assert_eq!(tree.hash(tree.root()), again.hash(again.root()));
});
