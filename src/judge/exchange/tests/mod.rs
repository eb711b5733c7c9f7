//! Messages to the letter, in every style and direction.

mod messages;
mod parameters;

use crate::spec::{Assume, Bundle, Contract, Operation, Ruling, Unavailable};
use serde_json::{Value, json};

fn bundle(document: &Value) -> Bundle {
    let text = document.to_string();
    let fetch = |path: &str| match path {
        "api.json" => Ok(text.clone().into_bytes()),
        _ => Err(Unavailable {
            message: "no such file".to_owned(),
            help: None,
            refused: false,
            exit: 2,
        }),
    };
    Bundle::load("api.json", "api.json", Assume::default(), &fetch).expect("a document")
}

fn ruling(keyword: &str, at: &str, member: Option<&str>) -> Ruling {
    Ruling {
        valid: false,
        keyword: Some(keyword.to_owned()),
        at: Some(at.to_owned()),
        member: member.map(str::to_owned),
    }
}

/// A document with one operation.
fn api(path: &str, method: &str, operation: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "servers": [{ "url": "https://api.example.com/v1/" }],
        "paths": { path: { method: operation } }
    })
}

fn operation<'c, 'd>(contract: &'c Contract<'d>) -> &'c Operation<'d> {
    &contract.operations()[0]
}
