//! Bare schemas as sets of values: loaded from JSON, and the validator's word on a value.

use contract::{
    inclusion::Value,
    spec::{Assume, Bundle, Draft, Unavailable},
};
use serde_json::Value as Json;

/// A draft by its word.
pub(crate) fn draft(word: &str) -> Draft {
    Draft::ALL
        .into_iter()
        .find(|draft| draft.word() == word)
        .unwrap_or_else(|| panic!("no draft {word}"))
}

/// A bundle of one bare schema.
pub(crate) fn schema(schema: &Json, draft: Draft) -> Bundle {
    let assume = Assume {
        schema: true,
        draft: Some(draft),
    };
    Bundle::load("schema.json", "schema.json", assume, &|path: &str| {
        if path == "schema.json" {
            return Ok(schema.to_string().into_bytes());
        }
        Err(Unavailable {
            message: format!("no such file: {path}"),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

/// Whether a validator, too, puts a value into the first schema and not into the second.
pub(crate) fn tells_apart(draft: Draft, schemas: [&Json; 2], value: &Value) -> bool {
    let draft = match draft {
        Draft::D4 => jsonschema::Draft::Draft4,
        Draft::D6 => jsonschema::Draft::Draft6,
        Draft::D7 => jsonschema::Draft::Draft7,
        Draft::D2019 => jsonschema::Draft::Draft201909,
        Draft::D2020 => jsonschema::Draft::Draft202012,
    };
    let value = Json::from(value);
    let accepts = |schema: &Json| {
        jsonschema::options()
            .with_draft(draft)
            .should_validate_formats(false)
            .build(schema)
            .unwrap_or_else(|error| panic!("{schema}: {error}"))
            .is_valid(&value)
    };
    accepts(schemas[0]) && !accepts(schemas[1])
}
