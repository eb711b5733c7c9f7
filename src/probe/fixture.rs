//! What several tests need: documents out of values.

use crate::spec::{Assume, Bundle, Contract, Operation, Unavailable};
use serde_json::Value;

/// A document of one file.
pub(crate) fn bundle(document: &Value) -> Bundle {
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

/// The operation with this id.
pub(crate) fn operation<'c, 'd>(contract: &'c Contract<'d>, id: &str) -> &'c Operation<'d> {
    let mut all = contract.operations().iter();
    all.find(|operation| operation.id == Some(id))
        .expect("an operation")
}
