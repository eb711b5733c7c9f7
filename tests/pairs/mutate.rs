//! Edits of a schema: what people do to contracts, and what they had better not.

use super::{
    choices::Choices,
    form::{Form, Word},
    places::places,
    schema::{Maker, Refs},
};
use serde_json::{Map, Number, Value, json};

/// The schema with one to three edits.
pub(crate) fn mutated(form: Form, schema: &Value, choices: &mut Choices<'_>) -> Value {
    let mut edited = schema.clone();
    for _ in 0..=choices.below(3) {
        edit(form, &mut edited, choices);
    }
    edited
}

/// The schema in other words: the same values, whatever they are.
pub(crate) fn reworded(schema: &Value, choices: &mut Choices<'_>) -> Value {
    let mut edited = schema.clone();
    for _ in 0..=choices.below(3) {
        let all = inside(&edited);
        let Some(at) = all.get(choices.below(all.len())) else {
            return edited;
        };
        let held = edited.pointer_mut(at).expect("a place");
        let inner = held.take();
        *held = match choices.below(5) {
            0 => json!({"allOf": [inner]}),
            1 => json!({"anyOf": [inner]}),
            2 => json!({"oneOf": [inner]}),
            3 => json!({"not": {"not": inner}}),
            _ => json!({"anyOf": [inner, {"not": {}}]}),
        };
    }
    edited
}

/// The places of a document below its root, which holds the shared schemas.
fn inside(schema: &Value) -> Vec<String> {
    places(schema)
        .into_iter()
        .filter(|at| !at.is_empty())
        .collect()
}

fn edit(form: Form, schema: &mut Value, choices: &mut Choices<'_>) {
    let all = places(schema);
    let at = all[choices.below(all.len())].clone();
    let refs = if at.contains("$defs") {
        Refs::Inside
    } else {
        Refs::Anywhere
    };
    let kind = choices.below(20);
    let held = schema.pointer_mut(&at).expect("a place");
    match (kind, at.is_empty()) {
        (0..=2, _) => nudge(held, choices),
        (3 | 4, _) => {
            let mut maker = Maker {
                form,
                choices,
                refs,
            };
            let (keyword, value) = maker.keyword(1);
            if let Value::Object(keywords) = held {
                keywords.insert(keyword.to_owned(), value);
            }
        }
        (5 | 6, _) => remove(held, choices),
        (7, false) => {
            *held = Maker {
                form,
                choices,
                refs,
            }
            .schema(1);
        }
        (8, false) => wrap(held, choices),
        (9, _) => shift(held, choices),
        (10, _) => unwrap(held),
        (11, _) => list(held, choices),
        (12, _) => close(held),
        (13, _) => require(held, choices),
        (14, _) => rename(held, choices),
        (15, _) => {
            let member = Maker {
                form,
                choices,
                refs,
            }
            .schema(1);
            let name = choices.name();
            with(held, "properties", |members| {
                members.insert(name.to_owned(), member);
            });
        }
        (16, _) => swap_branches(held),
        (17, false) => extract(form, schema, &at),
        (18, _) => branch(
            held,
            Maker {
                form,
                choices,
                refs,
            }
            .schema(1),
        ),
        _ => retype(form, held, choices),
    }
}

fn with(schema: &mut Value, keyword: &str, edit: impl FnOnce(&mut Map<String, Value>)) {
    if let Some(Value::Object(members)) = schema.get_mut(keyword) {
        edit(members);
    }
}

/// A number a little more or less, or a pattern for another.
fn nudge(schema: &mut Value, choices: &mut Choices<'_>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    let edited: Vec<&mut Value> = keywords
        .iter_mut()
        .filter(|(keyword, value)| value.is_number() || *keyword == "pattern")
        .map(|(_, value)| value)
        .collect();
    let count = edited.len();
    if count == 0 {
        return;
    }
    let chosen = choices.below(count);
    let Some(value) = edited.into_iter().nth(chosen) else {
        return;
    };
    match value {
        Value::Number(number) => {
            let more = choices.below(2) == 0;
            *number = stepped(number, more);
        }
        other => *other = choices.pattern().into(),
    }
}

/// A whole number next to this one, not below 0; others become 1 or 2.
fn stepped(number: &Number, more: bool) -> Number {
    match (number.as_u64(), more) {
        (Some(whole), true) => (whole + 1).into(),
        (Some(whole), false) if whole > 1 => (whole - 1).into(),
        (_, true) => 2.into(),
        (_, false) => 1.into(),
    }
}

fn remove(schema: &mut Value, choices: &mut Choices<'_>) {
    if let Value::Object(keywords) = schema {
        let names: Vec<String> = keywords
            .keys()
            .filter(|name| *name != "$defs")
            .cloned()
            .collect();
        if let Some(name) = names.get(choices.below(names.len())) {
            keywords.remove(name);
        }
    }
}

fn wrap(schema: &mut Value, choices: &mut Choices<'_>) {
    let inner = schema.take();
    *schema = match choices.below(4) {
        0 => json!({"allOf": [inner]}),
        1 => json!({"anyOf": [inner]}),
        2 => json!({"oneOf": [inner, {"type": "null"}]}),
        _ => json!({"not": {"not": inner}}),
    };
}

/// Moves a keyword into a branch of `allOf`, or a branch's keyword to another branch.
fn shift(schema: &mut Value, choices: &mut Choices<'_>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if let Some(Value::Array(parts)) = keywords.get_mut("allOf")
        && parts.len() > 1
        && let Value::Object(first) = &mut parts[0]
        && let Some(name) = first.keys().next().cloned()
        && let Some(value) = first.remove(&name)
    {
        parts.push(json!({name: value}));
        return;
    }
    let movable = [
        "required",
        "minimum",
        "maximum",
        "pattern",
        "properties",
        "enum",
    ];
    let name = choices.of(&movable);
    if !keywords.contains_key("allOf")
        && !keywords.contains_key("additionalProperties")
        && let Some(value) = keywords.remove(name)
    {
        keywords.insert("allOf".to_owned(), json!([{name: value}]));
    }
}

/// A wrapper of one part without other keywords gives way to its part.
fn unwrap(schema: &mut Value) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Value::Object(keywords) = schema
            && keywords.len() == 1
            && let Some(Value::Array(parts)) = keywords.get_mut(keyword)
            && let [one] = parts.as_mut_slice()
        {
            *schema = one.take();
            return;
        }
    }
}

fn list(schema: &mut Value, choices: &mut Choices<'_>) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    if values.len() > 1 && choices.rarely(2) {
        values.pop();
        return;
    }
    let value = choices.scalar();
    if !values.contains(&value) {
        values.push(value);
    }
}

fn close(schema: &mut Value) {
    if let Value::Object(keywords) = schema
        && keywords.contains_key("properties")
        && keywords.remove("additionalProperties").is_none()
    {
        keywords.insert("additionalProperties".to_owned(), json!(false));
    }
}

fn require(schema: &mut Value, choices: &mut Choices<'_>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if keywords.remove("required").is_none() && keywords.contains_key("properties") {
        keywords.insert("required".to_owned(), json!([choices.name()]));
    }
}

fn rename(schema: &mut Value, choices: &mut Choices<'_>) {
    let name = choices.name();
    let keep = choices.rarely(2);
    with(schema, "properties", |members| {
        let Some(first) = members.keys().next().cloned() else {
            return;
        };
        if let Some(value) = members.remove(&first)
            && keep
        {
            members.insert(name.to_owned(), value);
        }
    });
}

fn swap_branches(schema: &mut Value) {
    let Value::Object(keywords) = schema else {
        return;
    };
    let (from, to) = if keywords.contains_key("oneOf") {
        ("oneOf", "anyOf")
    } else {
        ("anyOf", "oneOf")
    };
    if !keywords.contains_key(to)
        && let Some(branches) = keywords.remove(from)
    {
        keywords.insert(to.to_owned(), branches);
    }
}

fn branch(schema: &mut Value, made: Value) {
    for keyword in ["anyOf", "oneOf", "allOf"] {
        if let Some(Value::Array(branches)) = schema.get_mut(keyword) {
            if branches.len() > 1 && made.is_boolean() {
                branches.pop();
            } else {
                branches.push(made);
            }
            return;
        }
    }
}

/// Puts a schema beside the shared ones, and a reference in its place.
fn extract(form: Form, schema: &mut Value, at: &str) {
    // A branch that a shared schema needs could become itself.
    if at.contains("$defs") || schema.pointer("/$defs/C").is_some() {
        return;
    }
    let held = schema.pointer_mut(at).expect("a place");
    if held.is_boolean() && !form.says(Word::Booleans) {
        return;
    }
    let inner = std::mem::replace(held, json!({"$ref": "#/$defs/C"}));
    schema["$defs"]["C"] = inner;
}

fn retype(form: Form, schema: &mut Value, choices: &mut Choices<'_>) {
    let Some(held) = schema.get("type").cloned() else {
        return;
    };
    let kind = choices.of(&["string", "integer", "number", "object", "null", "boolean"]);
    schema["type"] = match held {
        Value::String(own) if own != kind && form.says(Word::TypeLists) && choices.rarely(2) => {
            json!([own, kind])
        }
        Value::Array(kinds) => kinds[0].clone(),
        _ => kind.into(),
    };
}
