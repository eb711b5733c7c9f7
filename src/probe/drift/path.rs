//! Places inside bodies, items of a list taken as one: `.data[].amount`.

use crate::diff::steps_of;
use crate::spec::Segment;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{borrow::Borrow, fmt};

/// A place inside a body, spelt as in element ids; the root is the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The body itself.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// Reads what [`Display`](fmt::Display) writes; `None` when it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let steps = steps_of(text)?;
        Some(Self(steps.into_iter().map(|step| step.segment).collect()))
    }

    /// One step further in.
    #[must_use]
    pub fn child(&self, segment: Segment) -> Self {
        let mut all = self.0.clone();
        all.push(segment);
        Self(all)
    }

    /// One step out, and the step; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<(Self, &Segment)> {
        let (last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// One way after another.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        Self([self.segments(), rest.segments()].concat())
    }

    /// The way from a place around this one.
    pub(super) fn beneath(&self, around: &Self) -> Self {
        Self(self.0.get(around.0.len()..).unwrap_or_default().to_vec())
    }

    /// Every place around this one, itself included, with the way from there.
    pub(super) fn splits(&self) -> impl Iterator<Item = (&[Segment], Self)> {
        (0..=self.0.len()).map(|length| {
            let (around, rest) = self.0.split_at(length);
            (around, Self(rest.to_vec()))
        })
    }

    /// Whether this is the other place, or around it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl Borrow<[Segment]> for Path {
    fn borrow(&self) -> &[Segment] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| segment.fmt(f))
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no path")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_back_as_they_are_written() {
        let names = ["data", "a b", "1", "", ">", "\"", "größe"];
        for name in names {
            let path = Path::root()
                .child(Segment::Property(name.to_owned()))
                .child(Segment::Items)
                .child(Segment::Additional)
                .child(Segment::Prefix(2));
            assert_eq!(Path::parse(&path.to_string()), Some(path));
        }
        assert_eq!(Path::parse(""), Some(Path::root()));
        assert_eq!(Path::parse("data"), None);
    }
}
