//! What a step expects of its answer.

use super::{Context, words};
use crate::probe::workflow::{
    Assertion, Criterion, ErrorModel, Expect, HeaderExpect, Presence, Relation, Selector, Statuses,
    Strictness,
};
use crate::tree::{
    Kind,
    fields::{Fields, Value},
};

const PRESENCE: [(&str, Presence); 2] =
    [("present", Presence::Present), ("absent", Presence::Absent)];

/// What an assertion may say.
const RELATIONS: [&str; 8] = [
    "equals",
    "not_equals",
    "in",
    "matches",
    "exists",
    "count",
    "at_least",
    "at_most",
];

/// `expect`, and its assertions.
pub(super) fn expect(value: Value<'_>, context: &Context) -> Option<(Expect, Vec<Criterion>)> {
    let mut fields = value.fields("an expectation")?;
    let status = fields.optional("status").and_then(statuses);
    let contract = fields.optional("contract").and_then(|value| {
        value.choice(&[
            ("strict", Strictness::Strict),
            ("tolerant", Strictness::Tolerant),
            ("off", Strictness::Off),
        ])
    });
    let headers = fields
        .optional("header")
        .map_or_else(Vec::new, |value| headers(value, context));
    let assertions = fields
        .optional("assert")
        .and_then(|value| value.each(|item| assertion(item, context)));
    let error_model = fields.optional("error_model").and_then(error_model);
    let within = fields.optional("within").and_then(words::duration);
    fields.finish();
    let criteria = assertions.unwrap_or_default().into_iter();
    Some((
        Expect {
            status: status.unwrap_or_default(),
            contract: contract.unwrap_or_default(),
            headers,
            error_model,
            within,
        },
        criteria.map(Criterion::Assertion).collect(),
    ))
}

/// `201`, `2XX`, `[200, 404]`, or `declared`.
fn statuses(value: Value<'_>) -> Option<Statuses> {
    let (tree, id) = value.node();
    match value.kind() {
        Kind::Seq => Some(Statuses::OneOf(value.each(words::status_pattern)?)),
        _ if tree.str(id) == Some("declared") => Some(Statuses::Declared),
        _ => Some(Statuses::OneOf(vec![words::status_pattern(value)?])),
    }
}

fn headers(value: Value<'_>, context: &Context) -> Vec<(String, HeaderExpect)> {
    let entries = value.entries().unwrap_or_default().into_iter();
    let entries = entries.filter_map(|(key, value)| {
        let expected = match value.kind() {
            Kind::Map => {
                let mut fields = value.fields("an expectation of a header")?;
                let equals = fields.optional("equals");
                let matches = fields.optional("matches");
                fields.finish();
                match (equals, matches) {
                    (Some(value), None) => HeaderExpect::Equals(words::written(value, context)?),
                    (None, Some(value)) => HeaderExpect::Matches(words::pattern(value)?),
                    _ => {
                        value.fault(
                            "a header is expected by one of `equals` and `matches`",
                            "write `present`, `absent`, `{ equals: … }`, or `{ matches: … }`",
                        );
                        return None;
                    }
                }
            }
            _ => HeaderExpect::Presence(value.choice(&PRESENCE)?),
        };
        Some((key.text.to_owned(), expected))
    });
    entries.collect()
}

fn error_model(value: Value<'_>) -> Option<ErrorModel> {
    let mut fields = value.fields("an error model")?;
    let media_type = fields.optional("media_type").and_then(Value::line);
    let code = fields.optional("code").and_then(words::jsonpath);
    let correlation = fields
        .optional("correlation")
        .and_then(|value| value.each(selector));
    fields.finish();
    Some(ErrorModel {
        media_type: media_type.map(str::to_owned),
        code,
        correlation: correlation.unwrap_or_default(),
    })
}

/// `$.trace_id`, or `header:X-Request-Id`.
pub(super) fn selector(value: Value<'_>) -> Option<Selector> {
    match value.text()?.strip_prefix("header:") {
        Some(name) => Some(Selector::Header(name.to_owned())),
        None => words::jsonpath(value).map(Selector::JsonPath),
    }
}

/// A part of the answer, by one of the keys `jsonpath` and `header`.
pub(super) fn part(fields: &mut Fields<'_>) -> Option<Selector> {
    let (path, header) = (fields.optional("jsonpath"), fields.optional("header"));
    match (path, header) {
        (Some(path), None) => words::jsonpath(path).map(Selector::JsonPath),
        (None, Some(name)) => Some(Selector::Header(name.line()?.to_owned())),
        _ => {
            fields.value().fault(
                "a part of the answer is named by one of `jsonpath` and `header`",
                "write `jsonpath: $.id`, or `header: Location`",
            );
            None
        }
    }
}

/// `{ jsonpath: …, equals: … }`.
pub(super) fn assertion(value: Value<'_>, context: &Context) -> Option<Assertion> {
    let mut fields = value.fields("an assertion")?;
    let of = part(&mut fields);
    let found: Vec<(&str, Value<'_>)> = RELATIONS
        .into_iter()
        .filter_map(|key| Some((key, fields.nullable(key)?)))
        .collect();
    fields.finish();
    let [(key, said)] = found.as_slice() else {
        value.fault(
            "an assertion says one thing of one part of the answer",
            "write one of `equals`, `not_equals`, `in`, `matches`, `exists`, `count`, `at_least`, and `at_most`",
        );
        return None;
    };
    Some(Assertion {
        of: of?,
        relation: relation(key, *said, context)?,
    })
}

fn relation(key: &str, value: Value<'_>, context: &Context) -> Option<Relation> {
    let written = || words::written(value, context);
    match key {
        "equals" => written().map(Relation::Equals),
        "not_equals" => written().map(Relation::Differs),
        "in" => {
            let items = value.items()?.into_iter();
            let items = items.filter_map(|item| words::written(item, context));
            Some(Relation::In(items.collect()))
        }
        "matches" => words::pattern(value).map(Relation::Matches),
        "exists" if value.flag()? => Some(Relation::Exists(Presence::Present)),
        "exists" => Some(Relation::Exists(Presence::Absent)),
        "count" => written().map(Relation::Count),
        "at_least" => written().map(Relation::AtLeast),
        _ => written().map(Relation::AtMost),
    }
}
