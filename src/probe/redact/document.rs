//! Documents without what is hidden, which stay what they are.

use std::borrow::Cow;

use serde_json::Value;

use super::Redactor;

impl Redactor {
    /// The bytes without what is hidden; what was JSON is JSON afterwards.
    #[must_use]
    pub fn document(&self, bytes: &[u8]) -> Vec<u8> {
        let clean = self.redact(bytes);
        let Cow::Owned(clean) = clean else {
            return bytes.to_vec();
        };
        // A number that was a secret leaves no JSON behind: then the values are cleaned, each by itself.
        if serde_json::from_slice::<Value>(&clean).is_err()
            && let Ok(mut value) = serde_json::from_slice::<Value>(bytes)
        {
            self.value(&mut value);
            return value.to_string().into_bytes();
        }
        clean
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => {
                let written = number.to_string();
                let clean = self.text(&written);
                if clean != written {
                    *value = Value::from(clean);
                }
            }
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => {
                for item in items {
                    self.value(item);
                }
            }
            Value::Object(members) => {
                let old = std::mem::take(members);
                for (name, mut member) in old {
                    self.value(&mut member);
                    members.insert(self.text(&name), member);
                }
            }
        }
    }
}
