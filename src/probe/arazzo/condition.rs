//! Conditions of type `simple`: comparisons joined by `&&`, `||`, `!`, and parentheses.

use super::runtime;
use crate::probe::workflow::{Comparison, Operand, Simple};
use serde_json::Value;

/// The deepest nesting of parentheses and negations.
const DEEPEST: usize = 32;

/// Reads a condition.
///
/// # Errors
/// A lower-case fragment that says what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Simple, String> {
    let mut reader = Reader {
        rest: text.trim_start(),
        text,
    };
    let condition = reader.any(0)?;
    if reader.rest.is_empty() {
        Ok(condition)
    } else {
        Err(format!(
            "`{text}` goes on after its end at `{}`",
            reader.rest
        ))
    }
}

struct Reader<'t> {
    rest: &'t str,
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn any(&mut self, depth: usize) -> Result<Simple, String> {
        let mut condition = self.all(depth)?;
        while self.take("||") {
            condition = Simple::Or(Box::new(condition), Box::new(self.all(depth)?));
        }
        Ok(condition)
    }

    fn all(&mut self, depth: usize) -> Result<Simple, String> {
        let mut condition = self.one(depth)?;
        while self.take("&&") {
            condition = Simple::And(Box::new(condition), Box::new(self.one(depth)?));
        }
        Ok(condition)
    }

    fn one(&mut self, depth: usize) -> Result<Simple, String> {
        if depth > DEEPEST {
            return Err("a condition that nests too deep".to_owned());
        }
        if !self.rest.starts_with("!=") && self.take("!") {
            return Ok(Simple::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take("(") {
            let inner = self.any(depth + 1)?;
            if self.take(")") {
                return Ok(inner);
            }
            return Err(format!("`{}` has a `(` that is not closed", self.text));
        }
        let left = self.operand()?;
        let comparisons = [
            ("==", Comparison::Equal),
            ("!=", Comparison::Different),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        for (sign, comparison) in comparisons {
            if self.take(sign) {
                return Ok(Simple::Compare(left, comparison, self.operand()?));
            }
        }
        Ok(Simple::Truth(left))
    }

    fn operand(&mut self) -> Result<Operand, String> {
        let rest = self.rest;
        if let Some(quoted) = rest.strip_prefix('\'') {
            return self.quoted(quoted);
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || "()<>=!&|".contains(c))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        self.rest = after.trim_start();
        if word.starts_with('$') {
            return runtime::parse(word).map(Operand::Reference);
        }
        match serde_json::from_str::<Value>(word) {
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => {
                Ok(Operand::Literal(value))
            }
            _ if word.is_empty() => Err(format!("`{}` lacks a value", self.text)),
            _ => Err(format!(
                "`{word}` is neither a value nor an expression; texts stand in `'…'`"
            )),
        }
    }

    /// A text in single quotes; two of them stand for one.
    fn quoted(&mut self, quoted: &'t str) -> Result<Operand, String> {
        let mut text = String::new();
        let mut characters = quoted.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if c != '\'' {
                text.push(c);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                text.push('\'');
            } else {
                self.rest = quoted[at + 1..].trim_start();
                return Ok(Operand::Literal(Value::from(text)));
            }
        }
        Err(format!("`{}` has a text that is not closed", self.text))
    }
}
