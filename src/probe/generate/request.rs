//! Requests: an operation with values for its parameters, in the style of each, and a body.

use super::{Encoded, Fill, Known, NoValue, Sampler, Source, body};
use crate::judge::{path_text, percent, wire};
use crate::probe::exchange::{Redirects, Request};
use crate::spec::{
    Contract, In, Media, MediaRange, Operation, Parameter, Server, Status, positional,
};
use crate::text::nearest;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Values that are given, by place and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fixed {
    /// Parameters.
    pub parameters: BTreeMap<(In, String), Value>,
    /// The body.
    pub body: Option<Value>,
    /// Its media type, where there are several.
    pub media_type: Option<String>,
}

/// A request, and where its values come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The request.
    pub request: Request,
    /// The body as a value.
    pub body: Option<Value>,
    /// Parameters by place, with their source.
    pub parameters: Vec<(In, String, Known)>,
}

/// Why there is no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A parameter that has to be there has no value.
    #[error("the {place} parameter `{name}` has no example, default, or enum", place = .place.word())]
    Parameter {
        /// Where it travels.
        place: In,
        /// Its name.
        name: String,
    },
    /// A parameter is given that the operation does not have.
    #[error("the operation has no {place} parameter `{name}`", place = .place.word())]
    Unknown {
        /// Where it would travel.
        place: In,
        /// Its name.
        name: String,
        /// The nearest name that it has.
        meant: Option<String>,
    },
    /// The body has no value, or cannot be written.
    #[error("the body: {0}")]
    Body(#[from] NoValue),
    /// The media type is none of the operation's.
    #[error("the operation takes no `{0}`")]
    MediaType(String),
    /// The path has a placeholder without a parameter.
    #[error("the path has `{{{0}}}`, which is no parameter")]
    Placeholder(String),
}

/// Makes requests to the operations of one contract.
#[derive(Clone, Copy, Debug)]
pub struct Builder<'b, 'c, 'd> {
    /// The contract.
    pub contract: &'c Contract<'d>,
    /// Its values.
    pub sampler: &'b Sampler<'d>,
    /// Where the sandbox is, without a slash at the end. Without a path of its own, the contract's is put after it.
    pub base: &'b str,
}

impl<'c, 'd> Builder<'_, 'c, 'd> {
    /// A request with the values that are given, and what the contract names for the rest that is required.
    ///
    /// # Errors
    /// When something that is required has no value, or something is given that the operation does not have.
    pub fn request(
        &self,
        operation: &'c Operation<'d>,
        step: &str,
        fixed: &Fixed,
    ) -> Result<Asked, BuildError> {
        let parameters = self.parameters(operation, fixed)?;
        let mut url = self.url(operation, &parameters)?;
        let mut request = Request::new(
            format!("op:{} {}", operation.method, positional(operation.path)),
            step,
            operation.method.clone(),
            "",
        );
        let mut query = Vec::new();
        let mut cookies = Vec::new();
        for (parameter, known) in &parameters {
            match parameter.place {
                In::Query | In::QueryString => query.push(wire::query(parameter, &known.value)),
                In::Cookie => cookies.push(cookie(parameter, &known.value)),
                In::Header => {
                    let text = match parameter.content.first() {
                        Some(media) => wire::content(&known.value, media),
                        None => wire::header(&known.value, &parameter.wire),
                    };
                    request.headers.push((parameter.name.clone(), text));
                }
                In::Path => {}
            }
        }
        for ((place, name), value) in &fixed.parameters {
            let declared = |(parameter, _): &(&Parameter<'_>, Known)| {
                parameter.place == In::Header && is_named(parameter, name)
            };
            // A header that the contract does not know harms nobody; vendors take many.
            if *place == In::Header && !parameters.iter().any(declared) {
                let text = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                request.headers.push((name.to_ascii_lowercase(), text));
            }
        }
        if !cookies.is_empty() {
            request
                .headers
                .push(("cookie".to_owned(), cookies.join("; ")));
        }
        if let Some(accept) = accepted(operation) {
            request.headers.push(("accept".to_owned(), accept));
        }
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query.join("&"));
        }
        request.url = url;
        if answers_elsewhere(operation) {
            request.redirects = Redirects::Stay;
        }
        let body = self.body(operation, fixed, &request)?;
        let body = body.map(
            |(
                value,
                Encoded {
                    content_type,
                    bytes,
                },
            )| {
                request
                    .headers
                    .push(("content-type".to_owned(), content_type));
                request.body = Some(bytes);
                value
            },
        );
        Ok(Asked {
            request,
            body,
            parameters: parameters
                .into_iter()
                .map(|(parameter, known)| (parameter.place, parameter.name.clone(), known))
                .collect(),
        })
    }

    /// The media type that a body is sent in: the one that is named, else JSON, else the first.
    ///
    /// # Errors
    /// When the one that is named is none of the operation's.
    pub fn media(
        operation: &'c Operation<'d>,
        named: Option<&str>,
    ) -> Result<Option<&'c Media<'d>>, BuildError> {
        let Some(body) = &operation.body else {
            return Ok(None);
        };
        let Some(named) = named else {
            let json = body.content.iter().find(|media| media.range.is_json());
            let writable = || body.content.iter().find(|media| media.range.is_form());
            return Ok(json.or_else(writable).or_else(|| body.content.first()));
        };
        let range = MediaRange::parse(named);
        let found = body.content.iter().find(|media| media.range == range);
        let found = found.or_else(|| body.content.iter().find(|media| media.range.covers(&range)));
        found
            .map(Some)
            .ok_or_else(|| BuildError::MediaType(named.to_owned()))
    }

    fn parameters(
        &self,
        operation: &'c Operation<'d>,
        fixed: &Fixed,
    ) -> Result<Vec<(&'c Parameter<'d>, Known)>, BuildError> {
        let mut found = Vec::new();
        let mut given: Vec<&(In, String)> = fixed.parameters.keys().collect();
        for parameter in &operation.parameters {
            let value = fixed
                .parameters
                .iter()
                .find(|((place, name), _)| *place == parameter.place && is_named(parameter, name));
            if let Some((key, value)) = value {
                given.retain(|other| *other != key);
                let known = Known {
                    value: value.clone(),
                    source: Source::Scenario,
                };
                found.push((parameter, known));
            } else if parameter.required || parameter.place == In::Path {
                let known = self.sampler.parameter(parameter);
                let known = known.ok_or_else(|| BuildError::Parameter {
                    place: parameter.place,
                    name: parameter.name.clone(),
                })?;
                found.push((parameter, known));
            }
        }
        given.retain(|(place, _)| *place != In::Header);
        match given.first() {
            None => Ok(found),
            Some((place, name)) => {
                let names = operation.parameters.iter();
                let names = names.filter(|parameter| parameter.place == *place);
                let meant = nearest(name, names.map(|parameter| parameter.name.as_str()));
                Err(BuildError::Unknown {
                    place: *place,
                    name: name.clone(),
                    meant: meant.map(str::to_owned),
                })
            }
        }
    }

    fn url(
        &self,
        operation: &Operation<'_>,
        parameters: &[(&Parameter<'_>, Known)],
    ) -> Result<String, BuildError> {
        let mut path = path_text(operation.path);
        for (parameter, known) in parameters {
            if parameter.place != In::Path {
                continue;
            }
            let text = match parameter.content.first() {
                Some(media) => percent(&wire::content(&known.value, media), ""),
                None => wire::path(&parameter.name, &known.value, &parameter.wire),
            };
            let placeholder = path_text(&format!("{{{}}}", parameter.name));
            path = path.replacen(&placeholder, &text, 1);
        }
        if let Some((_, rest)) = path.split_once('{')
            && let Some((name, _)) = rest.split_once('}')
        {
            return Err(BuildError::Placeholder(name.to_owned()));
        }
        let base = self.base.trim_end_matches('/');
        let own_path = base
            .split_once("://")
            .is_some_and(|(_, rest)| rest.contains('/'));
        let prefix = if own_path {
            String::new()
        } else {
            path_text(agreed(self.contract, operation))
        };
        Ok(format!("{base}{prefix}{path}"))
    }

    fn body(
        &self,
        operation: &'c Operation<'d>,
        fixed: &Fixed,
        request: &Request,
    ) -> Result<Option<(Value, Encoded)>, BuildError> {
        let Some(media) = Self::media(operation, fixed.media_type.as_deref())? else {
            return match &fixed.body {
                None => Ok(None),
                Some(_) => Err(NoValue("the operation takes none".to_owned()).into()),
            };
        };
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        let value = match &fixed.body {
            Some(value) => value.clone(),
            None if required => self.shown_body(media, Fill::Shown)?,
            None => return Ok(None),
        };
        // The boundary of a multipart body is the same for the same request.
        let mark = request
            .step
            .replace(|c: char| !c.is_ascii_alphanumeric(), "");
        let encoded = body::encode(&value, media, &mark)?;
        Ok(Some((value, encoded)))
    }
}

/// The path of the servers of an operation, where they agree on one.
fn agreed<'o>(contract: &'o Contract<'_>, operation: &'o Operation<'_>) -> &'o str {
    let servers: &'o [Server<'_>] = match &operation.servers {
        Some(own) => own,
        None => &contract.servers,
    };
    let base = servers
        .first()
        .map_or("", |server| server.base_path.as_str());
    let agreed = servers.iter().all(|server| server.base_path == base);
    if agreed { base } else { "" }
}

/// The paths that a [`Builder`] puts between a base without a path and the paths of operations.
#[must_use]
pub fn base_paths(contract: &Contract<'_>) -> BTreeSet<String> {
    let operations = contract.operations().iter();
    operations
        .map(|operation| path_text(agreed(contract, operation)))
        .filter(|path| !path.is_empty())
        .collect()
}

/// Names of headers are equal in any case.
fn is_named(parameter: &Parameter<'_>, name: &str) -> bool {
    match parameter.place {
        In::Header => parameter.name.eq_ignore_ascii_case(name),
        In::Query | In::QueryString | In::Path | In::Cookie => parameter.name == name,
    }
}

fn cookie(parameter: &Parameter<'_>, value: &Value) -> String {
    let together = if parameter.wire.style == "cookie" {
        "; "
    } else {
        "&"
    };
    match parameter.content.first() {
        Some(media) => {
            let text = percent(&wire::content(value, media), "");
            format!("{}={text}", percent(&parameter.name, ""))
        }
        None => wire::form(&parameter.name, value, &parameter.wire).join(together),
    }
}

/// Whether the contract declares an answer that points elsewhere, which is then checked itself.
fn answers_elsewhere(operation: &Operation<'_>) -> bool {
    operation
        .responses
        .iter()
        .any(|response| match response.status {
            Status::Code(code) => (300..400).contains(&code) && code != 304,
            Status::Range(digit) => digit == 3,
            Status::Default => false,
        })
}

/// The media types that the operation answers a success in: JSON first, since some servers take the first that they can write.
fn accepted(operation: &Operation<'_>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for response in operation
        .responses
        .iter()
        .filter(|one| one.status.is_success())
    {
        for media in &response.content {
            let name = media.range.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.sort_by_key(|name| !MediaRange::parse(name).is_json());
    (!names.is_empty()).then(|| names.join(", "))
}
