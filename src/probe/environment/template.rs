//! A URL that may come from a variable: `${NAME:-https://default}`.

use thiserror::Error;
use url::Url;

use super::secret::{Surroundings, is_variable};
use crate::tree::fields::Value;

/// Where an environment is, possibly by the name of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable {
        name: String,
        otherwise: Option<String>,
    },
}

/// A URL cannot be made of it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BaseError {
    /// A variable without a default is not set.
    #[error("the URL needs a variable: {0}")]
    Missing(String),
    /// It is none, or not one that may be asked.
    #[error("the URL cannot be used: {0}")]
    Unusable(&'static str),
}

impl Base {
    /// A URL without variables.
    #[must_use]
    pub fn fixed(url: &str) -> Self {
        Self {
            parts: vec![Part::Text(url.to_owned())],
        }
    }

    pub(super) fn read(value: Value<'_>) -> Option<Self> {
        let text = value.line()?;
        let base = Self::parse(text);
        let Some(base) = base else {
            value.fault(
                format!("{} has a `${{` that is no variable", value.name()),
                "write `${NAME}` or `${NAME:-default}`, the name in capitals",
            );
            return None;
        };
        // Without a variable in it, what is wrong shows now.
        if let [Part::Text(text)] = base.parts.as_slice()
            && let Err(why) = url(text)
        {
            value.fault(
                format!("{} cannot be used: {why}", value.name()),
                "write the scheme, the host, and the path, such as `https://sandbox.example.com/v1`",
            );
            return None;
        }
        Some(base)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (inside, after) = after.split_once('}')?;
            let (name, otherwise) = match inside.split_once(":-") {
                Some((name, otherwise)) => (name, Some(otherwise.to_owned())),
                None => (inside, None),
            };
            if !is_variable(name) {
                return None;
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Variable {
                name: name.to_owned(),
                otherwise,
            });
            rest = after;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Some(Self { parts })
    }

    /// The URL, without a slash at its end.
    ///
    /// # Errors
    ///
    /// A variable without a default is not set, or what comes out is no URL that may be asked.
    pub fn url(&self, from: &dyn Surroundings) -> Result<String, BaseError> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(written) => text.push_str(written),
                Part::Variable { name, otherwise } => match (from.variable(name), otherwise) {
                    (Ok(value), _) if !value.is_empty() => text.push_str(value.trim()),
                    (_, Some(otherwise)) => text.push_str(otherwise),
                    (Ok(_), None) => {
                        return Err(BaseError::Missing(format!("`{name}` is empty")));
                    }
                    (Err(why), None) => return Err(BaseError::Missing(why)),
                },
            }
        }
        url(&text).map_err(BaseError::Unusable)?;
        Ok(text.trim_end_matches('/').to_owned())
    }
}

fn url(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "it is no absolute URL")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http and https are asked");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name or a password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a query or a fragment");
    }
    Ok(url)
}

/// The host of a URL as the list of allowed hosts has it.
pub(crate) fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}
