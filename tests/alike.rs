//! What is taken over from the old version, instead of being looked for again, is what would be found.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{
    diff::Options,
    spec::{Alike, Assume, Bundle},
    tree,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every API of the fixtures and of the corpus, as JSON.
fn apis() -> Vec<(PathBuf, Value)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["rules", "contracts"].map(|folder| common::pairs(&fixtures.join(folder)));
    let fixtures = folders.into_iter().flatten();
    let paths = fixtures.flat_map(|(old, new)| [old, new]);
    paths
        .chain(common::corpus::documents())
        .filter_map(|path| {
            let bytes = fs::read(&path).expect("readable");
            let tree = tree::parse_bytes("a", bytes).expect("well-formed");
            let value = tree.to_json(tree.root()).ok()?;
            (value.get("openapi").is_some() || value.get("swagger").is_some())
                .then_some((path, value))
        })
        .collect()
}

fn open(name: &str, value: &Value, older: Option<&Bundle>) -> Option<Bundle> {
    let fetch = |path: &str| {
        if path == name {
            return Ok(value.to_string().into_bytes());
        }
        Err(common::absent(path))
    };
    Bundle::open(name, name, Assume::default(), &fetch, older).ok()
}

#[test]
fn a_version_that_differs_in_its_info_has_what_the_old_one_has() {
    let (mut seen, mut complaints) = (0, 0);
    for (path, mut value) in apis() {
        let Some(old) = open("old.json", &value, None) else {
            continue;
        };
        value["info"]["version"] = json!("the one after the last");
        let mut new = open("new.json", &value, Some(&old)).expect("as the old one");
        let Some(alike) = Alike::of(&old, &new) else {
            panic!("{}: nothing but `info` changed", path.display());
        };
        let found = old.check();
        assert_eq!(alike.moved(&found), Some(new.check()), "{}", path.display());
        (seen, complaints) = (seen + 1, complaints + found.len());
        new.diagnostics = Vec::new();
        let short = common::findings(&old, &new, Options::default());
        // One more member, and all of the document is walked.
        value["x-other"] = json!(true);
        let other = open("new.json", &value, None).expect("as the old one");
        assert!(Alike::of(&old, &other).is_none());
        let mut whole = other;
        whole.diagnostics = Vec::new();
        let whole = common::findings(&old, &whole, Options::default());
        assert_eq!(short, whole, "{}", path.display());
    }
    assert!(seen > 100 && complaints > 10, "{seen}, {complaints}");
}

#[test]
fn a_reference_by_the_name_of_the_file_sets_versions_apart() {
    let api = |version: &str, target: &str| {
        json!({
            "openapi": "3.0.0",
            "info": {"version": version},
            "paths": {},
            "components": {"schemas": {"A": {"$ref": target}, "B": {}}},
        })
    };
    let mapped = |version: &str, target: &str| {
        let mut api = api(version, "#/components/schemas/B");
        api["components"]["schemas"]["B"] = json!({"discriminator": {"mapping": {"a": target}}});
        api
    };
    let both = |old: &Value, new: &Value| {
        let old = open("old.json", old, None).expect("an API");
        let new = open("new.json", new, None).expect("an API");
        Alike::of(&old, &new).is_some()
    };
    let alike = |target: &str| both(&api("1", target), &api("2", target));
    let named = |target: &str| both(&mapped("1", target), &mapped("2", target));
    assert!(alike("#/components/schemas/B"));
    assert!(alike("#/components/schemas/C"));
    assert!(!alike("old.json#/components/schemas/B"));
    assert!(!alike("new.json#/components/schemas/B"));
    assert!(!alike("#/info"));
    assert!(named("A") && named("#/components/schemas/A") && named("nothing"));
    assert!(!named("old.json#/components/schemas/A") && !named("new.json"));
}
