//! The tolerant reading on single values, by its definition, in as few words as possible.

use super::validators::Validators;
use serde_json::{Map, Value};

/// The most members that are left out together in every way.
const MOST_LEFT_OUT: usize = 7;

/// Whether all members of a valid value are declared, wherever objects are not free-form.
pub(crate) fn is_declared(validators: &Validators, value: &Value) -> bool {
    declared(validators, &[validators.schema()], value)
}

fn declared(validators: &Validators, roots: &[&Value], value: &Value) -> bool {
    let mut applied = Vec::new();
    for root in roots {
        validators.applied(root, value, &mut applied, 0);
    }
    // Which members and items are unevaluated is left to the validator; such values are no argument.
    if applied.iter().any(|keywords| evaluates_rest(keywords)) {
        return false;
    }
    match value {
        Value::Object(members) => members.iter().all(|(name, inner)| {
            let is_free = !applied.iter().any(|keywords| names_any(keywords));
            let is_named = applied.iter().any(|keywords| names(keywords, name));
            let inside: Vec<&Value> = applied
                .iter()
                .flat_map(|keywords| of_member(keywords, name))
                .collect();
            (is_free || is_named) && declared(validators, &inside, inner)
        }),
        Value::Array(items) => items.iter().enumerate().all(|(index, inner)| {
            let inside: Vec<&Value> = applied
                .iter()
                .filter_map(|keywords| of_item(keywords, index))
                .collect();
            declared(validators, &inside, inner)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn evaluates_rest(keywords: &Map<String, Value>) -> bool {
    let members = keywords.get("unevaluatedProperties");
    members.is_some_and(|rest| *rest != Value::Bool(false))
        || keywords.contains_key("unevaluatedItems")
}

fn names_any(keywords: &Map<String, Value>) -> bool {
    let filled = |keyword: &str| match keywords.get(keyword) {
        Some(Value::Object(all)) => !all.is_empty(),
        Some(Value::Array(all)) => !all.is_empty(),
        _ => false,
    };
    let named = [
        "properties",
        "patternProperties",
        "required",
        "dependentRequired",
        "dependentSchemas",
    ];
    named.into_iter().any(filled) || allows_others(keywords)
}

/// Whether a keyword is about all other members and allows some.
fn allows_others(keywords: &Map<String, Value>) -> bool {
    let rest = keywords.get("additionalProperties");
    rest.is_some_and(|rest| *rest != Value::Bool(false))
}

fn names(keywords: &Map<String, Value>, name: &str) -> bool {
    let listed = |value: &Value| {
        let mut all = value.as_array().into_iter().flatten();
        all.any(|listed| listed == name)
    };
    let keyed = |keyword: &str| {
        keywords
            .get(keyword)
            .is_some_and(|all| all.get(name).is_some())
    };
    let dependent = keywords.get("dependentRequired").and_then(Value::as_object);
    keyed("properties")
        || keyed("dependentRequired")
        || keyed("dependentSchemas")
        || keywords.get("required").is_some_and(listed)
        || dependent.is_some_and(|all| all.values().any(listed))
        || patterns(keywords, name).next().is_some()
        || allows_others(keywords)
}

fn patterns<'a>(
    keywords: &'a Map<String, Value>,
    name: &'a str,
) -> impl Iterator<Item = &'a Value> + 'a {
    let all = keywords.get("patternProperties").and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .filter(move |(pattern, _)| Validators::matches(pattern, name))
        .map(|(_, inner)| inner)
}

fn of_member<'a>(keywords: &'a Map<String, Value>, name: &'a str) -> Vec<&'a Value> {
    let own = keywords.get("properties").and_then(|all| all.get(name));
    let mut found: Vec<&Value> = own.into_iter().chain(patterns(keywords, name)).collect();
    if found.is_empty() {
        found.extend(keywords.get("additionalProperties"));
    }
    found
}

fn of_item(keywords: &Map<String, Value>, index: usize) -> Option<&Value> {
    let prefix = keywords.get("prefixItems").and_then(|all| all.get(index));
    prefix.or_else(|| keywords.get("items"))
}

/// Whether no way of leaving out members that may be undeclared makes a value valid; false where there are too many.
pub(crate) fn is_unreadable(validators: &Validators, value: &Value) -> bool {
    let mut loose = Vec::new();
    find_loose(
        validators.schema(),
        Some(validators.schema()),
        value,
        "",
        &mut loose,
    );
    if loose.len() > MOST_LEFT_OUT {
        return false;
    }
    (0..1usize << loose.len()).all(|chosen| {
        let mut pruned = value.clone();
        for (index, (place, name)) in loose.iter().enumerate() {
            // A member of what is gone is gone as well.
            if chosen >> index & 1 == 1
                && let Some(Value::Object(members)) = pruned.pointer_mut(place)
            {
                members.remove(name);
            }
        }
        !validators.accepts(&pruned)
    })
}

/// Members that are not named by what always applies there.
fn find_loose(
    root: &Value,
    schema: Option<&Value>,
    value: &Value,
    at: &str,
    into: &mut Vec<(String, String)>,
) {
    let mut always = Vec::new();
    if let Some(schema) = schema {
        unconditional(root, schema, &mut always, 0);
    }
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let named = always.iter().any(|keywords| names(keywords, name));
                if !named {
                    into.push((at.to_owned(), name.clone()));
                }
                let below = always
                    .iter()
                    .find_map(|held| held.get("properties")?.get(name));
                find_loose(root, below, inner, &format!("{at}/{name}"), into);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                let below = always.iter().find_map(|held| of_item(held, index));
                find_loose(root, below, inner, &format!("{at}/{index}"), into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn unconditional<'a>(
    root: &'a Value,
    schema: &'a Value,
    into: &mut Vec<&'a Map<String, Value>>,
    depth: usize,
) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if depth > 8 {
        return;
    }
    into.push(keywords);
    let target = keywords.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| root.pointer(target.trim_start_matches('#')));
    let parts = keywords.get("allOf").and_then(Value::as_array);
    for part in target.into_iter().chain(parts.into_iter().flatten()) {
        unconditional(root, part, into, depth + 1);
    }
}
