//! The validators of a schema and of its parts.

use super::form::Form;
use contract::spec::Draft;
use jsonschema::{ValidationOptions, Validator};
use serde_json::{Map, Value, json};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// The validators of a document.
pub(crate) struct Validators {
    form: Form,
    /// As draft 2020-12 says it.
    schema: Value,
    whole: Validator,
    parts: RefCell<HashMap<String, Rc<Validator>>>,
}

impl Validators {
    /// Of a settled schema, and of what is written for it, which is what counts where a validator reads it.
    pub(crate) fn new(form: Form, schema: &Value, document: &Value) -> Self {
        let whole = match form {
            Form::Bare(draft) => build(&options(form, draft), document),
            Form::Api30 | Form::Api31 => build(&options(form, Draft::D2020), schema),
        };
        Self {
            form,
            schema: schema.clone(),
            whole,
            parts: RefCell::default(),
        }
    }

    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    pub(crate) fn accepts(&self, value: &Value) -> bool {
        self.whole.is_valid(value)
    }

    /// Whether a part of the document accepts a value.
    pub(crate) fn part_accepts(&self, part: &Value, value: &Value) -> bool {
        let key = part.to_string();
        let known = self.parts.borrow().get(&key).cloned();
        let validator = known.unwrap_or_else(|| {
            let shared = self.schema.get("$defs").cloned().unwrap_or_default();
            let document = json!({"allOf": [part], "$defs": shared});
            let built = Rc::new(build(&options(self.form, Draft::D2020), &document));
            self.parts.borrow_mut().insert(key, Rc::clone(&built));
            built
        });
        validator.is_valid(value)
    }

    /// The schema objects that apply to a value and accept it.
    pub(crate) fn applied<'a>(
        &'a self,
        schema: &'a Value,
        value: &Value,
        into: &mut Vec<&'a Map<String, Value>>,
        depth: usize,
    ) {
        let Value::Object(keywords) = schema else {
            return;
        };
        if depth > 12 {
            return;
        }
        into.push(keywords);
        let target = keywords.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| self.schema.pointer(target.trim_start_matches('#')));
        let all = keywords.get("allOf").and_then(Value::as_array);
        for part in target.into_iter().chain(all.into_iter().flatten()) {
            self.applied(part, value, into, depth + 1);
        }
        let branches = ["anyOf", "oneOf"]
            .into_iter()
            .filter_map(|keyword| keywords.get(keyword)?.as_array());
        for part in branches.flatten() {
            if self.part_accepts(part, value) {
                self.applied(part, value, into, depth + 1);
            }
        }
        if let Some(when) = keywords.get("if") {
            let holds = self.part_accepts(when, value);
            let chosen = keywords.get(if holds { "then" } else { "else" });
            for part in chosen.into_iter().chain(holds.then_some(when)) {
                self.applied(part, value, into, depth + 1);
            }
        }
        if let Some(Value::Object(dependent)) = keywords.get("dependentSchemas") {
            for (name, part) in dependent {
                if value.get(name).is_some() {
                    self.applied(part, value, into, depth + 1);
                }
            }
        }
    }

    /// Whether a name matches a pattern.
    pub(crate) fn matches(pattern: &str, name: &str) -> bool {
        let schema = json!({"pattern": pattern});
        build(&jsonschema::options(), &schema).is_valid(&name.into())
    }
}

fn build(options: &ValidationOptions<'_>, schema: &Value) -> Validator {
    options
        .build(schema)
        .unwrap_or_else(|error| panic!("{error}: {schema}"))
}

fn options<'i>(form: Form, draft: Draft) -> ValidationOptions<'i> {
    let draft = match draft {
        Draft::D4 => jsonschema::Draft::Draft4,
        Draft::D6 => jsonschema::Draft::Draft6,
        Draft::D7 => jsonschema::Draft::Draft7,
        Draft::D2019 => jsonschema::Draft::Draft201909,
        Draft::D2020 => jsonschema::Draft::Draft202012,
    };
    jsonschema::options()
        .with_draft(draft)
        .should_validate_formats(form.is_api())
}
