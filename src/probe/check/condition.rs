//! Conditions of Arazzo: texts compare without case, numbers may be written as texts, and what has no value is not true.

use super::same;
use crate::probe::{
    expression::Scope,
    workflow::{Comparison, Operand, Simple},
};
use crate::text::Decimal;
use serde_json::Value;
use std::cmp::Ordering;

/// Whether a condition holds.
pub(super) fn holds(condition: &Simple, scope: &Scope) -> bool {
    evaluate(condition, scope).unwrap_or(false)
}

/// `None` where something has no value; even the negation of that is not true.
fn evaluate(condition: &Simple, scope: &Scope) -> Option<bool> {
    match condition {
        Simple::And(one, other) => Some(evaluate(one, scope)? && evaluate(other, scope)?),
        Simple::Or(one, other) => match evaluate(one, scope) {
            Some(true) => Some(true),
            first => {
                let second = evaluate(other, scope)?;
                Some(first? || second)
            }
        },
        Simple::Not(inner) => Some(!evaluate(inner, scope)?),
        Simple::Truth(operand) => Some(truth(&value(operand, scope)?)),
        Simple::Compare(left, comparison, right) => Some(compare(
            &value(left, scope)?,
            *comparison,
            &value(right, scope)?,
        )),
    }
}

fn value(operand: &Operand, scope: &Scope) -> Option<Value> {
    match operand {
        Operand::Literal(value) => Some(value.clone()),
        Operand::Reference(reference) => scope.get(reference).ok(),
    }
}

fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => {
            Decimal::parse(&number.to_string()).is_none_or(|one| !one.is_zero())
        }
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

fn compare(left: &Value, comparison: Comparison, right: &Value) -> bool {
    let order = order(left, right);
    let equal = order == Some(Ordering::Equal) || same(left, right);
    match comparison {
        Comparison::Equal => equal,
        Comparison::Different => !equal,
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// How two numbers or two texts are ordered.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Value::String(left), Value::String(right)) = (left, right) {
        return Some(left.to_lowercase().cmp(&right.to_lowercase()));
    }
    Some(number(left)?.cmp(&number(right)?))
}

/// A number, or a text that is one.
fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Decimal::parse(&number.to_string()),
        Value::String(text) => Decimal::parse(text.trim()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
