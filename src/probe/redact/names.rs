//! What is a secret by what it is called: members and fields whose names say so, whoever sent them.

use std::sync::LazyLock;

use regex::bytes::Regex;
use serde_json::Value;

use super::{Redactor, patterns::compiled};

/// Names, in JSON (also in a text in JSON) and in forms. A plain `token` is none of them: most of those lead to the next page.
const NAMES: &str = r#"(?ix)
    \b (?: client | api | signing | webhook | shared | app )? [_-]? secret (?: [_-]? (?: access [_-]? )? key )?
        (?: \\* " \s* : \s* \\* " (?<a> [^"\\]+ ) | = (?<b> [^\s&"'\\<>;,]+ ) )
  | \b (?: passw (?: or )? d | passphrase | (?: api | private | signing ) [_-]? key | (?: access | refresh | id | auth | session ) [_-]? token )
        (?: \\* " \s* : \s* \\* " (?<c> [^"\\]+ ) | = (?<d> [^\s&"'\\<>;,]+ ) )"#;

/// Below it, what is called a secret may be a word that stands everywhere.
const SHORTEST_LEARNED: usize = 10;

static NAMED: LazyLock<Regex> = LazyLock::new(|| compiled(NAMES));

/// Where the values of such names stand.
pub(super) fn places(bytes: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    NAMED.captures_iter(bytes).filter_map(|hit| {
        ["a", "b", "c", "d"]
            .iter()
            .find_map(|group| hit.name(group))
            .map(|value| value.range())
    })
}

impl Redactor {
    /// Knows the secrets of a JSON text from now on: what is called one, and looks random enough to be found again wherever it stands.
    pub fn learn(&mut self, body: &[u8]) {
        if NAMED.find(body).is_none() {
            return;
        }
        if let Ok(value) = serde_json::from_slice::<Value>(body) {
            self.learn_value(&value);
        }
    }

    fn learn_value(&mut self, value: &Value) {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            Value::Array(items) => items.iter().for_each(|item| self.learn_value(item)),
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(text) if is_random(text) && is_secret(name) => {
                            // What cannot be hidden everywhere is still hidden after its name.
                            let _ = self.hide(text);
                        }
                        _ => self.learn_value(member),
                    }
                }
            }
        }
    }
}

fn is_secret(name: &str) -> bool {
    NAMED.is_match(format!("{name}=value").as_bytes())
}

fn is_random(text: &str) -> bool {
    text.len() >= SHORTEST_LEARNED
        && !text.contains(char::is_whitespace)
        && text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_a_secret_is_hidden_where_it_is_called_so() {
        let redactor = Redactor::new();
        for (written, clean) in [
            (
                r#"{"client_secret":"cs_1","id":"pay_1"}"#,
                r#"{"client_secret":"‹***›","id":"pay_1"}"#,
            ),
            (
                r#"{"body":"{\"apiKey\": \"k\",\"a\":1}"}"#,
                r#"{"body":"{\"apiKey\": \"‹***›\",\"a\":1}"}"#,
            ),
            (
                "user=kim&password=hunter&x=1",
                "user=kim&password=‹***›&x=1",
            ),
            (
                r#"{"secret":null,"secrets":"a","next_token":"t","token":"t"}"#,
                r#"{"secret":null,"secrets":"a","next_token":"t","token":"t"}"#,
            ),
            (r#"{"Refresh-Token":"r"}"#, r#"{"Refresh-Token":"‹***›"}"#),
        ] {
            assert_eq!(redactor.text(written), clean);
        }
    }

    #[test]
    fn a_secret_that_was_learned_is_hidden_everywhere() {
        let mut redactor = Redactor::new();
        redactor
            .learn(br#"{"data":[{"client_secret":"cs/test/1_9fK2xQ"},{"password":"pending"}]}"#);
        assert_eq!(
            redactor
                .text("`$.client_secret` is cs/test/1_9fK2xQ, or cs%2Ftest%2F1_9fK2xQ, or pending"),
            "`$.client_secret` is ‹***›, or ‹***›, or pending"
        );
    }
}
