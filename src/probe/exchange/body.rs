//! Bodies in JSON: as text where they are text, else as base64.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Written {
    Text(String),
    Base64(String),
}

impl Written {
    fn of(bytes: &[u8]) -> Self {
        match str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(STANDARD.encode(bytes)),
        }
    }

    fn bytes(self) -> Result<Vec<u8>, base64::DecodeError> {
        match self {
            Self::Text(text) => Ok(text.into_bytes()),
            Self::Base64(text) => STANDARD.decode(text),
        }
    }
}

pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    Written::of(bytes).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    Written::deserialize(deserializer)?
        .bytes()
        .map_err(D::Error::custom)
}

/// The same where there may be no body.
pub(super) mod optional {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Written;

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(in super::super) fn serialize<S: Serializer>(
        bytes: &Option<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        bytes.as_deref().map(Written::of).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<Written>::deserialize(deserializer)?
            .map(Written::bytes)
            .transpose()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, to_string};

    use super::super::Request;

    #[test]
    fn every_body_comes_back_as_it_went() {
        for (body, written) in [
            (None, "null"),
            (Some(b"".to_vec()), r#"{"text":""}"#),
            (Some("größe".into()), r#"{"text":"größe"}"#),
            (Some(vec![0xff, 0x00]), r#"{"base64":"/wA="}"#),
        ] {
            let mut request = Request::new("op:POST /a", "s", "POST", "https://a.example/a");
            request.headers.push(("accept".into(), "*/*".into()));
            request.body = body;
            let text = to_string(&request).unwrap();
            let expected = format!(
                r#"{{"operation":"op:POST /a","step":"s","method":"POST","url":"https://a.example/a","headers":[["accept","*/*"]],"body":{written},"idempotency_key":null,"credentials":"all","redirects":"follow"}}"#
            );
            assert_eq!(text, expected);
            assert_eq!(from_str::<Request>(&text).unwrap(), request);
        }
    }
}
