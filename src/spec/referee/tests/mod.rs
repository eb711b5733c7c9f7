//! What a referee says, by table.

mod bare;
mod judging;
mod keywords;
mod laws;

use super::{Referee, Ruling};
use crate::spec::{Assume, At, Bundle, Dialect, LoadError, Unavailable};
use crate::text::Pointer;
use crate::variance::Direction::{self, Input};
use serde_json::{Value, json};

fn load(files: &[(&str, String)], assume: Assume) -> Result<Bundle, LoadError> {
    let fetch = |path: &str| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| text.clone().into_bytes())
            .ok_or_else(|| Unavailable {
                message: "no such file".to_owned(),
                help: None,
                refused: false,
                exit: 2,
            })
    };
    Bundle::load(files[0].0, files[0].0, assume, &fetch)
}

/// An API document with these component schemas.
fn api(dialect: Dialect, schemas: &Value) -> Bundle {
    let info = json!({ "title": "t", "version": "1" });
    let document = match dialect {
        Dialect::Swagger2 => {
            json!({ "swagger": "2.0", "info": info, "paths": {}, "definitions": schemas })
        }
        Dialect::OpenApi30 => {
            json!({ "openapi": "3.0.3", "info": info, "paths": {}, "components": { "schemas": schemas } })
        }
        _ => {
            json!({ "openapi": "3.1.0", "info": info, "paths": {}, "components": { "schemas": schemas } })
        }
    };
    load(&[("api.json", document.to_string())], Assume::default()).expect("an API document")
}

fn node(bundle: &Bundle, pointer: &str) -> At {
    let root = bundle.root();
    let tree = bundle.tree(root.file);
    let pointer = Pointer::parse(pointer).expect("a pointer");
    At {
        file: root.file,
        node: tree.at_pointer(root.node, &pointer).expect("a node"),
    }
}

fn component(bundle: &Bundle, name: &str) -> At {
    match bundle.dialect {
        Dialect::Swagger2 => node(bundle, &format!("/definitions/{name}")),
        _ => node(bundle, &format!("/components/schemas/{name}")),
    }
}

fn ask(dialect: Dialect, schemas: &Value, direction: Direction, payload: &Value) -> Option<Ruling> {
    let bundle = api(dialect, schemas);
    let at = component(&bundle, "S");
    Referee::new(&bundle, false).judge(&[at], false, Some(direction), payload)
}

/// `ok`, `none`, or the keyword and where.
fn said(ruling: Option<Ruling>) -> String {
    match ruling {
        None => "none".to_owned(),
        Some(Ruling { valid: true, .. }) => "ok".to_owned(),
        Some(Ruling {
            keyword,
            at,
            member,
            ..
        }) => {
            let member = member.map(|name| format!(" {name}")).unwrap_or_default();
            format!(
                "{} at {}{member}",
                keyword.unwrap_or_default(),
                at.unwrap_or_default()
            )
        }
    }
}

const TWO: Dialect = Dialect::Swagger2;
const THREE: Dialect = Dialect::OpenApi30;
const MODERN: Dialect = Dialect::OpenApi31;

#[track_caller]
fn check(dialect: Dialect, schema: &Value, cases: &[(Value, &str)]) {
    for (payload, expected) in cases {
        let schemas = json!({ "S": schema });
        let found = said(ask(dialect, &schemas, Input, payload));
        assert_eq!(&found, expected, "{} {schema} {payload}", dialect.name());
    }
}
