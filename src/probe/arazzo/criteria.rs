//! Criterion Objects, and a word where tools differ about them.

use super::{
    JsonPathMode, condition,
    document::{Document, text_of},
    object::Object,
    workflow,
};
use crate::probe::{
    expression::Template,
    jsonpath::JsonPath,
    workflow::{Criterion, Operand, Pattern, Simple},
};
use crate::tree::{Kind, fields::Value};

pub(super) fn criteria<'t>(value: Value<'t>, document: &Document<'t>) -> Vec<Criterion> {
    let criteria = value.each(|item| criterion(item, document));
    criteria.unwrap_or_default()
}

fn criterion<'t>(value: Value<'t>, document: &Document<'t>) -> Option<Criterion> {
    let mut object = Object::new(value, "a Criterion Object")?;
    let context = object.optional("context");
    let condition = object.required("condition");
    let kind = object.optional("type");
    object.finish();
    let condition = condition?;
    let text = condition.text()?;
    let kind = match kind {
        None => "simple",
        Some(kind) => self::kind(kind)?,
    };
    if kind == "simple" {
        return match condition::parse(text)
            .and_then(|simple| known(&simple, document).map(|()| simple))
        {
            Ok(simple) => Some(Criterion::Simple {
                text: text.to_owned(),
                condition: simple,
            }),
            Err(message) => {
                condition.fault(message, "write it as `$statusCode == 200`");
                None
            }
        };
    }
    let Some(context) = context else {
        value.fault(
            format!("a criterion of type `{kind}` needs the key `context`"),
            "add `context: $response.body`",
        );
        return None;
    };
    let context = workflow::reference(context, document)?;
    if kind == "regex" {
        return match Pattern::parse(text) {
            Ok(pattern) => Some(Criterion::Regex { context, pattern }),
            Err(message) => {
                condition.fault(message, "write a regular expression");
                None
            }
        };
    }
    match JsonPath::parse(text) {
        Ok(path) => {
            traps(condition, text, document);
            Some(Criterion::JsonPath {
                context,
                path,
                wrapped: document.mode == JsonPathMode::Wrapped,
            })
        }
        Err(error) => {
            condition.fault(error.message, "write it as RFC 9535 has it");
            None
        }
    }
}

/// `jsonpath`, or `{ type: jsonpath, version: rfc9535 }`.
fn kind(value: Value<'_>) -> Option<&'static str> {
    let named = if value.kind() == Kind::Map {
        let mut object = Object::new(value, "a Criterion Expression Type Object")?;
        let named = object.required("type");
        object.required("version");
        object.finish();
        named?
    } else {
        value
    };
    match text_of(named) {
        Some("simple") => Some("simple"),
        Some("regex") => Some("regex"),
        Some("jsonpath") => Some("jsonpath"),
        Some("xpath") => {
            named.fault(
                "XPath is not run",
                "write the criterion as `jsonpath` or `regex`",
            );
            None
        }
        _ => {
            named.fault(
                "a criterion is of no known type",
                "write `simple`, `regex`, or `jsonpath`",
            );
            None
        }
    }
}

/// Whether all that a condition names has a value.
fn known(condition: &Simple, document: &Document<'_>) -> Result<(), String> {
    let operand = |operand: &Operand| match operand {
        Operand::Literal(_) => Ok(()),
        Operand::Reference(reference) => {
            let template = Template::of(reference.clone());
            document.check(&template).map_err(|(message, _)| message)
        }
    };
    match condition {
        Simple::And(one, other) | Simple::Or(one, other) => {
            known(one, document).and_then(|()| known(other, document))
        }
        Simple::Not(inner) => known(inner, document),
        Simple::Truth(one) => operand(one),
        Simple::Compare(one, _, other) => operand(one).and_then(|()| operand(other)),
    }
}

/// The two places where tools read the same criterion in opposite ways.
fn traps(value: Value<'_>, text: &str, document: &Document<'_>) {
    if document.mode == JsonPathMode::Wrapped {
        return;
    }
    let said = if document.is_old {
        "Arazzo 1.0 leaves it open"
    } else {
        "Arazzo 1.1 says so"
    };
    let text = text.trim();
    if text.starts_with("$[?") {
        document.lint(
            "arazzo-jsonpath-root-filter",
            value,
            format!("`{text}` filters the members of the value, not the value itself ({said})"),
            "filter what the members hold, as in `$.pets[?@.id == 1]`, or run with `--arazzo-jsonpath=wrapped`",
        );
    } else if !text.contains('?') {
        document.lint(
            "arazzo-jsonpath-existence",
            value,
            format!("`{text}` holds if anything is selected, `false` and `null` included ({said})"),
            "compare the value in a criterion of type `simple`, as in `$response.body#/ready == true`",
        );
    }
}
