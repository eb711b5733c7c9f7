//! Schemas in the words of their form.

use super::form::{Form, Word};
use contract::spec::Draft;
use serde_json::{Map, Value, json};

/// The schema without what its form has no words for; still as draft 2020-12 says it.
pub(crate) fn settled(form: Form, schema: &Value) -> Value {
    match schema {
        Value::Bool(yes) if form.says(Word::Booleans) => Value::Bool(*yes),
        Value::Bool(true) => json!({}),
        Value::Bool(false) => json!({"not": {}}),
        Value::Object(keywords) => settled_keywords(form, keywords),
        other => other.clone(),
    }
}

fn settled_keywords(form: Form, keywords: &Map<String, Value>) -> Value {
    let mut made = Map::new();
    for (keyword, value) in keywords {
        made.insert(keyword.clone(), settled_value(form, keyword, value));
    }
    if !form.says(Word::Const)
        && let Some(value) = made.remove("const")
    {
        made.insert("enum".to_owned(), json!([value]));
    }
    for (one, other) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if made.contains_key(one) {
            made.remove(other);
        }
    }
    // OpenAPI documents leave the type out wherever they list members.
    if form.is_api() && made.contains_key("properties") && !made.contains_key("type") {
        made.insert("type".to_owned(), json!("object"));
    }
    if form == Form::Api30 && made.get("type") == Some(&json!("null")) {
        made.remove("type");
        let shared = made.remove("$defs");
        let rest = std::mem::take(&mut made);
        made.insert("allOf".to_owned(), json!([{"enum": [null]}, rest]));
        made.extend(shared.map(|shared| ("$defs".to_owned(), shared)));
    }
    // Items are never left open in OpenAPI 3.0.
    if form == Form::Api30
        && made.get("type") == Some(&json!("array"))
        && !made.contains_key("items")
    {
        made.insert("items".to_owned(), json!({}));
    }
    let alone = made.len() == 1 || form.says(Word::Siblings);
    if !alone && let Some(target) = made.remove("$ref") {
        let shared = made.remove("$defs");
        made = Map::from_iter([("allOf".to_owned(), json!([{"$ref": target}, made]))]);
        made.extend(shared.map(|shared| ("$defs".to_owned(), shared)));
    }
    made.into()
}

fn settled_value(form: Form, keyword: &str, value: &Value) -> Value {
    match (keyword, value) {
        ("additionalProperties" | "unevaluatedProperties", Value::Bool(_)) => value.clone(),
        ("properties" | "patternProperties" | "dependentSchemas" | "$defs", Value::Object(all)) => {
            let inside = all
                .iter()
                .map(|(name, inner)| (name.clone(), settled(form, inner)));
            Value::Object(inside.collect())
        }
        ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(all)) => {
            all.iter().map(|inner| settled(form, inner)).collect()
        }
        (
            "additionalProperties"
            | "items"
            | "contains"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "unevaluatedProperties"
            | "unevaluatedItems",
            inner,
        ) => settled(form, inner),
        _ => value.clone(),
    }
}

/// The document of a settled schema.
pub(crate) fn document(form: Form, schema: &Value) -> Value {
    match form {
        Form::Bare(draft) => {
            let written = written(form, schema);
            match (draft, written) {
                (Draft::D4 | Draft::D6 | Draft::D7, Value::Object(mut members)) => {
                    let shared = members.remove("$defs");
                    members.extend(shared.map(|shared| ("definitions".to_owned(), shared)));
                    // A reference at the root hides the shared schemas from nobody, only other keywords.
                    Value::Object(members)
                }
                (_, written) => written,
            }
        }
        Form::Api30 | Form::Api31 => api(form, schema),
    }
}

fn api(form: Form, schema: &Value) -> Value {
    let version = if form == Form::Api30 {
        "3.0.3"
    } else {
        "3.1.0"
    };
    let mut root = written(form, schema);
    let mut shared = match root.as_object_mut().and_then(|root| root.remove("$defs")) {
        Some(Value::Object(shared)) => shared,
        _ => Map::new(),
    };
    shared.insert("Root".to_owned(), root);
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}});
    json!({
        "openapi": version,
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": {
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "Done", "content": content}},
        }}},
        "components": {"schemas": shared},
    })
}

fn written(form: Form, value: &Value) -> Value {
    match value {
        Value::Object(keywords) => {
            let mut made = Map::new();
            for (keyword, value) in keywords {
                let value = match keyword.as_str() {
                    "$ref" => target(form, value),
                    "enum" | "const" | "required" => value.clone(),
                    "properties" | "patternProperties" | "dependentSchemas" | "$defs" => {
                        named(form, value)
                    }
                    _ => written(form, value),
                };
                made.insert(keyword.clone(), value);
            }
            in_words(form, &mut made);
            made.into()
        }
        Value::Array(parts) => parts.iter().map(|part| written(form, part)).collect(),
        other => other.clone(),
    }
}

fn named(form: Form, value: &Value) -> Value {
    let Value::Object(all) = value else {
        return value.clone();
    };
    all.iter()
        .map(|(name, inner)| (name.clone(), written(form, inner)))
        .collect::<Map<_, _>>()
        .into()
}

fn target(form: Form, value: &Value) -> Value {
    let text = value.as_str().expect("a reference");
    let folder = match form {
        Form::Bare(Draft::D4 | Draft::D6 | Draft::D7) => "#/definitions/",
        Form::Bare(_) => "#/$defs/",
        Form::Api30 | Form::Api31 => "#/components/schemas/",
    };
    text.replace("#/$defs/", folder).into()
}

fn in_words(form: Form, made: &mut Map<String, Value>) {
    if matches!(form, Form::Bare(Draft::D4) | Form::Api30) {
        for (flag, bound) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if let Some(limit) = made.get(flag).filter(|limit| limit.is_number()).cloned() {
                made.insert(flag.to_owned(), json!(true));
                made.insert(bound.to_owned(), limit);
            }
        }
    }
    if form == Form::Api30
        && let Some(Value::Array(kinds)) = made.get("type")
    {
        let kind = kinds[0].clone();
        made.insert("type".to_owned(), kind);
        made.insert("nullable".to_owned(), json!(true));
    }
    if matches!(form, Form::Bare(draft) if draft < Draft::D2020)
        && let Some(prefix) = made.remove("prefixItems")
    {
        let rest = made.insert("items".to_owned(), prefix);
        made.extend(rest.map(|rest| ("additionalItems".to_owned(), rest)));
    }
}
