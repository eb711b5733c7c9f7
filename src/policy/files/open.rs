//! What the readers of all governance files share.

use super::{Fault, FileKind, Place};
use crate::text::{Position, nearest};
use crate::tree::fields::{self, Fields, Form, Value};
use jiff::civil::Date;

/// Reads a file whose key `schema` says that it is of this kind.
pub(super) fn read<T>(
    file: &str,
    bytes: &[u8],
    kind: FileKind,
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, Vec<Fault>> {
    let whole = |root: Value<'_>| {
        let mut fields = root.fields(kind.article())?;
        // What another kind of file says means nothing here.
        if !is_of(fields.required("schema")?, kind) {
            return None;
        }
        let value = read(&mut fields);
        fields.finish();
        value
    };
    let faults = |fault: fields::Fault| Fault {
        file: file.to_owned(),
        place: Some(fault.position.into()),
        message: fault.message,
        help: fault.help,
    };
    Form::read(file, bytes, whole).map_err(|found| found.into_iter().map(faults).collect())
}

fn is_of(schema: Value<'_>, kind: FileKind) -> bool {
    let Some(text) = schema.line() else {
        return false;
    };
    let name = kind.schema_name();
    if text == name {
        return true;
    }
    let family = |text: &str| text.rsplit_once("/v").map(|(family, _)| family.to_owned());
    let other = FileKind::ALL
        .into_iter()
        .find(|other| *other != kind && family(text) == family(other.schema_name()));
    let (message, help) = if family(text) == family(name) {
        (
            format!("`{text}` is a version that this program does not know"),
            format!("it reads `{name}`; a newer program may read more"),
        )
    } else if let Some(other) = other {
        (
            format!(
                "this file says that it is {}, not {}",
                other.article(),
                kind.article()
            ),
            format!("write `schema: {name}`, or move the file to where its kind belongs"),
        )
    } else {
        (
            format!("`schema` cannot be `{text}`"),
            match nearest(text, [name]) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write `schema: {name}`"),
            },
        )
    };
    schema.fault(message, help);
    false
}

impl From<Position> for Place {
    fn from(Position { line, column }: Position) -> Self {
        Self { line, column }
    }
}

/// A word out of those that an enum has.
pub(super) fn choice<T: Copy>(
    value: Value<'_>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    let words: Vec<_> = all.iter().map(|one| (word(*one), *one)).collect();
    value.choice(&words)
}

/// A text of one line, to keep.
pub(super) fn line(value: Value<'_>) -> Option<String> {
    value.line().map(str::to_owned)
}

/// A text of any number of lines, to keep.
pub(super) fn text(value: Value<'_>) -> Option<String> {
    value.text().map(str::to_owned)
}

/// A list of texts of one line each, none of them twice.
pub(super) fn lines(value: Value<'_>) -> Option<Vec<String>> {
    value.distinct(line)
}

/// A name in kebab case, fit for a folder and a command line.
pub(super) fn kebab(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    let fit = text
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !fit || text.starts_with('-') || text.ends_with('-') {
        value.fault(
            format!("{} cannot be `{text}`", value.name()),
            "use small letters, digits, and hyphens between them: `mobile-app`",
        );
        return None;
    }
    Some(text.to_owned())
}

/// The id of a contract: what may stand in element ids and fingerprints.
pub(super) fn contract_id(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    let fit = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+'));
    if !fit || text.starts_with('-') {
        value.fault(
            format!(
                "{} cannot be `{text}`: it is the id of a contract",
                value.name()
            ),
            "use letters, digits, and `-`, `_`, `.`, or `/` between them",
        );
        return None;
    }
    Some(text.to_owned())
}

/// A digest or fingerprint: a prefix and so many hexadecimal digits.
pub(super) fn hexadecimal(value: Value<'_>, prefix: &str, digits: usize) -> Option<String> {
    let text = value.line()?;
    let rest = text.strip_prefix(prefix).unwrap_or_default();
    let small = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if rest.len() != digits || !rest.bytes().all(small) {
        value.fault(
            format!(
                "{} is no `{prefix}` with {digits} hexadecimal digits",
                value.name()
            ),
            "copy it whole from the report; its letters are small",
        );
        return None;
    }
    Some(text.to_owned())
}

/// A second day that may not lie before a first one.
pub(super) fn not_before(first: Option<Date>, second: Option<(Value<'_>, Date)>, what: &str) {
    if let (Some(first), Some((value, second))) = (first, second)
        && second < first
    {
        let message = format!("{} lies before `{what}`", value.name());
        value.fault(message, format!("write {first} or a later day"));
    }
}

/// A value together with the day that it is.
pub(super) fn dated(value: Value<'_>) -> Option<(Value<'_>, Date)> {
    value.date().map(|date| (value, date))
}

/// Notes that something is there twice.
pub(super) fn twice(value: Value<'_>, what: &str, first: Place) {
    value.fault(
        format!("{what} is there twice"),
        format!(
            "the first one is in line {}; remove or rename one",
            first.line
        ),
    );
}
