//! The error model: what a client and a support desk find in an answer that says no.

use super::{Answer, Check, Place, Verdict, selected};
use crate::probe::{
    expression::Scope,
    jsonpath::Selected,
    workflow::{ErrorModel, Selector},
};
use crate::text::Pointer;
use serde_json::Value;

/// Media type, machine code, and correlation id of an error.
#[must_use]
pub fn error_model(model: &ErrorModel, answer: &Answer<'_>, scope: &Scope) -> Vec<Check> {
    let id = "error-model";
    let mut checks = Vec::new();
    if answer.response.status < 400 {
        let message = format!("{} is no error", answer.response.status);
        return vec![Check::new(id, Verdict::Skipped, message).at(Place::Status)];
    }
    if let Some(expected) = &model.media_type {
        let place = Place::Header("content-type".to_owned());
        let found = answer.response.media_type().unwrap_or_default();
        let check = if found.eq_ignore_ascii_case(expected) {
            Check::pass(id, format!("the error is `{found}`"))
        } else {
            Check::fail(id, format!("the error is `{found}`, not `{expected}`"))
                .expected(expected.as_str())
                .found(found)
        };
        checks.push(check.at(place));
    }
    if let Some(path) = &model.code {
        let root = || Place::Body(Pointer::root());
        let found = answer.body.as_ref().map(|body| path.one(body));
        checks.push(match found {
            Some(Selected::One(found)) if is_code(found.value) => {
                Check::pass(id, format!("`{path}` is a code for machines"))
                    .at(Place::Body(found.at))
            }
            Some(Selected::One(found)) => Check::fail(
                id,
                format!("`{path}` is no code: neither a text nor a whole number"),
            )
            .at(Place::Body(found.at))
            .found(found.value.clone()),
            Some(Selected::Several(count)) => Check::fail(
                id,
                format!("`{path}` matched {count} values, and one is the code"),
            )
            .at(root()),
            Some(Selected::Nothing) | None => Check::fail(
                id,
                format!("`{path}` matched nothing: a machine cannot tell what went wrong"),
            )
            .at(root()),
        });
    }
    if !model.correlation.is_empty() {
        checks.push(correlation(&model.correlation, answer, scope));
    }
    checks
}

fn correlation(all: &[Selector], answer: &Answer<'_>, scope: &Scope) -> Check {
    let id = "error-model";
    for one in all {
        if let Ok((values, place)) = selected(one, answer, scope)
            && values.iter().any(is_code)
        {
            let mut check = Check::pass(id, format!("`{one}` correlates the error"));
            check.place = place;
            return check;
        }
    }
    let names: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
    Check::fail(
        id,
        format!(
            "no {}: support cannot find the request again",
            names.join(" and no ")
        ),
    )
}

fn is_code(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(number) => !number.to_string().contains(['.', 'e', 'E']),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    }
}
