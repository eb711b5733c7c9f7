//! Of all that a validator complains about, the part to tell a person.

use super::Ruling;
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::Value;
use std::cmp::Reverse;

/// Judges a payload; `None` when a pattern could not be decided.
pub(super) fn ruling(validator: &Validator, payload: &Value) -> Option<Ruling> {
    if validator.is_valid(payload) {
        return Some(Ruling {
            valid: true,
            keyword: None,
            at: None,
            member: None,
        });
    }
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(payload).collect();
    if errors.iter().any(|error| is_unfinished(error.kind())) {
        return None;
    }
    let error = innermost(most_telling(&errors)?);
    Some(Ruling {
        valid: false,
        keyword: Some(keyword(error)),
        at: Some(error.instance_path().as_str().to_owned()),
        member: member(error),
    })
}

fn is_unfinished(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::BacktrackLimitExceeded { .. }
            | Kind::RegexEngineFailure { .. }
            | Kind::Referencing(_)
    )
}

/// The outermost; what is left over (`unevaluatedProperties`) follows from other failures, so it comes last.
fn most_telling<'e, 'v>(errors: &'e [ValidationError<'v>]) -> Option<&'e ValidationError<'v>> {
    let follows = |error: &&ValidationError<'_>| {
        matches!(
            error.kind(),
            Kind::UnevaluatedItems { .. } | Kind::UnevaluatedProperties { .. }
        )
    };
    errors
        .iter()
        .min_by_key(|error| (follows(error), depth(error)))
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}

/// Through alternatives to what the one that nearly holds complains about.
fn innermost<'e, 'v>(error: &'e ValidationError<'v>) -> &'e ValidationError<'v>
where
    'v: 'e,
{
    let mut error: &ValidationError<'_> = error;
    loop {
        let (Kind::AnyOf { context: branches } | Kind::OneOfNotValid { context: branches }) =
            error.kind()
        else {
            return error;
        };
        let path = error.instance_path().as_str();
        // A branch that is about another type, or another constant, was not the one that was meant.
        let distance = |branch: &&Vec<ValidationError<'static>>| {
            let other = branch.iter().any(|inner| {
                let about = matches!(
                    inner.kind(),
                    Kind::Type { .. } | Kind::Constant { .. } | Kind::Enum { .. }
                );
                about && inner.instance_path().as_str() == path
            });
            let deepest = branch.iter().map(depth).max();
            (other, branch.len(), Reverse(deepest))
        };
        let nearest = branches.iter().min_by_key(distance);
        match nearest.and_then(|branch| most_telling(branch)) {
            Some(inner) => error = inner,
            None => return error,
        }
    }
}

fn keyword(error: &ValidationError<'_>) -> String {
    let schema = error.schema_path().as_str();
    // The range of an integer format is written with other keywords than the document's.
    if schema.starts_with(super::keywords::FORMATS) {
        return "format".to_owned();
    }
    match error.kind() {
        Kind::FalseSchema => applicator(schema).to_owned(),
        kind => kind.keyword().to_owned(),
    }
}

/// The keyword that has `false` for a schema: the last one of the path that is neither a name nor a place in a list.
fn applicator(schema_path: &str) -> &str {
    const NAMED: [&str; 6] = [
        "properties",
        "patternProperties",
        "dependentSchemas",
        "dependencies",
        "$defs",
        "definitions",
    ];
    let mut last = "false";
    let mut steps = schema_path.split('/').skip(1);
    while let Some(step) = steps.next() {
        if step.parse::<usize>().is_err() {
            last = step;
        }
        if NAMED.contains(&step) {
            steps.next();
        }
    }
    last
}

fn member(error: &ValidationError<'_>) -> Option<String> {
    match error.kind() {
        Kind::Required { property } => property.as_str().map(str::to_owned),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.first().cloned()
        }
        _ => None,
    }
}
