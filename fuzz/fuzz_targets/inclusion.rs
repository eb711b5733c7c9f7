//! Any two schemas: both provers, the search, and the validator never contradict each other.
#![no_main]

use contract::inclusion::contradiction;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|schemas: (&[u8], &[u8])| {
    if let Some(what) = contradiction(schemas.0, schemas.1) {
        panic!("{what}: {schemas:?}");
    }
});
