//! Any two texts: errors or findings, never a crash, and nothing against itself.
#![no_main]

use contract::{
    diff::{Options, compare},
    judge,
    spec::{self, Assume, Bundle, Unavailable},
};
use libfuzzer_sys::fuzz_target;

fn load(text: &str) -> Option<Bundle> {
    let assume = Assume { schema: true, draft: None };
    Bundle::load("input.yaml", "input.yaml", assume, &|path: &str| {
        if path == "input.yaml" {
            return Ok(text.as_bytes().to_vec());
        }
        Err(Unavailable { message: "not here".to_owned(), help: None, refused: false, exit: 2 })
    })
    .ok()
}

fuzz_target!(|texts: (&str, &str)| {
    let (Some(old), Some(new)) = (load(texts.0), load(texts.1)) else { return };
    let (before, after) = (spec::read(&old), spec::read(&new));
    if before.schema.is_some() != after.schema.is_some() {
        return;
    }
    let _ = judge::judge(&compare(&before, &after, Options::default()));
    let _ = judge::complaints(&old, &new);
    let own = judge::judge(&compare(&before, &before, Options::default()));
    assert!(own.is_empty(), "a document against itself has no change");
});
