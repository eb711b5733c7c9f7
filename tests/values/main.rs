//! What schemas of every dialect come down to, written in a short form: `string[shortest 1]`, `(a & b)`, `?name`.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod arena;
#[allow(dead_code, reason = "each test file uses its own part")]
mod corpus;
mod dialects;
mod keywords;
mod references;
mod show;

use contract::{
    inclusion::Arena,
    spec::{Assume, At, Bundle, Draft, Lowering, Unavailable},
    variance::Direction,
};
use show::show;

fn load(files: &[(&str, &str)], draft: Option<Draft>) -> Bundle {
    let assume = Assume {
        schema: draft.is_some(),
        draft,
    };
    let entry = files[0].0;
    Bundle::load(entry, entry, assume, &|path: &str| {
        let held = files.iter().find(|(name, _)| *name == path);
        held.map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| Unavailable {
                message: format!("no such file: {path}"),
                help: None,
                refused: false,
                exit: 2,
            })
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

/// A bare schema in its short form.
fn bare(draft: Draft, text: &str) -> String {
    let bundle = load(&[("schema.json", text)], Some(draft));
    let mut arena = Arena::default();
    let id = Lowering::new(&bundle, false).node(&mut arena, bundle.root(), None);
    show(&arena, id)
}

fn component(bundle: &Bundle, path: &[&str]) -> At {
    path.iter().fold(bundle.root(), |at, key| {
        bundle.get(at, key).unwrap_or_else(|| panic!("no {key}"))
    })
}

/// `components.schemas.S` of an OpenAPI document with these components, in its short form.
fn api(version: &str, schemas: &str, direction: Option<Direction>) -> String {
    let text = format!("openapi: {version}\ninfo: {{}}\ncomponents:\n  schemas: {schemas}\n");
    let bundle = load(&[("api.yaml", &text)], None);
    let at = component(&bundle, &["components", "schemas", "S"]);
    let mut arena = Arena::default();
    let id = Lowering::new(&bundle, false).node(&mut arena, at, direction);
    show(&arena, id)
}

fn api30(schemas: &str) -> String {
    api("3.0.3", schemas, None)
}

fn api31(schemas: &str) -> String {
    api("3.1.0", schemas, None)
}
