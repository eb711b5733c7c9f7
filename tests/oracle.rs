//! `openapiv3` as an oracle: what it reads, we read the same.

#![allow(clippy::print_stderr, reason = "a skipped test says why")]
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{
    spec::{self, Dialect, Status},
    tree,
};
use openapiv3::{OpenAPI, ReferenceOr, StatusCode};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Per operation: its parameters, and its responses.
type Surface = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

fn documents() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for folder in ["contracts", "rules"] {
        for (old, new) in common::pairs(&fixtures.join(folder)) {
            found.extend([old, new]);
        }
    }
    found.extend(common::corpus::documents());
    found
}

fn by_the_oracle(document: &OpenAPI) -> Surface {
    let mut surface = Surface::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        for (method, operation) in item.iter() {
            let own = operation.parameters.iter().chain(&item.parameters);
            let parameters = own
                .filter_map(|parameter| parameter_of(document, parameter))
                .collect();
            let mut responses: BTreeSet<String> = operation
                .responses
                .responses
                .keys()
                .map(|status| match status {
                    StatusCode::Code(code) => Status::Code(*code).to_string(),
                    StatusCode::Range(range) => format!("{range}XX"),
                })
                .collect();
            if operation.responses.default.is_some() {
                responses.insert("default".to_owned());
            }
            surface.insert(
                format!("{} {path}", method.to_uppercase()),
                (parameters, responses),
            );
        }
    }
    surface
}

fn parameter_of(
    document: &OpenAPI,
    parameter: &ReferenceOr<openapiv3::Parameter>,
) -> Option<String> {
    let parameter = match parameter {
        ReferenceOr::Item(parameter) => parameter,
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/parameters/")?;
            document
                .components
                .as_ref()?
                .parameters
                .get(name)?
                .as_item()?
        }
    };
    let data = parameter.parameter_data_ref();
    let place = match parameter {
        openapiv3::Parameter::Query { .. } => "query",
        openapiv3::Parameter::Header { .. } => "header",
        openapiv3::Parameter::Path { .. } => "path",
        openapiv3::Parameter::Cookie { .. } => "cookie",
    };
    let name = if place == "header" {
        data.name.to_lowercase()
    } else {
        data.name.clone()
    };
    let required = data.required || place == "path";
    Some(format!("{place} {name} {required}"))
}

fn by_us(path: &Path) -> Surface {
    let bundle = common::load(path);
    let contract = spec::read(&bundle);
    let mut surface = Surface::new();
    for operation in contract.operations() {
        let parameters = operation
            .parameters
            .iter()
            .map(|parameter| {
                format!(
                    "{} {} {}",
                    parameter.place.word(),
                    parameter.name,
                    parameter.required
                )
            })
            .collect();
        let responses = operation
            .responses
            .iter()
            .map(|response| response.status.to_string())
            .collect();
        surface.insert(
            format!("{} {}", operation.method, operation.path),
            (parameters, responses),
        );
    }
    surface
}

#[test]
fn operations_parameters_and_responses_agree_with_openapiv3() {
    let mut compared = 0;
    for path in documents() {
        let bytes = fs::read(&path).expect("readable");
        let tree = tree::parse_bytes(path.display().to_string(), bytes).expect("parses");
        let is_30 = spec::detect(&tree, spec::Assume::default()) == Ok(Dialect::OpenApi30);
        // References to other files are beyond the oracle.
        if !is_30 || common::load(&path).files.len() > 1 {
            continue;
        }
        let mut text = String::new();
        tree.write_json(tree.root(), &mut text).expect("not a bomb");
        let Ok(document) = serde_json::from_str::<OpenAPI>(&text) else {
            eprintln!("openapiv3 does not read {}", path.display());
            continue;
        };
        let (oracle, ours) = (by_the_oracle(&document), by_us(&path));
        for (operation, expected) in &oracle {
            assert_eq!(
                ours.get(operation),
                Some(expected),
                "{} {operation}",
                path.display()
            );
        }
        assert_eq!(ours.len(), oracle.len(), "{}", path.display());
        compared += 1;
    }
    assert!(compared > 0, "no OpenAPI 3.0 document was compared");
}
