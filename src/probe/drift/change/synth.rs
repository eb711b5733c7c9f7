//! A schema out of what was seen: for what a contract does not declare.

use crate::probe::drift::{field::Type, path::Path, shape::Shape};
use crate::spec::{Dialect, Segment};
use serde_json::{Map, Value, json};

/// How deep schemas are made.
const DEEPEST: usize = 12;

/// The schema of a place: its types, what all texts look like, its members and items. What is always there is not said, since
/// a sample cannot promise it.
pub(super) fn schema(shape: &Shape, path: &Path, dialect: Dialect) -> Value {
    let mut schema = Map::new();
    let Some(field) = shape.field(path) else {
        return Value::Object(schema);
    };
    let mut types: Vec<Value> = types(field.types.keys().copied());
    if field.nulls > 0 && !types.is_empty() {
        match null_keyword(dialect) {
            Some(keyword) => {
                schema.insert(keyword.to_owned(), Value::Bool(true));
            }
            None => types.push("null".into()),
        }
    }
    if let Some(said) = said(types) {
        schema.insert("type".to_owned(), said);
    }
    let mut formats = field.formats.keys();
    if let (Some(format), None) = (formats.next(), formats.next())
        && let Some(word) = format.keyword()
    {
        schema.insert("format".to_owned(), word.into());
    }
    if path.segments().len() >= DEEPEST {
        return Value::Object(schema);
    }
    let mut properties = Map::new();
    for inside in shape.paths() {
        let Some((parent, step)) = inside.parent() else {
            continue;
        };
        if parent != *path {
            continue;
        }
        match step {
            Segment::Property(name) => {
                properties.insert(name.clone(), self::schema(shape, &inside, dialect));
            }
            Segment::Items => {
                schema.insert("items".to_owned(), self::schema(shape, &inside, dialect));
            }
            Segment::Additional => {
                let rest = self::schema(shape, &inside, dialect);
                schema.insert("additionalProperties".to_owned(), rest);
            }
            Segment::Pattern(_)
            | Segment::Prefix(_)
            | Segment::Contains
            | Segment::Names
            | Segment::Branch(_)
            | Segment::Not
            | Segment::If
            | Segment::Then
            | Segment::Else
            | Segment::Dependent(_)
            | Segment::Content => {}
        }
    }
    if !properties.is_empty() {
        schema.insert("properties".to_owned(), Value::Object(properties));
    }
    Value::Object(schema)
}

/// Types as a schema lists them: numbers stand for integers, too.
pub(super) fn types(types: impl IntoIterator<Item = Type>) -> Vec<Value> {
    let types: Vec<Type> = types.into_iter().collect();
    let numbers = types.contains(&Type::Number);
    let kept = types
        .iter()
        .filter(|kind| !(numbers && **kind == Type::Integer));
    kept.map(|kind| kind.word().into()).collect()
}

/// The value of `type`: one word, or a list.
pub(super) fn said(mut types: Vec<Value>) -> Option<Value> {
    match types.len() {
        0 => None,
        1 => types.pop(),
        _ => Some(Value::Array(types)),
    }
}

/// The keyword that allows `null` beside a type, in dialects where `null` is no type.
pub(super) const fn null_keyword(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Swagger2 => Some("x-nullable"),
        Dialect::OpenApi30 => Some("nullable"),
        Dialect::OpenApi31 | Dialect::OpenApi32 | Dialect::Schema(_) => None,
    }
}

/// A response out of what was seen.
pub(super) fn response(shape: &Shape, dialect: Dialect) -> Value {
    let mut response = json!({ "description": "" });
    if dialect == Dialect::Swagger2 {
        if shape.bodies > 0 {
            response["schema"] = schema(shape, &Path::root(), dialect);
        }
    } else if let Some(name) = &shape.of.media {
        response["content"] = json!({ name: media(shape, dialect) });
    }
    response
}

/// A media type out of what was seen.
pub(super) fn media(shape: &Shape, dialect: Dialect) -> Value {
    if shape.bodies > 0 {
        json!({ "schema": schema(shape, &Path::root(), dialect) })
    } else {
        json!({})
    }
}

/// A header of which nothing is known but its name.
pub(super) fn header(dialect: Dialect) -> Value {
    if dialect == Dialect::Swagger2 {
        json!({ "type": "string" })
    } else {
        json!({ "schema": { "type": "string" } })
    }
}
