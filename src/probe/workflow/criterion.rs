//! Criteria of Arazzo: conditions over an exchange that decide whether a step succeeded.

use super::{Assertion, Pattern};
use crate::probe::{expression::Reference, jsonpath::JsonPath};
use serde_json::Value;

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Criterion {
    /// An assertion of a scenario.
    Assertion(Assertion),
    /// Comparisons joined by `&&`, `||`, and `!`.
    Simple {
        /// As it is written.
        text: String,
        /// What it says.
        condition: Simple,
    },
    /// The text of a value matches.
    Regex {
        /// What is looked at.
        context: Reference,
        /// The expression.
        pattern: Pattern,
    },
    /// The query selects something.
    JsonPath {
        /// What is looked at.
        context: Reference,
        /// The query.
        path: JsonPath,
        /// Whether the value is wrapped in an array first, as tools before Arazzo 1.1 do it.
        wrapped: bool,
    },
}

/// A condition of Arazzo's own syntax.
#[derive(Clone, Debug, PartialEq)]
pub enum Simple {
    /// Both hold.
    And(Box<Simple>, Box<Simple>),
    /// One of them holds.
    Or(Box<Simple>, Box<Simple>),
    /// It does not hold.
    Not(Box<Simple>),
    /// Two values compared.
    Compare(Operand, Comparison, Operand),
    /// A value that is true.
    Truth(Operand),
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A value of the file.
    Literal(Value),
    /// A value of the run.
    Reference(Reference),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Different,
}
