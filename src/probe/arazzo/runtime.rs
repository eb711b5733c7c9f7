//! Runtime expressions: `$response.body#/id`, alone or as `{$…}` in a text.

use crate::probe::expression::{Name, Part, Reference, Template, Written};
use crate::text::Pointer;
use crate::tree::{Kind, fields::Value};

/// What an expression may start with.
const ROOTS: [&str; 14] = [
    "$url",
    "$method",
    "$statusCode",
    "$request",
    "$response",
    "$inputs",
    "$outputs",
    "$steps",
    "$workflows",
    "$sourceDescriptions",
    "$components",
    "$self",
    "$message",
    "$env",
];

/// Whether a text is meant as an expression.
pub(super) fn is_expression(text: &str) -> bool {
    let end = text.find(['.', '#', '[']).unwrap_or(text.len());
    ROOTS.contains(&&text[..end])
}

/// An expression without the text around it.
///
/// # Errors
/// When it is none, or one that is not run here; a lower-case fragment.
pub(super) fn parse(text: &str) -> Result<Reference, String> {
    let wrong = || format!("`{text}` is not a runtime expression");
    let (path, pointer) = match text.split_once('#') {
        Some((path, pointer)) => {
            let pointer = Pointer::parse(pointer).map_err(|error| format!("`{text}`: {error}"))?;
            (path, Some(pointer))
        }
        None => (text, None),
    };
    let mut rest = path.strip_prefix('$').ok_or_else(wrong)?;
    let mut word = || {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after.strip_prefix('.').unwrap_or(after);
        (!word.is_empty()).then_some(word)
    };
    let name = |word: Option<&str>| word.map(str::to_owned).ok_or_else(wrong);
    let named = match word() {
        Some("url") => Name::Exchange(Part::Url),
        Some("method") => Name::Exchange(Part::Method),
        Some("statusCode") => Name::Exchange(Part::Status),
        Some("inputs") => Name::Input(name(word())?),
        Some("steps") => {
            let step = name(word())?;
            if word() != Some("outputs") {
                return Err(wrong());
            }
            Name::Output {
                step,
                name: name(word())?,
            }
        }
        Some("workflows") => {
            let workflow = name(word())?;
            if word() != Some("outputs") {
                return Err(format!(
                    "`{text}`: of another workflow only `outputs` are known"
                ));
            }
            Name::WorkflowOutput {
                workflow,
                name: name(word())?,
            }
        }
        Some("request") => Name::Exchange(match word() {
            Some("header") => Part::RequestHeader(name(word())?),
            Some("query") => Part::RequestQuery(name(word())?),
            Some("path") => Part::RequestPath(name(word())?),
            Some("body") => Part::RequestBody,
            _ => return Err(wrong()),
        }),
        Some("response") => Name::Exchange(match word() {
            Some("header") => Part::ResponseHeader(name(word())?),
            Some("body") => Part::ResponseBody,
            _ => return Err(wrong()),
        }),
        Some(root @ ("message" | "self" | "sourceDescriptions" | "components" | "outputs")) => {
            return Err(format!("`{text}`: `${root}` has no value here"));
        }
        _ => return Err(wrong()),
    };
    let inner = inside(rest).ok_or_else(wrong)?;
    let pointer = match (pointer, inner.as_str().is_empty()) {
        (pointer, true) => pointer,
        (None, false) => Some(inner),
        (Some(_), false) => return Err(wrong()),
    };
    Ok(Reference {
        name: named,
        pointer,
    })
}

/// `.a[0].b` after a name, as a pointer.
fn inside(mut rest: &str) -> Option<Pointer> {
    let mut pointer = Pointer::root();
    while !rest.is_empty() {
        rest = if let Some(after) = rest.strip_prefix('[') {
            let (token, after) = after.split_once(']')?;
            pointer.push(token.trim().trim_matches(['\'', '"']));
            after
        } else {
            let start = rest.strip_prefix('.').unwrap_or(rest);
            let end = start.find(['.', '[']).unwrap_or(start.len());
            let (token, after) = start.split_at(end);
            if token.is_empty() {
                return None;
            }
            pointer.push(token);
            after
        };
    }
    Some(pointer)
}

/// A text that is an expression, or holds some in braces.
///
/// # Errors
/// As [`parse`].
pub(super) fn template(text: &str) -> Result<Template, String> {
    if is_expression(text) {
        return parse(text).map(Template::of);
    }
    let mut template = Template::plain("");
    let mut at = 0;
    let mut rest = text;
    while let Some(start) = rest.find("{$") {
        let Some(length) = rest[start..].find('}') else {
            break;
        };
        let inner = &rest[start + 1..start + length];
        if is_expression(inner) {
            template = template
                .then_text(&rest[..start])
                .then(parse(inner)?, at + start);
        } else {
            template = template.then_text(&rest[..=start + length]);
        }
        rest = &rest[start + length + 1..];
        at = text.len() - rest.len();
    }
    Ok(template.then_text(rest))
}

/// Whether all that a text names has a value; else a message and a help.
pub(super) type Checked = Result<(), (String, Option<String>)>;

/// A value whose texts may be expressions.
pub(super) fn written(value: Value<'_>, check: &dyn Fn(&Template) -> Checked) -> Option<Written> {
    match value.kind() {
        Kind::Null | Kind::Bool | Kind::Number => json(value).map(Written::Plain),
        Kind::String => {
            let (tree, id) = value.node();
            let text = tree.str(id)?;
            let read = template(text).map_err(|message| (message, None));
            match read.and_then(|template| check(&template).map(|()| template)) {
                Ok(template) => Some(match template.as_plain() {
                    Some(_) => Written::Plain(serde_json::Value::from(text)),
                    None => Written::Text(template),
                }),
                Err((message, help)) => {
                    value.fault(
                        message,
                        help.unwrap_or_else(|| "see Runtime Expressions in Arazzo".to_owned()),
                    );
                    None
                }
            }
        }
        Kind::Seq => {
            let items = value.items()?.into_iter();
            Some(Written::Array(
                items.filter_map(|item| written(item, check)).collect(),
            ))
        }
        Kind::Map => {
            let members = value.entries()?.into_iter();
            let members = members
                .filter_map(|(key, value)| Some((key.text.to_owned(), written(value, check)?)));
            Some(Written::Object(members.collect()))
        }
    }
}

/// Any value, as it stands.
pub(super) fn json(value: Value<'_>) -> Option<serde_json::Value> {
    let (tree, id) = value.node();
    tree.to_json(id).ok()
}
