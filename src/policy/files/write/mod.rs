//! Governance files as the program writes them: YAML that its own readers read back to the same values.
//!
//! Days, and texts that are more than a word, are in double quotes, so that no other reader of YAML takes them for
//! something else.

mod approvals;
mod baseline;
mod registry;

pub(super) use registry::{ConsumerItem, RecordItem};

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_yaml::DoubleQuoted;

/// A value as block YAML with a line end.
pub(in crate::policy::files) fn yaml(value: &impl Serialize) -> String {
    let options = serde_yaml::ser_options! {
        compact_list_indent: false,
        prefer_block_scalars: false,
    };
    serde_yaml::to_string_with_options(value, options)
        .expect("texts, numbers, and lists of them can be written, and strings take all that is")
}

/// A text: plain where it is a word that means nothing else, else in double quotes.
struct Text<'a>(&'a str);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(text) = self;
        let inside = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
        let word = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(inside)
            && !text.ends_with(':');
        if word {
            // The serializer quotes those that YAML has a meaning for.
            text.serialize(serializer)
        } else {
            DoubleQuoted(*text).serialize(serializer)
        }
    }
}

/// A day, which YAML 1.1 would take for a time.
struct Day(Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DoubleQuoted(self.0.to_string()).serialize(serializer)
    }
}

fn texts(list: &[String]) -> Vec<Text<'_>> {
    list.iter().map(|text| Text(text)).collect()
}
