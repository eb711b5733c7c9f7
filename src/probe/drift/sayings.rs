//! Drifts as people read them.

use super::{drifts::What, field::Type, path::Path, wilson::Rate};
use std::{collections::BTreeSet, fmt};

/// Types as people write them.
pub(super) fn words(types: &BTreeSet<Type>) -> String {
    let words: Vec<&str> = types.iter().map(|kind| kind.word()).collect();
    words.join(" or ")
}

/// Values that are not kept have no spelling.
fn value(text: &str) -> &str {
    if text.starts_with('#') {
        "a value that is not kept"
    } else {
        text
    }
}

fn place(path: &Path) -> String {
    if path.segments().is_empty() {
        "the body".to_owned()
    } else {
        format!("`{path}`")
    }
}

fn seen(what: &str, before: Rate, after: Rate) -> String {
    format!("{what}: there in {after}, before in {before}")
}

fn points(what: &str, before: Rate, after: Rate) -> String {
    let (now, then) = (after.percent(), before.percent());
    format!("{what} in {after} ({now} %), before in {before} ({then} %)")
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.path().map(place).unwrap_or_default();
        let text = match self {
            Self::FieldGone { before, after, .. } => {
                seen(&format!("{at} is gone"), *before, *after)
            }
            Self::FieldNew { before, after, .. } => seen(&format!("{at} is new"), *before, *after),
            Self::TypeChanged { before, after, .. } => {
                format!("{at} is {}, before {}", words(after), words(before))
            }
            Self::FormatChanged { before, after, .. } => format!(
                "{at} no longer looks like {}, but like {}",
                before.word(),
                after.word()
            ),
            Self::PresenceDrop { before, after, .. } => {
                points(&format!("{at} is there"), *before, *after)
            }
            Self::NullRise { before, after, .. } => {
                points(&format!("{at} is null"), *before, *after)
            }
            Self::ValueNew {
                value: text,
                before,
                ..
            } => {
                let text = value(text);
                format!("{at} has {text}, which was not among {before} values before")
            }
            Self::ValueUnseen {
                value: text,
                before,
                ..
            } => format!("{at} no longer has {}, before in {before}", value(text)),
            Self::StatusNew => "the operation never answered with this status before".to_owned(),
            Self::MediaNew => "the status never had this media type before".to_owned(),
            Self::HeaderGone {
                name,
                before,
                after,
            } => seen(&format!("header `{name}` is gone"), *before, *after),
            Self::HeaderNew {
                name,
                before,
                after,
            } => seen(&format!("header `{name}` is new"), *before, *after),
            Self::Slower { before, after } => format!(
                "95 of 100 answers take up to {} ms, before up to {} ms",
                after.as_millis(),
                before.as_millis()
            ),
        };
        f.write_str(&text)
    }
}
