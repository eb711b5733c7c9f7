//! From an answer to its shape.

use super::{
    field::{Field, Length, Type, Values},
    format::Format,
    latency::Histogram,
    path::Path,
    places::{self, Here},
    shape::{Beyond, Key, Shape},
};
use crate::diff::Elements;
use crate::probe::exchange::{Credentials, Exchange, Response};
use crate::spec::{At, Contract, Schemas, Segment, Shape as Declared};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

/// How deep bodies are looked into.
const DEEPEST: usize = 24;
/// How many items of a list are looked at.
const ITEMS: usize = 1_000;
/// The longest text that may count as one of few values.
const LONGEST: usize = 40;
/// The longest name that is not data.
const LONGEST_NAME: usize = 64;

/// What bodies are seen against.
pub struct Observer<'a, 'd> {
    contract: &'a Contract<'d>,
    elements: Elements<'a, 'd>,
    schemas: Schemas<'d>,
    id: String,
    digest: String,
    kept: &'a dyn Fn(&Key, &Path) -> bool,
}

impl<'a, 'd> Observer<'a, 'd> {
    /// An observer of what a contract declares; `id` is the contract's, and `kept` says of which places the values may be
    /// kept although the contract has no `enum` there.
    #[must_use]
    pub fn new(
        contract: &'a Contract<'d>,
        id: &str,
        kept: &'a dyn Fn(&Key, &Path) -> bool,
    ) -> Self {
        Self {
            contract,
            elements: Elements::new(contract, id),
            schemas: Schemas::new(contract.bundle),
            id: id.to_owned(),
            digest: digest(contract),
            kept,
        }
    }

    /// The shape of one answer; `None` where there is none, or none that says anything of the contract.
    #[must_use]
    pub fn observe(&self, exchange: &Exchange) -> Option<Shape> {
        let response = exchange.answer().filter(|_| is_evidence(exchange))?;
        let of = Key {
            contract: self.id.clone(),
            operation: exchange.request.operation.clone(),
            status: response.status,
            media: response
                .media_type()
                .filter(|_| response.truncated || !response.body.is_empty()),
        };
        let mut shape = Shape::empty(of);
        shape.samples = 1;
        shape.contracts.insert(self.digest.clone(), 1);
        shape.latency = Histogram::one(Duration::from_micros(response.timings.total));
        for (name, value) in &response.headers {
            let name = name.to_ascii_lowercase();
            if name.ends_with("version") && value.len() <= LONGEST {
                let seen = shape.versions.remove(&name).unwrap_or_default();
                let seen = seen.and(Values::one(Value::from(value.as_str()).to_string()));
                shape.versions.insert(name.clone(), seen);
            }
            shape.headers.insert(name, 1);
        }
        if let Some(body) = json(response) {
            shape.bodies = 1;
            let nodes = self.root(&shape.of);
            let beyond = nodes.is_none().then(Path::root);
            let mut walk = Walk {
                observer: self,
                shape: &mut shape,
            };
            walk.value(
                &body,
                &Path::root(),
                &nodes.unwrap_or_default(),
                beyond.as_ref(),
            );
            shape.undeclared.values_mut().for_each(Beyond::settle);
        }
        Some(shape)
    }

    fn root(&self, of: &Key) -> Option<Vec<At>> {
        let operation = places::operation(self.contract, &self.elements, &of.operation)?;
        let response = places::response(operation, of.status)?;
        match &places::media(response, of.media.as_deref()?)?.shape {
            Some(Declared::Node(at)) => Some(vec![*at]),
            Some(Declared::Form(_)) | None => None,
        }
    }
}

/// A digest of all files of a contract, as they are written.
#[must_use]
pub fn digest(contract: &Contract<'_>) -> String {
    let mut state = Sha256::new();
    for file in &contract.bundle.files {
        for part in [file.path.as_str(), file.tree.source().text()] {
            state.update(part.len().to_be_bytes());
            state.update(part.as_bytes());
        }
    }
    format!("sha256:{}", hex(&state.finalize()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether there is an answer that says something of the contract: not "later", not "not you", and not from something in between
/// that gave up.
#[must_use]
pub fn is_evidence(exchange: &Exchange) -> bool {
    match exchange.answer().map(|response| response.status) {
        None | Some(408 | 425 | 429 | 502 | 503 | 504) => false,
        Some(401 | 403 | 407) => match exchange.request.credentials {
            Credentials::All | Credentials::Of(_) => false,
            Credentials::None | Credentials::Invalid => true,
        },
        Some(_) => true,
    }
}

/// The body of an answer, if it is JSON and whole.
fn json(response: &Response) -> Option<Value> {
    let media = response.media_type()?;
    let is_json = media == "application/json" || media.ends_with("+json");
    if !is_json || response.truncated {
        return None;
    }
    serde_json::from_slice(&response.body).ok()
}

struct Walk<'w, 'a, 'd> {
    observer: &'w Observer<'a, 'd>,
    shape: &'w mut Shape,
}

impl<'d> Walk<'_, '_, 'd> {
    /// Counts a value; `beyond` is the innermost declared place around one that the contract does not declare.
    fn value(&mut self, value: &Value, path: &Path, nodes: &[At], beyond: Option<&Path>) {
        let here = places::here(&self.observer.schemas, nodes);
        let field = self.field(value, path, &here);
        let (fields, place) = match beyond {
            None => (&mut self.shape.declared, path.clone()),
            Some(around) => {
                let beyond = self.shape.undeclared.entry(around.clone()).or_default();
                (&mut beyond.fields, path.beneath(around))
            }
        };
        let sum = fields.remove(&place).unwrap_or_default();
        fields.insert(place, sum.and(field));
        if path.segments().len() >= DEEPEST {
            return;
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if let Some(known) = places::member(&self.observer.schemas, &here, name) {
                        self.value(member, &path.child(known.step), &known.nodes, beyond);
                        continue;
                    }
                    let step = if is_data(name) {
                        Segment::Additional
                    } else {
                        Segment::Property(name.clone())
                    };
                    self.value(member, &path.child(step), &[], beyond.or(Some(path)));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().take(ITEMS).enumerate() {
                    let known = places::item(&here, index);
                    let lost = known.nodes.is_empty().then_some(path);
                    self.value(item, &path.child(known.step), &known.nodes, beyond.or(lost));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn field(&self, value: &Value, path: &Path, here: &Here<'d>) -> Field {
        let mut field = Field {
            seen: 1,
            ..Field::default()
        };
        let Some(kind) = kind(value) else {
            field.nulls = 1;
            return field;
        };
        field.types = BTreeMap::from([(kind, 1)]);
        let length = |length: usize| Some(Length::of(u64::try_from(length).unwrap_or(u64::MAX)));
        match value {
            Value::String(text) => {
                field.formats = BTreeMap::from([(Format::of(text), 1)]);
                field.length = length(text.chars().count());
            }
            Value::Array(items) => field.length = length(items.len()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
        }
        field.values = self.values(value, path, here);
        field
    }

    fn values(&self, value: &Value, path: &Path, here: &Here<'d>) -> Values {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Values::default();
            }
        };
        let listed = here
            .iter()
            .any(|schema| !schema.values.is_empty() || schema.extensible.is_some());
        let short = text.chars().count() <= LONGEST;
        if short && (listed || (self.observer.kept)(&self.shape.of, path)) {
            return Values::one(value.to_string());
        }
        if !value.is_string() {
            return Values::default();
        }
        if !short || Format::of(&text).is_individual() {
            return Values::Open;
        }
        // The same value at another place has another hash, so that nothing can be joined.
        let Key {
            contract,
            operation,
            ..
        } = &self.shape.of;
        let told = format!("contract.shape/v1\0{contract}\0{operation}\0{path}\0{text}");
        Values::one(format!("#{}", hex(&Sha256::digest(told.as_bytes())[..6])))
    }
}

fn kind(value: &Value) -> Option<Type> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) => {
            let whole = |number: f64| number.fract() == 0.0;
            if number.is_i64() || number.is_u64() || number.as_f64().is_some_and(whole) {
                Type::Integer
            } else {
                Type::Number
            }
        }
        Value::String(_) => Type::String,
        Value::Array(_) => Type::Array,
        Value::Object(_) => Type::Object,
    })
}

/// Whether the name of a member is an id or a person rather than a word of the vendor's.
fn is_data(name: &str) -> bool {
    let digits = |name: &str| name.bytes().filter(u8::is_ascii_digit).count();
    let hexadecimal = name.len() >= 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.is_empty()
        || name.chars().count() > LONGEST_NAME
        || Format::of(name).is_individual()
        || digits(name) >= 5
        || (hexadecimal && digits(name) > 0)
}
